"""A page whose kelurahan has no place free at the gateway waits a moment, instead of telling its visitor to."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug.wrappers import Request, Response

from frontend import gerbang
from frontend.gerbang import LAGI, MENUNGGU, Gerbang, Masalah
from support.halaman_depan import serve

BUSY, AWAY = "sedang-sibuk", "layanan-tidak-tersedia"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gerbang, "SEBENTAR", (0.0, 0.1))


class Gateway:
    """Refuses so many times, then answers with what it was sent."""

    def __init__(self, refusals: int, slug: str = BUSY) -> None:
        self.refusals, self.slug, self.heard = refusals, slug, list[bytes]()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.heard.append(Request(environ).get_data())
        if len(self.heard) <= self.refusals:
            words = f'{{"type": "urn:ekelurahan:masalah:{self.slug}", "title": "Coba lagi", "status": 503}}'
            return Response(words, 503, {"Retry-After": "1"}, "application/problem+json")(environ, start)
        return Response('{"ada": true}', 200, mimetype="application/json")(environ, start)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_found_no_place_is_sent_again_the_same(method: str) -> None:
    gateway = Gateway(1)
    isi = {"nama": "Contoh"} if method == "POST" else None
    with serve(gateway) as url:
        answer = Gerbang(url, 5).minta(method, "/v1/permohonan", isi=isi)

    assert answer.data == {"ada": True}
    assert len(gateway.heard) == 2
    assert gateway.heard[0] == gateway.heard[1]


def test_a_download_waits_for_its_place_too() -> None:
    with serve(Gateway(1)) as url:
        answer, pieces = Gerbang(url, 5).alirkan("/v1/surat/1/pdf", token="")
        assert (answer.status, b"".join(pieces)) == (200, b'{"ada": true}')


def test_who_finds_no_place_for_long_is_told_so() -> None:
    gateway = Gateway(99)
    with serve(gateway) as url, pytest.raises(Masalah) as told:
        Gerbang(url, 5).minta("GET", "/v1/layanan")

    assert told.value.slug == "sedang-sibuk"
    assert len(gateway.heard) == 1 + LAGI


def test_a_download_that_finds_no_place_for_long_is_told_so() -> None:
    with serve(Gateway(99)) as url, pytest.raises(Masalah) as told:
        Gerbang(url, 5).alirkan("/v1/surat/1/pdf", token="")

    assert told.value.slug == "sedang-sibuk"


def test_another_refusal_or_a_body_that_is_used_up_is_told_at_once() -> None:
    away, upload = Gateway(1, AWAY), Gateway(1)
    with serve(away) as url, pytest.raises(Masalah):
        Gerbang(url, 5).minta("GET", "/v1/layanan")
    with serve(upload) as url:
        answer = Gerbang(url, 5).kirim(
            "PATCH", "/v1/unggahan/1", token="", badan=BytesIO(b"x" * 9), headers={}
        )

    assert answer.status == 503
    assert (len(away.heard), len(upload.heard)) == (1, 1)


def test_only_so_many_threads_wait_and_the_others_tell_their_visitors() -> None:
    gateway = Gateway(1)
    with serve(gateway) as url:
        pages = Gerbang(url, 5)
        for _ in range(MENUNGGU):
            pages._menunggu.acquire()
        with pytest.raises(Masalah):
            pages.minta("GET", "/v1/layanan")

    assert len(gateway.heard) == 1
