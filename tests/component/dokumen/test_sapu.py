"""What is cut or killed leaves nothing: streams in constant memory, intents, the sweep an hour later."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from werkzeug.serving import make_server

from chassis.ids import new_id
from chassis.ports.errors import Refused
from dokumen.entrypoints.http.aplikasi import create
from dokumen.entrypoints.tasks import perkara as tasks
from support.neighbours import OFFICE
from support.ruang_surat import Ruang, foto
from support.waiting import until


@pytest.fixture
def alamat(ruang: Ruang) -> Iterator[tuple[str, int]]:
    """A real server on a free port."""
    server = make_server("127.0.0.1", 0, create(ruang.app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield ("127.0.0.1", server.server_port)
    server.shutdown()
    thread.join()
    server.server_close()


def later(ruang: Ruang, minutes: int = 61) -> int:
    return ruang.app.sapu.sekarang(ruang.app.clock.real() + timedelta(minutes=minutes))


def begin(ruang: Ruang, alamat: tuple[str, int], id: str, announced: int, isi: bytes) -> socket.socket:
    """Send the head of an upload and some of its body."""
    headers = {
        **ruang.warga(),
        "Host": "dokumen",
        "Idempotency-Key": new_id(),
        "X-Izin-Unggah": ruang.izin(id),
        "Content-Length": str(announced),
    }
    line = socket.create_connection(alamat)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    line.sendall(f"POST /v1/berkas?syarat=KTP HTTP/1.1\r\n{head}\r\n".encode() + isi)
    return line


def test_a_cut_upload_leaves_nothing(ruang: Ruang, alamat: tuple[str, int]) -> None:
    id = new_id()
    line = begin(ruang, alamat, id, 5_000_000, b"x" * 2_000_000)
    until(lambda: ruang.app.documents.count("unggahan", {}) == 1, what="the intent")
    line.close()
    folder = ruang.settings.data / "objects"
    until(lambda: not any((folder / "tmp").iterdir()), what="the engine to drop the part")

    assert ruang.objects() == []
    assert ruang.app.perkara.read(OFFICE, id) is None
    later(ruang)
    assert ruang.app.documents.count("unggahan", {}) == 0


def test_a_put_whose_record_was_never_written_is_swept(ruang: Ruang) -> None:
    id, upload = new_id(), new_id()
    ruang.app.niat.unggahan(OFFICE, id, "perintah-1", upload)
    key = f"{OFFICE}/{id}/karantina/{upload}"
    ruang.app.objects.put(key, [foto()])

    assert later(ruang, 59) == 0
    assert ruang.objects() == [key]
    assert later(ruang) == 1
    assert ruang.objects() == []


def test_the_sweep_keeps_what_is_referred_to_and_drops_quarantine(ruang: Ruang) -> None:
    ruang.acuan()
    _, letter = ruang.terbit()
    id = new_id()
    paper = ruang.berkas(id, foto())
    later(ruang)

    kept = set(ruang.objects())
    assert not any("/karantina/" in key for key in kept)
    assert f"{OFFICE}/{id}/{paper['sha256']}" in kept
    assert len(kept) == 3
    assert ruang.app.documents.count("unggahan", {}) == 0
    assert ruang.get(f"/v1/surat/{letter}/pdf", ruang.petugas("lurah")).status_code == 200


def test_a_paper_that_waits_for_its_check_is_not_swept(ruang: Ruang) -> None:
    ruang._running.__exit__()
    id = new_id()
    ruang.unggah(id, foto())

    assert later(ruang, 600) == 0
    assert len(ruang.objects()) == 1


def test_an_issued_letter_cannot_be_overwritten(ruang: Ruang) -> None:
    ruang.acuan()
    id, letter = ruang.terbit()
    key = ruang.perkara(id)["surat"][letter]["objek"]

    with pytest.raises(Refused):
        ruang.app.objects.delete(key)


def test_a_letter_done_twice_is_one_letter_with_one_number(ruang: Ruang) -> None:
    """The to-do's work runs again as after a crash before its record: same number, same bytes."""
    ruang.acuan()
    id, letter = ruang.terbit("SKTM")
    done = ruang.app.perkara.read(OFFICE, id)
    assert done is not None
    issued = done.state["surat"][letter]
    before = {**issued, "status": "menunggu_tanda_tangan"}
    state = {**done.state, "surat": {letter: before}}
    task = tasks(ruang.app)["terbitkan"]
    assert task.run is not None
    result = task.run(replace(done, state=state), {"surat": letter})

    assert result is not None
    again, made = result
    assert again == letter
    assert made.lembar.sha256 == issued["sha256"]
    assert made.nomor.urut == tuple(n["urut"] for n in issued["nomor"])
    assert ruang.app.documents.count("nomor", {}) == 2
    decision = task.then(done.state, result, ruang.app.perkara.moment())
    assert (decision.state, decision.events) == (done.state, ())
