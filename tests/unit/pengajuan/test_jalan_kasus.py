"""Whatever happens in whatever order, a case is only ever in a legal state, and its facts hold no names."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from jsonschema import Draft202012Validator

from pengajuan.domain import events, ikuti, pindah
from pengajuan.domain.ajukan import ajukan
from pengajuan.domain.batalkan import batalkan
from pengajuan.domain.errors import TransisiSalah
from pengajuan.domain.keadaan import from_state, to_state
from pengajuan.domain.kedaluwarsa import kedaluwarsa
from pengajuan.domain.perbaiki import perbaiki
from pengajuan.domain.periksa import kembalikan, lengkap
from pengajuan.domain.permohonan import Cara, JalanSyarat, Kekurangan, Permohonan, Pindahan, Surat
from pengajuan.domain.status import AKHIR, BOLEH, Status
from pengajuan.domain.terima_berkas import terima
from support.permohonan import LOKET, SKDOM, T0, WARGA, berkas, buat_draf, konteks
from support.tree import ROOT

SLOTS = st.sampled_from(["PENGANTAR_RT_RW", "KTP", "KK"])
WAYS = st.dictionaries(SLOTS, st.sampled_from(list(Cara)).map(lambda c: JalanSyarat(cara=c, alasan="hilang")))
ROUNDS = st.integers(1, 3)
PERSONAL = ("Sari", "3276015203959001", "3276011203189002", "Belimbing", "hilang", "gelap sekali")


@cache
def promised(name: str) -> Draft202012Validator:
    """The payload schema of the contract."""
    return Draft202012Validator(
        json.loads((ROOT / f"contracts/events/pengajuan.{name}.v1.schema.json").read_text())
    )


class JalanKasus(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.kasus: Permohonan = replace(buat_draf(), id="019900a1-0000-7000-8000-ffffffffffff")
        self.facts: list[events.Fakta] = []
        self.n = 0

    @property
    def now(self) -> datetime:
        self.n += 1
        return T0 + timedelta(minutes=self.n)

    def step(self, act: Callable[[], events.Langkah | Permohonan]) -> None:
        before = self.kasus
        try:
            result = act()
        except TransisiSalah:
            return
        self.kasus, facts = (result, ()) if isinstance(result, Permohonan) else result
        self.facts += facts
        for fact in facts:
            assert [error.message for error in promised(fact.nama).iter_errors(fact.data)] == []
        if self.kasus.status is not before.status:
            assert self.kasus.status in BOLEH[before.status]
        assert before.status not in AKHIR or self.kasus.status is before.status
        assert self.kasus.putaran >= before.putaran

    @rule(jalan=WAYS)
    def ajukan(self, jalan: dict[str, JalanSyarat]) -> None:
        self.step(lambda: ajukan(self.kasus, konteks(), pelaku=WARGA, jalan=jalan, waktu=self.now))

    @rule(syarat=SLOTS, putaran=ROUNDS)
    def paper(self, syarat: str, putaran: int) -> None:
        self.n += 1
        self.step(
            lambda: terima(self.kasus, SKDOM, berkas=berkas(syarat, putaran=putaran, n=self.n), batas={})
        )

    @rule(syarat=SLOTS)
    def paper_of_the_round(self, syarat: str) -> None:
        self.paper(syarat, self.kasus.putaran)

    @rule()
    def lengkap(self) -> None:
        seen = {b.id: b.sha256 for b in self.kasus.berkas}
        self.step(lambda: lengkap(self.kasus, SKDOM, pelaku=LOKET, dilihat=seen, waktu=self.now, batas={}))

    @rule(syarat=SLOTS)
    def kembalikan(self, syarat: str) -> None:
        points = (Kekurangan(jenis="syarat", kode=syarat, alasan="buram", catatan="gelap sekali"),)
        self.step(
            lambda: kembalikan(self.kasus, SKDOM, pelaku=LOKET, kekurangan=points, waktu=self.now, batas={})
        )

    @rule(jalan=WAYS)
    def perbaiki(self, jalan: dict[str, JalanSyarat]) -> None:
        self.step(
            lambda: perbaiki(
                self.kasus, konteks(), pelaku=WARGA, data={"rt": "4"}, jalan=jalan, waktu=self.now
            )
        )

    @precondition(lambda self: self.n > 8)
    @rule()
    def batalkan(self) -> None:
        self.step(lambda: batalkan(self.kasus, pelaku=WARGA, waktu=self.now))

    @precondition(lambda self: self.n > 8)
    @rule(days=st.integers(1, 20))
    def expire(self, days: int) -> None:
        self.step(lambda: kedaluwarsa(self.kasus, self.now + timedelta(days=days)))

    @precondition(lambda self: self.n > 8)
    @rule(kantor=st.sampled_from(["3276011006", "3276011007", "3276011008"]))
    def pindah(self, kantor: str) -> None:
        """The case goes on at the other office, as the one that is looked at from now on."""
        there = Pindahan(kantor=kantor, permohonan=f"019900a1-0000-7000-8000-{self.n:012x}")
        self.step(lambda: pindah.pindahkan(self.kasus, ke=there, pelaku=LOKET, waktu=self.now))
        if self.kasus.pindah_ke != there:
            return
        old = self.kasus
        self.kasus, facts = pindah.datang(
            old, konteks(), resi="011007-AAAA-AAAA-A", rahasia_hash="x", waktu=self.now
        )
        self.facts += facts
        for fact in facts:
            assert [error.message for error in promised(fact.nama).iter_errors(fact.data)] == []
        assert self.kasus.status in {Status.MENUNGGU_BERKAS, Status.DIPERIKSA}
        assert (self.kasus.data, self.kasus.pemohon) == (old.data, old.pemohon)
        assert self.kasus.rahasia_dari == (old.rahasia_dari or old.id)

    @rule(putaran=ROUNDS)
    def disetujui(self, putaran: int) -> None:
        self.step(lambda: ikuti.disetujui(self.kasus, putaran=putaran, waktu=self.now))

    @precondition(lambda self: self.n > 8)
    @rule(putaran=ROUNDS)
    def ditolak(self, putaran: int) -> None:
        self.step(lambda: ikuti.ditolak(self.kasus, putaran=putaran, alasan="lainnya", waktu=self.now))

    @rule(putaran=ROUNDS, to_resident=st.booleans())
    def dikembalikan(self, putaran: int, to_resident: bool) -> None:
        points = (Kekurangan(jenis="syarat", kode="KTP", alasan="buram"),)
        self.step(
            lambda: ikuti.dikembalikan(
                self.kasus,
                SKDOM,
                putaran=putaran,
                target="warga" if to_resident else "kelurahan",
                kekurangan=points,
                waktu=self.now,
            )
        )

    @rule(putaran=ROUNDS)
    def terbit(self, putaran: int) -> None:
        self.step(
            lambda: ikuti.terbit(
                self.kasus,
                putaran=putaran,
                surat=Surat(id="s", tanggal=T0.date(), rilis="langsung", pada=self.now),
            )
        )

    @rule()
    def diserahkan(self) -> None:
        self.step(lambda: ikuti.diserahkan(self.kasus, waktu=self.now))

    @rule(putaran=ROUNDS)
    def dikabulkan(self, putaran: int) -> None:
        self.step(lambda: ikuti.pembatalan_dikabulkan(self.kasus, putaran=putaran, waktu=self.now))

    @invariant()
    def a_decided_case_was_found_complete_by_a_clerk(self) -> None:
        if self.kasus.status in {Status.DIPROSES, Status.DISETUJUI, Status.TERBIT, Status.DISERAHKAN}:
            assert self.kasus.lengkap is not None
            assert self.kasus.lengkap.putaran == self.kasus.putaran

    @invariant()
    def the_store_gives_back_the_same_case(self) -> None:
        assert from_state(json.loads(json.dumps(to_state(self.kasus)))) == self.kasus

    @invariant()
    def facts_kept_for_ever_hold_nothing_personal(self) -> None:
        kept = json.dumps([f.data for f in self.facts if f.keluarga is events.Keluarga.PERISTIWA])
        history = json.dumps(to_state(self.kasus)["riwayat"])
        assert not any(word in kept + history for word in PERSONAL)


TestJalanKasus = JalanKasus.TestCase
TestJalanKasus.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
