"""The pages that correct and revoke a letter in force, over the real pages and the real service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from flask import request
from flask.testing import FlaskClient

from chassis.ids import new_id
from dokumen.entrypoints.http.aplikasi import create as service
from pengajuan.adapters.katalog import baca_layanan
from support.halaman_depan import halaman
from support.neighbours import OFFICE, confirmation
from support.ruang_surat import Ruang

MEDAN = [asdict(medan) for medan in dict(baca_layanan())["SKDOM"].medan]
NAMA = "Sari Contohwati Wulandari"


@pytest.fixture
def surat(ruang: Ruang) -> tuple[str, str]:
    """An application and its letter in force."""
    ruang.acuan()
    return ruang.terbit()


@contextmanager
def sebagai(ruang: Ruang, tmp_path: Path, id: str, peran: str) -> Iterator[FlaskClient]:
    """Somebody's browser; case and service are what pengajuan would say of them."""
    flask = service(ruang.app)
    flask.add_url_rule("/v1/layanan/SKDOM", view_func=lambda: {"medan": MEDAN}, endpoint="layanan")
    flask.add_url_rule(f"/v1/permohonan/{id}", view_func=lambda: kasus(ruang, id), endpoint="kasus")
    flask.add_url_rule("/v1/masuk/konfirmasi", view_func=lambda: yakin(ruang), methods=["POST"])
    who = {"akun": f"{peran}.depok", "peran": peran, "wilayah": OFFICE}
    with halaman(flask, tmp_path, bearer=ruang.petugas(peran)["Authorization"], **who) as client:
        yield client


def yakin(ruang: Ruang) -> Any:
    """What the gateway says to somebody who gives his password anew."""
    asked = request.get_json()
    if asked["sandi"] != "sandi-yang-benar":
        return {"type": "urn:ekelurahan:masalah:sandi-salah", "detail": "Sandi salah."}, 401
    assert asked["untuk"] == "surat"
    return {
        "konfirmasi": confirmation(ruang.settings, "dokumen", "lurah.depok", *asked["ids"])["X-Konfirmasi"]
    }


def kasus(ruang: Ruang, id: str) -> dict[str, Any]:
    return {
        "id": id,
        "layanan": {"kode": "SKDOM", "nama": "Surat Keterangan Domisili"},
        "pemohon": {"nama": "Sari Contohwati"},
        "hubungan": "diri_sendiri",
        "jawaban": ruang.perkara(id)["pribadi"]["jawaban"],
    }


def terisi(ruang: Ruang, id: str, **ganti: str) -> dict[str, str]:
    """The form as a browser sends it back: what it was shown, and what was typed over it."""
    sent: dict[str, str] = {"kunci": new_id()}
    for field in MEDAN:
        name, value = str(field["id"]), ruang.perkara(id)["pribadi"]["jawaban"].get(field["id"])
        if field["jenis"] in ("tanggal", "bulan"):
            parts = zip(("tahun", "bulan", "hari"), str(value or "").split("-"), strict=False)
            sent |= {f"{name}-{part}": text for part, text in parts}
        elif isinstance(value, bool):
            sent[name] = "ya" if value else "tidak"
        else:
            sent[name] = str(value or "")
    return {**sent, **ganti}


