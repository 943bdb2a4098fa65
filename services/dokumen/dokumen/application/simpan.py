"""Keep a PDF of a letter: intent, pointer by digest, object under its content; the same bytes are kept once."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from chassis.ports.objects import Objects
from dokumen.application.pintu import Niat, Penunjuk, Tempat
from dokumen.domain import kunci
from dokumen.domain.tanda import Lembar


@dataclass(frozen=True, slots=True, kw_only=True)
class Simpan:
    objects: Objects
    niat: Niat
    penunjuk: Penunjuk

    def __call__(self, tempat: Tempat, pdf: bytes) -> Lembar:
        digest = sha256(pdf).hexdigest()
        self.penunjuk.catat("sidik", digest, tempat)
        key = kunci.bersih(tempat.kantor, tempat.permohonan, digest)
        self.niat.objek(tempat.kantor, tempat.permohonan, key)
        if self.objects.stat(key) is None:  # another worker may have issued and locked it meanwhile
            self.objects.put(key, [pdf])
        return Lembar(sha256=digest, ukuran=len(pdf))

    def buka(self, kunci_objek: str) -> bytes:
        return b"".join(self.objects.open(kunci_objek))
