"""What the other services say of a case, and what follows here. An earlier round is recorded, never applied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dokumen.domain import perkara as p
from dokumen.domain import pindah
from dokumen.domain.langkah import Fakta, Janji, Langkah, Perkara
from dokumen.domain.waktu import utc

SIAPKAN = "siapkan"
Data = Mapping[str, Any]


def usang(perkara: Perkara | None, data: Data) -> bool:
    """Whether the event belongs to a round that is over."""
    return perkara is not None and int(data.get("putaran", 0)) < perkara["putaran"]


def diajukan(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    known = {"layanan": data["layanan"], "versi": data["versi_layanan"], "putaran": data["putaran"]}
    state = p.ubah(perkara, **known)
    return pindah.dari(state, data["pindah_dari"]) if "pindah_dari" in data else Langkah(perkara=state)


def lengkap(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    """Complete: from now on the papers of this round are fixed."""
    papers = [dict(b) for b in data["berkas"]]
    return Langkah(
        perkara=p.ubah(
            perkara,
            tahap=p.DIPROSES,
            layanan=data["layanan"],
            versi=data["versi_layanan"],
            putaran=data["putaran"],
            lengkap={"hash": data["hash"], "konseptor": data["konseptor"], "berkas": papers},
        )
    )


def dikembalikan(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    """Back to the applicant (next round) or to the counter (same round)."""
    tahap = p.DIKEMBALIKAN if data.get("target") == "warga" else p.TERBUKA
    return Langkah(perkara=p.ubah(perkara, tahap=tahap, putaran=data["putaran"]))


def diperbaiki(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    return Langkah(perkara=p.ubah(perkara, tahap=p.TERBUKA, putaran=data["putaran"]))


def dibatalkan(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    return _tutup(perkara, p.DIBATALKAN)


def ditutup(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    return _tutup(perkara, p.DIPINDAH if data["sebab"] == "dipindah" else p.DITUTUP)


def diteruskan(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    return _tutup(perkara, p.DITERUSKAN)


def ditolak(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    return _tutup(perkara, p.DITOLAK)


def _tutup(perkara: Perkara | None, tahap: str) -> Langkah:
    """A closed case; a letter that has its number already stays what it is."""
    known = perkara or p.baru()
    if known["surat"]:
        return Langkah(perkara=known)
    return Langkah(perkara=p.ubah(known, tahap=tahap, tertahan=None, pembatalan=None), selesai=(SIAPKAN,))


def disetujui(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    """The case is ours. A cancellation asked for meanwhile is granted: no number was given yet."""
    state = p.ubah(
        perkara, tahap=p.DISETUJUI, putaran=data["putaran"], setuju=[dict(s) for s in data["setuju"]]
    )
    if state.get("pembatalan"):
        return _kabulkan(state, data["putaran"], waktu)
    return _lanjut(state)


def pribadi(perkara: Perkara | None, data: Data | None, waktu: datetime) -> Langkah:
    """The personal half; None removes it. It may be the half that a letter waited for."""
    state = p.ubah(perkara, pribadi=None if data is None else dict(data))
    if data is not None and data.get("layanan") and state["layanan"] is None:
        state = p.ubah(state, layanan=data["layanan"])
    return _lanjut(state)


def _lanjut(perkara: Perkara) -> Langkah:
    """With both halves, a letter is to be prepared."""
    ready = perkara["tahap"] == p.DISETUJUI and perkara.get("pribadi") and not perkara["surat"]
    return Langkah(perkara=perkara, janji=(siapkan(),) if ready else ())


def siapkan(tunda: int = 0) -> Janji:
    return Janji(id=SIAPKAN, jenis="siapkan", tunda=tunda)


def pembatalan_diminta(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    """Answered by whoever owns the case; before that it is only remembered."""
    state = p.ubah(perkara, pembatalan=True)
    if state["tahap"] not in p.MILIK_KAMI:
        return Langkah(perkara=state)
    if not state["surat"]:
        return _kabulkan(state, data["putaran"], waktu)
    told = {"putaran": data["putaran"], "alasan": "sudah_bernomor", "waktu": utc(waktu)}
    fact = Fakta(nama="pembatalan.ditolak", data=told, putaran=data["putaran"])
    return Langkah(perkara=p.ubah(state, pembatalan=None), fakta=(fact,))


def pembatalan_dikabulkan(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    """By persetujuan, while the case was theirs."""
    return _tutup(perkara, p.DIBATALKAN)


def pembatalan_ditolak(perkara: Perkara | None, data: Data, waktu: datetime) -> Langkah:
    return Langkah(perkara=p.ubah(perkara, pembatalan=None))


def _kabulkan(perkara: Perkara, putaran: int, waktu: datetime) -> Langkah:
    fact = Fakta(
        nama="pembatalan.dikabulkan", data={"putaran": putaran, "waktu": utc(waktu)}, putaran=putaran
    )
    state = p.ubah(perkara, tahap=p.DIBATALKAN, pembatalan=None, tertahan=None)
    return Langkah(perkara=state, fakta=(fact,), selesai=(SIAPKAN,))
