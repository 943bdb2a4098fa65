"""Everything dokumen is made of, built in one place; the only place that opens engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from chassis import audit, lease
from chassis.aggregate import Aggregates, collection
from chassis.clock import Clock
from chassis.contracts import Contracts
from chassis.metrics import Metrics
from chassis.ports.documents import Documents, Index
from chassis.ports.events import Events
from chassis.ports.objects import Objects
from dokumen.adapters import (
    arsip,
    batas,
    bilik,
    buku,
    dilihat,
    katalog,
    kiriman,
    niat,
    nomor,
    penunjuk,
    rahasia,
)
from dokumen.adapters.otoritas import otoritas
from dokumen.adapters.pulih import COLLECTION as PULIH
from dokumen.adapters.pulih import KunciRegister
from dokumen.application.agenda import Pesan
from dokumen.application.arsip import Arsip
from dokumen.application.basah import Pindai
from dokumen.application.kirim import Kirim
from dokumen.application.musnahkan import Musnahkan
from dokumen.application.perbaiki import Perbaiki
from dokumen.application.sapu import Sapu
from dokumen.application.serahkan import Serahkan
from dokumen.application.simpan import Simpan
from dokumen.application.tanda_tangan import TandaTangani
from dokumen.application.tte import Otoritas
from dokumen.application.unggah import Unggah
from dokumen.application.verifikasi import Verifikasi
from dokumen.domain.katalog import Formulir, Layanan
from dokumen.settings import Settings
from engines.open import open_documents, open_events, open_objects
from runtime import heads
from runtime.heads import Heads
from web import limits
from web.limits import Limits
from web.pseudonyms import Pseudonyms
from web.shares import Shares
from web.tokens import Signer, Verifier

SERVICE = "dokumen"
PERKARA = collection(
    "perkara",
    Index(("id",)),
    Index(("state.tertahan.alasan",)),
    Index(("state.menanti.untuk",)),
    Index(("state.perbaikan.untuk",)),
)
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
    objects: Objects
    audit: audit.Audit
    perkara: Aggregates
    rujukan: Aggregates
    katalog: Mapping[str, Layanan]
    formulir: Mapping[str, Formulir]
    niat: niat.NiatDokumen
    nomor: nomor.NomorDokumen
    buku: buku.BukuDokumen
    otoritas: Otoritas | None
    penunjuk: penunjuk.PenunjukDokumen
    indeks: arsip.ArsipDokumen
    rahasia: rahasia.RahasiaSurat
    batas: batas.BatasDokumen
    dilihat: dilihat.DilihatDokumen
    samaran: Pseudonyms
    rak: kiriman.KirimanDokumen
    bilik: bilik.Bilik
    shares: Shares
    signer: Signer
    verifier: Verifier

    @property
    def unggah(self) -> Unggah:
        return Unggah(perkara=self.perkara, objects=self.objects, niat=self.niat, penunjuk=self.penunjuk)

    @property
    def simpan(self) -> Simpan:
        return Simpan(objects=self.objects, niat=self.niat, penunjuk=self.penunjuk)

    @property
    def tanda_tangani(self) -> TandaTangani:
        return TandaTangani(
            perkara=self.perkara,
            simpan=self.simpan,
            penunjuk=self.penunjuk,
            otoritas=self.otoritas,
            batas=self.batas,
        )

    @property
    def pindai(self) -> Pindai:
        return Pindai(perkara=self.perkara, objects=self.objects, niat=self.niat)

    @property
    def pesan(self) -> Pesan:
        return Pesan(agenda=self.buku, nomor=self.nomor, rujukan=self.rujukan)

    @property
    def arsip(self) -> Arsip:
        return Arsip(perkara=self.perkara, penunjuk=self.penunjuk, agenda=self.nomor, indeks=self.indeks)

    @property
    def kirim(self) -> Kirim:
        return Kirim(unggah=self.unggah, rak=self.rak, maks_potongan=self.settings.maks_potongan)

    @property
    def serahkan(self) -> Serahkan:
        return Serahkan(
            perkara=self.perkara,
            katalog=self.katalog,
            rahasia=self.rahasia,
            dilihat=self.dilihat,
            samaran=self.samaran.of,
        )

    @property
    def musnahkan(self) -> Musnahkan:
        age = timedelta(days=365 * self.settings.umur_surat)
        return Musnahkan(
            perkara=self.perkara, objects=self.objects, niat=self.niat, arsip=self.arsip, umur=age
        )

    @property
    def perbaiki(self) -> Perbaiki:
        return Perbaiki(perkara=self.perkara, katalog=self.katalog, samaran=self.samaran.of)

    @property
    def verifikasi(self) -> Verifikasi:
        return Verifikasi(
            perkara=self.perkara, penunjuk=self.penunjuk, rahasia=self.rahasia, batas=self.batas
        )

    @property
    def sapu(self) -> Sapu:
        return Sapu(perkara=self.perkara, objects=self.objects, niat=self.niat, kirim=self.kirim)

    def migrate(self) -> None:
        stores = [PERKARA, RUJUKAN, niat.COLLECTION, kiriman.COLLECTION, nomor.COLLECTION, buku.COLLECTION]
        stores += [penunjuk.COLLECTION, arsip.COLLECTION, lease.COLLECTION, PULIH]
        self.documents.migrate([*stores, limits.COLLECTION, dilihat.COLLECTION, heads.COLLECTION])
        self.chain.migrate([audit.COLLECTION])

    def events(self) -> Events:
        """The log, which only a worker needs."""
        return open_events(self.settings.events())

    def close(self) -> None:
        self.bilik.close()
        self.documents.close()
        self.chain.close()
        self.objects.close()


def build(settings: Settings) -> App:
    contracts, clock, keys = Contracts(settings.contracts), settings.clock(), settings.key_folder()
    documents = open_documents(settings.documents(SERVICE), SERVICE)
    chain = open_documents(settings.documents(SERVICE, "audit"), SERVICE)
    rahasia.ensure(keys)
    return App(
        settings=settings,
        contracts=contracts,
        metrics=Metrics(settings.contracts),
        clock=clock,
        documents=documents,
        chain=chain,
        objects=open_objects(settings.objects()),
        audit=audit.Audit(chain, clock, Heads(documents, chain).tell),
        perkara=Aggregates(documents, PERKARA.name, SERVICE, contracts, clock),
        rujukan=Aggregates(documents, RUJUKAN.name, SERVICE, contracts, clock),
        katalog=katalog.muat(),
        formulir=katalog.muat_formulir(),
        niat=niat.NiatDokumen(documents, clock),
        nomor=nomor.NomorDokumen(documents, KunciRegister(documents)),
        buku=buku.BukuDokumen(documents),
        otoritas=otoritas(settings),
        penunjuk=penunjuk.PenunjukDokumen(documents),
        indeks=arsip.ArsipDokumen(documents, Pseudonyms(keys).of),
        rahasia=rahasia.RahasiaSurat(keys),
        batas=batas.BatasDokumen(Limits(documents, clock)),
        dilihat=dilihat.DilihatDokumen(documents),
        samaran=Pseudonyms(keys),
        rak=kiriman.KirimanDokumen(documents),
        bilik=bilik.Bilik(settings.maks_halaman),
        shares=Shares(settings.unggahan_per_kelurahan, settings.unggahan_sekaligus),
        signer=Signer(keys, SERVICE),
        verifier=Verifier(keys),
    )
