"""Ways out: which one a message takes, fixed ids, unclear and refused outcomes, against a real SMTP server."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import pytest

from chassis import todos
from notifikasi.bootstrap import build
from notifikasi.settings import Settings
from support.kurir import SUREL, WARGA, Kurir
from support.smtp import MailServer
from support.waiting import until


def test_mail_is_sent_with_the_fixed_message_id(pos: Kurir, mail: MailServer) -> None:
    id = pos.ajukan()
    pos.quiet()

    assert mail.ids == [f"<{id}.diterima.1@kelurahan.example>"]
    assert mail.received[0]["To"] == SUREL
    assert mail.received[0]["Subject"] == "Permohonan Anda sudah kami terima"
    body = mail.received[0].get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "sudah diterima" in body.decode()
    assert pos.berkas(id) == {}


def test_a_message_whose_taking_nobody_confirmed_is_unclear_and_not_sent_again(
    pos: Kurir, mail: MailServer
) -> None:
    mail.hang_up = 1
    id = pos.ajukan()
    pos.quiet()

    assert mail.ids == [f"<{id}.diterima.1@kelurahan.example>"]
    assert pos.janji(id, "diterima.1").saluran == {"aplikasi": "terkirim", "luar": "tak_pasti"}
    topic = pos.near.contracts.families["peristiwa"].topic("3276011006").name
    failed = [e for e in pos.near.heard(topic, "notifikasi", id) if e.name == "pesan.digagalkan"]
    assert [((e.data or {})["saluran"], (e.data or {})["alasan"]) for e in failed] == [("surel", "tak_pasti")]


def test_a_server_that_takes_the_message_and_hangs_up_at_the_farewell_took_it(
    pos: Kurir, mail: MailServer
) -> None:
    mail.mute_at_quit = True
    id = pos.ajukan()
    pos.quiet()

    assert pos.janji(id, "diterima.1").saluran["luar"] == "terkirim"
    assert len(mail.ids) == 1


def test_a_sender_that_died_in_the_middle_leaves_an_unclear_message(pos: Kurir, mail: MailServer) -> None:
    mail.refuse[SUREL] = 451
    id = pos.ajukan()
    until(lambda: _tried(pos, id), what="a first try")
    mail.refuse.clear()
    _died(pos, id)
    pos.quiet()

    assert mail.ids == []
    assert pos.janji(id, "diterima.1").saluran["luar"] == "tak_pasti"


def test_a_failed_try_leaves_no_address_for_the_log(pos: Kurir, mail: MailServer) -> None:
    id = pos.ajukan()
    pos.quiet()
    outcome = pos.app.kabar.read("3276011006", id)
    assert outcome is not None
    mail.refuse[SUREL] = 451

    done = pos.app.pengirim.jalankan(
        pos.app.kabar, outcome, {"kunci": "diterima.1", "saluran": "luar", "coba": 3}
    )

    assert (done.nasib, done.alasan, done.coba) == ("tertunda", "SMTPRecipientsRefused", 3)


def test_a_refused_address_is_given_up_and_told(pos: Kurir, mail: MailServer) -> None:
    mail.refuse[SUREL] = 550
    id = pos.ajukan()
    pos.quiet()

    topic = pos.near.contracts.families["peristiwa"].topic("3276011006").name
    failed = [e for e in pos.near.heard(topic, "notifikasi", id) if e.name == "pesan.digagalkan"]
    assert [(e.data or {})["alasan"] for e in failed] == ["alamat_ditolak"]
    assert pos.janji(id, "diterima.1").saluran == {"aplikasi": "terkirim", "luar": "gagal"}


def test_a_busy_server_is_tried_again(pos: Kurir, mail: MailServer) -> None:
    mail.refuse[SUREL] = 451
    id = pos.ajukan()
    until(lambda: _tried(pos, id), what="a first try")
    mail.refuse.clear()
    pos.quiet()

    assert mail.ids == [f"<{id}.diterima.1@kelurahan.example>"]


def test_a_telephone_gets_its_message_through_the_folder(pos: Kurir, mail: MailServer) -> None:
    id = pos.ajukan(kontak={"jenis": "telepon", "nilai": "+6281200009001"})
    pos.quiet()

    assert mail.ids == []
    assert "Kepada: +6281200009001" in pos.berkas(id)["diterima.1"]


def test_a_newer_contact_of_the_account_is_used(pos: Kurir, mail: MailServer) -> None:
    newer = {"akun": WARGA, "jenis": "email", "nilai": "baru@warga.example", "aktif": True}
    pos.near.say("gateway", WARGA, ("kontak.dibagikan", newer))
    pos.quiet()

    pos.ajukan()
    pos.quiet()

    assert [message["To"] for message in mail.received] == ["baru@warga.example"]


def test_a_walk_in_without_contact_gets_nothing_and_nothing_hangs(kurir: Kurir) -> None:
    id = kurir.ajukan(kontak={"jenis": "tidak_ada"}, akun=None)
    kurir.quiet()

    assert kurir.berkas(id) == {}
    assert kurir.janji(id, "diterima.1").saluran == {}


def test_demo_people_are_never_written_to_over_a_network(tmp_path: Path) -> None:
    settings = Settings(env="demo", data=tmp_path, smtp_url="smtp://mail.example:25")

    with pytest.raises(ValueError, match="EKEL_SMTP_URL"):
        build(settings)


def _tried(pos: Kurir, id: str) -> bool:
    """Whether a try has failed and waits for the next."""
    doc = pos.app.documents.get("kabar", "3276011006", id)
    return doc is not None and any(todo["data"]["coba"] for todo in doc.body["todos"].values())


def _died(pos: Kurir, id: str) -> None:
    """As a process leaves it that claimed the to-do and was killed: claimed once, due again."""

    def claimed() -> bool:
        doc = pos.app.documents.get("kabar", "3276011006", id)
        assert doc is not None
        body = copy.deepcopy(doc.body)
        todo = body["todos"]["diterima.1/luar"]
        if todo["holder"]:
            return False
        todos.claim(body, "diterima.1/luar", "dead", pos.app.clock.real())
        return pos.app.documents.replace("kabar", replace(doc, rev=doc.rev + 1, body=body), doc.rev)

    until(claimed, what="the to-do claimed")
