"""What happens on the day, from a seed alone: who comes when, where, for what, and which mistake is made."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ekel.hari.kantor import Kantor

PENUH: Final = 210  # applications of a whole day, at scale 1
BUKA, TUTUP, RAMAI = 0, 420, 120  # minutes after opening: first and last visitor, the rush at ten
_DARING = "SKDOM"  # of the services that want a paper of RT and RW
_SURAT = frozenset({"LURAH", "CAMAT", "KECAMATAN"})


class Lakon(StrEnum):
    """What is particular about a visit."""

    LANCAR = "lancar"
    LOKET = "loket"  # comes to the counter, the clerk files and scans
    BURAM = "buram"  # a shaken photograph, sent all the same
    KURANG = "kurang"  # says that he has no such paper, then finds it
    NIK_SALAH = "nik_salah"  # mistyped, seen by the clerk
    NIK_KURANG = "nik_kurang"  # a digit missing, seen by the form
    BAWA = "bawa"  # brings the papers to the counter
    KECAMATAN = "kecamatan"  # sent back by the kecamatan to the kelurahan once
    TOLAK = "tolak"
    BATAL = "batal"
    SALAH_KANTOR = "salah_kantor"  # files at a neighbouring office, whose clerk moves it (R7)
    RT_RW = "rt_rw"  # has no paper of RT and RW, who are asked by link (R9)
    HALAMAN = "halaman"  # asks for what the office does not issue, gets the page that says where


_SEMUA_WARGA: Final = (Lakon.BURAM, Lakon.KURANG, Lakon.NIK_SALAH, Lakon.NIK_KURANG, Lakon.BAWA)
_TANPA_KERTAS: Final = frozenset({"SKDOM", "SKTM", "SKCK_P", "SKBM"})
_BOBOT: Final = {
    Lakon.LANCAR: 44,
    Lakon.LOKET: 24,
    Lakon.BURAM: 6,
    Lakon.KURANG: 6,
    Lakon.NIK_SALAH: 5,
    Lakon.NIK_KURANG: 4,
    Lakon.BAWA: 5,
    Lakon.SALAH_KANTOR: 3,
    Lakon.RT_RW: 6,
    Lakon.TOLAK: 3,
    Lakon.BATAL: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kunjungan:
    """One visit; `menit` after opening, `benih` makes person, answers and pictures.

    `salah` is the office where it is filed by mistake, before it comes to `kantor`.
    """

    nomor: int
    menit: int
    kantor: Kantor
    layanan: str
    alur: str
    lakon: Lakon
    benih: int
    salah: Kantor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rencana:
    """`absen`: its lurah is away and a Plh. signs; `tutup`: closed, the kecamatan's counter works for it (R20).

    `daring`: RT and RW confirm by link there, and nowhere else.
    """

    kunjungan: tuple[Kunjungan, ...]
    absen: Kantor
    tutup: Kantor
    daring: Kantor


def susun(
    kantor: Sequence[Kantor], layanan: Sequence[Mapping[str, Any]], *, benih: int, skala: float
) -> Rencana:
    """The same plan for the same seed, offices and services. `layanan` as GET /v1/layanan/{kode} tells them.

    However small the scale: every service, every mistake, every end once.
    """
    rng = random.Random(benih)  # noqa: S311 - a play, not a secret
    whole = [s for s in layanan if s["alur"] in _SURAT]
    forwarded = [s for s in layanan if s["alur"] == "TERUSKAN"]
    pages = [s for s in layanan if s["alur"] == "INFO"] + [s for s in whole if s["dibatasi"]]
    first = [*whole, *forwarded]
    daring = kantor[next(n for n, s in enumerate(first) if s["kode"] == _DARING) % len(kantor)]
    absen, tutup = rng.sample([k for k in kantor if not k.dibuka and k != daring], 2)
    many = max(len(first), round(PENUH * skala))
    rest = rng.choices([s for s in first if not s["dibatasi"]], k=many - len(first))
    wanted = [*zip(first, _sekali(rng, first), strict=True), *((s, _lakon(rng, s)) for s in rest)]
    wanted += [(s, Lakon.HALAMAN) for s in pages]
    around = [*kantor, *rng.choices(kantor, k=len(wanted))]
    visits = []
    for n, (service, lakon) in enumerate(wanted):
        place = daring if lakon is Lakon.RT_RW else _tempat(rng, service, lakon, kantor, around[n])
        visit = Kunjungan(
            nomor=n,
            menit=_menit(rng),
            kantor=place,
            layanan=service["kode"],
            alur=service["alur"],
            lakon=lakon,
            benih=benih * 100_000 + n,
            salah=rng.choice([k for k in kantor if k != place]) if lakon is Lakon.SALAH_KANTOR else None,
        )
        visits.append(visit)
    by_time = sorted(visits, key=lambda v: (v.menit, v.nomor))
    return Rencana(kunjungan=tuple(by_time), absen=absen, tutup=tutup, daring=daring)


def _sekali(rng: random.Random, services: Sequence[Mapping[str, Any]]) -> list[Lakon]:
    """Each mistake and each end once among the first of every service, the rest at the counter or without any."""
    special = [*_SEMUA_WARGA, Lakon.TOLAK, Lakon.BATAL]
    # Not RAMAI: a small one ends with the lurah, so the kecamatan could not send it back.
    given = {n: Lakon.KECAMATAN for n, s in enumerate(services) if s["kode"] == "SKTM"}
    given |= {n: Lakon.RT_RW for n, s in enumerate(services) if s["kode"] == _DARING}
    plain = [n for n, s in enumerate(services) if n not in given and not s["dibatasi"]]
    given[rng.choice(plain)] = Lakon.SALAH_KANTOR
    free = [n for n, s in enumerate(services) if n not in given and s["alur"] in _SURAT]
    given |= dict(zip(rng.sample(free, min(len(free), len(special))), special, strict=False))
    others = [n for n in range(len(services)) if n not in given]
    given |= {n: Lakon.LANCAR if rank % 2 else Lakon.LOKET for rank, n in enumerate(others)}
    return [given[n] for n in range(len(services))]


def _lakon(rng: random.Random, service: Mapping[str, Any]) -> Lakon:
    drawn = rng.choices(list(_BOBOT), list(_BOBOT.values()))[0]
    refused = drawn is Lakon.TOLAK and service["alur"] not in _SURAT
    paper = drawn is Lakon.RT_RW and service["kode"] not in _TANPA_KERTAS
    return Lakon.LANCAR if refused or paper else drawn


def _menit(rng: random.Random) -> int:
    """A third of all come within five minutes at ten."""
    if rng.random() < 1 / 3:
        return RAMAI + rng.randrange(5)
    return int(rng.triangular(BUKA, TUTUP, RAMAI))


def _tempat(
    rng: random.Random,
    service: Mapping[str, Any],
    lakon: Lakon,
    kantor: Sequence[Kantor],
    other: Kantor,
) -> Kantor:
    """A restricted service is given where it was opened, and its page anywhere else."""
    if not service["dibatasi"]:
        return other
    opened = [k for k in kantor if (service["kode"] in k.dibuka) != (lakon is Lakon.HALAMAN)]
    return rng.choice(opened)
