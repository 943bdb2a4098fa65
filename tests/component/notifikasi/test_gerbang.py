"""Text messages: WhatsApp first, SMS for numbers that it refuses, against a real HTTP server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from notifikasi.bootstrap import build
from notifikasi.settings import Settings
from support.gerbang import GerbangUji
from support.kurir import Kurir

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


def test_an_unclear_outcome_is_tried_again_on_the_same_way(
    telepon: Kurir, whatsapp: GerbangUji, sms: GerbangUji
) -> None:
    whatsapp.hang_up = 1
    id = telepon.ajukan(**TELEPON)
    telepon.quiet()

    assert [m["kunci"] for m in whatsapp.received] == [f"{id}.diterima.1@kelurahan.example"] * 2
    assert sms.received == []


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
