"""Builds the service: the only place that opens engines and reads keys."""

from __future__ import annotations

from dataclasses import dataclass

from chassis import lease
from chassis.aggregate import Aggregates, collection
from chassis.audit import COLLECTION as AUDIT
from chassis.audit import Audit
from chassis.clock import Clock
from chassis.contracts import Contracts
from chassis.metrics import Metrics
from chassis.ports.documents import Documents, Index
from chassis.ports.events import Events
from engines.open import open_documents, open_events
from pengajuan.adapters.hari_kerja import hari_kerja
from pengajuan.adapters.izin_unggah import IzinUnggah
from pengajuan.adapters.katalog import baca_layanan
from pengajuan.adapters.rahasia import Rahasia
from pengajuan.adapters.tanda_lihat import TandaLihat
from pengajuan.adapters.tautan import Tautan
from pengajuan.application.lingkup import Lingkup
from pengajuan.settings import Settings
from runtime import heads
from runtime.heads import Heads
from web.pseudonyms import Pseudonyms
from web.tokens import Signer, Verifier

SERVICE = "pengajuan"
COLLECTIONS = (
    collection(
        "permohonan",
        Index(("state.resi",), unique=True),
        Index(("state.resi", "id")),  # a receipt does not say its city
        Index(("state.pemohon.akun",)),
        Index(("state.pemohon.orang_h",)),  # what counters filed for a known person
        Index(("state.status",)),
        Index(("id",)),  # a case is asked for without its office
        Index(("scope", "state.diajukan_pada")),  # the register of an office, by day
        # Finds the case of a command in whatever office it was made.
        Index(("created_by", "state.id")),
    ),
    collection("kantor", Index(("state.kecamatan_kode",))),
    collection("layanan"),
    collection("pengurus"),  # heads of RT and RW: personal data, shared with nobody
    lease.COLLECTION,
    heads.COLLECTION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything a role needs; `events` is opened by roles that need it."""

    settings: Settings
    contracts: Contracts
    metrics: Metrics
    clock: Clock
    documents: Documents
    chain: Documents
    audit: Audit
    verifier: Verifier
    lingkup: Lingkup
    pseudonyms: Pseudonyms
    izin: IzinUnggah
    tanda: TandaLihat
    rahasia: Rahasia

    def open_events(self) -> Events:
        return open_events(self.settings.events(), SERVICE)

    def close(self) -> None:
        self.documents.close()
        self.chain.close()


def build(settings: Settings) -> App:
    """The service of one process. Raises Unavailable, FileNotFoundError (keys), KatalogSalah."""
    contracts, clock = Contracts(settings.contracts), settings.clock()
    documents = open_documents(settings.documents(SERVICE), SERVICE)
    chain = open_documents(settings.documents(SERVICE, "audit"), SERVICE)
    keys = settings.key_folder()
    pseudonyms, verifier = Pseudonyms(keys), Verifier(keys)
    rahasia = Rahasia(pseudonyms)
    return App(
        settings=settings,
        contracts=contracts,
        metrics=Metrics(settings.contracts),
        clock=clock,
        documents=documents,
        chain=chain,
        audit=Audit(chain, clock, Heads(documents, chain).tell),
        verifier=verifier,
        lingkup=Lingkup(
            permohonan=Aggregates(documents, "permohonan", SERVICE, contracts, clock),
            kantor=Aggregates(documents, "kantor", SERVICE, contracts, clock),
            layanan=Aggregates(documents, "layanan", SERVICE, contracts, clock),
            katalog={(s.kode, s.versi): s for s in baca_layanan().values()},
            samaran=pseudonyms.of,
            orang=lambda nik, nama: pseudonyms.person(pseudonyms.of("nik", nik), nama),
            rahasia=rahasia.untuk,
            pengurus=Aggregates(documents, "pengurus", SERVICE, contracts, clock),
            kota=settings.kota,
            kerja=hari_kerja(settings.kalender),
            sidik_tautan=Tautan(pseudonyms).sidik,
        ),
        pseudonyms=pseudonyms,
        izin=IzinUnggah(Signer(keys, SERVICE), settings.maks_unggah),
        tanda=TandaLihat(verifier),
        rahasia=rahasia,
    )


def migrate(settings: Settings) -> None:
    """Create collections and indexes; idempotent."""
    for name, collections in (("documents", COLLECTIONS), ("audit", (AUDIT,))):
        store = open_documents(settings.documents(SERVICE, name), SERVICE)
        try:
            store.migrate(collections)
        finally:
            store.close()
