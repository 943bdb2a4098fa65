"""Offices: what they offer, how they are stored and announced."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from jsonschema import Draft202012Validator

from pengajuan.adapters.wilayah import baca_wilayah
from pengajuan.domain import acuan
from pengajuan.domain.events import Fakta
from pengajuan.domain.kantor import Kantor, StatusKantor, Tutup
from pengajuan.domain.kantor_keadaan import from_state, to_state
from pengajuan.domain.layanan import Penetapan, Rilis
from support.permohonan import SKDOM, SKTM
from support.tree import ROOT

DECREE = Penetapan(status="ditetapkan", sk_nomor="contoh/1", sk_tanggal=date(2026, 1, 5))


def office() -> Kantor:
    return replace(
        baca_wilayah().kelurahan[0],
        penetapan={"SKDOM": DECREE},
        rilis={"SKDOM": Rilis.LANGSUNG},
        tutup=Tutup(dari=date(2026, 1, 2), sampai=date(2026, 1, 3), alasan="Listrik padam"),
        batas={"peserta": 300},
    )


def mistakes(fact: Fakta) -> list[str]:
    schema = json.loads((ROOT / f"contracts/events/pengajuan.{fact.nama}.v1.schema.json").read_text())
    return [error.message for error in Draft202012Validator(schema).iter_errors(fact.data)]


def test_an_office_survives_its_store_unchanged() -> None:
    for kantor in (office(), *baca_wilayah().kelurahan):
        assert from_state(json.loads(json.dumps(to_state(kantor)))) == kantor


def test_offices_and_services_are_announced_as_the_contracts_promise() -> None:
    facts = [acuan.kantor_diubah(k) for k in (office(), *baca_wilayah().kelurahan)]
    facts += [acuan.layanan_diubah(layanan) for layanan in (SKDOM, SKTM)]
    assert [mistakes(fact) for fact in facts] == [[]] * 66
    assert facts[0].data["layanan"] == ["SKDOM"]


def test_only_an_active_office_offers_what_it_confirmed() -> None:
    assert office().melayani("SKDOM")
    assert not office().melayani("SKTM")
    assert not replace(office(), status=StatusKantor.DISIAPKAN).melayani("SKDOM")


def test_an_office_is_closed_on_both_named_days() -> None:
    assert [office().tutup_pada(date(2026, 1, day)) for day in (1, 2, 3, 4)] == [False, True, True, False]
