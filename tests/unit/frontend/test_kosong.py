"""Short forms that were sent empty name the box, without asking anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from chassis.metrics import Metrics
from frontend.aplikasi import create
from frontend.pengunjung import Pengunjung
from frontend.settings import Settings


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/masuk", "Isi nomor HP atau email Anda."),
        ("/masuk/kirim-ulang", "Isi nomor HP atau email Anda."),
        ("/masuk/pin", "Isi nomor akun di slip."),
        ("/masuk/petugas", "Isi nama akun."),
        ("/masuk/petugas/aplikasi", "Isi sandi."),
        ("/aktivasi", "Isi kode di slip."),
        ("/lacak", "Isi kode rahasia di tanda terima."),
    ],
)
def test_an_empty_form_says_what_to_write(tmp_path: Path, path: str, said: str) -> None:
    settings = Settings(env="test", data=tmp_path, gateway_url="http://127.0.0.1:1")
    app = create(settings, Metrics(settings.contracts), Pengunjung(0, tmp_path / "none", harus=False))
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post(path, data={})
    assert answer.status_code == 422
    assert answer.text.count(said) == 2  # above the form and at its box
    assert "Perlu diperbaiki:" in answer.text
