"""The front end decides nothing: what its pages offer is what the services allow."""

from __future__ import annotations

import re
from pathlib import Path

import frontend
from pengajuan.application.buat import BOLEH_DISALIN
from pengajuan.domain.status import BOLEH, Status

TEMPLATES = Path(frontend.__file__).parent / "templates"
PAGE = (TEMPLATES / "kasus/satu.html").read_text()
COUNTER = (TEMPLATES / "loket/kasus.html").read_text()


def _offered(before: str, page: str = PAGE) -> set[str]:
    """States named in the condition of what leads to `before`."""
    condition = page[: page.index(before)].rpartition("kasus.status in (")[2].partition(")")[0]
    return set(re.findall(r'"(\w+)"', condition))


def test_a_case_can_be_cancelled_from_its_page_exactly_while_the_service_allows_it() -> None:
    allowed = {s.value for s, ways in BOLEH.items() if Status.DIBATALKAN in ways}
    assert _offered("/batal") == allowed - {Status.DRAF.value}  # a draft has no such page


def test_a_case_can_be_filed_anew_from_its_page_exactly_when_the_service_allows_it() -> None:
    assert _offered("/salin") == {s.value for s in BOLEH_DISALIN}


def test_the_counter_may_move_a_case_exactly_while_the_service_allows_it() -> None:
    assert _offered("/pindah", COUNTER) == {s.value for s, ways in BOLEH.items() if Status.DIPINDAH in ways}
