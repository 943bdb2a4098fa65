"""`ekel simulate-day`: prepare, let people come as office time passes, follow the stream to the last case, report."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import urllib3
from rich.console import Console

from ekel.demo.client import Client, Unexpected
from ekel.demo.people import resident
from ekel.demo.stage import Narrator, Stream
from ekel.hari import kabar, kantor, kelola, rencana, tabel, warga
from ekel.hari.buku import Buku, Kasus
from ekel.hari.hari import Hari
from ekel.hari.layar import Layar
from ekel.hari.meja import WARGA, Meja

OPERATOR, KOTA = "operator", "3276"
_LINES: Final = 64  # connections kept open
_TIMEOUT: Final = 90.0  # seconds per request: the machine may be busy with pictures
_LOOK: Final = 0.3  # seconds between two looks at the stream
_WIDTH: Final = 120  # columns of a table that goes to a file
_OPENING: Final = 8 * 60  # 08.00 in minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Minta:
    """`kecepatan`: seconds of office time in a second, 0: everybody comes at once; `sabar`, `pesan` as in `Hari`."""

    url: str
    benih: int
    skala: float
    kecepatan: float
    sabar: float
    pesan: Path | None = None


def run(minta: Minta) -> int:
    """Exit code: 0 as planned, 1 not."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    try:
        return _hari(minta, console)
    except Unexpected as error:
        print(f"not as expected: {error}", file=sys.stderr)
        return 1


def _hari(minta: Minta, console: Console) -> int:
    pool = urllib3.PoolManager(maxsize=_LINES, timeout=_TIMEOUT, retries=False)
    client = Client(minta.url, pool=pool, patience=minta.sabar)
    offices = kantor.aktif(client, KOTA)
    services = [client.get(f"/v1/layanan/{s['kode']}") for s in client.get("/v1/layanan")["isi"]]
    plan = rencana.susun(offices, services, benih=minta.benih, skala=minta.skala)
    buku = Buku([Kasus(kunjungan=v, orang=resident(v.benih, v.kantor.kode[:6])) for v in plan.kunjungan])
    meja = Meja(client, buku)
    operator = meja.petugas(OPERATOR)
    hari = Hari(
        client=client,
        layanan={str(s["kode"]): s for s in services},
        rencana=plan,
        hari_ini=date.fromisoformat(operator.get("/v1/statistik")["sampai"]),
        buku=buku,
        meja=meja,
        sabar=minta.sabar,
        pesan=minta.pesan,
    )
    stream = Stream(operator, KOTA, Narrator(quiet=True))
    stream.start()
    _cerita(console, hari, services, minta)
    with kelola.keadaan(hari), Layar(console, buku) as layar:
        _ikuti(hari, stream, layar, minta)
        meja.tutup()
    tabel.cetak(console, buku, offices)
    return 1 if buku.tak_terduga else 0


def _cerita(console: Console, hari: Hari, services: Sequence[Any], minta: Minta) -> None:
    plan = hari.rencana
    console.print(
        f"{len(plan.kunjungan)} visits, {len(services)} services, seed {minta.benih}; "
        f"the lurah of {plan.absen.nama} is away, {plan.tutup.nama} is closed, "
        f"RT and RW of {plan.daring.nama} confirm by link",
        highlight=False,
        soft_wrap=True,
    )


def _ikuti(hari: Hari, stream: Stream, layar: Layar, minta: Minta) -> None:
    """Until every case has its end, or nothing has moved for as long as patience lasts."""
    coming, began = list(hari.buku.semua), time.monotonic()
    moved, seen = began, -1
    while hari.buku.terbuka():
        now = time.monotonic()
        minute = (now - began) * minta.kecepatan / 60 if minta.kecepatan else rencana.TUTUP
        while coming and coming[0].kunjungan.menit <= minute:
            hari.meja.titip(WARGA, coming.pop(0), lambda k: warga.datang(hari, k))
            moved = now
        kabar.baca(hari, stream)
        layar.tunjuk(_jam(minute))
        if hari.buku.berubah != seen:
            moved, seen = now, hari.buku.berubah
        if not coming and now - moved > hari.sabar:
            for kasus in hari.buku.terbuka():
                hari.buku.gagal(kasus, f"nothing happened for {hari.sabar:.0f} s")
        time.sleep(_LOOK)


def _jam(minute: float) -> str:
    whole = _OPENING + int(min(minute, rencana.TUTUP))
    return f"{whole // 60:02d}.{whole % 60:02d}"
