"""Whatever happens to two letters of one case, in whatever order: who follows its events ends where dokumen does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chassis.envelope import Event
from dokumen.domain import perbaikan, seberkas, surat, tahan, tanda
from dokumen.domain import perkara as p
from dokumen.domain.langkah import Langkah, Perkara
from dokumen.domain.perbaikan import Usul
from dokumen.domain.surat import Bernomor, Siapan
from dokumen.domain.tahan import Ditahan
from dokumen.domain.tanda import Lembar
from ekel.check.projection import rebuilt
from gateway.pantau.statistik.baris import fold
from pengajuan.application import ikuti_surat
from pengajuan.domain.permohonan import Permohonan
from pengajuan.domain.status import Status
from support.permohonan import buat_draf

T0 = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
KANTOR, KASUS = "3276051006", "019900a1-0000-7000-8000-0000000000a1"
RENCANA = {"NIKAH": {}, "N6": {"jenis": "N6"}}
TAHAP = {
    p.DISETUJUI: Status.DISETUJUI,
    p.TERBIT: Status.TERBIT,
    p.DISERAHKAN: Status.DISERAHKAN,
}
_FOLLOW = {
    "surat.disiapkan": ikuti_surat.disiapkan,
    "surat.diterbitkan": ikuti_surat.diterbitkan,
    "surat.ditahan": ikuti_surat.ditahan,
    "surat.dicabut": ikuti_surat.dicabut,
    "surat.diserahkan": ikuti_surat.diserahkan,
}


def isi(kode: str) -> dict[str, Any]:
    """A letter as it is fixed, to be signed by the lurah."""
    return {
        **RENCANA[kode],
        "judul": kode,
        "klasifikasi": "400.12.3.2",
        "tanggal": "2026-01-15",
        "rilis": "langsung",
        "tanda_tangan": "tte",
        "penandatangan": [{"peran": "lurah"}],
        "tanda": [{"peran": "lurah", "akun": "lurah.depok", "kantor": KANTOR, "cara": "tte"}],
        "register": [{"kantor": KANTOR, "tahun": 2026, "kode_unit": "05.1006"}],
    }


class SeBerkas(RuleBasedStateMachine):
    """dokumen's pure steps; pengajuan, statistics and the check's projection hear what they tell."""

    letters = st.integers(0, 7)

    def __init__(self) -> None:
        super().__init__()
        self.n = 0
        self.told: list[Event] = []
        self.row: Any = None
        self.given: list[int] = []
        self.state: Perkara = {
            **p.baru(),
            "layanan": "NIKAH",
            "putaran": 1,
            "tahap": p.DISETUJUI,
            "setuju": [],
        }
        answers = {"status_kawin": "cerai_mati", "nama": "Sari Contohwati"}
        self.state["pribadi"] = {"jawaban": answers, "subjek": [{"nama": "Sari Contohwati"}]}
        self.kasus: Permohonan = replace(buat_draf(), status=Status.DISETUJUI)

    def now(self) -> datetime:
        return T0 + timedelta(seconds=self.n)

    def take(self, step: Langkah) -> None:
        self.state = step.perkara
        for fact in step.fakta:
            self.n += 1
            event = Event(
                source="dokumen",
                type=f"id.ekelurahan.dokumen.{fact.nama}.v1",
                family="peristiwa",
                scope=KANTOR,
                subject=KASUS,
                sequence=self.n,
                time=self.now().isoformat().replace("+00:00", "Z"),
                correlation=KASUS,
                causation=KASUS,
                data=dict(fact.data),
            )
            self.told.append(event)
            self.row = fold(self.row, event, ZoneInfo("Asia/Jakarta"))
            self.kasus = _FOLLOW[fact.nama](self.kasus, fact.data, self.now())

    def of(self, *status: str) -> list[str]:
        return [id for id, s in self.state["surat"].items() if s["status"] in status]

    @initialize()
    def fixed(self) -> None:
        self.fix()

    @rule()
    def fix(self) -> None:
        """The to-do after approval, and after a letter was given up; a repeat adds nothing."""
        made = Siapan(hasil=tuple(RENCANA), isi=tuple(isi(kode) for kode in RENCANA))
        ids = [f"s{self.n}-{k}" for k in range(4)]
        self.n += 1
        self.take(surat.tetapkan(self.state, made, ids, self.now()))

    @precondition(lambda self: self.of(surat.MENUNGGU))
    @rule(which=letters)
    def write(self, which: int) -> None:
        waiting = self.of(surat.MENUNGGU)
        id = waiting[which % len(waiting)]
        number = Bernomor(urut=(len(self.given) + 1,), seri=("umum",))
        if not self.state["surat"][id].get("lembar"):
            self.given.append(number.urut[0])
        self.take(
            tanda.siap(self.state, (KANTOR, KASUS), id, number, Lembar(sha256="a", ukuran=1), self.now())
        )

    @precondition(lambda self: any(self.state["surat"][i].get("lembar") for i in self.of(surat.MENUNGGU)))
    @rule(which=letters, fails=st.booleans())
    def sign(self, which: int, fails: bool) -> None:
        ready = [i for i in self.of(surat.MENUNGGU) if self.state["surat"][i].get("lembar")]
        id, sheet = ready[which % len(ready)], Lembar(sha256="b" * 64, ukuran=2)
        if fails:
            self.take(tahan.surat(self.state, id, Ditahan(alasan="tanda_tangan_gagal"), "", self.now()))
            return
        before = self.state["surat"][id]["lembar"]["sha256"]
        step = tanda.ditandatangani(self.state, (KANTOR, KASUS), id, before, sheet, self.now())
        self.take(step)

    @precondition(lambda self: self.of(surat.MENUNGGU))
    @rule(which=letters)
    def give_up(self, which: int) -> None:
        waiting = self.of(surat.MENUNGGU)
        self.take(tanda.batal(self.state, waiting[which % len(waiting)], "salah", "lurah.depok", self.now()))

    @precondition(lambda self: self.of(surat.BERLAKU))
    @rule(which=letters, cara=st.sampled_from(["loket", "unduh"]))
    def hand_over(self, which: int, cara: str) -> None:
        live = self.of(surat.BERLAKU)
        id = live[which % len(live)]
        if cara == "unduh":
            self.take(surat.serahkan(self.state, id, "unduh", {}, self.now()))
        elif not self.state["surat"][id].get("diserahkan"):
            self.take(surat.serahkan_semua(self.state, id, {}, self.now()))
            assert seberkas.dibawa(self.state) == []

    @precondition(lambda self: self.of(surat.BERLAKU) and self.n > 12)
    @rule(which=letters, both=st.booleans())
    def revoke(self, which: int, both: bool) -> None:
        live = self.of(surat.BERLAKU)
        id = live[which % len(live)]
        if both:
            self.take(surat.tidak_sesuai(self.state, id, ("KTP",), "loket.depok", self.now()))
            assert self.of(surat.BERLAKU) == []
        else:
            self.take(surat.cabut(self.state, id, "keliru", "lurah.depok", self.now()))

    @precondition(lambda self: any("perbaikan" not in self.state["surat"][i] for i in self.of(surat.BERLAKU)))
    @rule(which=letters)
    def correct(self, which: int) -> None:
        live = [i for i in self.of(surat.BERLAKU) if "perbaikan" not in self.state["surat"][i]]
        id = live[which % len(live)]
        wish = Usul(alasan="salah_ketik", koreksi={"nama": "Sari Contohwulan"})
        self.take(perbaikan.usulkan(self.state, id, wish, "loket.depok", self.now()))
        who = {"peran": "lurah", "oleh": "lurah.depok", "kantor": KANTOR}
        self.take(perbaikan.setujui(self.state, id, who, self.now()))
        self.n += 1
        fresh = isi(seberkas.kode(self.state["surat"][id]))
        self.take(perbaikan.tetapkan(self.state, id, fresh, f"k{self.n}", self.now()))

    @invariant()
    def the_stage_is_what_the_letters_show(self) -> None:
        if self.state["surat"]:
            assert self.state["tahap"] == seberkas.tahap(self.state)

    @invariant()
    def everybody_who_follows_ends_where_the_letters_are(self) -> None:
        stage = self.state["tahap"]
        if stage in TAHAP and any(s.get("terbit") for s in self.state["surat"].values()):
            assert self.kasus.status is TAHAP[stage] or self.revoked_before(stage)
        states = rebuilt(self.told).states
        if states:
            assert states[KANTOR, KASUS] == self.kasus.status.value
            assert self.row["status"] == self.kasus.status.value

    def revoked_before(self, stage: str) -> bool:
        """A revocation moves no state of the resident's case; a case without a letter in force stays as it was."""
        return stage == p.TERBIT and bool(self.of(surat.DICABUT))

    @invariant()
    def of_each_kind_one_letter_is_alive_at_most(self) -> None:
        for kode in RENCANA:
            alive = [s for s in self.state["surat"].values() if seberkas.kode(s) == kode]
            assert sum(s["status"] == surat.BERLAKU for s in alive) <= 1

    @invariant()
    def what_holds_a_letter_is_shown_until_it_is_over(self) -> None:
        held = [s for s in self.state["surat"].values() if s.get("tertahan")]
        assert all(s["status"] == surat.MENUNGGU for s in held)
        assert bool(self.state.get("tertahan")) == bool(held)

    @invariant()
    def the_last_letter_is_told_as_the_last_one_and_once(self) -> None:
        first = [e.data or {} for e in self.told if e.name == "surat.diterbitkan"]
        first = [d for d in first if "mengganti" not in d]
        assert [d.get("sisa", 0) for d in first] == [1, 0][: len(first)]


TestSeBerkas = SeBerkas.TestCase
TestSeBerkas.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
