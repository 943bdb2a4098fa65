"""The link that RT or RW gets: derived from the case's id with the installation's key, stored as a hash only.

notifikasi derives the same (`pengantar.dibagikan` names the number), so that no store and no stream ever holds it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from uuid import UUID

from pengajuan.domain.errors import TautanSalah
from web.pseudonyms import Pseudonyms

_HALF = 16  # bytes: the case's id, then as many of the secret


class Tautan:
    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms

    def untuk(self, id: str, urut: int) -> str:
        """The `urut`-th link of a case: 43 signs of base64url over id and secret."""
        both = UUID(id).bytes + self._rahasia(id, urut)
        return base64.urlsafe_b64encode(both).decode().rstrip("=")

    def sidik(self, id: str, urut: int) -> str:
        """What is stored of it."""
        return _sidik(id, self._rahasia(id, urut))

    def _rahasia(self, id: str, urut: int) -> bytes:
        return bytes.fromhex(self._pseudonyms.of("pengantar", f"{id}:{urut}"))


def baca(tautan: str) -> tuple[str, str]:
    """A link as (id of the case, hash). Raises TautanSalah for what no link looks like."""
    try:
        both = base64.urlsafe_b64decode(tautan + "=" * (-len(tautan) % 4))
    except (binascii.Error, ValueError):
        raise TautanSalah from None
    if len(both) != 2 * _HALF:
        raise TautanSalah
    id = str(UUID(bytes=both[:_HALF]))
    return id, _sidik(id, both[_HALF:])


def _sidik(id: str, rahasia: bytes) -> str:
    return hashlib.sha256(f"{id}:{rahasia.hex()}".encode()).hexdigest()
