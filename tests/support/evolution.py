"""What a change of the contracts breaks: compares a released state with today's, schema by schema.

Within a major version an optional field or a further enumeration value may come; whatever a consumer could rely
on stays. Everything else is a new major version beside the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator

from support.released import Release

Schema = Mapping[str, Any]
# A change of any of these may refuse what was accepted, or bring what nobody expects.
_FIXED: Final = (
    "type",
    "pattern",
    "format",
    "const",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minLength",
)
# Consumers ignore unknown fields, and further values of an enumeration are judged by `_enum`.
_TOLERATED: Final = ("additionalProperties", "enum")


def breaks(old: Release, new: Release) -> list[str]:
    """Every broken promise, one sentence each; empty when `new` may replace `old`."""
    return [*_schemas(old, new), *_frozen(old, new), *_old_examples(old, new), *_new_examples(old, new)]


def _schemas(old: Release, new: Release) -> Iterator[str]:
    after = new.schemas()
    for event, before in old.schemas().items():
        if event in after:
            yield from _compare(before, after[event], event)
        else:
            yield f"{event}: the schema is gone"


def _compare(old: Schema, new: Schema, at: str) -> Iterator[str]:
    yield from (f"{at}: {word} changed" for word in _FIXED if old.get(word) != new.get(word))
    yield from _enum(old, new, at)
    yield from _fields(old, new, at)
    for name, part in old.get("properties", {}).items():
        if name in new.get("properties", {}):
            yield from _compare(part, new["properties"][name], f"{at}.{name}")
    for word in ("items", "additionalProperties"):
        before, after = old.get(word, True), new.get(word, True)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _compare(before, after, f"{at}[]")
        elif before != after:
            yield f"{at}: {word} changed"


def _enum(old: Schema, new: Schema, at: str) -> Iterator[str]:
    if "enum" not in new:
        if "enum" in old:
            yield f"{at}: is no enumeration any more"
    elif "enum" not in old:
        yield f"{at}: became an enumeration"
    elif lost := [value for value in old["enum"] if value not in new["enum"]]:
        yield f"{at}: enumeration narrowed by {', '.join(map(str, lost))}"


def _fields(old: Schema, new: Schema, at: str) -> Iterator[str]:
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    yield from (f"{at}: new required field {name}" for name in sorted(after - before))
    yield from (f"{at}: {name} is not promised any more" for name in sorted(before - after))
    gone = set(old.get("properties", {})) - set(new.get("properties", {})) - before
    yield from (f"{at}: optional field {name} is gone" for name in sorted(gone))


def _frozen(old: Release, new: Release) -> Iterator[str]:
    for path, _, _ in old.examples():
        if path not in new.files:
            yield f"{path}: a released example is gone"
        elif new.files[path] != old.files[path]:
            yield f"{path}: a released example changed; add the next v1.<n>.json instead"


def _old_examples(old: Release, new: Release) -> Iterator[str]:
    """What lies in logs must still be readable by today's schema."""
    schemas = new.schemas()
    for path, event, data in old.examples():
        if event in schemas:
            for error in Draft202012Validator(schemas[event]).iter_errors(data):
                yield f"{path}: released, but today's schema refuses {error.json_path} ({error.validator})"


def _new_examples(old: Release, new: Release) -> Iterator[str]:
    """What is sent today must be readable by consumers of the released version."""
    schemas = old.schemas()
    for path, event, data in new.examples():
        if event in schemas:
            for error in Draft202012Validator(schemas[event]).iter_errors(data):
                if error.validator not in _TOLERATED:
                    yield f"{path}: the released schema refuses {error.json_path} ({error.validator})"
