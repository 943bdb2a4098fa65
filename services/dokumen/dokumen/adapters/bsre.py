"""BSrE's eSign client service, version 2, as public code of its users shows it (no public specification exists).

HTTP Basic. `POST /api/v2/user/check/status {email}` → {"status": "ISSUE"} when the person can sign.
`POST /api/v2/sign/pdf {email, passphrase, signatureProperties: [{tampilan: "INVISIBLE", location, reason}],
file: [base64]}` → {"time", "file": [base64]}, or status 400 with {"status_code", "error"}: 2031 wrong passphrase,
2011 unknown person.
The person is named by e-mail: identity numbers have no place here.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import urllib3
from urllib3.util import Timeout, make_headers

from dokumen.application.tte import Keterangan
from dokumen.domain.galat import DokumenSalah, FrasaSalah, SertifikatTidakAda, TandaGagal, TteTidakTersedia
from web.tokens import write_once

WRONG_PASSPHRASE, UNKNOWN_PERSON = 2031, 2011
CAN_SIGN = "ISSUE"
_AWAY = "Layanan tanda tangan elektronik BSrE tidak menjawab. Surat tetap menunggu; coba lagi nanti."


class Bsre:
    """`dokumen.application.tte.Otoritas`. `folder` keeps who is who: `<account>.surel`, written at enrolment."""

    tersertifikasi = True

    def __init__(self, url: str, user: str, password: str, folder: Path, seconds: float = 20.0) -> None:
        self._url, self._folder = url.rstrip("/"), folder
        self._auth = make_headers(basic_auth=f"{user}:{password}")
        self._pool = urllib3.PoolManager(maxsize=4, timeout=Timeout(connect=5.0, read=seconds), retries=False)

    def buka(self, akun: str, frasa: str) -> PenaBsre:
        surel = self._surel(akun)
        status = str(self._post("/api/v2/user/check/status", {"email": surel}).get("status") or "")
        if status != CAN_SIGN:
            words = (
                f"Sertifikat BSrE Anda berstatus {_plain(status) or 'tidak diketahui'}, belum dapat dipakai. "
            )
            raise SertifikatTidakAda(words + "Hubungi admin kantor.")
        return PenaBsre(self, surel, frasa)

    def keadaan(self, akun: str) -> str:
        return "siap" if (self._folder / f"{akun}.surel").exists() else "tidak_ada"

    def daftarkan(self, akun: str, nama: str, surel: str) -> str:
        if not surel:
            raise DokumenSalah("Isi surel pejabat seperti yang terdaftar pada BSrE.")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._folder / f"{akun}.surel").unlink(missing_ok=True)
        write_once(self._folder / f"{akun}.surel", surel.encode())
        return ""

    def ganti_frasa(self, akun: str, lama: str, baru: str) -> None:
        raise DokumenSalah("Frasa sandi BSrE diganti pada layanan BSrE sendiri.")

    def tandatangani(self, surel: str, frasa: str, pdf: bytes, keterangan: Keterangan) -> bytes:
        answer = self._post(
            "/api/v2/sign/pdf",
            {
                "email": surel,
                "passphrase": frasa,
                "signatureProperties": [
                    {
                        "tampilan": "INVISIBLE",
                        "location": keterangan.tempat,
                        "reason": keterangan.alasan,
                    }
                ],
                "file": [base64.b64encode(pdf).decode()],
            },
        )
        try:
            return base64.b64decode(answer["file"][0], validate=True)
        except (KeyError, IndexError, TypeError, binascii.Error) as error:
            raise TteTidakTersedia(_AWAY) from error

    def _surel(self, akun: str) -> str:
        try:
            return (self._folder / f"{akun}.surel").read_text()
        except FileNotFoundError as error:
            raise SertifikatTidakAda("Akun BSrE Anda belum didaftarkan. Hubungi admin kantor.") from error

    def _post(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer's JSON. An exception never carries the request: it holds the passphrase."""
        try:
            answer = self._pool.request("POST", self._url + path, json=dict(body), headers=self._auth)
        except urllib3.exceptions.HTTPError as error:
            raise TteTidakTersedia(_AWAY) from error
        try:
            found = json.loads(answer.data)
        except ValueError:
            found = None
        if answer.status == 200 and isinstance(found, dict):
            return found
        raise _refused(answer.status, found if isinstance(found, dict) else {})


class PenaBsre:
    """`dokumen.application.tte.Pena`."""

    def __init__(self, service: Bsre, surel: str, frasa: str) -> None:
        self._service, self._surel, self._frasa = service, surel, frasa

    def tandatangani(self, pdf: bytes, keterangan: Keterangan) -> bytes:
        from dokumen.adapters.verifier import same_letter

        signed = self._service.tandatangani(self._surel, self._frasa, pdf, keterangan)
        if not same_letter(pdf, signed):
            raise TandaGagal("Berkas yang kembali dari BSrE bukan surat ini atau tidak bertanda tangan utuh.")
        return signed


def _refused(status: int, found: Mapping[str, Any]) -> DokumenSalah:
    code, text = found.get("status_code"), str(found.get("error") or found.get("message") or "")
    if code == WRONG_PASSPHRASE or "passphrase" in text.lower():
        return FrasaSalah("Frasa sandi salah. Surat belum ditandatangani.")
    if code == UNKNOWN_PERSON:
        return SertifikatTidakAda("Anda belum terdaftar pada BSrE. Hubungi admin kantor.")
    if status >= 500 or status in (401, 403, 404, 408, 429):
        # Our own account, their trouble or too many at once: nothing is wrong with the letter.
        return TteTidakTersedia(_AWAY)
    return TandaGagal("BSrE menolak menandatangani surat ini. Hubungi admin kantor.")


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c in " _-")[:40]
