"""What a task says an official may decide is what its command accepts: every role at every step."""

from __future__ import annotations

from typing import Any, Final

from chassis.aggregate import Cause, Decision
from chassis.ids import new_id
from support.meja import Meja
from support.neighbours import OFFICE

KEPUTUSAN: Final[dict[str, dict[str, Any]]] = {
    "paraf": {},
    "setuju": {},
    "kembalikan": {"kekurangan": [{"jenis": "syarat", "kode": "KTP", "alasan": "buram"}]},
    "tolak": {"alasan": "bukan_warga_wilayah", "teks": "Alamat di luar kelurahan ini."},
}
# Every step of a letter of the camat, in their order.
LANGKAH: Final = (
    ("kasi", "paraf"),
    ("lurah", "setuju"),
    ("kasi_kecamatan", "paraf"),
    ("sekcam", "paraf"),
    ("camat", "setuju"),
)


def test_a_task_tells_each_official_the_decisions_that_it_accepts_of_him(meja: Meja) -> None:
    id, wrong, some = meja.mulai("SKTM"), [], 0
    for peran, keputusan in LANGKAH:
        state = meja.kasus(id)
        task = state["terbuka"]["id"]
        for siapa, _ in (*LANGKAH, ("seklur", "")):
            seen = meja.get(siapa, f"/v1/tugas/{task}").json or {}
            told = set(seen["pilihan"]) if seen.get("boleh_memutus") else set()
            accepted = {each for each in KEPUTUSAN if _diterima(meja, id, state, task, siapa, each)}
            some += len(accepted)
            if told != accepted:
                wrong.append(f"{peran}'s step, {siapa}: tells {sorted(told)}, accepts {sorted(accepted)}")
        meja.jalan(id, (peran, keputusan))
    assert wrong == []
    assert some >= 2 * len(LANGKAH)


def _diterima(meja: Meja, id: str, state: dict[str, Any], task: str, siapa: str, keputusan: str) -> bool:
    """Whether the decision is taken; it is undone at once."""
    answer = meja.putus(siapa, task, keputusan, **KEPUTUSAN[keputusan])
    if answer.status_code == 200:
        meja.app.kasus.update(OFFICE, id, lambda _, at: Decision({**state}, ()), Cause.command(new_id()))
        return True
    assert answer.status_code in {403, 404, 409, 422}, answer.text
    return False
