"""Letters from templates: data in, PDF/A-2b out, the same bytes for the same data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from threading import Lock

import typst

from dokumen.adapters import qr
from dokumen.adapters.fields import Fields

BESAR = 12.0  # points of a letter that fits its sheet as it is
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a page (first page = 0) in whole PDF points, origin at the lower left."""

    page: int
    left: int
    bottom: int
    right: int
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A rendered letter in letters of so many points; `mengetahui` is the place kept free for the camat, or None."""

    pdf: bytes
    pages: int
    mengetahui: Box | None
    huruf: float


class TemplateFailed(Exception):
    """These data cannot be set by this template, now or later: a text that does not fit, a letter without a glyph."""

    slug = "naskah-cacat"


class Renderer:
    """One compiler, reused: the first letter costs some 60 ms, the next ones 5. Safe to share between threads."""

    def __init__(self, templates: Path = TEMPLATES) -> None:
        self._templates = templates
        self._fields = Fields(templates)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[templates / "fonts"]
        )
        self._compiler = typst.Compiler(root=templates, font_paths=fonts)
        self._lock = Lock()

    def render(self, template: str, data: Mapping[str, object]) -> bytes:
        """The PDF of `compose`."""
        return self.compose(template, data).pdf

    def check(self, template: str, data: Mapping[str, object]) -> None:
        """Raise `MissingField` for what `compose` would refuse to leave blank."""
        self._fields.check(template, data)

    def compose(self, template: str, data: Mapping[str, object]) -> Sheet:
        """Render the `as_data()` of a `Naskah`, `Mengetahui` or `LembarFormulir` with `<template>.typ`.

        Raises `MissingField` instead of printing a blank, `UnknownTemplate`, or `TemplateFailed`.
        """
        self._fields.check(template, data)
        inputs = {"data": json.dumps(_with_qr(data), ensure_ascii=False, sort_keys=True)}
        source = self._templates / f"{template}.typ"
        try:
            pdf, places, pages = self._compile(source, inputs)
        except typst.TypstError as error:
            raise TemplateFailed(f"{template}: {error}") from error
        return Sheet(
            pdf=pdf,
            pages=max(pages, default=1),
            mengetahui=_box(places[0]) if places else None,
            huruf=places[0]["huruf"] if places else BESAR,
        )

    def _compile(
        self, source: Path, inputs: dict[str, str]
    ) -> tuple[bytes, list[Mapping[str, float]], list[int]]:
        with self._lock:
            # No creation date of its own: the letter's date is in its text, and bytes must not depend on the clock.
            pdf = self._compiler.compile(
                source, format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=0
            )
            places = json.loads(self._compiler.query("<mengetahui>", field="value"))
            pages = json.loads(self._compiler.query("<halaman>", field="value"))
        if not isinstance(pdf, bytes):
            raise TypeError(type(pdf).__name__)
        # PDF/A wants each object behind the end of a line, and a seal's first object follows the last byte of this.
        return pdf + b"\n", places, pages


def _with_qr(data: Mapping[str, object]) -> dict[str, object]:
    mark = data.get("verifikasi")
    if not isinstance(mark, Mapping):
        return dict(data)
    return {**data, "verifikasi": {**mark, "qr": qr.svg(str(mark["url"]))}}


def _box(place: Mapping[str, float]) -> Box:
    top = place["tinggi-kertas"] - place["y"]
    return Box(
        page=int(place["halaman"]) - 1,
        left=floor(place["x"]),
        bottom=floor(top - place["tinggi"]),
        right=ceil(place["x"] + place["lebar"]),
        top=ceil(top),
    )
