"""The plan of who owns which lane: fair per family, offices whole, as few moves as fairness allows."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from engines.sharing import share

OPEN, PRIVATE = "ekelurahan.peristiwa.v1.", "ekelurahan.pribadi.v1."
COMMON = ["ekelurahan.acuan.v1", "ekelurahan.kontak.v1", "ekelurahan.gangguan.v1"]
MEMBERS = st.lists(st.sampled_from("abcde"), min_size=1, unique=True)
NUMBERS = st.sets(st.integers(3276011001, 3276011070), max_size=30)


def lanes(offices: set[int]) -> list[str]:
    return [prefix + str(office) for office in offices for prefix in (OPEN, PRIVATE)] + COMMON


def even(counted: Counter[str], members: list[str]) -> bool:
    shares = [counted[member] for member in members]
    return max(shares) - min(shares) <= 1


@given(MEMBERS, NUMBERS, st.data())
def test_every_family_is_shared_evenly_and_offices_stay_whole(
    members: list[str], offices: set[int], data: st.DataObject
) -> None:
    before = {lane: data.draw(st.sampled_from([None, *"abcdexyz"])) for lane in lanes(offices)}

    plan = share(dict.fromkeys(before, members), before)

    assert plan.keys() == before.keys()
    for prefix in (OPEN, PRIVATE):
        assert even(Counter(plan[lane] for lane in plan if lane.startswith(prefix)), members)
    assert even(Counter(plan[lane] for lane in COMMON), members)
    assert all(plan[OPEN + str(office)] == plan[PRIVATE + str(office)] for office in offices)


@given(MEMBERS, NUMBERS)
def test_a_plan_that_is_carried_out_stays(members: list[str], offices: set[int]) -> None:
    may = dict.fromkeys(lanes(offices), members)
    plan = share(may, {})

    assert share(may, plan) == plan
    assert share(dict(reversed(may.items())), dict(reversed(plan.items()))) == plan


@given(MEMBERS, NUMBERS)
def test_a_member_that_leaves_moves_its_own_lanes_only(members: list[str], offices: set[int]) -> None:
    everybody = [*members, "x"]
    plan = share(dict.fromkeys(lanes(offices), everybody), {})

    after = share(dict.fromkeys(plan, members), plan)

    assert {lane for lane in plan if after[lane] != plan[lane]} == {
        lane for lane in plan if plan[lane] == "x"
    }


def test_who_has_an_office_more_gets_less_of_what_is_no_offices() -> None:
    plan = share(dict.fromkeys(lanes({1, 2, 3}), "ab"), {})

    most = Counter(plan[OPEN + office] for office in "123").most_common(1)[0][0]
    assert Counter(plan[lane] for lane in COMMON)[most] == 1


def test_a_lane_nobody_may_have_gets_no_owner() -> None:
    assert share({"a.1": [], "b.1": "x"}, {"a.1": "x"}) == {"b.1": "x"}
