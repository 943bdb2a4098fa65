"""Kembalikan: one list of what is wrong, to the resident (by the kelurahan) or to the kelurahan (R10)."""

from __future__ import annotations

from dataclasses import replace

from persetujuan.domain.alur import Tingkat
from persetujuan.domain.fakta import Fakta, teks
from persetujuan.domain.galat import KeputusanSalah
from persetujuan.domain.kasus import Hasil, Kembali, Tahap
from persetujuan.domain.keputusan.syarat import Perkara, catatan, diputus
from persetujuan.domain.mulai import buka

TARGET = {Tingkat.KELURAHAN: "warga", Tingkat.KECAMATAN: "kelurahan"}


def kembalikan(perkara: Perkara) -> Hasil:
    """→ DIKEMBALIKAN; or, from the kecamatan, back to the first step of the same round."""
    target = TARGET[perkara.langkah.tingkat]
    _check(perkara, target)
    moved, facts = diputus(perkara)
    points = perkara.putusan.kekurangan
    data = {
        "putaran": perkara.tugas.putaran,
        "target": target,
        "kekurangan": [{key: point[key] for key in ("jenis", "kode", "alasan")} for point in points],
        "waktu": teks(perkara.waktu),
    }
    words = catatan(perkara, [{"kode": p["kode"], "teks": p["teks"]} for p in points if p.get("teks")])
    told = (*facts, Fakta(nama="permohonan.dikembalikan", data=data), *words)
    if target == "warga":
        returned = replace(moved, dikembalikan_pada=teks(perkara.waktu))
        return returned.berakhir(Tahap.DIKEMBALIKAN), told
    first = perkara.layanan.langkah[0]
    sent = Kembali(
        peran=perkara.tugas.peran, oleh=perkara.pemutus.akun, waktu=teks(perkara.waktu), kekurangan=points
    )
    kept = replace(moved, kembali=sent)
    again, task = buka(kept, perkara.layanan, first, perkara.tugas.putaran, perkara.waktu)
    return again, (*told, task)


def _check(perkara: Perkara, target: str) -> None:
    putusan = perkara.putusan
    if not putusan.kekurangan:
        raise KeputusanSalah("Daftar kekurangan masih kosong. Pilih yang perlu diperbaiki.")
    if putusan.target not in {None, target}:
        raise KeputusanSalah(f"Dari kantor ini permohonan dikembalikan kepada {target}.")
    named = [(point["jenis"], point["kode"]) for point in putusan.kekurangan]
    if len(set(named)) != len(named):
        raise KeputusanSalah("Satu berkas atau isian disebut dua kali. Gabungkan menjadi satu baris.")
