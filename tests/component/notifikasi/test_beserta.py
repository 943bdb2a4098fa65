"""Two letters of one case are one message (R19): told with the last of them, both by name."""

from __future__ import annotations

from support.kurir import Kurir

N1, N6, BARU = (f"019900c1-0000-7000-8000-0000000000c{n}" for n in (1, 2, 3))
KEDUANYA = {"layanan": "NIKAH", "hasil": ["NIKAH", "N6"]}
NAMA = "Surat Pengantar Nikah dan Surat Keterangan Kematian Suami/Istri (N6)"


def test_the_resident_is_told_once_that_both_are_ready_and_once_that_he_has_them(kurir: Kurir) -> None:
    kurir.kantor()
    kurir.say("pengajuan", "NIKAH", "layanan.diubah", kode="NIKAH", nama="Surat Pengantar Nikah")
    id = kurir.ajukan(layanan="NIKAH")
    kurir.say("dokumen", id, "surat.diterbitkan", surat=N1, sisa=1, **KEDUANYA)
    kurir.quiet()
    assert set(kurir.berkas(id)) == {"diterima.1"}

    kurir.say("dokumen", id, "surat.diterbitkan", surat=N6, jenis="N6", **KEDUANYA)
    kurir.say("dokumen", id, "surat.diserahkan", surat=N1, sisa=1)
    kurir.say("dokumen", id, "surat.diserahkan", surat=N6)
    kurir.quiet()
    told = kurir.berkas(id)
    assert set(told) == {"diterima.1", f"siap.{N6}", f"diserahkan.{N6}"}
    assert f"{NAMA} dengan nomor resi" in told[f"siap.{N6}"]

    kurir.say("dokumen", id, "surat.diterbitkan", surat=BARU, jenis="N6", mengganti=N6, **KEDUANYA)
    kurir.quiet()
    assert "\n\nSurat Keterangan Kematian Suami/Istri (N6) dengan" in kurir.berkas(id)[f"siap.{BARU}"]

    joint = {"alasan": "asli_tidak_sesuai"}
    kurir.say("dokumen", id, "surat.dicabut", surat=N1, hasil=["NIKAH", "N6"], **joint)
    kurir.say("dokumen", id, "surat.dicabut", surat=BARU, jenis="N6", bersama=N1, **joint)
    kurir.quiet()
    told = kurir.berkas(id)
    assert f"{NAMA} dengan nomor resi" in told[f"dicabut.{N1}"]
    assert f"dicabut.{BARU}" not in told
    assert [row["langkah"] for row in kurir.pesan()].count("dicabut") == 1
