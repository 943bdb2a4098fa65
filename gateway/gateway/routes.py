"""Which service owns a path: one table from the first segment under /v1 to its owner."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "gateway"
OWNERS = {
    "layanan": "pengajuan",
    "kantor": "pengajuan",
    "permohonan": "pengajuan",
    "register": "pengajuan",
    "lacak": "pengajuan",
    "pengantar": "pengajuan",
    "berkas": "dokumen",
    "surat": "dokumen",
    "verifikasi": "dokumen",
    "agenda": "dokumen",
    "arsip": "dokumen",
    "retensi": "dokumen",
    "tugas": "persetujuan",
    "keputusan-massal": "persetujuan",
    "pejabat": "persetujuan",
    "delegasi": "persetujuan",
    "pesan": "notifikasi",
    "templat": "notifikasi",
    "masuk": OWN,
    "warga": OWN,
    "token": OWN,
    "sesi": OWN,
    "saya": OWN,
    "akun": OWN,
    "jejak": OWN,
    "peristiwa": OWN,
    "alir": OWN,
    "tiket-alir": OWN,
    "detak": OWN,
    "statistik": OWN,
    "laporan": OWN,
    "status": OWN,
    "openapi.json": OWN,
}
UPLOADS = {"berkas", "verifikasi"}  # whose bodies are files, streamed by their owner
COUNTED = {"verifikasi"}  # where guessing is limited by client


@dataclass(frozen=True, slots=True)
class Target:
    """A path of another service: `template` is what figures and logs may show of it.

    `upload`: its body is a file; `shared`: one that holds a thread of its kelurahan's share;
    `counted`: asked without an account, so its owner counts by client.
    """

    owner: str
    template: str
    upload: bool
    shared: bool = False
    counted: bool = False


def owner_of(path: str) -> str:
    """The service that answers a path, `gateway` for its own, empty for nobody's."""
    if path == "/.well-known/jwks.json":
        return OWN
    parts = path.split("/")
    return OWNERS.get(parts[2], "") if len(parts) > 2 and parts[:2] == ["", "v1"] else ""


def target(path: str) -> Target | None:
    """Where a request goes; None when it stays here (also for paths of nobody, which are a 404).

    A path with empty, `.` or `..` segments goes nowhere: owner and service must read the same path.
    """
    owner = owner_of(path)
    parts = path.split("/")[1:]
    if owner in ("", OWN) or any(part in ("", ".", "..") for part in parts):
        return None
    template = f"/v1/{parts[1]}/*" if len(parts) > 2 else f"/v1/{parts[1]}"
    return Target(owner, template, parts[1] in UPLOADS, parts[1] == "berkas", parts[1] in COUNTED)
