"""SKDOM: a resident files from a phone, the lurah signs, the letter is released when the originals were seen."""

from __future__ import annotations

from datetime import date

from ekel.demo import petugas, verifikasi, warga
from ekel.demo.people import resident, skdom
from ekel.demo.stage import Stage, expect

OFFICE, NAME = "3276011008", "pancoranmas"


def play(stage: Stage, seed: int, today: date) -> str:
    """From sign-in to the downloaded letter; the application's id. Raises `Unexpected`."""
    person = resident(seed)
    phone = warga.sign_in(stage, person)
    service = stage.client.get("/v1/layanan/SKDOM")
    stage.step(f"Membuka {service['nama']}: {service['ringkasan']}")
    body = {"layanan": "SKDOM", "kantor": OFFICE, "hubungan": "diri_sendiri", "jawaban": skdom(person, today)}
    case = phone.post("/v1/permohonan", body, wanted=201)
    id, codes = str(case["id"]), warga.wanted(case)
    stage.step(f"Mengisi formulir; perlu {', '.join(codes)}")
    for code in codes:
        warga.upload(stage, phone, case, code)
    ways = [{"kode": code, "cara": "unggah"} for code in codes]
    phone.post(f"/v1/permohonan/{id}/ajukan", {"syarat": ways, "pernyataan_benar": True})
    stage.step(f"Permohonan diajukan, resi {case['nomor_resi']}")
    stage.stream.wait(id, "pengajuan.permohonan.siap_diperiksa")
    clerk = petugas.sign_in(stage, f"loket.{NAME}")
    petugas.check(stage, clerk, id)
    petugas.decide(stage, f"kasi.{NAME}", id, "paraf")
    petugas.decide(stage, f"lurah.{NAME}", id, "setuju")
    letter = petugas.letter(stage, clerk, id)
    stage.step(f"Surat terbit dengan nomor {' dan '.join(petugas.numbers(letter))}")
    early = phone.ask("GET", f"/v1/surat/{letter['id']}/pdf")
    expect(early.status in (403, 409), f"before the originals were seen the download answered {early.status}")
    stage.step("Warga belum bisa mengunduh: berkas asli belum dilihat")
    petugas.hand_over(stage, clerk, letter["id"], warga.originals(case))
    stage.stream.wait(id, "dokumen.surat.diserahkan")
    pdf = phone.call("GET", f"/v1/surat/{letter['id']}/pdf").content
    stage.step(f"Warga mengunduh surat ({len(pdf) // 1024} KB)")
    verifikasi.verify(stage, petugas.numbers(letter)[0], pdf)
    tracked = stage.client.post(
        "/v1/lacak", {"nomor_resi": case["nomor_resi"], "rahasia": case["rahasia_resi"]}
    )
    stage.step(f"Lacak tanpa akun: {tracked['tampilan']}. {tracked['langkah_berikut']}")
    for message in phone.get("/v1/pesan")["pesan"]:
        stage.narrator.note(f"pesan: {message['judul']}")
    return id
