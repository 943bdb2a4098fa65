"""What notifikasi does with events: remember facts, promise messages, set them going."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from chassis.aggregate import Decision, Moment, State
from chassis.envelope import Event
from notifikasi.application.hasil import todo
from notifikasi.domain import pengantar as domain_pengantar
from notifikasi.domain import ringkasan, wakil
from notifikasi.domain.janjikan import jadwalkan, janjikan
from notifikasi.domain.kabar import Kabar
from notifikasi.domain.keadaan import from_state, to_state
from notifikasi.domain.kirim import Aturan, Kirim
from notifikasi.domain.langkah import ATURAN, tertahan
from notifikasi.domain.waktu import teks

JEDA = timedelta(seconds=2)  # the words of a return travel on another topic than its codes
Handle = Callable[[Event, State | None, Moment], Decision]


def langkah(aturan: Aturan) -> Handle:
    """A handler for one kind of event of an application."""

    def handle(event: Event, state: State | None, at: Moment) -> Decision:
        kabar = _kabar(event, state)
        data = event.data or {}
        kabar = replace(
            kabar,
            putaran=max(kabar.putaran, int(data.get("putaran", 1))),
            layanan=data.get("layanan", kabar.layanan),
        )
        return _tell(kabar, aturan(kabar, data), at)

    return handle


RUTE = {name: langkah(rule) for name, rule in ATURAN.items()}


def pribadi(event: Event, state: State | None, at: Moment) -> Decision:
    """`pemohon.dibagikan`: how to reach the applicant. A removed snapshot is forgotten."""
    kabar = _kabar(event, state)
    if event.data is None:
        return Decision(to_state(replace(kabar, kontak=None, akun=None, catatan={})))
    known = replace(
        kabar,
        nomor_resi=event.data["nomor_resi"],
        layanan=event.data.get("layanan", kabar.layanan),
        akun=event.data.get("akun"),
        kontak=event.data["kontak"],
    )
    return _tell(known, (), at)


def pengantar(event: Event, state: State | None, at: Moment) -> Decision:
    """`pengantar.dibagikan`: the open link to RT or RW. A removed snapshot is forgotten."""
    kabar, data = _kabar(event, state), event.data
    if data is None:
        return Decision(to_state(replace(kabar, pengurus=None)))
    asked = {"urut": data["urut"], "kontak": dict(data["kontak"])}
    return _tell(replace(kabar, pengurus=asked), domain_pengantar.tautan(data), at)


def catatan(event: Event, state: State | None, at: Moment) -> Decision:
    """`catatan.dibagikan`: the newest words of their sender; they replace his earlier ones."""
    kabar, data = _kabar(event, state), event.data or {}
    texts = {note["kode"]: note["teks"] for note in data.get("catatan", ())}
    notes = {"putaran": data.get("putaran", 0), "teks": texts}
    return _tell(replace(kabar, catatan={**kabar.catatan, event.source: notes}), (), at)


def tenggat(event: Event, state: State | None, at: Moment) -> Decision:
    data = event.data or {}
    kabar = _kabar(event, state)
    return _tell(replace(kabar, tenggat={**kabar.tenggat, data["bagian"]: data["jatuh_tempo"]}), (), at)


def gangguan(event: Event, state: State | None, at: Moment) -> Decision:
    """`penanganan.tertahan` of any service: the document is that of the application that waits."""
    data = event.data or {}
    kabar = from_state(state) if state else Kabar(id=data["id"], kantor=event.scope)
    return _tell(kabar, tertahan(kabar, data["service"], event.subject), at)


def diringkas(event: Event, state: State | None, at: Moment) -> Decision:
    """`tugas.diringkas`: the digest of one official, in a document of his own."""
    kept = ringkasan.tanpa_lama(_lain(event, state))
    return _tell(kept, ringkasan.ringkas(event.data or {}, at.now), at)


def diwakili(event: Event, state: State | None, at: Moment) -> Decision:
    """`delegasi.diubah`: those whom it concerns, in a document of its own."""
    return _tell(_lain(event, state), wakil.kabarkan(event.data or {}), at)


def cermin(event: Event, state: State | None, at: Moment) -> Decision:
    """Reference data and contacts: the snapshot is the state."""
    return Decision(None if event.data is None else dict(event.data))


def _tell(kabar: Kabar, kirim: tuple[Kirim, ...], at: Moment) -> Decision:
    promised = janjikan(kabar, kirim, at.ids, teks(at.now))
    scheduled, started = jadwalkan(promised)
    late = {wanted.kunci for wanted in kirim if wanted.jeda}
    todos = tuple(todo(key, way, at.real + (JEDA if key in late else timedelta())) for key, way in started)
    return Decision(to_state(scheduled), todos=todos)


def _kabar(event: Event, state: State | None) -> Kabar:
    return from_state(state) if state else Kabar(id=event.subject, kantor=event.scope)


def _lain(event: Event, state: State | None) -> Kabar:
    """What is told beside single cases."""
    return from_state(state) if state else Kabar(id=event.subject, kantor=(event.data or {})["kantor"])
