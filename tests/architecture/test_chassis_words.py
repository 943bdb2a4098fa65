"""The chassis could carry any product: it knows no word of this one."""

from __future__ import annotations

import re

from support.tree import python_files, short

WORDS = re.compile(
    r"""
    permohonan|berkas|surat|kelurahan|kecamatan|wilayah|kantor|lurah|camat|kasi|seklur|sekcam|petugas|pejabat
    |warga|pemohon|penduduk|resi|layanan|syarat|pengajuan|dokumen|persetujuan|notifikasi|tugas|alur|pesan|nomor
    |putaran|skdom|sktm|domisili|ktp|nik|kk
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Words are separated by anything but letters, and by a capital inside a name: `nik_of`, `NikOf`.
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def test_the_chassis_has_no_domain_word() -> None:
    found = [
        f"{short(file)}:{number} {word}"
        for file in python_files("chassis")
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        for word in WORD.findall(line)
        if WORDS.fullmatch(word)
    ]

    assert found == []
