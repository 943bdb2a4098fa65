"""Whether signatures stand in the file exactly as our sealer writes them.

A signature does not cover its own container: spelling of the hexadecimal digits, padding, and CMS fields outside the
signed attributes could be changed without any validator noticing. Each of them has one spelling here.
"""

from __future__ import annotations

from collections.abc import Iterable

from asn1crypto import cms
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature


def is_canonical(pdf: bytes, signatures: Iterable[EmbeddedPdfSignature]) -> bool:
    """True if every container is one upper-case hex string, DER, version 1, SHA-256, padded with zeros only."""
    return all(_container(pdf, signature) and _cms(signature.signed_data) for signature in signatures)


def _container(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    start, length, resume, _ = (int(n) for n in signature.byte_range)
    gap = pdf[start + length : resume]
    der = _der(cms.ContentInfo.load(signature.pkcs7_content))
    digits = len(gap) - 2
    return bool(gap == b"<" + der.hex().upper().encode().ljust(digits, b"0") + b">")


def _der(info: cms.ContentInfo) -> bytes:
    """Our kind of container from its leaves: `dump(force=True)` of the whole encodes each level anew for every level
    above it and takes a hundred times as long. Fields that we never write are left out, so that they make a difference.
    """
    data = info["content"]
    parts = [data[name].dump(force=True) for name in ("version", "digest_algorithms", "encap_content_info")]
    parts.append(_tlv(0xA0, *sorted(c.chosen.dump(force=True) for c in data["certificates"])))
    parts.append(_tlv(0x31, *sorted(_signer(signer) for signer in data["signer_infos"])))
    return _tlv(0x30, info["content_type"].dump(force=True), _tlv(0xA0, _tlv(0x30, *parts)))


def _signer(signer: cms.SignerInfo) -> bytes:
    before, after = ("version", "sid", "digest_algorithm"), ("signature_algorithm", "signature")
    signed = [
        _tlv(0x30, a["type"].dump(force=True), _tlv(0x31, *sorted(v.dump(force=True) for v in a["values"])))
        for a in signer["signed_attrs"]
    ]
    parts = [signer[name].dump(force=True) for name in before]
    parts.append(_tlv(0xA0, *sorted(signed)))
    return _tlv(0x30, *parts, *(signer[name].dump(force=True) for name in after))


def _tlv(tag: int, *parts: bytes) -> bytes:
    """Tag, shortest length, content."""
    content = b"".join(parts)
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    length = bytes([len(content)]) if len(content) < 0x80 else bytes([0x80 | len(size)]) + size
    return bytes([tag]) + length + content


def _cms(data: cms.SignedData) -> bool:
    signers = data["signer_infos"]
    if len(signers) != 1 or data["version"].native != "v1" or data["crls"].native:
        return False
    signer = signers[0]
    return (
        signer["version"].native == "v1"
        and _names_its_certificate(signer, data["certificates"])
        and [a["algorithm"].native for a in data["digest_algorithms"]] == ["sha256"]
        and signer["digest_algorithm"]["algorithm"].native == "sha256"
        and signer["signature_algorithm"]["algorithm"].native == "sha256_ecdsa"
        and data["encap_content_info"]["content_type"].native == "data"
        and data["encap_content_info"]["content"].native is None
        and not signer["unsigned_attrs"].native
    )


def _names_its_certificate(signer: cms.SignerInfo, certificates: cms.CertificateSet) -> bool:
    # Validators compare issuer names without regard to case; bytes are meant here.
    if len(certificates) != 1:
        return False
    certificate, named = certificates[0].chosen, signer["sid"].chosen
    return bool(
        named["issuer"].dump() == certificate.issuer.dump()
        and named["serial_number"].native == certificate.serial_number
    )
