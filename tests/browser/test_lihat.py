"""A paper enlarged and turned: scrolling reaches every edge of it, on a phone and on a desk."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from support.layar import FRONT
from support.peramban import DESK, PHONE

pytestmark = [pytest.mark.slow, pytest.mark.needs_chromium]
# How far the picture stands out of what can be scrolled to, and how wide and high it is shown.
LETAK = """() => {
  const box = document.querySelector('.ek-lihat'), r = box.querySelector('img').getBoundingClientRect();
  const b = box.getBoundingClientRect();
  const left = r.left - b.left - box.clientLeft + box.scrollLeft, top = r.top - b.top - box.clientTop + box.scrollTop;
  const out = [-left, -top, left + r.width - box.scrollWidth, top + r.height - box.scrollHeight];
  return {out: Math.max(...out), lebar: r.width, tinggi: r.height, ruang: box.clientWidth};
}"""


@pytest.fixture(params=[(800, 500), (500, 800)], ids=["lying", "standing"])
def gambar(request: pytest.FixtureRequest) -> str:
    made = io.BytesIO()
    Image.new("RGB", request.param, "#77a").save(made, "PNG")
    return "data:image/png;base64," + b64encode(made.getvalue()).decode()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def layar(request: pytest.FixtureRequest, peramban: Browser) -> Iterator[Page]:
    width, height = request.param
    page = peramban.new_page(viewport={"width": width, "height": height})
    yield page
    page.close()


def test_every_edge_can_be_reached_however_a_paper_is_enlarged_and_turned(layar: Page, gambar: str) -> None:
    sheet = f'<a class="ek-lihat__lembar" href="#"><img src="{gambar}" alt="Contoh"></a>'
    layar.set_content(f'<div class="ek-lihat" data-lihat>{sheet}</div>')
    layar.add_style_tag(path=FRONT / "static" / "gaya.css")
    layar.wait_for_function("document.querySelector('img').naturalWidth")
    layar.add_script_tag(path=FRONT / "static" / "lihat.js", type="module")
    for times in (1, 2, 3):
        for turn in range(4):
            where: dict[str, Any] = layar.evaluate(LETAK)
            assert where["out"] <= 1, f"turned {turn} times, {times} times as large: {where}"
            assert where["lebar"] == pytest.approx(where["ruang"] * times, abs=1)
            layar.get_by_role("button", name="Putar").click()
        layar.get_by_role("button", name="Perkecil" if times == 3 else "Perbesar").click()
    assert layar.evaluate(LETAK)["lebar"] == pytest.approx(layar.evaluate(LETAK)["ruang"], abs=1)
