"""Everything persetujuan is made of, built in one place; the only place that opens engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from chassis import audit, lease
from chassis.aggregate import Aggregates, collection
from chassis.clock import Clock
from chassis.contracts import Contracts
from chassis.metrics import Metrics
from chassis.ports.documents import Documents, Index
from chassis.ports.events import Events
from engines.open import open_documents, open_events
from persetujuan.adapters import kalender
from persetujuan.adapters.katalog import baca_layanan
from persetujuan.application import rilis_01
from persetujuan.application.pendengar import Pendengar, alur_kantor
from persetujuan.application.ringkasan import Peringkas
from persetujuan.domain.alur import Layanan
from persetujuan.domain.kalender import Kalender
from persetujuan.domain.ringkas import baca_jam
from persetujuan.settings import Settings
from runtime import heads
from runtime.heads import Heads
from web.pseudonyms import Pseudonyms
from web.tokens import Verifier

SERVICE = "persetujuan"
KASUS = collection(
    "kasus",
    Index(("state.terbuka.peran", "state.terbuka.kantor", "state.terbuka.urut")),
    Index(("id",)),
)
PEJABAT = collection("pejabat", Index(("state.kantor",)))
RUJUKAN = collection("rujukan")


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Opened engines and what stands on them. `close` ends the engines."""

    settings: Settings
    contracts: Contracts
    metrics: Metrics
    clock: Clock
    documents: Documents
    chain: Documents
    audit: audit.Audit
    kasus: Aggregates
    pejabat: Aggregates
    rujukan: Aggregates
    layanan: Mapping[str, Layanan]
    kalender: Callable[[int], Kalender]
    pendengar: Pendengar
    peringkas: Peringkas
    verifier: Verifier

    @property
    def per_seksi(self) -> frozenset[str]:
        """Roles whose inbox is one section's."""
        return self.peringkas.per_seksi

    def migrate(self) -> None:
        self.documents.migrate([KASUS, PEJABAT, RUJUKAN, lease.COLLECTION, heads.COLLECTION])
        self.chain.migrate([audit.COLLECTION])
        rilis_01.perbarui(self.documents, KASUS.name)

    def events(self) -> Events:
        """The log, which only a worker needs."""
        return open_events(self.settings.events())

    def close(self) -> None:
        self.documents.close()
        self.chain.close()


def build(settings: Settings) -> App:
    contracts, clock = Contracts(settings.contracts), settings.clock()
    documents = open_documents(settings.documents(SERVICE), SERVICE)
    chain = open_documents(settings.documents(SERVICE, "audit"), SERVICE)
    layanan, keys = baca_layanan(), settings.key_folder()
    calendar = kalender.baca(settings.kalender)

    def aggregates(name: str) -> Aggregates:
        return Aggregates(documents, name, SERVICE, contracts, clock)

    kasus, pejabat, rujukan = aggregates("kasus"), aggregates("pejabat"), aggregates("rujukan")
    return App(
        settings=settings,
        contracts=contracts,
        metrics=Metrics(settings.contracts),
        clock=clock,
        documents=documents,
        chain=chain,
        audit=audit.Audit(chain, clock, Heads(documents, chain).tell),
        kasus=kasus,
        pejabat=pejabat,
        rujukan=rujukan,
        layanan=layanan,
        kalender=calendar,
        pendengar=Pendengar(
            layanan=layanan,
            kalender=calendar,
            samarkan=Pseudonyms(keys).of,
            kantor=partial(alur_kantor, rujukan),
        ),
        peringkas=Peringkas(
            kasus=kasus,
            pejabat=pejabat,
            rujukan=rujukan,
            kalender=calendar,
            jam=baca_jam(settings.digest_hours),
            per_seksi=_per_seksi(layanan),
        ),
        verifier=Verifier(keys),
    )


def _per_seksi(layanan: Mapping[str, Layanan]) -> frozenset[str]:
    steps = (step for service in layanan.values() for step in service.langkah)
    return frozenset(step.peran for step in steps if step.per_seksi)
