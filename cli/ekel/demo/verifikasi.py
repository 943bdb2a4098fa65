"""What anybody can do with a letter: ask by the code printed on it, and show the PDF itself, whole and changed."""

from __future__ import annotations

import re

import pypdfium2

from ekel.demo.client import Client
from ekel.demo.stage import Stage, expect

PDF = {"Content-Type": "application/pdf"}
_CODE = re.compile(r"\b[A-HJ-NP-Z2-9]{4}(?:[- ][A-HJ-NP-Z2-9]{4}){2}\b")


def code(pdf: bytes) -> str:
    """The short code below the QR code, read off the letter as its holder would."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    found = _CODE.search(text)
    expect(found, "the letter shows no verification code")
    return found.group() if found else ""


def verify(stage: Stage, number: str, pdf: bytes) -> None:
    """Both ways must say genuine, and a changed byte must be reported."""
    anybody: Client = stage.client
    said = anybody.get(f"/v1/verifikasi/{code(pdf)}")
    expect(said["status"] == "berlaku" and number in said["nomor"], f"by the code: {said}")
    shown = anybody.call("POST", "/v1/verifikasi", content=pdf, headers=PDF).data
    expect(shown["hasil"] == "asli", f"by the PDF: {shown}")
    middle = len(pdf) // 2
    changed = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
    told = anybody.ask("POST", "/v1/verifikasi", content=changed, headers=PDF).data
    expect(told.get("hasil") != "asli", "a changed PDF was called genuine")
    stage.step(f"Surat {number}, atas nama {said['nama']}: {said['keterangan']}")
    stage.narrator.note(f"PDF yang diunggah: {shown['keterangan']}")
    stage.narrator.note(f"PDF yang diubah satu bita: {told.get('keterangan', told.get('detail'))}")
