"""Letters on paper and under seal: template, the office's seal, and the kecamatan's on a legalised letter (R4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dokumen.adapters.authority import Authority
from dokumen.adapters.fields import MissingField
from dokumen.adapters.pades import add_seal, seal
from dokumen.adapters.rahasia import berkelompok
from dokumen.adapters.typst_letters import Renderer
from dokumen.application.pintu import Kode
from dokumen.domain.naskah import Verifikasi
from dokumen.domain.susun import Bahan, mengetahui, naskah


class PencetakSurat:
    """`dokumen.application.pintu.Pencetak`. `situs` is the public address printed on the letters."""

    def __init__(self, renderer: Renderer, authority: Authority, situs: str) -> None:
        self._renderer, self._authority, self._situs = renderer, authority, situs.rstrip("/")

    def kurang(self, bahan: Bahan) -> str:
        trial = Verifikasi(url="-", kode="-", situs="-")
        try:
            self._renderer.check(bahan.layanan.template, naskah(bahan, "-", trial).as_data())
            if bahan.layanan.produk == "legalisasi":
                self._renderer.check("mengetahui", mengetahui(bahan, "-").as_data())
        except MissingField as missing:
            return missing.name
        except KeyError as missing:
            return f"jawaban.{missing.args[0]}"
        except (ValueError, TypeError, AttributeError):
            # An answer of the wrong kind: only its service's form can let it through.
            return "jawaban"
        return ""

    def cetak(self, bahan: Bahan, nomor: tuple[str, ...], kode: Kode, saat: datetime) -> bytes:
        mark = Verifikasi(
            url=f"{self._situs}/v/{kode.token}",
            kode=berkelompok(kode.pendek),
            situs=self._situs.split("://")[-1],
        )
        sheet = self._renderer.compose(bahan.layanan.template, naskah(bahan, nomor[0], mark).as_data())
        office = f"Kelurahan {bahan.kantor['nama']}"
        city = _city(bahan.kantor)
        first = seal(
            sheet.pdf,
            self._authority.office(bahan.kantor["kode"], office),
            field="Lurah",
            reason=f"Segel {office}",
            reserve={"Camat": sheet.mengetahui} if sheet.mengetahui else None,
            location=city,
            when=saat,
        )
        if bahan.layanan.produk != "legalisasi":
            return first
        return add_seal(
            first,
            self._authority.office(
                bahan.kantor["kecamatan_kode"], f"Kecamatan {bahan.kantor['kecamatan_nama']}"
            ),
            field="Camat",
            reason="Mengetahui",
            stamp=self._renderer.render("mengetahui", mengetahui(bahan, nomor[1]).as_data()),
            location=city,
            when=saat,
        )


def _city(office: Mapping[str, Any]) -> str:
    return str(office["kota"]).removeprefix("Kota ").removeprefix("Kabupaten ")
