"""A letter: fixed first, then numbered and sealed, then in force until it is revoked, replaced or too old.

{status, layanan, jenis, putaran, register: [...], tanggal, kantor, penandatangan, …, nomor, sha256, objek}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from dokumen.domain import kunci, nomor, seberkas, tahan
from dokumen.domain import perkara as p
from dokumen.domain.galat import AsliKurang, BelumDilepas, BelumTerbit, DokumenSalah
from dokumen.domain.ikuti import SIAPKAN
from dokumen.domain.langkah import Fakta, Janji, Langkah, Perkara
from dokumen.domain.tahan import Ditahan
from dokumen.domain.waktu import utc

MENUNGGU, BERLAKU = tahan.MENUNGGU, seberkas.BERLAKU
DICABUT, DIGANTI, KEDALUWARSA = "dicabut", "diganti", "kedaluwarsa"
DIMUSNAHKAN = "dimusnahkan"
TIDAK_SESUAI = "asli_tidak_sesuai"  # why a clerk revokes (R8); notifikasi tells the lurah
BATAL = seberkas.BATAL
STATUS = frozenset({MENUNGGU, BATAL, BERLAKU, DICABUT, DIGANTI, KEDALUWARSA, DIMUSNAHKAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bernomor:
    """Numbers and their series, beside the registers of the letter."""

    urut: tuple[int, ...]
    seri: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terbit:
    """What issuing at once made: numbers beside their registers, and the file."""

    nomor: Bernomor
    sha256: str
    ukuran: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Siapan:
    """Codes of all letters that the case yields, in order; and those of them that are to be fixed now."""

    hasil: tuple[str, ...]
    isi: tuple[Mapping[str, Any], ...]


def tetapkan(perkara: Perkara, siapan: Siapan | Ditahan, ids: Sequence[str], waktu: datetime) -> Langkah:
    """Fix what a redo must find again (registers, year, date, signers), or hold with a reason.

    All letters of the case at once: one that cannot be written yet holds the others, and no number is given in vain.
    """
    if perkara["tahap"] != p.DISETUJUI or not seberkas.kurang(perkara, seberkas.hasil(perkara)):
        return Langkah(perkara=perkara)
    if isinstance(siapan, Ditahan):
        return tahan.kasus(perkara, siapan, ids[0], waktu)
    common = {"status": MENUNGGU, "layanan": perkara["layanan"], "putaran": perkara["putaran"]}
    wanted = [{**common, **isi, "ditetapkan": utc(waktu)} for isi in siapan.isi]
    missing = seberkas.kurang(perkara, siapan.hasil)
    fixed = dict(zip(ids, (s for s in wanted if seberkas.kode(s) in missing), strict=False))
    issue = tuple(Janji(id=f"terbitkan.{id}", jenis="terbitkan", data={"surat": id}) for id in fixed)
    plan = list(siapan.hasil) if len(siapan.hasil) > 1 else None
    state = p.ubah(tahan.tertulis(perkara), surat={**perkara["surat"], **fixed}, hasil=plan)
    return Langkah(perkara=state, janji=issue, selesai=(SIAPKAN,))


def terbitkan(
    perkara: Perkara, kantor: str, permohonan: str, id: str, hasil: Terbit, waktu: datetime
) -> Langkah:
    """In force, with its number and file. Whoever writes first decides which bytes count."""
    letter = perkara["surat"][id]
    if letter["status"] != MENUNGGU:
        return Langkah(perkara=perkara)
    file = {
        "sha256": hasil.sha256,
        "ukuran": hasil.ukuran,
        "objek": kunci.bersih(kantor, permohonan, hasil.sha256),
    }
    numbered = p.ubah_isi(tahan.lepas(perkara, id), "surat", id, **bernomor(letter, hasil.nomor))
    made = mulai_berlaku(numbered, id, file, waktu)
    told = (fakta_disiapkan(id, made.perkara["surat"][id], waktu), *made.fakta)
    return Langkah(perkara=made.perkara, fakta=told, janji=made.janji)


def bernomor(letter: Mapping[str, Any], hasil: Bernomor) -> dict[str, Any]:
    """The numbers as a letter keeps them, and as printed."""
    books = zip(letter["register"], hasil.urut, hasil.seri, strict=True)
    numbers = [
        {"kantor": r["kantor"], "tahun": r["tahun"], "urut": urut, "seri": seri} for r, urut, seri in books
    ]
    return {"nomor": numbers, "tertulis": _written(letter, hasil.urut)}


def mulai_berlaku(perkara: Perkara, id: str, berkas: Mapping[str, Any], waktu: datetime) -> Langkah:
    """In force with its final file {objek, sha256, ukuran}: `surat.diterbitkan`."""
    issued = {"status": BERLAKU, **berkas, "terbit": utc(waktu)}
    state = seberkas.sejalan(_ganti(p.ubah_isi(perkara, "surat", id, **issued), id, waktu))
    lock = Janji(id=f"kunci.{id}", jenis="kunci_surat", data={"surat": id})
    known = Janji(id=f"kenali.{id}", jenis="kenali_surat", data={"surat": id})
    told = _fakta_diterbitkan(id, state, waktu)
    return Langkah(perkara=state, fakta=(told,), janji=(lock, known))


def _ganti(perkara: Perkara, id: str, waktu: datetime) -> Perkara:
    """With a corrected letter in force the old one is replaced; what was revoked meanwhile stays revoked (R10)."""
    new = perkara["surat"][id]
    old_id = (new.get("mengganti") or {}).get("surat", "")
    old = perkara["surat"].get(old_id)
    known = [s for s in perkara["surat"].values() if s["status"] == BERLAKU]
    if any((s.get("diserahkan") or {}).get("cara") == "loket" or s.get("asli_dilihat") for s in known):
        perkara = p.ubah_isi(
            perkara, "surat", id, asli_dilihat=True
        )  # seen for the old one, or the one beside it
    if old is None or old["status"] != BERLAKU:
        return perkara
    by = {"surat": id, "nomor": new["tertulis"][0]["nomor"], "waktu": utc(waktu)}
    return p.ubah_isi(perkara, "surat", old_id, status=DIGANTI, diganti=by)


def _written(letter: Mapping[str, Any], urut: tuple[int, ...]) -> list[dict[str, str]]:
    """The numbers as printed, one per office."""
    return [
        {"kantor": r["kantor"], "nomor": nomor_surat(letter, r, n)}
        for r, n in zip(letter["register"], urut, strict=True)
    ]


def nomor_surat(letter: Mapping[str, Any], register: Mapping[str, Any], urut: int) -> str:
    day = date.fromisoformat(letter["tanggal"])
    return nomor.tulis(letter["klasifikasi"], urut, register["kode_unit"], day)


def fakta_disiapkan(id: str, letter: Mapping[str, Any], waktu: datetime) -> Fakta:
    first = letter["nomor"][0]
    told = {
        "surat": id,
        "layanan": letter["layanan"],
        **seberkas.jenis(letter),
        "register": first["seri"],
        "nomor_urut": first["urut"],
        "tahun": first["tahun"],
        "waktu": utc(waktu),
    }
    return Fakta(nama="surat.disiapkan", data=told)


def _fakta_diterbitkan(id: str, perkara: Perkara, waktu: datetime) -> Fakta:
    letter, all_of_them = perkara["surat"][id], seberkas.hasil(perkara)
    fields = ("layanan", "putaran", "tanggal", "tanda_tangan", "sha256", "rilis", "nomor")
    told = {"surat": id, **{name: letter[name] for name in fields}, "waktu": utc(waktu)}
    told |= seberkas.jenis(letter) | seberkas.sisa(len(seberkas.belum(perkara)))
    if len(all_of_them) > 1:
        told["hasil"] = all_of_them
    if letter.get("mengganti"):
        told["mengganti"] = letter["mengganti"]["surat"]
    return Fakta(nama="surat.diterbitkan", data=told, putaran=letter["putaran"])


def serahkan(perkara: Perkara, id: str, cara: str, catatan: Mapping[str, Any], waktu: datetime) -> Langkah:
    """One letter handed over, at the counter or by its first download; once."""
    letter = dalam_kekuatan(perkara["surat"][id])
    if letter.get("diserahkan"):
        if cara == "loket":
            raise DokumenSalah("Surat ini sudah diserahkan.")
        return Langkah(perkara=perkara)
    state = seberkas.sejalan(
        p.ubah_isi(perkara, "surat", id, diserahkan={"cara": cara, "waktu": utc(waktu), **catatan})
    )
    left = seberkas.sisa(len(seberkas.belum(state)) + len(seberkas.dibawa(state)))
    told = {"surat": id, "cara": cara, **left, "waktu": utc(waktu)}
    return Langkah(perkara=state, fakta=(Fakta(nama="surat.diserahkan", data=told),))


def serahkan_semua(perkara: Perkara, id: str, catatan: Mapping[str, Any], waktu: datetime) -> Langkah:
    """At the counter all letters of the case that are in force go out together. Raises as `serahkan`."""
    step = serahkan(perkara, id, "loket", catatan, waktu)
    for other in seberkas.dibawa(step.perkara):
        more = serahkan(step.perkara, other, "loket", catatan, waktu)
        step = Langkah(perkara=more.perkara, fakta=(*step.fakta, *more.fakta))
    return step


def cabut(
    perkara: Perkara, id: str, alasan: str, oleh: str, waktu: datetime, syarat: tuple[str, ...] = ()
) -> Langkah:
    """Revoked: the number stays, verification says so from now on. `syarat`: originals that did not fit."""
    dalam_kekuatan(perkara["surat"][id])
    note = {"syarat": list(syarat)} if syarat else {}
    gone = {"alasan": alasan, "oleh": oleh, "waktu": utc(waktu), **note}
    state = seberkas.sejalan(p.ubah_isi(perkara, "surat", id, status=DICABUT, dicabut=gone))
    # What is left may all have been received before: then nobody would ever tell that the case is over.
    over = state["tahap"] == p.DISERAHKAN and perkara["tahap"] != p.DISERAHKAN
    told: dict[str, Any] = {"surat": id, **seberkas.jenis(perkara["surat"][id]), "alasan": alasan}
    told |= {**({"selesai": True} if over else {}), "waktu": utc(waktu)}
    return Langkah(perkara=state, fakta=(Fakta(nama="surat.dicabut", data=told),))


def tidak_sesuai(perkara: Perkara, id: str, syarat: tuple[str, ...], oleh: str, waktu: datetime) -> Langkah:
    """An original is not what was sent in (R8): every letter that rests on these papers is revoked, told as one."""
    step = cabut(perkara, id, TIDAK_SESUAI, oleh, waktu, syarat)
    others = [i for i, s in step.perkara["surat"].items() if s["status"] == BERLAKU]
    facts = list(step.fakta)
    for other in others:
        step = cabut(step.perkara, other, TIDAK_SESUAI, oleh, waktu, syarat)
        facts += [replace(f, data={**f.data, "bersama": id}) for f in step.fakta]
    if others:
        gone = [seberkas.kode(perkara["surat"][i]) for i in (id, *others)]
        facts[0] = replace(facts[0], data={**facts[0].data, "hasil": gone})
    return Langkah(perkara=step.perkara, fakta=tuple(facts))


def dalam_kekuatan(letter: Mapping[str, Any]) -> Mapping[str, Any]:
    """The letter, if it is in force. Raises `BelumTerbit` or `DokumenSalah`."""
    if letter["status"] == MENUNGGU:
        raise BelumTerbit("Surat belum terbit.")
    if letter["status"] != BERLAKU:
        raise DokumenSalah("Surat ini sudah tidak berlaku.")
    return letter


def asli_kurang(
    aturan: Mapping[str, str], lengkap: Mapping[str, Any], pembebasan: frozenset[str], asli: Mapping[str, str]
) -> list[str]:
    """Requirements of the complete round whose original was not treated as the catalogue says (R8)."""
    wanted = sorted({b["syarat"] for b in lengkap.get("berkas", ())} - pembebasan)
    # A paper that is only to be shown may also be kept.
    enough = {"ditunjukkan": ("ditunjukkan", "diserahkan")}
    return [
        kode
        for kode in wanted
        if (rule := aturan.get(kode)) and asli.get(kode) not in enough.get(rule, (rule,))
    ]


def periksa_asli(kurang: list[str]) -> None:
    if kurang:
        raise AsliKurang(f"Tandai dahulu berkas asli ini: {', '.join(kurang)}.")


def boleh_unduh(letter: Mapping[str, Any]) -> None:
    """The applicant's right to the file (R8). Raises `BelumTerbit`, `BelumDilepas` or `DokumenSalah`."""
    dalam_kekuatan(letter)
    shown = letter.get("diserahkan") or letter.get("asli_dilihat")
    seen = letter["rilis"] == "setelah_asli_dilihat" and shown
    if letter["rilis"] != "langsung" and not seen:
        raise BelumDilepas("Surat sudah jadi. Bawa berkas asli ke loket, sesudah itu surat dapat diunduh.")


def berlaku_sampai(tanggal: date, hari: int | None) -> str | None:
    return None if hari is None else (tanggal + timedelta(days=hari)).isoformat()


def status_kini(letter: Mapping[str, Any], hari_ini: date) -> str:
    """The stored status, or `kedaluwarsa` once its last day is over."""
    last = letter.get("sampai")
    if letter["status"] == BERLAKU and last and hari_ini.isoformat() > last:
        return KEDALUWARSA
    return str(letter["status"])
