"""The link to RT and RW goes to their telephone alone; what the applicant has to do reaches the applicant (R9)."""

from __future__ import annotations

import json

from notifikasi.adapters.tautan import Tautan
from support.kurir import Kurir
from support.neighbours import OFFICE
from web.pseudonyms import Pseudonyms

KETUA = {"jenis": "telepon", "nilai": "+6281255500108"}


def test_rt_gets_the_link_on_his_telephone_and_no_store_holds_it(pos: Kurir) -> None:
    id = pos.ajukan()
    pos.say("pengajuan", id, "pengantar.dibagikan", pihak="rt", urut=1, kontak=KETUA)
    pos.quiet()

    sent = pos.berkas(id)["pengantar.1"]
    link = Tautan(Pseudonyms(pos.settings.key_folder())).untuk(id, "1")
    assert f"Kepada: {KETUA['nilai']}" in sent
    assert f"/rt-rw/{link}" in sent
    doc = pos.app.documents.get("kabar", OFFICE, id)
    assert doc is not None
    assert link not in json.dumps(doc.body)
    assert all(link not in message["isi"] for message in pos.pesan())


def test_a_request_that_is_over_is_forgotten_with_its_telephone(pos: Kurir) -> None:
    id = pos.ajukan()
    pos.say("pengajuan", id, "pengantar.dibagikan", pihak="rt", urut=1, kontak=KETUA)
    pos.near.say("pengajuan", id, ("pengantar.dibagikan", None))
    pos.say("pengajuan", id, "pengantar.ditutup", sebab="tidak_dijawab")
    pos.quiet()

    assert pos.kabar(id).pengurus is None
    assert any(message["judul"] == "Bawa surat pengantar RT/RW" for message in pos.pesan())