def test_a_clerk_proposes_and_the_lurah_agrees_to_what_is_changed(
    ruang: Ruang, surat: tuple[str, str], tmp_path: Path
) -> None:
    id, letter = surat
    path = f"/loket/surat/{letter}/perbaiki"
    with sebagai(ruang, tmp_path, id, "petugas_loket") as clerk:
        assert 'value="Sari Contohwati"' in clerk.get(path).text
        sent = clerk.post(path, data=terisi(ruang, id, nama=NAMA, alasan="salah_ketik"))
        assert (sent.status_code, sent.location) == (303, f"/loket/permohonan/{id}?sudah=perbaiki-surat")
        assert "menunggu persetujuan lurah" in clerk.get(path).text
    assert ruang.perkara(id)["surat"][letter]["perbaikan"]["koreksi"] == {"nama": NAMA}

    with sebagai(ruang, tmp_path, id, "lurah") as lurah:
        page = lurah.get("/perbaikan-surat").text
        assert "<del>Sari Contohwati</del><br><strong>" + NAMA in page
        assert "Alasan: Salah ketik" in page
        assert lurah.get(f"/lihat/surat/{letter}/0.png").mimetype == "image/png"
        wrong = lurah.post(f"/perbaikan-surat/{letter}", data={"kunci": new_id(), "bukti": "sandi-yang-lain"})
        assert (wrong.status_code, f'href="#bukti-{letter}"' in wrong.text) == (422, True)
        sure = {"kunci": new_id(), "bukti": "sandi-yang-benar"}
        assert lurah.post(f"/perbaikan-surat/{letter}", data=sure).status_code == 303
        assert "Tidak ada perbaikan surat" in lurah.get("/perbaikan-surat").text
        again = lurah.post(f"/perbaikan-surat/{letter}", data={**sure, "kunci": new_id()})
        assert again.status_code in (403, 409)
    ruang.quiet()
    assert ruang.perkara(id)["surat"][letter]["status"] == "diganti"


def test_a_proposal_without_reason_or_change_or_with_half_a_number_is_not_sent(
    ruang: Ruang, surat: tuple[str, str], tmp_path: Path
) -> None:
    id, letter = surat
    path = f"/loket/surat/{letter}/perbaiki"
    with sebagai(ruang, tmp_path, id, "petugas_loket") as clerk:
        for sent, told in (
            (terisi(ruang, id, alasan="salah_ketik"), "Belum ada isian yang diubah."),
            (terisi(ruang, id, nama=NAMA), "Pilih mengapa surat ini perlu diperbaiki."),
            (terisi(ruang, id, nik="32760", alasan="salah_ketik"), "NIK harus 16 angka."),
            (terisi(ruang, id, nama="", alasan="salah_ketik"), "Nama lengkap harus diisi."),
        ):
            refused = clerk.post(path, data=sent)
            assert refused.status_code == 422
            assert told in refused.text
            if "nik" in told.lower():
                assert re.search(rf'id="nik-error".*?{told}', refused.text, re.DOTALL)
    assert "perbaikan" not in ruang.perkara(id)["surat"][letter]


def test_the_lurah_revokes_a_letter_with_a_reason_and_a_tick(
    ruang: Ruang, surat: tuple[str, str], tmp_path: Path
) -> None:
    id, letter = surat
    path = f"/arsip/{letter}/cabut"
    with sebagai(ruang, tmp_path, id, "lurah") as lurah:
        assert "Ini tidak bisa ditarik." in lurah.get(path).text
        refused = lurah.post(path, data={"kunci": new_id(), "alasan": "data_keliru"})
        assert (refused.status_code, "Beri centang bila Anda yakin." in refused.text) == (422, True)
        assert ruang.perkara(id)["surat"][letter]["status"] == "berlaku"
        done = lurah.post(path, data={"kunci": new_id(), "alasan": "data_keliru", "yakin": "ya"})
        assert done.status_code == 303
        assert "sudah=cabut" in done.location
        assert "sudah tidak berlaku" in lurah.get(path).text
    assert ruang.perkara(id)["surat"][letter]["status"] == "dicabut"


def test_these_pages_are_for_those_who_may_do_it(
    ruang: Ruang, surat: tuple[str, str], tmp_path: Path
) -> None:
    id, letter = surat
    with sebagai(ruang, tmp_path, id, "petugas_loket") as clerk:
        refused = clerk.get(f"/arsip/{letter}/cabut")
        assert (refused.status_code, 'href="/loket" role="button"' in refused.text) == (403, True)
        assert clerk.get("/perbaikan-surat").status_code == 403
    with sebagai(ruang, tmp_path, id, "kasi") as kasi:
        assert kasi.get(f"/loket/surat/{letter}/perbaiki").status_code == 403
