"""Each planted damage is reported with the name of its invariant and the id it concerns."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chassis import todos
from chassis.causes import Cause, Decision, Moment, State
from chassis.settings import Settings
from ekel.check import command, quiet
from ekel.check.joined import Joined
from ekel.stores import opened
from support.small_office import CASE, OFFICE

Damage = Callable[[str, str], None]
Look = Callable[[], list[tuple[str, str]]]
FIRST = f"peristiwa.{CASE}.1"
TOPIC = f"(SELECT id FROM topics WHERE name = 'ekelurahan.peristiwa.v1.{OFFICE}')"
BODY = f"""UPDATE "c.%s" SET body = json_%s WHERE id = '{CASE}'"""


def test_an_undamaged_installation_has_no_findings(findings: Look) -> None:
    assert findings() == []


def test_a_quiet_installation_is_called_quiet(office: Settings) -> None:
    with opened(office) as stores:
        assert quiet.wait(stores, 5) == []


def test_an_unread_record_is_named_as_unrest(office: Settings, damage: Damage) -> None:
    damage("log", f"UPDATE topics SET next = next + 1 WHERE id = {TOPIC}")
    with opened(office) as stores:
        restless = quiet.wait(stores, 0)

    assert any(what.startswith("dokumen: 1 records") for what in restless)


def test_work_left_by_a_dead_worker_is_unrest(office: Settings) -> None:
    def promise(state: State | None, at: Moment) -> Decision:
        return Decision(state, todos=(todos.Todo(id="kerja", kind="kerja", due=at.real),))

    with opened(office) as stores:
        store = stores.cases["dokumen"]
        store.update(OFFICE, CASE, promise, Cause.command("test:kerja"))
        doc = store.documents.get(store.name, OFFICE, CASE)
        assert doc is not None
        todos.claim(doc.body, "kerja", "a worker that died", store.clock.real() + timedelta(minutes=1))
        assert store.documents.replace(store.name, replace(doc, rev=doc.rev + 1), doc.rev)

        assert "dokumen: 1 to-dos in hand" in quiet.busy(stores)


def test_what_falls_due_while_it_looks_is_waited_for(
    office: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The checks take a while: their first look saw something due that was not while it waited for quiet."""
    seen = [Joined(busy=["dokumen: 1 to-dos due in perkara"]), Joined(), Joined(busy=["never looked"])]
    monkeypatch.setenv("EKEL_DATA", str(office.data))
    monkeypatch.setattr(command, "check", lambda _: seen.pop(0))

    code = command.run(wait=60, as_json=True)

    assert (code, json.loads(capsys.readouterr().out)["busy"]) == (0, [])
    assert len(seen) == 1


def test_a_removed_event_is_a_hole(findings: Look, damage: Damage) -> None:
    damage("log", f"DELETE FROM records WHERE topic = {TOPIC} AND offset = 1")

    assert ("C1", f"peristiwa.{CASE}.3") in findings()


def test_a_removed_last_event_is_missed_too(findings: Look, damage: Damage) -> None:
    damage("log", f"DELETE FROM records WHERE topic = {TOPIC} AND headers LIKE '%surat.diterbitkan%'")

    assert ("C1", CASE) in findings()


def test_a_changed_repeat_is_found(findings: Look, damage: Damage) -> None:
    columns = "topic, offset + 100, key, headers, CAST(replace(value, 'SKDOM', 'SKTM') AS BLOB), newest"
    damage("log", f"INSERT INTO records SELECT {columns} FROM records WHERE topic = {TOPIC} AND offset = 0")
    damage("log", f"UPDATE topics SET next = 101 WHERE id = {TOPIC}")

    assert ("C1", FIRST) in findings()


def test_an_equal_repeat_is_no_finding(findings: Look, damage: Damage) -> None:
    columns = "topic, offset + 100, key, headers, value, newest"
    damage("log", f"INSERT INTO records SELECT {columns} FROM records WHERE topic = {TOPIC} AND offset = 0")
    damage("log", f"UPDATE topics SET next = 101 WHERE id = {TOPIC}")

    assert findings() == []


def test_an_event_that_breaks_its_schema_is_found(findings: Look, damage: Damage) -> None:
    change = "value = CAST(json_remove(value, '$.layanan') AS BLOB)"
    damage("log", f"UPDATE records SET {change} WHERE topic = {TOPIC} AND offset = 0")

    assert ("C1", FIRST) in findings()


def test_an_event_of_somebody_else_is_found(findings: Look, damage: Damage) -> None:
    change = "headers = replace(headers, '\"/pengajuan\"', '\"/notifikasi\"')"
    damage("log", f"UPDATE records SET {change} WHERE topic = {TOPIC} AND offset = 0")

    assert ("C1", FIRST) in findings()


def test_an_effect_that_never_happened_is_found(findings: Look, damage: Damage) -> None:
    damage("notifikasi", BODY % ("kabar", "set(body, '$.inbox.\"pengajuan/peristiwa\"', 2)"))

    assert findings() == [("C1", CASE)]


def test_an_event_that_was_decided_but_never_sent_is_found(findings: Look, damage: Damage) -> None:
    damage("dokumen", BODY % ("perkara", "set(body, '$.sequence.peristiwa', 2)"))

    assert findings() == [("C1", CASE)]


def test_a_number_in_an_open_stream_is_found(findings: Look, damage: Damage) -> None:
    change = "value = CAST(json_set(value, '$.kanal', '3276011203959001') AS BLOB)"
    damage("log", f"UPDATE records SET {change} WHERE topic = {TOPIC} AND offset = 0")

    assert ("C9", f"ekelurahan.peristiwa.v1.{OFFICE}@0") in findings()


def test_a_number_in_a_log_is_found(findings: Look, office: Settings) -> None:
    (office.data / "log").mkdir()
    (office.data / "log" / "pengajuan-http.log").write_text('{"event":"x"}\n{"nik":"3276011203959001"}\n')

    assert findings() == [("C9", "pengajuan-http.log:2")]


def test_a_letter_that_the_events_do_not_know_is_found(findings: Look, damage: Damage) -> None:
    damage("dokumen", BODY % ("perkara", "set(body, '$.state.surat.lain', json('{\"terbit\":\"x\"}'))"))

    assert findings() == [("C12", CASE)]


def test_a_state_that_the_events_do_not_lead_to_is_found(findings: Look, damage: Damage) -> None:
    damage("pengajuan", BODY % ("permohonan", "set(body, '$.state.status', 'ditolak')"))

    assert findings() == [("C12", CASE)]


def test_a_missing_personal_half_is_found_in_the_store(findings: Look, damage: Damage) -> None:
    damage("persetujuan", BODY % ("kasus", "remove(body, '$.inbox.\"pengajuan/pribadi/pemohon.dibagikan\"')"))

    assert findings() == [("C13", CASE)]


def test_a_missing_personal_half_is_found_in_the_log(findings: Look, damage: Damage) -> None:
    damage("log", "DELETE FROM records WHERE key LIKE 'pengajuan/pemohon.dibagikan/%'")

    assert ("C13", CASE) in findings()
