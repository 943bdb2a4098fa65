"""Why a paper is refused: a stable slug for events and problems, and words that name limit and way out."""

from __future__ import annotations


class BerkasDitolak(Exception):
    """A paper that cannot be kept; `slug` travels in `berkas.ditolak`, `pesan` is for the resident."""

    def __init__(self, slug: str, pesan: str) -> None:
        super().__init__(f"{slug}: {pesan}")
        self.slug = slug
        self.pesan = pesan

    @property
    def alasan(self) -> str:
        """The slug as the code that `berkas.ditolak` carries."""
        return self.slug.replace("-", "_")


def bertanda_tangan() -> BerkasDitolak:
    """A signed PDF is kept byte for byte or refused (R11)."""
    return BerkasDitolak(
        "pdf-bertanda-tangan-dibagi",
        "PDF ini bertanda tangan elektronik, jadi halamannya tidak bisa dibagi. Unggah utuh pada satu syarat.",
    )
