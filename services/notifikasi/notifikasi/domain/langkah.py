"""Which event makes which message, and for whom (R19); one table, so that nothing is told twice or never."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from notifikasi.domain.kabar import Kabar

PEMOHON = "pemohon"
GANGGUAN = "tertahan"
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kirim:
    """A message that an event asks for. `jeda`: its words travel apart and may come a moment later."""

    langkah: str
    kunci: str
    kepada: str = PEMOHON
    isi: Mapping[str, str] = field(default_factory=dict)
    jeda: bool = False


Aturan = Callable[[Kabar, Data], tuple[Kirim, ...]]


def _warga(langkah: str) -> Aturan:
    """One message to the applicant, once per round."""

    def rule(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
        return (Kirim(langkah=langkah, kunci=f"{langkah}.{_round(kabar, data)}"),)

    return rule


def _petugas(langkah: str) -> Aturan:
    """One message to the counter of the office, once per round."""

    def rule(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
        inbox = f"peran:petugas_loket:{kabar.kantor}"
        return (Kirim(langkah=langkah, kunci=f"{langkah}.{_round(kabar, data)}", kepada=inbox),)

    return rule


def _dengan_kata(langkah: str, sumber: str) -> Aturan:
    """One message to the applicant with the words of `sumber`; a return to the kelurahan is no news for him."""

    def rule(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
        if data.get("target", "warga") != "warga":
            return ()
        codes = [point["kode"] for point in data.get("kekurangan", ())] or [data.get("alasan", "")]
        said = {"sumber": sumber, "putaran": str(data["putaran"]), "kode": " ".join(codes)}
        return (Kirim(langkah=langkah, kunci=f"{langkah}.{data['putaran']}", isi=said, jeda=True),)

    return rule


def _terusan(langkah: str, kode: str) -> Aturan:
    """One message to the applicant of a forwarded case, with the counter's words."""

    def rule(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
        said = {"sumber": "pengajuan", "putaran": str(data["putaran"]), "kode": kode}
        nth = data.get("hasil", data["putaran"])
        return (Kirim(langkah=langkah, kunci=f"{langkah}.{nth}", isi=said, jeda=True),)

    return rule


def _ingatkan(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A reminder names the last day; each last day has two of them."""
    until = str(data["sampai"])
    told = sum(1 for key in kabar.janji if key.startswith(f"ingat.{until}."))
    return (Kirim(langkah="ingat", kunci=f"ingat.{until}.{told + 1}", isi={"jatuh_tempo": until}),)


def kata(kabar: Kabar, isi: Mapping[str, str]) -> tuple[str, ...]:
    """The words that belong to a message's codes; those of another round or of another decision do not."""
    notes = kabar.catatan.get(isi.get("sumber", ""), {})
    if str(notes.get("putaran")) != isi.get("putaran"):
        return ()
    return tuple(notes["teks"][code] for code in isi["kode"].split() if code in notes["teks"])


def _tugas(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A task: its officials hear of it; the first of a round tells the applicant the date due."""
    inbox = f"peran:{data['peran']}:{data['kantor']}"
    due = {"jatuh_tempo": data["jatuh_tempo"]}
    word = "ditunggu" if data.get("ditunggu") else "tugas"
    task = Kirim(langkah=word, kunci=f"tugas.{data['tugas']}", kepada=inbox, isi=due)
    last = {"jatuh_tempo": max(kabar.tenggat.values(), default=data["jatuh_tempo"])}
    complete = Kirim(langkah="lengkap", kunci=f"lengkap.{data['putaran']}", isi=last)
    return (task, complete)


def _ditunggu(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """The resident waits at the counter: the task's officials hear it at once."""
    return (_pejabat("ditunggu", f"ditunggu.{data['tugas']}", data, data["peran"], data["kantor"]),)


def _dekat(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """Some hours before a task is due: its officials."""
    return (_pejabat("dekat", f"dekat.{data['tugas']}", data, data["peran"], data["kantor"]),)


def _terlambat(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A task is overdue: its officials at once (R12), and the counter, where the resident will ask."""
    key = f"terlambat.{data['tugas']}"
    return (
        _pejabat("terlambat", key, data, data["peran"], data["kantor"]),
        _pejabat("terlambat_loket", f"{key}.loket", data, "petugas_loket", kabar.kantor),
    )


def _eskalasi(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """Those above a late task hear of it; they cannot decide it (R12)."""
    key = f"eskalasi.{data['tugas']}.{data['urut']}"
    return (_pejabat("eskalasi", key, data, data["kepada_peran"], data["kepada_kantor"]),)


def _pejabat(langkah: str, kunci: str, data: Data, peran: str, kantor: str) -> Kirim:
    due = {"jatuh_tempo": data["jatuh_tempo"]}
    return Kirim(langkah=langkah, kunci=kunci, kepada=f"peran:{peran}:{kantor}", isi=due)


def _siap(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    way = {"langsung": "siap_langsung", "hanya_loket": "siap_loket"}.get(data.get("rilis", ""), "siap_asli")
    return (Kirim(langkah=way, kunci=f"siap.{data['surat']}"),)


def _diajukan(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A case that was moved here is told as such, with its new receipt; its old half tells nothing (R7)."""
    return _warga("dipindah" if "pindah_dari" in data else "diterima")(kabar, data)


def _ditutup(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    return _warga("kedaluwarsa")(kabar, data) if data["sebab"] == "kedaluwarsa" else ()


def _per_surat(langkah: str) -> Aturan:
    def rule(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
        return (Kirim(langkah=langkah, kunci=f"{langkah}.{data['surat']}"),)

    return rule


def _dicabut(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """Revoked: the applicant hears it, and the lurah when a clerk did it over an original that does not fit (R8)."""
    told = _per_surat("dicabut")(kabar, data)
    if data["alasan"] != "asli_tidak_sesuai":
        return told
    inbox = f"peran:lurah:{kabar.kantor}"
    return (*told, Kirim(langkah="asli_tidak_sesuai", kunci=f"asli.{data['surat']}", kepada=inbox))


ATURAN: Final[Mapping[str, Aturan]] = {
    "pengajuan.permohonan.diajukan": _diajukan,
    "pengajuan.permohonan.siap_diperiksa": _petugas("periksa"),
    "pengajuan.permohonan.dikembalikan": _dengan_kata("kurang", "pengajuan"),
    "pengajuan.permohonan.dibatalkan": _warga("dibatalkan"),
    "pengajuan.permohonan.ditutup": _ditutup,
    "pengajuan.permohonan.diingatkan": _ingatkan,
    "pengajuan.permohonan.diteruskan": _terusan("diteruskan", "diteruskan"),
    "pengajuan.hasil.diterima": _terusan("hasil", "hasil"),
    "persetujuan.tugas.dibuat": _tugas,
    "persetujuan.tugas.ditunggu": _ditunggu,
    "persetujuan.tugas.dieskalasi": _eskalasi,
    "persetujuan.tenggat.didekati": _dekat,
    "persetujuan.tenggat.terlewati": _terlambat,
    "persetujuan.permohonan.dikembalikan": _dengan_kata("dikembalikan", "persetujuan"),
    "persetujuan.permohonan.ditolak": _dengan_kata("ditolak", "persetujuan"),
    "persetujuan.pembatalan.ditolak": _warga("batal_ditolak"),
    "dokumen.pembatalan.ditolak": _warga("batal_ditolak"),
    "dokumen.surat.diterbitkan": _siap,
    "dokumen.surat.diserahkan": _per_surat("diserahkan"),
    "dokumen.surat.dicabut": _dicabut,
    "dokumen.surat.ditahan": _petugas("surat_tertahan"),
}


def tertahan(kabar: Kabar, layanan: str, kejadian: str) -> tuple[Kirim, ...]:
    """Trouble with one case (R14): the office's counter and the operator are told."""
    told = {"tempat": layanan}
    inboxes = {
        "loket": f"peran:petugas_loket:{kabar.kantor}",
        "operator": f"peran:operator:{kabar.kantor[:4]}",
    }
    return tuple(
        Kirim(langkah=GANGGUAN, kunci=f"tertahan.{who}.{kejadian}", kepada=inbox, isi=told)
        for who, inbox in inboxes.items()
    )


def _round(kabar: Kabar, data: Data) -> int:
    return int(data.get("putaran", kabar.putaran))
