"""A draft is made, or an application filed at once; the same command finds the case it made before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from chassis.aggregate import Cause, Decision, KeyReused, Moment, Outcome, State
from pengajuan.application.ajukan import PERNYATAAN, Pengajuan, mengajukan
from pengajuan.application.langkah import keputusan
from pengajuan.application.lingkup import Lingkup
from pengajuan.application.pemanggil import LOKET, Pemanggil, boleh_ubah, dari_loket
from pengajuan.application.wewenang import KECAMATAN, tutup
from pengajuan.domain import draf, resi
from pengajuan.domain.errors import BelumDilayani, Dilarang, TransisiSalah
from pengajuan.domain.layanan import Alur, Layanan
from pengajuan.domain.permohonan import Hubungan, Kanal, Pemohon, Permohonan, salah_status
from pengajuan.domain.status import Status

BOLEH_DISALIN = frozenset({Status.KEDALUWARSA, Status.DIBATALKAN, Status.DITOLAK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Permintaan:
    """What is asked for; `pemohon` is given by a clerk for a walk-in, `ajukan` files at once."""

    layanan: str
    kantor: str
    jawaban: Mapping[str, object]
    hubungan: Hubungan
    pemohon: Pemohon
    ajukan: Pengajuan | None = None
    asal: str | None = None
    """Id of the ended case whose answers it begins with."""


def buat(di: Lingkup, siapa: Pemanggil, minta: Permintaan, cause: Cause, id: str) -> Outcome:
    """The new case. Raises TidakAda, Dilarang, BelumDilayani, FormulirSalah, KeyReused."""
    _may_file(di, siapa, minta)
    kantor, layanan = terbuka(di, siapa, minta.layanan, minta.kantor)
    _other_office(di, minta.kantor, cause)

    def decide(state: State | None, at: Moment) -> Decision:
        kasus = draf.buat(
            layanan,
            id=id,
            kantor=minta.kantor,
            resi=nomor_resi(minta.kantor, id),
            rahasia_hash=sidik_rahasia(id, di.rahasia(id)),
            kanal=Kanal.DARING if siapa.warga else Kanal.LOKET,
            pelaku=siapa.pelaku,
            pemohon=minta.pemohon,
            hubungan=minta.hubungan,
            data=minta.jawaban,
            waktu=at.now,
            asal=minta.asal,
        )
        if minta.ajukan is None:
            return keputusan(kasus, (), at)
        filed, facts = mengajukan(kasus, di.konteks(layanan, kantor, at), siapa.pelaku, minta.ajukan, at)
        return keputusan(filed, facts, at)

    return di.permohonan.update(minta.kantor, id, decide, cause)


def salin(di: Lingkup, siapa: Pemanggil, kasus: Permohonan, cause: Cause, id: str) -> Outcome:
    """A new draft with the answers of a case that ended without a letter. Raises as `buat`, and TransisiSalah."""
    boleh_ubah(kasus, siapa)
    if kasus.status not in BOLEH_DISALIN:
        raise salah_status(kasus, "diajukan lagi")
    if not kasus.data:
        raise TransisiSalah(
            "isi-sudah-dihapus", "Isian permohonan lama sudah dihapus sesuai aturan. Buat permohonan baru."
        )
    again = Permintaan(
        layanan=kasus.layanan,
        kantor=kasus.kantor,
        jawaban={key: value for key, value in kasus.data.items() if key != PERNYATAAN},
        hubungan=kasus.hubungan,
        pemohon=replace(kasus.pemohon, akun=siapa.sub) if dari_loket(kasus, siapa) else kasus.pemohon,
        asal=kasus.id,
    )
    return buat(di, siapa, again, cause, id)


def sidik_rahasia(id: str, rahasia: str) -> str:
    """What is stored of the tracking secret: SHA-256 (hex), salted with the case's id."""
    return hashlib.sha256(f"{id}:{rahasia}".encode()).hexdigest()


def nomor_resi(kantor: str, id: str) -> str:
    """Receipt signs from the id's random half: the same case always has the same receipt."""
    return resi.make(resi.office_short(kantor), hashlib.sha256(id.encode()).digest()[:5])


def _may_file(di: Lingkup, siapa: Pemanggil, minta: Permintaan) -> None:
    if siapa.warga:
        if siapa.tingkat not in ("kontak", "dikenal"):
            raise Dilarang("dilarang", "Pastikan dulu nomor telepon atau email Anda dengan kode masuk.")
        return
    if siapa.peran not in LOKET or not siapa.meliputi(minta.kantor):
        raise Dilarang("dilarang", "Permohonan di loket hanya untuk kelurahan tempat Anda bertugas.")
    above = siapa.peran == KECAMATAN and di.terbaru(minta.layanan).alur is not Alur.KECAMATAN
    if above and not tutup(di, minta.kantor):
        raise Dilarang(
            "dilarang",
            "Layanan ini diajukan di loket kelurahan. Loket kecamatan hanya selama kelurahan itu tutup.",
        )


def terbuka(di: Lingkup, siapa: Pemanggil, kode: str, tempat: str) -> tuple[State, Layanan]:
    """The office and the service as they are now. Raises TidakAda, BelumDilayani."""
    kantor = di.satu_kantor(tempat).state
    if kantor["status"] != "aktif" or kantor["tingkat"] != "kelurahan":
        raise BelumDilayani(
            "kantor-belum-aktif", f"{kantor['nama']} belum melayani lewat sistem. Datang ke kantornya."
        )
    layanan = di.terbaru(kode)
    _offered(layanan, kantor)
    known = di.layanan.read(di.kota, kode)
    offered = kode in kantor.get("layanan", [kode])
    # R16: a proposed value is no promise, so the counter alone takes such a service.
    confirmed = known is not None and known.state["status"] == "ditetapkan"
    if not offered or not (confirmed or not siapa.warga):
        raise BelumDilayani(
            "layanan-tidak-tersedia-di-kantor", "Tanyakan layanan ini di loket kelurahan Anda."
        )
    return kantor, layanan


def _offered(layanan: Layanan, kantor: State) -> None:
    """R9: a page is no form, and a restricted service is taken only where the office opened it."""
    if layanan.informasi is not None:
        raise BelumDilayani(
            "layanan-hanya-informasi", f"{layanan.informasi.alasan} Tempat: {layanan.informasi.tempat}."
        )
    if layanan.dibatasi is not None and layanan.kode not in kantor.get("layanan_dibuka", ()):
        raise BelumDilayani("layanan-dibatasi", f"{layanan.dibatasi.alasan} {layanan.dibatasi.jalan_lain}")


def _other_office(di: Lingkup, kantor: str, cause: Cause) -> None:
    """A key that made a case at another office stands for another request."""
    found = di.permohonan.find({"created_by": cause.id}, limit=1)
    if found and found[0].scope != kantor:
        raise KeyReused(cause.id)
