"""What the gateway is built of; the only place that opens engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request

from chassis import lease
from chassis.aggregate import Aggregates, collection
from chassis.audit import COLLECTION as AUDIT
from chassis.audit import Audit
from chassis.clock import Clock
from chassis.contracts import Contracts
from chassis.metrics import Metrics
from chassis.ports.documents import Collection, Documents, Index
from engines.once import Once
from engines.open import open_documents
from gateway import client, devices, safe, sessions
from gateway.akun import direktori, slip
from gateway.akun.direktori import Direktori
from gateway.akun.slip import Slips
from gateway.bagian import laju, tetangga
from gateway.client import Clients
from gateway.devices import Devices
from gateway.masuk import kode
from gateway.masuk.kode import Codes
from gateway.masuk.wajib import Wajib
from gateway.oidc import Client, Provider
from gateway.pantau import detak, tiket
from gateway.pantau.detak import Beats
from gateway.pantau.statistik import proyeksi
from gateway.pantau.tiket import Tickets
from gateway.passwords import Passwords
from gateway.safe import Safe
from gateway.sessions import Sessions
from gateway.settings import Settings
from gateway.tokens import Exchange
from gateway.tries import Tries
from gateway.upstream import Upstream
from gateway.vouch import Vouch
from runtime import heads
from runtime.heads import Heads
from runtime.serve import THREADS
from web import limits, pseudonyms, tokens
from web.limits import Limits
from web.pseudonyms import Pseudonyms
from web.tokens import Signer, Verifier

SERVICE = "gateway"
KEYS = ["gateway", "pengajuan", "dokumen", "persetujuan", "notifikasi"]
COLLECTIONS = [
    direktori.COLLECTION,
    collection("rujukan"),
    collection("kiriman", Index(("state.selesai",))),  # promises of masuk/kirim_ulang.py
    sessions.COLLECTION,
    kode.COLLECTION,
    limits.COLLECTION,
    devices.COLLECTION,
    slip.COLLECTION,
    Collection("oidc", (Index(("sampai",)),)),  # questions of masuk/oidc.py
    tiket.COLLECTION,
    laju.COLLECTION,
    tetangga.COLLECTION,
    detak.COLLECTION,
    proyeksi.ROWS,
    proyeksi.PLACES,
    lease.COLLECTION,
    heads.COLLECTION,
]


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """One process's parts. `events` opens the log at its first use: the door works without it."""

    settings: Settings
    contracts: Contracts
    metrics: Metrics
    clock: Clock
    documents: Documents
    chain: Documents
    audit: Audit
    events: Once
    direktori: Direktori
    rujukan: Aggregates
    kiriman: Aggregates
    sessions: Sessions
    wajib: Wajib
    exchange: Exchange
    limits: Limits
    devices: Devices
    tries: Tries
    safe: Safe
    provider: Provider | None
    slips: Slips
    pseudonyms: Pseudonyms
    codes: Codes
    tickets: Tickets
    beats: Beats
    passwords: Passwords
    signer: Signer
    verifier: Verifier
    vouch: Vouch
    clients: Clients
    upstreams: Mapping[str, Upstream]

    def close(self) -> None:
        for upstream in self.upstreams.values():
            upstream.close()
        self.events.close()
        self.documents.close()
        self.chain.close()


def build(settings: Settings, clock: Clock | None = None) -> App:
    """Open the engines and put everything together. Keys must exist (`migrate` makes them)."""
    clock = clock or settings.clock()
    contracts, folder = Contracts(settings.contracts), settings.key_folder()
    documents = open_documents(settings.documents(SERVICE), SERVICE)
    chain = open_documents(settings.documents(SERVICE, "audit"), SERVICE)
    secret, signer = Pseudonyms(folder), Signer(folder, SERVICE)
    accounts = Direktori(Aggregates(documents, "akun", SERVICE, contracts, clock), settings.kota, secret)
    kept, rujukan = Sessions(documents, clock), Aggregates(documents, "rujukan", SERVICE, contracts, clock)
    wajib = Wajib(rujukan)
    counted, known = Limits(documents, clock), Devices(documents, clock)
    clients = Clients(settings.proxies, settings.visitor_keys())
    return App(
        settings=settings,
        contracts=contracts,
        metrics=Metrics(settings.contracts),
        clock=clock,
        documents=documents,
        chain=chain,
        audit=Audit(chain, clock, Heads(documents, chain).tell),
        events=Once(settings.events(), SERVICE),
        direktori=accounts,
        rujukan=rujukan,
        kiriman=Aggregates(documents, "kiriman", SERVICE, contracts, clock),
        sessions=kept,
        wajib=wajib,
        exchange=Exchange(kept, accounts, signer, secret, wajib),
        limits=counted,
        devices=known,
        tries=Tries(counted, known, lambda: clients(request.environ)),
        safe=Safe(folder),
        provider=_provider(settings),
        slips=Slips(documents, secret, clock),
        pseudonyms=secret,
        codes=Codes(documents, secret, clock),
        tickets=Tickets(documents, clock),
        beats=Beats(documents, clock),
        passwords=Passwords(),
        signer=signer,
        verifier=Verifier(folder),
        vouch=Vouch(signer, secret, clients),
        clients=clients,
        upstreams=_upstreams(settings),
    )


def migrate(settings: Settings) -> None:
    """Keys, collections and indexes; safe when called twice at once."""
    folder = settings.key_folder()
    tokens.ensure_keys(folder, KEYS)
    pseudonyms.ensure(folder)
    safe.ensure(folder)
    client.ensure(folder)
    for name, collections in (("documents", COLLECTIONS), ("audit", [AUDIT])):
        documents = open_documents(settings.documents(SERVICE, name), SERVICE)
        documents.migrate(collections)
        documents.close()


def here() -> App:
    """The parts of the Flask application that answers this request."""
    app: App = current_app.extensions[SERVICE]
    return app


def _upstreams(settings: Settings) -> dict[str, Upstream]:
    wait = {"connect": settings.upstream_connect, "read": settings.upstream_read}
    return {n: Upstream(n, url, threads=THREADS, **wait) for n, url in settings.upstreams().items()}


def _provider(settings: Settings) -> Provider | None:
    """The city's own sign-in, if one is set."""
    if not settings.oidc_issuer:
        return None
    redirect = settings.oidc_redirect or f"{settings.site()}/masuk/oidc"
    secret = settings.oidc_secret.get_secret_value()
    return Provider(
        Client(issuer=settings.oidc_issuer, id=settings.oidc_client, secret=secret, redirect=redirect)
    )
