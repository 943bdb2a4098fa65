"""The deployables by name: their settings, modules and where their cases are."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from chassis.settings import Settings, load

SERVICES: Final = ("pengajuan", "dokumen", "persetujuan", "notifikasi")
DEPLOYABLES: Final = (*SERVICES, "gateway")
# Service → collection of the documents that its events write to.
CASES: Final = {
    "pengajuan": "permohonan",
    "dokumen": "perkara",
    "persetujuan": "kasus",
    "notifikasi": "kabar",
    "gateway": "akun",
}


def module(name: str, part: str) -> Any:
    """`<name>.<part>`; deployables are found by name so that none is imported unasked."""
    return import_module(f"{name}.{part}")


def settings(name: str) -> Settings:
    """One deployable's settings from the environment; exits 2 after naming every mistake."""
    loaded: Settings = load(module(name, "settings").Settings)
    return loaded


def shared() -> Settings:
    """The settings every process has."""
    return load(Settings)
