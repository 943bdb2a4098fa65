"""Hostile papers: each is refused in plain words or made harmless; nothing stays behind, nothing is shown."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from chassis.ids import new_id
from support.clamav import EICAR, Clamd
from support.hostile import CASES
from support.neighbours import OFFICE, example
from support.ruang_surat import Ruang, foto, pdf
from support.tus import MEDIA, TUS, metadata

MB, GB = 1024 * 1024, 1024 * 1024 * 1024
ACTIVE = (
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/SubmitForm",
    b"/EmbeddedFile",
    b"/XFA",
    b"/AA",
    b"MZ",
    b"alert(1)",
    b"<script",
)


def slug(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.text)["type"].rsplit(":", 1)[1]


def nothing_is_left(ruang: Ruang) -> None:
    """Also what only a sweep takes away is gone after it."""
    ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(hours=25))
    assert ruang.objects() == []
    assert not list((ruang.settings.data / "objects" / "tmp").iterdir())
    assert ruang.app.documents.count("unggahan", {}) == 0
    assert ruang.app.documents.count("kiriman", {}) == 0


def nothing_is_shown(ruang: Ruang, paper: str) -> None:
    for path in ("isi", "gambar", "halaman/1"):
        for who in (ruang.warga(), ruang.petugas(), ruang.petugas("lurah")):
            assert ruang.get(f"/v1/berkas/{paper}/{path}", who).status_code in {404, 409, 422}, path


@pytest.fixture(scope="module")
def satu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ruang]:
    """One room for all: what one case leaves would be seen by the next."""
    with Ruang(tmp_path_factory.mktemp("bermusuhan")) as room:
        yield room


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case.slug])
def test_a_hostile_paper_is_refused_in_plain_words(satu: Ruang, name: str) -> None:
    case, id = CASES[name], new_id()
    paper = satu.berkas(id, case.make())

    assert (paper["status"], paper["alasan"]) == ("ditolak", case.slug)
    assert paper["pesan"].endswith(".")
    assert len(paper["pesan"]) > 30
    assert satu.told(id) == ["berkas.ditolak"]
    nothing_is_shown(satu, paper["id"])
    nothing_is_left(satu)


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if not case.slug])
def test_a_paper_with_something_active_in_it_is_kept_without(ruang: Ruang, name: str) -> None:
    paper = ruang.berkas(new_id(), CASES[name].make())

    assert paper["status"] in {"bersih", "peringatan"}, paper
    shown = ruang.get(f"/v1/berkas/{paper['id']}/isi", ruang.warga()).data
    assert not [word for word in ACTIVE if word in shown]
    ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(hours=25))
    assert not [key for key in ruang.objects() if "/karantina/" in key]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40


@pytest.mark.needs_clamd
@pytest.mark.parametrize(
    "isi",
    [EICAR, foto() + EICAR, pdf() + b"%" + EICAR + b"\n%%EOF\n"],
    ids=["plain", "behind a photograph", "behind a pdf"],
)
def test_malware_is_found_before_anything_opens_it(tmp_path: Path, isi: bytes) -> None:
    with Clamd(tmp_path / "clamav") as scanner, Ruang(tmp_path / "ruang", clamd=scanner.url) as ruang:
        id = new_id()
        bad, good = ruang.berkas(id, isi), ruang.berkas(new_id(), foto())

        assert (bad["status"], bad["alasan"]) == ("ditolak", "berkas-berbahaya")
        assert (good["status"], good["pindai"]) == ("bersih", "bersih")
        nothing_is_shown(ruang, bad["id"])
        assert ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(hours=25)) == 2
        assert not [key for key in ruang.objects() if id in key]


class Endless(io.RawIOBase):
    """Two gigabytes that nobody has to hold."""

    def __init__(self) -> None:
        self.left, self.read_so_far = 2 * GB, 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray) -> int:  # type: ignore[override]
        size = min(len(target), self.left)
        self.left -= size
        self.read_so_far += size
        return size


def test_two_gigabytes_are_refused_at_once_or_at_the_limit(ruang: Ruang) -> None:
    id = new_id()
    headers = {**ruang.warga(), "Idempotency-Key": new_id(), "X-Izin-Unggah": ruang.izin(id)}
    announced, unannounced = Endless(), Endless()
    first = ruang.client.post(
        "/v1/berkas?syarat=KTP",
        headers=headers,
        environ_overrides={"wsgi.input": announced, "CONTENT_LENGTH": str(2 * GB)},
    )
    second = ruang.client.post(
        "/v1/berkas?syarat=KTP",
        headers=headers,
        environ_overrides={"wsgi.input": unannounced, "wsgi.input_terminated": True},
    )
    pieces = ruang.client.post(
        "/v1/berkas/unggahan",
        headers=headers | TUS | {"Upload-Length": str(2 * GB), "Upload-Metadata": metadata(syarat="KTP")},
    )

    for answer in (first, second, pieces):
        assert slug(answer) == (413, "terlalu-besar")
        assert "10 MB" in json.loads(answer.text)["detail"]
    assert announced.read_so_far == 0
    assert unannounced.read_so_far <= 11 * MB
    nothing_is_left(ruang)


@pytest.mark.parametrize(
    "how", ["none", "rubbish", "expired", "of somebody else", "of another kind", "closed round"]
)
def test_a_wrong_grant_opens_nothing_by_either_way(ruang: Ruang, how: str) -> None:
    id = new_id()
    if how == "closed round":
        ruang.diajukan(id)
        ruang.lengkap(id)
        ruang.quiet()
    grant = {
        "none": "",
        "rubbish": "a.b.c",
        "expired": ruang.izin(id, seconds=-60),
        "of somebody else": ruang.izin(id, pemilik="w-0002"),
        "of another kind": ruang.izin(id, jenis="lihat"),
        "closed round": ruang.izin(id),
    }[how]
    told = {"Upload-Length": "10", "Upload-Metadata": metadata(syarat="KTP"), "Idempotency-Key": new_id()}
    pieces = ruang.client.post(
        "/v1/berkas/unggahan", headers={**ruang.warga(), **TUS, "X-Izin-Unggah": grant, **told}
    )

    for answer in (ruang.unggah(id, foto(), izin=grant), pieces):
        assert slug(answer) == (403, "grant-salah")
        assert json.loads(answer.text)["detail"].endswith(".")
    nothing_is_left(ruang)


def test_a_grant_that_ends_on_the_way_is_asked_for_anew_and_the_upload_goes_on(ruang: Ruang) -> None:
    id, isi = new_id(), foto()
    base = {**ruang.warga(), **TUS, "X-Izin-Unggah": ruang.izin(id)}
    told = {"Upload-Length": str(len(isi)), "Upload-Metadata": metadata(syarat="KTP")}
    begun = ruang.client.post("/v1/berkas/unggahan", headers=base | told | {"Idempotency-Key": new_id()})
    place = begun.headers["Location"]
    piece = {"Upload-Offset": "0", "Content-Type": MEDIA}
    late = base | piece | {"X-Izin-Unggah": ruang.izin(id, seconds=-60)}

    assert slug(ruang.client.patch(place, data=isi, headers=late)) == (403, "grant-salah")
    assert ruang.client.patch(place, data=isi, headers=base | piece).status_code == 204


def test_a_case_that_is_over_takes_nothing(ruang: Ruang) -> None:
    id = new_id()
    ruang.diajukan(id)
    gone = example("pengajuan.permohonan.dibatalkan", putaran=1)
    ruang.near.say("pengajuan", id, ("permohonan.dibatalkan", gone), scope=OFFICE)
    ruang.quiet()

    assert slug(ruang.unggah(id, foto())) == (403, "grant-salah")
    nothing_is_left(ruang)
