"""Slow work of the worker: papers checked, letters prepared, issued and locked, leftovers swept."""

from __future__ import annotations

from chassis.claims import Claims, Task
from dokumen.adapters.authority import ensure_authority
from dokumen.adapters.clamd import Clamd
from dokumen.adapters.pencetak import PencetakSurat
from dokumen.adapters.penyegel import PenyegelKantor
from dokumen.adapters.typst_letters import Renderer
from dokumen.application import serahkan
from dokumen.application.bagi import BagiTumpukan, BuangTumpukan
from dokumen.application.basah import PeriksaPindaian, Sahkan
from dokumen.application.bubuhkan import BatalNomor, Bubuhkan
from dokumen.application.hapus import Hapus
from dokumen.application.perbaiki import SiapkanPerbaikan
from dokumen.application.periksa import Periksa
from dokumen.application.pindah import TerimaPindahan
from dokumen.application.siapkan import Bangunkan, Siapkan
from dokumen.application.terbitkan import Kunci, Terbitkan
from dokumen.application.verifikasi import Kenali
from dokumen.bootstrap import App
from dokumen.domain import pindah, tumpukan


def claims(app: App) -> Claims:
    return Claims([(app.perkara, perkara(app)), (app.rujukan, rujukan(app))], app.metrics)


def perkara(app: App) -> dict[str, Task]:
    printer = PencetakSurat(
        Renderer(), ensure_authority(app.settings.key_folder() / "segel"), app.settings.site_url
    )
    check = _check(app)
    prepare = Siapkan(
        perkara=app.perkara,
        rujukan=app.rujukan,
        katalog=app.katalog,
        pencetak=printer,
        otoritas=app.otoritas,
    )
    issue = Terbitkan(
        simpan=app.simpan,
        agenda=app.buku,
        nomor=app.nomor,
        pencetak=printer,
        penunjuk=app.penunjuk,
        rahasia=app.rahasia,
        katalog=app.katalog,
    )
    lock = Kunci(objects=app.objects)
    sealer = PenyegelKantor(ensure_authority(app.settings.key_folder() / "segel"))
    seal, void = Bubuhkan(simpan=app.simpan, penyegel=sealer), BatalNomor(nomor=app.nomor)
    scan = PeriksaPindaian(
        simpan=app.simpan,
        pemeriksa=app.bilik,
        pemindai=check.pemindai,
        wajib=check.wajib,
    )
    official = Sahkan(simpan=app.simpan, penyegel=sealer)
    known = Kenali(rahasia=app.rahasia, arsip=app.arsip)
    correct = SiapkanPerbaikan(siapkan=prepare)
    return {
        **_berkas(app),
        "siapkan": Task(run=prepare.run, then=prepare.then, deadline=10.0),
        # A letter takes 30 ms; whoever dies over it is followed soon. Two at work would make the same bytes.
        "terbitkan": Task(run=issue.run, then=issue.then, deadline=15.0),
        "bubuhkan": Task(run=seal.run, then=seal.then, deadline=15.0),
        "batal_nomor": Task(run=void.run, then=void.then, deadline=10.0),
        "periksa_pindaian": Task(run=scan.run, then=scan.then, deadline=120.0),
        "sahkan": Task(run=official.run, then=official.then, deadline=30.0),
        "musnahkan_surat": Task(run=app.musnahkan.run, then=app.musnahkan.then, deadline=30.0),
        "perbaiki_surat": Task(run=correct.run, then=correct.then, deadline=10.0),
        "selesai_surat": Task(then=serahkan.selesai),
        "kenali_surat": Task(run=known.run, then=known.then, deadline=10.0),
        "kunci_surat": Task(run=lock.run, then=lock.then, deadline=10.0),
    }


def _berkas(app: App) -> dict[str, Task]:
    """What happens to papers: checked, divided, fetched from the wrong office, erased."""
    check, erase = _check(app), Hapus(perkara=app.perkara, niat=app.niat)
    fetch = TerimaPindahan(perkara=app.perkara, objects=app.objects, niat=app.niat, penunjuk=app.penunjuk)
    divide = BagiTumpukan(objects=app.objects, niat=app.niat, penunjuk=app.penunjuk, pemotong=app.bilik)
    drop = BuangTumpukan(niat=app.niat)
    return {
        "periksa_berkas": Task(run=check.run, then=check.then, deadline=120.0),
        pindah.TERIMA: Task(run=fetch.run, then=fetch.then, deadline=120.0),
        tumpukan.BAGI: Task(run=divide.run, then=divide.then, deadline=120.0),
        tumpukan.BUANG: Task(run=drop.run, then=drop.then, deadline=30.0),
        "hapus": Task(run=erase.run, then=erase.then, deadline=30.0),
    }


def _check(app: App) -> Periksa:
    return Periksa(
        objects=app.objects,
        niat=app.niat,
        pemeriksa=app.bilik,
        pemindai=Clamd(app.settings.clamd) if app.settings.clamd else None,
        wajib=app.settings.pindai_wajib,
    )


def rujukan(app: App) -> dict[str, Task]:
    wake, sweep = Bangunkan(perkara=app.perkara), app.sapu
    return {
        "bangunkan": Task(run=wake.run, then=wake.then),
        "sapu": Task(run=sweep.run, then=sweep.then),
    }
