"""The refusals of persetujuan: a stable slug each, and Indonesian words that name the way out."""

from __future__ import annotations


class PersetujuanSalah(Exception):
    """Root of the tree; `slug` is in contracts/problems.json, the text is for people."""

    slug = "transisi-salah"


class TransisiSalah(PersetujuanSalah):
    """The case is not in a state that allows this step."""


class TugasTidakAda(PersetujuanSalah):
    """No such task, or not in the caller's area."""

    slug = "tidak-ditemukan"


class SudahDiputus(PersetujuanSalah):
    """Somebody decided first; the text names the role."""

    slug = "tugas-sudah-diputus"


class BukanWewenang(PersetujuanSalah):
    """Another role, office or section decides this step."""

    slug = "bukan-wewenang"


class PerkaraSendiri(PersetujuanSalah):
    """The decider is a subject of the case or on the same family card (R7)."""

    slug = "perkara-sendiri"


class DelegasiSalah(PersetujuanSalah):
    """Dates, office or person do not fit, or somebody else stands in then (R12)."""

    slug = "delegasi-tidak-dapat"


class PejabatBelumTercatat(PersetujuanSalah):
    """An official who is to be named has no record yet."""

    slug = "pejabat-belum-tercatat"


class Konseptor(PersetujuanSalah):
    """The drafter of a case never signs it (R3)."""

    slug = "konseptor-bukan-penanda-tangan"


class KonfirmasiWajib(PersetujuanSalah):
    """Signing needs a fresh confirmation bound to this task."""

    slug = "konfirmasi-wajib"


class KeputusanSalah(PersetujuanSalah):
    """The step does not know this decision, or it lacks its reasons."""

    slug = "keputusan-tidak-sesuai"


class LayananTakDikenal(PersetujuanSalah):
    """A service without a flow: a defect of the catalogue; the case waits until it is mended."""

    slug = "galat-server"


class KatalogSalah(PersetujuanSalah):
    """A flow or a service file that cannot be used; told at start, in English, for operators."""

    slug = "galat-server"
