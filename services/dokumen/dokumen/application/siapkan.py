"""Fix a letter before anything is made: whose signatures, which registers, which day; or say what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from chassis.aggregate import Aggregates, Cause, Decision, Moment, Outcome, State
from dokumen.application.keputusan import keputusan
from dokumen.application.pintu import Pencetak
from dokumen.domain import surat
from dokumen.domain.katalog import Layanan
from dokumen.domain.langkah import Perkara
from dokumen.domain.nomor import seri
from dokumen.domain.surat import Ditahan
from dokumen.domain.susun import Bahan
from dokumen.domain.tanggal import berakhir
from dokumen.domain.verifikasi import samarkan

LEVEL = {"lurah": "kantor", "camat": "kecamatan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rujukan:
    """What a letter takes from reference data, as it stood when the letter was fixed."""

    layanan: Layanan
    kantor: Mapping[str, Any]
    kecamatan: Mapping[str, Any] | None
    pejabat: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Siapkan:
    perkara: Aggregates
    rujukan: Aggregates
    katalog: Mapping[str, Layanan]
    pencetak: Pencetak

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> Rujukan | Ditahan:
        found = self._gather(outcome.scope, outcome.state)
        if isinstance(found, Ditahan):
            return found
        today = self.perkara.clock.now().date()
        obstacle = self.pencetak.halangan(_bahan(found, outcome.state, today))
        return replace(obstacle, medan=_code(obstacle.medan)) if obstacle else found

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        isi = result if isinstance(result, Ditahan) else _fixed(result, state, at.now)
        return keputusan(surat.tetapkan(state, isi, at.ids[0], at.now), at)

    def _gather(self, kantor: str, state: State) -> Rujukan | Ditahan:
        layanan = self.katalog.get(state["layanan"] or "")
        if layanan is None:
            return Ditahan(alasan="layanan_tidak_dikenal")
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
            account = next((s["oleh"] for s in state["setuju"] if s["peran"] == peran), None)
            signer = self._read("pejabat", account) if account else None
            if signer is None:
                return Ditahan(alasan="pejabat_belum_diketahui", medan=peran)
            signers.append(signer)
        return Rujukan(layanan=layanan, kantor=office, kecamatan=upper, pejabat=tuple(signers))

    def _read(self, jenis: str, id: str) -> Mapping[str, Any] | None:
        found = self.rujukan.read("acuan", f"{jenis}.{id}")
        return found.state["data"] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bangunkan:
    """New reference data: every held letter is tried again."""

    perkara: Aggregates

    def run(self, outcome: Outcome, data: Mapping[str, Any]) -> int:
        held = self.perkara.find({"state.tertahan.alasan": {"exists": True}}, limit=1000)
        news = f"{outcome.id}.{outcome.version}"

        def wake(state: State | None, at: Moment) -> Decision:
            return keputusan(surat.bangunkan(state, news), at)

        for case in held:
            self.perkara.update(case.scope, case.id, wake, Cause.command(f"bangunkan.{news}"))
        return len(held)

    def then(self, state: State, result: Any, at: Moment) -> Decision:
        return Decision(state)


def _bahan(found: Rujukan, state: Perkara, day: date) -> Bahan:
    return Bahan(
        layanan=found.layanan,
        jawaban=state["pribadi"]["jawaban"],
        kantor=found.kantor,
        pejabat=found.pejabat,
        tanggal=day,
        kecamatan=found.kecamatan,
    )


def _fixed(found: Rujukan, state: Perkara, waktu: datetime) -> Mapping[str, Any]:
    """All that a redo must find again; the year is the office clock's."""
    day, layanan, office = waktu.date(), found.layanan, found.kantor
    levels = {"kelurahan": office, "kecamatan": found.kecamatan or {}}
    sampai = berakhir(day, layanan.masa_berlaku_hari, layanan.masa_berlaku_bulan)
    return {
        "judul": layanan.judul,
        "klasifikasi": layanan.klasifikasi,
        "versi_katalog": layanan.versi,
        "tanggal": day.isoformat(),
        "sampai": sampai.isoformat() if sampai else None,
        "rilis": (office.get("rilis") or {}).get(layanan.kode, layanan.rilis),
        "tanda_tangan": "segel",
        "kantor": dict(office),
        "produk": layanan.produk,
        "kecamatan": dict(found.kecamatan) if found.kecamatan else None,
        "kantor_nama": _nama(office, layanan),
        "nama_samar": samarkan(state["pribadi"]["subjek"][0]["nama"]),
        "penandatangan": [dict(p) for p in found.pejabat],
        "register": [_register(o, layanan, day.year) for o in (levels[p] for p in layanan.penomor)],
    }


def _nama(office: Mapping[str, Any], layanan: Layanan) -> str:
    above = f"Kecamatan {office['kecamatan_nama']}, {office['kota']}"
    return above if layanan.produk == "surat_kecamatan" else f"Kelurahan {office['nama']}, {above}"


def _register(office: Mapping[str, Any], layanan: Layanan, tahun: int) -> dict[str, Any]:
    return {
        "kantor": office["kode"],
        "seri": seri(office["seri_nomor"], layanan.klasifikasi),
        "tahun": tahun,
        "awal": office.get("nomor_awal", 1),
        "kode_unit": office["kode_unit"],
    }


def _code(medan: str) -> str:
    return medan.replace(".", "_")[:40]
