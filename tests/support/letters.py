"""Invented letters for the tests of dokumen: an SKDOM, an SKTM, a camat's countersignature, and sealed ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from dokumen.adapters.authority import Authority, ensure_authority
from dokumen.adapters.pades import add_seal, seal
from dokumen.adapters.typst_letters import Renderer
from dokumen.domain.naskah import (
    Domisili,
    Kantor,
    Kop,
    Mengetahui,
    Naskah,
    Orang,
    Penandatangan,
    Pengantar,
    TidakMampu,
    Verifikasi,
)

WHEN = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=7)))
LURAH = Penandatangan(
    jabatan="Lurah Mekarjaya",
    nama="Ratna Puspitaningrum, S.STP., M.Si.",
    pangkat="Penata Tingkat I (III/d)",
    nip="19790312 199903 2 001",
)
CAMAT = Penandatangan(
    jabatan="Camat Sukmajaya",
    nama="Drs. Bambang Wirasena, M.Si.",
    pangkat="Pembina Tingkat I (IV/b)",
    nip="19710820 199203 1 002",
)
SITI = Orang(
    nama="Siti Rahmawati",
    nik="3276054101909001",
    jenis_kelamin="Perempuan",
    tempat_lahir="Depok",
    tanggal_lahir=date(1990, 1, 1),
    kewarganegaraan="Indonesia",
    agama="Islam",
    pekerjaan="Mengurus rumah tangga",
    status_kawin="Kawin",
    alamat="Jalan Melati II Nomor 7",
    rt="004",
    rw="012",
)
SKDOM = Naskah(
    judul="Surat Keterangan Domisili",
    nomor="400.12.2.1/0001/05.1004/XI/2026",
    tanggal=date(2026, 11, 22),
    kop=Kop(
        pemerintah="Pemerintah Kota Depok",
        kecamatan="Kecamatan Sukmajaya",
        kelurahan="Kelurahan Mekarjaya",
        alamat="Jalan Contoh Raya Nomor 12, Depok",
        telepon="(021) 5550 0112",
        surel="mekarjaya@depok.example",
        kode_pos="16411",
    ),
    kantor=Kantor(kelurahan="Mekarjaya", kecamatan="Sukmajaya", kota="Kota Depok", tempat="Depok"),
    orang=SITI,
    isi=Domisili(
        alamat="Jalan Kenanga Nomor 15",
        rt="002",
        rw="008",
        sejak=date(2021, 3, 1),
        tempat_tinggal="rumah sewa/kontrak",
    ),
    keperluan="persyaratan pendaftaran sekolah anak",
    penandatangan=LURAH,
    verifikasi=Verifikasi(
        url="https://surat.depok.example/v/9hQ2mZ7rT4xKc1LpW8sYbA",
        kode="K7QM-24XD-9",
        situs="surat.depok.example/cek",
    ),
)
SKTM = replace(
    SKDOM,
    judul="Surat Keterangan Tidak Mampu",
    nomor="400.9.14.1/0002/05.1004/XI/2026",
    isi=TidakMampu(
        kepala_keluarga="Ahmad Fauzan",
        tanggungan=4,
        penghasilan="Rp1.000.000 sampai Rp2.000.000 per bulan",
        untuk="Nadia Fauzan",
        hubungan="anak",
        lembaga="SMP Negeri 99 Depok",
    ),
    keperluan="permohonan keringanan biaya sekolah",
    pengantar=Pengantar(rt="004", rw="012", nomor="017/RT004/XI/2026", tanggal=date(2026, 11, 18)),
)
MENGETAHUI = Mengetahui(
    nomor="400.9.14.1/0077/05/XI/2026", tanggal=date(2026, 11, 23), kecamatan="Sukmajaya", penandatangan=CAMAT
)


def sealed_skdom(renderer: Renderer, authority: Authority) -> bytes:
    key = authority.office("3276051004", "Kelurahan Mekarjaya")
    pdf = renderer.render("skdom", SKDOM.as_data())
    return seal(pdf, key, field="Lurah", reason="Segel Kelurahan Mekarjaya", location="Depok", when=WHEN)


def once_sealed_sktm(renderer: Renderer, authority: Authority) -> bytes:
    key = authority.office("3276051004", "Kelurahan Mekarjaya")
    sheet = renderer.compose("sktm", SKTM.as_data())
    assert sheet.mengetahui is not None
    return seal(
        sheet.pdf,
        key,
        field="Lurah",
        reason="Segel Kelurahan Mekarjaya",
        location="Depok",
        when=WHEN,
        reserve={"Camat": sheet.mengetahui},
    )


def sealed_sktm(renderer: Renderer, authority: Authority) -> bytes:
    return add_seal(
        once_sealed_sktm(renderer, authority),
        authority.office("327605", "Kecamatan Sukmajaya"),
        field="Camat",
        reason="Mengetahui",
        location="Depok",
        when=WHEN + timedelta(days=1),
        stamp=renderer.render("mengetahui", MENGETAHUI.as_data()),
    )


def office_serial(folder: Path) -> int:
    """For processes of a pool, which find this function by its module's name."""
    return ensure_authority(folder).office("3276051004", "Kelurahan Mekarjaya").certificate.serial_number
