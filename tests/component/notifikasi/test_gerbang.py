"""Text messages: WhatsApp first, SMS for numbers that it refuses, against a real HTTP server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from urllib3.exceptions import NewConnectionError

from notifikasi.adapters.gerbang import Gerbang
from notifikasi.application.saluran import Surat
from notifikasi.bootstrap import build
from notifikasi.settings import Settings
from support.gerbang import GerbangUji
from support.kurir import Kurir
from support.waiting import until

NOMOR = "+62215550901"
TELEPON = {"kontak": {"jenis": "telepon", "nilai": NOMOR}}


@pytest.fixture
def whatsapp() -> Iterator[GerbangUji]:
    with GerbangUji() as gateway:
        yield gateway


@pytest.fixture
def sms() -> Iterator[GerbangUji]:
    with GerbangUji() as gateway:
        yield gateway


@pytest.fixture
def telepon(tmp_path: Path, whatsapp: GerbangUji, sms: GerbangUji) -> Iterator[Kurir]:
    """A courier with both gateways."""
    ways = {"whatsapp_url": whatsapp.url, "whatsapp_token": "rahasia-uji", "sms_url": sms.url}
    with Kurir(tmp_path, **ways) as courier:
        yield courier


def _told(kurir: Kurir, id: str) -> list[tuple[str, str]]:
    topic = kurir.near.contracts.families["peristiwa"].topic("3276011006").name
    return [(e.name, (e.data or {})["saluran"]) for e in kurir.near.heard(topic, "notifikasi", id)]


def test_a_telephone_gets_its_message_by_whatsapp(telepon: Kurir, whatsapp: GerbangUji) -> None:
    id = telepon.ajukan(**TELEPON)
    telepon.quiet()

    (message,) = whatsapp.received
    assert (message["tujuan"], message["judul"]) == (NOMOR, "Permohonan Anda sudah kami terima")
    assert message["id"] == message["kunci"] == f"{id}.diterima.1@kelurahan.example"
    assert message["izin"] == "Bearer rahasia-uji"
    assert ("pesan.terkirim", "whatsapp") in _told(telepon, id)
    assert telepon.berkas(id) == {}


def test_a_number_without_whatsapp_gets_an_sms(telepon: Kurir, whatsapp: GerbangUji, sms: GerbangUji) -> None:
    whatsapp.status = 404
    id = telepon.ajukan(**TELEPON)
    telepon.quiet()

    assert [message["tujuan"] for message in sms.received] == [NOMOR]
    assert ("pesan.terkirim", "sms") in _told(telepon, id)


@pytest.mark.parametrize(("hang_up", "status"), [(1, 202), (0, 502), (0, 500)])
def test_an_unclear_outcome_is_repeated_on_no_way(
    telepon: Kurir, whatsapp: GerbangUji, sms: GerbangUji, hang_up: int, status: int
) -> None:
    whatsapp.hang_up, whatsapp.status = hang_up, status
    id = telepon.ajukan(**TELEPON)
    telepon.quiet()

    assert [m["kunci"] for m in whatsapp.received] == [f"{id}.diterima.1@kelurahan.example"]
    assert sms.received == []
    assert telepon.janji(id, "diterima.1").saluran["luar"] == "tak_pasti"


def test_a_gateway_that_knows_a_repeated_key_gets_an_unclear_message_again(
    tmp_path: Path, whatsapp: GerbangUji
) -> None:
    whatsapp.hang_up = 1
    with Kurir(tmp_path, whatsapp_url=whatsapp.url, whatsapp_repeats=True) as kurir:
        id = kurir.ajukan(**TELEPON)
        kurir.quiet()

        assert [m["kunci"] for m in whatsapp.received] == [f"{id}.diterima.1@kelurahan.example"] * 2
        assert kurir.janji(id, "diterima.1").saluran["luar"] == "terkirim"


@pytest.mark.parametrize("status", [429, 503, 401])
def test_a_gateway_that_says_not_now_is_asked_again(
    telepon: Kurir, whatsapp: GerbangUji, sms: GerbangUji, status: int
) -> None:
    whatsapp.status = status
    id = telepon.ajukan(**TELEPON)
    until(lambda: len(whatsapp.received) == 1, what="a first try")
    whatsapp.status = 202
    telepon.quiet()

    assert [m["kunci"] for m in whatsapp.received] == [f"{id}.diterima.1@kelurahan.example"] * 2
    assert sms.received == []
    assert telepon.janji(id, "diterima.1").saluran["luar"] == "terkirim"


def test_a_gateway_that_is_not_there_has_taken_nothing(tmp_path: Path) -> None:
    with GerbangUji() as gone:
        url = gone.url
    with pytest.raises(NewConnectionError):
        Gerbang("whatsapp", url, "").kirim(Surat(id="x", tujuan=NOMOR, judul="J", isi="I"))


def test_a_number_that_everybody_refuses_is_given_up_and_told(
    telepon: Kurir, whatsapp: GerbangUji, sms: GerbangUji
) -> None:
    whatsapp.status = sms.status = 422
    id = telepon.ajukan(**TELEPON)
    telepon.quiet()

    assert ("pesan.digagalkan", "sms") in _told(telepon, id)
    assert telepon.janji(id, "diterima.1").saluran["luar"] == "gagal"


def test_invented_people_are_never_written_to_over_a_network(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="EKEL_SMS_URL"):
        build(Settings(env="demo", data=tmp_path, sms_url="https://gerbang.example/kirim"))
