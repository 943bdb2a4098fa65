"""From where a request comes, as far as it can be believed: the line's other end, or what our own proxies wrote."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any


def address(environ: Mapping[str, Any], proxies: int) -> str:
    """The client's address; IPv6 as its /64, which is one household.

    `proxies` of our own stand in front and each appends to X-Forwarded-For; what a client wrote there itself
    stands further left and is never read.
    """
    given = str(environ.get("REMOTE_ADDR", ""))
    if proxies:
        told = [part.strip() for part in str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        given = told[-proxies] if len(told) >= proxies else given
    return _network(given)


def _network(text: str) -> str:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return "-"
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
