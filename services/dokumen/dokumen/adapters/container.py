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
    der = cms.ContentInfo.load(signature.pkcs7_content).dump(force=True)
    digits = len(gap) - 2
    return bool(gap == b"<" + der.hex().upper().encode().ljust(digits, b"0") + b">")


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
