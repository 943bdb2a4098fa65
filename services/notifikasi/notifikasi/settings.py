"""Settings of notifikasi."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr

from chassis.settings import Settings as Common


class Settings(Common):
    http_bind: str = Field("127.0.0.1:8104", description="Where notifikasi answers the gateway.")
    internal_bind: str = Field("127.0.0.1:8204", description="Health and metrics of the http role.")
    worker_bind: str = Field("127.0.0.1:8214", description="Health and metrics of the worker role.")
    smtp_url: str = Field(
        "", description="smtp://[user:password@]host[:port]; empty: messages go to a folder."
    )
    smtp_sender: str = Field("e-Kelurahan <pesan@kelurahan.example>", description="From of e-mails.")
    whatsapp_url: str = Field("", description="HTTP gateway for WhatsApp; telephones are tried here first.")
    whatsapp_token: SecretStr = Field(SecretStr(""), description="Bearer token of that gateway.")
    whatsapp_repeats: bool = Field(
        False, description="That gateway drops a repeated Idempotency-Key: unclear outcomes are sent again."
    )
    sms_url: str = Field("", description="HTTP gateway for SMS; for numbers that WhatsApp refuses.")
    sms_token: SecretStr = Field(SecretStr(""), description="Bearer token of that gateway.")
    sms_repeats: bool = Field(
        False, description="That gateway drops a repeated Idempotency-Key: unclear outcomes are sent again."
    )
    message_domain: str = Field("kelurahan.example", description="Domain in the ids of messages.")
    pages_url: str = Field(
        "http://127.0.0.1:8090", description="Address of the front end that messages lead to."
    )

    def message_folder(self) -> Path:
        """Where messages lie that no other channel carries."""
        return self.data.resolve() / "pesan"
