"""`python -m bench.timing`: does the time of an answer tell who is known?

Each question is asked of somebody known and of somebody unknown in turns, always of a new one, so that no limit is
met; a second unknown is the control (A/A). What is printed is the chance that a random "known" answer took longer
than a random "unknown" one: 0.5 tells nothing. The bound is three standard deviations of equal distributions.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import count
from math import sqrt
from pathlib import Path
from statistics import median
from typing import Any

from flask.testing import FlaskClient

from chassis import logs
from chassis.causes import Cause
from chassis.ids import new_id
from gateway import bootstrap
from gateway.akun import akun, kontak, nomor, warga
from gateway.akun.direktori import seat
from gateway.app import create
from gateway.bootstrap import App
from gateway.settings import Settings

ROUNDS = 200
PASSWORD, PIN, CLERK = "sandi-yang-panjang", "480213", "loket.bangku"
Ask = Callable[[str], int]


def main() -> int:
    """Exit code 1 if an answer's time tells more than chance."""
    logs.configure("gateway", "bench-timing", "ERROR")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(env="test", data=Path(folder), log_level="ERROR")
        bootstrap.migrate(settings)
        app = bootstrap.build(settings)
        client = create(app).test_client()
        told = [_compare(name, ask, known) for name, (ask, known) in _questions(app, client).items()]
        app.close()
    return 1 if any(told) else 0


def _compare(name: str, ask: Ask, known: Callable[[int], str]) -> bool:
    """Whether known and unknown can be told apart; prints a line."""
    found: tuple[list[float], list[float], list[float]] = ([], [], [])
    statuses: list[set[int]] = [set(), set(), set()]
    for turn in range(ROUNDS + 1):
        who = (known(turn), _nobody(name), _nobody(name))
        for place in [(turn + shift) % 3 for shift in range(3)]:
            began = time.perf_counter()
            statuses[place].add(ask(who[place]))
            if turn:
                found[place].append(time.perf_counter() - began)
    here, control = chance(found[0], found[1]), chance(found[2], found[1])
    bound = 3 * sqrt((2 * ROUNDS + 1) / (12 * ROUNDS**2))
    told = abs(here - 0.5) > bound or statuses[0] != statuses[1]
    middle = " / ".join(f"{median(times) * 1000:.2f}" for times in found)
    print(
        f"   {name}: known/unknown {here:.3f}, control {control:.3f}, bound 0.5 ± {bound:.3f}; "
        f"medians {middle} ms; statuses {sorted(statuses[0] | statuses[1])}: {'TOLD' if told else 'alike'}",
        flush=True,
    )
    return told


def chance(ours: Sequence[float], others: Sequence[float]) -> float:
    """Chance that one of `ours` is larger than one of `others` (Mann and Whitney's U, divided)."""
    ranked = sorted(others)
    won = sum((bisect_left(ranked, x) + bisect_right(ranked, x)) / 2 for x in ours)
    return won / (len(ours) * len(ranked))


def _questions(app: App, client: FlaskClient) -> dict[str, tuple[Ask, Callable[[int], str]]]:
    """Question → how it is asked, and of whom who is known."""
    ids, numbers, niks, mails = _people(app)

    def post(path: str, **body: Any) -> int:
        headers = {"Idempotency-Key": new_id(), **clerk}
        where = {
            "REMOTE_ADDR": f"10.{next(asked) // 250}.0.{next(asked) % 250}"
        }  # no address meets its limit
        answer = client.post(path, json=body, headers=headers, environ_base=where)
        answer.close()
        return answer.status_code

    clerk: dict[str, str] = {}
    asked = count()
    signed = client.post("/v1/masuk/petugas", json={"akun": CLERK, "sandi": PASSWORD}).get_json()

    def slip(nik: str) -> int:
        clerk["Authorization"] = f"Bearer {signed['token']}"
        try:
            return post("/v1/warga", ktp_dilihat=True, nik=nik, nama="Contoh Warga")
        finally:
            clerk.clear()

    def seen(values: list[str]) -> Callable[[int], str]:
        return lambda turn: values[turn]

    return {
        "password of an account": (
            lambda akun: post("/v1/masuk/petugas", akun=akun, sandi="salah"),
            seen(ids),
        ),
        "pin of a number": (lambda n: post("/v1/masuk/warga/pin", nomor=n, pin="000000"), seen(numbers)),
        "slip of a number": (
            lambda n: post("/v1/warga/aktivasi", nomor=n, kode="ABCDEFGH", pin=PIN),
            seen(numbers),
        ),
        "nik at the counter": (slip, seen(niks)),
        "links to a contact": (
            lambda mail: post("/v1/masuk/kirim-ulang", jenis="email", nilai=mail),
            seen(mails),
        ),
    }


def _people(app: App) -> tuple[list[str], list[str], list[str], list[str]]:
    """Known accounts, numbers, NIK and contacts, one of each for every round."""
    sandi, pin = app.passwords.hash(PASSWORD), app.passwords.hash(PIN)
    fields = {"jenis": akun.PETUGAS, "peran": "petugas_loket", "wilayah": ["3276011006"], "sandi": sandi}
    clerk = {**fields, "nama": "Contoh Petugas"}
    app.direktori.change(CLERK, akun.baru(CLERK, clerk), Cause.command(CLERK))
    rows: tuple[list[str], list[str], list[str], list[str]] = ([], [], [], [])
    for n in range(ROUNDS + 1):
        id, number, nik = f"petugas.{n:04}", nomor.make(secrets.randbelow(10**9)), f"327601120395{n:04}"
        contact = kontak.parse("email", f"warga{n}@warga.example")
        kursi = seat(app.direktori.fingerprint(contact), 0)
        person = {"orang_h": app.pseudonyms.of("nik", nik), "nomor": number, "pin": pin, "tingkat": "dikenal"}
        app.direktori.change(id, akun.baru(id, clerk), Cause.command(id))
        app.direktori.change(nik, warga.baru(nik, contact, kursi, person), Cause.command(nik))
        for row, value in zip(rows, (id, number, nik, contact.nilai), strict=True):
            row.append(value)
    return rows


def _nobody(question: str) -> str:
    """Somebody who does not exist, as long as those who do."""
    n = secrets.randbelow(10**4)
    return {
        "password of an account": f"seorang.{n:04}",
        "nik at the counter": f"32760512039{n:04}5"[:16].ljust(16, "5"),
        "links to a contact": f"wargi{n % 1000}@warga.example",
    }.get(question, nomor.make(secrets.randbelow(10**9)))


if __name__ == "__main__":
    raise SystemExit(main())
