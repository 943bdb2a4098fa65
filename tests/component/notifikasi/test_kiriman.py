"""The counter sees what became of a message, and has it sent once more."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from chassis.ids import new_id
from notifikasi.check import check
from support.kurir import SUREL, Kurir
from support.neighbours import OFFICE
from support.smtp import MailServer

LOKET: dict[str, Any] = {"peran": "petugas_loket", "wilayah": [OFFICE]}


def _kiriman(kurir: Kurir, id: str) -> list[dict[str, Any]]:
    who = kurir.caller("loket.depok", "petugas_loket", OFFICE)
    answer = kurir.client.get(f"/v1/pesan/kiriman?permohonan={id}", headers=who)
    assert answer.status_code == 200, answer.text
    listed: list[dict[str, Any]] = (answer.json or {})["kiriman"]
    return listed


def _ulang(kurir: Kurir, pesan: str, id: str, **claims: Any) -> TestResponse:
    return kurir.post(f"/v1/pesan/{pesan}/kirim-ulang", "loket.depok", {"permohonan": id}, **(LOKET | claims))


def test_the_counter_sees_what_became_of_each_message_and_no_address(pos: Kurir, mail: MailServer) -> None:
    mail.refuse[SUREL] = 550
    id = pos.ajukan()
    pos.quiet()

    (row,) = _kiriman(pos, id)

    assert (row["langkah"], row["saluran"]) == ("diterima", {"aplikasi": "terkirim", "luar": "gagal"})
    assert SUREL not in str(row)


def test_a_message_that_failed_is_sent_once_more_under_an_id_of_its_own(pos: Kurir, mail: MailServer) -> None:
    mail.refuse[SUREL] = 550
    id = pos.ajukan()
    pos.quiet()
    mail.refuse.clear()

    done = _ulang(pos, _kiriman(pos, id)[0]["id"], id)
    pos.quiet()

    assert done.status_code == 202, done.text
    assert mail.ids[-1] == f"<{id}.diterima.1.u1@kelurahan.example>"
    (row,) = _kiriman(pos, id)
    assert (row["saluran"]["luar"], row["diulang"]) == ("terkirim", 1)
    assert check(pos.app)["wrong"] == []


def test_a_message_that_may_have_arrived_is_sent_again_only_knowingly(pos: Kurir, mail: MailServer) -> None:
    mail.hang_up = 1
    id = pos.ajukan()
    pos.quiet()
    (row,) = _kiriman(pos, id)
    assert row["saluran"]["luar"] == "tak_pasti"

    blind = _ulang(pos, row["id"], id)
    sure = pos.post(
        f"/v1/pesan/{row['id']}/kirim-ulang", "loket.depok", {"permohonan": id, "tetap_kirim": True}, **LOKET
    )
    pos.quiet()

    slug = (blind.json or {})["type"].rsplit(":", 1)[-1]
    assert (blind.status_code, slug) == (409, "pesan-mungkin-sudah-sampai")
    assert sure.status_code == 202, sure.text
    assert mail.ids[1:] == [f"<{id}.diterima.1.u1@kelurahan.example>"]
    assert _kiriman(pos, id)[0]["saluran"]["luar"] == "terkirim"


def test_only_the_counter_of_the_area_may(pos: Kurir, mail: MailServer) -> None:
    id = pos.ajukan()
    pos.quiet()
    message = _kiriman(pos, id)[0]["id"]

    assert _ulang(pos, message, id, wilayah=["3276051004"]).status_code == 403
    assert _ulang(pos, message, id, peran="lurah").status_code == 403
    assert _ulang(pos, new_id(), id).status_code == 404
    assert _ulang(pos, message, new_id()).status_code == 404
    assert len(mail.ids) == 1
