"""Which event makes which message, and for whom (R19); one table, so that nothing is told twice or never."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notifikasi.domain import pejabat, pengantar
from notifikasi.domain.kabar import Kabar
from notifikasi.domain.kirim import Aturan, Data, Kirim

GANGGUAN = "tertahan"


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


def _siap(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A case's letters are told once, with the last of them; a corrected one is told alone."""
    if data.get("sisa"):
        return ()
    way = {"langsung": "siap_langsung", "hanya_loket": "siap_loket"}.get(data.get("rilis", ""), "siap_asli")
    return (Kirim(langkah=way, kunci=f"siap.{data['surat']}", isi=_jenis(data)),)


def _jenis(data: Data) -> dict[str, str]:
    """Which letters a message names, where it is not the service's own alone."""
    alone = [data["jenis"]] if data.get("jenis") else []
    kinds = alone if data.get("mengganti") else data.get("hasil") or alone
    return {"jenis": " ".join(kinds)} if kinds else {}


def _ditahan(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A letter that cannot go on: the counter, and the signer when it is his signature that failed."""
    return (*_petugas("surat_tertahan")(kabar, data), *pejabat.tanda_gagal(kabar, data))


def _diajukan(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """A case that was moved here is told as such, with its new receipt; its old half tells nothing (R7)."""
    return _warga("dipindah" if "pindah_dari" in data else "diterima")(kabar, data)


def _ditutup(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    return _warga("kedaluwarsa")(kabar, data) if data["sebab"] == "kedaluwarsa" else ()


def _diserahkan(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """The case is over with the last of its letters."""
    return () if data.get("sisa") else (Kirim(langkah="diserahkan", kunci=f"diserahkan.{data['surat']}"),)


def _dicabut(kabar: Kabar, data: Data) -> tuple[Kirim, ...]:
    """Revoked: the applicant hears it, and the lurah when a clerk did it over an original that does not fit (R8)."""
    if data.get("bersama"):
        return ()  # told with the letter that was revoked in the same step
    named = _jenis(data)
    told = Kirim(langkah="dicabut", kunci=f"dicabut.{data['surat']}", isi=named)
    if data["alasan"] != "asli_tidak_sesuai":
        return (told,)
    inbox = f"peran:lurah:{kabar.kantor}"
    key = f"asli.{data['surat']}"
    return (told, Kirim(langkah="asli_tidak_sesuai", kunci=key, kepada=inbox, isi=named))


ATURAN: Final[Mapping[str, Aturan]] = {
    "pengajuan.permohonan.diajukan": _diajukan,
    "pengajuan.permohonan.siap_diperiksa": _petugas("periksa"),
    "pengajuan.permohonan.dikembalikan": _dengan_kata("kurang", "pengajuan"),
    "pengajuan.permohonan.dibatalkan": _warga("dibatalkan"),
    "pengajuan.permohonan.ditutup": _ditutup,
    "pengajuan.permohonan.diingatkan": _ingatkan,
    "pengajuan.permohonan.diteruskan": _terusan("diteruskan", "diteruskan"),
    "pengajuan.pengantar.diminta": pengantar.diminta,
    "pengajuan.pengantar.diterbitkan": pengantar.diterbitkan,
    "pengajuan.pengantar.ditutup": pengantar.ditutup,
    "pengajuan.hasil.diterima": _terusan("hasil", "hasil"),
    "persetujuan.tugas.dibuat": pejabat.tugas,
    "persetujuan.tugas.ditunggu": pejabat.ditunggu,
    "persetujuan.tugas.dieskalasi": pejabat.eskalasi,
    "persetujuan.tenggat.didekati": pejabat.dekat,
    "persetujuan.tenggat.terlewati": pejabat.terlambat,
    "persetujuan.permohonan.dikembalikan": _dengan_kata("dikembalikan", "persetujuan"),
    "persetujuan.permohonan.ditolak": _dengan_kata("ditolak", "persetujuan"),
    "persetujuan.pembatalan.ditolak": _warga("batal_ditolak"),
    "dokumen.pembatalan.ditolak": _warga("batal_ditolak"),
    "dokumen.surat.diterbitkan": _siap,
    "dokumen.surat.diserahkan": _diserahkan,
    "dokumen.surat.dicabut": _dicabut,
    "dokumen.surat.ditahan": _ditahan,
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
