"""A service's form as pages: fields from the catalogue in short steps, values from a posted form and back.

What is asked is the catalogue's business; `bila` (data, see the API) only decides which page shows a field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

PALING_BANYAK = 6  # fields on a page
Medan = Mapping[str, Any]
Jawaban = Mapping[str, Any]


def langkah(medan: Sequence[Medan], jawaban: Jawaban) -> list[list[Medan]]:
    """The pages: fields that are asked given these answers; what decides stands on an earlier page."""
    pages: list[list[Medan]] = []
    page: list[Medan] = []
    for field in medan:
        if field["jenis"] == "centang" and field["id"] == "data_benar":
            continue  # the statement stands on the page that checks the answers
        decided_here = _used(field.get("bila")) & {f["id"] for f in page}
        if page and (decided_here or len(page) >= PALING_BANYAK):
            pages.append(page)
            page = []
        if berlaku(field.get("bila"), jawaban):
            page.append(field)
    return [*pages, page] if page else pages


def berlaku(bila: Mapping[str, Any] | None, jawaban: Jawaban) -> bool:
    """Whether a condition of the catalogue holds; one on an office's limit is left to the gateway: shown."""
    if bila is None:
        return True
    if "cara" in bila:
        parts = (berlaku(part, jawaban) for part in bila["isi"])
        return all(parts) if bila["cara"] == "semua" else any(parts)
    given, wanted = jawaban.get(bila["medan"]), bila["nilai"]
    if bila["banding"] == "lebih_dari":
        return bila["batas_kantor"] is not None or (isinstance(given, int) and given > wanted)
    same = given in wanted if isinstance(wanted, list) else given == wanted
    return same if bila["banding"] == "sama" else not same


def baca(page: Sequence[Medan], form: Mapping[str, str]) -> dict[str, Any]:
    """Answers of one posted page; an empty field is None, which removes an earlier answer."""
    return {field["id"]: _value(field, form) for field in page}


def tampil(field: Medan, nilai: Any) -> str:
    """An answer in the words of the form."""
    if nilai is None or nilai == "":
        return "–"
    kind = field["jenis"]
    if kind == "pilihan":
        return next((p["label"] for p in field["pilihan"] if p["kode"] == nilai), str(nilai))
    if kind in ("ya_tidak", "centang"):
        return "Ya" if nilai else "Tidak"
    if kind == "tanggal":
        return "-".join(reversed(str(nilai).split("-")))
    if kind == "bulan":
        return "-".join(reversed(str(nilai).split("-")))
    return str(nilai)


def bagian(field: Medan, nilai: Any) -> dict[str, str]:
    """Day, month, year of a date answer for its boxes."""
    parts = str(nilai or "").split("-")
    names = ("tahun", "bulan", "hari") if field["jenis"] == "tanggal" else ("tahun", "bulan")
    return dict(zip(names, parts, strict=False)) if nilai else {}


def _value(field: Medan, form: Mapping[str, str]) -> Any:
    name, kind = field["id"], field["jenis"]
    if kind in ("tanggal", "bulan"):
        names = ("tahun", "bulan", "hari")[: 3 if kind == "tanggal" else 2]
        parts = [form.get(f"{name}-{part}", "").strip() for part in names]
        if not any(parts):
            return None
        return "-".join(p.zfill(4 if n == "tahun" else 2) for n, p in zip(names, parts, strict=True))
    text = form.get(name, "").strip()
    if kind in ("ya_tidak", "centang"):
        return {"ya": True, "tidak": False}.get(text)
    return text or None


def _used(bila: Mapping[str, Any] | None) -> set[str]:
    if bila is None:
        return set()
    if "cara" in bila:
        return set().union(*(_used(part) for part in bila["isi"]))
    return {str(bila["medan"])}
