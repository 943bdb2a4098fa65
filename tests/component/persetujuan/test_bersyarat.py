"""Steps with conditions (R9): the camat for large events and closed roads, the seklur where an office wants him."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.ids import new_id
from persetujuan.check import check
from support.meja import KK, NIK, Meja
from support.neighbours import OFFICE, example

KECIL = {"peserta": 200, "tutup_jalan": False}


def _kantor(meja: Meja, **alur: Any) -> None:
    data = example("pengajuan.kantor.diubah", kode=OFFICE, alur=alur)
    meja.near.say("pengajuan", OFFICE, ("kantor.diubah", data))
    meja.quiet()


def _pribadi(meja: Meja, id: str, jawaban: dict[str, Any]) -> None:
    subject = [{"nama": "Contoh Sekarwangi", "nik": NIK}]
    told = example(
        "pengajuan.pemohon.dibagikan", putaran=1, layanan="RAMAI", subjek=subject, kk=KK, jawaban=jawaban
    )
    meja.near.say("pengajuan", id, ("pemohon.dibagikan", told))


def _ramai(meja: Meja, **jawaban: Any) -> str:
    id = new_id()
    _pribadi(meja, id, KECIL | jawaban)
    meja.lengkap(id, "RAMAI")
    meja.quiet()
    return id


def _sampai_lurah(meja: Meja, id: str) -> str:
    """What the case is after the lurah's approval."""
    meja.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"))
    meja.quiet()
    return str(meja.kasus(id)["tahap"])


def test_a_small_event_ends_with_the_lurah(meja: Meja) -> None:
    id = _ramai(meja)

    assert _sampai_lurah(meja, id) == "disetujui"
    assert meja.near.told("persetujuan", id).count("tenggat.ditetapkan") == 1
    assert check(meja.app)["wrong"] == []


@pytest.mark.parametrize("jawaban", [{"peserta": 301}, {"tutup_jalan": True}])
def test_a_large_event_or_a_closed_road_goes_to_the_camat(meja: Meja, jawaban: dict[str, Any]) -> None:
    id = _ramai(meja, **jawaban)

    assert _sampai_lurah(meja, id) == "berjalan"
    assert meja.kasus(id)["terbuka"]["peran"] == "kasi_kecamatan"
    assert meja.near.told("persetujuan", id).count("tenggat.ditetapkan") == 2


def test_the_limit_is_the_offices_own(meja: Meja) -> None:
    _kantor(meja, batas={"peserta": 100})

    assert _sampai_lurah(meja, _ramai(meja, peserta=101)) == "berjalan"
    assert _sampai_lurah(meja, _ramai(meja, peserta=100)) == "disetujui"


def test_a_limit_set_later_changes_no_case_that_runs(meja: Meja) -> None:
    id = _ramai(meja)
    _kantor(meja, batas={"peserta": 100})

    assert _sampai_lurah(meja, id) == "disetujui"


def test_a_corrected_answer_brings_the_camat_in(meja: Meja) -> None:
    id = _ramai(meja)
    meja.jalan(id, ("kasi", "paraf"))
    _pribadi(meja, id, KECIL | {"peserta": 2000})
    told = example("pengajuan.permohonan.dikoreksi", putaran=1, medan=["peserta"], berkas=new_id())
    meja.near.say("pengajuan", id, ("permohonan.dikoreksi", told))
    meja.quiet()

    assert meja.kasus(id)["terbuka"]["peran"] == "kasi"
    assert _sampai_lurah(meja, id) == "berjalan"
    assert meja.kasus(id)["terbuka"]["jatuh_tempo"] == "2026-01-20T09:00:00.000Z"
    assert check(meja.app)["wrong"] == []


def test_the_seklur_initials_only_where_the_office_switched_it_on(meja: Meja) -> None:
    without = meja.mulai()
    _kantor(meja, paraf_seklur=True)
    with_paraf = meja.mulai()
    for id in (without, with_paraf):
        meja.jalan(id, ("kasi", "paraf"))

    assert meja.kasus(without)["terbuka"]["peran"] == "lurah"
    assert meja.kasus(with_paraf)["terbuka"]["peran"] == "seklur"
    meja.jalan(with_paraf, ("seklur", "paraf"), ("lurah", "setuju"))
    assert meja.kasus(with_paraf)["tahap"] == "disetujui"
    assert check(meja.app)["wrong"] == []


def test_a_return_by_the_kecamatan_starts_at_the_first_step_of_the_same_way(meja: Meja) -> None:
    _kantor(meja, paraf_seklur=True)
    id = meja.mulai("SKTM")
    meja.jalan(id, ("kasi", "paraf"), ("seklur", "paraf"), ("lurah", "setuju"), ("kasi_kecamatan", "paraf"))
    points = [{"jenis": "medan", "kode": "penghasilan", "alasan": "tidak_cocok"}]
    meja.putus("sekcam", meja.kasus(id)["terbuka"]["id"], "kembalikan", kekurangan=points)

    meja.jalan(id, ("kasi", "paraf"))

    assert meja.kasus(id)["terbuka"]["peran"] == "seklur"
