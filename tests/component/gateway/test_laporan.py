"""The report of an office and month: the statistics' figures by service, and the same on a sheet to print."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient

from chassis.causes import Cause, Decision
from chassis.envelope import Event, outgoing
from chassis.ports.documents import Doc
from gateway.bootstrap import App
from gateway.pantau import rujukan
from gateway.pantau.laporan import cetak, isi
from gateway.pantau.statistik.proyeksi import ROWS
from support.peristiwa import CONTRACTS, OFFICES, example
from support.tree import ROOT

DEPOK, MAMPANG, _ = OFFICES
HOUR = 3600


def row(**hari: Any) -> dict[str, Any]:
    days = sorted(hari["hari"])
    return {
        "v": {},
        "g": "1",
        "terbuka": False,
        "status": "terbit",
        "awal": days[0],
        "akhir": days[-1],
        **hari,
    }


@pytest.fixture
def office(people: App, time: Any) -> App:
    """It is the 20th of January. Two services in Depok, one of them also in December; one case in Mampang."""
    time.moved = datetime(2026, 1, 20, 3, tzinfo=UTC) - datetime.now(UTC)
    told = json.loads((ROOT / "contracts/examples/pengajuan.kantor.diubah/v1.1.json").read_text())["data"]
    for kode, nama, level in ((DEPOK, "Depok", "kelurahan"), (DEPOK[:6], "Pancoran Mas", "kecamatan")):
        learn(people, f"kantor.{kode}", {**told, "kode": kode, "nama": nama, "tingkat": level})
    learn(people, "layanan.SKDOM", {"kode": "SKDOM", "nama": "Surat Keterangan Domisili"})
    late = {"terbuka": True, "tenggat": "2026-01-10T09:00:00.000Z", "status": "diperiksa"}
    january = {"2026-01-15": {"diajukan": 1, "terbit": 1}}
    older = {"2025-12-31": {"diajukan": 1}, "2026-01-02": {"terbit": 1, "terlambat": 1}}
    rows = {
        (DEPOK, "a"): row(layanan="SKDOM", hari=january, lama=HOUR, terbit="2026-01-15"),
        (DEPOK, "b"): row(layanan="SKDOM", hari=older, lama=4 * HOUR, terbit="2026-01-02"),
        (DEPOK, "c"): {**row(layanan="SKTM", hari={"2026-01-31": {"diajukan": 1}}), **late},
        (MAMPANG, "d"): row(layanan="SKTM", hari={"2026-01-03": {"diajukan": 1, "ditolak": 1}}),
    }
    for (kode, id), body in rows.items():
        people.documents.insert(ROWS.name, Doc(scope=kode, id=id, rev=1, body=body))
    return people


def learn(app: App, id: str, state: dict[str, Any]) -> None:
    app.rujukan.update("acuan", id, lambda _, at: Decision(state), Cause.command(f"uji-{id}"))


def test_a_month_is_told_by_service_with_its_total(office: App, staff: Any, client: FlaskClient) -> None:
    told = client.get(f"/v1/laporan?kantor={DEPOK}", headers=staff("lurah.depok")).get_json()

    assert (told["nama"], told["dari"], told["sampai"]) == ("Depok", "2026-01-01", "2026-01-31")
    services = [
        (r["layanan"], r["nama"], r["diajukan"], r["terbit"], r["terlambat"]) for r in told["per_layanan"]
    ]
    assert services == [("SKDOM", "Surat Keterangan Domisili", 1, 2, 1), ("SKTM", "SKTM", 1, 0, 0)]
    assert told["per_kantor"] == []
    assert (told["jumlah"]["diajukan"], told["jumlah"]["terbit"], told["jumlah"]["jam_median"]) == (2, 2, 2.5)
    assert (told["terbuka"], told["terlambat"]) == (1, 1)


def test_a_kecamatan_is_told_by_kelurahan_too(office: App, staff: Any, client: FlaskClient) -> None:
    camat = staff("camat.pancoranmas")
    told = client.get(f"/v1/laporan?kantor={DEPOK[:6]}&bulan=2026-01", headers=camat).get_json()

    assert [(r["kantor"], r["nama"], r["diajukan"]) for r in told["per_kantor"]] == [
        (DEPOK, "Depok", 2),
        (MAMPANG, MAMPANG, 1),
    ]
    assert told["jumlah"]["ditolak"] == 1


def test_a_month_in_which_nothing_happened_is_a_report_of_zeros(
    office: App, staff: Any, client: FlaskClient
) -> None:
    told = client.get(f"/v1/laporan?kantor={DEPOK}&bulan=2024-02", headers=staff("lurah.depok")).get_json()

    assert (told["sampai"], told["per_layanan"]) == ("2024-02-29", [])
    assert told["jumlah"]["diajukan"] == 0
    assert told["jumlah"]["jam_median"] is None


def test_the_sheet_shows_the_same_figures_in_indonesian(office: App, staff: Any, client: FlaskClient) -> None:
    answer = client.get(f"/v1/laporan/pdf?kantor={DEPOK}&bulan=2026-01", headers=staff("kasi.depok"))

    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="laporan-{DEPOK}-2026-01.pdf"'
    with pypdfium2.PdfDocument(answer.data) as sheet:
        assert len(sheet) == 1
        text = sheet[0].get_textpage().get_text_bounded().replace("\r\n", " ")
    for words in (
        "Laporan Pelayanan", "Januari 2026 (sementara, sampai 20 Januari 2026)", "Surat Keterangan Domisili", "2,5",
        "Lurah Depok", "1 permohonan",
    ):  # fmt: skip
        assert words in text


def test_the_same_figures_make_the_same_bytes(office: App) -> None:
    told = isi.susun(office.rujukan, DEPOK, *isi.bulan("2026-01"))
    assert told is not None
    first, again = (cetak.pdf(told, date(2026, 2, 2)) for _ in range(2))

    assert first == again
    assert cetak.isi(told, date(2026, 2, 2))["sementara"] is False


def test_services_that_an_older_release_passed_over_are_known_after_the_next_start(people: App) -> None:
    events, kind = people.events(), CONTRACTS.sent_by("pengajuan", "layanan.diubah")
    events.ensure(CONTRACTS.topics(list(OFFICES)))
    data = example("pengajuan.layanan.diubah")
    told = Event(
        source="pengajuan", type=kind.type, family="acuan", scope="3276", subject=data["kode"], sequence=1,
        time="2026-01-15T03:00:00.000Z", correlation=data["kode"], causation="uji", data=data,
    )  # fmt: skip
    publisher = events.publisher()
    publisher.publish([outgoing(told, kind, CONTRACTS.scope_extension)]).wait(60)
    publisher.close()

    for _ in range(2):
        rujukan.susul(rujukan.dispatcher(people.contracts, people.rujukan), events)

    known = people.rujukan.read("acuan", f"layanan.{data['kode']}")
    assert known is not None
    assert (known.state["nama"], known.version) == (data["nama"], 1)


@pytest.mark.parametrize(
    ("akun", "query", "status"),
    [
        ("lurah.depok", f"kantor={DEPOK[:6]}", 403),
        ("lurah.depok", f"kantor={MAMPANG}", 403),
        ("camat.sukmajaya", f"kantor={DEPOK}", 403),
        ("lurah.depok", f"kantor={DEPOK}&bulan=2026-13", 422),
        ("camat.pancoranmas", f"kantor={MAMPANG}", 404),
    ],
)
def test_who_may_read_which(
    office: App, staff: Any, client: FlaskClient, akun: str, query: str, status: int
) -> None:
    assert client.get(f"/v1/laporan?{query}", headers=staff(akun)).status_code == status
    assert client.get(f"/v1/laporan/pdf?{query}", headers=staff(akun)).status_code == status
