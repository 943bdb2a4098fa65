"""Why a letter or form cannot be written: one list of errors, as codes for events and as words for people."""

from __future__ import annotations

from dokumen.adapters.fields import MissingField
from dokumen.adapters.typst_letters import TemplateFailed
from dokumen.domain.blok import WewenangSalah
from dokumen.domain.isian import MedanKurang, MedanSalah
from dokumen.domain.susun import KantorKurang
from dokumen.domain.tahan import Ditahan

HALANGAN = (MissingField, MedanKurang, KantorKurang, WewenangSalah, TemplateFailed)
KURANG, TIDAK_SESUAI, CACAT = "data_belum_lengkap", "data_tidak_sesuai", "naskah_cacat"


def sebab(error: Exception) -> Ditahan:
    """Reason code and field; `error` is one of `HALANGAN`."""
    if isinstance(error, MissingField):
        return Ditahan(alasan=KURANG, medan=error.name)
    if isinstance(error, MedanKurang):
        alasan = TIDAK_SESUAI if isinstance(error, MedanSalah) else KURANG
        return Ditahan(alasan=alasan, medan=f"jawaban.{error.id}")
    if isinstance(error, KantorKurang):
        return Ditahan(alasan=KURANG, medan=f"kantor.{error.medan}")
    if isinstance(error, WewenangSalah):
        return Ditahan(alasan=KURANG, medan=f"wewenang.{error}")
    return Ditahan(alasan=CACAT)


def kata(error: Exception) -> str:
    """The same for whoever reads the draft, with the way out."""
    if isinstance(error, MedanSalah):
        return f"{error.label}: jawabannya tidak sesuai dengan surat ini. Kembalikan permohonan untuk diperbaiki."
    if isinstance(error, MedanKurang):
        return f"{error.label} belum diisi. Kembalikan permohonan untuk dilengkapi."
    if isinstance(error, KantorKurang):
        return f"Data kantor belum lengkap ({error.medan}). Mintalah pengelola kecamatan melengkapinya."
    if isinstance(error, MissingField):
        return f"Data kantor atau pejabat belum lengkap ({error.name}). Mintalah pengelola kecamatan melengkapinya."
    if isinstance(error, WewenangSalah):
        return f"Data kewenangan pejabat belum lengkap ({error}). Mintalah pengelola kecamatan melengkapinya."
    return "Ada huruf atau isi yang tidak dapat dicetak. Periksa nama dan alamat, lalu kembalikan untuk diperbaiki."
