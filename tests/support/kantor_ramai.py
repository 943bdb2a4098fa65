"""An office in which everything is going on at once: one case in every state, a long name, a queue of forty."""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ekel.demo import warga
from ekel.demo.client import Client
from ekel.demo.people import Resident, resident, skdom
from ekel.demo.stage import Narrator, Stage, Stream
from ekel.hari import formulir
from support import lakon
from support.system import System
from support.waiting import until

PANCORANMAS, DEPOK, MEKARJAYA = "3276011008", "3276011006", "3276051004"
WARGA = resident(9001)
PANJANG = "Raden Roro Contohningtyas Kusumawardhaniputri Adiningratsasmita binti Contohadiwangsa"
ANTREAN = 40
_TANPA = "Hilang saat banjir"


@dataclass(slots=True)
class Ramai:
    """Ids of cases by what is particular about them; `tugas` and `surat` by the same names."""

    sistem: System
    hari: date
    staf: dict[str, Client] = field(default_factory=dict)
    kasus: dict[str, str] = field(default_factory=dict)
    surat: dict[str, str] = field(default_factory=dict)

    def siapa(self, akun: str) -> Client:
        if akun not in self.staf:
            self.staf[akun] = lakon.sign_in(self.sistem, akun)
        return self.staf[akun]

    def datang(self, clerk: Client, kantor: str, layanan: str, orang: Resident) -> str:
        """Somebody at the counter; the application's id."""
        answers = self._jawaban(clerk, layanan, orang)
        return self.ajukan(clerk, kantor, layanan, answers, pemohon={"nama": orang.nama, "nik": orang.nik})

    def draf(self, clerk: Client, kantor: str, orang: Resident) -> str:
        """Somebody at the counter whose papers are still to be scanned."""
        draft = {
            "layanan": "SKDOM",
            "kantor": kantor,
            "hubungan": "diri_sendiri",
            "jawaban": skdom(orang, self.hari),
            "pemohon": {"nama": orang.nama, "nik": orang.nik},
        }
        return str(clerk.post("/v1/permohonan", draft, wanted=201)["id"])

    def ajukan(
        self, client: Client, kantor: str, layanan: str, answers: Mapping[str, Any], **lain: Any
    ) -> str:
        """Filed at once, every paper said to be missing; the application's id."""
        draft = {"layanan": layanan, "kantor": kantor, "hubungan": "diri_sendiri", "jawaban": answers, **lain}
        made = client.post("/v1/permohonan", draft, wanted=201)
        ways = [
            {"kode": s["kode"], "cara": "tidak_punya", "alasan": _TANPA} for s in made["syarat"] if s["wajib"]
        ]
        body = {"syarat": ways, "pernyataan_benar": True}
        client.post(f"/v1/permohonan/{made['id']}/ajukan", body)
        return str(made["id"])

    def lengkap(self, akun: str, id: str) -> None:
        clerk = self.siapa(akun)
        case = self.menjadi(clerk, id, "diperiksa")
        waived = [
            {"syarat": s["kode"], "kode": "terbakar_banjir", "alasan": _TANPA}
            for s in case["syarat"]
            if s["wajib"]
        ]
        clerk.post(f"/v1/permohonan/{id}/periksa", {"hasil": "lengkap", "tanpa": waived})

    def putus(self, id: str, *langkah: tuple[str, str]) -> None:
        for akun, keputusan in langkah:
            lakon.decide(self.siapa(akun), id, keputusan)

    def menjadi(self, client: Client, id: str, status: str) -> dict[str, Any]:
        """The case as soon as it has this state."""

        def there() -> dict[str, Any] | None:
            case: dict[str, Any] = client.get(f"/v1/permohonan/{id}")
            return case if case["status"] == status else None

        return until(there, seconds=180, what=f"{id} is {status}") or {}

    def _jawaban(self, client: Client, layanan: str, orang: Resident) -> dict[str, Any]:
        fields = client.get(f"/v1/layanan/{layanan}")["medan"]
        chance = random.Random(7)
        return formulir.isi(
            fields, formulir.Pengisi(layanan=layanan, orang=orang, hari_ini=self.hari, rng=chance)
        )


def ramai(sistem: System) -> Ramai:
    """Everything is there when it returns, in some seconds on a quiet machine."""
    office = Ramai(sistem, sistem.settings.clock().now().date())
    _warga(office)
    _pejabat(office)
    _tanda_tangan(office)
    _antrean(office)
    return office


