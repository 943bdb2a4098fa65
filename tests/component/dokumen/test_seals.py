from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from dokumen.adapters.authority import Authority, DamagedAuthority, SealKey, ensure_authority
from dokumen.adapters.pades import AlreadySealed, add_seal, digest, draw, seal, sign
from dokumen.adapters.typst_letters import Renderer
from dokumen.adapters.verifier import Verdict, inspect
from support.letters import (
    MENGETAHUI,
    SKDOM,
    SKTM,
    WHEN,
    office_serial,
    once_sealed_sktm,
    sealed_skdom,
    sealed_sktm,
)


@pytest.fixture(scope="module")
def skdom(renderer: Renderer, authority: Authority) -> bytes:
    return sealed_skdom(renderer, authority)


@pytest.fixture(scope="module")
def sktm(renderer: Renderer, authority: Authority) -> bytes:
    return sealed_sktm(renderer, authority)


@pytest.fixture(scope="module")
def tte(renderer: Renderer, authority: Authority) -> bytes:
    """Signed by the lurah and by the camat, each with his own certificate; the camat's block was on the sheet."""
    sheet = renderer.compose("sktm", SKTM.as_data())
    assert sheet.mengetahui is not None
    pdf = draw(sheet.pdf, renderer.render("mengetahui", MENGETAHUI.as_data()), sheet.mengetahui)
    for akun, nama, bidang in (
        ("lurah.uji", "Ratna Contohningrum", "Lurah"),
        ("camat.uji", "Bambang Contoh", "Camat"),
    ):
        key, certificate, root = authority.person(akun, nama)
        own = SealKey(kode=akun, key=key, certificate=certificate, root=root)
        pdf = sign(pdf, own, field=bidang, reason="Tanda tangan", location="Depok", when=WHEN)
    return pdf


def test_two_officials_signatures_hold_and_a_third_of_a_stranger_is_reported(
    authority: Authority, tte: bytes, folder: Path
) -> None:
    report = inspect(tte, [authority.root_pem])
    assert report.verdict is Verdict.ASLI
    assert [(s.field, s.signer, s.covers) for s in report.seals] == [
        ("Lurah", "Ratna Contohningrum", "revision"),
        ("Camat", "Bambang Contoh", "file"),
    ]
    key = authority.office("3276051004", "Kelurahan Mekarjaya")
    with pytest.raises(AlreadySealed):
        sign(tte, key, field="Camat", reason="-", location="-", when=WHEN)
    stranger = ensure_authority(folder).office("3276051004", "Kelurahan Mekarjaya")
    more = sign(tte, stranger, field="Orang", reason="-", location="-", when=WHEN)
    assert inspect(more, [authority.root_pem]).verdict is Verdict.BERUBAH


def test_a_seal_repeated_after_a_crash_is_the_same_file(
    renderer: Renderer, authority: Authority, skdom: bytes, sktm: bytes
) -> None:
    assert digest(sealed_skdom(renderer, authority)) == digest(skdom)
    assert digest(sealed_sktm(renderer, authority)) == digest(sktm)


def test_both_seals_hold_and_the_camat_s_only_adds_to_the_lurah_s_file(
    renderer: Renderer, authority: Authority, sktm: bytes
) -> None:
    assert sktm.startswith(once_sealed_sktm(renderer, authority))
    report = inspect(sktm, [authority.root_pem])
    assert report.verdict is Verdict.ASLI
    assert [(s.field, s.signer, s.intact, s.trusted, s.covers) for s in report.seals] == [
        ("Lurah", "Segel Kelurahan Mekarjaya", True, True, "revision"),
        ("Camat", "Segel Kecamatan Sukmajaya", True, True, "file"),
    ]


def test_the_camat_s_number_date_and_name_can_be_seen_on_the_sheet(sktm: bytes) -> None:
    document = pypdfium2.PdfDocument(sktm)
    document.init_forms()
    page = document[0]
    left, bottom, right, top = 70, 110, 290, 310
    with_stamp = page.render(scale=1, may_draw_forms=True).to_pil().convert("L")
    area = (left, int(page.get_height()) - top, right, int(page.get_height()) - bottom)
    assert with_stamp.crop(area).getextrema()[0] < 60
    with pikepdf.open(BytesIO(sktm)) as pdf:
        field = next(f for f in pdf.Root.AcroForm.Fields if f.T == "Camat")
        assert len(field.AP.N.Resources.XObject) == 1


def test_a_letter_that_waits_for_the_camat_is_not_finished(renderer: Renderer, authority: Authority) -> None:
    report = inspect(once_sealed_sktm(renderer, authority), [authority.root_pem])
    assert (report.verdict, report.unfilled) == (Verdict.BELUM_LENGKAP, ("Camat",))


@pytest.mark.parametrize("kind", ["skdom", "sktm", "tte"])
def test_thirty_random_single_byte_changes_are_all_reported(
    request: pytest.FixtureRequest, authority: Authority, kind: str
) -> None:
    pdf, chance = request.getfixturevalue(kind), random.Random(f"ubah-{kind}")
    for place in chance.sample(range(len(pdf)), 30):
        changed = bytearray(pdf)
        changed[place] ^= chance.randrange(1, 256)
        assert inspect(bytes(changed), [authority.root_pem]).verdict is not Verdict.ASLI, f"byte {place}"


def test_changes_inside_the_container_of_the_last_seal_are_reported(
    skdom: bytes, authority: Authority
) -> None:
    start = skdom.rindex(b"<3082")
    end = skdom.index(b">", start)
    letters = [i for i in range(start, start + 2000) if skdom[i : i + 1].isalpha()]
    for place, byte in [
        (end - 1, b"1"),
        (end, b" "),
        (start, b" "),
        (letters[0], skdom[letters[0] : letters[0] + 1].lower()),
    ]:
        changed = skdom[:place] + byte + skdom[place + 1 :]
        assert inspect(changed, [authority.root_pem]).verdict is Verdict.BERUBAH, place


