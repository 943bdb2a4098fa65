"""A page whose kelurahan has no place free at the gateway waits a moment, instead of telling its visitor to."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug.wrappers import Request, Response

from frontend.gerbang import LAGI, SEBENTAR, Gerbang, Masalah
from support.halaman_depan import serve

BUSY = '{"type": "urn:ekelurahan:masalah:sedang-sibuk", "title": "Sedang sibuk", "status": 503}'


class Gateway:
    """Refuses so many times, then answers with what it was sent."""

    def __init__(self, refusals: int, wait: int = SEBENTAR) -> None:
        self.refusals, self.wait, self.heard = refusals, wait, list[bytes]()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.heard.append(Request(environ).get_data())
        if len(self.heard) <= self.refusals:
            headers = {"Retry-After": str(self.wait)}
            return Response(BUSY, 503, headers, "application/problem+json")(environ, start)
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


def test_what_may_last_longer_or_cannot_be_sent_again_is_told_at_once() -> None:
    slow, upload = Gateway(1, wait=5), Gateway(1)
    with serve(slow) as url, pytest.raises(Masalah):
        Gerbang(url, 5).minta("GET", "/v1/layanan")
    with serve(upload) as url:
        answer = Gerbang(url, 5).kirim(
            "PATCH", "/v1/unggahan/1", token="", badan=BytesIO(b"x" * 9), headers={}
        )

    assert answer.status == 503
    assert (len(slow.heard), len(upload.heard)) == (1, 1)
