"""The refusals of pengajuan: each carries a stable slug and an Indonesian message that names the way out."""

from __future__ import annotations

from dataclasses import dataclass


class PengajuanSalah(Exception):
    """Root of the tree; `slug` is stable and goes into the problem's type, `pesan` is for people."""

    def __init__(self, slug: str, pesan: str) -> None:
        super().__init__(pesan)
        self.slug = slug
        self.pesan = pesan


class NikSalah(PengajuanSalah):
    """A NIK that cannot exist."""


class KkSalah(PengajuanSalah):
    """A family card number that cannot exist."""


class TeleponSalah(PengajuanSalah):
    """A phone number that cannot be dialled."""


class ResiSalah(PengajuanSalah):
    """A receipt that was mistyped."""


class TransisiSalah(PengajuanSalah):
    """The case is not in a state, or the caller not in a role, that allows this step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KesalahanMedan:
    """One wrong field: JSON pointer into the request (`/jawaban/nik`), slug, message."""

    pointer: str
    slug: str
    pesan: str

    @property
    def detail(self) -> str:
        """The message under the name that problem+json gives it."""
        return self.pesan


class FormulirSalah(PengajuanSalah):
    """Every wrong field of one form at once, in `kesalahan`."""

    def __init__(self, kesalahan: tuple[KesalahanMedan, ...]) -> None:
        super().__init__("formulir-salah", f"{len(kesalahan)} isian perlu diperbaiki.")
        self.kesalahan = kesalahan

    @property
    def errors(self) -> tuple[KesalahanMedan, ...]:
        """The wrong fields under the name that problem+json gives them."""
        return self.kesalahan


class KatalogSalah(PengajuanSalah):
    """Every mistake of the catalogue files at once, in `daftar` (one line each, in English for operators)."""

    def __init__(self, daftar: tuple[str, ...]) -> None:
        super().__init__("katalog-salah", "; ".join(daftar))
        self.daftar = daftar


class Dilarang(PengajuanSalah):
    """The caller is known and may not do this; `slug` says why."""


class TidakAda(PengajuanSalah):
    """Nothing is here, or the caller may not know that something is."""

    def __init__(self) -> None:
        super().__init__("tidak-ditemukan", "Tidak ditemukan. Periksa alamat atau nomornya.")


class TautanSalah(PengajuanSalah):
    """A link to RT or RW that opens nothing: wrong, used, late, or no longer needed."""

    def __init__(self) -> None:
        super().__init__(
            "tautan-tidak-berlaku",
            "Tautan ini salah, sudah dipakai, atau lewat waktunya. Anda tidak perlu berbuat apa-apa lagi.",
        )


class BelumDilayani(PengajuanSalah):
    """The office does not take this service through the system now."""
