"""Every event is heard by somebody or marked as external, and nobody waits for what is never sent."""

from __future__ import annotations

from typing import Any

import pytest

from support.promises import asyncapi, contracts, messages

OPERATIONS: dict[str, dict[str, Any]] = asyncapi()["operations"]
SERVICES = {"pengajuan", "dokumen", "persetujuan", "notifikasi", "gateway", "pantau"}


def _of(action: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for operation in OPERATIONS.values():
        if operation["action"] == action:
            for message in operation["messages"]:
                found.setdefault(message["$ref"].rsplit("/", 1)[1], set()).add(operation["x-service"])
    return found


def test_every_event_has_exactly_the_sender_in_its_name() -> None:
    assert _of("send") == {id: {id.split(".")[0]} for id in messages()}


def test_no_event_without_a_consumer_or_the_mark_external() -> None:
    unheard = [id for id in messages() if not _of("receive").get(id)]

    assert unheard == [id for id, message in messages().items() if message.get("x-external")]


def test_no_consumer_without_a_producer() -> None:
    assert set(_of("receive")) <= set(_of("send"))


def test_beside_the_stream_for_reading_somebody_acts_on_every_event() -> None:
    assert [id for id, heard in _of("receive").items() if heard == {"pantau"}] == []


@pytest.mark.parametrize("id", OPERATIONS)
def test_an_operation_names_a_known_service_and_one_channel(id: str) -> None:
    operation = OPERATIONS[id]
    channel = operation["channel"]["$ref"]

    assert operation["x-service"] in SERVICES
    assert id == f"{operation['x-service']}-{operation['action']}-{channel.rsplit('/', 1)[1]}"
    assert all(m["$ref"].startswith(f"{channel}/messages/") for m in operation["messages"])


def test_the_stream_reads_all_of_peristiwa_and_nothing_personal() -> None:
    heard = {kind.type for kind in contracts().heard_by("pantau")}

    assert heard == {kind.type for kind in contracts().types.values() if kind.family.name == "peristiwa"}


def test_contacts_reach_notifikasi_only() -> None:
    kinds = [kind for kind in contracts().types.values() if kind.family.name == "kontak"]

    assert [kind.consumers for kind in kinds] == [frozenset({"notifikasi"})]


def test_nobody_hears_his_own_events() -> None:
    assert [kind.type for kind in contracts().types.values() if kind.service in kind.consumers] == []
