"""Every cell of the table of rights, at dokumen itself and through the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chassis.ids import new_id
from dokumen.entrypoints.http.aplikasi import create
from support import wewenang
from support.either import EITHER, places, settings
from support.letters import answers
from support.neighbours import example
from support.permohonan import ISIAN_SKDOM
from support.ruang_surat import LURAH, Ruang, foto, pdf
from support.tus import MEDIA, TUS, metadata
from support.wewenang import OFFICE, OWNER, TABLE, Minta, Pintu
from web.pseudonyms import Pseudonyms

ROWS = TABLE.of("dokumen")
KK = "3276051203059001"  # of the example
ALASAN = {"alasan": "salah_data"}
BODIES: dict[str, Any] = {
    "POST /v1/surat/tanda-tangan": {"ids": [new_id()], "frasa": "frasa yang salah"},
    "POST /v1/surat/sertifikat": {"akun": LURAH},
    "POST /v1/surat/sertifikat/frasa": {"lama": "frasa yang salah", "baru": "frasa yang lain"},
    "POST /v1/surat/{id}/pindaian/sahkan": {"sha256": "a" * 64, "sama": True},
    "POST /v1/surat/{id}/batal": ALASAN,
    "POST /v1/surat/{id}/kode-ambil": {"untuk": "kuasa"},
    "POST /v1/surat/{id}/serah": {"asli": [], "kepada": "pemohon"},
    "POST /v1/surat/{id}/tidak-sesuai": {"syarat": ["KTP"]},
    "POST /v1/surat/{id}/cabut": ALASAN,
    "POST /v1/surat/{id}/perbaikan": {**ALASAN, "koreksi": {"pekerjaan": "Pedagang"}},
    "POST /v1/surat/{id}/perbaikan/setuju": {},
    "POST /v1/surat/{id}/musnahkan": {"dasar": "jadwal_retensi"},
    "POST /v1/verifikasi/{token}/cocokkan": {"nik": "0000"},
    "POST /v1/agenda/{kantor}/pesan": {"jumlah": 1},
    "POST /v1/agenda/{kantor}/{tahun}/{seri}/{urut}/catat": {
        "klasifikasi": "400.12.2.1",
        "tanggal": "2026-01-14",
        "perihal": "Undangan rapat RW",
    },
    "POST /v1/agenda/{kantor}/{tahun}/{seri}/{urut}/batal": {"alasan": "tidak_terpakai"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Isi:
    """A resident's issued letter, an open case with a paper and a begun upload, and one that fills in forms."""

    ruang: Ruang
    permohonan: str
    surat: str
    berkas: str
    unggahan: str
    terbuka: str
    nikah: str

    @property
    def keys(self) -> Path:
        return self.ruang.settings.key_folder()


@pytest.fixture(scope="module", params=EITHER)
def isi(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Isi]:
    with Ruang(tmp_path_factory.mktemp("tabel"), **settings(request)) as ruang:
        ruang.acuan()
        case, letter = ruang.terbit()
        open_case = new_id()
        ruang.diajukan(open_case)
        ruang.pribadi(open_case)
        paper = ruang.berkas(open_case, foto())["id"]
        told = {**TUS, "Upload-Length": "100", "Upload-Metadata": metadata(syarat="KK")}
        headers = {
            **ruang.warga(),
            **told,
            "X-Izin-Unggah": ruang.izin(open_case),
            "Idempotency-Key": new_id(),
        }
        begun = ruang.client.post("/v1/berkas/unggahan", headers=headers)
        assert begun.status_code == 201, begun.text
        booked = ruang.post(f"/v1/agenda/{OFFICE}/pesan", ruang.petugas(), {"jumlah": 1})
        assert booked.status_code == 201, booked.text
        fixed = BODIES["POST /v1/surat/{id}/perbaikan"]
        wished = ruang.post(f"/v1/surat/{letter}/perbaikan", ruang.petugas(), fixed)
        assert wished.status_code == 200, wished.text
        upload = begun.headers["Location"].rpartition("/")[2]
        yield Isi(
            ruang=ruang,
            permohonan=case,
            surat=letter,
            berkas=paper,
            unggahan=upload,
            terbuka=open_case,
            nikah=_nikah(ruang),
        )


def _nikah(ruang: Ruang) -> str:
    id, asked = new_id(), answers("nikah")
    told = {"akun": OWNER, "layanan": "NIKAH", "jawaban": asked, "subjek": [{"nama": asked["nama"]}]}
    ruang.near.say("pengajuan", id, ("pemohon.dibagikan", example("pengajuan.pemohon.dibagikan", **told)))
    ruang.quiet()
    return id


