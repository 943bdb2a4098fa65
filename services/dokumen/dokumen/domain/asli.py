"""Originals: what has to come along, in words (R8), and which of them were seen before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

BULAN = 12  # a known person's originals need not be shown again for so long
CARA = {
    "ditunjukkan": "ditunjukkan",
    "diserahkan": "diserahkan ke loket",
    "cek_qr": "kode QR-nya diperiksa",
}
NAMA = {
    "KTP": "KTP-el",
    "KK": "Kartu Keluarga",
    "PENGANTAR_RT_RW": "surat pengantar RT/RW",
    "SURAT_KUASA": "surat kuasa",
}
Sidik = Callable[[str, str], str]


def nama(syarat: str) -> str:
    """`BUKTI_TINGGAL` → `bukti tinggal`."""
    return NAMA.get(syarat) or syarat.replace("_", " ").lower()


def bawa(case: Mapping[str, Any], aturan: Mapping[str, str]) -> list[dict[str, str]]:
    """Originals to bring: those of the complete round that were not waived, with what happens to each."""
    waived = {w["syarat"] for w in (case.get("pribadi") or {}).get("pembebasan", ())}
    wanted = sorted({b["syarat"] for b in (case.get("lengkap") or {}).get("berkas", ())} - waived)
    return [{"syarat": s, "nama": nama(s), "cara": aturan[s]} for s in wanted if s in aturan]


def pemberitahuan(papers: list[dict[str, str]], kantor: Mapping[str, Any]) -> str:
    """`Surat sudah jadi. Bawa: …` with the office (`nama` as one says it) and its hours."""
    listed = ", ".join(f"{b['nama']} asli ({CARA[b['cara']]})" for b in papers)
    place = ", ".join(str(kantor[k]) for k in ("alamat", "telepon") if kantor.get(k))
    hours = f" Loket buka {kantor['jam']}." if kantor.get("jam") else ""
    first = f"Surat sudah jadi. Bawa: {listed}." if listed else "Surat sudah jadi. Ambil di loket."
    return f"{first} {kantor['nama']}{', ' if place else ''}{place}.{hours}"


def sidik(case: Mapping[str, Any], aturan: Mapping[str, str], cap: Sidik) -> dict[str, str] | None:
    """Which originals these are: cards by their number, other papers by their bytes; None if one must be kept.

    `cap(kind, value)` is a keyed digest; numbers stand nowhere else.
    """
    half = case.get("pribadi") or {}
    person = (half.get("subjek") or [{}])[0]
    numbers = {"KTP": person.get("nik"), "KK": person.get("kk") or half.get("kk")}
    digests = {b["syarat"]: b["sha256"] for b in (case.get("lengkap") or {}).get("berkas", ())}
    found: dict[str, str] = {}
    for paper in bawa(case, aturan):
        code = paper["syarat"]
        if paper["cara"] == "diserahkan":
            return None
        number = numbers.get(code)
        found[code] = cap(code, str(number)) if number else digests[code][:32]
    return found
