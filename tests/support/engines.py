"""The collections and topics on which the conformance suites work."""

from __future__ import annotations

from chassis.ports.documents import Collection, Index
from chassis.ports.events import Topic

COLLECTIONS = (
    Collection(
        name="permohonan",
        indexes=(
            Index(("nomor",), unique=True),
            Index(("buku.kode", "buku.urut"), unique=True),
            Index(("keadaan", "diubah")),
        ),
    ),
    Collection(name="hitungan"),
)
TOPICS = (Topic("uji.a"), Topic("uji.b"), Topic("acuan", compacted=True))
