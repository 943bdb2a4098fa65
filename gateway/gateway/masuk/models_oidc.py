"""Sign-in at the city's provider over HTTP."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class OidcAlamat(BaseModel):
    """Send the browser to `alamat`; keep `permintaan` and give it back with the code."""

    alamat: str
    permintaan: str
    berlaku_menit: int


class OidcSelesai(BaseModel):
    """What the provider appended to our address, and the secret of the question."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    permintaan: str = Field(min_length=20, max_length=100)
    code: str = Field(min_length=1, max_length=2048)
    state: str = Field(min_length=1, max_length=200)
