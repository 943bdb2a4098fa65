"""Letters on paper and under seal: template, the office's seal, and the kecamatan's on a legalised letter (R4)."""

from __future__ import annotations

from datetime import datetime

from dokumen.adapters.authority import Authority
from dokumen.adapters.halangan import HALANGAN, sebab
from dokumen.adapters.pades import add_seal, draw, seal
from dokumen.adapters.rahasia import berkelompok
from dokumen.adapters.typst_letters import Renderer, Sheet
from dokumen.application.pintu import Kode
from dokumen.domain.naskah import Verifikasi
from dokumen.domain.susun import Bahan, kota, mengetahui, naskah, template
from dokumen.domain.tahan import Ditahan

# As long as real ones: a trial must fit where the letter will.
COBA_NOMOR = "000.00.00.00/0000/00.0000/VIII/0000"
COBA = Verifikasi(
    url="https://contoh.example/v1/verifikasi/" + "A" * 24, kode="AAAA-AAAA-AAAA", situs="contoh.example"
)


class PencetakSurat:
    """`dokumen.application.pintu.Pencetak`. `situs` is the public address printed on the letters."""

    def __init__(self, renderer: Renderer, authority: Authority, situs: str) -> None:
        self._renderer, self._authority, self._situs = renderer, authority, situs.rstrip("/")

    def halangan(self, bahan: Bahan) -> Ditahan | None:
        """Writes the letter on trial: only what really comes out can be issued."""
        try:
            sheet = self._lembar(bahan, COBA_NOMOR, COBA)
            if bahan.layanan.produk == "legalisasi":
                self._blok(bahan, COBA_NOMOR, sheet)
        except HALANGAN as error:
            return sebab(error)
        return None

    def _lembar(self, bahan: Bahan, nomor: str, mark: Verifikasi) -> Sheet:
        return self._renderer.compose(template(bahan), naskah(bahan, nomor, mark).as_data())

    def _blok(self, bahan: Bahan, nomor: str, sheet: Sheet) -> bytes:
        """The camat's block, in letters as large as those of the sheet that it stands on."""
        data = {**mengetahui(bahan, nomor).as_data(), "huruf": sheet.huruf}
        return self._renderer.render("mengetahui", data)

    def _mark(self, kode: Kode) -> Verifikasi:
        return Verifikasi(
            url=f"{self._situs}/v/{kode.token}",
            kode=berkelompok(kode.pendek),
            situs=self._situs.split("://")[-1],
        )

    def lembar(self, bahan: Bahan, nomor: tuple[str, ...], kode: Kode) -> bytes:
        """The whole letter unsigned, the camat's block in its place: for those who sign it themselves (R2)."""
        sheet = self._lembar(bahan, nomor[0], self._mark(kode))
        if sheet.mengetahui is None:
            return sheet.pdf
        return draw(sheet.pdf, self._blok(bahan, nomor[1], sheet), sheet.mengetahui)

    def cetak(self, bahan: Bahan, nomor: tuple[str, ...], kode: Kode, saat: datetime) -> bytes:
        sheet = self._lembar(bahan, nomor[0], self._mark(kode))
        level = "Kecamatan" if bahan.dari_kecamatan else "Kelurahan"
        office, city = f"{level} {bahan.penerbit['nama']}", kota(bahan.kantor)
        first = seal(
            sheet.pdf,
            self._authority.office(bahan.penerbit["kode"], office),
            field="Camat" if bahan.dari_kecamatan else "Lurah",
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
            stamp=self._blok(bahan, nomor[1], sheet),
            location=city,
            when=saat,
        )
