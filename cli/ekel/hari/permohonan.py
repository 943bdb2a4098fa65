"""An application as somebody fills it in: a draft, its papers, filing; mistyped numbers are told by the form."""

from __future__ import annotations

from typing import Any

from ekel.demo.client import Client
from ekel.demo.stage import expect, until
from ekel.hari import berkas, formulir, rt_rw
from ekel.hari.buku import Kasus
from ekel.hari.formulir import Pengisi
from ekel.hari.hari import Hari
from ekel.hari.rencana import Lakon


def ajukan(hari: Hari, client: Client, kasus: Kasus, pemohon: dict[str, Any] | None = None) -> None:
    """From the empty form to the receipt. Raises `Unexpected`."""
    visit = kasus.kunjungan
    asked: dict[str, Any] = {
        "layanan": visit.layanan,
        "kantor": kasus.kantor.kode,
        "hubungan": "diri_sendiri",
        "jawaban": _jawaban(hari, client, kasus),
    }
    case = client.post("/v1/permohonan", asked | ({"pemohon": pemohon} if pemohon else {}), wanted=201)
    hari.buku.dibuat(kasus, case["id"], case["nomor_resi"])
    path = f"/v1/permohonan/{kasus.id}"
    if visit.lakon is Lakon.RT_RW:
        rt_rw.minta(hari, client, kasus, case)
    body = {"syarat": berkas.jalan(hari, client, kasus, case), "pernyataan_benar": True}
    if visit.lakon is Lakon.NIK_KURANG:
        _ditolak(hari, client, kasus, f"{path}/ajukan", body)
    client.post(f"{path}/ajukan", body)


def _jawaban(hari: Hari, client: Client, kasus: Kasus) -> dict[str, Any]:
    """The form as the API tells it now; its number mistyped where that is the play."""
    visit = kasus.kunjungan
    fields = client.get(f"/v1/layanan/{visit.layanan}")["medan"]
    filler = Pengisi(
        layanan=visit.layanan, orang=kasus.orang, hari_ini=hari.hari_ini, rng=hari.rng(kasus, "isian")
    )
    answers = formulir.isi(fields, filler)
    if visit.lakon in {Lakon.NIK_SALAH, Lakon.NIK_KURANG}:
        kasus.salah = formulir.nik_utama(fields, answers)
        kasus.nik = answers[kasus.salah]
        last = str((int(kasus.nik[-1]) + 1) % 10) if visit.lakon is Lakon.NIK_SALAH else ""
        answers[kasus.salah] = kasus.nik[:-1] + last
    if visit.lakon is Lakon.RT_RW:
        answers = {name: value for name, value in answers.items() if name not in rt_rw.KERTAS}
    return answers


def _ditolak(hari: Hari, client: Client, kasus: Kasus, path: str, body: dict[str, Any]) -> None:
    """The form says which field is wrong, the resident mends it."""
    told = client.call("POST", path, body=body, wanted=422).data
    named = [error["pointer"] for error in told.get("errors", ())]
    expect(f"/jawaban/{kasus.salah}" in named, f"a short NIK was not named: {told}")
    where = path.removesuffix("/ajukan")
    body = {"jawaban": {kasus.salah: kasus.nik}}

    def mended() -> bool | None:
        """A paper found clean meanwhile changes the draft too: then it is read again."""
        tag = client.call("GET", where).headers["ETag"]
        sent = client.ask("PATCH", where, body=body, headers={"If-Match": tag})
        expect(sent.status in (200, 412), f"a mended form was answered {sent.status}")
        return True if sent.status == 200 else None

    until(mended, f"{kasus} corrected in the form", hari.sabar)
