"""A case as JSON: the same facts for everybody who may see it, in the words of R19."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pengajuan.adapters.rahasia import tampak
from pengajuan.application import konfirmasi
from pengajuan.application.buat import nomor_resi
from pengajuan.application.lingkup import Lingkup, batas
from pengajuan.application.queries import Terbaca
from pengajuan.bootstrap import App
from pengajuan.domain import tampilan
from pengajuan.domain.kelengkapan import berkas_slot, syarat_berlaku
from pengajuan.domain.layanan import Syarat
from pengajuan.domain.permohonan import Permohonan, Pindahan

Json = dict[str, Any]


def kasus(app: App, terbaca: Terbaca, *, rahasia: bool = False) -> Json:
    """The whole case; `rahasia` adds the tracking secret, for the answer that made it."""
    k, di = terbaca.kasus, app.lingkup
    layanan, kantor = di.milik(k), di.satu_kantor(k.kantor).state
    wanted = syarat_berlaku(k, layanan, batas(kantor))
    return {
        **keadaan(k),
        "rahasia_resi": tampak(app.rahasia.untuk(k.rahasia_dari or k.id)) if rahasia else None,
        "layanan": {"kode": layanan.kode, "nama": layanan.nama, "versi": layanan.versi},
        "kantor": kantor_ringkas(kantor),
        "hubungan": k.hubungan.value,
        "pemohon": {"nama": k.pemohon.nama, "nik": k.pemohon.nik, "akun": k.pemohon.akun},
        "subjek": [asdict(s) for s in k.subjek],
        "jawaban": dict(k.data),
        "syarat": [_slot(k, s) for s in wanted],
        "pengantar": pengantar(di, k, kantor),
        "kekurangan": [
            {"jenis": p.jenis, "kode": p.kode, "alasan": p.alasan, "teks": p.catatan} for p in k.kekurangan
        ],
        "catatan": [asdict(c) for c in k.catatan],
        "pembebasan": [asdict(p) for p in k.pembebasan],
        "koreksi": [{**asdict(c), "pada": c.pada.isoformat()} for c in k.koreksi],
        "asal": k.asal,
        "pindah_ke": _lain(di, k.pindah_ke),
        "pindah_dari": _lain(di, k.pindah_dari),
        "lengkapi_sampai": k.lengkapi_sampai.isoformat() if k.lengkapi_sampai else None,
        "jatuh_tempo": max(k.tenggat.values(), default=None),
        "surat": next(
            ({"id": s.id, "tanggal": s.tanggal.isoformat(), "dicabut": s.dicabut} for s in k.semua_surat),
            None,
        ),
        "terusan": None
        if k.terusan is None
        else {**asdict(k.terusan), "tanggal": k.terusan.tanggal.isoformat()},
        "izin_unggah": app.izin.untuk(k, layanan, batas(kantor)),
    }


def kekurangan_kantor(k: Permohonan) -> list[Json]:
    """What the kecamatan sent back to be completed, with its words; for officials."""
    words = {c.kode: c.teks for c in k.catatan}
    points = k.kekurangan_kantor if k.dilengkapi_petugas else ()
    return [{"jenis": p.jenis, "kode": p.kode, "alasan": p.alasan, "teks": words.get(p.kode)} for p in points]


def pengantar(di: Lingkup, k: Permohonan, kantor: Json) -> Json | None:
    """How the confirmation by RT and RW stands; None where there is none and none can be asked for."""
    asked, may = k.pengantar, konfirmasi.dapat(di, k, kantor)
    if asked is None and not may:
        return None
    issued = asked is not None and asked.nomor is not None
    return {
        "keadaan": asked.keadaan.value if asked else None,
        "tampilan": tampilan.pengantar(asked),
        "boleh_minta": may,
        "rt": asked.rt if asked else "",
        "rw": asked.rw if asked else "",
        "sampai": asked.sampai.isoformat() if asked and asked.sampai else None,
        "nomor": asked.nomor if asked else None,
        "tanggal": asked.pada.date().isoformat() if asked and issued else None,
        "oleh": [name for name in (asked.rt_nama, asked.rw_nama) if name] if asked else [],
    }


def ringkas(k: Permohonan) -> Json:
    """One line of a list."""
    return {**keadaan(k), "layanan": k.layanan, "kantor": k.kantor, "pemohon": k.pemohon.nama}


def keadaan(k: Permohonan) -> Json:
    """What of a case is not personal."""
    return {
        "id": k.id,
        "nomor_resi": k.resi,
        "status": k.status.value,
        "tampilan": tampilan.kata(k),
        "keterangan": list(tampilan.keterangan(k)),
        "langkah_berikut": tampilan.langkah_berikut(k),
        "putaran": k.putaran,
        "kanal": k.kanal.value,
        "dibuat_pada": k.dibuat_pada.isoformat(),
        "diajukan_pada": k.diajukan_pada.isoformat() if k.diajukan_pada else None,
    }


def riwayat(k: Permohonan) -> list[Json]:
    return [
        {
            "kode": r.kode,
            "waktu": r.waktu.isoformat(),
            "oleh": r.oleh,
            "putaran": r.putaran,
            "rincian": dict(r.rincian),
        }
        for r in k.riwayat
    ]


def kantor_ringkas(state: Json) -> Json:
    """How an office is always shown (R7)."""
    name = f"Kecamatan {state['nama']}"
    if state["tingkat"] == "kelurahan":
        name = f"Kelurahan {state['nama']}, Kecamatan {state['kecamatan_nama']}"
    return {
        "kode": state["kode"],
        "nama": name,
        "telepon": state["telepon"],
        "tutup": state.get("tutup"),
    }


def _lain(di: Lingkup, other: Pindahan | None) -> Json | None:
    """The other half of a moved case; its receipt is known from its id."""
    if other is None:
        return None
    return {
        "id": other.permohonan,
        "nomor_resi": nomor_resi(other.kantor, other.permohonan),
        "kantor": kantor_ringkas(di.satu_kantor(other.kantor).state),
    }


def _slot(k: Permohonan, s: Syarat) -> Json:
    way = k.jalan.get(s.kode)
    return {
        "kode": s.kode,
        "label": s.label,
        "bantuan": s.bantuan,
        "wajib": s.wajib,
        "asli": s.asli.value,
        "maks_berkas": s.maks_berkas,
        "cara": way.cara.value if way else None,
        "pilihan": way.pilihan if way else None,
        "alasan": way.alasan if way else None,
        "berkas": [b.id for b in berkas_slot(k, s)],
    }
