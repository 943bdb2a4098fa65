"""Slow work of the worker: papers checked, letters prepared, issued and locked, leftovers swept."""

from __future__ import annotations

from chassis.claims import Claims, Task
from dokumen.adapters.authority import ensure_authority
from dokumen.adapters.clamd import Clamd
from dokumen.adapters.pencetak import PencetakSurat
from dokumen.adapters.typst_letters import Renderer
from dokumen.application import serahkan
from dokumen.application.hapus import Hapus
from dokumen.application.periksa import Periksa
from dokumen.application.siapkan import Bangunkan, Siapkan
from dokumen.application.terbitkan import Kunci, Terbitkan
from dokumen.application.verifikasi import Kenali
from dokumen.bootstrap import App


def claims(app: App) -> Claims:
    return Claims([(app.perkara, perkara(app)), (app.rujukan, rujukan(app))], app.metrics)


def perkara(app: App) -> dict[str, Task]:
    printer = PencetakSurat(
        Renderer(), ensure_authority(app.settings.key_folder() / "segel"), app.settings.site_url
    )
    check = Periksa(
        objects=app.objects,
        niat=app.niat,
        pemeriksa=app.bilik,
        pemindai=Clamd(app.settings.clamd) if app.settings.clamd else None,
        wajib=app.settings.pindai_wajib,
    )
    prepare = Siapkan(perkara=app.perkara, rujukan=app.rujukan, katalog=app.katalog, pencetak=printer)
    issue = Terbitkan(
        objects=app.objects,
        niat=app.niat,
        nomor=app.nomor,
        pencetak=printer,
        penunjuk=app.penunjuk,
        rahasia=app.rahasia,
        katalog=app.katalog,
    )
    lock = Kunci(objects=app.objects)
    known = Kenali(rahasia=app.rahasia)
    erase = Hapus(perkara=app.perkara, niat=app.niat)
    return {
        "periksa_berkas": Task(run=check.run, then=check.then, deadline=120.0),
        "siapkan": Task(run=prepare.run, then=prepare.then, deadline=10.0),
        # A letter takes 30 ms; whoever dies over it is followed soon. Two at work would make the same bytes.
        "terbitkan": Task(run=issue.run, then=issue.then, deadline=15.0),
        "selesai_surat": Task(then=serahkan.selesai),
        "hapus": Task(run=erase.run, then=erase.then, deadline=30.0),
        "kenali_surat": Task(run=known.run, then=known.then, deadline=10.0),
        "kunci_surat": Task(run=lock.run, then=lock.then, deadline=10.0),
    }


def rujukan(app: App) -> dict[str, Task]:
    wake, sweep = Bangunkan(perkara=app.perkara), app.sapu
    return {
        "bangunkan": Task(run=wake.run, then=wake.then),
        "sapu": Task(run=sweep.run, then=sweep.then),
    }
