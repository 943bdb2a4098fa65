"""A case that yields two letters: noted one by one, ready with the last, over with the last that was received."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from pengajuan.application import ikuti_surat
from pengajuan.domain import ikuti, tampilan
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.keadaan import from_state, to_state
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import Status
from support.permohonan import T0, diproses

TERBIT: Mapping[str, Any] = {"putaran": 1, "tanggal": "2026-01-15", "rilis": "setelah_asli_dilihat"}


def terbit(kasus: Permohonan, surat: str, **data: Any) -> Permohonan:
    return ikuti_surat.diterbitkan(kasus, {**TERBIT, "surat": surat, **data}, T0)


def keduanya() -> Permohonan:
    """N6 was signed first, N1 is the last."""
    approved = ikuti.disetujui(diproses(), putaran=1, waktu=T0)
    return terbit(terbit(approved, "n6", jenis="N6", sisa=1), "n1")


def test_the_case_is_ready_with_its_last_letter_and_over_with_the_last_received() -> None:
    approved = ikuti.disetujui(diproses(), putaran=1, waktu=T0)
    first = terbit(approved, "n6", jenis="N6", sisa=1)
    assert (first.status, first.riwayat[-1].kode) == (Status.DISETUJUI, "surat_terbit")
    fetched = ikuti_surat.diserahkan(first, {"surat": "n6", "sisa": 1}, T0)
    both = terbit(fetched, "n1")
    assert (both.status, [s.id for s in both.semua_surat]) == (Status.TERBIT, ["n1", "n6"])
    assert ikuti_surat.diserahkan(both, {"surat": "n1"}, T0).status is Status.DISERAHKAN
    assert from_state(json.loads(json.dumps(to_state(both)))) == both


def test_a_letter_without_approval_is_refused_also_when_another_is_to_come() -> None:
    with pytest.raises(TransisiSalah):
        terbit(diproses(), "n6", jenis="N6", sisa=1)
    with pytest.raises(TransisiSalah):
        ikuti_surat.diserahkan(diproses(), {"surat": "n6", "sisa": 1}, T0)


def test_a_corrected_letter_takes_the_place_of_its_kind_alone() -> None:
    over = ikuti_surat.diserahkan(keduanya(), {"surat": "n1"}, T0)
    again = terbit(over, "n6b", jenis="N6", mengganti="n6")

    assert (again.status, [s.id for s in again.semua_surat]) == (Status.TERBIT, ["n1", "n6b"])
    still = terbit(again, "n1b", mengganti="n1")
    assert ([s.id for s in still.semua_surat], still.riwayat[-1].kode) == (["n1b", "n6b"], "diganti")


def test_a_revoked_letter_is_said_and_ends_the_case_whose_other_one_was_received() -> None:
    one = ikuti_surat.dicabut(keduanya(), {"surat": "n6", "alasan": "data_keliru"}, T0)
    assert (one.status, tampilan.keterangan(one)) == (Status.TERBIT, ("satu surat dicabut",))
    both = ikuti_surat.dicabut(one, {"surat": "n1", "alasan": "asli_tidak_sesuai"}, T0)
    assert tampilan.keterangan(both) == ("surat dicabut",)

    over = ikuti_surat.dicabut(keduanya(), {"surat": "n6", "alasan": "data_keliru", "selesai": True}, T0)
    assert over.status is Status.DISERAHKAN


def test_what_the_case_holds_of_a_person_goes_with_its_last_letter() -> None:
    over = ikuti_surat.diserahkan(keduanya(), {"surat": "n1"}, T0)
    first, told = ikuti_surat.dimusnahkan(over, {"surat": "n1"}, T0)
    assert (told, first.pemohon.nama) == ((), over.pemohon.nama)

    last, told = ikuti_surat.dimusnahkan(first, {"surat": "n6"}, T0)
    assert told
    assert last.pemohon.nama != over.pemohon.nama
    assert [r.kode for r in last.riwayat].count("dimusnahkan") == 2
