"""Who must have given a second factor: signers, who stands in for one now, and whoever installed one (R12).

Asked at sign-in, again whenever a session is believed anew, and before deciding: rights may come after the sign-in.
"""

from __future__ import annotations

from chassis.aggregate import Aggregates
from chassis.causes import State
from gateway.akun import akun
from gateway.pantau.status import ACUAN

SIGNERS = frozenset({"lurah", "camat"})


class Wajib:
    """`rujukan` holds officials as persetujuan tells them."""

    def __init__(self, rujukan: Aggregates) -> None:
        self._rujukan = rujukan

    def __call__(self, id: str, account: State) -> bool:
        """For this account, now."""
        if account["jenis"] != akun.PETUGAS:
            return False
        if account["peran"] in SIGNERS or (account.get("totp") or {}).get("aktif"):
            return True
        official = self._rujukan.read(ACUAN, f"pejabat.{id}")
        return official is not None and bool(official.state.get("wewenang"))
