"""From raw answers to a case that may be filed: form, persons and ways of papers judged at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pengajuan.domain import events, formulir, nik
from pengajuan.domain.errors import FormulirSalah, KesalahanMedan, NikSalah
from pengajuan.domain.isian import Isi
from pengajuan.domain.kelengkapan import belum_ada, syarat_berlaku
from pengajuan.domain.kondisi import terpenuhi
from pengajuan.domain.layanan import Layanan, SubjekMedan
from pengajuan.domain.pengantar import tanpa_kertas
from pengajuan.domain.permohonan import Cara, Hubungan, JalanSyarat, Pemohon, Permohonan, Subjek
from pengajuan.domain.status import Status

Jalan = Mapping[str, JalanSyarat]


@dataclass(frozen=True, slots=True, kw_only=True)
class Konteks:
    """What the moment and the office add: the service as filed, today's date, the office's limits.

    `orang(nik, nama)` is the keyed hash by which a known person is recognised.
    """

    layanan: Layanan
    hari_ini: date
    batas: Mapping[str, int]
    orang: Callable[[str, str], str]


def terisi(kasus: Permohonan, konteks: Konteks, jalan: Jalan) -> Permohonan:
    """The case with kept answers, subjects and a way for every requirement. Raises FormulirSalah."""
    layanan = konteks.layanan
    hasil = formulir.periksa(
        layanan, kasus.data, hubungan=kasus.hubungan.value, hari_ini=konteks.hari_ini, batas=konteks.batas
    )
    subjek, wrong_persons = _persons(layanan, hasil.data, konteks)
    pemohon = _findable(_applicant(kasus, subjek), konteks)
    filled = replace(kasus, data=hasil.data, subjek=subjek, pemohon=pemohon)
    ways, wrong_ways = _ways(filled, konteks, jalan)
    typed = tanpa_kertas(kasus.pengantar, hasil.kesalahan)
    already = {error.pointer for error in typed}
    more = [e for e in (*wrong_persons, *_applicant_errors(filled), *wrong_ways) if e.pointer not in already]
    if typed or more:
        raise FormulirSalah((*typed, *more))
    return replace(filled, jalan=ways)


def lanjut(kasus: Permohonan, konteks: Konteks, waktu: datetime) -> events.Langkah:
    """On to the counter's check, or to waiting when a mandatory paper is still to be uploaded."""
    if belum_ada(kasus, syarat_berlaku(kasus, konteks.layanan, konteks.batas)):
        until = waktu + timedelta(days=konteks.layanan.batas_lengkapi_hari)
        return replace(kasus.menjadi(Status.MENUNGGU_BERKAS, "menunggu berkas"), lengkapi_sampai=until), ()
    ready = replace(kasus.menjadi(Status.DIPERIKSA, "diperiksa"), lengkapi_sampai=None)
    return ready.dicatat("siap_diperiksa", waktu, "sistem"), (events.siap_diperiksa(ready, waktu),)


def _persons(
    layanan: Layanan, data: Mapping[str, Isi], konteks: Konteks
) -> tuple[tuple[Subjek, ...], list[KesalahanMedan]]:
    asked = [s for s in layanan.subjek if terpenuhi(s.bila, data, konteks.batas) and s.nama in data]
    wrong = [
        KesalahanMedan(
            pointer=f"/jawaban/{s.nik}", slug="nik-kosong", pesan="NIK belum diisi. Lihat di KTP atau KK."
        )
        for s in asked
        if s.nik_wajib and s.nik and s.nik not in data
    ]
    return tuple(_person(s, data) for s in asked), wrong


def _person(spec: SubjekMedan, data: Mapping[str, Isi]) -> Subjek:
    nik_, kk = (data.get(name) if name else None for name in (spec.nik, spec.kk))
    return Subjek(nama=str(data[spec.nama]), nik=str(nik_) if nik_ else None, kk=str(kk) if kk else None)


def _applicant(kasus: Permohonan, subjek: tuple[Subjek, ...]) -> Pemohon:
    """Who files for himself is the first subject: typed once, not twice."""
    who = kasus.pemohon
    if kasus.hubungan is Hubungan.DIRI_SENDIRI and subjek:
        return replace(who, nama=subjek[0].nama, nik=subjek[0].nik)
    return replace(who, nama=" ".join(who.nama.split()))


def _findable(who: Pemohon, konteks: Konteks) -> Pemohon:
    """Only a clerk files for somebody without an account, and saw his KTP."""
    if who.akun is not None or not who.nik:
        return replace(who, orang_h=None)
    return replace(who, orang_h=konteks.orang(who.nik, who.nama))


def _applicant_errors(kasus: Permohonan) -> list[KesalahanMedan]:
    who, found = kasus.pemohon, list[KesalahanMedan]()
    if kasus.hubungan is Hubungan.DIRI_SENDIRI:
        return found
    if not who.nama:
        pesan = "Nama pemohon belum diisi. Isi nama orang yang mengurus permohonan ini."
        found.append(KesalahanMedan(pointer="/pemohon/nama", slug="isian-kosong", pesan=pesan))
    try:
        nik.parse(who.nik or "")
    except NikSalah as error:
        found.append(KesalahanMedan(pointer="/pemohon/nik", slug=error.slug, pesan=f"Pemohon: {error.pesan}"))
    return found


def _ways(
    kasus: Permohonan, konteks: Konteks, jalan: Jalan
) -> tuple[dict[str, JalanSyarat], list[KesalahanMedan]]:
    """Ways for the requirements that hold; those of requirements that no longer hold fall away."""
    wanted = {s.kode: s for s in syarat_berlaku(kasus, konteks.layanan, konteks.batas)}
    ways = {kode: jalan.get(kode, JalanSyarat(cara=Cara.UNGGAH)) for kode in wanted}
    wrong = [
        KesalahanMedan(
            pointer=f"/syarat/{kode}",
            slug="syarat-tak-dikenal",
            pesan="Syarat ini tidak ada pada layanan yang dipilih. Muat ulang halaman lalu isi lagi.",
        )
        for kode in jalan
        if konteks.layanan.satu_syarat(kode) is None
    ]
    wrong += [
        KesalahanMedan(
            pointer=f"/syarat/{kode}/alasan",
            slug="alasan-kosong",
            pesan=f"{wanted[kode].label}: tulis mengapa Anda tidak punya, supaya petugas bisa membantu.",
        )
        for kode, way in ways.items()
        if way.cara is Cara.TIDAK_PUNYA and not (way.alasan or "").strip()
    ]
    wrong += [
        KesalahanMedan(
            pointer=f"/syarat/{kode}/pilihan",
            slug="pilihan-tak-dikenal",
            pesan=f"{wanted[kode].label}: pilih salah satu: {', '.join(p.label for p in wanted[kode].salah_satu)}.",
        )
        for kode, way in ways.items()
        if way.pilihan is not None and way.pilihan not in {p.kode for p in wanted[kode].salah_satu}
    ]
    return ways, wrong
