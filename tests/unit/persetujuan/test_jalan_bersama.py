"""The case and its flow together: neither is ever in an illegal state, however late each hears of the other.

No event is refused (it would park the case), and once all is heard both say the same.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any, Final

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.causes import Moment
from chassis.envelope import Event
from chassis.ids import new_id
from pengajuan.application import ikuti_keputusan as ikut
from pengajuan.domain import events, ikuti, pindah
from pengajuan.domain.ajukan import ajukan
from pengajuan.domain.batalkan import batalkan
from pengajuan.domain.errors import TransisiSalah as Ditolak
from pengajuan.domain.kedaluwarsa import kedaluwarsa
from pengajuan.domain.perbaiki import perbaiki
from pengajuan.domain.periksa import lengkap
from pengajuan.domain.permohonan import Cara, JalanSyarat, Kekurangan, Permohonan, Pindahan
from pengajuan.domain.status import AKHIR, BOLEH, Status
from pengajuan.domain.terima_berkas import terima
from persetujuan.adapters.katalog import baca_layanan
from persetujuan.application.keputusan import keputusan
from persetujuan.application.pendengar import Pendengar
from persetujuan.check import wrong
from persetujuan.domain.alur import Keputusan
from persetujuan.domain.galat import PersetujuanSalah
from persetujuan.domain.kalender import Kalender
from persetujuan.domain.kasus import Tahap
from persetujuan.domain.keadaan import from_state
from persetujuan.domain.keputusan.putuskan import putuskan
from persetujuan.domain.keputusan.syarat import Pemutus, Putusan
from persetujuan.domain.tunggu import tandai
from support.permohonan import LOKET, SKTM, WARGA, berkas, buat_draf, konteks

WIB = timezone(timedelta(hours=7))
LAYANAN = baca_layanan()
OFFICE: Final = "3276011006"
PERAN = ("kasi", "seklur", "lurah", "kasi_kecamatan", "sekcam", "camat")
ALIR: Mapping[str, Callable[[Permohonan, Any, datetime], Permohonan]] = {
    "tugas.dibuat": ikut.tugas_dibuat,
    "tugas.diputuskan": ikut.tugas_diputuskan,
    "permohonan.disetujui": ikut.disetujui,
    "permohonan.ditolak": ikut.ditolak,
    "tenggat.ditetapkan": ikut.tenggat,
    "pembatalan.dikabulkan": ikut.pembatalan_dikabulkan,
}
SAMA = {
    Tahap.BERJALAN: {Status.DIPROSES},
    Tahap.DIKEMBALIKAN: {Status.DIPERBAIKI, Status.MENUNGGU_BERKAS, Status.DIPERIKSA},
    Tahap.DISETUJUI: {Status.DISETUJUI},
    Tahap.DITOLAK: {Status.DITOLAK},
    Tahap.DIBATALKAN: {Status.DIBATALKAN},
    Tahap.DITUTUP: {Status.KEDALUWARSA, Status.DIPINDAH},
}
AKHIR_ALUR = {Tahap.DITOLAK, Tahap.DIBATALKAN, Tahap.DITUTUP}


class JalanBersama(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.id = new_id()
        self.kasus = replace(buat_draf(SKTM), id=self.id)
        self.state: dict[str, Any] | None = None
        self.seklur = False
        self.n = self.sequence = 0
        self.ke_alur: deque[events.Fakta] = deque()
        self.ke_alur_pribadi: deque[events.Fakta] = deque()
        self.ke_kasus: deque[Any] = deque()
        calendar = Kalender(versi="uji", libur=frozenset())
        self.hear = Pendengar(
            layanan=LAYANAN,
            kalender=lambda year: calendar,
            samarkan=lambda kind, value: f"{kind}-{value}",
            kantor=lambda code: {"paraf_seklur": self.seklur},
        )
        self.ajukan()
        self.dinyatakan_lengkap()

    @property
    def now(self) -> datetime:
        self.n += 1
        return datetime(2026, 1, 15, 10, tzinfo=WIB) + timedelta(minutes=self.n)

    def at(self) -> Moment:
        return Moment(now=self.now, real=self.now, ids=tuple(new_id() for _ in range(4)))

    def maju(self, act: Callable[[], events.Langkah | Permohonan]) -> None:
        """A step of the case; its facts travel to the flow, each family in its own order."""
        before = self.kasus
        try:
            result = act()
        except Ditolak:
            return
        self.kasus, facts = (result, ()) if isinstance(result, Permohonan) else result
        if self.kasus.status is not before.status:
            assert self.kasus.status in BOLEH[before.status]
        for fact in facts:
            personal = fact.keluarga is events.Keluarga.PRIBADI
            (self.ke_alur_pribadi if personal else self.ke_alur).append(fact)

    def alur(self, decision: Any) -> None:
        """What the flow decided; its facts travel back in their order."""
        before = None if self.state is None else from_state(self.state).tahap
        self.state = json.loads(json.dumps(decision.state))
        assert before not in AKHIR_ALUR or from_state(self.state or {}).tahap is before
        self.ke_kasus.extend(decision.events)

    # What people do with the case.

    def ajukan(self) -> None:
        ways = {s.kode: JalanSyarat(cara=Cara.UNGGAH) for s in SKTM.syarat if s.wajib and s.bila is None}
        self.maju(lambda: ajukan(self.kasus, konteks(SKTM), pelaku=WARGA, jalan=ways, waktu=self.now))
        self.berkas()

    def berkas(self) -> None:
        for slot in [s.kode for s in SKTM.syarat if s.wajib]:
            self.n += 1
            paper = berkas(slot, putaran=self.kasus.putaran, n=self.n)
            self.maju(lambda p=paper: terima(self.kasus, SKTM, berkas=p, batas={}))  # type: ignore[misc]

    @rule()
    def dinyatakan_lengkap(self) -> None:
        seen = {b.id: b.sha256 for b in self.kasus.berkas}
        self.maju(lambda: lengkap(self.kasus, SKTM, pelaku=LOKET, dilihat=seen, waktu=self.now, batas={}))

    @rule()
    def diperbaiki(self) -> None:
        ways = {s.kode: JalanSyarat(cara=Cara.UNGGAH) for s in SKTM.syarat if s.wajib and s.bila is None}
        self.maju(
            lambda: perbaiki(
                self.kasus, konteks(SKTM), pelaku=WARGA, data={"rt": "4"}, jalan=ways, waktu=self.now
            )
        )
        self.berkas()

    @rule(jadi=st.integers(0, 5))
    def minta_batal(self, jadi: int) -> None:
        if jadi == 0:  # seldom: what was cancelled goes nowhere
            self.maju(lambda: batalkan(self.kasus, pelaku=WARGA, waktu=self.now))

    @rule(jadi=st.integers(0, 5))
    def kedaluwarsa(self, jadi: int) -> None:
        if jadi == 0:
            self.maju(lambda: kedaluwarsa(self.kasus, self.now + timedelta(days=30)))

    @rule(jadi=st.integers(0, 5))
    def pindah(self, jadi: int) -> None:
        """To another office, also after officials returned it: here it is over for everybody."""
        if jadi == 0:
            there = Pindahan(kantor="3276011008", permohonan=new_id())
            self.maju(lambda: pindah.pindahkan(self.kasus, ke=there, pelaku=LOKET, waktu=self.now))

    # What officials do with the flow.

    @rule()
    def putus_gilirannya(self) -> None:
        self.putus("", Keputusan.PARAF, True)

    @rule(peran=st.sampled_from(PERAN), pilihan=st.sampled_from(list(Keputusan)), tepat=st.booleans())
    def putus(self, peran: str, pilihan: Keputusan, tepat: bool) -> None:
        if self.state is None or not self.state.get("tugas"):
            return
        case = from_state(self.state)
        task = case.terbuka or case.tugas[-1]
        step = LAYANAN["SKTM"].langkah_kode(task.langkah)
        role, choice = (task.peran, step.keputusan) if tepat else (peran, pilihan)
        who = Pemutus(
            akun=f"{role}.uji", peran=role, kantor=frozenset({OFFICE, OFFICE[:6]}), terkonfirmasi=True
        )
        points = ({"jenis": "syarat", "kode": "KTP", "alasan": "buram"},)
        wanted = Putusan(keputusan=choice, kekurangan=points, alasan="lainnya")
        try:
            done = putuskan(case, LAYANAN["SKTM"], task.id, who, wanted, self.now)
        except PersetujuanSalah:
            return
        self.alur(keputusan(*done))

    @rule(menunggu=st.booleans())
    def ditunggu(self, menunggu: bool) -> None:
        if self.state is not None and from_state(self.state).terbuka is not None:
            self.alur(keputusan(*tandai(from_state(self.state), menunggu, "loket.uji", self.now)))

    @rule()
    def kantor_menyalakan_paraf_seklur(self) -> None:
        self.seklur = not self.seklur

    # What travels, sooner or later.

    @rule(acak=st.randoms(use_true_random=False))
    def semua_didengar(self, acak: Random) -> None:
        while self.ke_alur or self.ke_alur_pribadi or self.ke_kasus:
            acak.choice((self.alur_mendengar, self.alur_mendengar_pribadi, self.kasus_mendengar))()

    @rule()
    def alur_mendengar(self) -> None:
        if not self.ke_alur:
            return
        fact = self.ke_alur.popleft()
        handle = {
            "permohonan.dinyatakan_lengkap": self.hear.lengkap,
            "pembatalan.diminta": self.hear.minta_batal,
            "permohonan.dibatalkan": self.hear.dibatalkan,
            "permohonan.ditutup": self.hear.ditutup,
        }.get(fact.nama)
        if handle is not None:
            self.alur(handle(self.event("peristiwa", fact), self.state, self.at()))

    @rule()
    def alur_mendengar_pribadi(self) -> None:
        if self.ke_alur_pribadi:
            fact = self.ke_alur_pribadi.popleft()
            if fact.nama == "pemohon.dibagikan":
                self.alur(self.hear.pribadi(self.event("pribadi", fact), self.state, self.at()))

    @rule()
    def kasus_mendengar(self) -> None:
        """A refusal here would park the case: it must never happen."""
        if not self.ke_kasus:
            return
        told = self.ke_kasus.popleft()
        before = self.kasus
        if told.name == "permohonan.dikembalikan":
            points = tuple(Kekurangan(**point) for point in told.data["kekurangan"])
            self.kasus = ikuti.dikembalikan(
                self.kasus,
                SKTM,
                putaran=told.data["putaran"],
                target=told.data["target"],
                kekurangan=points,
                waktu=self.now,
            )
        elif told.name in ALIR:
            self.kasus = ALIR[told.name](self.kasus, told.data, self.now)
        if self.kasus.status is not before.status:
            assert self.kasus.status in BOLEH[before.status]

    def event(self, family: str, fact: events.Fakta) -> Event:
        self.sequence += 1
        return Event(
            source="pengajuan",
            type=f"id.ekelurahan.pengajuan.{fact.nama}.v1",
            family=family,
            scope=OFFICE,
            subject=self.id,
            sequence=self.sequence,
            time="2026-01-15T03:00:00.000Z",
            correlation=self.id,
            causation="uji",
            data=fact.data,
        )

    @invariant()
    def the_flow_is_never_in_an_illegal_state(self) -> None:
        if self.state is not None:
            assert wrong(from_state(self.state), LAYANAN, self.state) == []

    @invariant()
    def nobody_decides_a_case_that_is_over(self) -> None:
        if self.state is not None and from_state(self.state).tahap is not Tahap.BERJALAN:
            assert from_state(self.state).terbuka is None

    @invariant()
    def a_case_is_approved_only_by_every_signer(self) -> None:
        if self.kasus.status is Status.DISETUJUI:
            assert self.state is not None
            signed = [
                t["peran"] for t in self.state["tugas"] if t["keputusan"] == "setuju" and not t["gugur"]
            ]
            assert {"lurah", "camat"} <= set(signed)

    @invariant()
    def when_all_is_heard_both_say_the_same(self) -> None:
        silent = not (self.ke_alur or self.ke_alur_pribadi or self.ke_kasus)
        if silent and self.state is not None:
            stage = from_state(self.state).tahap
            assert stage not in SAMA or self.kasus.status in SAMA[stage] | (AKHIR & {self.kasus.status})


TestJalanBersama = JalanBersama.TestCase
TestJalanBersama.settings = settings(max_examples=50, stateful_step_count=50, deadline=None)
