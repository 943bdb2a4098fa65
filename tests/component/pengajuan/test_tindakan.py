"""What a case says may be done to it is what its commands accept, and what the pages offer: every role, every state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from chassis.aggregate import Cause, Decision
from chassis.ids import new_id
from pengajuan.domain.status import Status
from pengajuan.entrypoints.http.application import flask_app
from support.halaman_depan import halaman
from support.loket import KODE, Layanan
from support.wewenang import slug

PERINTAH: Final[Mapping[str, Any]] = {
    "ajukan": {"pernyataan_benar": True},
    "perbaiki": {},
    "batal": {},
    "salin": {},
    "periksa": {"hasil": "kurang", "kekurangan": []},
    "teruskan": {"rujukan": "400.12/1", "tanggal": "2026-01-15"},
    "koreksi": {"jawaban": {"alamat": "Jalan Contoh"}, "berkas": "tidak-ada"},
    "hasil": {"hasil": "selesai"},
    "pindah": {"kantor": "3276011008"},
    "izin-daftar-kedua": {"kode": []},
}
# Refusals that are about the state of the case; others (what was sent, which papers were opened) come after them.
KEADAAN: Final = {"status-tidak-sesuai", "layanan-tidak-diteruskan", "pembatalan-sudah-diminta"}
LOKET_KECAMATAN, KECAMATAN = "petugas_loket_kecamatan", KODE[:6]
# What each page has a way to, of what may be done.
DI_LOKET: Final = {"periksa", "koreksi", "hasil", "pindah", "perbaiki"}
DI_HALAMAN: Final[Mapping[str, set[str]]] = {
    "warga": {"batal", "salin", "perbaiki"},
    "petugas_loket": DI_LOKET,
    LOKET_KECAMATAN: DI_LOKET,
}


def test_a_case_tells_each_role_in_each_state_what_its_commands_accept(layanan: Layanan) -> None:
    id, wrong = _kasus(layanan), []
    for name, state in _keadaan(layanan, id):
        for peran, who in _orang(layanan).items():
            _jadi(layanan, id, state)
            seen = layanan.get(f"/v1/permohonan/{id}", who)
            told = set(seen.get_json()["tindakan"]) if seen.status_code == 200 else set()
            accepted = {p for p in PERINTAH if _diterima(layanan, id, state, p, who)}
            if told != accepted:
                wrong.append(f"{name}, {peran}: tells {sorted(told)}, accepts {sorted(accepted)}")
    assert wrong == []


@pytest.mark.parametrize("peran", DI_HALAMAN)
def test_a_page_offers_what_the_case_says_may_be_done(layanan: Layanan, tmp_path: Path, peran: str) -> None:
    id, who, wrong, some = _kasus(layanan), _orang(layanan)[peran], [], False
    akun = "w-1" if peran == "warga" else "loket.depok"
    area = KECAMATAN if peran == LOKET_KECAMATAN else KODE
    bearer = who["Authorization"]
    place = "/permohonan" if peran == "warga" else "/loket/permohonan"
    flask = flask_app(layanan.app)
    with halaman(flask, tmp_path, bearer=bearer, akun=akun, peran=peran, wilayah=area) as shown:
        for name, state in _keadaan(layanan, id):
            if name == Status.DRAF:  # no page: its form goes on
                continue
            _jadi(layanan, id, state)
            page = shown.get(f"{place}/{id}")
            assert page.status_code == 200, f"{name}: {page.status_code}"
            offered = set(re.findall(rf'(?:href|action)="{place}/{id}/([a-z]+)', page.text))
            told = set(layanan.get(f"/v1/permohonan/{id}", who).get_json()["tindakan"])
            some = some or bool(offered & DI_HALAMAN[peran])
            if offered & set(PERINTAH) != told & DI_HALAMAN[peran]:
                wrong.append(f"{name}: offers {sorted(offered)}, may {sorted(told)}")
    assert wrong == []
    assert some


def _orang(layanan: Layanan) -> dict[str, dict[str, str]]:
    """One of each role that may see the case, in its place."""
    officials = {peran: layanan.token(f"{peran}.depok", peran, wilayah=[KODE]) for peran in ("kasi", "lurah")}
    return {
        "warga": layanan.warga(),
        "petugas_loket": layanan.loket(),
        LOKET_KECAMATAN: layanan.token("loket.kec", LOKET_KECAMATAN, wilayah=[KECAMATAN]),
        **officials,
    }


def _kasus(layanan: Layanan) -> str:
    return str(layanan.ajukan()["id"])


def _keadaan(layanan: Layanan, id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The case in every state; forwarded ones of a service that is forwarded; one whose end was asked for."""
    found = layanan.app.lingkup.permohonan.read(KODE, id)
    assert found is not None
    assert found.state is not None
    base = {**found.state, "dibuat_oleh": "w-1"}
    sent = {"kantor": "Disdukcapil", "tanggal": "2026-01-15", "rujukan": "1", "hasil": None}
    forwarded = {"layanan": "PINDAH", "versi_layanan": 1}
    for status in Status:
        more = {**forwarded, "terusan": sent} if status is Status.DITERUSKAN else {}
        yield status.value, {**base, **more, "status": status.value}
    yield "diperiksa, diteruskan nanti", {**base, **forwarded, "status": "diperiksa"}
    yield "diproses, akan batal", {**base, "status": "diproses", "pembatalan_diminta": True}


def _jadi(layanan: Layanan, id: str, state: Mapping[str, Any]) -> None:
    """The case is in this state, whatever it was in."""
    cause = Cause.command(new_id())
    layanan.app.lingkup.permohonan.update(KODE, id, lambda _, at: Decision({**state}, ()), cause)


def _diterima(
    layanan: Layanan, id: str, state: Mapping[str, Any], perintah: str, who: Mapping[str, str]
) -> bool:
    """Whether neither state nor right refuses the command; what it did is undone."""
    answer = layanan.post(f"/v1/permohonan/{id}/{perintah}", who, PERINTAH[perintah])
    if answer.status_code < 300:
        _jadi(layanan, id, state)
        return True
    assert answer.status_code in {403, 404, 409, 422}, answer.text
    return answer.status_code in {409, 422} and slug(answer) not in KEADAAN
