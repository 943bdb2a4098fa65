"""Personal certificates of the local test authority: PKCS#12 files that only their owner's passphrase opens.

`keys/segel/pejabat/<account>.p12` (0600) holds key and certificate; a file `.sementara` beside it says that an
administrator still knows the passphrase: it signs nothing before its owner has changed it.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from dokumen.adapters.authority import Authority, SealKey
from dokumen.application.tte import Keterangan
from dokumen.domain.galat import DokumenSalah, FrasaSalah, FrasaSementara, SertifikatTidakAda, TandaGagal

# Slow on purpose: a stolen file must not be opened by trying (OWASP: PBKDF2-HMAC-SHA256).
ROUNDS = 300_000
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"


class TteLokal:
    """`dokumen.application.tte.Otoritas`. Certified by nobody, and its names say so."""

    tersertifikasi = False

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._folder = authority.folder / "pejabat"

    def buka(self, akun: str, frasa: str) -> PenaLokal:
        key = self._open(akun, frasa)
        if self._temporary(akun).exists():
            raise FrasaSementara(
                "Ganti dahulu frasa sandi sementara dengan frasa sandi pilihan Anda sendiri."
            )
        return PenaLokal(key)

    def keadaan(self, akun: str) -> str:
        if not self._file(akun).exists():
            return "tidak_ada"
        return "sementara" if self._temporary(akun).exists() else "siap"

    def daftarkan(self, akun: str, nama: str, surel: str) -> str:
        """A certificate, new or anew (a forgotten passphrase cannot be recovered)."""
        phrase = "-".join("".join(secrets.choice(SIGNS) for _ in range(5)) for _ in range(4))
        key, certificate, root = self._authority.person(akun, nama)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._folder.chmod(0o700)
        _write(self._temporary(akun), b"")
        _write(self._file(akun), _sealed(akun, key, certificate, root, phrase))
        return phrase

    def ganti_frasa(self, akun: str, lama: str, baru: str) -> None:
        if lama == baru:
            raise DokumenSalah("Frasa sandi yang baru harus berbeda dari yang lama.")
        opened = self._open(akun, lama)
        _write(self._file(akun), _sealed(akun, opened.key, opened.certificate, opened.root, baru))
        self._temporary(akun).unlink(missing_ok=True)

    def _open(self, akun: str, frasa: str) -> SealKey:
        try:
            content = self._file(akun).read_bytes()
        except FileNotFoundError as error:
            words = "Anda belum mempunyai sertifikat tanda tangan. Hubungi admin kantor."
            raise SertifikatTidakAda(words) from error
        try:
            found = pkcs12.load_pkcs12(content, frasa.encode())
        except ValueError as error:
            raise FrasaSalah("Frasa sandi salah. Surat belum ditandatangani.") from error
        if not isinstance(found.key, ec.EllipticCurvePrivateKey) or found.cert is None:
            raise SertifikatTidakAda("Sertifikat tanda tangan Anda rusak. Hubungi admin kantor.")
        return SealKey(
            kode=akun, key=found.key, certificate=found.cert.certificate, root=self._authority.root
        )

    def _file(self, akun: str) -> Path:
        return self._folder / f"{akun}.p12"

    def _temporary(self, akun: str) -> Path:
        return self._folder / f"{akun}.sementara"


class PenaLokal:
    """`dokumen.application.tte.Pena`."""

    def __init__(self, key: SealKey) -> None:
        self._key = key

    def tandatangani(self, pdf: bytes, keterangan: Keterangan) -> bytes:
        # pyHanko is heavy: imported when the first letter is signed.
        from dokumen.adapters.pades import AlreadySealed, sign

        try:
            return sign(
                pdf,
                self._key,
                field=keterangan.bidang,
                reason=keterangan.alasan,
                location=keterangan.tempat,
                when=keterangan.saat,
            )
        except AlreadySealed as error:
            raise TandaGagal("Tanda tangan ini sudah ada pada surat.") from error


def _sealed(
    akun: str,
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    root: x509.Certificate,
    frasa: str,
) -> bytes:
    how = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(frasa.encode())
    )
    return pkcs12.serialize_key_and_certificates(akun.encode(), key, certificate, [root], how)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
