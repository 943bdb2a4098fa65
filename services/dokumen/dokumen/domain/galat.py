"""Why a step is refused: one small tree, each with a stable slug and a way out in Indonesian."""

from __future__ import annotations

from collections.abc import Sequence


class DokumenSalah(Exception):
    """Any refusal of this service; `slug` is in contracts/problems.json."""

    slug = "transisi-salah"


class IzinSalah(DokumenSalah):
    """The upload grant does not allow this."""

    slug = "grant-salah"


class SyaratAsing(DokumenSalah):
    """The grant has no such requirement."""

    slug = "syarat-tak-dikenal"


class HalamanSalah(DokumenSalah):
    """Pages that the scan does not have, or none; the message names them."""

    slug = "halaman-salah"


class BerkasBanyak(DokumenSalah):
    """A slot was filled more often than anybody needs."""

    slug = "berkas-terlalu-banyak"


class TerlaluBesar(DokumenSalah):
    """The body is longer than the grant allows; the message names the limit."""

    slug = "terlalu-besar"


class Terputus(DokumenSalah):
    """The body ended before its announced length; nothing was kept."""

    slug = "unggahan-terputus"


class BerkasKosong(DokumenSalah):
    """A file of no bytes."""

    slug = "berkas-kosong"


class PosisiSalah(DokumenSalah):
    """A piece that does not begin where the last one ended; `diterima` is where it must."""

    slug = "unggahan-posisi"

    def __init__(self, diterima: int) -> None:
        super().__init__(f"Sudah ada {diterima} byte di sini. Lanjutkan dari sana.")
        self.diterima = diterima


class FormulirRusak(DokumenSalah):
    """A form (multipart/form-data) that cannot be read or holds no file."""

    slug = "json-rusak"


class BelumBersih(DokumenSalah):
    """A paper is served only after its checks."""

    slug = "berkas-belum-bersih"


class BerkasDihapus(DokumenSalah):
    """The file was erased at the end of its time (R15)."""

    slug = "berkas-dihapus"


class BerkasTertolak(DokumenSalah):
    """A refused paper is never served."""

    slug = "berkas-ditolak"


class BelumTerbit(DokumenSalah):
    """There is no sealed letter yet."""

    slug = "surat-belum-terbit"


class BelumDilepas(DokumenSalah):
    """The release rule keeps the letter at the counter (R8)."""

    slug = "surat-belum-dilepas"


class MedanAsing(DokumenSalah):
    """A correction names a field that the application does not have."""

    slug = "kode-tak-dikenal"


class KoreksiSalah(DokumenSalah):
    """Fields of a correction are wrong; `errors` names each with pointer, slug and detail."""

    slug = "isi-salah"

    def __init__(self, errors: Sequence[object]) -> None:
        super().__init__("Ada isian yang perlu diperbaiki.")
        self.errors = tuple(errors)


class PerluOrangKedua(DokumenSalah):
    """A letter is destroyed by two officials, one of them the head of an office (R15)."""

    slug = "perlu-orang-kedua"


class BukanGiliran(DokumenSalah):
    """Another signer has to act."""

    slug = "bukan-wewenang"


class KonfirmasiWajib(DokumenSalah):
    """Password or code were not given anew for exactly this letter."""

    slug = "konfirmasi-wajib"


class PerkaraSendiri(DokumenSalah):
    """Nobody decides about himself or his family card (R7)."""

    slug = "perkara-sendiri"


class KodeAmbilSalah(DokumenSalah):
    """Wrong, too old, or tried too often; the message says what the applicant can do."""

    slug = "kode-ambil-salah"


class AsliKurang(DokumenSalah):
    """Hand-over without every original (R8); the message names what is missing."""

    slug = "asli-belum-dilihat"


class TakDapatDicocokkan(DokumenSalah):
    """The letter has nothing of this kind to compare with."""

    slug = "tidak-dapat-dicocokkan"


class KodeSalah(DokumenSalah):
    """No letter carries this verification code."""

    slug = "token-verifikasi-salah"


class BelumGiliran(DokumenSalah):
    """Somebody else signs now, or nobody does."""

    slug = "bukan-giliran-tanda-tangan"


class FrasaSalah(DokumenSalah):
    """The passphrase does not open the signer's certificate."""

    slug = "frasa-salah"


class FrasaSementara(DokumenSalah):
    """The passphrase was given by an administrator; its owner has to choose his own first."""

    slug = "frasa-sementara"


class SertifikatTidakAda(DokumenSalah):
    """The official has no certificate that can sign."""

    slug = "sertifikat-tidak-ada"


class TteTidakTersedia(DokumenSalah):
    """The signing service does not answer, or none is configured."""

    slug = "tte-tidak-tersedia"


class TandaGagal(DokumenSalah):
    """This letter could not be signed, however often one tries."""

    slug = "tanda-tangan-gagal"


class PindaianBelum(DokumenSalah):
    """No scan is awaited, or none is ready."""

    slug = "pindaian-belum-siap"


class PindaianLain(DokumenSalah):
    """The scan was replaced since it was compared."""

    slug = "pindaian-berubah"


class AgendaSalah(DokumenSalah):
    """A line of the agenda that cannot be changed so."""

    slug = "agenda-salah"


class NaskahKurang(DokumenSalah):
    """A draft or form cannot be written; the message names what is missing and who completes it."""

    slug = "naskah-tidak-lengkap"
