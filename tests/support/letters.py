"""Invented letters for the tests of dokumen: the golden cases, and sealed ones of them."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

from chassis.contracts import read_yaml
from dokumen.adapters.authority import Authority, ensure_authority
from dokumen.adapters.katalog import muat, muat_formulir
from dokumen.adapters.pades import add_seal, seal
from dokumen.adapters.pencetak import PencetakSurat
from dokumen.adapters.typst_letters import Renderer, Sheet
from dokumen.application.pintu import Kode
from dokumen.domain.katalog import Formulir
from dokumen.domain.naskah import Mengetahui, Naskah, Penandatangan, Verifikasi
from dokumen.domain.susun import Bahan, ditawarkan, lembar, mengetahui, naskah, template

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "surat"
WHEN = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=7)))
TODAY = date(2026, 11, 22)
MARK = Verifikasi(
    url="https://surat.depok.example/v1/verifikasi/9hQ2mZ7rT4xKc1LpW8sYbAcd",
    kode="K7QM-24XD-9R3P",
    situs="surat.depok.example",
)
SEAT = {"lurah": "lurah", "camat": "camat"}


@cache
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(GOLDEN / f"{name}.yaml")
    return found


def cases() -> list[str]:
    """Names of the golden cases that end in a letter."""
    letters = muat()
    return [name for name, told in _read("kasus").items() if told["layanan"] in letters]


def form_cases() -> list[tuple[str, str]]:
    """Golden case and form, for every form that a case offers."""
    return [(case, form.kode) for case in _read("kasus") for form in forms(case)]


def sheet(renderer: Renderer, case: str, kode: str) -> Sheet:
    """A form filled in from a golden case."""
    form = muat_formulir()[kode]
    return renderer.compose(form.template, lembar(form, answers(case), office(), TODAY).as_data())


def answers(case: str) -> dict[str, Any]:
    """All answers of a golden case."""
    told, shared = _read("kasus")[case], _read("bersama")
    groups = [shared["orang"].get(name) or shared[name] for name in told["dari"]]
    return {key: value for group in [*groups, told["jawaban"]] for key, value in group.items()}


def office(name: str = "mekarjaya") -> dict[str, Any]:
    return dict(_read("bersama")["kantor"][name])


def official(name: str) -> dict[str, Any]:
    return dict(_read("bersama")["pejabat"][name])


def bahan(case: str, **ganti: Any) -> Bahan:
    """What the letter of a golden case is made of; `ganti` changes fields of `Bahan`."""
    told = _read("kasus")[case]
    layanan = muat()[told["layanan"]].sebagai(told.get("produk"))
    seats = told.get("pejabat") or [SEAT[peran] for peran in layanan.penandatangan]
    made = Bahan(
        layanan=layanan,
        jawaban=answers(case),
        kantor=office(told.get("kantor", "mekarjaya")),
        pejabat=[official(seat) for seat in seats],
        tanggal=date.fromisoformat(told.get("tanggal", TODAY.isoformat())),
        kecamatan=office("sukmajaya"),
    )
    return replace(made, **ganti)


def number(made: Bahan) -> str:
    return f"{made.layanan.klasifikasi}/0001/{made.penerbit['kode_unit']}/XI/2026"


def letter(case: str) -> tuple[str, Naskah]:
    """Template and letter of a golden case."""
    made = bahan(case)
    return template(made), naskah(made, number(made), MARK)


def compose(renderer: Renderer, case: str) -> Sheet:
    name, made = letter(case)
    return renderer.compose(name, made.as_data())


def forms(case: str) -> list[Formulir]:
    """Forms that a golden case offers."""
    return ditawarkan(muat_formulir(), _read("kasus")[case]["layanan"], answers(case))


def issued(renderer: Renderer, case: str) -> bytes:
    """A golden letter under the seals of a throw-away authority: as people get it."""
    with tempfile.TemporaryDirectory() as folder:
        printer = PencetakSurat(
            renderer, ensure_authority(Path(folder) / "segel"), "https://surat.depok.example"
        )
        made = bahan(case)
        numbers = (number(made), f"{made.layanan.klasifikasi}/0077/05/XI/2026")
        return printer.cetak(
            made, numbers, Kode(token="9hQ2mZ7rT4xKc1LpW8sYbAcd", pendek="K7QM24XD9R3P"), WHEN
        )


def text(pdf: bytes) -> str:
    """What is printed, page by page, line by line."""
    pages = pypdfium2.PdfDocument(pdf)
    lines = [line for page in pages for line in [*page.get_textpage().get_text_range().splitlines(), ""]]
    return "\n".join(" ".join(line.split()) for line in lines).strip() + "\n"


def golden(case: str) -> Path:
    """Where the text of a golden case stands."""
    return GOLDEN / f"{case}.txt"


def signer(made: Mapping[str, Any], **ganti: Any) -> Penandatangan:
    baris = (f"{str(made['jabatan']).upper()},",)
    return replace(
        Penandatangan(baris=baris, nama=made["nama"], pangkat=made["pangkat"], nip=made["nip"]), **ganti
    )


SKDOM = letter("skdom")[1]
SKTM = letter("sktm")[1]
MENGETAHUI: Mengetahui = replace(
    mengetahui(bahan("sktm"), "400.9.14.1/0077/05/XI/2026"), tanggal=date(2026, 11, 23)
)


def sealed_skdom(renderer: Renderer, authority: Authority) -> bytes:
    key = authority.office("3276051004", "Kelurahan Mekarjaya")
    pdf = renderer.render("skdom", SKDOM.as_data())
    return seal(pdf, key, field="Lurah", reason="Segel Kelurahan Mekarjaya", location="Depok", when=WHEN)


def once_sealed_sktm(renderer: Renderer, authority: Authority) -> bytes:
    key = authority.office("3276051004", "Kelurahan Mekarjaya")
    sheet = renderer.compose("sktm", SKTM.as_data())
    assert sheet.mengetahui is not None
    return seal(
        sheet.pdf,
        key,
        field="Lurah",
        reason="Segel Kelurahan Mekarjaya",
        location="Depok",
        when=WHEN,
        reserve={"Camat": sheet.mengetahui},
    )


def sealed_sktm(renderer: Renderer, authority: Authority) -> bytes:
    return add_seal(
        once_sealed_sktm(renderer, authority),
        authority.office("327605", "Kecamatan Sukmajaya"),
        field="Camat",
        reason="Mengetahui",
        location="Depok",
        when=WHEN + timedelta(days=1),
        stamp=renderer.render("mengetahui", MENGETAHUI.as_data()),
    )


def office_serial(folder: Path) -> int:
    """For processes of a pool, which find this function by its module's name."""
    return ensure_authority(folder).office("3276051004", "Kelurahan Mekarjaya").certificate.serial_number


def dipindai(sheet: bytes, kind: str = "JPEG") -> bytes:
    """The printed sheet, signed and laid on the scanner."""
    page = pypdfium2.PdfDocument(sheet)[0].render(scale=1.6).to_pil().convert("RGB")
    for place in range(60):
        page.putpixel((700 + place, 900), (20, 20, 160))
    out = io.BytesIO()
    page.save(out, kind, **({"resolution": 110.0} if kind == "PDF" else {"quality": 88}))
    return out.getvalue()
