"""A topic of the file is compacted or not, for ever."""

from __future__ import annotations

import pytest

from chassis.ports.errors import Refused
from chassis.ports.events import Events, Topic


@pytest.fixture
def engine() -> str:
    return "embedded"


def test_what_cannot_be_changed_is_refused_by_name(events: Events) -> None:
    with pytest.raises(Refused, match=r"cleanup\.policy.*uji\.a"):
        events.align([Topic("uji.a", compacted=True)])
