"""Uploads in pieces: what arrived stays, whatever was cut, and the whole is the file that was sent."""

from __future__ import annotations

import io
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from chassis.ids import new_id
from dokumen.entrypoints.http.aplikasi import create
from support.neighbours import OFFICE
from support.ruang_surat import Ruang, foto
from support.tus import MEDIA, TUS, Tus, metadata
from support.waiting import until

KB = 1024
PLACE = "/v1/berkas/unggahan"


def head(ruang: Ruang, id: str, **izin: object) -> dict[str, str]:
    return {**ruang.warga(), **TUS, "X-Izin-Unggah": ruang.izin(id, **izin)}  # type: ignore[arg-type]


def begin(ruang: Ruang, id: str, size: int, syarat: str = "KTP", **headers: str) -> TestResponse:
    told = {"Upload-Length": str(size), "Upload-Metadata": metadata(syarat=syarat, filename="ktp.jpg")}
    key = {"Idempotency-Key": new_id()}
    return ruang.client.post(PLACE, headers={**head(ruang, id), **told, **key, **headers})


def patch(ruang: Ruang, id: str, place: str, offset: int, isi: bytes, **headers: str) -> TestResponse:
    told = {"Upload-Offset": str(offset), "Content-Type": MEDIA}
    return ruang.client.patch(place, data=isi, headers={**head(ruang, id), **told, **headers})


def slug(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.text)["type"].rsplit(":", 1)[1]


def send(ruang: Ruang, id: str, isi: bytes, piece: int) -> str:
    place = begin(ruang, id, len(isi)).headers["Location"]
    for offset in range(0, len(isi), piece):
        answer = patch(ruang, id, place, offset, isi[offset : offset + piece])
        assert answer.status_code == 204, answer.text
    return answer.headers["Content-Location"].rpartition("/")[2]


def test_what_the_server_can_do_is_told_without_an_account(ruang: Ruang) -> None:
    told = ruang.client.options(PLACE).headers

    assert told["Tus-Version"] == "1.0.0"
    assert told["Tus-Extension"] == "creation,expiration,termination"
    assert int(told["Tus-Max-Size"]) == 10 * KB * KB


def test_a_paper_in_pieces_is_the_paper_that_was_sent(ruang: Ruang) -> None:
    id, isi = new_id(), foto(4000, 3000, "PNG", compress_level=0)[: 3000 * KB] + b"end"
    paper = send(ruang, id, isi, 512 * KB)

    assert ruang.perkara(id)["berkas"][paper]["asal"] == sha256(isi).hexdigest()
    ruang.quiet()
    assert not [key for key in ruang.objects() if "/potongan/" in key]


def test_every_state_of_an_upload_can_be_read(ruang: Ruang) -> None:
    id, isi = new_id(), foto()
    place = begin(ruang, id, len(isi)).headers["Location"]
    patch(ruang, id, place, 0, isi[:1000])
    paper = place.rpartition("/")[2]

    coming = json.loads(ruang.get(f"/v1/berkas/{paper}", ruang.warga()).text)
    assert (coming["status"], coming["diterima"], coming["ukuran"]) == ("mengunggah", 1000, len(isi))
    assert ruang.get(f"/v1/berkas/{paper}", ruang.warga("w-0002")).status_code == 404
    assert ruang.get(f"/v1/berkas/{paper}/isi", ruang.warga()).status_code == 404
    patch(ruang, id, place, 1000, isi[1000:])
    ruang.quiet()
    assert json.loads(ruang.get(f"/v1/berkas/{paper}", ruang.warga()).text)["status"] == "bersih"


def test_one_byte_at_a_time_makes_no_more_objects_than_whole_pieces(ruang: Ruang) -> None:
    id, isi = new_id(), b"x" * 40
    place = begin(ruang, id, len(isi)).headers["Location"]
    for offset in range(39):
        assert patch(ruang, id, place, offset, b"x").status_code == 204

    assert len([key for key in ruang.objects() if "/potongan/" in key]) == 1
    assert ruang.client.head(place, headers=head(ruang, id)).headers["Upload-Offset"] == "39"


def test_a_piece_at_the_wrong_place_is_told_the_right_one(ruang: Ruang) -> None:
    id = new_id()
    place = begin(ruang, id, 1000).headers["Location"]
    patch(ruang, id, place, 0, b"x" * 100)

    for offset in (0, 99, 101, 1000):
        answer = patch(ruang, id, place, offset, b"y" * 10)
        assert slug(answer) == (409, "unggahan-posisi")
        assert answer.headers["Upload-Offset"] == "100"