@pytest.mark.parametrize("kind", ["skdom", "sktm"])
@pytest.mark.parametrize("tail", [b"\n", b"% komentar\n", b"%%EOF\n"])
def test_anything_appended_is_reported(
    request: pytest.FixtureRequest, authority: Authority, kind: str, tail: bytes
) -> None:
    assert inspect(request.getfixturevalue(kind) + tail, [authority.root_pem]).verdict is Verdict.BERUBAH


@pytest.mark.parametrize("kind", ["skdom", "sktm"])
def test_an_appended_revision_that_changes_a_page_is_reported(
    request: pytest.FixtureRequest, authority: Authority, kind: str
) -> None:
    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(request.getfixturevalue(kind)))
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"q 0 0 100 100 re f Q")))
    out = BytesIO()
    writer.write(out)
    report = inspect(out.getvalue(), [authority.root_pem])
    assert (report.verdict, report.appended) == (Verdict.BERUBAH, True)


def test_a_rewritten_file_is_reported(skdom: bytes, authority: Authority) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(skdom)) as pdf:
        pdf.save(out)
    assert inspect(out.getvalue(), [authority.root_pem]).verdict is Verdict.BERUBAH


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"bukan pdf"])
def test_a_file_without_any_seal_is_called_that(authority: Authority, pdf: bytes) -> None:
    assert inspect(pdf, [authority.root_pem]).verdict is Verdict.TANPA_SEGEL


def test_an_unsealed_letter_has_no_seal(renderer: Renderer, authority: Authority) -> None:
    assert (
        inspect(renderer.render("skdom", SKDOM.as_data()), [authority.root_pem]).verdict
        is Verdict.TANPA_SEGEL
    )


def test_a_seal_of_another_authority_is_foreign(skdom: bytes, folder: Path) -> None:
    assert inspect(skdom, [ensure_authority(folder).root_pem]).verdict is Verdict.SEGEL_ASING


def test_a_finished_letter_takes_no_further_seal(
    renderer: Renderer, authority: Authority, skdom: bytes, sktm: bytes
) -> None:
    key = authority.office("327605", "Kecamatan Sukmajaya")
    stamp = renderer.render("mengetahui", MENGETAHUI.as_data())
    for pdf, field in ((skdom, "Camat"), (sktm, "Camat"), (skdom, "Lurah")):
        with pytest.raises(AlreadySealed):
            add_seal(pdf, key, field=field, reason="Mengetahui", location="Depok", when=WHEN, stamp=stamp)


def test_a_seal_in_another_year_is_valid_too(renderer: Renderer, authority: Authority) -> None:
    pdf = renderer.render("skdom", SKDOM.as_data())
    key = authority.office("3276051004", "Kelurahan Mekarjaya")
    late = seal(pdf, key, field="Lurah", reason="Segel", location="Depok", when=WHEN.replace(year=2031))
    assert inspect(late, [authority.root_pem]).verdict is Verdict.ASLI


def test_keys_are_for_their_owner_only_and_found_again(folder: Path) -> None:
    serial = office_serial(folder)
    assert office_serial(folder) == serial
    assert {stat.S_IMODE(f.stat().st_mode) for f in folder.rglob("*") if f.is_file()} == {0o600}
    assert {stat.S_IMODE(f.stat().st_mode) for f in (folder, folder / "kantor")} == {0o700}
    assert "UJI COBA / Test Authority" in ensure_authority(folder).root.subject.rfc4514_string()


def test_processes_that_start_at_once_share_one_authority(folder: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        assert len(set(pool.map(office_serial, [folder] * 8))) == 1


def test_a_lost_key_is_an_error_and_not_a_new_authority(folder: Path) -> None:
    ensure_authority(folder)
    (folder / "root.key").unlink()
    with pytest.raises(DamagedAuthority):
        ensure_authority(folder)
    (folder / "root.pem").unlink()
    with pytest.raises(DamagedAuthority):
        Authority(folder).office("3276051004", "Kelurahan Mekarjaya")


@pytest.fixture
def nss(tmp_path: Path, authority: Authority) -> Path:
    if shutil.which("certutil") is None:
        required = "pdfsig" in os.environ.get("EKEL_TEST_REQUIRE", "")
        (pytest.fail if required else pytest.skip)(
            "certutil is missing; this brings it: apt-get install libnss3-tools"
        )
    database, root = tmp_path / "nss", tmp_path / "root.pem"
    database.mkdir()
    root.write_bytes(authority.root_pem)
    subprocess.run(["certutil", "-N", "-d", f"sql:{database}", "--empty-password"], check=True)
    trust = ["certutil", "-A", "-d", f"sql:{database}", "-n", "akar", "-t", "CT,C,C", "-a", "-i", str(root)]
    subprocess.run(trust, check=True)
    return database


@pytest.mark.needs_pdfsig
@pytest.mark.parametrize(("kind", "seals"), [("skdom", 1), ("sktm", 2), ("tte", 2)])
def test_poppler_finds_every_seal_valid_and_trusted(
    request: pytest.FixtureRequest, tmp_path: Path, nss: Path, kind: str, seals: int
) -> None:
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(request.getfixturevalue(kind))
    told = subprocess.run(
        ["pdfsig", "-nssdir", str(nss), str(letter)], capture_output=True, text=True, check=True
    ).stdout
    assert told.count("Signature is Valid.") == seals
    assert told.count("Certificate is Trusted.") == seals
    assert told.count("  - Total document signed") == 1
