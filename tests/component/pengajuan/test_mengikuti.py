"""Following the neighbours' events: decisions, letters, cancellation, trouble, and what comes too late."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chassis import deadletters
from chassis.clock import rfc3339
from pengajuan.bootstrap import SERVICE
from pengajuan.entrypoints.events import dispatcher
from support.loket import KODE, WAKTU, Layanan, bersih
from support.tree import ROOT
from support.waiting import until

WHEN = {"waktu": WAKTU}
SURAT = "019900c1-0000-7000-8000-0000000000c1"
SETUJU = {"putaran": 1, "hash": "a" * 64, "setuju": [], **WHEN}
TERBIT = {
    "surat": SURAT,
    "layanan": "SKDOM",
    "putaran": 1,
    "tanggal": "2026-01-15",
    "tanda_tangan": "segel",
    "sha256": "d" * 64,
    "rilis": "setelah_asli_dilihat",
    "nomor": [{"kantor": KODE, "tahun": 2026, "urut": 17, "seri": "umum"}],
    **WHEN,
}
HELD = {"reason": "gap", "topic": f"ekelurahan.peristiwa.v1.{KODE}", "offset": 1, "time": WAKTU}
EXAMPLES = ROOT / "contracts/examples"


@pytest.fixture
def id(layanan: Layanan, pekerja: None) -> str:
    """A case that persetujuan owns."""
    made = str(layanan.ajukan()["id"])
    assert layanan.lengkap(made).status_code == 200
    return made


def status(layanan: Layanan, id: str, wanted: str) -> Any:
    return until(lambda: layanan.kasus(id) if layanan.kasus(id)["status"] == wanted else None, what=wanted)


def test_a_case_is_followed_to_the_hand_over(layanan: Layanan, id: str) -> None:
    tugas = {"tugas": SURAT, "langkah": "camat", "peran": "camat", "kantor": "327601", "putaran": 1, **WHEN}
    tenggat = {"bagian": "kelurahan", "jatuh_tempo": WAKTU, "hari": 1, "kalender": "2026-1", **WHEN}
    layanan.tell("persetujuan", "tenggat.ditetapkan", id, tenggat)
    layanan.tell("persetujuan", "tugas.dibuat", id, {**tugas, "jatuh_tempo": WAKTU})
    until(lambda: layanan.kasus(id)["tampilan"] == "Di kecamatan")
    layanan.tell("persetujuan", "permohonan.disetujui", id, SETUJU)
    status(layanan, id, "disetujui")
    layanan.tell("dokumen", "surat.diterbitkan", id, TERBIT)
    terbit = status(layanan, id, "terbit")
    layanan.tell("dokumen", "surat.diserahkan", id, {"surat": SURAT, "cara": "loket", **WHEN})
    selesai = status(layanan, id, "diserahkan")

    assert (terbit["tampilan"], terbit["surat"]["id"]) == ("Surat siap", SURAT)
    assert (selesai["tampilan"], selesai["jatuh_tempo"]) == ("Selesai", WAKTU)
    assert selesai["izin_unggah"] is None
    lines = layanan.get(f"/v1/permohonan/{id}/riwayat", layanan.warga()).get_json()["isi"]
    assert [line["kode"] for line in lines][-3:] == ["disetujui", "terbit", "diserahkan"]


def test_a_return_by_an_official_begins_a_new_round(layanan: Layanan, id: str) -> None:
    points = [{"jenis": "medan", "kode": "rt", "alasan": "isian_salah"}]
    words = {"putaran": 1, "oleh_peran": "lurah", "catatan": [{"kode": "rt", "teks": "RT bukan 003."}]}
    _sent_back(layanan, id, "warga", points)
    status(layanan, id, "diperbaiki")
    layanan.append(_note(layanan, id, words))
    until(lambda: layanan.kasus(id)["catatan"] == words["catatan"])

    again = layanan.post(f"/v1/permohonan/{id}/perbaiki", layanan.warga(), {"jawaban": {"rt": "7"}})
    layanan.tell("persetujuan", "permohonan.ditolak", id, {**_ditolak(), "putaran": 1})
    layanan.tell("dokumen", "berkas.diterima", id, bersih(id, "KTP"))

    assert (again.get_json()["putaran"], again.get_json()["jawaban"]["rt"]) == (2, "007")
    until(lambda: "ditolak_diabaikan" in _codes(layanan, id))
    assert layanan.kasus(id)["status"] == "diperiksa"


def test_what_the_kecamatan_sends_back_is_listed_for_the_office_and_not_for_the_resident(
    layanan: Layanan, id: str
) -> None:
    points = [{"jenis": "medan", "kode": "rt", "alasan": "isian_salah"}]
    words = {"putaran": 1, "oleh_peran": "sekcam", "catatan": [{"kode": "rt", "teks": "RT bukan 003."}]}
    _sent_back(layanan, id, "kelurahan", points)
    layanan.append(_note(layanan, id, words))
    until(lambda: layanan.kasus(id)["catatan"] == words["catatan"])

    at_the_counter = layanan.get(f"/v1/permohonan/{id}", layanan.loket()).get_json()
    at_home = layanan.get(f"/v1/permohonan/{id}", layanan.warga()).get_json()

    assert at_the_counter["kekurangan_kantor"] == [{**points[0], "teks": "RT bukan 003."}]
    assert (at_home["kekurangan_kantor"], at_home["keterangan"]) == ([], ["sedang dilengkapi petugas"])


def test_a_case_is_cancelled_at_once_while_it_is_ours(layanan: Layanan, pekerja: None) -> None:
    id = layanan.ajukan()["id"]

    done = layanan.post(f"/v1/permohonan/{id}/batal", layanan.warga())

    assert done.get_json()["tampilan"] == "Dibatalkan"
    until(lambda: layanan.told(id)[-1:] == ["permohonan.dibatalkan"])


@pytest.mark.parametrize(("answer", "after"), [("dikabulkan", "dibatalkan"), ("ditolak", "diproses")])
def test_later_the_owner_is_asked_to_cancel(layanan: Layanan, id: str, answer: str, after: str) -> None:
    asked = layanan.post(f"/v1/permohonan/{id}/batal", layanan.warga())
    again = layanan.post(f"/v1/permohonan/{id}/batal", layanan.warga())
    until(lambda: layanan.told(id)[-1:] == ["pembatalan.diminta"])
    more = {} if answer == "dikabulkan" else {"alasan": "sudah_terbit"}
    layanan.tell("persetujuan", f"pembatalan.{answer}", id, {"putaran": 1, **more, **WHEN})

    until(lambda: layanan.kasus(id)["keterangan"] == [])
    assert asked.get_json()["keterangan"] == ["pembatalan diminta"]
    assert again.status_code == 409
    assert layanan.kasus(id)["status"] == after


def test_trouble_elsewhere_is_shown_until_it_is_over(layanan: Layanan, id: str) -> None:
    notice = "Tertahan gangguan teknis, petugas sudah diberi tahu"
    held = {"service": "dokumen", "id": id, **HELD}

    layanan.tell("dokumen", "penanganan.tertahan", SURAT, held)
    until(lambda: notice in layanan.kasus(id)["keterangan"])
    over = {"service": "dokumen", "id": id, "time": WAKTU}
    layanan.tell("dokumen", "penanganan.dilanjutkan", SURAT, over)

    until(lambda: layanan.kasus(id)["keterangan"] == [])


def test_a_hole_in_the_events_parks_one_case_until_it_is_filled(layanan: Layanan, id: str) -> None:
    first = layanan.neighbour("persetujuan", "permohonan.disetujui", id, SETUJU)
    second = layanan.neighbour("persetujuan", "pembatalan.ditolak", id, {**_tolak_batal(), **WHEN})
    other = layanan.ajukan(layanan.warga("w-2"))["id"]
    layanan.append(second)
    until(lambda: "Tertahan" in " ".join(layanan.kasus(id)["keterangan"]))
    layanan.tell("dokumen", "berkas.diterima", other, bersih(other, "KTP"))
    until(lambda: layanan.kasus(other)["syarat"][1]["berkas"])

    layanan.append(first)

    status(layanan, id, "disetujui")
    until(lambda: layanan.kasus(id)["keterangan"] == [])
    gangguan = [r.headers["ce_type"].split(".")[-2] for r in layanan.events.read("ekelurahan.gangguan.v1", 0)]
    assert until(lambda: gangguan) == ["tertahan"] or gangguan == ["tertahan", "dilanjutkan"]


def test_an_event_that_no_state_explains_parks_only_its_case(layanan: Layanan, id: str) -> None:
    layanan.tell("dokumen", "surat.diterbitkan", id, TERBIT)  # nobody has agreed yet
    until(lambda: "Tertahan" in " ".join(layanan.kasus(id)["keterangan"]))
    layanan.tell("persetujuan", "tenggat.ditetapkan", id, {**_tenggat(), **WHEN})
    other = layanan.ajukan(layanan.warga("w-2"))["id"]

    done = layanan.lengkap(other)
    layanan.tell("persetujuan", "permohonan.disetujui", other, SETUJU)

    assert done.status_code == 200
    status(layanan, other, "disetujui")
    assert layanan.kasus(id)["jatuh_tempo"] is None  # it waits behind the one that cannot be handled


def test_a_skipped_head_lets_the_rest_of_the_case_go_on(layanan: Layanan, id: str) -> None:
    layanan.tell("dokumen", "surat.diterbitkan", id, TERBIT)
    layanan.tell("persetujuan", "tenggat.ditetapkan", id, {**_tenggat(), **WHEN})
    store = layanan.app.lingkup.permohonan
    until(lambda: [len(p["queue"]) for p in deadletters.listing(store)] == [2])

    assert deadletters.request(store, KODE, id, "skip")
    until(lambda: [len(p["queue"]) for p in deadletters.listing(store)] == [1])
    assert deadletters.request(store, KODE, id, "replay")

    until(lambda: layanan.kasus(id)["jatuh_tempo"] == WAKTU)
    until(lambda: layanan.kasus(id)["keterangan"] == [])


@pytest.mark.parametrize("folder", sorted(p.name for p in EXAMPLES.iterdir()))
def test_every_golden_example_that_is_heard_is_accepted(layanan: Layanan, folder: str) -> None:
    contracts = layanan.app.contracts
    heard = {k.type for k in contracts.heard_by(SERVICE)}
    table = dispatcher(layanan.app.lingkup, contracts)
    at = layanan.app.lingkup.permohonan.moment()

    for file in sorted((EXAMPLES / folder).glob("*.json")):
        example = json.loads(file.read_text())
        if example["headers"]["ce_type"] in heard:
            service, name = folder.split(".", 1)
            event = layanan.neighbour(service, name, example["headers"]["ce_subject"], example["data"])
            route = table.routes[event.type]
            assert route.handle(event, None, at).state is None
            assert route.address(event)[0] == KODE


def _now(layanan: Layanan) -> str:
    """The resident's days to answer are counted from the event's time."""
    return rfc3339(layanan.app.clock.now())


def _codes(layanan: Layanan, id: str) -> list[str]:
    lines = layanan.get(f"/v1/permohonan/{id}/riwayat", layanan.warga()).get_json()["isi"]
    return [line["kode"] for line in lines]


def _sent_back(layanan: Layanan, id: str, target: str, points: list[dict[str, str]]) -> None:
    body = {"putaran": 1, "target": target, "kekurangan": points, "waktu": _now(layanan)}
    layanan.tell("persetujuan", "permohonan.dikembalikan", id, body)


def _note(layanan: Layanan, id: str, words: Any) -> Any:
    event = layanan.neighbour("persetujuan", "catatan.dibagikan", f"{id}", words)
    layanan.sequence["persetujuan", id] -= 1  # personal snapshots count apart
    return event


def _ditolak() -> dict[str, Any]:
    return {"alasan": "bukan_warga_wilayah", "oleh": "lurah.depok", **WHEN}


def _tolak_batal() -> dict[str, Any]:
    return {"putaran": 1, "alasan": "sudah_terbit"}


def _tenggat() -> dict[str, Any]:
    return {"bagian": "kelurahan", "jatuh_tempo": WAKTU, "hari": 1, "kalender": "2026-1"}
