"""`python -m bench.offices`: 62 kelurahan active: start, memory, idle CPU; then the 63rd while it runs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench import ground, processes
from bench.stream import production, signed_in
from chassis.clock import real_now
from ekel.demo import warga
from ekel.demo.client import Client
from ekel.demo.people import resident, skdom
from ekel.demo.stage import Narrator, Stage, Stream, until
from support.system import System

ACTIVE, SECONDS, GOAL, PATIENCE = 62, 20.0, 5.0, 30.0  # offices, seconds, % of a core, seconds


def main() -> None:
    ground.heading(f"offices: {ACTIVE} active")
    with ground.servers() as (urls, folder):
        with System(folder / "system", production(urls)) as system:
            last = _switch_on_all(signed_in(system.url, "operator"))
        begin = time.monotonic()
        with System(folder / "system", production(urls)) as system:
            print(
                f"   `ekel up --demo` with {ACTIVE} active: all roles ready after {_since(begin)}", flush=True
            )
            time.sleep(15)  # joins and first reads are no idling
            _idle(system)
            _one_more(system, last)


def _switch_on_all(operator: Client) -> str:
    """All but one; that one's code."""
    *first, last = [code for code in _offices(operator) if not _active(operator, code)]
    begin = time.monotonic()
    for code in first:
        _switch_on(operator, code)
    for code in first:
        until(lambda code=code: _active(operator, code) or None, f"{code} active")  # type: ignore[misc]
    print(f"   {len(first)} offices switched on after {_since(begin)}", flush=True)
    return last


def _offices(client: Client) -> list[str]:
    names = Path(ground.ROOT / "services/pengajuan/pengajuan/katalog/wilayah_depok.yaml").read_text()
    return [line.split('"')[1] for line in names.splitlines() if line.lstrip().startswith('- {kode: "')]


def _active(client: Client, code: str) -> bool:
    return str(client.get(f"/v1/kantor/{code}")["status"]) == "aktif"


def _switch_on(operator: Client, code: str) -> None:
    tag = operator.call("GET", f"/v1/kantor/{code}").headers["ETag"]
    operator.call("PATCH", f"/v1/kantor/{code}", body={"status": "aktif"}, headers={"If-Match": tag})


def _idle(system: System) -> None:
    """CPU over some seconds and PSS now, per role with its children."""
    roles = processes.roles(system)
    before = {name: processes.cpu(pids) for name, pids in roles.items()}
    begin = time.monotonic()
    time.sleep(SECONDS)
    took = time.monotonic() - begin
    print("   role                    idle CPU    PSS", flush=True)
    worst = 0.0
    for name, pids in sorted(roles.items()):
        share = (processes.cpu(pids) - before[name]) / took * 100
        worst = max(worst, share) if name.endswith("worker") else worst
        print(f"   {name:<22} {share:>6.1f} %  {processes.pss(pids):>5.0f} MB")
    print(
        f"   idle CPU of the busiest worker {worst:.1f} %, goal ≤ {GOAL} %: {_said(worst <= GOAL)}",
        flush=True,
    )


def _one_more(system: System, code: str) -> None:
    """Switched on, then an application there: filed, in the stream, and its resident told by a message."""
    operator = signed_in(system.url, "operator")
    stage = Stage(
        Client(system.url), Narrator(quiet=True), Stream(operator, code, Narrator(quiet=True)), system.folder
    )
    phone = warga.sign_in(
        Stage(stage.client, stage.narrator, Stream(operator, "3276", stage.narrator), system.folder),
        resident(63),
    )
    begin = time.monotonic()
    _switch_on(operator, code)
    until(lambda: _active(operator, code) or None, f"{code} active")
    active = _since(begin)
    id = _file(phone, code)
    stage.stream.wait(id, "pengajuan.permohonan.diajukan")
    seen = _since(begin)
    until(lambda: phone.get("/v1/pesan")["pesan"] or None, "a message")
    took = time.monotonic() - begin
    print(
        f"   the 63rd, {code}: active after {active}, an application there in the stream after {seen}, "
        f"its resident told after {took:.1f} s; goal {PATIENCE:.0f} s: {_said(took <= PATIENCE)}",
        flush=True,
    )


def _file(phone: Client, code: str) -> str:
    answers: dict[str, Any] = skdom(resident(63), real_now().date())
    body = {"layanan": "SKDOM", "kantor": code, "hubungan": "diri_sendiri", "jawaban": answers}
    case = phone.post("/v1/permohonan", body, wanted=201)
    ways = [{"kode": each, "cara": "loket"} for each in warga.wanted(case)]
    phone.post(f"/v1/permohonan/{case['id']}/ajukan", {"syarat": ways, "pernyataan_benar": True})
    return str(case["id"])


def _since(begin: float) -> str:
    return f"{time.monotonic() - begin:.1f} s"


def _said(good: bool) -> str:
    return "met" if good else "MISSED"


if __name__ == "__main__":
    main()
