"""The link to RT or RW as pengajuan derives it too (`pengantar.dibagikan` in the contract): stored nowhere."""

from __future__ import annotations

import base64
from uuid import UUID

from web.pseudonyms import Pseudonyms


class Tautan:
    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms

    def untuk(self, id: str, urut: str) -> str:
        """The last part of the address: 43 signs of base64url."""
        both = UUID(id).bytes + bytes.fromhex(self._pseudonyms.of("pengantar", f"{id}:{urut}"))
        return base64.urlsafe_b64encode(both).decode().rstrip("=")
