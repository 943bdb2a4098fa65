"""One Idempotency-Key: twenty posts at once, a process that dies after the commit, the same post again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.clock import real_now
from chassis.ids import new_id
from ekel.demo import people
from ekel.demo.client import Answer, Client
from support import bukti, lakon
from support.system import System

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
TOGETHER = 20
KILL = "pengajuan-http:document.after_write:2"


def test_one_key_makes_one_application(system: Callable[..., System]) -> None:
    with system(EKEL_KILL_AT=KILL) as running:
        clerk, cases = lakon.sign_in(running, "loket.depok"), bukti.count(running.settings, "pengajuan")
        with ThreadPoolExecutor(TOGETHER) as pool:
            body, key = _body(1), new_id()
            answers = list(pool.map(lambda _: _post(clerk, body, key), range(TOGETHER)))
        assert {answer.status for answer in answers} == {201}
        assert len({_shown(answer) for answer in answers}) == 1
        assert bukti.count(running.settings, "pengajuan") == cases + 1

        impatient = lakon.sign_in(running, "loket.depok", patience=0)
        body, key = _body(2), new_id()
        assert _post(impatient, body, key).status == 503, "the answer was lost with its process"
        assert (running.folder / "run" / "kills" / KILL.replace(":", "_")).exists()
        assert bukti.count(running.settings, "pengajuan") == cases + 2, "the application was stored"
        first = _post(clerk, body, key)
        running.stop()
        running.start()
        again = _post(lakon.sign_in(running, "loket.depok"), body, key)
        assert (first.status, again.status) == (201, 201)
        assert _shown(again) == _shown(first)
        assert bukti.count(running.settings, "pengajuan") == cases + 2
        running.check()


def _post(clerk: Client, body: dict[str, Any], key: str) -> Answer:
    return clerk.ask("POST", "/v1/permohonan", body=body, headers={"Idempotency-Key": key})


def _shown(answer: Answer) -> tuple[str, str]:
    """ETag and body; only the upload grant is signed anew each time, for another 24 hours."""
    told = answer.data
    assert told.pop("izin_unggah")
    return answer.headers["ETag"], str(sorted(told.items()))


def _body(seed: int) -> dict[str, Any]:
    person = people.resident(seed)
    return {
        "layanan": "SKDOM",
        "kantor": "3276011006",
        "pemohon": {"nama": person.nama, "nik": person.nik},
        "jawaban": people.skdom(person, real_now().date()),
    }
