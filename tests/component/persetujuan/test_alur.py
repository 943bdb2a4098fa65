"""A case through its flow: from both halves to the last approval, over the real log and HTTP."""

from __future__ import annotations

from chassis.ids import new_id
from support.meja import Meja
from support.neighbours import OFFICE, example

KE_CAMAT = (
    ("kasi", "paraf"),
    ("lurah", "setuju"),
    ("kasi_kecamatan", "paraf"),
    ("sekcam", "paraf"),
    ("camat", "setuju"),
)


def test_a_case_starts_when_the_personal_half_comes_last(meja: Meja) -> None:
    id = new_id()
    meja.lengkap(id)
    meja.quiet()
    assert meja.kasus(id)["tahap"] == "menunggu"
    assert meja.near.told("persetujuan", id) == []

    meja.pribadi(id)
    meja.quiet()

    assert meja.kasus(id)["tahap"] == "berjalan"
    assert meja.near.told("persetujuan", id) == ["tenggat.ditetapkan", "tugas.dibuat"]


def test_a_personal_half_of_another_round_starts_nothing(meja: Meja) -> None:
    id = new_id()
    meja.pribadi(id, putaran=2)
    meja.lengkap(id, putaran=1)
    meja.quiet()

    assert meja.kasus(id)["tahap"] == "menunggu"


def test_the_lurah_alone_approves_a_domisili(meja: Meja) -> None:
    id = meja.mulai("SKDOM")

    meja.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"))
    meja.quiet()

    assert meja.kasus(id)["tahap"] == "disetujui"
    assert meja.near.told("persetujuan", id) == [
        "tenggat.ditetapkan",
        "tugas.dibuat",
        "tugas.diputuskan",
        "tugas.dibuat",
        "tugas.diputuskan",
        "permohonan.disetujui",
    ]


def test_the_camat_comes_after_the_lurah_and_both_approvals_are_named(meja: Meja) -> None:
    id = meja.mulai("SKTM")

    meja.jalan(id, *KE_CAMAT)
    meja.quiet()

    topic = meja.near.contracts.families["peristiwa"].topic("3276011006").name
    said = meja.near.heard(topic, "persetujuan", id)
    approved = said[-1].data or {}
    assert said[-1].name == "permohonan.disetujui"
    assert [(a["peran"], a["kantor"]) for a in approved["setuju"]] == [
        ("lurah", "3276011006"),
        ("camat", "327601"),
    ]
    assert said[-1].extensions == {"putaran": "1"}


def test_both_parts_of_a_camat_service_have_a_due_time_and_they_add_up(meja: Meja) -> None:
    id = meja.mulai("SKTM")

    # Friday 16 January 2026 is a holiday.
    assert meja.kasus(id)["tenggat"] == {
        "kelurahan": "2026-01-19T09:00:00.000Z",
        "kecamatan": "2026-01-20T09:00:00.000Z",
    }


def test_a_return_to_the_resident_ends_the_round_and_the_next_one_starts_anew(meja: Meja) -> None:
    id = meja.mulai()
    points = [{"jenis": "syarat", "kode": "KK", "alasan": "tidak_terbaca", "teks": "Foto KK buram."}]
    done = meja.putus("kasi", meja.kasus(id)["terbuka"]["id"], "kembalikan", kekurangan=points)
    assert done.status_code == 200, done.text
    assert meja.kasus(id)["tahap"] == "dikembalikan"
    assert meja.kotak("kasi") == []

    meja.pribadi(id, putaran=2)
    meja.lengkap(id, putaran=2, waktu="2026-01-20T03:00:00.000Z")
    meja.quiet()

    assert meja.kasus(id)["terbuka"]["putaran"] == 2
    # Away on Monday 19 and Tuesday 20 (Friday 16 is a holiday): Monday 19 becomes Wednesday 21.
    assert meja.kasus(id)["tenggat"] == {"kelurahan": "2026-01-21T09:00:00.000Z"}
    meja.jalan(id, ("kasi", "paraf"), ("lurah", "setuju"))
    assert meja.kasus(id)["tahap"] == "disetujui"


