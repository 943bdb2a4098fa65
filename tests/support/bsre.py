"""A stand-in for BSrE's eSign client service on a free loopback port: it answers and signs as public code shows.

Its certificates come from a root and an intermediate of its own, RSA, and it writes its signatures in its own way, so
nothing of ours is mistaken for its work.
"""

from __future__ import annotations

import base64
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

USER, PASSWORD = "kelurahan-uji", "rahasia-layanan"
USAGES = (
    "digital_signature",
    "content_commitment",
    "key_cert_sign",
    "crl_sign",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "encipher_only",
    "decipher_only",
)
Pair = tuple[rsa.RSAPrivateKey, x509.Certificate]


class Bsre:
    """`people`: e-mail → (passphrase, status). `calls` holds (path, body without files)."""

    def __init__(self, folder: Path) -> None:
        self.people: dict[str, tuple[str, str]] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.broken: set[int] = set()  # turns of /sign/pdf that answer 500
        self.swap: bytes | None = None  # answered instead of the signed file
        self._root = _certificate("BSrE Uji Root", None)
        self._issuer = _certificate("BSrE Uji Sub CA", self._root)
        self.roots = folder / "bsre-uji.pem"
        self.roots.write_bytes(self._root[1].public_bytes(Encoding.PEM))
        self._signers: dict[str, signers.SimpleSigner] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._lock, self._turn = threading.Lock(), 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, auth: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """As the service: JSON either way, 400 with a code for what the person did wrong."""
        self.calls.append((path, {key: value for key, value in body.items() if key != "file"}))
        if auth != "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode():
            return 401, {"status_code": 401, "error": "Unauthorized"}
        known = self.people.get(str(body.get("email")))
        if path == "/api/v2/user/check/status":
            return 200, {"status": known[1] if known else "NOT_REGISTERED", "message": "-"}
        if path != "/api/v2/sign/pdf":
            return 404, {"error": "Not Found", "path": path}
        with self._lock:
            self._turn += 1
            if self._turn in self.broken:
                return 500, {"status": 500, "error": "Internal Server Error", "path": path}
        if known is None:
            return 400, {"status_code": 2011, "error": "User tidak terdaftar"}
        if body.get("passphrase") != known[0]:
            return 400, {"status_code": 2031, "error": "Passphrase anda salah"}
        files = [self.swap or self._sign(base64.b64decode(f), str(body["email"])) for f in body["file"]]
        return 200, {"time": 12, "file": [base64.b64encode(f).decode() for f in files]}

    def _sign(self, pdf: bytes, email: str) -> bytes:
        with self._lock:
            if email not in self._signers:
                self._signers[email] = self._signer(email)
            signer = self._signers[email]
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        name = f"Signature{len(writer.prev.embedded_signatures) + 1}"
        out = BytesIO()
        signers.PdfSigner(
            signers.PdfSignatureMetadata(field_name=name, md_algorithm="sha256", location="Depok"),
            signer=signer,
            new_field_spec=fields.SigFieldSpec(name),
        ).sign_pdf(writer, output=out)
        return out.getvalue()

    def _signer(self, email: str) -> signers.SimpleSigner:
        key, certificate = _certificate(email, self._issuer, ca=False)
        chain = [self._issuer[1], self._root[1]]
        stored = pkcs12.serialize_key_and_certificates(
            b"uji", key, certificate, chain, BestAvailableEncryption(b"uji")
        )
        made: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(
            stored, [], passphrase=b"uji"
        )
        assert made is not None
        return made


def _handler(bsre: Bsre) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, found = bsre.answer(self.path, self.headers.get("Authorization", ""), body)
            content = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler


def _certificate(name: str, issuer: Pair | None, *, ca: bool = True) -> Pair:
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signing, above = (key, subject) if issuer is None else (issuer[0], issuer[1].subject)
    usage = dict.fromkeys(USAGES, False)
    usage |= {"key_cert_sign": True} if ca else {"content_commitment": True, "digital_signature": True}
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2060, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(signing, hashes.SHA256())
    )
    return key, made
