"""Looks at a PDF from outside: whose seals it bears, whether they hold, and whether anything came after them.

Only the file is judged. Whether the letter is revoked or replaced, and whether the digest is the issued one, the
register knows.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from dokumen.adapters.container import is_canonical
from dokumen.adapters.teks_pdf import words

# Damaged uploads are everyday here, and pyHanko writes a traceback to the log for each.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Verdict(StrEnum):
    """`belum_lengkap`: every seal holds, but a reserved one is missing. `segel_asing`: none of the seals is ours."""

    ASLI = "asli"
    BERUBAH = "berubah"
    BELUM_LENGKAP = "belum_lengkap"
    SEGEL_ASING = "segel_asing"
    TANPA_SEGEL = "tanpa_segel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One signature. `intact`: the bytes it covers are unchanged and only what it permits came later.

    `covers`: "file" (up to the last byte), "revision" (a whole earlier revision) or "part".
    """

    field: str
    signer: str
    when: datetime | None
    intact: bool
    trusted: bool
    covers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found. `appended`: bytes after the last seal. `unfilled`: reserved fields without a seal."""

    verdict: Verdict
    seals: tuple[Seal, ...] = ()
    appended: bool = False
    unfilled: tuple[str, ...] = ()


def inspect(
    pdf: bytes, roots: Sequence[x509.Certificate | bytes], others: Sequence[x509.Certificate | bytes] = ()
) -> Report:
    """Judge `pdf` against the trusted `roots` (certificates or PEM). Never raises for a damaged file, never fetches.

    `roots` are our own, whose containers have one spelling; `others` are trusted too, but write as they like.
    """
    own = [_asn1(root) for root in roots]
    try:
        return _inspect(pdf, own, [_asn1(root) for root in others])
    except Exception:
        # A flipped byte can break any layer of the format, and each library has its own errors for that. What cannot
        # be read is certainly not what was sealed; what never claimed a seal is none of ours.
        logging.getLogger(__name__).debug("unreadable PDF", exc_info=True)
        sealed = b"/ByteRange" in pdf
        return Report(verdict=Verdict.BERUBAH if sealed else Verdict.TANPA_SEGEL, appended=False)


def same_letter(sent: bytes, signed: bytes) -> bool:
    """Whether `signed` is `sent` with one signature more: every signature intact, the last one over the whole file, and
    every page says the same.
    """
    try:
        before = [s.field_name for s in PdfFileReader(BytesIO(sent), strict=True).embedded_signatures]
        found = list(PdfFileReader(BytesIO(signed), strict=True).embedded_signatures)
        seals = [_judge(signature, []) for signature in found]
    except Exception:
        # As in `inspect`: a file that no layer can read is not the letter.
        logging.getLogger(__name__).debug("unreadable PDF", exc_info=True)
        return False
    named = [s.field_name for s in found]
    whole = bool(seals) and all(s.intact for s in seals) and seals[-1].covers == "file"
    return whole and named[:-1] == before and words(sent) == words(signed)


def _inspect(pdf: bytes, own: list[asn1_x509.Certificate], others: list[asn1_x509.Certificate]) -> Report:
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    signatures = list(reader.embedded_signatures)
    if not signatures:
        lost = b"/ByteRange" in pdf
        return Report(verdict=Verdict.BERUBAH if lost else Verdict.TANPA_SEGEL, appended=lost)
    seals = tuple(_judge(signature, own + others) for signature in signatures)
    unfilled = tuple(name for name, _, _ in enumerate_sig_fields(reader, filled_status=False))
    appended = seals[-1].covers != "file"
    names = {root.subject.dump() for root in own}
    ours = [s for s in signatures if not others or s.signer_cert.issuer.dump() in names]
    whole = not appended and all(seal.intact for seal in seals) and is_canonical(pdf, ours)
    return Report(
        verdict=_verdict(seals, whole=whole, unfilled=unfilled),
        seals=seals,
        appended=appended,
        unfilled=unfilled,
    )


def _verdict(seals: tuple[Seal, ...], *, whole: bool, unfilled: tuple[str, ...]) -> Verdict:
    if not whole:
        return Verdict.BERUBAH
    if not any(seal.trusted for seal in seals):
        return Verdict.SEGEL_ASING
    if not all(seal.trusted for seal in seals):
        return Verdict.BERUBAH
    return Verdict.BELUM_LENGKAP if unfilled else Verdict.ASLI


def _judge(signature: EmbeddedPdfSignature, roots: list[asn1_x509.Certificate]) -> Seal:
    when = signature.self_reported_timestamp
    # There is no time stamp authority: the certificate is judged at the time the sealed bytes themselves state.
    context = ValidationContext(
        trust_roots=roots,
        allow_fetching=False,
        moment=when,
        revocation_mode="soft-fail",
        best_signature_time=when,
    )
    status = validate_pdf_signature(signature, signer_validation_context=context)
    return Seal(
        field=signature.field_name,
        signer=signature.signer_cert.subject.native["common_name"],
        when=when,
        intact=_intact(status),
        trusted=status.trusted,
        covers=_COVERS.get(status.coverage, "part") if status.coverage else "part",
    )


_COVERS = {SignatureCoverageLevel.ENTIRE_FILE: "file", SignatureCoverageLevel.ENTIRE_REVISION: "revision"}


def _intact(status: PdfSignatureStatus) -> bool:
    if not (status.valid and status.intact) or status.coverage not in _COVERS:
        return False
    return bool(status.docmdp_ok) and status.modification_level in {
        ModificationLevel.NONE,
        ModificationLevel.FORM_FILLING,
    }


def _asn1(root: x509.Certificate | bytes) -> asn1_x509.Certificate:
    certificate = root if isinstance(root, x509.Certificate) else x509.load_pem_x509_certificate(root)
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
