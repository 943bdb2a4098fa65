"""E-mail by SMTP with a fixed Message-ID, so that a repeat is recognised where mail servers look for one."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from urllib.parse import unquote, urlsplit

from notifikasi.application.saluran import Surat
from notifikasi.domain.galat import AlamatDitolak, TakPasti

TIMEOUT = 20.0  # seconds
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class _Smtp(smtplib.SMTP):
    """`diserahkan` once the message itself, the only thing sent as bytes, began to leave."""

    diserahkan = False

    def send(self, s: Any) -> None:
        self.diserahkan = self.diserahkan or isinstance(s, bytes)
        super().send(s)


class _SmtpSsl(_Smtp, smtplib.SMTP_SSL):
    """The same from the first byte under TLS."""


class Surel:
    """`smtp://[user:password@]host[:port]` or `smtps://…`; one connection per message.

    A mail server does not drop a repeated Message-ID, so an unclear outcome is not repeated.
    """

    nama = "surel"
    kenal_id = False

    def __init__(self, url: str, pengirim: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("EKEL_SMTP_URL: wanted smtp://host:port or smtps://host:port")
        self._parts, self._from = parts, pengirim

    @property
    def lokal(self) -> bool:
        """Whether mail stays on this machine."""
        return self._parts.hostname in LOOPBACK

    def kirim(self, surat: Surat) -> None:
        """Raises AlamatDitolak for a permanent refusal, TakPasti when the server fell silent over the message."""
        # Headers are not folded: some servers compare a Message-ID by its line.
        mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
        mail["From"], mail["To"], mail["Subject"] = self._from, surat.tujuan, surat.judul
        mail["Message-ID"] = f"<{surat.id}>"
        mail.set_content(surat.isi)
        try:
            self._send(mail)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            if all(code >= 500 for code in codes):
                raise AlamatDitolak("alamat_ditolak") from error
            raise
        except smtplib.SMTPResponseException as error:
            if 500 <= error.smtp_code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError):
                raise AlamatDitolak("ditolak_server") from error
            raise

    def _send(self, mail: EmailMessage) -> None:
        smtp = self._connect()
        try:
            smtp.send_message(mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException):
            raise
        except OSError as error:  # also a connection that ended
            if smtp.diserahkan:
                raise TakPasti(self.nama) from error
            raise
        else:
            with suppress(OSError):  # it was taken, whatever becomes of the farewell
                smtp.quit()
        finally:
            smtp.close()

    def _connect(self) -> _Smtp:
        host, secure = str(self._parts.hostname), self._parts.scheme == "smtps"
        if secure:
            context = ssl.create_default_context()
            smtp: _Smtp = _SmtpSsl(host, self._parts.port or 465, timeout=TIMEOUT, context=context)
        else:
            smtp = _Smtp(host, self._parts.port or 25, timeout=TIMEOUT)
        if self._parts.username:
            smtp.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        return smtp
