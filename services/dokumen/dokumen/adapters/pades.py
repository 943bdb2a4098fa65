"""Seals: PAdES baseline B signatures, each an incremental revision; the same input gives the same bytes.

The first seal certifies: it permits nothing afterwards, or only the filling of the place it reserves for a
countersignature. So the camat's seal never breaks the lurah's (R4), and anything else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from dokumen.adapters.authority import SealKey
from dokumen.adapters.stamp import style
from dokumen.adapters.typst_letters import Box

# Hex characters kept free for the CMS; 4096 is too few for a chain of two certificates.
RESERVED = 8192


class AlreadySealed(Exception):
    """The field has its signature, or the first seal permits no more."""

    slug = "surat-sudah-disegel"


class _Signer(SimpleSigner):
    """P-256 with the key loaded once and RFC 6979 nonces: a repeated seal is the same seal."""

    def __init__(self, seal: SealKey) -> None:
        chain = SimpleCertificateStore()
        own, root = (_asn1(c.public_bytes(serialization.Encoding.DER)) for c in (seal.certificate, seal.root))
        chain.register(root)
        private = seal.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        super().__init__(
            signing_cert=own,
            signing_key=asn1_keys.PrivateKeyInfo.load(private),
            cert_registry=chain,
            embed_roots=False,
        )
        self._key = seal.key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(digest_algorithm)
        return self._key.sign(data, ECDSA(hashes.SHA256(), deterministic_signing=True))


class _Session(PdfSigner):
    """A signing whose time is given, not taken."""

    when: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.when
        return session


class _Revision(IncrementalPdfFileWriter):
    """An update that adds the seal and nothing else: the id from the content, the metadata as rendered."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        prev.stream.seek(0)
        before = prev.stream.read()
        first = prev.trailer["/ID"][0]
        return generic.ArrayObject([first, generic.ByteStringObject(sha256(before).digest()[:16])])

    def _update_meta(self) -> None:
        """No new modification date: XMP and info dictionary of PDF/A must keep agreeing."""


def seal(
    pdf: bytes,
    key: SealKey,
    *,
    field: str,
    reason: str,
    location: str,
    when: datetime,
    reserve: Mapping[str, Box] | None = None,
    stamp: bytes | None = None,
) -> bytes:
    """`pdf` with one seal more, as an incremental update.

    The first seal (field "Lurah") is invisible and certifies; `reserve` names the fields a later seal may fill, with
    their places. A later seal fills such a field and draws `stamp`, a PDF page as large as the place, into it.
    `when` is an aware time and goes into the signature. Raises `AlreadySealed`.
    """
    out = BytesIO(pdf)
    writer = _Revision(out)
    first = not writer.prev.embedded_signatures
    if not first and not _is_open(writer.prev, field):
        raise AlreadySealed(field)
    for name, box in (reserve or {}).items():
        append_signature_field(writer, _place(name, box))
    signer = _Session(
        _metadata(field, reason, location, certify=first, more=bool(reserve)),
        signer=_Signer(key),
        stamp_style=style(stamp) if stamp else None,
        new_field_spec=SigFieldSpec(field) if first else None,
    )
    signer.when = when
    sealed = BytesIO()
    signer.sign_pdf(writer, bytes_reserved=RESERVED, output=sealed, existing_fields_only=not first)
    return sealed.getvalue()


def sign(pdf: bytes, key: SealKey, *, field: str, reason: str, location: str, when: datetime) -> bytes:
    """`pdf` with one signature more in an invisible field of its own, forbidding nothing to those who sign after.

    For letters that several hands sign (R2): an outside authority makes fields of its own, so nobody may certify.
    Raises `AlreadySealed` if the field is there.
    """
    writer = _Revision(BytesIO(pdf))
    if any(name == field for name, _, _ in enumerate_sig_fields(writer.prev)):
        raise AlreadySealed(field)
    signer = _Session(
        PdfSignatureMetadata(
            field_name=field,
            reason=reason,
            location=location,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
        ),
        signer=_Signer(key),
        new_field_spec=SigFieldSpec(field),
    )
    signer.when = when
    signed = BytesIO()
    signer.sign_pdf(writer, bytes_reserved=RESERVED, output=signed)
    return signed.getvalue()


def draw(pdf: bytes, page: bytes, box: Box) -> bytes:
    """`pdf` with another PDF's first page drawn at the upper left of `box`, as an update; same input, same bytes."""
    writer = _Revision(BytesIO(pdf))
    drawing = writer.import_page_as_xobject(PdfFileReader(BytesIO(page)))
    _, bottom, _, top = (float(n) for n in drawing.get_object()["/BBox"])
    name = f"/Blok{sha256(page).hexdigest()[:16]}"
    commands = f"q 1 0 0 1 {box.left} {box.top - (top - bottom):.2f} cm {name} Do Q".encode()
    stream = writer.add_object(generic.StreamObject(stream_data=commands))
    resources = generic.DictionaryObject(
        {generic.pdf_name("/XObject"): generic.DictionaryObject({generic.pdf_name(name): drawing})}
    )
    writer.add_stream_to_page(box.page, stream, resources)  # type: ignore[no-untyped-call]
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def add_seal(
    pdf: bytes, key: SealKey, *, field: str, reason: str, location: str, when: datetime, stamp: bytes
) -> bytes:
    """The countersignature: `seal` on a letter whose first seal reserved `field`."""
    return seal(pdf, key, field=field, reason=reason, location=location, when=when, stamp=stamp)


def digest(pdf: bytes) -> str:
    """SHA-256 of the whole file, hexadecimal: what the register keeps of an issued letter."""
    return sha256(pdf).hexdigest()


def _metadata(field: str, reason: str, location: str, *, certify: bool, more: bool) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=field,
        reason=reason,
        location=location,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS if more or not certify else MDPPerm.NO_CHANGES,
    )


def _place(name: str, box: Box) -> SigFieldSpec:
    return SigFieldSpec(name, on_page=box.page, box=(box.left, box.bottom, box.right, box.top))


def _is_open(reader: PdfFileReader, field: str) -> bool:
    return any(name == field for name, _, _ in enumerate_sig_fields(reader, filled_status=False))


def _asn1(der: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(der)
