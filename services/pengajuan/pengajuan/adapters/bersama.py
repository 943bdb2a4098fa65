"""Parts that many services share, written once: a service names a block of fields or a standard paper.

In a service file `medan: [{blok: orang, awalan: ibu_, sebutan: ibu}]` stands for every field of the block, its ids with
the prefix and `{sebutan}` in its texts replaced; `bila` and `wajib: false` of the reference hold for all of them.
`syarat: [{baku: KTP, wajib: false}]` stands for the standard paper with the keys given here in the place of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chassis.contracts import read_yaml

BERSAMA = Path(__file__).parent.parent / "katalog" / "bersama"
Isi = Mapping[str, Any]
_REFERENCE = frozenset({"blok", "awalan", "sebutan", "bila", "wajib"})


def luaskan(data: Any) -> tuple[Any, tuple[str, ...]]:
    """The service with every reference replaced, and every reference that leads nowhere."""
    if not isinstance(data, Mapping):
        return data, ()
    wrong: list[str] = []
    whole = dict(data)
    for part, expand in (("medan", _block), ("syarat", _paper)):
        if isinstance(items := data.get(part), list):
            whole[part] = [one for n, item in enumerate(items) for one in expand(item, f"{part}.{n}", wrong)]
    return whole, tuple(wrong)


def _block(item: Any, where: str, wrong: list[str]) -> Iterator[Any]:
    if not (isinstance(item, Mapping) and "blok" in item):
        yield item
        return
    fields = _read("medan").get(str(item["blok"]))
    if fields is None or item.keys() - _REFERENCE:
        wrong.append(f"{where}: no block {item['blok']}, or a key other than {', '.join(sorted(_REFERENCE))}")
        return
    own = {field["id"] for field in fields}
    yield from (_field(field, item, own) for field in fields)


def _field(field: Isi, reference: Isi, own: set[str]) -> Isi:
    prefix, called = reference.get("awalan", ""), reference.get("sebutan", "")
    built = {
        key: value.format(sebutan=called).strip() if isinstance(value, str) else value
        for key, value in field.items()
    }
    built["id"] = prefix + field["id"]
    conditions = [c for c in (reference.get("bila"), _inner(field.get("bila"), prefix, own)) if c]
    if conditions:
        built["bila"] = conditions[0] if len(conditions) == 1 else {"semua": conditions}
    if "wajib" in reference:
        built["wajib"] = reference["wajib"]
    return built


def _inner(condition: Isi | None, prefix: str, own: set[str]) -> Isi | None:
    """A block's own condition looks at fields of the same block, which carry the prefix too."""
    if condition is None or condition.get("medan") not in own:
        return condition
    return {**condition, "medan": prefix + condition["medan"]}


def _paper(item: Any, where: str, wrong: list[str]) -> Iterator[Any]:
    if not (isinstance(item, Mapping) and "baku" in item):
        yield item
        return
    paper = _read("syarat").get(str(item["baku"]))
    if paper is None:
        wrong.append(f"{where}: no standard paper {item['baku']}")
        return
    yield {"kode": item["baku"], **paper, **{key: value for key, value in item.items() if key != "baku"}}


@cache
def _read(name: str) -> Mapping[str, Any]:
    data: dict[str, Any] = read_yaml(BERSAMA / f"{name}.yaml")
    return MappingProxyType(data)
