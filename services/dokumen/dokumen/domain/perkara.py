"""One application as this service sees it: whose turn it is, its round, papers and letters.

    {tahap, putaran, layanan, versi, lengkap, setuju, pribadi, pembatalan, berkas: {id: …}, surat: {id: …}, tertahan}

`tahap` says who owns the case. Events of the log and the personal half may come in either order; an upload may
come before both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dokumen.domain.langkah import Perkara

TERBUKA = "terbuka"  # pengajuan owns it: papers come in
DIKEMBALIKAN = "dikembalikan"  # the applicant corrects; papers belong to the next round
DIPROSES = "diproses"  # persetujuan owns it
DISETUJUI = "disetujui"  # ours
TERBIT = "terbit"
DISERAHKAN = "diserahkan"
DICABUT = "dicabut"
DIBATALKAN = "dibatalkan"
DITOLAK = "ditolak"
DITUTUP = "ditutup"
DITERUSKAN = "diteruskan"  # to another institution: no letter is made here
DIPINDAH = "dipindah"  # misfiled: it goes on as a case of the right office
TAHAP = frozenset({
    TERBUKA, DIKEMBALIKAN, DIPROSES, DISETUJUI, TERBIT, DISERAHKAN, DICABUT, DIBATALKAN, DITOLAK, DITUTUP,
    DITERUSKAN, DIPINDAH,
})  # fmt: skip
DIHAPUS = "dihapus"  # status of a paper whose file is erased
SELESAI = frozenset({DIBATALKAN, DITOLAK, DITUTUP, DITERUSKAN, DIPINDAH})
MILIK_KAMI = frozenset({DISETUJUI, TERBIT, DISERAHKAN, DICABUT})


def baru() -> Perkara:
    """A case nobody told us of yet; round 0 is unknown."""
    return {"tahap": TERBUKA, "putaran": 0, "layanan": None, "berkas": {}, "surat": {}}


def ubah(perkara: Perkara | None, **nilai: Any) -> Perkara:
    """A copy with some fields changed; None removes a field."""
    merged = {**(perkara or baru()), **nilai}
    return {name: value for name, value in merged.items() if value is not None or name == "layanan"}


def ubah_isi(perkara: Perkara, bagian: str, id: str, /, **nilai: Any) -> Perkara:
    """A copy with one paper or letter changed."""
    inner = perkara[bagian]
    return {**perkara, bagian: {**inner, id: {**inner.get(id, {}), **nilai}}}


def pemilik(perkara: Mapping[str, Any]) -> str:
    """The applicant's account; empty for a walk-in without one, or while unknown."""
    return str((perkara.get("pribadi") or {}).get("akun") or "")


def bersebelahan(kunci: str, sha256: str) -> str:
    """The key of another object of the same application."""
    return f"{kunci.rpartition('/')[0]}/{sha256}"


def kunci_dipakai(perkara: Mapping[str, Any] | None) -> set[str]:
    """Keys of all objects the case refers to; anything else under its prefix may be swept."""
    found: set[str] = set()
    for item in (*(perkara or {}).get("berkas", {}).values(), *(perkara or {}).get("surat", {}).values()):
        # A letter on its way to its signatures also has a sheet so far, and perhaps a scan of it.
        for part in (item, item.get("lembar") or {}, item.get("pindaian") or {}):
            found |= {part[name] for name in ("karantina", "objek", "gambar") if part.get(name)}
        found |= {
            bersebelahan(item["objek"], sha) for sha in item.get("gambar_halaman", ()) if item.get("objek")
        }
    return found
