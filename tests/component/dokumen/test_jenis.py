"""Every kind of letter from approval to the sealed file, with the offices, numbers and signers of its product."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chassis.ids import new_id
from support import letters
from support.neighbours import OFFICE, example
from support.ruang_surat import CAMAT, KECAMATAN, LURAH, WAKTU, WARGA, Ruang

TUJUAN = {"tujuan": {"polsek": "Kepala Kepolisian Sektor Contoh", "disdukcapil": "Kepala Dinas Contoh"}}
SIGNED = {
    "lurah": {"peran": "lurah", "oleh": LURAH, "kantor": OFFICE, "waktu": WAKTU},
    "camat": {"peran": "camat", "oleh": CAMAT, "kantor": KECAMATAN, "waktu": WAKTU},
}


def setujui(ruang: Ruang, case: str, *peran: str, **ganti: Any) -> str:
    """An approved application of a golden case; its id."""
    id, made = new_id(), letters.bahan(case)
    answers = {**made.jawaban, **ganti}
    who = {"nama": answers.get("nama") or answers["alm_nama"]}
    data = example(
        "pengajuan.pemohon.dibagikan",
        akun=WARGA,
        layanan=made.layanan.kode,
        jawaban=answers,
        pemohon=who,
        subjek=[who],
    )
    signed = [SIGNED[p] for p in peran or made.layanan.penandatangan]
    ruang.diajukan(id, made.layanan.kode)
    ruang.near.say("pengajuan", id, ("pemohon.dibagikan", data))
    approved = example("persetujuan.permohonan.disetujui", putaran=1, setuju=signed)
    ruang.near.say("persetujuan", id, ("permohonan.disetujui", approved))
    ruang.quiet()
    return id


def test_every_kind_is_issued_with_the_numbers_and_seals_of_its_product(ruang: Ruang) -> None:
    ruang.acuan(surat=TUJUAN)
    # The first golden case of each kind; the others change its product.
    kinds = {letters.bahan(case).layanan.kode: case for case in reversed(letters.cases()) if case != "n6"}
    for kode, case in kinds.items():
        id = setujui(ruang, case)
        [(letter, state)] = ruang.perkara(id)["surat"].items()
        product = letters.bahan(case).layanan.produk
        assert state["status"] == "berlaku", (kode, ruang.perkara(id).get("tertahan"))
        offices = {"legalisasi": [OFFICE, KECAMATAN], "surat_kecamatan": [KECAMATAN]}.get(product, [OFFICE])
        assert [n["kantor"] for n in state["nomor"]] == offices
        told = ruang.get(f"/v1/surat/{letter}", ruang.warga()).get_json()
        where = "Kecamatan Pancoran Mas" if product == "surat_kecamatan" else "Kelurahan Depok"
        assert told["boleh_unduh"] or told["loket"]["nama"] == where
        pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).data
        found = json.loads(ruang.client.post("/v1/verifikasi", data=pdf).text)
        assert (found["hasil"], len(found["segel"])) == ("asli", len(offices))
        shown = json.dumps(found["surat"])
        assert "3276" not in shown
        assert "Sakit" not in shown


def test_an_event_that_needs_no_camat_gets_the_lurah_s_letter_alone(ruang: Ruang) -> None:
    ruang.acuan(surat=TUJUAN)
    id = setujui(ruang, "ramai", "lurah")
    [letter] = ruang.perkara(id)["surat"].values()

    assert (letter["status"], letter["produk"]) == ("berlaku", "surat_kelurahan")
    assert [n["kantor"] for n in letter["nomor"]] == [OFFICE]


@pytest.mark.parametrize(
    ("case", "ganti", "alasan", "medan"),
    [
        ("skbm", {"status_kawin": "kawin"}, "data_tidak_sesuai", "jawaban_status_kawin"),
        ("lahir", {"ibu_nama": ""}, "data_belum_lengkap", "jawaban_ibu_nama"),
        ("skck_p", {}, "data_belum_lengkap", "kantor_tujuan_polsek"),
        ("sku", {"usaha_nama": "Warung 漢"}, "naskah_cacat", ""),
    ],
)
def test_what_cannot_be_written_is_held_without_a_number_and_goes_on_when_mended(
    ruang: Ruang, case: str, ganti: dict[str, Any], alasan: str, medan: str
) -> None:
    ruang.acuan()
    id = setujui(ruang, case, **ganti)
    held = ruang.perkara(id)["tertahan"]
    assert (held["alasan"], held["medan"]) == (alasan, medan)
    assert ruang.app.documents.count("nomor", {}) == 0
    assert ruang.told(id) == ["surat.ditahan"]

    made = letters.bahan(case)
    who = {"nama": made.jawaban["nama"]}
    data = example(
        "pengajuan.pemohon.dibagikan",
        akun=WARGA,
        layanan=made.layanan.kode,
        jawaban=made.jawaban,
        pemohon=who,
        subjek=[who],
    )
    ruang.near.say("pengajuan", id, ("pemohon.dibagikan", data))
    ruang.acuan(surat=TUJUAN)
    ruang.quiet()
    assert ruang.told(id) == ["surat.ditahan", "surat.disiapkan", "surat.diterbitkan"]


def test_who_stands_in_is_printed_so_but_not_in_his_own_office(ruang: Ruang) -> None:
    ruang.acuan()
    acting = example(
        "persetujuan.pejabat.diubah",
        akun=LURAH,
        peran="lurah",
        kantor="3276011007",
        jabatan="Lurah Depok Jaya",
        nama="Wahyu Contoh",
        wewenang={"cara": "plt", "untuk": "Lurah Depok"},
    )
    ruang.near.say("persetujuan", LURAH, ("pejabat.diubah", acting), scope=OFFICE)
    ruang.quiet()
    [letter] = ruang.perkara(setujui(ruang, "skbm"))["surat"]
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).data
    assert "Plt. LURAH DEPOK," in letters.text(pdf)

    own = {
        **acting,
        "kantor": OFFICE,
        "jabatan": "Lurah Depok",
        "wewenang": {"cara": "plt", "untuk": "Lurah Lain"},
    }
    ruang.near.say("persetujuan", LURAH, ("pejabat.diubah", own), scope=OFFICE)
    ruang.quiet()
    [letter] = ruang.perkara(setujui(ruang, "skbm"))["surat"]
    pdf = ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).data
    assert "Plt." not in letters.text(pdf)
    assert "LURAH DEPOK," in letters.text(pdf)