def test_the_words_of_a_return_travel_only_in_the_personal_topic(meja: Meja) -> None:
    id = meja.mulai()
    points = [{"jenis": "syarat", "kode": "KK", "alasan": "tidak_terbaca", "teks": "Foto KK buram."}]

    meja.putus("kasi", meja.kasus(id)["terbuka"]["id"], "kembalikan", kekurangan=points)
    meja.quiet()

    topics = {
        name: meja.near.contracts.families[name].topic("3276011006").name for name in ("peristiwa", "pribadi")
    }
    open_words = [str(e.data) for e in meja.near.heard(topics["peristiwa"], "persetujuan", id)]
    notes = meja.near.heard(topics["pribadi"], "persetujuan", id)
    assert not any("buram" in text for text in open_words)
    assert notes[-1].data == {
        "putaran": 1,
        "oleh_peran": "kasi",
        "catatan": [{"kode": "KK", "teks": "Foto KK buram."}],
    }


def test_a_return_by_the_kecamatan_goes_to_the_kelurahan_and_voids_the_lurahs_approval(meja: Meja) -> None:
    id = meja.mulai("SKTM")
    meja.jalan(id, *KE_CAMAT[:3])
    points = [{"jenis": "medan", "kode": "penghasilan", "alasan": "tidak_cocok"}]
    words = [{**points[0], "teks": "Slip gaji menyebut angka lain."}]

    done = meja.putus("sekcam", meja.kasus(id)["terbuka"]["id"], "kembalikan", kekurangan=words)

    assert done.json is not None
    assert done.json["berikutnya"] == "kasi"
    task = meja.kasus(id)["terbuka"]["id"]
    shown = meja.get("kasi", f"/v1/tugas/{task}").json or {}
    assert (shown["dikembalikan"]["peran"], shown["dikembalikan"]["kekurangan"]) == (
        "sekcam",
        words,
    )
    meja.jalan(id, *KE_CAMAT)
    meja.quiet()
    topic = meja.near.contracts.families["peristiwa"].topic("3276011006").name
    approved = meja.near.heard(topic, "persetujuan", id)[-1].data or {}
    assert [a["peran"] for a in approved["setuju"]] == ["lurah", "camat"]


def test_a_refusal_ends_the_case(meja: Meja) -> None:
    id = meja.mulai()
    meja.jalan(id, ("kasi", "paraf"))

    done = meja.putus("lurah", meja.kasus(id)["terbuka"]["id"], "tolak", alasan="bukan_warga_wilayah")
    meja.quiet()

    assert done.status_code == 200
    assert meja.kasus(id)["tahap"] == "ditolak"
    assert meja.near.told("persetujuan", id)[-1] == "permohonan.ditolak"


def test_a_service_without_a_flow_waits_and_is_reported(meja: Meja) -> None:
    id = new_id()
    meja.pribadi(id, "WARIS")
    meja.lengkap(id, "WARIS")
    meja.quiet()

    assert meja.near.told("persetujuan", id) == []
    doc = meja.app.documents.get("kasus", "3276011006", id)
    assert doc is not None
    assert doc.body["parked"][0]["reason"] == "LayananTakDikenal"


def test_a_correction_after_a_paraf_lets_the_paraf_start_again(meja: Meja) -> None:
    id = meja.mulai("SKTM")
    meja.jalan(id, *KE_CAMAT[:4])  # the lurah approved, the camat has not
    paper = {"medan": ["nama"], "berkas": new_id()}
    meja.near.say(
        "pengajuan",
        id,
        ("permohonan.dikoreksi", example("pengajuan.permohonan.dikoreksi", putaran=1, **paper)),
    )
    meja.quiet()

    assert meja.kasus(id)["terbuka"]["langkah"] == "paraf_kasi"
    meja.jalan(id, *KE_CAMAT)
    meja.quiet()
    topic = meja.app.contracts.families["peristiwa"].topic(OFFICE).name
    approved = meja.near.heard(topic, "persetujuan", id)[-1].data or {}
    assert meja.kasus(id)["tahap"] == "disetujui"
    assert [given["peran"] for given in approved["setuju"]] == ["lurah", "camat"]


def test_a_correction_before_the_first_paraf_changes_no_task(meja: Meja) -> None:
    id = meja.mulai("SKDOM")
    waiting = meja.kasus(id)["terbuka"]["id"]
    told = example("pengajuan.permohonan.dikoreksi", putaran=1, medan=["nama"], berkas=new_id())
    meja.near.say("pengajuan", id, ("permohonan.dikoreksi", told))
    meja.quiet()

    assert meja.kasus(id)["terbuka"]["id"] == waiting