def test_limits_are_named_and_the_upload_goes_on(ruang: Ruang) -> None:
    id = new_id()
    place = begin(ruang, id, 1024 * KB).headers["Location"]
    large = patch(ruang, id, place, 0, b"x" * (512 * KB + 1))
    beyond = patch(ruang, id, place, 0, b"x" * (512 * KB))
    more = patch(ruang, id, place, 512 * KB, b"x" * (512 * KB))

    assert slug(large) == (413, "terlalu-besar")
    assert "512 KB" in large.text
    assert (beyond.status_code, more.status_code) == (204, 204)
    assert slug(begin(ruang, new_id(), 10 * KB * KB + 1)) == (413, "terlalu-besar")
    assert slug(begin(ruang, new_id(), 0)) == (422, "berkas-kosong")


def test_a_repeated_beginning_is_the_same_upload(ruang: Ruang) -> None:
    id, key = new_id(), new_id()
    first = begin(ruang, id, 1000, **{"Idempotency-Key": key})
    again = begin(ruang, id, 1000, **{"Idempotency-Key": key})
    other = begin(ruang, id, 1001, **{"Idempotency-Key": key})

    assert again.headers["Location"] == first.headers["Location"]
    assert slug(other) == (422, "kunci-dipakai-lain")


def test_what_is_not_tus_or_not_ones_own_is_refused(ruang: Ruang) -> None:
    id = new_id()
    place = begin(ruang, id, 1000).headers["Location"]
    stranger = {**ruang.warga("w-0002"), **TUS}

    assert slug(begin(ruang, id, 10, **{"Tus-Resumable": "0.2.2"})) == (412, "tus-versi")
    assert slug(begin(ruang, id, 10, **{"Upload-Metadata": "syarat !!"})) == (422, "isi-salah")
    assert slug(begin(ruang, id, 10, **{"Upload-Length": "-1"})) == (422, "isi-salah")
    assert slug(begin(ruang, id, 10, "SURAT_KUASA")) == (422, "syarat-tak-dikenal")
    assert slug(begin(ruang, id, 10, **{"X-Izin-Unggah": ""})) == (403, "grant-salah")
    assert slug(patch(ruang, id, place, 0, b"x", **{"Content-Type": "text/plain"})) == (
        415,
        "jenis-tidak-didukung",
    )
    assert slug(patch(ruang, new_id(), place, 0, b"x")) == (403, "grant-salah")
    assert ruang.client.head(place, headers=stranger).status_code == 404
    assert ruang.client.delete(place, headers=stranger).status_code == 404


def test_a_round_that_closes_meanwhile_takes_the_pieces_away(ruang: Ruang) -> None:
    id = new_id()
    place = begin(ruang, id, 1000).headers["Location"]
    patch(ruang, id, place, 0, b"x" * 500)
    ruang.diajukan(id)
    ruang.lengkap(id)
    ruang.quiet()

    assert slug(patch(ruang, id, place, 500, b"x" * 500)) == (403, "grant-salah")
    assert ruang.objects() == []
    assert ruang.client.head(place, headers=head(ruang, id)).status_code == 404


def test_an_upload_is_kept_for_24_hours_and_then_gone(ruang: Ruang) -> None:
    id = new_id()
    place = begin(ruang, id, 1000).headers["Location"]
    patch(ruang, id, place, 0, b"x" * 500)
    now = ruang.app.clock.real()

    ruang.app.sapu.sekarang(now + timedelta(hours=23, minutes=59))
    assert ruang.client.head(place, headers=head(ruang, id)).headers["Upload-Offset"] == "500"
    ruang.app.sapu.sekarang(now + timedelta(hours=24, minutes=1))
    assert ruang.client.head(place, headers=head(ruang, id)).status_code == 404
    assert ruang.objects() == []
    assert ruang.app.documents.count("kiriman", {}) == 0


def test_given_up_leaves_nothing(ruang: Ruang) -> None:
    id = new_id()
    place = begin(ruang, id, 1000).headers["Location"]
    patch(ruang, id, place, 0, b"x" * 500)

    assert ruang.client.delete(place, headers=head(ruang, id)).status_code == 204
    assert ruang.objects() == []


def test_unfinished_uploads_are_bounded(ruang: Ruang) -> None:
    id = new_id()
    answers = [begin(ruang, id, 1000).status_code for _ in range(21)]

    assert answers == [201] * 20 + [409]


def test_the_record_is_finished_by_whoever_asks_after_a_crash(ruang: Ruang) -> None:
    """The last piece is safe, the paper was not yet recorded: as if killed between the two writes."""
    id, isi = new_id(), foto()
    place = begin(ruang, id, len(isi)).headers["Location"]
    paper = place.rpartition("/")[2]
    patch(ruang, id, place, 0, isi[:-1])
    kiriman, rev = ruang.app.rak.cari(paper) or pytest.fail("no upload")
    grown, _ = ruang.app.kirim._simpan(kiriman, rev, kiriman.izin, [isi[-1:]])
    assert grown.utuh
    assert not grown.berkas

    assert (
        ruang.client.head(place, headers=head(ruang, id)).headers["Content-Location"] == f"/v1/berkas/{paper}"
    )
    assert ruang.perkara(id)["berkas"][paper]["asal"] == sha256(isi).hexdigest()