def _warga(office: Ramai) -> None:
    """The resident's own cases, one of each kind."""
    hp = _hp(office)
    loket = office.siapa("loket.pancoranmas")
    answers = skdom(WARGA, office.hari)
    for name in ("draf", "kembali", "siap", "selesai", "ditolak", "batal", "pindah"):
        if name == "draf":
            draft = {
                "layanan": "SKDOM",
                "kantor": PANCORANMAS,
                "hubungan": "diri_sendiri",
                "jawaban": answers,
            }
            office.kasus[name] = hp.post("/v1/permohonan", draft, wanted=201)["id"]
        else:
            office.kasus[name] = office.ajukan(hp, PANCORANMAS, "SKDOM", answers)
    office.kasus["menunggu"] = _menunggu(hp, answers)
    office.menjadi(loket, office.kasus["kembali"], "diperiksa")
    points = [
        {"jenis": "syarat", "kode": "KTP", "alasan": "buram"},
        {"jenis": "medan", "kode": "alamat", "alasan": "tidak_cocok", "teks": "Nomor rumah di KTP 12 B."},
    ]
    back = {"hasil": "kurang", "kekurangan": points}
    loket.post(f"/v1/permohonan/{office.kasus['kembali']}/periksa", back)
    office.menjadi(loket, office.kasus["pindah"], "diperiksa")
    loket.post(f"/v1/permohonan/{office.kasus['pindah']}/pindah", {"kantor": DEPOK})
    hp.post(f"/v1/permohonan/{office.kasus['batal']}/batal", {})
    for name in ("siap", "selesai", "ditolak"):
        office.lengkap("loket.pancoranmas", office.kasus[name])
        office.putus(office.kasus[name], ("kasi.pancoranmas", "paraf"))
    office.putus(office.kasus["siap"], ("lurah.pancoranmas", "setuju"))
    office.putus(office.kasus["selesai"], ("lurah.pancoranmas", "setuju"))
    _ditolak(office, "lurah.pancoranmas", office.kasus["ditolak"])
    for name in ("siap", "selesai"):
        office.surat[name] = _surat(loket, office.kasus[name])
    loket.post(f"/v1/surat/{office.surat['selesai']}/serah", {"asli": [], "kepada": "pemohon"})


def _pejabat(office: Ramai) -> None:
    """At every desk one file; a long name; one list sent twice; one forwarded to another office; papers to look at."""
    loket = office.siapa("loket.pancoranmas")
    panggung = _stage(office)
    papers = lakon.diajukan(panggung, 9002, skdom(resident(9002), office.hari))
    office.kasus["berkas"] = papers
    for name, layanan in (("kasi", "SKDOM"), ("lurah", "SKDOM"), ("lurah2", "SKDOM"), ("camat", "SKTM")):
        office.kasus[name] = office.datang(loket, PANCORANMAS, layanan, _orang(name))
    for name in ("kasi", "lurah", "lurah2", "camat"):
        office.lengkap("loket.pancoranmas", office.kasus[name])
    for name in ("lurah", "lurah2", "camat"):
        office.putus(office.kasus[name], ("kasi.pancoranmas", "paraf"))
    above = (
        ("lurah.pancoranmas", "setuju"),
        ("kasi.kec.pancoranmas", "paraf"),
        ("sekcam.pancoranmas", "paraf"),
    )
    office.putus(office.kasus["camat"], *above)
    office.kasus["terus"] = office.datang(loket, PANCORANMAS, "PINDAH", _orang("terus"))
    case = office.menjadi(loket, office.kasus["terus"], "diperiksa")
    waived = [{"syarat": s["kode"], "kode": "hilang", "alasan": _TANPA} for s in case["syarat"] if s["wajib"]]
    sent = {"rujukan": "470/12/2026", "tanggal": f"{office.hari}", "tanda_lihat": [], "tanpa": waived}
    loket.post(f"/v1/permohonan/{office.kasus['terus']}/teruskan", sent)
    office.kasus["terus2"] = office.datang(loket, PANCORANMAS, "PINDAH", _orang("terus2"))
    office.kasus["kedua"] = _kedua(office, loket)
    office.kasus["datang"] = office.draf(loket, PANCORANMAS, _orang("datang"))
    office.kasus["kecamatan"] = office.datang(loket, PANCORANMAS, "DISP_NIKAH", _orang("kecamatan"))


