"""What a view reaches for: the gateway, asked as whoever is signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast

from flask import current_app, redirect, request, session
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from frontend import sesi
from frontend.gerbang import Gerbang, Jawaban
from frontend.settings import Settings

EXTENSION = "frontend"


def gerbang() -> Gerbang:
    return cast("Gerbang", current_app.extensions[EXTENSION])


def settings() -> Settings:
    return cast("Settings", current_app.config["SETTINGS"])


def ambil(path: str, **query: str) -> Any:
    """The JSON of a GET. Raises `Masalah`, `Terputus`."""
    return gerbang().minta("GET", path, token=sesi.token(), query=query).data


def lihat(path: str) -> Jawaban:
    """A GET with its ETag."""
    return gerbang().minta("GET", path, token=sesi.token())


def lakukan(path: str, isi: object, *, kunci: str = "", headers: Mapping[str, str] | None = None) -> Jawaban:
    """A POST; `kunci` comes from the page, so that sending a page twice does it once."""
    more = {"Idempotency-Key": kunci or request.form.get("kunci", "")}
    return gerbang().minta("POST", path, token=sesi.token(), isi=isi, headers={**more, **(headers or {})})


def ubah(path: str, isi: object, etag: str, method: str = "PATCH") -> Jawaban:
    return gerbang().minta(method, path, token=sesi.token(), isi=isi, headers={"If-Match": etag})


def perlu(*peran: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Only for these roles (any when none is named). A visitor is led to sign in and comes back here; somebody
    of another role is told that this page is not his: signing in as himself again would lead him nowhere.
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if sesi.akun() is None:
                return ke_masuk(staff=bool(peran) and sesi.WARGA not in peran)
            if peran and sesi.peran() not in peran:
                raise Forbidden
            return view(*args, **kwargs)

        return guarded

    return wrap


def ke_masuk(*, staff: bool, habis: bool = False) -> Response:
    """To the right sign-in page, which says so when a session ended; afterwards back to the page that was wanted."""
    if request.method == "GET":
        session["ke"] = request.full_path.rstrip("?")
    return redirect(("/masuk/petugas" if staff else "/masuk") + ("?habis=ya" if habis else ""), 303)
