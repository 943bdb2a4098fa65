"""What the names in a template stand for, for one promise; nothing here names a resident."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from chassis.aggregate import Aggregates
from notifikasi.domain import ringkasan
from notifikasi.domain.kabar import Janji, Kabar
from notifikasi.domain.langkah import kata
from notifikasi.domain.naskah import waktu_panjang

ACUAN: Final = "acuan"
KECAMATAN: Final = "KECAMATAN"  # the flow of what the kecamatan's own counter takes in and hands out


@dataclass(frozen=True, slots=True, kw_only=True)
class Isian:
    """`situs` is the address that messages name, `zona` the offices' zone; `surat` names letters beside others.

    `pengantar(application, number)` is the last part of a link to RT or RW.
    """

    rujukan: Aggregates
    kabar: Aggregates
    situs: str
    zona: tzinfo
    surat: Mapping[str, str]
    pengantar: Callable[[str, str], str]

    def __call__(self, kabar: Kabar, janji: Janji) -> dict[str, str]:
        """Every name that a template of an event's message may use."""
        said, office = janji.isi, self._rujukan(f"kantor.{kabar.kantor}")
        loket, counter = self._loket(kabar, office)
        return {
            "layanan": self._surat(kabar.layanan, said.get("jenis", "")),
            "nomor_resi": kabar.nomor_resi or "-",
            "permohonan": kabar.id,
            "kantor": office.get("nama") or kabar.kantor,
            "loket": loket,
            "telepon": f"Telepon {counter['telepon']}." if counter.get("telepon") else "",
            "jam": f"Jam layanan: {counter['jam']}." if counter.get("jam") else "",
            "catatan": "\n".join(f"- {note}" for note in kata(kabar, said)),
            "situs": self.situs,
            "tautan": self._tautan(said.get("tugas", "")),
            "tautan_rt_rw": self._rt_rw(kabar.id, said.get("urut", "")),
            "tempat": said.get("tempat", ""),
            "jatuh_tempo": self._waktu(said.get("jatuh_tempo", "")),
            "daftar": "\n".join(self._baris(b) for b in ringkasan.baca(said.get("daftar", ""))),
            "lebih": f"Dan {said['lebih']} permohonan lain." if said.get("lebih", "0") != "0" else "",
            **{name: said.get(name, "") for name in ringkasan.ANGKA},
            **self._wakil(said),
        }

    def di_kecamatan(self, kabar: Kabar) -> bool:
        """Whether the kecamatan's own counter takes it in, checks it and hands it over (R9)."""
        return bool(self._rujukan(f"layanan.{kabar.layanan}").get("alur") == KECAMATAN)

    def _loket(self, kabar: Kabar, office: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """The office whose counter works on it, as residents call it, and what it says of itself."""
        if not self.di_kecamatan(kabar):
            return f"Kelurahan {office.get('nama') or kabar.kantor}", office
        above = kabar.kantor[:6]
        return f"Kecamatan {office.get('kecamatan_nama') or above}", self._rujukan(f"kantor.{above}")

    def _baris(self, baris: ringkasan.Baris) -> str:
        """One case of a digest: service, receipt, when it is due, and the way there."""
        found = self.kabar.read(baris.kelurahan, baris.permohonan)
        receipt = ((found.state if found else None) or {}).get("nomor_resi") or "-"
        mark = {"ditunggu": ", warga menunggu", "terlambat": ", terlambat"}.get(baris.tanda, "")
        due = self._waktu(baris.jatuh_tempo)
        service = self._layanan(baris.layanan)
        return f"- {service}, nomor resi {receipt}, jatuh tempo {due}{mark}: {self._tautan(baris.tugas)}"

    def _wakil(self, said: Mapping[str, str]) -> dict[str, str]:
        """Who stands in for whom: posts, no names."""
        deputy = self._rujukan(f"pejabat.{said.get('akun', '')}")
        return {
            "wakil": deputy.get("jabatan") or said.get("akun", ""),
            **{name: said.get(name, "") for name in ("cara", "untuk", "mulai", "sampai", "dasar")},
        }

    def _tautan(self, tugas: str) -> str:
        return f"{self.situs}/tugas/{tugas}" if tugas else self.situs

    def _rt_rw(self, id: str, urut: str) -> str:
        return f"{self.situs}/rt-rw/{self.pengantar(id, urut)}" if urut else ""

    def _waktu(self, saat: str) -> str:
        return waktu_panjang(datetime.fromisoformat(saat).astimezone(self.zona)) if saat else ""

    def _surat(self, layanan: str, jenis: str) -> str:
        """The service; or its letters by name where a case yields another beside it, or the message is of that one."""
        names = [self.surat.get(kode) or self._layanan(kode) for kode in jenis.split() or [layanan]]
        return " dan ".join(names)

    def _layanan(self, kode: str) -> str:
        return str(self._rujukan(f"layanan.{kode}").get("nama") or kode)

    def _rujukan(self, id: str) -> Mapping[str, Any]:
        found = self.rujukan.read(ACUAN, id)
        return (found.state if found else None) or {}
