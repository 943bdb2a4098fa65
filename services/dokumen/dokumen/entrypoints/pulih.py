"""After a restore: registers wait for their paper agenda, and what was erased since the backup is erased again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.aggregate import Cause, Decision, Moment, State
from chassis.clock import rfc3339
from dokumen.adapters.nomor import NomorDokumen
from dokumen.adapters.pulih import KunciRegister
from dokumen.application.agenda import pengaturan
from dokumen.application.keputusan import keputusan
from dokumen.bootstrap import App
from dokumen.domain import musnah, perkara, retensi, surat
from dokumen.domain.galat import AgendaSalah
from dokumen.domain.langkah import Langkah, Perkara
from dokumen.domain.nomor import DIPESAN

MOST = 5000  # numbers booked at once; more is a slip of the keyboard
LETTER = "surat"


def setelah(app: App, erased: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """{erased}: how many lines of the ledger found something. A line: {scope, id, what, surat?, musnah?}."""
    year = app.clock.now().year
    KunciRegister(app.documents).kunci(rfc3339(app.clock.real()), year)
    return {"erased": sum(_again(app, line) for line in erased)}


def _again(app: App, line: Mapping[str, Any]) -> bool:
    found = app.perkara.read(line["scope"], line["id"])
    if found is None or not found.state:
        return False
    before = perkara.kunci_dipakai(found.state)

    def decide(state: State | None, at: Moment) -> Decision:
        return keputusan(_langkah(state or perkara.baru(), line, at), at)

    cause = Cause.command(f"pulih.{line['what']}.{line.get('surat', '')}.{line['id']}")
    after = app.perkara.update(line["scope"], line["id"], decide, cause)
    for key in sorted(before - perkara.kunci_dipakai(after.state)):
        app.objects.delete(key, even_locked=True)
    if line["what"] == LETTER:
        app.arsip.lupakan(line["surat"])
    return after.state != found.state


def _langkah(state: Perkara, line: Mapping[str, Any], at: Moment) -> Langkah:
    if line["what"] != LETTER:
        done = line["what"] in state.get("dihapus", {})
        return Langkah(perkara=state) if done else retensi.lagi(state, line["what"], at.real)
    letter = state["surat"].get(line["surat"])
    if letter is None or letter["status"] in (surat.MENUNGGU, surat.BATAL, surat.DIMUSNAHKAN):
        return Langkah(perkara=state)
    agreed = perkara.ubah_isi(state, "surat", line["surat"], musnah=line["musnah"])
    return musnah.selesai(agreed, line["surat"], at.now, at.real)


def buka(app: App, asked: Mapping[str, Any]) -> list[int]:
    """Book every number that the paper agenda has and the register has not, then let it give numbers again.

    `asked`: {kantor, tahun (0: this year), klasifikasi, nomor}. Raises `AgendaSalah`.
    """
    kantor, nomor = str(asked["kantor"]), int(asked["nomor"])
    office = app.rujukan.read("acuan", f"kantor.{kantor}")
    if office is None or office.state["data"] is None:
        raise AgendaSalah(f"Kantor {kantor} tidak dikenal.")
    now = app.clock.now()
    book = app.buku.buka(kantor, int(asked["tahun"]) or now.year, pengaturan(office.state["data"]))
    if book.pengaturan.seri_nomor == "per_klasifikasi" and not asked["klasifikasi"]:
        raise AgendaSalah("Kantor ini memberi nomor per klasifikasi: sebut klasifikasinya.")
    register, books, lock = (
        book.register(str(asked["klasifikasi"])), NomorDokumen(app.documents), KunciRegister(app.documents)
    )  # fmt: skip
    since, last = lock.sejak(register), books.akhir(register)
    if not since:
        raise AgendaSalah(f"Agenda {kantor}/{register.nama} tidak terkunci.")
    if not last <= nomor <= last + MOST:
        raise AgendaSalah(f"Nomor terakhir yang tercatat di sini {last}. Periksa lagi buku agenda: {nomor}?")
    note = {
        "oleh": "operator",
        "alasan": "pemulihan",
        "keterangan": "Diberikan sesudah cadangan dibuat. Isi dari buku agenda.",
        "kode_unit": office.state["data"]["kode_unit"],
        "dipesan": now.isoformat(),
    }
    booked = range(last + 1, nomor + 1)
    app.audit.append(kantor, actor="operator", action="register.dibuka", subject=f"{register.nama}/{nomor}")
    for urut in booked:
        books.ambil(register, f"pulih.{since}.{urut}", note, DIPESAN)
    lock.buka(register)
    return list(booked)
