"""No change of the contracts breaks a consumer of the released version; the checker itself is put to the test."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.evolution import breaks
from support.released import NoHistory, Release, released, today
from support.tree import ROOT

EVENT = "dokumen.surat.diterbitkan"
Schema = dict[str, Any]


def test_todays_contracts_break_no_promise_of_the_released_ones() -> None:
    try:
        before = released(ROOT)
    except NoHistory as reason:
        pytest.skip(f"evolution not checked: {reason}")

    assert breaks(before, today(ROOT)) == [], f"compared with {before.name}"


def test_a_planted_required_field_fails() -> None:
    def plant(schema: Schema) -> None:
        schema["properties"]["loket"] = {"type": "string", "pattern": "^[0-9]$"}
        schema["required"].append("loket")

    found = breaks(today(ROOT), _with(plant))

    assert f"{EVENT}.v1: new required field loket" in found
    assert any("today's schema refuses" in line for line in found), "the released example must be refused too"


def test_a_narrowed_enumeration_fails() -> None:
    def plant(schema: Schema) -> None:
        schema["properties"]["tanda_tangan"]["enum"].remove("basah")

    assert breaks(today(ROOT), _with(plant)) == [f"{EVENT}.v1.tanda_tangan: enumeration narrowed by basah"]


def test_a_narrowed_enumeration_deep_inside_a_list_fails() -> None:
    event = "pengajuan.permohonan.diajukan"

    def plant(schema: Schema) -> None:
        schema["properties"]["syarat"]["items"]["properties"]["cara"]["enum"].remove("tidak_punya")

    assert breaks(today(ROOT), _with(plant, event)) == [
        f"{event}.v1.syarat[].cara: enumeration narrowed by tidak_punya"
    ]


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (lambda s: s["required"].remove("rilis"), "rilis is not promised any more"),
        (lambda s: s["properties"]["sha256"].update(pattern="^[0-9]{64}$"), "sha256: pattern changed"),
        (lambda s: s["properties"]["putaran"].update(type="string"), "putaran: type changed"),
        (lambda s: (s["properties"].pop("rilis"), s["required"].remove("rilis")), "rilis is not promised"),
    ],
    ids=["dropped", "tightened", "retyped", "removed"],
)
def test_other_breaks_fail(plant: Callable[[Schema], object], said: str) -> None:
    assert any(said in line for line in breaks(today(ROOT), _with(plant)))


def test_a_new_optional_field_and_its_example_pass() -> None:
    def plant(schema: Schema) -> None:
        schema["properties"]["masa_berlaku"] = {"type": "string", "format": "date"}

    now = _with(plant)
    example = json.loads(now.files[f"examples/{EVENT}/v1.1.json"])
    example["data"]["masa_berlaku"] = "2026-07-15"
    files = {**now.files, f"examples/{EVENT}/v1.9.json": json.dumps(example).encode()}

    assert breaks(today(ROOT), Release("planted", files)) == []


def test_a_further_enumeration_value_and_its_example_pass() -> None:
    now = _with(lambda s: s["properties"]["tanda_tangan"]["enum"].append("cap"))
    example = json.loads(now.files[f"examples/{EVENT}/v1.1.json"])
    example["data"]["tanda_tangan"] = "cap"
    files = {**now.files, f"examples/{EVENT}/v1.9.json": json.dumps(example).encode()}

    assert breaks(today(ROOT), Release("planted", files)) == []


def test_released_files_are_frozen() -> None:
    now = today(ROOT)
    path = f"examples/{EVENT}/v1.1.json"

    changed = Release("planted", {**now.files, path: now.files[path].replace(b'"rilis"', b' "rilis"')})
    gone = Release("planted", {p: body for p, body in now.files.items() if EVENT not in p})

    assert breaks(now, changed) == [f"{path}: a released example changed; add the next v1.<n>.json instead"]
    lost = sorted(p for p in now.files if p.startswith(f"examples/{EVENT}/"))
    told = [f"{p}: a released example is gone" for p in lost]
    assert breaks(now, gone) == [f"{EVENT}.v1: the schema is gone", *told]


def test_the_newest_tag_is_the_released_version_and_before_it_the_parent_commit(tmp_path: Path) -> None:
    def commit(text: str) -> None:
        file = tmp_path / "contracts/events/a.v1.schema.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        _git(tmp_path, "add", ".")
        _git(tmp_path, "-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "-qm", "x")

    _git(tmp_path, "init", "-q")
    commit('{"title": "1"}')
    with pytest.raises(NoHistory, match="no parent commit"):
        released(tmp_path)
    commit('{"title": "2"}')
    assert released(tmp_path).schemas() == {"a.v1": {"title": "1"}}
    _git(tmp_path, "tag", "v0.9")
    commit('{"title": "3"}')
    _git(tmp_path, "tag", "v0.10")
    commit('{"title": "4"}')
    assert (released(tmp_path).name, released(tmp_path).schemas()) == ("v0.10", {"a.v1": {"title": "3"}})


def test_a_tarball_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(NoHistory, match="not a git checkout"):
        released(tmp_path)


def _with(plant: Callable[[Schema], object], event: str = EVENT) -> Release:
    files = dict(today(ROOT).files)
    path = f"events/{event}.v1.schema.json"
    schema = json.loads(files[path])
    plant(schema)
    files[path] = json.dumps(schema).encode()
    return Release("planted", files)


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
