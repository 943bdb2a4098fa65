"""The unified stream: no gap and no repeat from any cursor; the area is held; the log's epoch is held."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.contracts import Contracts
from chassis.envelope import Event, outgoing
from chassis.ports.events import Events
from engines.open import open_events
from gateway.bootstrap import App
from gateway.pantau import cursor, stream
from gateway.pantau.cursor import Cursor
from support.either import on_either
from support.tree import ROOT

CONTRACTS = Contracts(ROOT / "contracts")
OFFICES = ["3276011006", "3276011007", "3276051004"]
KINDS = ["pengajuan.permohonan.siap_diperiksa", "pengajuan.permohonan.ditutup", "dokumen.berkas.diterima"]
DATA = {
    kind: json.loads((ROOT / "contracts/examples" / kind / "v1.1.json").read_text())["data"] for kind in KINDS
}
# (office, application, kind, minute): the log gives sequence numbers; a None is the last one sent again.
Wish = tuple[str, int, str, int]
WISHES = st.lists(
    st.tuples(st.sampled_from(OFFICES), st.integers(0, 2), st.sampled_from(KINDS), st.integers(0, 9)),
    max_size=25,
)


def _publish(events: Events, wishes: Sequence[Wish], repeats: Sequence[int] = ()) -> list[tuple[str, str]]:
    """Append; the identities (source, id) in order. An index in `repeats` is sent twice, two events later."""
    events.ensure(CONTRACTS.topics(OFFICES))
    counts: dict[tuple[str, str, str], int] = {}
    records = []
    for office, application, kind, minute in wishes:
        source, name = kind.split(".", 1)
        subject = f"0199-{office}-{application}"
        counts[source, office, subject] = counts.get((source, office, subject), 0) + 1
        event = Event(
            source=source,
            type=f"id.ekelurahan.{kind}.v1",
            family="peristiwa",
            scope=office,
            subject=subject,
            sequence=counts[source, office, subject],
            time=f"2026-01-15T03:{minute:02d}:00.000Z",
            correlation=subject,
            causation="b7ad6b7169203331",
            data=DATA[kind],
        )
        records.append(outgoing(event, CONTRACTS.sent_by(source, name), CONTRACTS.scope_extension))
    sent = list(records)
    for index in sorted(set(repeats), reverse=True):
        if index < len(records):
            sent.insert(index + 2, records[index])
    for record in sent:
        events.publisher().publish([record]).wait(60)
    return [(r.headers["ce_source"], r.headers["ce_id"]) for r in records]


def _topics(events: Events) -> dict[str, str]:
    prefix = CONTRACTS.families["peristiwa"].prefix
    return {topic.removeprefix(prefix): topic for topic in events.topics(prefix)}


def _walk(events: Events, limits: Sequence[int], types: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Everything, page after page, each cursor through its text."""
    at: Cursor | None = None
    found: list[dict[str, Any]] = []
    for turn in range(200):
        page = stream.page(events, _topics(events), at, types, limits[turn % len(limits)])
        found += page.events
        at = cursor.read(cursor.write(page.cursor))
        if not page.more:
            return found
    raise AssertionError("the stream never ends")


def _log(folder: str) -> Events:
    return open_events(f"sqlite:///{folder}/log.sqlite?groups={folder}/groups")


@settings(max_examples=25, deadline=None)
@given(WISHES, st.lists(st.integers(0, 24), max_size=5), st.lists(st.integers(1, 7), min_size=1, max_size=4))
def test_every_event_comes_once_and_in_order_whatever_the_pages(
    wishes: list[Wish], repeats: list[int], limits: list[int]
) -> None:
    with TemporaryDirectory() as folder:
        events = _log(folder)
        sent = _publish(events, wishes, repeats)
        found = _walk(events, limits)
        one_type = _walk(events, limits, [f"id.ekelurahan.{KINDS[0]}.v1"])
        events.close()

    assert sorted((e["source"], e["id"]) for e in found) == sorted(sent)
    for office in OFFICES:
        ours = [e["id"] for e in found if e["kelurahan"] == office]
        assert ours == [id for _, id in sent if f"-{office}-" in id]
    assert one_type == [e for e in found if e["type"] == f"id.ekelurahan.{KINDS[0]}.v1"]


@on_either("settings")
def test_what_comes_later_is_found_from_every_earlier_cursor(app: App) -> None:
    events = app.events()
    wishes = [(OFFICES[n % 3], n % 2, KINDS[0], n) for n in range(9)]
    sent = _publish(events, wishes)
    at, cursors = None, []
    for _ in sent:
        page = stream.page(events, _topics(events), at, (), 1)
        at = page.cursor
        cursors.append((at, page.events[0]["id"]))
    more = _publish(events, [(OFFICES[0], 7, KINDS[1], 59)])

    order = [id for _, id in cursors]
    for place, (after, _) in enumerate(cursors):
        rest = stream.page(events, _topics(events), after, (), 100).events
        assert [e["id"] for e in rest] == [*order[place + 1 :], more[0][1]]


