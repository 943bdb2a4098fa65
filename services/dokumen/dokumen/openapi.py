"""The OpenAPI document of dokumen, for `ekel contracts`: no engine and no key is opened.

Files go in and out as streams, which no model describes: what they are stands here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from chassis.settings import Settings
from dokumen.entrypoints.http import aplikasi
from runtime.openapi import complete, header

Spec = dict[str, Any]
_BYTES: Final[Spec] = {"schema": {"type": "string", "format": "binary"}}
_PUBLIC: Final = ("/v1/verifikasi", "/v1/verifikasi/{token}", "/v1/verifikasi/{token}/cocokkan")
_PAPER: Final = ("image/jpeg", "image/png", "application/pdf")
_OUT: Final = {
    "/v1/berkas/{id}/isi": _PAPER,
    "/v1/berkas/{id}/gambar": ("image/jpeg",),
    "/v1/berkas/{id}/halaman/{nomor}": ("image/jpeg",),
    "/v1/surat/{id}/pdf": ("application/pdf",),
    "/v1/surat/{id}/cetakan": ("application/pdf",),
    "/v1/surat/{id}/pindaian/isi": _PAPER,
    "/v1/surat/pratinjau": ("application/pdf",),
    "/v1/surat/formulir/{kode}": ("application/pdf",),
}
_PIECES: Final = "/v1/berkas/unggahan"
_IN: Final = {
    ("/v1/berkas", "post"): "application/octet-stream",
    ("/v1/berkas/pindaian", "post"): "application/octet-stream",
    ("/v1/berkas/tumpukan", "post"): "application/octet-stream",
    ("/v1/verifikasi", "post"): "application/pdf",
    (f"{_PIECES}/{{id}}", "patch"): "application/offset+octet-stream",
}
_NUMBER: Final = r"^[0-9]{1,15}$"
_TUS: Final = header("Tus-Resumable", "The version of tus.", required=True, enum=["1.0.0"])
_GRANT: Final = header("X-Izin-Unggah", "The grant of the application.", required=True)
_HEADERS: Final = {
    ("/v1/berkas", "post"): [_GRANT],
    ("/v1/berkas/tumpukan", "post"): [_GRANT],
    ("/v1/berkas/{id}/bagi", "post"): [_GRANT],
    (_PIECES, "post"): [
        _TUS,
        _GRANT,
        header("Upload-Length", "Bytes of the whole file.", required=True, pattern=_NUMBER),
        header("Upload-Metadata", "`syarat` and its code in Base64.", required=True),
    ],
    (f"{_PIECES}/{{id}}", "patch"): [
        _TUS,
        _GRANT,
        header("Upload-Offset", "Where this piece begins.", required=True, pattern=_NUMBER),
    ],
    (f"{_PIECES}/{{id}}", "delete"): [_TUS],
    ("/v1/surat/{id}/perbaikan/setuju", "post"): [
        header(
            "X-Konfirmasi", "Of POST /v1/masuk/konfirmasi, `untuk: surat`, for this letter.", required=False
        )
    ],
}
_DONE: Final = {
    (_PIECES, "post"): ("201", "begun; `Location` says where the pieces go"),
    (f"{_PIECES}/{{id}}", "patch"): ("204", "kept; `Upload-Offset` is the next one"),
    (f"{_PIECES}/{{id}}", "delete"): ("204", "given up"),
}


def openapi(contracts: Path | None = None) -> Spec:
    """OpenAPI 3.1 of every operation."""
    spec = aplikasi.openapi(contracts or Settings().contracts)
    for path, kinds in _OUT.items():
        answer = {"description": "the file", "content": dict.fromkeys(kinds, _BYTES)}
        spec["paths"][path]["get"]["responses"]["200"] = answer
    for (path, method), (status, text) in _DONE.items():
        spec["paths"][path][method]["responses"][status] = {"description": text}
    for (path, method), kind in _IN.items():
        spec["paths"][path][method]["requestBody"] = {"required": True, "content": {kind: _BYTES}}
    for path, method in _HEADERS:
        if path.startswith(_PIECES):
            answers = spec["paths"][path][method]["responses"]
            answers.setdefault("412", {"description": "another version of tus"})
    return complete(spec, headers=_HEADERS, without_key=_PUBLIC, public=_PUBLIC)
