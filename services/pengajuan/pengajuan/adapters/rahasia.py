"""The tracking secret of a receipt: derived from the case's id with the installation's key, stored as a hash only."""

from __future__ import annotations

from pengajuan.domain.resi import ALPHABET
from web.pseudonyms import Pseudonyms

_SIGNS = 10  # 50 bits


class Rahasia:
    """The same case gives the same secret, so a repeated command can answer as before."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms

    def untuk(self, id: str) -> str:
        """Ten signs of the receipt alphabet."""
        number = int(self._pseudonyms.of("rahasia-resi", id), 16)
        return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(_SIGNS))


def tampak(rahasia: str) -> str:
    """`ABCDEFGHJK` → `ABCDE-FGHJK`, as printed."""
    return f"{rahasia[:5]}-{rahasia[5:]}"
