"""The refusals of notifikasi: a stable slug each, and Indonesian words that name the way out."""

from __future__ import annotations


class NotifikasiSalah(Exception):
    """Root of the tree; `slug` is in contracts/problems.json."""

    slug = "galat-server"


class PesanTidakAda(NotifikasiSalah):
    """No such message, or not the caller's."""

    slug = "tidak-ditemukan"


class BelumDapatDiulang(NotifikasiSalah):
    """The message is on its way still, or the applicant gave no contact."""

    slug = "pesan-belum-dapat-diulang"


class KodeTakTerkirim(NotifikasiSalah):
    """The channel did not take the code; it is not tried again."""

    slug = "kode-tidak-terkirim"


class AlamatDitolak(NotifikasiSalah):
    """The channel refuses this address for good; `alasan` is a reason code."""

    def __init__(self, alasan: str) -> None:
        super().__init__(alasan)
        self.alasan = alasan


class MungkinSudahSampai(NotifikasiSalah):
    """Nobody knows whether the message arrived: who has it sent again says that he knows."""

    slug = "pesan-mungkin-sudah-sampai"


class TakPasti(NotifikasiSalah):
    """A channel was given the message and did not say whether it took it."""


class TemplatTidakAda(NotifikasiSalah):
    """No such template."""

    slug = "tidak-ditemukan"


class IsianTakDikenal(NotifikasiSalah):
    """A draft of a template names what its messages do not know."""

    slug = "templat-isian-salah"


class TemplatSalah(NotifikasiSalah):
    """The message catalogue lacks what a message needs: a defect."""
