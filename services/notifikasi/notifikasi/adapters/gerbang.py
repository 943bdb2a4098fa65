"""WhatsApp or SMS by a provider's HTTP gateway: one JSON POST per message, its fixed id as Idempotency-Key."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import urllib3
from urllib3.util import Timeout

from notifikasi.application.saluran import Surat
from notifikasi.domain.galat import AlamatDitolak

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
DITOLAK = {400, 404, 410, 422}
"""Answers that say: never to this number. Every other answer but 2xx is unclear and tried again."""


class GerbangMenolak(Exception):
    """The gateway did not take the message; only its status is told, its text may hold the number."""


class Gerbang:
    """`url` takes `{id, tujuan, judul, isi}`; `token` goes as a bearer token."""

    def __init__(self, nama: str, url: str, token: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"EKEL_{nama.upper()}_URL: wanted https://host/path")
        self.nama, self._url, self._token, self._host = nama, url, token, parts.hostname
        self._pool = urllib3.PoolManager(maxsize=2, timeout=Timeout(connect=5.0, read=20.0), retries=False)

    @property
    def lokal(self) -> bool:
        """Whether messages stay on this machine."""
        return self._host in LOOPBACK

    def kirim(self, surat: Surat) -> None:
        """Raises AlamatDitolak for a number that it refuses for good; anything else may be tried again."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": surat.id}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        text = {"id": surat.id, "tujuan": surat.tujuan, "judul": surat.judul, "isi": surat.isi}
        answer = self._pool.request(
            "POST", self._url, body=json.dumps(text).encode(), headers=headers, redirect=False
        )
        if answer.status in DITOLAK:
            raise AlamatDitolak("alamat_ditolak")
        if not 200 <= answer.status < 300:
            raise GerbangMenolak(f"{self.nama}: {answer.status}")
