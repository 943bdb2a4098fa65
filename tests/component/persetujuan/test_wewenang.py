"""Who may see and decide what: role, office, section, own case, drafter, confirmation, and who was first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from chassis.audit import COLLECTION
from chassis.ids import new_id
from support.meja import KK, NIK, Meja


def slug(answer: object) -> str:
    body = answer.json  # type: ignore[attr-defined]
    return str(body["type"]).rsplit(":", 1)[1]


def test_an_inbox_holds_what_waits_for_this_role_of_this_office_by_due_time(meja: Meja) -> None:
    later = new_id()
    meja.pribadi(later)
    meja.lengkap(later, waktu="2026-01-20T03:00:00.000Z")
    sooner = meja.mulai()

    assert [row["permohonan"] for row in meja.kotak("kasi")] == [sooner, later]
    assert meja.kotak("lurah") == []
    assert meja.kotak("kasi", wilayah=["3276051004"]) == []
    assert meja.kotak("kasi")[0]["nama_layanan"] == "Surat Keterangan Domisili"


def test_an_inbox_is_read_in_pages(meja: Meja) -> None:
    ids = [meja.mulai() for _ in range(3)]

    first = meja.get("kasi", "/v1/tugas?batas=2").json
    assert first is not None
    rest = meja.get("kasi", f"/v1/tugas?batas=2&cursor={first['cursor']}").json
    assert rest is not None

    assert sorted(row["permohonan"] for row in first["tugas"] + rest["tugas"]) == sorted(ids)
    assert rest["cursor"] is None


def test_a_kasi_with_a_section_sees_only_its_services(meja: Meja) -> None:
    official = {
        "nama": "Bagas Wiratama, S.A.P.",
        "jabatan": "Kepala Seksi Kesejahteraan",
        "peran": "kasi",
        "kantor": "3276011006",
        "seksi": "kesejahteraan",
    }
    saved = meja.put("admin_kantor", "/v1/pejabat/kasi.depok", official, **{"If-None-Match": "*"})
    assert saved.status_code == 200, saved.text
    domisili, miskin = meja.mulai("SKDOM"), meja.mulai("SKTM")

    assert [row["permohonan"] for row in meja.kotak("kasi")] == [miskin]
    assert slug(meja.putus("kasi", meja.kasus(domisili)["terbuka"]["id"])) == "bukan-wewenang"


def test_a_task_is_shown_with_its_data_and_the_reading_is_recorded(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]

    shown = meja.get("kasi", f"/v1/tugas/{tugas}")

    assert shown.json is not None
    assert shown.json["subjek"][0]["nik"] == NIK
    assert shown.json["pilihan"] == ["paraf", "kembalikan"]
    assert shown.json["boleh_memutus"] is True
    assert [b["syarat"] for b in shown.json["berkas"]] == ["KTP", "KK"]
    entries = [d.body for d in meja.app.chain.find(COLLECTION.name, {"scope": "3276011006"})]
    assert [(e["actor"], e["action"], e["subject"]) for e in entries] == [("kasi.depok", "tugas.dilihat", id)]


def test_another_kecamatan_sees_nothing(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]

    assert meja.get("camat", f"/v1/tugas/{tugas}", wilayah=["327605"]).status_code == 403
    assert slug(meja.putus("kasi", tugas, claims={"wilayah": ["3276051004"]})) == "dilarang"
    assert meja.get("warga", "/v1/tugas").status_code == 403
    assert meja.client.get("/v1/tugas").status_code == 401


def test_another_role_cannot_decide(meja: Meja) -> None:
    id = meja.mulai()

    assert slug(meja.putus("lurah", meja.kasus(id)["terbuka"]["id"], "setuju")) == "bukan-wewenang"


def test_nobody_decides_his_own_case_or_that_of_his_family(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]

    own = meja.putus("kasi", tugas, claims={"nik_h": meja.samar("nik", NIK)})
    family = meja.putus("kasi", tugas, claims={"kk_h": meja.samar("kk", KK)})

    assert (slug(own), slug(family)) == ("perkara-sendiri", "perkara-sendiri")


def test_the_drafter_never_signs(meja: Meja) -> None:
    id = meja.mulai()

    refused = meja.putus("kasi", meja.kasus(id)["terbuka"]["id"], claims={"sub": "loket.mekarjaya"})

    assert slug(refused) == "konseptor-bukan-penanda-tangan"


def test_an_approval_needs_a_fresh_confirmation_for_exactly_this_task(meja: Meja) -> None:
    id = meja.mulai()
    meja.jalan(id, ("kasi", "paraf"))
    tugas = meja.kasus(id)["terbuka"]["id"]
    other = meja.konfirmasi("lurah.depok", new_id())

    assert slug(meja.putus("lurah", tugas, "setuju", konfirmasi=False)) == "konfirmasi-wajib"
    headers = meja._caller("lurah") | {"Idempotency-Key": new_id(), "X-Konfirmasi": other}
    path = f"/v1/tugas/{tugas}/keputusan"
    assert slug(meja.client.post(path, json={"keputusan": "setuju"}, headers=headers)) == "konfirmasi-wajib"
    assert meja.putus("lurah", tugas, "setuju").status_code == 200


def test_a_decided_task_names_the_role_that_decided(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]
    meja.putus("kasi", tugas)

    late = meja.putus("kasi", tugas, claims={"sub": "kasi.dua.depok"})

    assert (late.status_code, slug(late)) == (409, "tugas-sudah-diputus")
    assert late.json is not None
    assert "kepala seksi" in late.json["detail"]


def test_the_same_key_decides_once_and_gets_the_same_answer(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]

    answers = [meja.putus("kasi", tugas, kunci="kunci-yang-sama") for _ in range(3)]

    assert [a.status_code for a in answers] == [200, 200, 200]
    assert len({a.text for a in answers}) == 1
    meja.quiet()
    assert meja.near.told("persetujuan", id).count("tugas.diputuskan") == 1


def test_of_officials_who_decide_at_the_same_moment_one_succeeds(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]

    def decide(number: int) -> int:
        # A client of its own: the test client is not made for threads.
        headers = meja._caller("kasi", sub=f"kasi.{number}.depok") | {"Idempotency-Key": new_id()}
        path = f"/v1/tugas/{tugas}/keputusan"
        answer = meja.flask.test_client().post(path, json={"keputusan": "paraf"}, headers=headers)
        return answer.status_code

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(decide, range(8)))

    assert codes == [200, *[409] * 7]
    assert len([t for t in meja.kasus(id)["tugas"] if t["langkah"] == "tanda_tangan_lurah"]) == 1


def test_an_old_version_is_refused(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]
    headers = meja._caller("kasi") | {"Idempotency-Key": new_id(), "If-Match": '"99"'}

    answer = meja.client.post(f"/v1/tugas/{tugas}/keputusan", json={"keputusan": "paraf"}, headers=headers)

    assert answer.status_code == 412


def test_a_decision_without_its_reasons_is_refused(meja: Meja) -> None:
    id = meja.mulai()
    tugas = meja.kasus(id)["terbuka"]["id"]

    assert slug(meja.putus("kasi", tugas, "kembalikan")) == "keputusan-tidak-sesuai"
    assert slug(meja.putus("kasi", tugas, "tolak", alasan="lainnya")) == "keputusan-tidak-sesuai"
    wrong = meja.putus("kasi", tugas, "entah")
    assert (wrong.status_code, slug(wrong)) == (422, "isi-salah")


def test_an_unknown_task_is_not_found(meja: Meja) -> None:
    assert meja.get("kasi", f"/v1/tugas/{new_id()}").status_code == 404
    assert meja.get("kasi", "/v1/tugas/entah").status_code == 404
