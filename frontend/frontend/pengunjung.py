"""Who looks at a page, told to the gateway with a proof, so that each visitor has tries and shares of his own.

The gateway believes it because this front end has a key (decision 0024); without one all its visitors are one client.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from pathlib import Path

from flask import has_request_context, request

from web.sender import sender

HEADER = "X-Pengunjung"


class Pengunjung:
    """`proxies` as at the gateway. Raises FileNotFoundError for a file that must be there."""

    def __init__(self, proxies: int, berkas: Path, *, harus: bool) -> None:
        self._proxies, self._file, self._must = proxies, berkas, harus
        self._key = self._read()

    def __call__(self) -> Mapping[str, str]:
        """The header of the request that is being answered; none outside one, or when its address is none."""
        self._key = self._key or self._read()  # made by the gateway's migration, perhaps after our start
        if not self._key or not has_request_context() or not (address := self._address()):
            return {}
        proof = hmac.new(self._key.encode(), f"pengunjung:{address}".encode(), hashlib.sha256)
        return {HEADER: f"{address} {proof.hexdigest()}"}

    def kurang(self) -> str:
        """Why visitors are not told apart; empty when they are."""
        return (
            "" if self._key or self._read() else f"no key in {self._file}: all visitors count as one client"
        )

    def _address(self) -> str:
        try:
            return str(ipaddress.ip_address(sender(request.environ, self._proxies)))
        except ValueError:
            return ""

    def _read(self) -> str:
        try:
            return self._file.read_text().partition("\n")[0].strip()
        except FileNotFoundError:
            if self._must:
                raise
            return ""
