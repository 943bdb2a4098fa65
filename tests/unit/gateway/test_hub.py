"""The hub: whoever joins from whatever place gets every item once, in order, with the right cursor each time."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from gateway.pantau import cursor
from gateway.pantau.alir.frames import Filter, Item
from gateway.pantau.alir.hub import JOIN, KEPT, Hub

OFFICES = ["3276011006", "3276011007", "3276051004"]
ALL = Filter(("3276",), frozenset())


@dataclass(eq=False, slots=True)
class Client:
    """Keeps what it is sent: (cursor's offsets, data)."""

    text: bytes = b""
    place: dict[str, int] = field(default_factory=dict)

    def send(self, data: bytes) -> None:
        self.text += data

    def frames(self) -> list[tuple[dict[str, int], str]]:
        found = []
        for frame in self.text.decode().split("\n\n")[:-1]:
            lines = dict(line.split(": ", 1) for line in frame.split("\n"))
            found.append((dict(cursor.read(lines["id"]).offsets), lines.get("data", "")))
        return found


def _items(lanes: list[int]) -> list[Item]:
    ends = dict.fromkeys(OFFICES, 0)
    found = []
    for lane in lanes:
        kode = OFFICES[lane]
        found.append(
            Item(
                kode, ends[kode], "jenis.a" if ends[kode] % 2 else "jenis.b", f"{kode}/{ends[kode]}".encode()
            )
        )
        ends[kode] += 1
    return found


@given(st.lists(st.integers(0, 2), max_size=40), st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_a_client_that_joins_gets_the_rest_once_and_in_order(
    lanes: list[int], seen: int, joined: int, narrow: bool
) -> None:
    items = _items(lanes)
    seen, joined = sorted((min(seen, len(items)), min(joined, len(items))))
    asked = Filter(("327601",), frozenset({"jenis.a"})) if narrow else ALL
    hub, client = Hub("e", dict.fromkeys(OFFICES, 0)), Client()
    hub.publish(items[:joined])
    place = {kode: 0 for kode in OFFICES if asked.covers(kode)}
    for item in items[:seen]:
        if asked.covers(item.kode):
            place[item.kode] = item.offset + 1

    assert hub.keeps(asked, place)
    assert not hub.ahead(place)
    hub.join(client, asked, place)
    for item in items[joined:]:
        hub.publish([item])
    hub.beat()

    wanted = [i.body.decode() for i in items[seen:] if asked.covers(i.kode) and asked.wants(i.type)]
    frames = client.frames()
    assert [data for _, data in frames if data] == wanted
    for offsets, data in frames:
        if data:
            kode, _, offset = data.partition("/")
            assert offsets[kode] == int(offset) + 1
    assert frames[-1] == ({k: v for k, v in hub.place.items() if asked.covers(k)}, "")


def test_who_lacks_more_than_is_kept_has_to_read_the_log() -> None:
    hub = Hub("e", {OFFICES[0]: 0})
    hub.publish(_items([0] * (KEPT + 1)))

    assert not hub.keeps(ALL, {})
    assert not hub.keeps(ALL, {OFFICES[0]: KEPT - JOIN})
    assert hub.keeps(ALL, {OFFICES[0]: KEPT + 1 - JOIN})
    assert hub.ahead({OFFICES[0]: KEPT + 2})


def test_a_kelurahan_switched_on_later_is_joined_from_its_first_event() -> None:
    hub, client = Hub("e", {OFFICES[0]: 5}), Client()
    hub.publish([Item(OFFICES[1], 0, "jenis.a", b"satu")])

    hub.join(client, ALL, {OFFICES[0]: 5})

    assert client.frames() == [({OFFICES[0]: 5, OFFICES[1]: 1}, "satu")]


def test_who_left_hears_nothing_more() -> None:
    hub, client = Hub("e", {OFFICES[0]: 0}), Client()
    hub.join(client, ALL, {OFFICES[0]: 0})
    hub.leave(client, ALL)
    hub.publish(_items([0]))

    assert client.text == b""