@on_either("settings")
def test_an_office_switched_on_later_is_read_from_its_first_event(app: App) -> None:
    events = app.events()
    _publish(events, [(OFFICES[0], 0, KINDS[0], 1)])
    one = {OFFICES[0]: _topics(events)[OFFICES[0]]}
    at = stream.page(events, one, None, (), 10).cursor
    _publish(events, [(OFFICES[1], 0, KINDS[0], 0)])

    assert [e["kelurahan"] for e in stream.page(events, _topics(events), at, (), 10).events] == [OFFICES[1]]


def _page(client: FlaskClient, headers: dict[str, str], **query: Any) -> Any:
    return client.get("/v1/peristiwa", query_string=query, headers=headers)


@on_either("settings")
def test_an_item_is_a_cloudevent_and_carries_nothing_personal(
    staff: Any, client: FlaskClient, app: App
) -> None:
    _publish(app.events(), [(OFFICES[0], 0, KINDS[0], 1), (OFFICES[2], 0, KINDS[0], 2)])
    page = _page(client, staff("camat.pancoranmas"), wilayah="327601").get_json()

    assert len(page["peristiwa"]) == 1
    event = page["peristiwa"][0]
    assert (event["specversion"], event["source"], event["kelurahan"]) == ("1.0", "/pengajuan", OFFICES[0])
    assert event["type"] == f"id.ekelurahan.{KINDS[0]}.v1"
    assert event["data"] == DATA[KINDS[0]]
    assert not page["lagi"]


@pytest.mark.parametrize(
    ("akun", "wilayah", "status"),
    [
        ("camat.pancoranmas", "327601", 200),
        ("camat.pancoranmas", "3276011006", 200),
        ("camat.pancoranmas", "327605", 403),
        ("camat.pancoranmas", "3276", 403),
        ("camat.sukmajaya", "327601", 403),
        ("operator", "327605", 200),
        ("lurah.depok", "3276011006", 403),
    ],
)
def test_nobody_sees_beyond_his_area(
    staff: Any, client: FlaskClient, akun: str, wilayah: str, status: int
) -> None:
    headers = staff(akun)
    assert _page(client, headers, wilayah=wilayah).status_code == status
    assert client.get("/v1/status", query_string={"wilayah": wilayah}, headers=headers).status_code == status


def test_residents_and_strangers_see_no_stream(resident: Any, client: FlaskClient) -> None:
    assert _page(client, resident("warga@warga.example")).status_code == 403
    assert _page(client, {}).status_code == 401


@on_either("settings")
def test_the_filter_takes_short_and_full_names_and_refuses_unknown_ones(
    staff: Any, client: FlaskClient, app: App
) -> None:
    _publish(app.events(), [(OFFICES[0], 0, kind, 1) for kind in KINDS])
    headers = staff("camat.pancoranmas")
    both = "permohonan.siap_diperiksa,id.ekelurahan.dokumen.berkas.diterima.v1"

    assert len(_page(client, headers, jenis=both).get_json()["peristiwa"]) == 2
    answer = _page(client, headers, jenis="pemohon.dibagikan")
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/jenis")


def _changed(text: str, **fields: Any) -> str:
    body = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return base64.urlsafe_b64encode(json.dumps({**body, **fields}).encode()).decode().rstrip("=")


@on_either("settings")
@pytest.mark.parametrize(
    "fields",
    [{"epoch": "asing"}, {"offsets": {OFFICES[0]: 99}}],
    ids=["another epoch", "an impossible offset"],
)
def test_a_cursor_of_another_history_is_gone(
    staff: Any, client: FlaskClient, app: App, fields: dict[str, Any]
) -> None:
    _publish(app.events(), [(OFFICES[0], 0, KINDS[0], 1)])
    headers = staff("camat.pancoranmas")
    good = _page(client, headers).get_json()["cursor"]

    answer = _page(client, headers, cursor=_changed(good, **fields))

    assert answer.status_code == 410
    assert answer.get_json()["type"].endswith(":kursor-usang")
    again = _page(client, headers, cursor=answer.get_json()["cursor"])
    assert len(again.get_json()["peristiwa"]) == 1


@pytest.mark.parametrize("text", ["x", "e30", "bnVsbA", "W10", "===", "a" * 20000])
def test_a_cursor_that_is_none_is_refused(staff: Any, client: FlaskClient, text: str) -> None:
    answer = _page(client, staff("camat.pancoranmas"), cursor=text)

    assert answer.status_code == 400
    assert answer.get_json()["type"].endswith(":kursor-salah")
