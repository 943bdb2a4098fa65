"""Everything notifikasi is made of, built in one place; the only place that opens engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chassis import audit, lease
from chassis.aggregate import Aggregates, collection
from chassis.clock import Clock
from chassis.contracts import Contracts
from chassis.metrics import Metrics
from chassis.ports.documents import Collection, Documents, Index
from chassis.ports.events import Events
from engines.open import open_documents, open_events
from notifikasi.adapters import templat
from notifikasi.adapters.aplikasi import Aplikasi
from notifikasi.adapters.folder import Folder
from notifikasi.adapters.gerbang import Gerbang
from notifikasi.adapters.surel import Surel
from notifikasi.adapters.tautan import Tautan
from notifikasi.application.isian import Isian
from notifikasi.application.kirim import Pengirim
from notifikasi.application.pesan import PESAN
from notifikasi.domain.naskah import Templat
from notifikasi.settings import Settings
from runtime import heads
from runtime.heads import Heads
from web.pseudonyms import Pseudonyms
from web.tokens import Verifier

SERVICE = "notifikasi"
KABAR, KONTAK = collection("kabar", Index(("id",))), collection("kontak")
KABAR_PEJABAT = collection("kabar_pejabat")  # digests and standing in: about no single application
RUJUKAN = collection("rujukan", Index(("state.kantor",)))
BARIS = Collection(PESAN, (Index(("kepada",)), Index(("id",)), Index(("permohonan",))))


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Opened engines and what stands on them."""

    settings: Settings
    contracts: Contracts
    metrics: Metrics
    clock: Clock
    documents: Documents
    chain: Documents
    audit: audit.Audit
    kabar: Aggregates
    kabar_pejabat: Aggregates
    rujukan: Aggregates
    kontak: Aggregates
    pengirim: Pengirim
    contoh: Mapping[str, str]
    verifier: Verifier

    @property
    def templat(self) -> Mapping[str, Templat]:
        return self.pengirim.templat

    def migrate(self) -> None:
        self.documents.migrate(
            [KABAR, KABAR_PEJABAT, RUJUKAN, KONTAK, BARIS, lease.COLLECTION, heads.COLLECTION]
        )
        self.chain.migrate([audit.COLLECTION])

    def events(self) -> Events:
        """The log, which only a worker needs."""
        return open_events(self.settings.events())

    def close(self) -> None:
        self.documents.close()
        self.chain.close()


def build(settings: Settings) -> App:
    surel, telepon = _surel(settings), _telepon(settings)
    contracts, clock = Contracts(settings.contracts), settings.clock()
    documents = open_documents(settings.documents(SERVICE), SERVICE)
    chain = open_documents(settings.documents(SERVICE, "audit"), SERVICE)

    def aggregates(name: str) -> Aggregates:
        return Aggregates(documents, name, SERVICE, contracts, clock)

    kabar, rujukan, kontak = aggregates("kabar"), aggregates("rujukan"), aggregates("kontak")
    return App(
        settings=settings,
        contracts=contracts,
        metrics=Metrics(settings.contracts),
        clock=clock,
        documents=documents,
        chain=chain,
        audit=audit.Audit(chain, clock, Heads(documents, chain).tell),
        kabar=kabar,
        kabar_pejabat=aggregates("kabar_pejabat"),
        rujukan=rujukan,
        kontak=kontak,
        pengirim=Pengirim(
            rujukan=rujukan,
            kontak=kontak,
            templat=templat.baca(),
            isian=Isian(
                rujukan=rujukan,
                kabar=kabar,
                situs=settings.pages_url,
                zona=clock.zone,
                surat=templat.nama_surat(),
                pengantar=Tautan(Pseudonyms(settings.key_folder())).untuk,
            ),
            dalam=Aplikasi(documents),
            folder=Folder(settings.message_folder()),
            surel=surel,
            telepon=telepon,
            domain=settings.message_domain,
            sekarang=clock.now,
        ),
        contoh=templat.contoh(),
        verifier=Verifier(settings.key_folder()),
    )


def _surel(settings: Settings) -> Surel | None:
    """The mail server, if one is set. Invented people of a demo are never written to over a network."""
    if not settings.smtp_url:
        return None
    mail = Surel(settings.smtp_url, settings.smtp_sender)
    if settings.env != "production" and not mail.lokal:
        raise ValueError("EKEL_SMTP_URL: outside of production only a mail server on this machine is allowed")
    return mail


def _telepon(settings: Settings) -> tuple[Gerbang, ...]:
    """Ways to a telephone in their order of fall-back; none: messages go to the folder."""
    wanted = (
        ("whatsapp", settings.whatsapp_url, settings.whatsapp_token, settings.whatsapp_repeats),
        ("sms", settings.sms_url, settings.sms_token, settings.sms_repeats),
    )
    ways = tuple(
        Gerbang(name, url, token.get_secret_value(), kenal_id=repeats)
        for name, url, token, repeats in wanted
        if url
    )
    for way in ways:
        if settings.env != "production" and not way.lokal:
            raise ValueError(
                f"EKEL_{way.nama.upper()}_URL: outside of production only a gateway on this machine is allowed"
            )
    return ways
