"""SKTM: a walk-in; the clerk files and scans, the lurah signs, then the camat countersigns with a number of his own."""

from __future__ import annotations

from datetime import date

from ekel.demo import petugas, verifikasi, warga
from ekel.demo.people import resident, sktm
from ekel.demo.stage import Stage, expect

OFFICE, NAME, KECAMATAN = "3276011006", "depok", "pancoranmas"


def play(stage: Stage, seed: int, today: date) -> str:
    """From the counter to the printed letter; the application's id. Raises `Unexpected`."""
    person = resident(seed)
    clerk = petugas.sign_in(stage, f"loket.{NAME}")
    service = stage.client.get("/v1/layanan/SKTM")
    stage.step(f"{person.nama} datang ke loket untuk {service['nama']}")
    body = {
        "layanan": "SKTM",
        "kantor": OFFICE,
        "hubungan": "diri_sendiri",
        "pemohon": {"nama": person.nama, "nik": person.nik},
        "jawaban": sktm(person, today),
    }
    case = clerk.post("/v1/permohonan", body, wanted=201)
    id, codes = str(case["id"]), warga.wanted(case)
    for code in codes:
        warga.upload(stage, clerk, case, code)
    ways = [{"kode": code, "cara": "unggah"} for code in codes]
    clerk.post(f"/v1/permohonan/{id}/ajukan", {"syarat": ways, "pernyataan_benar": True})
    stage.step(f"Petugas mengajukan atas nama pemohon, resi {case['nomor_resi']}")
    stage.stream.wait(id, "pengajuan.permohonan.siap_diperiksa")
    petugas.check(stage, clerk, id)
    petugas.decide(stage, f"kasi.{NAME}", id, "paraf")
    petugas.decide(stage, f"lurah.{NAME}", id, "setuju")
    petugas.decide(stage, f"kasi.kec.{KECAMATAN}", id, "paraf")
    petugas.decide(stage, f"sekcam.{KECAMATAN}", id, "paraf")
    petugas.decide(stage, f"camat.{KECAMATAN}", id, "setuju")
    letter = petugas.letter(stage, clerk, id)
    expect(len(letter["nomor"]) == 2, f"a number of each office was expected: {letter['nomor']}")
    stage.step(f"Surat terbit dengan nomor {' dan '.join(petugas.numbers(letter))}")
    petugas.hand_over(stage, clerk, letter["id"], warga.originals(case))
    stage.stream.wait(id, "dokumen.surat.diserahkan")
    pdf = clerk.call("GET", f"/v1/surat/{letter['id']}/pdf").content
    verifikasi.verify(stage, petugas.numbers(letter)[0], pdf)
    return id
