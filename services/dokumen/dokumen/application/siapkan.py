"""Fix a letter before anything is made: whose signatures, which registers, which day; or say what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Pencetak
from dokumen.application.tte import Otoritas
from dokumen.domain import seberkas, surat, tahan, tanda
from dokumen.domain.katalog import Layanan
from dokumen.domain.langkah import Perkara
from dokumen.domain.naskah import Tanda
from dokumen.domain.surat import Siapan
from dokumen.domain.susun import Bahan, dihasilkan
from dokumen.domain.tahan import Ditahan
from dokumen.domain.tanggal import berakhir
from dokumen.domain.verifikasi import samarkan

# What the letter says of its signatures; only a certified authority lets it say `tte`.
KETERANGAN: Mapping[str, Tanda] = {tanda.SEGEL: "segel", tanda.BASAH: "basah", tanda.TTE: "tte_uji"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rujukan:
    """What a letter takes from reference data, as it stood when the letter was fixed."""

    layanan: Layanan
    kantor: Mapping[str, Any]
    kecamatan: Mapping[str, Any] | None
    pejabat: tuple[Mapping[str, Any], ...]
    cara: tuple[str, ...] = ()
    cetak: Tanda = "segel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rencana:
    """Codes of all letters of the case, and what those that are still to be fixed are made of."""

    hasil: tuple[str, ...]
    rujukan: tuple[Rujukan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Siapkan:
    perkara: Aggregates
    rujukan: Aggregates
    katalog: Mapping[str, Layanan]
    pencetak: Pencetak
    otoritas: Otoritas | None

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> Rencana | Ditahan:
        """One letter that cannot be written holds them all: its case would not end."""
        state = outcome.state
        answers = (state.get("pribadi") or {}).get("jawaban", {})
        letters = {s.kode: s for s in dihasilkan(self.katalog, state["layanan"] or "", answers)}
        if not letters:
            return Ditahan(alasan="layanan_tidak_dikenal")
        found = []
        for code in seberkas.kurang(state, list(letters)):
            one = self.satu(outcome.scope, state, letters[code])
            if isinstance(one, Ditahan):
                return one
            found.append(one)
        return Rencana(hasil=tuple(letters), rujukan=tuple(found))

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        if isinstance(result, Ditahan):
            return keputusan(surat.tetapkan(state, result, at.ids, at.now), at)
        isi = tuple(isi_tetap(found, state, at.now) for found in result.rujukan)
        made = Siapan(hasil=result.hasil, isi=isi)
        return keputusan(surat.tetapkan(state, made, at.ids, at.now), at)

    def satu(self, kantor: str, state: State, layanan: Layanan) -> Rujukan | Ditahan:
        """What one letter is made of, written on trial; or what is in the way."""
        found = self._gather(kantor, state, layanan)
        if isinstance(found, Ditahan):
            return found
        today = self.perkara.clock.now().date()
        obstacle = self.pencetak.halangan(_bahan(found, state, today))
        return replace(obstacle, medan=_code(obstacle.medan)) if obstacle else found

    def _gather(self, kantor: str, state: State, layanan: Layanan) -> Rujukan | Ditahan:
        office = self._read("kantor", kantor)
        if office is None:
            return Ditahan(alasan="kantor_belum_diketahui")
        if layanan.camat_opsional and all(s["peran"] != "camat" for s in state["setuju"]):
            layanan = layanan.sebagai("surat_kelurahan")
        asked = "kecamatan" in layanan.penomor
        upper = self._read("kantor", office["kecamatan_kode"]) if asked else None
        if upper is None and asked:
            return Ditahan(alasan="kecamatan_belum_diketahui")
        signers = []
        for peran in layanan.penandatangan:
            approval = next((s for s in state["setuju"] if s["peran"] == peran), None)
            signer = self._read("pejabat", approval["oleh"]) if approval else None
            if approval is None or signer is None:
                return Ditahan(alasan="pejabat_belum_diketahui", medan=peran)
            signers.append(_penanda(signer, approval))
        return self._signed(Rujukan(layanan=layanan, kantor=office, kecamatan=upper, pejabat=tuple(signers)))

    def _signed(self, found: Rujukan) -> Rujukan | Ditahan:
        """With the kind of each signature, which the signer's own office chooses per letter (R2)."""
        cara = tuple(_cara(found, who["peran"]) for who in found.pejabat)
        kind, _ = tanda.rencana(found.pejabat, cara)
        if tanda.TTE in cara and kind != tanda.BASAH and self.otoritas is None:
            return Ditahan(alasan="tte_tidak_tersedia")
        printed = KETERANGAN.get(kind, "segel")
        if kind == tanda.TTE and self.otoritas is not None and self.otoritas.tersertifikasi:
            printed = "tte"
        return replace(found, cara=cara, cetak=printed)

    def _read(self, jenis: str, id: str) -> Mapping[str, Any] | None:
        found = self.rujukan.read("acuan", f"{jenis}.{id}")
        return found.state["data"] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bangunkan:
    """New reference data: every held letter is tried again."""

    perkara: Aggregates

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> int:
        why = "state.tertahan.alasan"
        held = self.perkara.find({why: {"exists": True}}, order=(why, "id"), limit=1000)
        news = f"{outcome.id}.{outcome.version}"

        def wake(state: State | None, at: Moment) -> Decision:
            return keputusan(tahan.bangunkan(state, news), at)

        for case in held:
            self.perkara.update(case.scope, case.id, wake, Cause.command(f"bangunkan.{news}"))
        return len(held)

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return Decision(state)


