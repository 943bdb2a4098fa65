"""The local test authority: a root made at first run and one seal certificate per office, P-256, in files.

It proves that a letter is unchanged and came from this installation. It is no certified authority, and its names
say so.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ORGANISATION = "UJI COBA / Test Authority"
# Wide on purpose: the office clock of a test may stand in another year, and letters outlive their keys.
VALID = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC))

Pair = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


class DamagedAuthority(Exception):
    """A certificate without its key, or files that cannot be read; nothing is made anew over them."""

    slug = "otoritas-rusak"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealKey:
    """An office's seal: its private key, its certificate and the chain up to the root."""

    kode: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    root: x509.Certificate


@dataclass(frozen=True, slots=True)
class Authority:
    """The folder of a local authority: `root.key`, `root.pem`, `kantor/<kode>.{key,pem}`."""

    folder: Path

    @property
    def root_pem(self) -> bytes:
        """The root certificate, for verifiers and for `certutil`."""
        return (self.folder / "root.pem").read_bytes()

    @property
    def root(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.root_pem)

    def office(self, kode: str, name: str) -> SealKey:
        """The seal of office `kode` (digits), made at its first use; `name` as on the letterhead."""
        if not kode.isdigit():
            raise ValueError(f"an office code has digits only: {kode!r}")
        stem = self.folder / "kantor" / kode
        with _locked(self.folder):
            root = _load(self.folder / "root")
            if root is None:
                raise DamagedAuthority(str(self.folder))
            key, certificate = _load(stem) or _issue(stem, _subject(f"Segel {name}", kode), root)
        return SealKey(kode=kode, key=key, certificate=certificate, root=root[1])

    def person(
        self, akun: str, name: str
    ) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate, x509.Certificate]:
        """A new key for an official, its certificate and the root; the key is kept by the caller, never here."""
        with _locked(self.folder):
            root = _load(self.folder / "root")
        if root is None:
            raise DamagedAuthority(str(self.folder))
        key = ec.generate_private_key(ec.SECP256R1())
        return key, _certify(key, _subject(name, akun), root), root[1]


def ensure_authority(folder: Path) -> Authority:
    """The authority in `folder`, with its root made if there is none yet. Safe when several processes start at once."""
    for place in (folder, folder / "kantor"):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.chmod(0o700)
    with _locked(folder):
        if _load(folder / "root") is None:
            _issue(folder / "root", _subject("Otoritas Segel Lokal", "AKAR"), None)
    return Authority(folder)


def _load(stem: Path) -> Pair | None:
    key_file, pem_file = stem.with_suffix(".key"), stem.with_suffix(".pem")
    if not pem_file.exists():
        # The key is written first: without its certificate it never sealed anything and is made anew.
        return None
    try:
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        certificate = x509.load_pem_x509_certificate(pem_file.read_bytes())
    except (OSError, ValueError) as cause:
        raise DamagedAuthority(str(stem)) from cause
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise DamagedAuthority(str(stem))
    return key, certificate


def _issue(stem: Path, subject: x509.Name, issuer: Pair | None) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certify(key, subject, issuer)
    _write(
        stem.with_suffix(".key"),
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
    _write(stem.with_suffix(".pem"), certificate.public_bytes(serialization.Encoding.PEM))
    return key, certificate


def _certify(key: ec.EllipticCurvePrivateKey, subject: x509.Name, issuer: Pair | None) -> x509.Certificate:
    signing_key, issuer_name = (key, subject) if issuer is None else (issuer[0], issuer[1].subject)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID[0])
        .not_valid_after(VALID[1])
    )
    for extension, critical in _extensions(key.public_key(), signing_key.public_key(), root=issuer is None):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signing_key, hashes.SHA256())


def _extensions(
    own: ec.EllipticCurvePublicKey, issuer: ec.EllipticCurvePublicKey, *, root: bool
) -> Iterator[tuple[x509.ExtensionType, bool]]:
    yield x509.BasicConstraints(ca=root, path_length=0 if root else None), True
    yield _usage(root=root), True
    yield x509.SubjectKeyIdentifier.from_public_key(own), False
    yield x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), False
    if not root:
        # NSS (pdfsig) asks a signer's certificate for e-mail protection when it judges a document.
        yield x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False


def _usage(*, root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=not root,
        key_cert_sign=root,
        crl_sign=root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _subject(common: str, unit: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
            # X.520 allows 64 characters.
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _write(path: Path, data: bytes) -> None:
    part = path.with_suffix(path.suffix + ".baru")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with os.fdopen(os.open(folder / ".kunci", os.O_RDWR | os.O_CREAT, 0o600), "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
