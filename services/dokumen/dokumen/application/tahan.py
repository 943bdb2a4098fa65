"""Work that can never succeed must be seen, not repeated: it holds its letter with a reason."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from chassis.ports.errors import Corrupt, NotFound, PortError, Refused
from dokumen.domain.tahan import Ditahan

T = TypeVar("T")
LASTING = (Corrupt, NotFound, Refused)  # the same call will fail again
_log = logging.getLogger(__name__)


def atau_tahan(kerja: Callable[[], T]) -> T | Ditahan:
    """The result; or why it cannot be, as a code. An engine that is away is no reason: the worker tries again."""
    try:
        return kerja()
    except LASTING as error:
        _log.exception("letter cannot be made")
        return Ditahan(alasan=f"berkas_{type(error).__name__.lower()}")
    except PortError:
        raise
    except Exception as error:
        # Whatever it is (a lost key, a template that does not fit, a defect), a person has to know of it.
        _log.exception("letter cannot be made")
        return Ditahan(alasan=_code(str(getattr(error, "slug", "")) or "gagal_dibuat"))


def _code(slug: str) -> str:
    return slug.replace("-", "_")[:40]
