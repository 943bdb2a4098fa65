"""Which authority keeps the officials' certificates: the local test one, BSrE, or none (R2)."""

from __future__ import annotations

from dokumen.adapters.authority import ensure_authority
from dokumen.adapters.bsre import Bsre
from dokumen.adapters.tte_lokal import TteLokal
from dokumen.application.tte import Otoritas
from dokumen.settings import Settings


def otoritas(settings: Settings) -> Otoritas | None:
    """None where no authority may sign: a test authority has no place in production."""
    if settings.tte == "bsre":
        return Bsre(
            settings.tte_url,
            settings.tte_pengguna,
            settings.tte_sandi.get_secret_value(),
            settings.key_folder() / "bsre",
        )
    if settings.tte == "lokal" and settings.env != "production":
        return TteLokal(ensure_authority(settings.key_folder() / "segel"))
    return None


def akar(settings: Settings) -> tuple[list[bytes], list[bytes]]:
    """Trusted roots (PEM): our own, and those of the outside authority."""
    own = settings.key_folder() / "segel" / "root.pem"
    bundle = settings.tte_akar.read_bytes() if settings.tte_akar else b""
    return [own.read_bytes()] if own.exists() else [], _split(bundle)


def _split(bundle: bytes) -> list[bytes]:
    end = b"-----END CERTIFICATE-----"
    return [part + end for part in bundle.split(end)[:-1]]
