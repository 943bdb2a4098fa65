"""The type of an upload is in its bytes."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from dokumen.adapters.content_type import Jenis, detect
from dokumen.domain.penolakan import BerkasDitolak


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, kind)
    return out.getvalue()


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "jenis"), [(picture("JPEG"), Jenis.JPEG), (picture("PNG"), Jenis.PNG), (pdf(), Jenis.PDF)]
)
def test_allowed_types_are_known_by_content_whatever_the_name(
    tmp_path: Path, content: bytes, jenis: Jenis
) -> None:
    path = tmp_path / "ktp.html"
    path.write_bytes(content)
    assert detect(path) is jenis


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (b"", "berkas-kosong"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "jenis-tidak-diterima"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "jenis-tidak-diterima"),
        (picture("GIF"), "jenis-tidak-diterima"),
        (b"PK\x03\x04" + b"\x00" * 60, "jenis-tidak-diterima"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif" + b"\x00" * 20, "jenis-tidak-diterima"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 20, "jenis-tidak-diterima"),
        (b"<html>" + pdf(), "jenis-tidak-diterima"),
        (b"\xef\xbb\xbf" + pdf(), "pdf-tercampur"),
        (pdf() + b"PK\x03\x04 a zip behind it", "pdf-tercampur"),
        (pdf()[:-40], "pdf-tercampur"),
    ],
)
def test_what_only_calls_itself_a_picture_is_refused(tmp_path: Path, content: bytes, slug: str) -> None:
    path = tmp_path / "ktp.jpg"
    path.write_bytes(content)
    with pytest.raises(BerkasDitolak) as caught:
        detect(path)
    assert caught.value.slug == slug