@pytest.fixture(scope="module")
def pintu(isi: Isi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pintu]:
    flask = create(isi.ruang.app)
    with Pintu(tmp_path_factory.mktemp("pintu"), isi.keys, places(isi.ruang.settings), dokumen=flask) as door:
        yield door


def minta(operation: str, isi: Isi) -> Minta:
    path = _path(operation, isi)
    grant = {"X-Izin-Unggah": isi.ruang.izin(isi.terbuka)}
    if operation == "POST /v1/berkas":
        return Minta(path=f"{path}?syarat=KTP", data=foto(), headers=grant)
    if operation == "POST /v1/berkas/unggahan":
        told = {**TUS, **grant, "Upload-Length": "100", "Upload-Metadata": metadata(syarat="KK")}
        return Minta(path=path, headers=told)
    if "/unggahan/" in operation:
        return Minta(
            path=path, data=b"x", headers={**TUS, **grant, "Upload-Offset": "0", "Content-Type": MEDIA}
        )
    if operation == "POST /v1/berkas/tumpukan":
        return Minta(path=path, data=pdf(), headers=grant)
    if operation == "POST /v1/berkas/{id}/bagi":
        return Minta(path=path, json={"bagian": [{"syarat": "KTP", "halaman": [1]}]}, headers=grant)
    if operation == "POST /v1/berkas/pindaian":
        return Minta(path=f"{path}?surat={isi.surat}", data=pdf())
    if operation == "POST /v1/verifikasi":
        return Minta(path=path, data=pdf(), headers={"Content-Type": "application/pdf"})
    return Minta(path=path, json=BODIES.get(operation))


def _path(operation: str, isi: Isi) -> str:
    path = operation.split(" ")[1].replace("{token}", isi.ruang.app.rahasia.kode(isi.surat).pendek)
    kind = isi.unggahan if "/unggahan/" in path else isi.berkas if "/berkas/" in path else isi.surat
    path = path.replace("{id}", kind).replace("{kantor}", OFFICE).replace("{tahun}", "2026")
    path = (
        path.replace("{seri}", "umum").replace("{urut}", "2").replace("{nomor}", "1").replace("{kode}", "N2")
    )
    if path.endswith(("/v1/surat", "/pratinjau")) or "/formulir" in path:
        case = isi.nikah if "/formulir" in path else isi.permohonan
        return f"{path}?permohonan={case}" if operation.startswith("GET") else path
    asked = {"GET /v1/jejak": f"?permohonan={isi.permohonan}"}
    asked |= {"GET /v1/agenda/unduh": f"?kantor={OFFICE}&tahun=2026", "GET /v1/arsip": f"?kantor={OFFICE}"}
    asked |= {"GET /v1/agenda": f"?kantor={OFFICE}&tahun=2026", "GET /v1/retensi": f"?kantor={OFFICE}"}
    return path + asked.get(operation, "")


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_not_is_refused(isi: Isi, operation: str) -> None:
    assert wewenang.keliru(ROWS[operation], isi.ruang.client, minta(operation, isi), isi.keys) == []


@pytest.mark.parametrize("operation", wewenang.umum("dokumen"))
def test_who_may_not_is_refused_through_the_gateway(pintu: Pintu, isi: Isi, operation: str) -> None:
    assert pintu.keliru(ROWS[operation], minta(operation, isi)) == []


@pytest.mark.parametrize("operation", [o for o, row in ROWS.items() if row.own])
def test_nobody_signs_his_own_case(isi: Isi, operation: str) -> None:
    row, hashed = ROWS[operation], Pseudonyms(isi.keys)
    for one in wewenang.boleh(row):
        for claims in (
            {"nik_h": hashed.of("nik", str(ISIAN_SKDOM["nik"]))},
            {"kk_h": hashed.of("kk", KK)},
        ):
            who = wewenang.bearer(isi.keys, one, **claims)
            answer = wewenang.tanya(isi.ruang.client, operation, minta(operation, isi), who)
            assert answer.status_code == row.own, answer.text


@pytest.mark.parametrize("operation", ROWS)
def test_who_may_is_not_refused(isi: Isi, operation: str) -> None:
    assert wewenang.terhalang(ROWS[operation], isi.ruang.client, minta(operation, isi), isi.keys) == []


@pytest.mark.parametrize("operation", wewenang.dibaca("dokumen"))
def test_every_reading_is_found_in_the_chain(isi: Isi, operation: str) -> None:
    asked = minta(operation, isi)

    assert wewenang.tercatat(ROWS[operation], isi.ruang.client, asked, isi.keys, isi.ruang.app.chain)
