"""An Android app may show these pages as its own only when the operator names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chassis.metrics import Metrics
from frontend.aplikasi import create
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings

ALAMAT = "/.well-known/assetlinks.json"
SIDIK = ":".join(["AB"] * 32)


def pages(folder: Path, **more: str) -> FlaskClient:
    settings = Settings.model_validate({"env": "test", "data": folder, **more})
    return create(
        settings, Metrics(settings.contracts), Pengunjung(0, folder / "none", harus=False)
    ).test_client()


def test_the_app_that_is_named_is_told_with_its_keys(tmp_path: Path) -> None:
    answer = pages(tmp_path, android_paket="id.depok.contoh", android_sidik=f"{SIDIK},{SIDIK}").get(ALAMAT)

    assert answer.mimetype == "application/json"
    [told] = answer.json or []
    assert told["relation"] == ["delegate_permission/common.handle_all_urls"]
    assert told["target"]["package_name"] == "id.depok.contoh"
    assert told["target"]["sha256_cert_fingerprints"] == [SIDIK, SIDIK]


@pytest.mark.parametrize("more", [{}, {"android_paket": "id.depok.contoh"}, {"android_sidik": SIDIK}])
def test_without_a_name_and_a_key_no_app_is_trusted(tmp_path: Path, more: dict[str, str]) -> None:
    assert pages(tmp_path, **more).get(ALAMAT).status_code == 404


@pytest.mark.parametrize("sidik", ["ab", SIDIK.lower(), f"{SIDIK};{SIDIK}"])
def test_a_fingerprint_that_is_none_is_refused_at_the_start(tmp_path: Path, sidik: str) -> None:
    with pytest.raises(ValueError, match="android_sidik"):
        pages(tmp_path, android_paket="id.depok.contoh", android_sidik=sidik)
