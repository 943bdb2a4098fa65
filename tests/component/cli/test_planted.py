"""The real services after a real demo: whatever is damaged in their stores, `ekel check` names it and exits 1."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dokumen.adapters.authority import ensure_authority
from ekel.__main__ import app
from support.salinan import salin
from support.system import System

Sql = Callable[[str, str], None]
OFFICE = "3276011006"
CASE = "SELECT id FROM \"c.perkara\" WHERE json_extract(body, '$.state.layanan') = 'SKTM'"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One SKDOM and one SKTM from filing to hand-over; then every process is stopped."""
    folder = tmp_path_factory.mktemp("played") / "data"
    with System(folder) as system:
        done = system.demo("--quiet")
        assert done.returncode == 0, done.stdout + done.stderr
        system.check()
    return folder


@pytest.fixture
def data(played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    salin(played, tmp_path / "data")
    monkeypatch.setenv("EKEL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("EKEL_ENV", "test")
    return tmp_path / "data"


@pytest.fixture
def sql(data: Path) -> Sql:
    """Change rows of a SQLite file below the data folder, past every engine."""

    def run(file: str, statement: str) -> None:
        with closing(sqlite3.connect(data / file)) as database, database:
            assert database.execute(statement).rowcount > 0, "the damage hit nothing"

    return run


@pytest.fixture
def case(data: Path) -> str:
    """Id of the SKTM."""
    with closing(sqlite3.connect(data / "dokumen/documents.sqlite")) as database:
        return str(database.execute(CASE).fetchone()[0])


def test_an_undamaged_copy_is_fine(data: Path) -> None:
    result = CliRunner().invoke(app, ["check", "--wait", "0", "--json"])

    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["wrong"] == []


def test_c1_a_removed_event(sql: Sql, case: str) -> None:
    sql("log.sqlite", f"DELETE FROM records WHERE key = '{case}' AND headers LIKE '%tugas.dibuat%'")

    assert any(name == "C1" and case in id for name, id in found())


def test_c1_an_effect_that_is_missing(sql: Sql, case: str) -> None:
    sql("notifikasi/documents.sqlite", _set("kabar", case, 'inbox."dokumen/peristiwa"', "1"))

    assert ("C1", case) in found()


def test_c1_reference_data_that_a_service_did_not_take_in(sql: Sql) -> None:
    where = "id = 'kantor.3276011006'"
    sql("dokumen/documents.sqlite", f'DELETE FROM "c.rujukan" WHERE {where}')

    assert ("C1", "kantor.3276011006") in found()


def test_c2_an_event_that_never_left_its_outbox(sql: Sql) -> None:
    row = "'permohonan', '3276011006', 'x', '{}', '2020-01-01T00:00:00.000Z'"
    sql(
        "pengajuan/documents.sqlite",
        f"INSERT INTO outbox (collection, scope, id, entry, time) VALUES ({row})",
    )

    assert ("C2", "3276011006") in found()


@pytest.mark.parametrize(
    ("service", "collection", "path", "value"),
    [
        ("pengajuan", "permohonan", "state.status", "'ditolak'"),
        ("dokumen", "perkara", "state.tahap", "'entah'"),
        ("persetujuan", "kasus", "state.tahap", "'berjalan'"),
    ],
)
def test_c3_a_state_that_no_step_leads_to(
    sql: Sql, case: str, service: str, collection: str, path: str, value: str
) -> None:
    sql(f"{service}/documents.sqlite", _set(collection, case, path, value))

    assert ("C3", case) in found()


def test_c4_an_approved_case_without_its_letter(sql: Sql, case: str) -> None:
    sql("dokumen/documents.sqlite", _set("perkara", case, "state.surat", "json('{}')"))

    assert ("C4", case) in found()


def test_c5_a_number_that_is_gone(sql: Sql) -> None:
    sql("dokumen/documents.sqlite", "DELETE FROM \"c.nomor\" WHERE scope = '327601'")

    assert "C5" in {name for name, _ in found()}


def test_c6_an_object_that_is_gone(data: Path, case: str) -> None:
    paper = next(_objects(data, case))
    paper.unlink()

    assert "C6" in {name for name, _ in found()}


def test_c6_an_object_with_another_byte(data: Path, case: str) -> None:
    paper = next(_objects(data, case))
    content = bytearray(paper.read_bytes())
    content[len(content) // 2] ^= 1
    paper.chmod(0o600)
    paper.write_bytes(content)

    assert "C6" in {name for name, _ in found()}


def test_c7_seals_of_an_authority_that_is_not_ours(data: Path, tmp_path: Path) -> None:
    other = ensure_authority(tmp_path / "lain").folder
    for name in ("root.key", "root.pem"):
        (data / "keys/segel" / name).write_bytes((other / name).read_bytes())

    assert "C7" in {name for name, _ in found()}


def test_c8_a_message_that_was_never_promised(sql: Sql, case: str) -> None:
    row = f"scope, id || '.lain', rev, body FROM \"c.pesan\" WHERE json_extract(body, '$.permohonan') = '{case}'"
    sql("notifikasi/documents.sqlite", f'INSERT INTO "c.pesan" SELECT {row} LIMIT 1')

    assert ("C8", case) in found()


def test_c9_a_number_in_an_open_stream(sql: Sql, case: str) -> None:
    change = "value = CAST(json_set(value, '$.lain', '3276011203959001') AS BLOB)"
    sql(
        "log.sqlite",
        f"UPDATE records SET {change} WHERE key = '{case}' AND headers LIKE '%permohonan.diajukan%'",
    )

    assert any(name == "C9" and id.startswith("ekelurahan.peristiwa.v1.3276011006@") for name, id in found())


@pytest.mark.parametrize("service", ["pengajuan", "dokumen", "persetujuan", "gateway"])
def test_c10_an_entry_of_the_audit_that_was_rewritten(data: Path, sql: Sql, service: str) -> None:
    with closing(sqlite3.connect(data / f"{service}/audit.sqlite")) as database:
        scope = database.execute('SELECT scope FROM "c.audit"').fetchone()[0]
    change = "body = json_set(body, '$.actor', 'orang.lain')"
    sql(
        f"{service}/audit.sqlite", f"UPDATE \"c.audit\" SET {change} WHERE scope = '{scope}' AND id LIKE '%1'"
    )

    assert ("C10", scope) in found()


def test_c10_an_entry_of_the_audit_that_was_taken_out(sql: Sql) -> None:
    sql("dokumen/audit.sqlite", f"DELETE FROM \"c.audit\" WHERE scope = '{OFFICE}' AND id LIKE '%2'")

    assert ("C10", OFFICE) in found()


@pytest.mark.parametrize("service", ["pengajuan", "dokumen", "persetujuan", "gateway"])
def test_c14_an_audit_chain_that_was_cut(data: Path, sql: Sql, service: str) -> None:
    with closing(sqlite3.connect(data / f"{service}/audit.sqlite")) as database:
        scope, last = database.execute('SELECT scope, max(id) FROM "c.audit" GROUP BY scope').fetchone()
    sql(f"{service}/audit.sqlite", f"DELETE FROM \"c.audit\" WHERE scope = '{scope}' AND id = '{last}'")

    assert found() == [("C14", scope)]


def test_c11_a_parked_application_of_which_nobody_was_told(sql: Sql, case: str) -> None:
    place = '{"topic": "ekelurahan.peristiwa.v1.3276011006", "offset": 0, "event": "x", "reason": "y", "since": "z"}'
    parked = f"json_set(body, '$.parked', json('[{place}]'), '$.parked_since', '2026-01-01T00:00:00.000Z')"
    sql("persetujuan/documents.sqlite", f"UPDATE \"c.kasus\" SET body = {parked} WHERE id = '{case}'")

    assert ("C11", case) in found()


def test_c12_a_letter_that_the_events_do_not_know(sql: Sql, case: str) -> None:
    sql("dokumen/documents.sqlite", _set("perkara", case, "state.surat.lain", 'json(\'{"terbit": "x"}\')'))

    assert ("C12", case) in found()


def test_c13_a_personal_half_that_was_lost(sql: Sql, case: str) -> None:
    path = '$.inbox."pengajuan/pribadi/pemohon.dibagikan"'
    sql(
        "dokumen/documents.sqlite",
        f"UPDATE \"c.perkara\" SET body = json_remove(body, '{path}') WHERE id = '{case}'",
    )

    assert ("C13", case) in found()


def test_the_roles_log_no_contact(data: Path) -> None:
    text = "".join(file.read_text() for file in (data / "log").glob("*.log"))

    assert text
    assert "@warga.example" not in text


def found() -> list[tuple[str, str]]:
    """(invariant, id) of a check that must exit 1."""
    result = CliRunner().invoke(app, ["check", "--wait", "0", "--json"])
    assert result.exit_code == 1, result.output
    report: dict[str, Any] = json.loads(result.output)
    return [(wrong["invariant"], wrong["id"]) for wrong in report["wrong"]]


def _set(collection: str, id: str, path: str, value: str) -> str:
    return f"UPDATE \"c.{collection}\" SET body = json_set(body, '$.{path}', {value}) WHERE id = '{id}'"


def _objects(data: Path, case: str) -> Any:
    folder = data / "objects" / "objects" / "3276011006" / case
    return (file for file in sorted(folder.iterdir()) if file.is_file())
