"""The counter's page of deliveries, over the real pages and the real service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chassis.ids import new_id
from notifikasi.entrypoints.http.aplikasi import create as service
from support.halaman_depan import halaman
from support.kurir import Kurir
from support.neighbours import OFFICE
from support.smtp import MailServer


@pytest.fixture
def loket(pos: Kurir, tmp_path: Path) -> Iterator[FlaskClient]:
    """A clerk at the pages."""
    clerk = {"akun": "loket.depok", "peran": "petugas_loket", "wilayah": OFFICE}
    bearer = pos.caller("loket.depok", "petugas_loket", OFFICE)["Authorization"]
    with halaman(service(pos.app), tmp_path, bearer=bearer, **clerk) as client:
        yield client


def test_a_clerk_sends_again_what_may_have_arrived_only_after_saying_so(
    loket: FlaskClient, pos: Kurir, mail: MailServer
) -> None:
    mail.hang_up = 1
    id = pos.ajukan()
    pos.quiet()
    path = f"/loket/permohonan/{id}/pesan"

    page = loket.get(path).text
    assert "Permohonan Anda sudah kami terima" in page
    assert "Belum pasti sampai" in page
    found = re.search(r'name="pesan" value="([0-9a-f-]{36})"', page)
    assert found is not None
    again = {"pesan": found[1], "kunci": new_id()}

    blind = loket.post(path, data=again)
    assert (blind.status_code, "Tanyakan dulu kepada warga" in blind.text) == (409, True)
    sure = loket.post(path, data=again | {"tetap_kirim": "ya", "kunci": new_id()})
    assert (sure.status_code, sure.location) == (303, f"{path}?sudah=kirim")

    pos.quiet()
    assert len(mail.ids) == 2
    page = loket.get(f"{path}?sudah=kirim").text
    assert "Terkirim</strong>, dikirim ulang 1 kali" in page
    assert "Belum pasti sampai" not in page


def test_a_case_of_which_nobody_was_told_yet_has_an_empty_page(loket: FlaskClient) -> None:
    page = loket.get(f"/loket/permohonan/{new_id()}/pesan")

    assert (page.status_code, "Belum ada pesan" in page.text) == (200, True)
