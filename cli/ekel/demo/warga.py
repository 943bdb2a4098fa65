"""What a resident does: sign in with a code, write the application, photograph papers, fetch the letter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ekel.demo import photos
from ekel.demo.client import Client
from ekel.demo.people import Resident
from ekel.demo.stage import PATIENCE, Stage, expect, until

_CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")


def sign_in(stage: Stage, person: Resident) -> Client:
    """By a one-time code, which without a message channel lies in the operator's message folder (R1)."""
    folder = stage.data / "pesan"
    before = set(folder.rglob("*")) if folder.exists() else set()
    asked = stage.client.post("/v1/masuk/warga", {"jenis": "email", "nilai": person.surel})
    code = until(lambda: _code(folder, before, person.surel), f"a code for {person.surel} in {folder}")
    session = stage.client.post("/v1/masuk/warga/kode", {"permintaan": asked["permintaan"], "kode": code})
    stage.step(f"{person.nama} masuk dengan kode yang dikirim ke {person.surel}")
    return stage.client.signed_in(session["token"])


def _code(folder: Path, before: set[Path], address: str) -> str | None:
    for file in sorted(set(folder.rglob("*")) - before, reverse=True) if folder.exists() else []:
        text = file.read_text(errors="replace") if file.is_file() else ""
        if address in text and (match := _CODE.search(text.partition("\n\n")[2] or text)):
            return match.group(1)
    return None


def wanted(case: dict[str, Any]) -> list[str]:
    """Codes of the papers that this case must have."""
    return [s["kode"] for s in case["syarat"] if s["wajib"]]


def originals(case: dict[str, Any]) -> dict[str, str]:
    """What the rules want done with each original at the counter."""
    return {s["kode"]: s["asli"] for s in case["syarat"] if s["wajib"]}


def upload(stage: Stage, client: Client, application: dict[str, Any], code: str) -> str:
    """Send one photograph and wait until it is clean; its id."""
    content = photos.photo(code)
    paper = send(client, application, code, content)
    expect(paper["status"] == "bersih", f"{code}: {paper}")
    stage.step(f"Foto {code} dikirim ({len(content) // 1024} KB) dan dinyatakan bersih")
    return str(paper["id"])


def send(
    client: Client,
    application: dict[str, Any],
    code: str,
    content: bytes,
    *,
    type: str = "image/jpeg",
    seconds: float = PATIENCE,
) -> dict[str, Any]:
    """Send one paper and wait at most so long until it was checked; its state."""
    headers = {"X-Izin-Unggah": application["izin_unggah"], "Content-Type": type}
    sent = client.call("POST", f"/v1/berkas?syarat={code}", content=content, headers=headers, wanted=202)

    def checked() -> dict[str, Any] | None:
        paper: dict[str, Any] = client.get(f"/v1/berkas/{sent.data['id']}")
        return None if paper["status"] == "diperiksa" else paper

    return until(checked, f"the check of {code}", seconds, pause=0.1 if seconds <= PATIENCE else 0.5)