def _penanda(pejabat: Mapping[str, Any], setuju: Mapping[str, Any]) -> Mapping[str, Any]:
    """As whom he signs this letter: in his own post, whatever other post he holds as Plh. or Plt. beside it."""
    post = {"peran": setuju["peran"], "kantor": setuju["kantor"]}
    own = all(pejabat[name] == value for name, value in post.items())
    return {**pejabat, **post, "wewenang": None if own else pejabat.get("wewenang")}


def _bahan(found: Rujukan, state: Perkara, day: date) -> Bahan:
    return Bahan(
        layanan=found.layanan,
        jawaban=state["pribadi"]["jawaban"],
        kantor=found.kantor,
        pejabat=found.pejabat,
        tanggal=day,
        kecamatan=found.kecamatan,
        tanda=found.cetak,
    )


def isi_tetap(found: Rujukan, state: Perkara, waktu: datetime) -> Mapping[str, Any]:
    """All that a redo must find again; the year is the office clock's."""
    day, layanan, office = waktu.date(), found.layanan, found.kantor
    levels = {"kelurahan": office, "kecamatan": found.kecamatan or {}}
    kind, turns = tanda.rencana(found.pejabat, found.cara)
    sampai = berakhir(day, layanan.masa_berlaku_hari, layanan.masa_berlaku_bulan)
    return {
        "judul": layanan.judul,
        "klasifikasi": layanan.klasifikasi,
        "versi_katalog": layanan.versi,
        "tanggal": day.isoformat(),
        "sampai": sampai.isoformat() if sampai else None,
        **({"jenis": layanan.kode} if layanan.induk else {}),
        "rilis": (office.get("rilis") or {}).get(layanan.layanan, layanan.rilis),
        "tanda_tangan": kind,
        "tanda": turns,
        "cetak": found.cetak,
        "kantor": dict(office),
        "produk": layanan.produk,
        "kecamatan": dict(found.kecamatan) if found.kecamatan else None,
        "kantor_nama": _nama(office, layanan),
        "nama_samar": samarkan(state["pribadi"]["subjek"][0]["nama"]),
        "penandatangan": [dict(p) for p in found.pejabat],
        "register": [_register(o, layanan, day.year) for o in (levels[p] for p in layanan.penomor)],
    }


def _cara(found: Rujukan, peran: str) -> str:
    office = found.kecamatan if peran == "camat" and found.kecamatan else found.kantor
    return str((office.get("tanda_tangan") or {}).get(found.layanan.layanan, tanda.SEGEL))


def _nama(office: Mapping[str, Any], layanan: Layanan) -> str:
    above = f"Kecamatan {office['kecamatan_nama']}, {office['kota']}"
    return above if layanan.produk == "surat_kecamatan" else f"Kelurahan {office['nama']}, {above}"


def _register(office: Mapping[str, Any], layanan: Layanan, tahun: int) -> dict[str, Any]:
    return {
        "kantor": office["kode"],
        "tahun": tahun,
        "seri_nomor": office["seri_nomor"],
        "awal": office.get("nomor_awal", 1),
        "awal_seri": office.get("nomor_awal_seri") or {},
        "kode_unit": office["kode_unit"],
    }


def _code(medan: str) -> str:
    return medan.replace(".", "_")[:40]
