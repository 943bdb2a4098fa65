"""Settings every process shares, read once from the environment; every mistake is told at once, then exit 2."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.clock import Clock

S = TypeVar("S", bound="Settings")


class Settings(BaseSettings):
    """Environment variables `EKEL_*`; services add fields of their own in a subclass."""

    model_config = SettingsConfigDict(env_prefix="EKEL_", frozen=True, extra="ignore")

    env: Literal["demo", "test", "production"] = Field("demo", description="What this installation is for.")
    engines: Literal["embedded", "production"] = Field(
        "embedded", description="Which engines hold the data; production needs the three URLs."
    )
    data: Path = Field(Path("data"), description="Folder of all state on embedded engines.")
    contracts: Path = Field(Path(__file__).parents[3] / "contracts", description="Folder of contracts.")
    documents_url: str = Field("", description="Where documents are; empty: as EKEL_ENGINES says.")
    events_url: str = Field(
        "",
        description="Where events are; empty: as EKEL_ENGINES says. Kafka: `kafka://host:port,host:port"
        "?security=SASL_SSL&ca=FILE&user=NAME&password_file=FILE` (libs/engines/README.md).",
    )
    objects_url: str = Field("", description="Where objects are; empty: as EKEL_ENGINES says.")
    keys: Path | None = Field(None, description="Folder of keys; default: EKEL_DATA/keys.")
    zone: str = Field("Asia/Jakarta", description="Time zone of the offices.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")

    @model_validator(mode="after")
    def _all_urls(self) -> Self:
        """Production never falls back to a file."""
        urls = {"DOCUMENTS": self.documents_url, "EVENTS": self.events_url, "OBJECTS": self.objects_url}
        missing = [f"EKEL_{name}_URL" for name, url in urls.items() if not url]
        if self.engines == "production" and missing:
            raise ValueError(f"EKEL_ENGINES=production needs {', '.join(missing)}")
        return self

    def documents(self, service: str, name: str = "documents") -> str:
        """URL of one service's documents (or of its `audit` chain)."""
        return self.documents_url or f"sqlite:///{self.data.resolve()}/{service}/{name}.sqlite"

    def events(self) -> str:
        data = self.data.resolve()
        return self.events_url or f"sqlite:///{data}/log.sqlite?groups={data}/groups"

    def objects(self) -> str:
        return self.objects_url or f"file:///{self.data.resolve()}/objects"

    def key_folder(self) -> Path:
        return self.keys or self.data.resolve() / "keys"

    def clock(self) -> Clock:
        """The office clock; only a demo or a test may move it."""
        shift = None if self.env == "production" else self.data.resolve() / "run" / "clock.json"
        return Clock(ZoneInfo(self.zone), shift)


def load(kind: type[S]) -> S:
    """The settings of this process, or exit 2 after naming every mistake.

    Secrets may be files of the folder EKEL_SECRETS, named like their settings; the environment goes first.
    From here on its new files are its user's alone: stores, log and objects hold personal data.
    """
    os.umask(0o077)
    secrets = os.environ.get("EKEL_SECRETS") or None
    try:
        if secrets:
            list(Path(secrets).iterdir())  # the library only warns where it is missing
        return kind(_secrets_dir=secrets)
    except (ValidationError, OSError) as error:
        unread = [{"loc": ("SECRETS",), "msg": str(error)}]
        for mistake in error.errors() if isinstance(error, ValidationError) else unread:
            name = "_".join(["EKEL", *(str(part) for part in mistake["loc"])]).upper()
            print(f"{name}: {mistake['msg']}", file=sys.stderr)
        raise SystemExit(2) from error
