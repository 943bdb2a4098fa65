"""`PYTHONPATH=tests python -m bench.surat`: milliseconds of a letter, of a seal, and of a whole issue, against a floor.

Floor of a letter: the same compiler, template and data, nothing checked, nothing queried, the QR given. Every letter
has a number of its own: typst remembers what it has set, and the same letter again costs a tenth. Floor of a seal:
pyHanko signing the same file with the same key in its usual way (random nonce, its own bookkeeping). Ours and the
floor take turns. Times are of the processor: others on the machine do not count.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import typst
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bench import figures
from chassis.ids import new_id
from dokumen.adapters import qr
from dokumen.adapters.authority import SealKey, ensure_authority
from dokumen.adapters.pades import RESERVED, seal
from dokumen.adapters.pencetak import PencetakSurat
from dokumen.adapters.typst_letters import TEMPLATES, Renderer
from dokumen.application.pintu import Kode
from support import letters

ROUNDS = 41
LETTERS = ("skdom", "sktm", "nikah", "lahir", "ramai")


def main() -> None:
    packages = ", ".join(f"{name} {version(name)}" for name in ("typst", "pyhanko", "segno"))
    print(f"== letters and seals · {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"   Python {platform.python_version()}, {packages}; {os.cpu_count()} cores")
    print(f"   load average before: {' '.join(f'{each:.1f}' for each in os.getloadavg())}", flush=True)
    renderer = Renderer()
    for case in LETTERS:
        name, made = letters.letter(case)
        data = made.as_data()
        _turns(f"letter {case}", _our_letter(renderer, name, data), _bare_letter(name, data))
    with TemporaryDirectory() as folder:
        authority = ensure_authority(Path(folder) / "segel")
        _seals(renderer, authority.office("3276051004", "Kelurahan Mekarjaya"))
        printer = PencetakSurat(renderer, authority, "https://surat.depok.example")
        for case in ("skdom", "sktm"):
            _issue(printer, case)


def _our_letter(renderer: Renderer, template: str, data: dict[str, object]) -> Callable[[], object]:
    return lambda: renderer.compose(template, {**data, "nomor": new_id()})


def _bare_letter(template: str, data: dict[str, object]) -> Callable[[], object]:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[TEMPLATES / "fonts"]
    )
    compiler = typst.Compiler(root=TEMPLATES, font_paths=fonts)
    mark = {"kode": letters.MARK.kode, "situs": letters.MARK.situs, "qr": qr.svg(letters.MARK.url)}
    source = TEMPLATES / f"{template}.typ"

    def compiled() -> object:
        inputs = {"data": json.dumps({**data, "verifikasi": mark, "nomor": new_id()}, ensure_ascii=False)}
        return compiler.compile(source, format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=0)

    return compiled


def _seals(renderer: Renderer, key: SealKey) -> None:
    pdf = letters.compose(renderer, "skdom").pdf
    signer = _bare_signer(key)

    def ours() -> object:
        return seal(pdf, key, field="Lurah", reason="Segel", location="Depok", when=letters.WHEN)

    def bare() -> object:
        about = PdfSignatureMetadata(field_name="Lurah", md_algorithm="sha256")
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        return sign_pdf(
            writer, about, signer=signer, new_field_spec=SigFieldSpec("Lurah"), bytes_reserved=RESERVED
        )

    _turns("seal", ours, bare)


def _bare_signer(key: SealKey) -> SimpleSigner:
    der = (c.public_bytes(serialization.Encoding.DER) for c in (key.certificate, key.root))
    own, root = (asn1_x509.Certificate.load(each) for each in der)
    store = SimpleCertificateStore()
    store.register(root)
    private = key.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=own, signing_key=asn1_keys.PrivateKeyInfo.load(private), cert_registry=store
    )


def _issue(printer: PencetakSurat, case: str) -> None:
    made = letters.bahan(case)

    def issue() -> object:
        code = Kode(token=new_id(), pendek="K7QM24XD9R3P")
        return printer.cetak(made, (new_id(), new_id()), code, letters.WHEN)

    times = [_ms(issue) for _ in range(ROUNDS)][1:]
    print(
        f"   issue {case} (words, QR, letter, all seals): {median(times):.1f} ms of processor time",
        flush=True,
    )


def _turns(what: str, ours: Callable[[], object], floor: Callable[[], object]) -> None:
    mine, bare = figures.turns(lambda: 1000 / _ms(ours), lambda: 1000 / _ms(floor), ROUNDS)
    figures.ratio(f"{what} ({1000 / median(mine):.1f} ms)", "/s", mine, bare)


def _ms(action: Callable[[], object]) -> float:
    begin = time.process_time()
    action()
    return (time.process_time() - begin) * 1000


if __name__ == "__main__":
    main()
