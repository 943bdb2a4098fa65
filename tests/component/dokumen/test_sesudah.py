"""After issue: what to bring, who may collect, who may download, and what a clerk does with a wrong original (R8)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from support.neighbours import bearer, example
from support.ruang_surat import ASLI, ISIAN, WARGA, Ruang
from support.waiting import until
from web.pseudonyms import Pseudonyms

TOPIC = "ekelurahan.peristiwa.v1.3276011006"
SENDIRI = {"PENGANTAR_RT_RW": "diserahkan", "KTP": "ditunjukkan", "KK": "cek_qr"}


@pytest.fixture
def surat(ruang: Ruang) -> str:
    ruang.acuan()
    return ruang.terbit()[1]


def body(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.text))


def slug(answer: Any) -> str:
    return str(body(answer)["type"].rsplit(":", 1)[1])


def kode(ruang: Ruang, surat: str, untuk: str = "kurir") -> str:
    answer = ruang.post(f"/v1/surat/{surat}/kode-ambil", ruang.warga(), {"untuk": untuk})
    assert answer.status_code == 200, answer.text
    return str(body(answer)["kode"])


def dikenal(ruang: Ruang, nik: str = str(ISIAN["SKDOM"]["nik"])) -> dict[str, str]:
    """The applicant as a known person (R1)."""
    nik_h = Pseudonyms(ruang.settings.key_folder()).of("nik", nik)
    return bearer(ruang.settings, sub=WARGA, peran="warga", wilayah=[], tingkat="dikenal", nik_h=nik_h)


def test_before_release_the_page_says_what_to_bring_and_when(ruang: Ruang, surat: str) -> None:
    shown = body(ruang.get(f"/v1/surat/{surat}", ruang.warga()))

    assert shown["pemberitahuan"].startswith(
        "Surat sudah jadi. Bawa: Kartu Keluarga asli (kode QR-nya diperiksa), "
    )
    assert [(b["syarat"], b["cara"]) for b in shown["bawa"]] == sorted(SENDIRI.items())
    assert shown["loket"]["jam"] == "Senin–Jumat 08.00–16.00"
    ruang.serah(surat, ASLI["SKDOM"])
    after = body(ruang.get(f"/v1/surat/{surat}", ruang.warga()))
    assert (after["pemberitahuan"], after["bawa"], after["boleh_unduh"]) == (None, [], True)


def test_hours_are_the_office_s_newest(ruang: Ruang, surat: str) -> None:
    ruang.acuan(jam="Senin–Kamis 08.00–14.00")

    assert body(ruang.get(f"/v1/surat/{surat}", ruang.warga()))["loket"]["jam"] == "Senin–Kamis 08.00–14.00"


def test_an_ojek_collects_with_the_code_and_the_originals(ruang: Ruang, surat: str) -> None:
    told = body(ruang.post(f"/v1/surat/{surat}/kode-ambil", ruang.warga(), {"untuk": "kurir"}))
    assert "Ongkos dibayar ke pengemudi" in told["petunjuk"]

    missing = ruang.serah(surat, ASLI["SKDOM"], kepada="kurir")
    assert slug(missing) == "kode-ambil-salah"
    without = ruang.serah(surat, {"KTP": "ditunjukkan"}, kepada="kurir", kode_ambil=told["kode"])
    assert slug(without) == "asli-belum-dilihat"
    assert ruang.serah(surat, ASLI["SKDOM"], kepada="kurir", kode_ambil=told["kode"]).status_code == 200


def test_a_code_replaces_the_surat_kuasa(ruang: Ruang, surat: str) -> None:
    assert "SURAT_KUASA" in body(ruang.serah(surat, ASLI["SKDOM"], kepada="kuasa"))["detail"]
    code = kode(ruang, surat, "kuasa")
    assert ruang.serah(surat, ASLI["SKDOM"], kepada="kuasa", kode_ambil=code).status_code == 200


def test_five_wrong_codes_end_it_and_a_new_one_begins_anew(ruang: Ruang, surat: str) -> None:
    right = kode(ruang, surat)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    answers = [body(ruang.serah(surat, ASLI["SKDOM"], kepada="kurir", kode_ambil=wrong)) for _ in range(5)]
    assert [a["detail"] for a in answers] == [
        f"Kode ambil salah. Sisa {n} kali coba." for n in (4, 3, 2, 1, 0)
    ]
    late = ruang.serah(surat, ASLI["SKDOM"], kepada="kurir", kode_ambil=right)
    assert (late.status_code, slug(late)) == (409, "kode-ambil-salah")

    fresh = kode(ruang, surat)
    assert fresh != right
    assert slug(ruang.serah(surat, ASLI["SKDOM"], kepada="kurir", kode_ambil=right)) == "kode-ambil-salah"
    assert ruang.serah(surat, ASLI["SKDOM"], kepada="kurir", kode_ambil=fresh).status_code == 200


def test_a_wrong_try_that_is_repeated_counts_once_and_answers_alike(ruang: Ruang, surat: str) -> None:
    right = kode(ruang, surat)
    asked = {"asli": [], "kepada": "kurir", "kode_ambil": f"{(int(right) + 1) % 10**6:06}"}
    headers = {**ruang.petugas(), "Idempotency-Key": "kunci-yang-sama"}
    first, again = (
        ruang.client.post(f"/v1/surat/{surat}/serah", json=asked, headers=headers) for _ in range(2)
    )

    assert (first.status_code, body(first)["detail"]) == (again.status_code, body(again)["detail"])
    place = ruang.app.penunjuk.cari("surat", surat)
    assert place is not None
    assert len(ruang.surat(place)["ambil"]["salah"]) == 1


def test_a_code_is_kept_as_a_digest_and_is_old_after_seven_days(ruang: Ruang, surat: str) -> None:
    code = kode(ruang, surat)
    place = ruang.app.penunjuk.cari("surat", surat)
    assert place is not None
    assert code not in json.dumps(ruang.surat(place)["ambil"]["cap"])

    ruang.app.clock.real = lambda: datetime.now(UTC) + timedelta(days=8)
    old = ruang.serah(surat, ASLI["SKDOM"], kepada="kurir", kode_ambil=code)
    assert "lewat 7 hari" in body(old)["detail"]


def test_a_code_is_for_the_applicant_only(ruang: Ruang, surat: str) -> None:
    asked = {"untuk": "kurir"}
    assert ruang.post(f"/v1/surat/{surat}/kode-ambil", ruang.warga("w-0002"), asked).status_code == 404
    assert ruang.post(f"/v1/surat/{surat}/kode-ambil", ruang.petugas("lurah"), asked).status_code == 403


def test_an_original_that_does_not_fit_revokes_the_letter_and_says_so(ruang: Ruang) -> None:
    ruang.acuan()
    id, surat = ruang.terbit()
    path, asked = f"/v1/surat/{surat}/tidak-sesuai", {"syarat": ["KTP"]}
    assert ruang.post(path, ruang.petugas("kasi"), asked).status_code == 403
    assert body(ruang.post(path, ruang.petugas(), asked))["status"] == "dicabut"
    ruang.quiet()

    [told] = [e for e in ruang.near.heard(TOPIC, "dokumen", id) if e.name == "surat.dicabut"]
    assert told.data is not None
    assert told.data["alasan"] == "asli_tidak_sesuai"
    assert slug(ruang.serah(surat, ASLI["SKDOM"])) == "transisi-salah"


def test_a_known_person_whose_originals_were_seen_within_a_year_downloads(ruang: Ruang) -> None:
    ruang.acuan()
    _, first = ruang.terbit()
    assert ruang.serah(first, ASLI["SKDOM"]).status_code == 200
    id, second = tanpa_pengantar(ruang)

    assert ruang.get(f"/v1/surat/{second}/pdf", ruang.warga()).status_code == 403
    assert ruang.get(f"/v1/surat/{second}/pdf", dikenal(ruang, "3276010101909009")).status_code == 403
    assert body(ruang.get(f"/v1/surat/{second}", dikenal(ruang)))["boleh_unduh"] is True
    ruang.jam("2027-01-16T03:00:00+00:00")
    assert ruang.get(f"/v1/surat/{second}/pdf", dikenal(ruang)).status_code == 403
    ruang.jam("2027-01-15T03:00:00+00:00")
    assert ruang.get(f"/v1/surat/{second}/pdf", dikenal(ruang)).status_code == 200
    ruang.quiet()
    assert ruang.told(id)[-1] == "surat.diserahkan"


def test_another_family_card_has_to_be_shown(ruang: Ruang) -> None:
    ruang.acuan()
    _, first = ruang.terbit()
    ruang.serah(first, ASLI["SKDOM"])
    _, second = tanpa_pengantar(ruang, kk="3276051203059002")

    assert ruang.get(f"/v1/surat/{second}/pdf", dikenal(ruang)).status_code == 403


def test_a_paper_that_must_be_handed_in_needs_a_visit_each_time(ruang: Ruang) -> None:
    ruang.acuan()
    _, first = ruang.terbit()
    ruang.serah(first, ASLI["SKDOM"])
    _, second = ruang.terbit()

    assert ruang.get(f"/v1/surat/{second}/pdf", dikenal(ruang)).status_code == 403


def test_a_letter_released_at_once_is_done_after_30_days_of_office_time(ruang: Ruang) -> None:
    ruang.acuan(rilis={"SKDOM": "langsung"})
    id, _ = ruang.terbit()
    ruang.jam("2026-02-14T02:00:00+00:00")
    other, _ = ruang.terbit()  # the timers have run meanwhile
    assert "surat.diserahkan" not in ruang.told(id)

    ruang.jam("2026-02-14T03:30:00+00:00")
    until(lambda: ruang.told(id)[-1] == "surat.diserahkan", what="done by itself")
    assert "surat.diserahkan" not in ruang.told(other)
    assert ruang.get(f"/v1/surat/{ruang_surat(ruang, id)}/pdf", ruang.warga()).status_code == 200


def ruang_surat(ruang: Ruang, id: str) -> str:
    [letter] = ruang.perkara(id)["surat"]
    return str(letter)


def tanpa_pengantar(ruang: Ruang, **half: Any) -> tuple[str, str]:
    """A letter of the same person whose RT/RW note a clerk waived: nothing has to be handed in."""
    id = new_id()
    ruang.diajukan(id)
    answers = ISIAN["SKDOM"]
    who = {"nama": answers["nama"], "nik": answers["nik"]}
    waived = [{"syarat": "PENGANTAR_RT_RW", "kode": "rt_kosong"}]
    data = example(
        "pengajuan.pemohon.dibagikan",
        akun=WARGA,
        layanan="SKDOM",
        jawaban=answers,
        pemohon=who,
        subjek=[who],
        pembebasan=waived,
        **half,
    )
    ruang.near.say("pengajuan", id, ("pemohon.dibagikan", data))
    ruang.lengkap(id)
    ruang.disetujui(id)
    ruang.quiet()
    return id, ruang_surat(ruang, id)
