"""A corrected letter: a new letter with a new number that names the old one, which then shows "diganti" (R10).

The counter proposes, corrected against a paper; whoever signed the old letter agrees anew, in the same order (R4).
`letter["perbaikan"]` of the old one = {alasan, koreksi, oleh, waktu, setuju, tertahan?}; the new one bears
`mengganti` {surat, nomor, tanggal} and `koreksi`, the answers that differ from the application's. `perbaikan` of the
case says for whose word it waits: {untuk, sejak}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dokumen.domain import perkara as p
from dokumen.domain import surat
from dokumen.domain.galat import BukanGiliran, DokumenSalah, MedanAsing
from dokumen.domain.langkah import Janji, Langkah, Perkara
from dokumen.domain.tahan import Ditahan
from dokumen.domain.waktu import utc

TUGAS = "perbaiki_surat"
LAGI = 900  # seconds until a correction that lacks something is tried again


@dataclass(frozen=True, slots=True, kw_only=True)
class Usul:
    """What is wrong, as a code, and the answers as they should be."""

    alasan: str
    koreksi: Mapping[str, Any]


def usulkan(perkara: Perkara, id: str, usul: Usul, oleh: str, waktu: datetime) -> Langkah:
    """Propose; a later proposal replaces one to which nobody agreed, or from which no letter can be made.

    Raises `DokumenSalah` or `MedanAsing`.
    """
    letter = surat.dalam_kekuatan(perkara["surat"][id])
    half = perkara.get("pribadi")
    if not half:
        raise DokumenSalah("Data permohonan ini sudah dihapus. Ajukan permohonan baru.")
    before = letter.get("perbaikan") or {}
    if before.get("setuju") and "tertahan" not in before:
        raise DokumenSalah("Perbaikan surat ini sudah disetujui dan sedang diproses.")
    # A letter that is a correction itself keeps what was corrected before.
    koreksi = {**(letter.get("koreksi") or {}), **usul.koreksi}
    if strange := sorted(set(usul.koreksi) - set(half["jawaban"])):
        raise MedanAsing(f"Isian ini tidak ada pada permohonan: {', '.join(strange)}.")
    note = {
        "alasan": usul.alasan,
        "koreksi": koreksi,
        "oleh": oleh,
        "waktu": utc(waktu),
        "setuju": [],
    }
    return Langkah(perkara=_menunggu(p.ubah_isi(perkara, "surat", id, perbaikan=note)))


def giliran(letter: Mapping[str, Any]) -> str | None:
    """The role that has to agree next to a letter's correction; None where nothing waits for a word."""
    note = letter.get("perbaikan")
    if note is None or letter["status"] != surat.BERLAKU:
        return None
    wanted = [str(s["peran"]) for s in letter["penandatangan"]][len(note["setuju"]) :]
    return wanted[0] if wanted else None


def perubahan(perkara: Mapping[str, Any], letter: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a proposal changes on the letter that is in force: {medan, lama, baru} each."""
    half = perkara.get("pribadi")
    if not half or "perbaikan" not in letter:
        return []
    before = {**half["jawaban"], **(letter.get("koreksi") or {})}
    changed = letter["perbaikan"]["koreksi"].items()
    return [{"medan": k, "lama": before.get(k), "baru": v} for k, v in sorted(changed) if before.get(k) != v]


def _menunggu(perkara: Perkara) -> Perkara:
    """The case under the role whose word its corrections wait for, so that it is found."""
    waiting = [(str(s["perbaikan"]["waktu"]), r) for s in perkara["surat"].values() if (r := giliran(s))]
    since, role = min(waiting, default=("", None))
    return p.ubah(perkara, perbaikan={"untuk": role, "sejak": since} if role else None)


def setujui(perkara: Perkara, id: str, siapa: Mapping[str, str], waktu: datetime) -> Langkah:
    """The next signer of the old letter agrees: {peran, oleh, kantor}. Raises `DokumenSalah` or `BukanGiliran`."""
    letter = surat.dalam_kekuatan(perkara["surat"][id])
    note = letter.get("perbaikan")
    if note is None:
        raise DokumenSalah("Belum ada usul perbaikan untuk surat ini.")
    wanted = [str(s["peran"]) for s in letter["penandatangan"]]
    agreed = note["setuju"]
    if len(agreed) >= len(wanted) or siapa["peran"] != wanted[len(agreed)]:
        raise BukanGiliran("Perbaikan ini tidak sedang menunggu persetujuan Anda.")
    signed = [*agreed, {**siapa, "waktu": utc(waktu)}]
    state = _menunggu(p.ubah_isi(perkara, "surat", id, perbaikan={**note, "setuju": signed}))
    make = Janji(id=f"{TUGAS}.{id}", jenis=TUGAS, data={"surat": id})
    return Langkah(perkara=state, janji=(make,) if len(signed) == len(wanted) else ())


def diperbaiki(perkara: Perkara, id: str) -> Perkara:
    """The case as if it had been filed and approved with the corrections: what a letter is prepared from."""
    note = perkara["surat"][id]["perbaikan"]
    return {**perkara, "setuju": note["setuju"], "pribadi": pribadi(perkara, note)}


def pribadi(perkara: Mapping[str, Any], letter: Mapping[str, Any]) -> dict[str, Any]:
    """The personal half with a letter's corrections; a corrected name is the subject's too."""
    half, changed = perkara["pribadi"], letter.get("koreksi") or {}
    person = {**half["subjek"][0], **{name: changed[name] for name in ("nama", "nik") if name in changed}}
    return {**half, "jawaban": {**half["jawaban"], **changed}, "subjek": [person, *half["subjek"][1:]]}


def tetapkan(
    perkara: Perkara, lama: str, isi: Mapping[str, Any] | Ditahan, id: str, waktu: datetime
) -> Langkah:
    """Fix the new letter as its first one was, or note what is missing and try again."""
    old = perkara["surat"][lama]
    note = old.get("perbaikan")
    if old["status"] != surat.BERLAKU or note is None or "surat" in note:
        return Langkah(perkara=perkara)
    if isinstance(isi, Ditahan):
        held = {**note, "tertahan": {"alasan": isi.alasan, "medan": isi.medan}}
        again = Janji(id=f"{TUGAS}.{lama}", jenis=TUGAS, tunda=LAGI, data={"surat": lama})
        return Langkah(perkara=p.ubah_isi(perkara, "surat", lama, perbaikan=held), janji=(again,))
    fixed = {
        "status": surat.MENUNGGU,
        "layanan": old["layanan"],
        "putaran": old["putaran"],
        **isi,
        "ditetapkan": utc(waktu),
        "mengganti": {"surat": lama, "nomor": old["tertulis"][0]["nomor"], "tanggal": old["tanggal"]},
        "koreksi": note["koreksi"],
    }
    done = p.ubah_isi(perkara, "surat", lama, perbaikan={**note, "surat": id})
    issue = Janji(id=f"terbitkan.{id}", jenis="terbitkan", data={"surat": id})
    return Langkah(perkara=p.ubah_isi(done, "surat", id, **fixed), janji=(issue,))
