"""What officials do: sign in, open every paper, say complete, decide, confirm by password, hand over."""

from __future__ import annotations

from typing import Any

from ekel.demo import factor
from ekel.demo.client import Client
from ekel.demo.people import PASSWORD
from ekel.demo.stage import Stage, expect, until


def sign_in(stage: Stage, account: str) -> Client:
    return stage.client.signed_in(factor.session(stage.client, account)["token"])


def check(stage: Stage, clerk: Client, id: str) -> None:
    """Open each paper, keep the receipt of having seen it, say "lengkap" (R3)."""

    def ready() -> dict[str, Any] | None:
        case: dict[str, Any] = clerk.get(f"/v1/permohonan/{id}")
        return case if case["status"] == "diperiksa" else None

    case = until(ready, f"case {id} to be ready for the counter")
    receipts = seen(clerk, case)
    body = {"hasil": "lengkap", "tanda_lihat": receipts, "tanpa": []}
    clerk.post(f"/v1/permohonan/{id}/periksa", body)
    stage.step(f"Petugas loket membuka {len(receipts)} berkas lalu menyatakan lengkap")


def seen(clerk: Client, case: dict[str, Any]) -> list[str]:
    """Open every paper of a case; the receipts of having seen them."""
    receipts = []
    for code, paper in ((s["kode"], id) for s in case["syarat"] for id in s["berkas"]):
        opened = clerk.call("GET", f"/v1/berkas/{paper}/isi")
        expect(opened.content[:2] == b"\xff\xd8" or opened.content[:5] == b"%PDF-", f"{code}: what is it?")
        expect(b"Telepon Contoh" not in opened.content, f"paper {code} still has its metadata")
        receipts.append(opened.headers["X-Tanda-Lihat"])
    return receipts


def decide(stage: Stage, account: str, id: str, decision: str) -> None:
    """Find the task of this case in one's own inbox and decide it."""
    official = sign_in(stage, account)

    def task() -> dict[str, Any] | None:
        listed = official.get("/v1/tugas")["tugas"]
        return next((t for t in listed if t["permohonan"] == id), None)

    found = until(task, f"a task for {account}")
    official.get(f"/v1/tugas/{found['id']}")
    answer(official, found["id"], {"keputusan": decision})
    stage.step(f"{account}: {decision}")


def answer(official: Client, task: str, decision: dict[str, Any]) -> None:
    """Decide a task; who approves confirms by password first (R4)."""
    headers = {}
    if decision["keputusan"] == "setuju":
        asked = {"sandi": PASSWORD, "ids": [task]}
        headers["X-Konfirmasi"] = official.post("/v1/masuk/konfirmasi", asked)["konfirmasi"]
    official.post(f"/v1/tugas/{task}/keputusan", decision, headers=headers)


def letter(stage: Stage, clerk: Client, id: str) -> dict[str, Any]:
    """The issued letter of a case, as an official sees it."""
    stage.stream.wait(id, "dokumen.surat.diterbitkan")
    listed = clerk.get("/v1/surat", permohonan=id)["surat"]
    expect(len(listed) == 1, f"case {id} has {len(listed)} letters")
    found: dict[str, Any] = clerk.get(f"/v1/surat/{listed[0]['id']}")
    return found


def hand_over(stage: Stage, clerk: Client, letter_id: str, originals: dict[str, str]) -> None:
    """Tick what happened to each original and give the letter out (R8)."""
    ticked = [{"syarat": code, "hasil": result} for code, result in originals.items()]
    clerk.post(f"/v1/surat/{letter_id}/serah", {"asli": ticked, "kepada": "pemohon"})
    stage.step(f"Petugas mencentang {len(ticked)} berkas asli dan menyerahkan surat")


def numbers(letter: dict[str, Any]) -> list[str]:
    """The letter's numbers as printed, the kelurahan's first."""
    return [str(entry["nomor"]) for entry in letter["nomor"]]
