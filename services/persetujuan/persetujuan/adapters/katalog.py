"""Reads flows and services from their YAML files; a mistake is told with the name of its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chassis.contracts import read_yaml
from persetujuan.domain.alur import Keputusan, Langkah, Layanan, Tingkat
from persetujuan.domain.galat import KatalogSalah
from persetujuan.domain.kondisi import periksa

ALUR = Path(__file__).parent.parent / "alur"
KATALOG = Path(__file__).parent.parent / "katalog"


def baca_layanan(katalog: Path = KATALOG, alur: Path = ALUR) -> Mapping[str, Layanan]:
    """Services by code, with their steps. Raises KatalogSalah."""
    flows = {data["kode"]: _steps(path, data) for path, data in _files(alur)}
    services = [_service(path, data, flows) for path, data in _files(katalog)]
    return {service.kode: service for service in services}


def _files(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    found = [(path, read_yaml(path)) for path in sorted(folder.glob("*.yaml"))]
    if not found:
        raise KatalogSalah(f"no file in {folder}")
    return found


def _steps(path: Path, data: dict[str, Any]) -> tuple[Langkah, ...]:
    try:
        steps = tuple(
            Langkah(
                **{
                    **step,
                    "tingkat": Tingkat(step["tingkat"]),
                    "keputusan": Keputusan(step["keputusan"]),
                    "bila": periksa(step["bila"]) if "bila" in step else None,
                }
            )
            for step in data["langkah"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise KatalogSalah(f"{path.name}: {error}") from error
    if not steps or steps[-1].keputusan is not Keputusan.SETUJU:
        raise KatalogSalah(f"{path.name}: the last step must be an approval")
    if len({step.kode for step in steps}) != len(steps):
        raise KatalogSalah(f"{path.name}: a step is named twice")
    return steps


def _service(path: Path, data: dict[str, Any], flows: Mapping[str, tuple[Langkah, ...]]) -> Layanan:
    try:
        steps = flows[data["alur"]]
        hari = {Tingkat(part): int(days) for part, days in data["hari"].items()}
        service = Layanan(
            kode=data["kode"],
            nama=data["nama"],
            seksi=data["seksi"],
            hari=hari,
            langkah=steps,
            bila={step: periksa(condition) for step, condition in (data.get("bila") or {}).items()},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise KatalogSalah(f"{path.name}: {error}") from error
    if set(hari) != {step.tingkat for step in steps}:
        raise KatalogSalah(f"{path.name}: `hari` must name exactly the offices of the flow")
    if service.bila.keys() - {step.kode for step in steps}:
        raise KatalogSalah(f"{path.name}: `bila` names a step that the flow does not have")
    always = [s for s in steps if s.bila is None and s.kode not in service.bila]
    if not any(step.keputusan is Keputusan.SETUJU for step in always):
        raise KatalogSalah(f"{path.name}: one approval must not depend on a condition")
    return service
