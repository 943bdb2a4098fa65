"""What officials hear at once (R12): that somebody waits, that a task is late, that a letter was not signed.

A new task is no message of its own: it waits in their list, and the digest tells of it (`domain/ringkasan.py`).
"""

from __future__ import annotations

from typing import Final

from notifikasi.domain.kabar import Kabar
from notifikasi.domain.kirim import Data, Kirim
from notifikasi.domain.penerima import kotak

SEGERA: Final = frozenset(
    {
        "ditunggu",
        "terlambat",
        "eskalasi",
        "asli_tidak_sesuai",
        "tanda_gagal",
        "wakil_dicatat",
        "wakil_dicabut",
    }
)
"""Messages to officials that leave the application too, to each one's own contact."""


def tugas(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """The first task of a round tells the applicant the date due; its officials hear it if somebody waits for it."""
    last = {"jatuh_tempo": max(kabar.tenggat.values(), default=data["jatuh_tempo"])}
    complete = Kirim(langkah="lengkap", kunci=f"lengkap.{data['putaran']}", isi=last)
    if not data.get("ditunggu"):
        return (complete,)
    return (_pejabat("ditunggu", f"tugas.{data['tugas']}", data, data["peran"], data["kantor"]), complete)


def ditunggu(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """The resident waits at the counter: the task's officials hear it at once."""
    return (_pejabat("ditunggu", f"ditunggu.{data['tugas']}", data, data["peran"], data["kantor"]),)


def dekat(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """Some hours before a task is due: its officials."""
    return (_pejabat("dekat", f"dekat.{data['tugas']}", data, data["peran"], data["kantor"]),)


def terlambat(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A task is overdue: its officials at once (R12), and the counter, where the resident will ask."""
    key = f"terlambat.{data['tugas']}"
    return (
        _pejabat("terlambat", key, data, data["peran"], data["kantor"]),
        _pejabat("terlambat_loket", f"{key}.loket", data, "petugas_loket", kabar.kantor),
    )


def eskalasi(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """Those above a late task hear of it; they cannot decide it (R12). A task's section is not theirs."""
    key = f"eskalasi.{data['tugas']}.{data['urut']}"
    above = {name: value for name, value in data.items() if name != "seksi"}
    return (_pejabat("eskalasi", key, above, data["kepada_peran"], data["kepada_kantor"]),)


def tanda_gagal(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A letter could not be signed: whose signature it was hears it; nobody does where the event does not say whose."""
    if "peran" not in data:
        return ()
    key = f"tanda_gagal.{data['surat']}.{data['peran']}"
    return (Kirim(langkah="tanda_gagal", kunci=key, kepada=kotak(data["peran"], data["kantor"])),)


def _pejabat(langkah: str, kunci: str, data: Data, peran: str, kantor: str) -> Kirim:
    known = {"jatuh_tempo": data["jatuh_tempo"], "tugas": data["tugas"], "seksi": data.get("seksi", "")}
    return Kirim(langkah=langkah, kunci=kunci, kepada=kotak(peran, kantor), isi=known)
