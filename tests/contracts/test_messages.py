"""Message, schema and golden examples belong together one to one, and names follow one grammar."""

from __future__ import annotations

import re

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from chassis.contracts import EventType
from chassis.envelope import incoming, outgoing
from support.promises import FOLDER, asyncapi, contracts, examples, messages

SENDERS = ("pengajuan", "dokumen", "persetujuan", "notifikasi", "gateway")
# A participle: passive with di- (diajukan, dikoreksi), or a state with ter-; the one phrase is listed.
NAME = re.compile(r"[a-z]+\.(di[a-z]+|ter[a-z]+|siap_diperiksa|dinyatakan_lengkap)")
EXAMPLE = re.compile(r"(?P<event>[a-z]+\.[a-z]+\.[a-z_]+)/v(?P<major>[1-9][0-9]*)\.[1-9][0-9]*\.json")
KINDS = sorted(contracts().types.values(), key=lambda kind: kind.type)


@pytest.mark.parametrize("id", messages())
def test_a_message_is_named_after_its_event(id: str) -> None:
    service, name, major = re.fullmatch(r"([a-z]+)\.([a-z]+\.[a-z_]+)\.v([1-9][0-9]*)", id).groups()  # type: ignore[union-attr]

    assert service in SENDERS
    assert NAME.fullmatch(name), f"{name} is not <subject>.<participle>"
    assert messages()[id]["name"] == f"id.ekelurahan.{id}"
    assert messages()[id]["payload"] == {"$ref": f"events/{id}.schema.json"}
    assert major == "1"


@pytest.mark.parametrize("id", messages())
def test_a_message_says_when_it_happens_and_what_it_does_not_mean(id: str) -> None:
    assert messages()[id]["summary"].endswith(".")
    assert messages()[id]["description"].endswith(".")
    assert messages()[id]["summary"] != messages()[id]["description"]


def test_every_message_has_one_schema_and_every_schema_one_message() -> None:
    files = {file.name.removesuffix(".schema.json") for file in (FOLDER / "events").iterdir()}

    assert files == set(messages())


def test_every_message_is_in_exactly_one_channel() -> None:
    placed = [id for channel in asyncapi()["channels"].values() for id in channel["messages"]]

    assert sorted(placed) == sorted(messages())


def test_every_message_has_a_golden_example_and_every_example_a_message() -> None:
    named = [EXAMPLE.fullmatch(path) for path in examples()]

    assert None not in named
    assert {f"{m['event']}.v{m['major']}" for m in named if m} == set(messages())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.type)
def test_a_schema_is_one_in_the_asyncapi_dialect_and_in_the_one_the_code_uses(kind: EventType) -> None:
    schema = dict(kind.schema)

    Draft7Validator.check_schema(schema)
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    assert all("description" in part for part in schema["properties"].values())


@pytest.mark.parametrize("path", examples())
def test_an_example_fits_its_schema(path: str) -> None:
    record = examples()[path]
    kind = contracts().types[record.headers["ce_type"]]
    event = incoming(record, kind.family.name, contracts().scope_extension)

    kind.check(event.data)
    assert path.startswith(f"{kind.service}.{kind.name}/")


@pytest.mark.parametrize("path", examples())
def test_an_example_is_what_the_sender_puts_on_the_wire(path: str) -> None:
    record = examples()[path]
    kind = contracts().types[record.headers["ce_type"]]
    event = incoming(record, kind.family.name, contracts().scope_extension)
    sent = outgoing(event, kind, contracts().scope_extension)

    assert (sent.topic, sent.key, dict(sent.headers)) == (record.topic, record.key, dict(record.headers))
    assert sent.value == record.value


@pytest.mark.parametrize("path", examples())
def test_an_example_has_the_promised_headers(path: str) -> None:
    schema = asyncapi()["components"]["schemas"]["headers"]
    headers = examples()[path].headers

    assert [e.message for e in Draft202012Validator(schema).iter_errors(headers)] == []
    assert set(headers) <= set(schema["properties"])
