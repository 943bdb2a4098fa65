"""JSON logs, one line per thing that happened; long digit runs never get through (they may be identity numbers)."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

from chassis import trace

_DIGITS = re.compile(r"\d{12,}")


def configure(service: str, role: str, level: str) -> None:
    """Send structlog and the standard library's logging to stderr as JSON."""
    chain: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        lambda _, __, event: {"service": service, "role": role, "trace": trace.current()[3:35], **event},
        structlog.processors.format_exc_info,
        _redact,
    ]
    structlog.configure(
        processors=[*chain, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=chain, processor=structlog.processors.JSONRenderer(ensure_ascii=False)
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)


def _redact(_: Any, __: str, event: Any) -> Any:
    return {
        k: _DIGITS.sub("[angka]", v) if isinstance(v, str) and k != "trace" else v for k, v in event.items()
    }
