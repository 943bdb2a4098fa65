"""Why a step is refused: one small tree, each with a stable slug and a way out in Indonesian."""

from __future__ import annotations


class DokumenSalah(Exception):
    """Any refusal of this service; `slug` is in contracts/problems.json."""

    slug = "transisi-salah"


class IzinSalah(DokumenSalah):
    """The upload grant does not allow this."""

    slug = "grant-salah"


class SyaratAsing(DokumenSalah):
    """The grant has no such requirement."""

    slug = "syarat-tak-dikenal"


class BerkasBanyak(DokumenSalah):
    """A slot was filled more often than anybody needs."""

    slug = "berkas-terlalu-banyak"


class TerlaluBesar(DokumenSalah):
    """The body is longer than the grant allows; the message names the limit."""

    slug = "terlalu-besar"


class Terputus(DokumenSalah):
    """The body ended before its announced length; nothing was kept."""

    slug = "unggahan-terputus"


class BelumBersih(DokumenSalah):
    """A paper is served only after its checks."""

    slug = "berkas-belum-bersih"


class BerkasDihapus(DokumenSalah):
    """The file was erased at the end of its time (R15)."""

    slug = "berkas-dihapus"


class BerkasTertolak(DokumenSalah):
    """A refused paper is never served."""

    slug = "berkas-ditolak"


class BelumTerbit(DokumenSalah):
    """There is no sealed letter yet."""

    slug = "surat-belum-terbit"


class BelumDilepas(DokumenSalah):
    """The release rule keeps the letter at the counter (R8)."""

    slug = "surat-belum-dilepas"


class AsliKurang(DokumenSalah):
    """Hand-over without every original (R8); the message names what is missing."""

    slug = "asli-belum-dilihat"


class TakDapatDicocokkan(DokumenSalah):
    """The letter has nothing of this kind to compare with."""

    slug = "tidak-dapat-dicocokkan"


class KodeSalah(DokumenSalah):
    """No letter carries this verification code."""

    slug = "token-verifikasi-salah"
