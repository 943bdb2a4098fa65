"""Invented outbox entries: events of applications in seven kelurahan, of a usual size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from chassis.ids import new_id

OFFICES = tuple(f"32760110{n:02d}" for n in range(6, 13))
TYPE = "id.ekelurahan.pengajuan.permohonan.diajukan.v1"
_TEXT = "Permohonan contoh dari warga contoh di kelurahan contoh. " * 10


def applications(count: int) -> Iterator[tuple[str, str]]:
    """(kelurahan, id), the kelurahan in turns."""
    for number in range(count):
        yield OFFICES[number % len(OFFICES)], new_id()


def entry(kode: str, id: str, sequence: int) -> dict[str, Any]:
    """As the outbox holds it: some 700 bytes of value, 11 headers."""
    headers = {
        "ce_specversion": "1.0",
        "ce_id": f"peristiwa.{id}.{sequence}",
        "ce_source": "/pengajuan",
        "ce_type": TYPE,
        "ce_time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "ce_subject": id,
        "ce_sequence": str(sequence),
        "ce_correlationid": id,
        "ce_causationid": id,
        "ce_kelurahan": kode,
        "content-type": "application/json",
    }
    value = json.dumps({"layanan": "SKDOM", "putaran": 1, "urut": sequence, "teks": _TEXT})
    return {"topic": f"bench.peristiwa.{kode}", "key": id, "headers": headers, "value": value}
