"""Statistics and status: totals come from rows, rows from `peristiwa` alone; rebuilt from offset 0 they are equal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.causes import Cause, Decision
from engines.open import open_documents, open_events
from gateway import bootstrap
from gateway.bootstrap import App
from gateway.check import run
from gateway.pantau.statistik import hitung, proyeksi
from gateway.pantau.statistik.proyeksi import Projector
from support.either import on_either
from support.peristiwa import CONTRACTS, OFFICES, Writer, example
from support.tree import ROOT

ZONE = ZoneInfo("Asia/Jakarta")
DEPOK, MAMPANG, MEKARJAYA = OFFICES
FILED, READY, COMPLETE, RETURNED, MENDED, DUE, AGREED, REFUSED, ISSUED, HANDED = (
    "pengajuan.permohonan.diajukan",
    "pengajuan.permohonan.siap_diperiksa",
    "pengajuan.permohonan.dinyatakan_lengkap",
    "pengajuan.permohonan.dikembalikan",
    "pengajuan.permohonan.diperbaiki",
    "persetujuan.tenggat.ditetapkan",
    "persetujuan.permohonan.disetujui",
    "persetujuan.permohonan.ditolak",
    "dokumen.surat.diterbitkan",
    "dokumen.surat.diserahkan",
)
KINDS = [FILED, READY, COMPLETE, RETURNED, MENDED, DUE, AGREED, REFUSED, ISSUED, HANDED]
Step = tuple[str, str, str, dict[str, Any]]  # application, kind, time, fields instead of the example's


def _story(writer: Writer, office: str, steps: Sequence[Step]) -> None:
    records = [
        writer.record(office, subject, kind, data={**example(kind), **fields}, time=time)
        for subject, kind, time, fields in steps
    ]
    writer.send(*records)


def _letter(subject: str, day: int, hours: int, layanan: str = "SKDOM", due: int = 30) -> list[Step]:
    """Filed and complete at 09.00 in Jakarta, issued so many hours later; due at 16.00 of day `due`."""
    at = f"2026-01-{day:02}T02:00:00.000Z"
    then = f"2026-01-{day + hours // 24:02}T{2 + hours % 24:02}:00:00.000Z"
    return [
        (subject, FILED, at, {"layanan": layanan}),
        (subject, COMPLETE, at, {"layanan": layanan}),
        (subject, DUE, at, {"jatuh_tempo": f"2026-01-{due:02}T09:00:00Z"}),
        (subject, ISSUED, then, {"layanan": layanan}),
    ]


def _projector(app: App) -> Projector:
    return Projector(app.documents, app.events(), app.contracts, ZONE)


def _folded(projector: Projector) -> None:
    while projector.step():
        continue


@pytest.fixture
def story(people: App) -> App:
    """Two letters in Depok, one of them late; a return and a refusal in Mampang; one filed in Mekarjaya."""
    writer = Writer(people.events())
    _story(
        writer,
        DEPOK,
        [*_letter("a", 15, 3), *_letter("b", 15, 48, due=16), ("b", HANDED, "2026-01-17T03:00:00.000Z", {})],
    )
    _story(
        writer,
        MAMPANG,
        [
            ("c", FILED, "2026-01-15T17:30:00.000Z", {"layanan": "SKTM"}),  # 00.30 of the 16th in Jakarta
            ("c", READY, "2026-01-15T17:31:00.000Z", {"layanan": "SKTM"}),
            ("c", RETURNED, "2026-01-16T02:00:00.000Z", {}),
            ("c", MENDED, "2026-01-16T03:00:00.000Z", {}),
            ("d", FILED, "2026-01-16T02:00:00.000Z", {"layanan": "SKTM"}),
            ("d", COMPLETE, "2026-01-16T02:00:00.000Z", {"layanan": "SKTM"}),
            ("d", REFUSED, "2026-01-16T04:00:00.000Z", {}),
        ],
    )
    _story(writer, MEKARJAYA, [("e", FILED, "2026-01-15T02:00:00.000Z", {})])
    _folded(_projector(people))
    return people


def _asked(client: FlaskClient, headers: dict[str, str], **query: str) -> Any:
    span = {"dari": "2026-01-01", "sampai": "2026-01-31"}
    return client.get("/v1/statistik", query_string={**span, **query}, headers=headers)


@on_either("settings")
def test_the_kecamatan_reads_counts_and_hours_by_office_service_and_day(
    story: App, staff: Any, client: FlaskClient
) -> None:
    answer = _asked(client, staff("camat.pancoranmas")).get_json()

    told = {
        (r["kantor"], r["layanan"], r["hari"]): {
            k: v for k, v in r.items() if isinstance(v, int | float) and v
        }
        for r in answer["statistik"]
    }
    assert told == {
        (DEPOK, "SKDOM", "2026-01-15"): {"diajukan": 2, "terbit": 1, "jam_median": 3.0, "jam_p90": 3.0},
        (DEPOK, "SKDOM", "2026-01-17"): {
            "terbit": 1,
            "terlambat": 1,
            "diserahkan": 1,
            "jam_median": 48.0,
            "jam_p90": 48.0,
        },
        (MAMPANG, "SKTM", "2026-01-16"): {"diajukan": 2, "dikembalikan": 1, "ditolak": 1},
    }


def test_a_misfiled_case_counts_as_filed_once_at_the_office_it_belongs_to(
    story: App, staff: Any, client: FlaskClient
) -> None:
    closed = "pengajuan.permohonan.ditutup"
    writer, day = Writer(story.events()), "2026-01-20T02:00:00.000Z"
    _story(writer, DEPOK, [("m", FILED, day, {}), ("m", closed, day, {"sebab": "dipindah"})])
    _story(writer, MEKARJAYA, [("n", FILED, day, {})])
    _folded(_projector(story))

    span = {"per": "kantor", "dari": "2026-01-20", "sampai": "2026-01-20"}
    rows = _asked(client, staff("operator"), **span).get_json()["statistik"]

    counted = [(r["kantor"], r["diajukan"], r["dipindah"], r["ditutup"]) for r in rows]
    assert counted == [(DEPOK, 0, 1, 0), (MEKARJAYA, 1, 0, 0)]
    assert list(_projector(story).differences()) == []


def test_groups_and_a_table(story: App, staff: Any, client: FlaskClient) -> None:
    headers = staff("operator")
    by_office = _asked(client, headers, per="kantor").get_json()["statistik"]
    table = _asked(client, headers, per="kantor,hari", bentuk="csv", dari="2026-01-15", sampai="2026-01-15")

    assert [(r["kantor"], r["diajukan"], r["jam_median"]) for r in by_office] == [
        (DEPOK, 2, 25.5),
        (MAMPANG, 2, None),
        (MEKARJAYA, 1, None),
    ]
    assert table.content_type.startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [(r["kantor"], r["hari"], r["diajukan"]) for r in rows] == [
        (DEPOK, "2026-01-15", "2"),
        (MEKARJAYA, "2026-01-15", "1"),
    ]


@pytest.mark.parametrize(
    ("akun", "query", "status"),
    [
        ("camat.pancoranmas", {"wilayah": "327605"}, 403),
        ("camat.sukmajaya", {"wilayah": DEPOK}, 403),
        ("lurah.depok", {}, 403),
        ("camat.pancoranmas", {"per": "orang"}, 422),
        ("camat.pancoranmas", {"dari": "2026-02-01"}, 422),
        ("camat.pancoranmas", {"dari": "2024-01-01"}, 422),
    ],
)
def test_who_may_ask_and_how(
    story: App, staff: Any, client: FlaskClient, akun: str, query: dict[str, str], status: int
) -> None:
    assert _asked(client, staff(akun), **query).status_code == status


@on_either("settings")
def test_status_tells_backlog_overdue_and_heartbeat(
    story: App, staff: Any, client: FlaskClient, time: Any
) -> None:
    late: list[Step] = [
        ("f", FILED, "2026-01-15T02:00:00.000Z", {}),
        ("f", COMPLETE, "2026-01-15T02:00:00.000Z", {}),
    ]
    late.append(("f", DUE, "2026-01-15T02:00:00.000Z", {"jatuh_tempo": "2026-01-16T09:00:00Z"}))
    _story(Writer(story.events()), DEPOK, late)
    _folded(_projector(story))
    loket, camat = staff("loket.depok"), staff("camat.pancoranmas")
    assert client.put("/v1/detak", json={"kantor": DEPOK}, headers=loket).status_code == 200
    assert client.put("/v1/detak", json={"kantor": MAMPANG}, headers=loket).status_code == 403
    assert client.put("/v1/detak", json={"kantor": DEPOK}, headers=camat).status_code == 403

    def offices() -> dict[str, Any]:
        return {row["kantor"]: row for row in client.get("/v1/status", headers=camat).get_json()["kantor"]}

    depok, mampang = offices()[DEPOK], offices()[MAMPANG]
    assert depok["antrean"] == {"terbuka": 1, "terlambat": 1, "menurut_status": {"diproses": 1}}
    assert mampang["antrean"] == {"terbuka": 1, "terlambat": 0, "menurut_status": {"menunggu_berkas": 1}}
    assert (depok["terhubung"], mampang["terhubung"]) == (True, None)
    assert depok["tertinggal"].keys() == {"pengajuan", "dokumen", "persetujuan", "notifikasi"}  # nobody runs
    time.moved += timedelta(minutes=3)
    assert offices()[DEPOK]["terhubung"] is False


@on_either("settings")
def test_rebuilt_from_the_beginning_the_rows_are_the_same(story: App) -> None:
    projector = _projector(story)
    before = projector.digest()

    projector.rebuild()
    assert projector.digest() != before
    _folded(projector)

    assert projector.digest() == before
    assert [w for w in run(story)["wrong"] if w["invariant"] == "C12"] == []


@on_either("settings")
def test_a_row_that_was_changed_or_is_missing_is_found(story: App) -> None:
    documents = story.documents
    a = documents.get(proyeksi.ROWS.name, DEPOK, "a")
    d = documents.get(proyeksi.ROWS.name, MAMPANG, "d")
    assert a is not None
    assert d is not None
    a.body["hari"]["2026-01-15"]["terbit"] = 7
    assert documents.replace(proyeksi.ROWS.name, a, a.rev)
    assert documents.delete(proyeksi.ROWS.name, MAMPANG, "d", d.rev)

    found = {w["id"] for w in run(story)["wrong"] if w["invariant"] == "C12"}

    assert found == {"a", "d"}


@on_either("settings")
def test_another_epoch_begins_again(story: App) -> None:
    for doc in story.documents.find(proyeksi.PLACES.name, {}):
        doc.body["epoch"] = "asing"
        story.documents.replace(proyeksi.PLACES.name, doc, doc.rev)
    projector = _projector(story)
    before = projector.digest()
    assert projector.lag() > 0

    _folded(projector)

    assert projector.lag() == 0
    assert projector.digest() == before


@pytest.mark.parametrize(("until", "closed"), [("2026-01-15", True), ("2026-01-14", False)])
def test_an_office_is_closed_on_its_days_both_included(
    story: App, staff: Any, client: FlaskClient, time: Any, until: str, closed: bool
) -> None:
    time.moved = datetime(2026, 1, 15, 3, tzinfo=UTC) - datetime.now(UTC)
    told = {"dari": "2026-01-13", "sampai": until, "alasan": "Kantor terendam banjir."}
    example = json.loads((ROOT / "contracts/examples/pengajuan.kantor.diubah/v1.1.json").read_text())["data"]
    state = {**example, "kode": DEPOK, "tutup": told}
    story.rujukan.update(
        "acuan", f"kantor.{DEPOK}", lambda _, at: Decision(state), Cause.command("uji-tutup")
    )

    offices = client.get("/v1/status", headers=staff("loket.kec.pancoranmas")).get_json()["kantor"]

    assert [o["tutup"] for o in offices if o["kantor"] == DEPOK] == [told if closed else None]


WISHES = st.lists(
    st.tuples(st.sampled_from(OFFICES), st.integers(0, 2), st.sampled_from(KINDS), st.integers(0, 23)),
    max_size=25,
)


@settings(max_examples=15, deadline=None)
@given(WISHES, st.lists(st.integers(0, 24), max_size=4), st.integers(0, 25))
def test_in_whatever_pieces_and_with_repeats_the_rows_are_the_same(
    wishes: list[tuple[str, int, str, int]], repeats: list[int], cut: int
) -> None:
    with TemporaryDirectory() as folder:
        events = open_events(f"sqlite:///{folder}/log.sqlite?groups={folder}/groups")
        writer = Writer(events)
        records = [
            writer.record(office, f"{office}-{n}", kind, time=f"2026-01-15T{hour:02}:00:00.000Z")
            for office, n, kind, hour in wishes
        ]
        digests = []
        for name, pieces in (
            ("a", [records[:cut], records[cut:]]),
            ("b", [[records[i] for i in repeats if i < len(records)]]),
        ):
            documents = open_documents(f"sqlite:///{folder}/{name}.sqlite", "gateway")
            documents.migrate(bootstrap.COLLECTIONS)
            projector = Projector(documents, events, CONTRACTS, ZONE)
            for piece in pieces:
                writer.send(*piece)
                _folded(projector)
            digests.append(projector.digest())
            assert list(projector.differences()) == []
            counted = hitung.totals(
                hitung.between(documents, ["3276"], "2026-01-01", "2026-12-31"),
                "2026-01-01",
                "2026-12-31",
                [],
            )
            assert len(counted) <= 1
            documents.close()
        events.close()

    assert digests[0] == digests[1]


def test_a_row_holds_no_person(story: App, tmp_path: Path) -> None:
    known = {
        "v",
        "putaran",
        "status",
        "terbuka",
        "hari",
        "layanan",
        "awal",
        "akhir",
        "tenggat",
        "lengkap",
        "lama",
        "terbit",
        "g",
    }

    for doc in story.documents.find(proyeksi.ROWS.name, {}):
        assert set(doc.body) <= known
