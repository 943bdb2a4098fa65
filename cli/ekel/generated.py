"""The text of every generated file: OpenAPI per deployable, the settings as JSON and as a page, the table of rights."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic_core import PydanticUndefined

from chassis.settings import Settings
from ekel import wewenang
from ekel.deployables import DEPLOYABLES, SERVICES, module, shared

_DESCRIBED = {"pengajuan": "roles", "dokumen": "openapi", "persetujuan": "openapi", "notifikasi": "openapi"}


def files() -> dict[str, str]:
    """Path below the repository → text."""
    found = {f"contracts/openapi/{name}.yaml": text for name, text in _openapi().items()}
    listed = settings()
    found["contracts/settings.json"] = json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
    found["docs/configuration.md"] = page(listed)
    found["docs/wewenang.md"] = wewenang.page(wewenang.read(shared().contracts))
    return found


def _openapi() -> dict[str, str]:
    """Deployable → its document; the gateway's is all public paths, made of the others' as they are now."""
    texts = {name: _yaml(name, module(name, _DESCRIBED[name]).openapi()) for name in SERVICES}
    with TemporaryDirectory() as folder:
        parts = Path(folder) / "openapi"
        parts.mkdir()
        for name, text in texts.items():
            (parts / f"{name}.yaml").write_text(text)
        whole = module("gateway", "openapi").openapi(Path(folder))
    return {**texts, "gateway": _yaml("gateway", whole)}


def _yaml(name: str, spec: dict[str, Any]) -> str:
    head = f"# Generated from the code of {name} by `ekel contracts`; do not edit.\n"
    plain = json.loads(json.dumps(spec))
    return head + yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110)


def settings() -> list[dict[str, Any]]:
    """Every setting: {name, type, default, description, read_by}."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for owner, kind in _classes().items():
        for field, info in kind.model_fields.items():
            name = f"EKEL_{field.upper()}"
            default = _default(field, info.default)
            entry = found.setdefault(
                (name, default),
                {
                    "name": name,
                    "type": _type(info.annotation),
                    "default": default,
                    "description": info.description or "",
                    "read_by": [],
                },
            )
            entry["read_by"].append(owner)
    for entry in found.values():
        if set(entry["read_by"]) >= set(DEPLOYABLES):
            entry["read_by"] = ["all"]
    return sorted(found.values(), key=lambda e: (e["read_by"] != ["all"], e["name"], e["default"]))


def _classes() -> dict[str, type[Settings]]:
    return {name: module(name, "settings").Settings for name in (*DEPLOYABLES, "frontend")}


def _type(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return " | ".join(str(choice) for choice in get_args(annotation))
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return text.replace("typing.", "").replace("pathlib._local.", "").replace("pathlib.", "")


def _default(field: str, value: Any) -> str:
    """As somebody would type it; a path inside the installation would differ per machine."""
    if field == "contracts":
        return "contracts/ of the source tree"
    if value is PydanticUndefined:
        return "(required)"
    return "" if value is None else str(value)


def page(listed: list[dict[str, Any]]) -> str:
    """docs/configuration.md."""
    lines = [
        "# Configuration",
        "",
        "Generated from the settings classes by `ekel contracts`; do not edit. Every process reads its settings",
        "once, at start, from the environment; mistakes are all told at once and end the process with exit code 2.",
        "",
        "| setting | type | default | read by | meaning |",
        "|---|---|---|---|---|",
    ]
    for entry in listed:
        default = f"`{entry['default']}`" if entry["default"] else "empty"
        kind = entry["type"].replace("|", "\\|")
        readers = ", ".join(entry["read_by"])
        lines.append(f"| `{entry['name']}` | `{kind}` | {default} | {readers} | {entry['description']} |")
    lines += ["", *_OTHERS, ""]
    return "\n".join(lines)


_OTHERS = (
    "## Read by the command and the supervisor",
    "",
    "| setting | default | meaning |",
    "|---|---|---|",
    "| `EKEL_ROLE` | set by the supervisor | Name of the role, in logs and for kill points. |",
    "| `EKEL_SECRETS` | empty | Folder of files named like settings, for what no environment may hold. |",
    "| `EKEL_KILL_AT` | empty | Tests only: `<role>:<point>[:<n>],…`, where a process kills itself, once each. |",
    "| `EKEL_ACCOUNT_PASSWORD` | empty | Password for `ekel account create`, instead of a prompt. |",
)
