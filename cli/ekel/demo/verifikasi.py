"""What anybody can do with a letter: ask by its QR token, and show the PDF itself, whole and changed."""

from __future__ import annotations

from typing import Any

from ekel.demo.client import Client
from ekel.demo.stage import Stage, expect

PDF = {"Content-Type": "application/pdf"}


def token(letter: dict[str, Any]) -> str:
    """The last segment of the address that the QR code holds."""
    return str(letter["url_verifikasi"]).rstrip("/").rsplit("/", 1)[-1]


def verify(stage: Stage, letter: dict[str, Any], pdf: bytes) -> None:
    """Both ways must say valid, and a changed byte must be reported."""
    anybody: Client = stage.client
    said = anybody.get(f"/v1/verifikasi/{token(letter)}")
    expect(said["status"] == "valid", f"by QR code: {said}")
    shown = anybody.call("POST", "/v1/verifikasi", content=pdf, headers=PDF).data
    expect(shown["status"] == "valid", f"by the PDF: {shown}")
    middle = len(pdf) // 2
    changed = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
    told = anybody.ask("POST", "/v1/verifikasi", content=changed, headers=PDF).data
    expect(told["status"] != "valid", "a changed PDF was called valid")
    stage.narrator.step(f"Surat {letter['nomor']} diperiksa: QR sah, PDF sah, PDF yang diubah ketahuan")
