"""Every way between two states of a case has a behaviour test whose name says it in a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import pytest

from dokumen.domain import perkara as p
from pengajuan.domain.status import BOLEH, Status
from persetujuan.domain.kasus import Tahap
from support.tree import ROOT

Ways = Mapping[tuple[str, str], str]
S, T = Status, Tahap
WORDS: Final = 5  # fewer are no sentence

PENGAJUAN: Final[Ways] = {
    (
        S.DRAF,
        S.MENUNGGU_BERKAS,
    ): "component/pengajuan/test_mengajukan::test_a_draft_is_changed_and_filed_later",
    (S.DRAF, S.DIPERIKSA): "unit/pengajuan/test_permohonan::test_papers_that_come_before_filing_count",
    (S.DRAF, S.DIBATALKAN): "unit/pengajuan/test_akhir_kasus"
    "::test_pengajuan_cancels_its_own_cases_and_asks_for_others",
    (S.MENUNGGU_BERKAS, S.DIPERIKSA): "unit/pengajuan/test_permohonan"
    "::test_the_last_mandatory_paper_brings_the_case_to_the_counter",
    (S.MENUNGGU_BERKAS, S.DIBATALKAN): "component/pengajuan/test_mengikuti"
    "::test_a_case_is_cancelled_at_once_while_it_is_ours",
    (S.MENUNGGU_BERKAS, S.KEDALUWARSA): "unit/pengajuan/test_akhir_kasus"
    "::test_a_case_that_waits_too_long_expires",
    (S.MENUNGGU_BERKAS, S.DIPINDAH): "unit/pengajuan/test_jalan_jarang"
    "::test_a_misfiled_case_moves_from_every_state_that_is_the_counters",
    (S.DIPERIKSA, S.DIPROSES): "unit/pengajuan/test_permohonan"
    "::test_complete_records_the_drafter_and_a_hash_of_what_is_decided",
    (S.DIPERIKSA, S.DIPERBAIKI): "unit/pengajuan/test_permohonan"
    "::test_one_list_goes_back_and_its_words_travel_apart",
    (S.DIPERIKSA, S.DIBATALKAN): "unit/pengajuan/test_jalan_jarang"
    "::test_a_case_at_the_counter_is_cancelled_at_once",
    (S.DIPERIKSA, S.DITERUSKAN): "component/pengajuan/test_jenis_layanan"
    "::test_a_forwarded_case_gets_no_promise_and_its_result_is_told",
    (S.DIPERIKSA, S.DIPINDAH): "component/pengajuan/test_pindah"
    "::test_a_misfiled_case_ends_here_and_goes_on_at_the_right_office",
    (S.DIPROSES, S.DISETUJUI): "unit/pengajuan/test_akhir_kasus"
    "::test_a_decided_case_is_followed_to_its_letter",
    (S.DIPROSES, S.DIPERBAIKI): "component/pengajuan/test_mengikuti"
    "::test_a_return_by_an_official_begins_a_new_round",
    (S.DIPROSES, S.DITOLAK): "unit/pengajuan/test_akhir_kasus"
    "::test_officials_return_to_the_resident_or_to_the_kelurahan",
    (S.DIPROSES, S.DIBATALKAN): "component/pengajuan/test_mengikuti::test_later_the_owner_is_asked_to_cancel",
    (S.DISETUJUI, S.TERBIT): "component/pengajuan/test_mengikuti::test_a_case_is_followed_to_the_hand_over",
    (S.DISETUJUI, S.DIBATALKAN): "unit/pengajuan/test_jalan_jarang"
    "::test_an_approved_case_ends_when_dokumen_grants_the_cancellation",
    (S.TERBIT, S.DISERAHKAN): "component/pengajuan/test_mengikuti::test_a_case_is_followed_to_the_hand_over",
    (S.DISERAHKAN, S.TERBIT): "component/pengajuan/test_diganti::test_a_corrected_letter_is_ready_anew",
    (S.DIPERBAIKI, S.MENUNGGU_BERKAS): "unit/pengajuan/test_permohonan"
    "::test_a_correction_starts_the_next_round_and_waits_for_the_new_paper",
    (S.DIPERBAIKI, S.DIPERIKSA): "unit/pengajuan/test_permohonan"
    "::test_a_paper_sent_before_pressing_send_belongs_to_the_next_round",
    (S.DIPERBAIKI, S.DIBATALKAN): "unit/pengajuan/test_jalan_jarang"
    "::test_who_shall_correct_may_give_up_instead",
    (S.DIPERBAIKI, S.KEDALUWARSA): "unit/pengajuan/test_jalan_jarang"
    "::test_a_correction_that_never_comes_expires",
    (S.DIPERBAIKI, S.DIPINDAH): "component/pengajuan/test_pindah"
    "::test_a_returned_case_moves_and_its_list_stays_behind",
}
PERSETUJUAN: Final[Ways] = {
    (T.MENUNGGU, T.BERJALAN): "component/persetujuan/test_alur"
    "::test_a_case_starts_when_the_personal_half_comes_last",
    (T.MENUNGGU, T.DIBATALKAN): "component/persetujuan/test_batal"
    "::test_a_request_that_comes_before_the_personal_half_is_granted_at_once",
    (T.BERJALAN, T.DIKEMBALIKAN): "component/persetujuan/test_alur"
    "::test_a_return_to_the_resident_ends_the_round_and_the_next_one_starts_anew",
    (T.DIKEMBALIKAN, T.BERJALAN): "component/persetujuan/test_alur"
    "::test_a_return_to_the_resident_ends_the_round_and_the_next_one_starts_anew",
    (T.BERJALAN, T.DISETUJUI): "component/persetujuan/test_alur::test_the_lurah_alone_approves_a_domisili",
    (T.BERJALAN, T.DITOLAK): "component/persetujuan/test_alur::test_a_refusal_ends_the_case",
    (T.BERJALAN, T.DIBATALKAN): "component/persetujuan/test_batal"
    "::test_a_request_before_the_final_decision_is_granted_and_the_task_falls_away",
    (T.DISETUJUI, T.DIBATALKAN): "component/persetujuan/test_batal"
    "::test_a_request_after_the_final_decision_is_left_to_dokumen",
    (T.DIKEMBALIKAN, T.DITUTUP): "component/persetujuan/test_batal"
    "::test_a_case_that_expired_while_it_was_corrected_is_closed_here_too",
}
DOKUMEN: Final[Ways] = {
    (p.TERBUKA, p.DIPROSES): "component/dokumen/test_berkas"
    "::test_a_closed_round_takes_no_paper_and_the_next_one_does",
    (p.DIPROSES, p.DIKEMBALIKAN): "component/dokumen/test_berkas"
    "::test_a_closed_round_takes_no_paper_and_the_next_one_does",
    (p.DIKEMBALIKAN, p.DIBATALKAN): "component/dokumen/test_berkas"
    "::test_a_closed_round_takes_no_paper_and_the_next_one_does",
    (p.TERBUKA, p.DITOLAK): "component/dokumen/test_retensi"
    "::test_a_case_without_a_letter_loses_papers_and_person_when_its_time_is_over",
    (p.TERBUKA, p.DITUTUP): "component/dokumen/test_retensi"
    "::test_a_case_without_a_letter_loses_papers_and_person_when_its_time_is_over",
    (p.TERBUKA, p.DITERUSKAN): "component/dokumen/test_retensi"
    "::test_copies_go_also_where_the_case_was_forwarded_and_yields_no_letter_here",
    (p.TERBUKA, p.DIPINDAH): "component/dokumen/test_pindah"
    "::test_nothing_more_is_sent_to_a_case_that_was_moved",
    (p.DIPROSES, p.DISETUJUI): "component/dokumen/test_surat"
    "::test_a_letter_without_office_or_official_is_held_with_a_reason_and_goes_on_later",
    (p.DISETUJUI, p.DIBATALKAN): "component/dokumen/test_surat"
    "::test_a_cancellation_is_granted_only_before_the_number",
    (p.DISETUJUI, p.TERBIT): "component/dokumen/test_surat"
    "::test_an_approved_domicile_becomes_a_sealed_letter_with_its_number",
    (p.TERBIT, p.DISERAHKAN): "component/dokumen/test_surat"
    "::test_with_release_at_once_the_first_download_hands_it_over",
    (p.TERBIT, p.DICABUT): "component/dokumen/test_surat::test_a_revoked_letter_keeps_its_number_and_says_so",
    (p.DISERAHKAN, p.TERBIT): "component/dokumen/test_perbaikan"
    "::test_a_corrected_letter_replaces_the_old_one",
}
TABLES: Final = {"pengajuan": PENGAJUAN, "persetujuan": PERSETUJUAN, "dokumen": DOKUMEN}
NAMED: Final = sorted({name for table in TABLES.values() for name in table.values()})


def test_the_table_has_every_way_that_a_case_may_go_and_no_other() -> None:
    assert set(PENGAJUAN) == {(a, b) for a, ways in BOLEH.items() for b in ways}


@pytest.mark.parametrize(
    ("ways", "stages", "first"),
    [(PERSETUJUAN, T, T.MENUNGGU), (DOKUMEN, p.TAHAP, p.TERBUKA)],
    ids=["persetujuan", "dokumen"],
)
def test_every_stage_of_the_other_two_owners_is_reached_by_a_test(
    ways: Ways, stages: Iterable[str], first: str
) -> None:
    """These have no list of ways: the events of others decide, in any order."""
    assert {b for _, b in ways} | {first} == set(stages)
    assert {a for a, _ in ways} <= set(stages)


@pytest.mark.parametrize("name", NAMED)
def test_the_named_test_is_there_and_its_name_is_a_sentence(name: str) -> None:
    file, function = name.split("::")

    assert function in functions(file)
    assert len(function.removeprefix("test_").split("_")) >= WORDS


@cache
def functions(file: str) -> frozenset[str]:
    """Names of the test functions in a file below tests/."""
    tree = ast.parse((ROOT / "tests" / f"{file}.py").read_text())
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
