"""Cancellation: whoever owns the case answers."""

from __future__ import annotations

from chassis.ids import new_id
from support.meja import Meja

WAKTU = "2026-01-15T03:05:00.000Z"


def minta(meja: Meja, id: str, putaran: int = 1) -> None:
    meja.near.say("pengajuan", id, ("pembatalan.diminta", {"putaran": putaran, "waktu": WAKTU}))
    meja.quiet()


def test_a_request_before_the_final_decision_is_granted_and_the_task_falls_away(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]

    minta(meja, id)

    assert meja.near.told("persetujuan", id)[-1] == "pembatalan.dikabulkan"
    assert meja.kotak("kasi") == []
    assert meja.putus("kasi", tugas).status_code == 409


def test_a_request_after_the_final_decision_is_left_to_dokumen(meja: Meja) -> None:
    id = meja.mulai()
    meja.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"))

    minta(meja, id)

    assert "pembatalan.dikabulkan" not in meja.near.told("persetujuan", id)
    assert meja.kasus(id)["tahap"] == "disetujui"
    meja.near.say("dokumen", id, ("pembatalan.dikabulkan", {"putaran": 1, "waktu": WAKTU}))
    meja.quiet()
    assert meja.kasus(id)["tahap"] == "dibatalkan"


def test_a_request_that_comes_before_the_personal_half_is_granted_at_once(meja: Meja) -> None:
    id = new_id()
    meja.lengkap(id)
    minta(meja, id)

    meja.pribadi(id)
    meja.quiet()

    assert meja.near.told("persetujuan", id) == ["pembatalan.dikabulkan"]


def test_a_case_closed_by_pengajuan_has_no_open_task(meja: Meja) -> None:
    id = meja.mulai()

    meja.near.say(
        "pengajuan", id, ("permohonan.dibatalkan", {"putaran": 1, "sebab": "pemohon", "waktu": WAKTU})
    )
    meja.quiet()

    assert meja.kasus(id)["tahap"] == "dibatalkan"
    assert "terbuka" not in meja.kasus(id)


def test_a_case_that_expired_while_it_was_corrected_is_closed_here_too(meja: Meja) -> None:
    id = meja.mulai()
    points = [{"jenis": "syarat", "kode": "KK", "alasan": "tidak_terbaca", "teks": "Foto KK buram."}]
    done = meja.putus("kasi", meja.kasus(id)["terbuka"]["id"], "kembalikan", kekurangan=points)
    assert done.status_code == 200, done.text

    meja.near.say(
        "pengajuan", id, ("permohonan.ditutup", {"putaran": 2, "sebab": "kedaluwarsa", "waktu": WAKTU})
    )
    meja.quiet()

    assert meja.kasus(id)["tahap"] == "ditutup"
    assert meja.kotak("kasi") == []
