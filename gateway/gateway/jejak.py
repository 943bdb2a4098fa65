"""GET /v1/jejak: "Siapa melihat data saya", joined from the audit chains of every service that holds a case.

pengajuan says whose case it is; the others are asked in the gateway's name for this one case. Residents read role and
office of whoever acted, never an official's name or account; the inspector of the area reads the account too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import request
from pydantic import BaseModel, Field

from chassis import trace
from gateway.akun import akun
from gateway.bootstrap import App, here
from web import identity, jejak
from web.identity import AUDIENCE, Identity
from web.problems import Problem

bp = APIBlueprint("jejak", __name__, tag="Warga")
OWNER, OTHERS = "pengajuan", ("dokumen", "persetujuan")
_SECONDS = 60
_TANPA_AKUN = frozenset({"ketua_rt", "ketua_rw"})  # who answers a link stands in the chain by his post
_WORDS = {  # beginnings of codes → what a resident reads; the first that fits
    "lihat_jejak": "Membuka daftar siapa melihat data ini",
    "jejak": "Membuka daftar siapa melihat data ini",
    "lihat_pengantar": "Membuka permintaan konfirmasi RT/RW",
    "jawab_pengantar": "Menjawab permintaan konfirmasi RT/RW",
    "lihat_": "Membuka permohonan",
    "periksa": "Memeriksa permohonan",
    "koreksi": "Membetulkan isian",
    "pindah": "Memindahkan ke kelurahan yang benar",
    "berkas.": "Membuka berkas",
    "formulir.": "Membuka formulir",
    "surat.dilihat": "Membuka keterangan surat",
    "surat.pdf": "Membuka surat",
    "surat.pratinjau": "Membaca rancangan surat",
    "surat.": "Mengurus surat",
    "verifikasi.": "Mencocokkan keaslian surat",
    "tugas.dilihat": "Membaca permohonan untuk diputuskan",
    "tugas.": "Memutuskan permohonan",
}


class Baris(BaseModel):
    waktu: str
    peran: str = Field(
        description="Role of who acted; `publik`, `ketua_rt`, `ketua_rw` without an account, `sistem` for the system."
    )
    kantor: str | None = Field(None, description="Code of the office or area he works for.")
    sendiri: bool = Field(description="Whether it was the caller himself.")
    tindakan: str
    keterangan: str = Field(description="The same in words.")
    layanan: str = Field(description="The service that wrote it down.")
    akun: str | None = Field(None, description="For the inspector only.")


class JejakKeluar(BaseModel):
    jejak: list[Baris] = Field(description="The newest first.")


@bp.get("/v1/jejak")
@bp.input(jejak.Tanya, location="query")
@bp.output(JejakKeluar)
@bp.doc(
    summary="Who read or decided my case; the inspector asks for any case of his area",
    responses={
        401: "belum-masuk",
        403: "dilarang",
        404: "tidak-ditemukan",
        422: "isi-salah",
        503: "layanan-tidak-tersedia",
        504: "layanan-terlalu-lama",
    },
)
def read(query_data: jejak.Tanya) -> Any:
    caller, app, id = identity.caller("warga", "inspektur"), here(), query_data.permohonan
    found = [(OWNER, row) for row in _asked(app, OWNER, id, request.headers["Authorization"])]
    claims: dict[str, Any] = {"sub": "gateway", "peran": "sistem", "wilayah": [], jejak.CLAIM: id}
    token = f"Bearer {app.signer.sign(AUDIENCE, _SECONDS, **claims)}"
    for service in OTHERS:
        found += [(service, row) for row in _asked(app, service, id, token)]
    found.sort(key=lambda each: each[1]["waktu"], reverse=True)
    # The gateway's own question, asked a moment ago in the caller's name, is no reading by somebody else.
    told = [_told(app, caller, service, row) for service, row in found if row["oleh"] != "gateway"]
    return {"jejak": told}


def _told(app: App, caller: Identity, service: str, row: Mapping[str, str]) -> dict[str, Any]:
    peran, kantor = _who(app, row)
    words = next(
        (w for start, w in _WORDS.items() if row["tindakan"].startswith(start)), "Mengurus permohonan"
    )
    return {
        "waktu": row["waktu"],
        "peran": peran,
        "kantor": kantor,
        "sendiri": row["oleh"] == caller.sub,
        "tindakan": row["tindakan"],
        "keterangan": words,
        "layanan": service,
        "akun": row["oleh"] if caller.peran == "inspektur" else None,
    }


def _who(app: App, row: Mapping[str, str]) -> tuple[str, str | None]:
    """Role and office now of who acted then."""
    if row["oleh"] in _TANPA_AKUN:
        return row["oleh"], None
    account = app.direktori.get(row["oleh"])
    if account is None:
        return ("publik" if row["tindakan"].startswith("verifikasi.") else "sistem"), None
    if account.state["jenis"] == akun.WARGA:
        return "warga", None
    return account.state["peran"], account.state["wilayah"][0]


def _asked(app: App, service: str, id: str, bearer: str) -> list[dict[str, str]]:
    """A service's entries; none where only the owner knows the case. Raises the owner's refusal as its own."""
    headers = {"authorization": bearer, "traceparent": trace.current()}
    response = app.upstreams[service].send("GET", f"/v1/jejak?permohonan={id}", headers, None)
    data = response.read(decode_content=True)
    response.release_conn()
    if response.status == 404 and service != OWNER:
        return []
    if response.status in (401, 403, 404):
        raise Problem({401: "belum-masuk", 403: "dilarang", 404: "tidak-ditemukan"}[response.status])
    if response.status != 200:
        raise Problem("layanan-tidak-tersedia")
    rows: list[dict[str, str]] = json.loads(data)["jejak"]
    return rows
