"""The README as a newcomer would follow it."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import urllib3

from chassis.clock import real_now
from ekel.demo.people import resident
from support import lakon
from support.letters import answers
from support.system import System
from support.tree import ROOT
from support.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.mark.needs_curl
def test_the_walk_of_the_readme_ends_with_two_verified_letters(system: System, tmp_path: Path) -> None:
    blocks = re.findall(r"^```bash\n(.*?)^```$", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    script = "set -euo pipefail\n" + "\n".join(blocks)
    script = re.sub(r"(?<![\w/.])(skdom|sktm)\.pdf", rf"{tmp_path}/\1.pdf", script)

    done = subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        env={
            **os.environ,
            "EKEL_API": f"{system.url}/v1",
            "EKEL_DATA": str(system.folder),
            "EKEL_ENV": "test",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Berkas ini sama persis dengan surat yang diterbitkan.") == 2
    assert "every invariant holds" in done.stdout
    for name in ("skdom", "sktm"):
        assert len(pypdfium2.PdfDocument(tmp_path / f"{name}.pdf")) == 1


def test_a_widow_who_marries_gets_both_letters_in_one_visit(system: System) -> None:
    office, today = "3276011006", real_now().date()
    when = {"akad_tanggal": (today + timedelta(days=40)).isoformat()}
    clerk = lakon.sign_in(system, "loket.depok")
    asked = {**answers("nikah-janda"), **when, "nik": resident(secrets.randbelow(10**6)).nik}
    who = {"nama": asked["nama"], "nik": asked["nik"]}
    case = clerk.post(
        "/v1/permohonan", {"layanan": "NIKAH", "kantor": office, "pemohon": who, "jawaban": asked}, wanted=201
    )
    papers = [s["kode"] for s in case["syarat"] if s["wajib"]]
    assert "AKTA_KEMATIAN_PASANGAN" in papers
    ways = [{"kode": kode, "cara": "loket"} for kode in papers]
    clerk.post(f"/v1/permohonan/{case['id']}/ajukan", {"syarat": ways, "pernyataan_benar": True})
    seen = [{"syarat": kode, "alasan": "Sudah ada di kantor"} for kode in papers]
    clerk.post(f"/v1/permohonan/{case['id']}/periksa", {"hasil": "lengkap", "tanpa": seen})
    for account, decision in (("kasi.depok", "paraf"), ("lurah.depok", "setuju")):
        lakon.decide(lakon.sign_in(system, account), case["id"], decision)

    def status(wanted: str) -> bool:
        return bool(clerk.get(f"/v1/permohonan/{case['id']}")["status"] == wanted)

    until(lambda: status("terbit"), seconds=lakon.PATIENCE, what="both letters")
    letters = clerk.get("/v1/surat", permohonan=case["id"])["surat"]
    assert sorted((s["jenis"], s["status"]) for s in letters) == [("N6", "berlaku"), ("NIKAH", "berlaku")]
    assert len({s["nomor"][0]["nomor"] for s in letters}) == 2
    clerk.post(f"/v1/surat/{letters[0]['id']}/serah", {"asli": [], "kepada": "pemohon"})
    until(lambda: status("diserahkan"), seconds=lakon.PATIENCE, what="the end of the case")
    assert all(s["diserahkan"] for s in clerk.get("/v1/surat", permohonan=case["id"])["surat"])
    for letter in letters:
        pdf = clerk.call("GET", f"/v1/surat/{letter['id']}/pdf").content
        found = clerk.call(
            "POST", "/v1/verifikasi", content=pdf, headers={"Content-Type": "application/pdf"}
        ).data
        assert (found["hasil"], found["surat"]["jenis"]) == ("asli", letter["judul"])


def test_the_demo_finds_everything_as_expected_and_so_does_the_check(system: System) -> None:
    played = system.demo()

    assert played.returncode == 0, played.stdout + played.stderr
    assert "as expected" in played.stdout
    assert system.check()["wrong"] == []


def test_every_role_is_a_process_of_its_own(system: System) -> None:
    done = system.ekel("status", "--json")

    assert done.returncode == 0, done.stdout + done.stderr
    pids = [role["pid"] for role in system.roles().values()]
    assert len(pids) == len(set(pids)) == 12
    assert all(f'"pid": {pid}' in done.stdout for pid in pids)


def test_two_visitors_of_the_pages_are_two_clients_of_the_gateway(system: System) -> None:
    """`ekel up` gives its front end the key to say who visits it; both come from the loopback network."""
    assert [_wrong_password(system, "127.0.0.2") for _ in range(11)] == [401] * 10 + [429]
    assert _wrong_password(system, "127.0.0.3") == 401


def _wrong_password(system: System, address: str) -> int:
    with urllib3.PoolManager(source_address=(address, 0)) as visitor:
        form = visitor.request("GET", f"{system.pages}/masuk/petugas")
        [token] = set(re.findall(r'name="csrf_token" value="([^"]+)"', form.data.decode()))
        typed = {"csrf_token": token, "akun": "kasi.pengunjung", "sandi": "salah-salah-salah"}
        cookie = {"Cookie": form.headers["Set-Cookie"].partition(";")[0]}
        page = visitor.request(
            "POST", f"{system.pages}/masuk/petugas", fields=typed, headers=cookie, encode_multipart=False
        )
        return int(page.status)