def test_the_same_bytes_again_are_the_same_paper_and_elsewhere_say_so(ruang: Ruang) -> None:
    id, isi = new_id(), foto()
    first = ruang.berkas(id, isi)
    again = json.loads(ruang.unggah(id, isi).text)
    pieces = send(ruang, id, isi, 300 * KB)
    elsewhere = ruang.berkas(id, isi, syarat="KK")

    assert (again["id"], pieces) == (first["id"], first["id"])
    assert elsewhere["id"] != first["id"]
    assert elsewhere["sama_dengan"] == [first["id"]]
    assert len(ruang.perkara(id)["berkas"]) == 2


def test_a_form_is_the_way_without_javascript(ruang: Ruang) -> None:
    id, isi = new_id(), foto()
    headers = {**ruang.warga(), "Idempotency-Key": new_id(), "X-Izin-Unggah": ruang.izin(id)}
    form = {"catatan": "ktp saya", "berkas": (io.BytesIO(isi), "ktp.html", "text/html")}
    sent = ruang.client.post("/v1/berkas?syarat=KTP", data=form, headers=headers)

    assert sent.status_code == 202, sent.text
    paper = json.loads(sent.text)["id"]
    assert ruang.perkara(id)["berkas"][paper]["asal"] == sha256(isi).hexdigest()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x\r\n",
        b"x" * 200_000,
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
    ],
    ids=["empty", "broken", "no boundary", "no file"],
)
def test_a_form_without_a_readable_file_is_refused(ruang: Ruang, body: bytes) -> None:
    id = new_id()
    headers = {**ruang.warga(), "Idempotency-Key": new_id(), "X-Izin-Unggah": ruang.izin(id)}
    headers["Content-Type"] = "multipart/form-data; boundary=x"
    sent = ruang.client.post("/v1/berkas?syarat=KTP", data=body, headers=headers)

    assert slug(sent) == (400, "json-rusak")
    assert ruang.objects() == []


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


@pytest.mark.parametrize("cut", [0, 1, 8191, 16384, 16385, 100_000, 299_999])
def test_an_upload_goes_on_wherever_it_was_cut(ruang: Ruang, alamat: tuple[str, int], cut: int) -> None:
    id = new_id()
    isi = bytes(range(256)) * 1200
    client = Tus(f"http://{alamat[0]}:{alamat[1]}", head(ruang, id))
    place = client.begin(len(isi))
    told = {**client.headers, "Upload-Offset": "0", "Content-Type": MEDIA, "Content-Length": str(len(isi))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    with socket.create_connection(alamat) as line:
        line.sendall(f"PATCH {place} HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode() + isi[:cut])
    if cut:
        until(lambda: client.offset(place) > 0, what="what arrived")
    assert client.offset(place) <= cut

    paper = client.rest(place, isi, 70_000).rpartition("/")[2]
    assert ruang.perkara(id)["berkas"][paper]["asal"] == sha256(isi).hexdigest()


def test_two_at_once_at_the_same_place_end_with_the_right_bytes(ruang: Ruang) -> None:
    id, isi = new_id(), bytes(range(256)) * 400
    place = begin(ruang, id, len(isi)).headers["Location"]
    app = create(ruang.app)

    def push(_: int) -> None:
        client = app.test_client()
        while True:
            now = client.head(place, headers=head(ruang, id))
            offset = int(now.headers["Upload-Offset"])
            if offset == len(isi):
                return
            told = {**head(ruang, id), "Upload-Offset": str(offset), "Content-Type": MEDIA}
            client.patch(place, data=isi[offset : offset + 9000], headers=told)

    with ThreadPoolExecutor(2) as people:
        list(people.map(push, range(2)))

    [paper] = ruang.perkara(id)["berkas"].values()
    assert paper["asal"] == sha256(isi).hexdigest()
    ruang.quiet()
    assert not [key for key in ruang.objects() if "/potongan/" in key]


def test_a_kelurahan_holds_its_share_and_no_more(ruang: Ruang) -> None:
    with ruang.app.shares.hold(OFFICE), ruang.app.shares.hold(OFFICE):
        busy = ruang.unggah(new_id(), foto())
        other = ruang.unggah(new_id(), foto(), izin=ruang.izin(id := new_id(), kantor="3276011007"))

    assert slug(busy) == (503, "sedang-sibuk")
    assert int(busy.headers["Retry-After"]) >= 1
    assert other.status_code == 202, id
    assert ruang.unggah(new_id(), foto()).status_code == 202
