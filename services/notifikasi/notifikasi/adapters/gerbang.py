"""WhatsApp or SMS by a provider's HTTP gateway: one JSON POST per message, its fixed id as Idempotency-Key."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError
from urllib3.util import Timeout

from notifikasi.application.saluran import Surat
from notifikasi.domain.galat import AlamatDitolak, TakPasti

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
DITOLAK = {400, 404, 410, 422}
"""Answers that say: never to this number."""
NANTI = 503
"""Like 429 it says that the message was not taken. Every other 5xx may come after it was (RFC 9110 section 15.6)."""
SEBELUM = (NewConnectionError, ConnectTimeoutError, SSLError)
"""What goes wrong before a byte of the message has left."""


class GerbangMenolak(Exception):
    """The gateway did not take the message; only its status is told, its text may hold the number."""


class Gerbang:
    """`url` takes `{id, tujuan, judul, isi}`; `token` goes as a bearer token.

    `kenal_id`: whether this provider recognises a repeated Idempotency-Key.
    """

    def __init__(self, nama: str, url: str, token: str, *, kenal_id: bool = False) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"EKEL_{nama.upper()}_URL: wanted https://host/path")
        self.nama, self.kenal_id = nama, kenal_id
        self._url, self._token, self._host = url, token, parts.hostname
        self._pool = urllib3.PoolManager(maxsize=2, timeout=Timeout(connect=5.0, read=20.0), retries=False)

    @property
    def lokal(self) -> bool:
        """Whether messages stay on this machine."""
        return self._host in LOOPBACK

    def kirim(self, surat: Surat) -> None:
        """Raises AlamatDitolak for a number that it refuses for good, TakPasti when no answer says what became of it.

        Each message has a connection of its own: on a kept one, a gateway that hung up looks like one that took it.
        """
        headers = {"Content-Type": "application/json", "Idempotency-Key": surat.id, "Connection": "close"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        text = {"id": surat.id, "tujuan": surat.tujuan, "judul": surat.judul, "isi": surat.isi}
        try:
            answer = self._pool.request(
                "POST", self._url, body=json.dumps(text).encode(), headers=headers, redirect=False
            )
        except SEBELUM:
            raise
        except HTTPError as error:
            raise TakPasti(self.nama) from error
        if answer.status in DITOLAK:
            raise AlamatDitolak("alamat_ditolak")
        if answer.status >= 500 and answer.status != NANTI:
            raise TakPasti(f"{self.nama}: {answer.status}")
        if not 200 <= answer.status < 300:
            raise GerbangMenolak(f"{self.nama}: {answer.status}")
