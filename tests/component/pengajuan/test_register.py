"""The register of services: one line per application by day, the same on the page and in the file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from chassis.audit import COLLECTION
from pengajuan.domain.keadaan import from_state, to_state
from pengajuan.domain.retensi import hapus_isi
from support import jam
from support.loket import KODE, Layanan, permohonan

HARI = 86400


def asked(layanan: Layanan, who: Mapping[str, str] | None = None, path: str = "", **query: Any) -> Any:
    given = "&".join(f"{name}={value}" for name, value in {"kantor": KODE, **query}.items())
    return layanan.get(f"/v1/register{path}?{given}", who or layanan.loket())


def today(layanan: Layanan) -> date:
    return layanan.app.clock.now().date()


def filed(layanan: Layanan, *, days: int = 0, **lain: Any) -> dict[str, Any]:
    """Filed so many days from today by the office's clock."""
    jam.shift(layanan.app.clock.shift_file, seconds=days * HARI)
    return layanan.ajukan(layanan.warga(f"w-{next(layanan.counter)}"), **lain)


def test_the_register_lists_what_was_filed_on_the_days_asked_for_oldest_first(layanan: Layanan) -> None:
    start = today(layanan)
    made = [filed(layanan, days=n)["id"] for n in (0, 1, 1, 2)]
    layanan.post("/v1/permohonan", layanan.warga("w-draf"), permohonan())  # a draft is no application yet

    def ids(dari: int, sampai: int, **query: Any) -> list[str]:
        span: dict[str, Any] = {
            "dari": start + timedelta(days=dari),
            "sampai": start + timedelta(days=sampai),
        }
        return [row["id"] for row in asked(layanan, **span, **query).get_json()["isi"]]

    assert ids(0, 2) == made
    assert ids(1, 1) == made[1:3]
    assert ids(3, 9) == []
    days: dict[str, Any] = {"dari": start, "sampai": start + timedelta(days=2)}
    page = asked(layanan, **days, batas=3).get_json()
    rest = asked(layanan, **days, batas=3, cursor=page["cursor"]).get_json()
    assert [row["id"] for row in page["isi"] + rest["isi"]] == made
    assert rest["cursor"] is None
    [row] = asked(layanan, dari=start, sampai=start).get_json()["isi"]
    assert (row["pemohon"], row["layanan"], row["tampilan"]) == ("Sari Contohwati", "SKDOM", "Diterima")


def test_without_days_it_is_this_month_so_far(layanan: Layanan) -> None:
    id = filed(layanan)["id"]
    told = asked(layanan).get_json()

    assert [row["id"] for row in told["isi"]] == [id]
    assert (told["dari"], told["sampai"]) == (
        today(layanan).replace(day=1).isoformat(),
        today(layanan).isoformat(),
    )


def test_the_file_has_indonesian_headings_and_nothing_that_calculates(layanan: Layanan) -> None:
    walk_in = {**permohonan(cara="loket"), "pemohon": {"nama": "Sari Contohwati"}}
    made = layanan.post("/v1/permohonan?ajukan=true", layanan.loket(), walk_in).get_json()
    doc = layanan.app.documents.get("permohonan", KODE, made["id"])
    assert doc is not None
    doc.body["state"]["pemohon"]["nama"] = '=HYPERLINK("http://jahat.example")'
    assert layanan.app.documents.replace("permohonan", doc, doc.rev)
    filed(layanan)

    answer = asked(layanan, path="/unduh", bentuk="csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    day = today(layanan)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="register-{KODE}-{day.replace(day=1)}-{day}.csv"'
    )
    assert [r["No."] for r in rows] == ["1", "2"]
    assert rows[0]["Nama pemohon"].startswith("'=HYPERLINK")
    assert rows[0]["Cara"] == "loket"
    assert rows[1]["Nama pemohon"] == "Sari Contohwati"
    assert rows[1]["Tanggal diajukan"].startswith(f"{day:%d/%m/%Y} ")
    assert rows[1]["Layanan"] != rows[1]["Kode layanan"] == "SKDOM"
    answer.close()
    book = asked(layanan, path="/unduh")
    assert zipfile.ZipFile(io.BytesIO(book.data)).testzip() is None
    book.close()


def test_an_erased_applicant_is_a_line_without_a_name(layanan: Layanan) -> None:
    id = filed(layanan)["id"]
    doc = layanan.app.documents.get("permohonan", KODE, id)
    assert doc is not None
    doc.body["state"] = to_state(hapus_isi(from_state(doc.body["state"]), layanan.app.clock.real())[0])
    assert layanan.app.documents.replace("permohonan", doc, doc.rev)

    [row] = asked(layanan).get_json()["isi"]
    with_file = asked(layanan, path="/unduh", bentuk="csv")

    assert (row["pemohon"], row["subjek"]) == ("", [])
    assert "(dihapus),(dihapus)" in with_file.text
    with_file.close()


@pytest.mark.parametrize("path", ["", "/unduh"])
def test_every_reading_is_written_down_with_its_days(layanan: Layanan, path: str) -> None:
    asked(layanan, path=path, dari="2026-01-01", sampai="2026-01-31").close()

    [entry] = layanan.app.chain.find(COLLECTION.name, {"scope": KODE, "actor": "loket.depok"})
    assert entry.body["action"] == ("unduh_register" if path else "lihat_register")
    assert entry.body["subject"] == "2026-01-01/2026-01-31"


@pytest.mark.parametrize(
    "query",
    [
        {"dari": "2026-02-01", "sampai": "2026-01-31"},
        {"dari": "2024-01-01", "sampai": "2026-01-01"},
        {"kantor": "327601"},
        {"dari": "kemarin"},
    ],
)
def test_days_that_make_no_range_are_refused(layanan: Layanan, query: dict[str, Any]) -> None:
    assert asked(layanan, **query).status_code == 422


def test_the_last_day_of_all_is_a_day_too(layanan: Layanan) -> None:
    assert asked(layanan, dari="9999-12-31", sampai="9999-12-31").get_json()["isi"] == []


def test_the_kecamatan_reads_each_of_its_kelurahan_and_no_other(layanan: Layanan) -> None:
    camat = layanan.token("camat.pancoranmas", "camat", wilayah=[KODE[:6]])

    assert asked(layanan, camat).status_code == 200
    assert asked(layanan, camat, kantor="3276051004").status_code == 403
