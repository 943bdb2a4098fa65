"""From request bodies to what the commands take."""

from __future__ import annotations

from collections.abc import Sequence

from pengajuan.adapters import surel, telepon
from pengajuan.application.buat import Permintaan
from pengajuan.application.pemanggil import Pemanggil
from pengajuan.domain.errors import FormulirSalah, KesalahanMedan, TeleponSalah
from pengajuan.domain.permohonan import (
    TANPA_KONTAK,
    Cara,
    Hubungan,
    JalanSyarat,
    Kekurangan,
    Kontak,
    Pembebasan,
    Pemohon,
)
from pengajuan.entrypoints.http import models


def jalan(syarat: Sequence[models.CaraSyarat]) -> dict[str, JalanSyarat]:
    return {s.kode: JalanSyarat(cara=Cara(s.cara), alasan=s.alasan, pilihan=s.pilihan) for s in syarat}


def pemohon(siapa: Pemanggil, baru: models.PemohonBaru | None, lama: Pemohon | None = None) -> Pemohon:
    """Who files: a resident's own account; for a walk-in nobody's. Raises FormulirSalah."""
    akun = lama.akun if lama else (siapa.sub if siapa.warga else None)
    if baru is None:
        return lama or Pemohon(nama="", akun=akun)
    if siapa.warga and baru.kontak is not None:
        # R1: only a confirmed contact is written to; nobody sends our messages to a stranger.
        raise _field(
            "/pemohon/kontak",
            "kontak-dari-akun",
            "Pesan dikirim ke kontak yang Anda pakai masuk. Kosongkan isian ini.",
        )
    return Pemohon(nama=baru.nama, nik=baru.nik, akun=akun, kontak=_kontak(baru.kontak))


def permintaan(siapa: Pemanggil, data: models.PermohonanBaru) -> Permintaan:
    """A new case as a draft. Raises FormulirSalah when a clerk names nobody."""
    if not siapa.warga and data.pemohon is None:
        raise _field("/pemohon", "isian-kosong", "Isi nama pemohon yang datang ke loket.")
    return Permintaan(
        layanan=data.layanan,
        kantor=data.kantor,
        jawaban=data.jawaban,
        hubungan=Hubungan(data.hubungan),
        pemohon=pemohon(siapa, data.pemohon),
    )


def tanpa(siapa: Pemanggil, isi: Sequence[models.Tanpa]) -> tuple[Pembebasan, ...]:
    return tuple(Pembebasan(syarat=t.syarat, kode=t.kode, catatan=t.alasan, oleh=siapa.sub) for t in isi)


def kekurangan(isi: Sequence[models.Kurang]) -> tuple[Kekurangan, ...]:
    return tuple(Kekurangan(jenis=k.jenis, kode=k.kode, alasan=k.alasan, catatan=k.teks) for k in isi)


def pernyataan_kosong() -> FormulirSalah:
    return _field(
        "/pernyataan_benar", "pernyataan-kosong", "Beri centang bahwa data yang diisi benar, lalu kirim lagi."
    )


def _kontak(baru: models.KontakLoket | None) -> Kontak:
    if baru is None:
        return TANPA_KONTAK
    if baru.jenis == "email":
        address = surel.parse(baru.nilai)
        if address is None:
            raise _field(
                "/pemohon/kontak/nilai", "email-bentuk", "Alamat email salah. Contoh nama@contoh.id."
            )
        return Kontak(jenis="email", nilai=address)
    try:
        return Kontak(jenis="telepon", nilai=telepon.parse(baru.nilai).e164)
    except TeleponSalah as error:
        raise _field("/pemohon/kontak/nilai", error.slug, error.pesan) from None


def _field(pointer: str, slug: str, pesan: str) -> FormulirSalah:
    return FormulirSalah((KesalahanMedan(pointer=pointer, slug=slug, pesan=pesan),))
