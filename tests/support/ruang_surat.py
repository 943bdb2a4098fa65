"""A letter room: dokumen with its real stores, worker and HTTP application, neighbours around it."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import pikepdf
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from werkzeug.test import TestResponse

from chassis.aggregate import State
from chassis.clock import rfc3339
from chassis.ids import new_id
from dokumen.application.pintu import Tempat
from dokumen.bootstrap import App, build
from dokumen.entrypoints.events import dispatcher
from dokumen.entrypoints.http.aplikasi import create
from dokumen.entrypoints.tasks import claims
from dokumen.settings import Settings
from support import letters
from support.neighbours import OFFICE, Neighbours, Running, at, bearer, example
from support.permohonan import ISIAN_SKDOM, ISIAN_SKTM
from support.waiting import until
from web.tokens import Signer

KECAMATAN = OFFICE[:6]
WARGA, LURAH, CAMAT = "w-0001", "lurah.depok", "camat.pancoranmas"
ISIAN = {
    "SKDOM": {**ISIAN_SKDOM, "rt": "003", "rw": "008"},
    "SKTM": ISIAN_SKTM,
    "NIKAH": letters.answers("nikah-janda"),  # a widow's: N6 comes beside N1
}
ASLI = {
    "SKDOM": {"PENGANTAR_RT_RW": "diserahkan", "KTP": "ditunjukkan", "KK": "cek_qr"},
    "SKTM": {"PENGANTAR_RT_RW": "diserahkan", "KTP": "ditunjukkan", "KK": "cek_qr"},
    "NIKAH": {"PENGANTAR_RT_RW": "diserahkan", "KTP": "ditunjukkan", "AKTA_KEMATIAN_PASANGAN": "cek_qr"},
}
WAKTU = "2026-01-15T03:30:00.000Z"


class Ruang:
    """Everything a test of dokumen talks to. Times begin on Thursday, 15 January 2026, 10.00 WIB."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        known: dict[str, Any] = {"env": "test", "data": folder, "site_url": "https://surat.example"}
        self.settings = Settings(**(known | settings))
        self.near = Neighbours(self.settings)
        self.jam("2026-01-15T03:00:00+00:00")
        self.app: App = build(self.settings)
        self.app.migrate()
        self._running = Running(self.near, dispatcher(self.app), self.app.documents)
        self._running.loops.append(claims(self.app).run)
        self.client: FlaskClient = create(self.app).test_client()

    def __enter__(self) -> Self:
        self._running.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.__exit__()
        self.app.close()
        self.near.close()

    def jam(self, moment: str) -> None:
        """Set the office clock."""
        at(self.settings.clock(), self.settings.data, moment)

    def quiet(self) -> None:
        """Everything said has had its effect and no work is due."""
        self._running.quiet()
        until(lambda: not self._due(), what="no to-do due")
        self._running.quiet()

    def _due(self) -> bool:
        """Whether work is in hand or may begin; a held letter's next try is a minute away."""
        clock = self.app.clock
        now = {"real": rfc3339(clock.real()), "office": rfc3339(clock.now())}
        return any(
            todo["holder"] or todo["due"] <= now[todo["clock"]]
            for name in ("rujukan", "perkara")  # in this order: the first gives work to the second
            for doc in self.app.documents.find(name, {"due.real": {"lte": "9999"}}, limit=1000)
            for todo in doc.body["todos"].values()
        )

    # Neighbours

    def acuan(self, *kelurahan: tuple[str, str], **ganti: Any) -> None:
        """Offices and officials of 327601; `ganti` changes the kelurahan's snapshot."""
        offices = kelurahan or ((OFFICE, "Depok"),)
        for kode, nama in offices:
            self.near.say("pengajuan", kode, ("kantor.diubah", kantor(kode, nama) | ganti), scope=kode)
        camat = kantor(KECAMATAN, "Pancoran Mas") | {"tingkat": "kecamatan", "kode_unit": "01"}
        self.near.say("pengajuan", KECAMATAN, ("kantor.diubah", camat), scope=KECAMATAN)
        self.pejabat(LURAH, "lurah", OFFICE, "Lurah Depok", "Ratna Contohningrum, S.STP.")
        self.pejabat(CAMAT, "camat", KECAMATAN, "Camat Pancoran Mas", "Drs. Bambang Contoh, M.Si.")
        self.quiet()

    def pejabat(self, akun: str, peran: str, kode: str, jabatan: str, nama: str) -> None:
        data = example(
            "persetujuan.pejabat.diubah",
            akun=akun,
            peran=peran,
            kantor=kode,
            jabatan=jabatan,
            nama=nama,
            pangkat="Penata Tingkat I",
        )
        self.near.say("persetujuan", akun, ("pejabat.diubah", data), scope=kode)

    def diajukan(self, id: str, layanan: str = "SKDOM", putaran: int = 1, scope: str = OFFICE) -> None:
        data = example("pengajuan.permohonan.diajukan", layanan=layanan, putaran=putaran)
        self.near.say("pengajuan", id, ("permohonan.diajukan", data), scope=scope)

    def lengkap(self, id: str, layanan: str = "SKDOM", putaran: int = 1, scope: str = OFFICE) -> None:
        papers = [{"id": new_id(), "syarat": s, "sha256": "b" * 64} for s in ASLI[layanan]]
        data = example(
            "pengajuan.permohonan.dinyatakan_lengkap", layanan=layanan, putaran=putaran, berkas=papers
        )
        self.near.say("pengajuan", id, ("permohonan.dinyatakan_lengkap", data), scope=scope)

    def pribadi(self, id: str, layanan: str = "SKDOM", scope: str = OFFICE, **ganti: Any) -> None:
        answers = {**ISIAN[layanan], **ganti}
        who = {"nama": answers["nama"], "nik": answers["nik"]}
        data = example(
            "pengajuan.pemohon.dibagikan",
            akun=WARGA,
            layanan=layanan,
            jawaban=answers,
            pemohon=who,
            subjek=[who],
        )
        self.near.say("pengajuan", id, ("pemohon.dibagikan", data), scope=scope)

    def disetujui(
        self, id: str, layanan: str = "SKDOM", putaran: int = 1, scope: str = OFFICE, lurah: str = LURAH
    ) -> None:
        signed = [{"peran": "lurah", "oleh": lurah, "kantor": scope, "waktu": WAKTU}]
        if layanan == "SKTM":
            signed.append({"peran": "camat", "oleh": CAMAT, "kantor": KECAMATAN, "waktu": WAKTU})
        data = example("persetujuan.permohonan.disetujui", putaran=putaran, setuju=signed)
        self.near.say("persetujuan", id, ("permohonan.disetujui", data), scope=scope)

    def setujui(self, layanan: str = "SKDOM", **ganti: Any) -> str:
        """An application from filing to approval; its id. Reference data must have been told."""
        id = new_id()
        self.diajukan(id, layanan)
        self.pribadi(id, layanan, **ganti)
        self.lengkap(id, layanan)
        self.disetujui(id, layanan)
        self.quiet()
        return id

    def terbit(self, layanan: str = "SKDOM") -> tuple[str, str]:
        """An issued letter: application and letter."""
        id = self.setujui(layanan)
        [letter] = self.perkara(id)["surat"]
        assert self.perkara(id)["surat"][letter]["status"] == "berlaku"
        return id, letter

    # What is there

    def perkara(self, id: str, scope: str = OFFICE) -> dict[str, Any]:
        found = self.app.perkara.read(scope, id)
        assert found is not None
        state: State = found.state
        return state

    def surat(self, tempat: Tempat) -> dict[str, Any]:
        letter: dict[str, Any] = self.perkara(tempat.permohonan)["surat"][tempat.id]
        return letter

    def told(self, id: str) -> list[str]:
        return self.near.told("dokumen", id)

    def objects(self) -> list[str]:
        return [info.key for info in self.app.objects.list("")]

    # Callers

    def warga(self, sub: str = WARGA) -> dict[str, str]:
        return bearer(self.settings, sub=sub, peran="warga", wilayah=[], tingkat="kontak")

    def petugas(self, peran: str = "petugas_loket", kode: str = OFFICE) -> dict[str, str]:
        return bearer(self.settings, sub=f"{peran}.depok", peran=peran, wilayah=[kode])

    def izin(self, permohonan: str, seconds: int = 86400, **ganti: Any) -> str:
        """pengajuan's upload grant."""
        claims = {
            "jenis": "unggah",
            "permohonan": permohonan,
            "kantor": OFFICE,
            "pemilik": WARGA,
            "layanan": "SKDOM",
            "putaran": 1,
            "syarat": [{"kode": "KTP", "maks_berkas": 1}, {"kode": "KK", "maks_berkas": 1}],
            "maks_byte": 10485760,
        }
        return Signer(self.settings.key_folder(), "pengajuan").sign("dokumen", seconds, **(claims | ganti))

    def unggah(
        self,
        permohonan: str,
        isi: bytes,
        *,
        syarat: str = "KTP",
        izin: str | None = None,
        siapa: Mapping[str, str] | None = None,
        kunci: str | None = None,
    ) -> TestResponse:
        headers = {
            **(siapa or self.warga()),
            "Idempotency-Key": kunci or new_id(),
            "X-Izin-Unggah": self.izin(permohonan) if izin is None else izin,
        }
        return self.client.post(f"/v1/berkas?syarat={syarat}", data=isi, headers=headers)

    def berkas(self, permohonan: str, isi: bytes, **options: Any) -> dict[str, Any]:
        """An uploaded paper after its check."""
        sent = self.unggah(permohonan, isi, **options)
        assert sent.status_code == 202, sent.text
        id = json.loads(sent.text)["id"]
        self.quiet()
        return dict(json.loads(self.get(f"/v1/berkas/{id}", self.warga()).text))

    def get(self, path: str, siapa: Mapping[str, str] | None = None) -> TestResponse:
        return self.client.get(path, headers=dict(siapa or {}))

    def post(self, path: str, siapa: Mapping[str, str], body: Any) -> TestResponse:
        return self.client.post(path, json=body, headers={**siapa, "Idempotency-Key": new_id()})

    def serah(self, surat: str, asli: Mapping[str, str], **body: Any) -> TestResponse:
        ticked = [{"syarat": s, "hasil": h} for s, h in asli.items()]
        return self.post(f"/v1/surat/{surat}/serah", self.petugas(), {"asli": ticked, **body})


def kantor(kode: str, nama: str) -> dict[str, Any]:
    return example(
        "pengajuan.kantor.diubah",
        kode=kode,
        nama=nama,
        kecamatan_kode=KECAMATAN,
        kecamatan_nama="Pancoran Mas",
        kode_unit=f"01.{kode[6:]}",
        rilis={},
    )


def foto(width: int = 900, height: int = 700, kind: str = "JPEG", **options: Any) -> bytes:
    """An invented card: red at the upper left, so that one can see which way it stands."""
    picture = Image.new("RGB", (width, height), (30, 30, 200))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 3, height // 3), fill=(200, 30, 30))
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def foto_miring() -> bytes:
    """As a phone stores it: lying on its side, with the turn in EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return foto(exif=exif)


def pdf(pages: int = 2) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
