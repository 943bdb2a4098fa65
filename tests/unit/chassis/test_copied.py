"""A body copied before a decision: the one that was read stays as it was."""

from __future__ import annotations

from chassis.memory import copied, empty


def test_a_copy_changes_alone_at_every_depth() -> None:
    read = {**empty(), "state": {"lines": [{"n": 1}], "note": None}, "todos": {"a": {"due": "2026"}}}
    copy = copied(read)

    copy["state"]["lines"][0]["n"] = 2
    copy["todos"]["a"]["due"] = "2027"
    copy["inbox"]["shop/sales"] = 1

    assert read == {**empty(), "state": {"lines": [{"n": 1}], "note": None}, "todos": {"a": {"due": "2026"}}}
    assert copy["state"] == {"lines": [{"n": 2}], "note": None}
