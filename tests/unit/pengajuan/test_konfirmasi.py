"""RT and RW confirm by link in place of their paper (R9): the decisions alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from pengajuan.domain import konfirmasi, retensi
from pengajuan.domain.ajukan import ajukan
from pengajuan.domain.batalkan import batalkan
from pengajuan.domain.errors import FormulirSalah, TautanSalah, TransisiSalah
from pengajuan.domain.keadaan import from_state, to_state
from pengajuan.domain.kelengkapan import pengantar_berlaku
from pengajuan.domain.konfirmasi import Aturan
from pengajuan.domain.pengantar import SYARAT, Keadaan, Pengantar, Pengurus, sampai
from pengajuan.domain.periksa import kembalikan, lengkap
from pengajuan.domain.permohonan import Cara, JalanSyarat, Pembebasan, Permohonan
from pengajuan.domain.status import Status
from pengajuan.domain.terima_berkas import siap, terima
from support.permohonan import (
    LOKET,
    SKDOM,
    WARGA,
    berkas,
    buat_draf,
    diajukan,
    dilihat,
    kekurangan,
    konteks,
)

WIB = timezone(timedelta(hours=7))
KAMIS = datetime(2026, 1, 15, 10, 0, tzinfo=WIB)  # Friday the 16th is a holiday
SENIN_DEPAN = datetime(2026, 1, 20, 16, 0, tzinfo=WIB)
TELEPON = {"": "+6281255500108", "003": "+6281255500103"}
ATURAN = Aturan(
    layanan=SKDOM,
    batas={},
    kerja=lambda hari: hari.weekday() < 5 and hari != date(2026, 1, 16),
    pengurus=lambda rw, rt: Pengurus(nama=f"Ketua {rt or rw}", telepon=TELEPON[rt], rw=rw, rt=rt),
    sidik=lambda kasus, urut: f"sidik-{urut}",
)
NOBODY = replace(ATURAN, pengurus=lambda rw, rt: None)


def dua_berkas(kasus: Permohonan) -> Permohonan:
    """KTP and KK are there: only the introduction is waited for."""
    for kode in ("KTP", "KK"):
        kasus, _ = terima(kasus, SKDOM, berkas=berkas(kode), batas={})
    return kasus


def ditanya() -> Permohonan:
    return konfirmasi.minta(dua_berkas(diajukan()), ATURAN, pelaku=WARGA, waktu=KAMIS)[0]


def jawab(kasus: Permohonan, urut: int, *, benar: bool = True, waktu: datetime = KAMIS) -> Permohonan:
    return konfirmasi.jawab(kasus, ATURAN, sidik=f"sidik-{urut}", benar=benar, waktu=waktu)[0]


def terbit() -> Permohonan:
    return jawab(jawab(ditanya(), 1), 2)


def punya(kasus: Permohonan) -> Pengantar:
    assert kasus.pengantar is not None
    return kasus.pengantar


def test_rt_then_rw_confirm_and_the_paper_is_not_needed() -> None:
    kasus, facts = konfirmasi.minta(dua_berkas(diajukan()), ATURAN, pelaku=WARGA, waktu=KAMIS)
    assert [f.nama for f in facts] == ["pengantar.diminta", "pengantar.dibagikan"]
    assert facts[1].data is not None
    assert facts[1].data["kontak"]["nilai"] == TELEPON["003"]

    kasus, facts = konfirmasi.jawab(kasus, ATURAN, sidik="sidik-1", benar=True, waktu=KAMIS)
    assert punya(kasus).keadaan is Keadaan.MENUNGGU_RW
    assert facts[1].data is not None
    assert facts[1].data["kontak"]["nilai"] == TELEPON[""]

    kasus, facts = konfirmasi.jawab(kasus, ATURAN, sidik="sidik-2", benar=True, waktu=KAMIS)
    assert (kasus.status, punya(kasus).nomor) == (Status.DIPERIKSA, "RTRW-011006-2222-2222-2")
    assert kasus.data["pengantar_nomor"] == "RTRW-011006-2222-2222-2"
    assert kasus.data["pengantar_tanggal"] == "2026-01-15"
    assert [f.nama for f in facts] == [
        "pengantar.diterbitkan",
        "pemohon.dibagikan",
        "pengantar.dibagikan",
        "permohonan.siap_diperiksa",
    ]
    assert lengkap(kasus, SKDOM, pelaku=LOKET, dilihat=dilihat(kasus), waktu=KAMIS, batas={})[0].lengkap


def test_what_is_kept_for_ever_names_no_rt_and_no_person() -> None:
    kasus, facts = konfirmasi.minta(dua_berkas(diajukan()), ATURAN, pelaku=WARGA, waktu=KAMIS)

    assert facts[0].data == {
        "putaran": 1,
        "pihak": "rt",
        "urut": 1,
        "sampai": "2026-01-20T09:00:00Z",
        "waktu": "2026-01-15T03:00:00Z",
    }
    assert all("003" not in str(dict(line.rincian)) for line in kasus.riwayat)


def test_the_answer_is_due_at_the_close_of_the_second_working_day() -> None:
    assert sampai(KAMIS, ATURAN.kerja) == SENIN_DEPAN


@pytest.mark.parametrize(
    ("sidik", "waktu"),
    [("sidik-2", KAMIS), ("", KAMIS), ("sidik-1", SENIN_DEPAN)],
    ids=["another link", "none", "late"],
)
def test_a_wrong_or_late_link_opens_nothing(sidik: str, waktu: datetime) -> None:
    with pytest.raises(TautanSalah):
        konfirmasi.terbuka(ditanya(), sidik, waktu)


def test_a_link_is_used_once() -> None:
    once = jawab(ditanya(), 1)

    with pytest.raises(TautanSalah):
        jawab(once, 1)
    with pytest.raises(TautanSalah):
        jawab(terbit(), 2)


def test_a_no_ends_it_and_paper_is_still_accepted() -> None:
    kasus = jawab(ditanya(), 1, benar=False)
    assert (punya(kasus).keadaan, kasus.status) == (Keadaan.BUKAN, Status.MENUNGGU_BERKAS)

    kasus, _ = terima(kasus, SKDOM, berkas=berkas(SYARAT), batas={})
    assert kasus.status is Status.DIPERIKSA


def test_silence_ends_it_at_its_time_and_not_before() -> None:
    asked = ditanya()

    assert konfirmasi.lewat(asked, KAMIS) == (asked, ())
    over, facts = konfirmasi.lewat(asked, SENIN_DEPAN)
    assert punya(over).keadaan is Keadaan.TIDAK_DIJAWAB
    assert [f.nama for f in facts] == ["pengantar.ditutup", "pengantar.dibagikan"]
    assert facts[1].data is None


def test_after_silence_the_clerk_may_proceed_and_says_so() -> None:
    over = konfirmasi.lewat(ditanya(), SENIN_DEPAN)[0]
    without = (Pembebasan(syarat=SYARAT, kode="rt_rw_tidak_menjawab", catatan="Dikenal.", oleh="loket"),)
    ready = siap(over, SKDOM, batas={}, waktu=SENIN_DEPAN, dibebaskan=frozenset({SYARAT}))[0]

    done = lengkap(
        ready,
        SKDOM,
        pelaku=LOKET,
        dilihat=dilihat(ready),
        pembebasan=without,
        waktu=SENIN_DEPAN,
        batas={},
    )[0]
    assert done.status is Status.DIPROSES

    waiting = siap(ditanya(), SKDOM, batas={}, waktu=KAMIS, dibebaskan=frozenset({SYARAT}))[0]
    with pytest.raises(TransisiSalah, match="RT/RW tidak menjawab"):
        lengkap(
            waiting,
            SKDOM,
            pelaku=LOKET,
            dilihat=dilihat(waiting),
            pembebasan=without,
            waktu=KAMIS,
            batas={},
        )


def test_paper_that_comes_first_takes_its_place() -> None:
    with_paper, _ = terima(ditanya(), SKDOM, berkas=berkas(SYARAT), batas={})

    over, facts = konfirmasi.rapikan(with_paper, KAMIS)
    assert punya(over).keadaan is Keadaan.DIGANTI_BERKAS
    assert len(facts) == 2


def test_a_cancelled_case_asks_nobody_any_more() -> None:
    cancelled, _ = batalkan(ditanya(), pelaku=WARGA, waktu=KAMIS)

    over, _ = konfirmasi.rapikan(cancelled, KAMIS)
    assert punya(over).keadaan is Keadaan.BERAKHIR
    with pytest.raises(TautanSalah):
        konfirmasi.terbuka(over, "sidik-1", KAMIS)


def test_a_draft_keeps_the_wish_and_needs_no_number_of_a_paper() -> None:
    ways = {s.kode: JalanSyarat(cara=Cara.UNGGAH) for s in SKDOM.syarat if s.wajib and s.bila is None}
    draft = replace(
        buat_draf(),
        data={k: v for k, v in buat_draf().data.items() if not k.startswith("pengantar_")},
    )
    with pytest.raises(FormulirSalah):
        ajukan(draft, konteks(), pelaku=WARGA, jalan=ways, waktu=KAMIS)

    wished, facts = konfirmasi.minta(draft, ATURAN, pelaku=WARGA, waktu=KAMIS)
    assert facts == ()
    filed, _ = ajukan(wished, konteks(), pelaku=WARGA, jalan=ways, waktu=KAMIS)
    asked, facts = konfirmasi.diajukan(filed, ATURAN, waktu=KAMIS)
    assert (punya(asked).keadaan, facts[0].nama) == (Keadaan.MENUNGGU_RT, "pengantar.diminta")
    assert konfirmasi.urungkan(wished) == draft

    unknown, facts = konfirmasi.diajukan(filed, NOBODY, waktu=KAMIS)
    assert (punya(unknown).keadaan, facts) == (Keadaan.TIDAK_TERDAFTAR, ())


def test_an_address_whose_rt_is_in_no_register_needs_paper() -> None:
    with pytest.raises(TransisiSalah, match="belum terdaftar"):
        konfirmasi.minta(dua_berkas(diajukan()), NOBODY, pelaku=WARGA, waktu=KAMIS)


def test_one_case_asks_twice_at_most() -> None:
    once = jawab(ditanya(), 1, benar=False)
    twice = konfirmasi.minta(once, ATURAN, pelaku=WARGA, waktu=KAMIS)[0]
    assert punya(twice).urut == 2

    with pytest.raises(TransisiSalah, match="tidak dapat diminta lagi"):
        konfirmasi.minta(jawab(twice, 2, benar=False), ATURAN, pelaku=WARGA, waktu=KAMIS)


def test_a_confirmation_that_a_clerk_returns_counts_no_longer() -> None:
    issued = terbit()
    assert pengantar_berlaku(issued)

    returned = kembalikan(issued, SKDOM, pelaku=LOKET, kekurangan=kekurangan(SYARAT), waktu=KAMIS, batas={})[
        0
    ]
    assert not pengantar_berlaku(replace(returned, putaran=2))


def test_it_survives_the_store_and_is_erased_with_the_answers() -> None:
    issued = terbit()

    assert from_state(to_state(issued)) == issued
    erased, facts = retensi.hapus_isi(issued, KAMIS)
    assert erased.pengantar is None
    assert "pengantar.dibagikan" in [f.nama for f in facts]
