"""After issue: a corrected letter is ready anew (R10), a destroyed one takes the person with it (R15)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chassis.ids import new_id
from pengajuan.check import check
from support.loket import KODE, SYARAT, WAKTU, Layanan, bersih
from support.neighbours import example
from support.waiting import until


@pytest.mark.parametrize("handed", [False, True])
def test_a_corrected_letter_is_ready_anew(layanan: Layanan, pekerja: None, handed: bool) -> None:
    id = issued(layanan, old := new_id())
    if handed:
        layanan.tell("dokumen", "surat.diserahkan", id, {"surat": old, "cara": "loket", "waktu": WAKTU})
        until(lambda: layanan.kasus(id)["tampilan"] == "Selesai")
    new = new_id()
    layanan.tell("dokumen", "surat.disiapkan", id, prepared(new))
    layanan.tell("dokumen", "surat.diterbitkan", id, letter(new, mengganti=old))

    until(lambda: layanan.kasus(id)["surat"]["id"] == new, what="the new letter")
    assert layanan.kasus(id)["tampilan"] == "Surat siap"
    until(lambda: not layanan.app.documents.waiting())
    assert [w for w in check(layanan.app, layanan.events)["wrong"] if w["id"] == id] == []


def letter(surat: str, **more: Any) -> dict[str, Any]:
    return example("dokumen.surat.diterbitkan", surat=surat, layanan="SKDOM", putaran=1, **more)


def prepared(surat: str) -> dict[str, Any]:
    return example("dokumen.surat.disiapkan", surat=surat, layanan="SKDOM")


def issued(layanan: Layanan, surat: str) -> str:
    """A case whose letter is in force."""
    id = str(layanan.ajukan()["id"])
    for syarat in SYARAT:
        layanan.tell("dokumen", "berkas.diterima", id, bersih(id, syarat))
    until(lambda: layanan.kasus(id)["status"] == "diperiksa")
    assert layanan.lengkap(id).status_code == 200
    signed = [{"peran": "lurah", "oleh": "lurah.depok", "kantor": "3276011006", "waktu": WAKTU}]
    approved = example("persetujuan.permohonan.disetujui", putaran=1, setuju=signed)
    layanan.tell("persetujuan", "permohonan.disetujui", id, approved)
    layanan.tell("dokumen", "surat.disiapkan", id, prepared(surat))
    layanan.tell("dokumen", "surat.diterbitkan", id, letter(surat))
    until(lambda: layanan.kasus(id)["status"] == "terbit")
    return id


def test_a_destroyed_letter_takes_the_person_with_it(layanan: Layanan, pekerja: None) -> None:
    id = issued(layanan, surat := new_id())
    layanan.tell("dokumen", "surat.diserahkan", id, {"surat": surat, "cara": "loket", "waktu": WAKTU})
    layanan.tell("dokumen", "surat.dimusnahkan", id, example("dokumen.surat.dimusnahkan", surat=surat))

    until(lambda: layanan.kasus(id)["pemohon"]["nama"] == "", what="the person gone")
    doc = layanan.app.documents.get("permohonan", KODE, id)
    assert doc is not None
    assert "Contohwati" not in json.dumps(doc.body)
    assert layanan.kasus(id)["tampilan"] == "Selesai"
    until(lambda: any(r.value is None for r in layanan.log("pribadi")), what="the snapshot removed")