def _tanda_tangan(office: Ramai) -> None:
    """A letter in ink at Depok, one that waits for its owner's certificate at Mekarjaya."""
    for kantor, nama, kecamatan, cara in (
        (DEPOK, "depok", "pancoranmas", "basah"),
        (MEKARJAYA, "mekarjaya", "sukmajaya", "tte"),
    ):
        admin = office.siapa(f"admin.{kecamatan}")
        tag = admin.call("GET", f"/v1/kantor/{kantor}").headers["ETag"]
        told = {"tanda_tangan": {"SKDOM": cara}}
        admin.call("PATCH", f"/v1/kantor/{kantor}", body=told, headers={"If-Match": tag})
        clerk = office.siapa(f"loket.{nama}")
        id = office.datang(clerk, kantor, "SKDOM", _orang(cara))
        office.lengkap(f"loket.{nama}", id)
        office.putus(id, (f"kasi.{nama}", "paraf"), (f"lurah.{nama}", "setuju"))
        office.kasus[cara] = id
    office.siapa("admin.sukmajaya").post("/v1/surat/sertifikat", {"akun": "lurah.mekarjaya"})


def _antrean(office: Ramai) -> None:
    """A morning's queue at Depok."""
    clerk = office.siapa("loket.depok")
    for n in range(ANTREAN):
        office.datang(clerk, DEPOK, "SKDOM", _orang(f"antre {n}"))


def _orang(name: str) -> Resident:
    """The person a clerk files for; one has a very long name."""
    person = resident(zlib.crc32(name.encode()))
    return replace(person, nama=PANJANG) if name == "lurah" else person


def _hp(office: Ramai) -> Client:
    return warga.sign_in(_stage(office), WARGA)


def _stage(office: Ramai) -> Stage:
    anybody = Client(office.sistem.url, patience=lakon.PATIENCE)
    narrator = Narrator(quiet=True)
    stream = Stream(office.siapa("sekcam.pancoranmas"), "327601", narrator)
    return Stage(anybody, narrator, stream, office.sistem.folder)


def _menunggu(hp: Client, answers: dict[str, Any]) -> str:
    """Filed with papers still owed."""
    draft = {"layanan": "SKDOM", "kantor": PANCORANMAS, "hubungan": "diri_sendiri", "jawaban": answers}
    made = hp.post("/v1/permohonan", draft, wanted=201)
    ways = [{"kode": s["kode"], "cara": "unggah"} for s in made["syarat"] if s["wajib"]]
    hp.post(f"/v1/permohonan/{made['id']}/ajukan", {"syarat": ways, "pernyataan_benar": True})
    return str(made["id"])


def _kedua(office: Ramai, loket: Client) -> str:
    """Returned once, mended: a second list would need the lurah's consent."""
    id = office.datang(loket, PANCORANMAS, "SKDOM", _orang("kedua"))
    office.menjadi(loket, id, "diperiksa")
    point = {"jenis": "medan", "kode": "alamat", "alasan": "tidak_cocok"}
    loket.post(f"/v1/permohonan/{id}/periksa", {"hasil": "kurang", "kekurangan": [point]})
    mended = {"jawaban": {"alamat": "Jalan Belimbing Nomor 12 B"}, "syarat": []}
    loket.post(f"/v1/permohonan/{id}/perbaiki", mended)
    return id


def _ditolak(office: Ramai, akun: str, id: str) -> None:
    official = office.siapa(akun)

    def task() -> str:
        return next((t["id"] for t in official.get("/v1/tugas")["tugas"] if t["permohonan"] == id), "")

    chosen = until(task, seconds=180, what=f"a task of {id}")
    refused = {"keputusan": "tolak", "alasan": "data_tidak_benar", "teks": "Alamat bukan di kelurahan ini."}
    official.post(f"/v1/tugas/{chosen}/keputusan", refused)


def _surat(clerk: Client, id: str) -> str:
    def there() -> str:
        listed = clerk.get("/v1/surat", permohonan=id)["surat"]
        return next((str(s["id"]) for s in listed if s["status"] == "berlaku"), "")

    return until(there, seconds=180, what=f"the letter of {id}")
