"""The player's list of 500 products opens, against a bare list of the same rows in the same page.

Both read the shop's products over HTTP and fill a dialog with a row a product and its picture. A list is open
when the rows in sight are painted with their pictures. Fresh pages take turns in one Chromium.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, expect
from sqlalchemy import insert

from backend.compose import PICTURES
from backend.features.live.store import RoomStore
from backend.limits import ApiPace
from backend.options import ServeOptions
from backend.storage.catalog_tables import LISTINGS, SKUS, SPUS, STOCK
from backend.storage.database import Database
from tests.backend.running import running_backend
from tests.support.browser import new_viewer, open_browser

ROUNDS: Final = 7
ROOM: Final = "main"
UNPACED: Final = ApiPace(address_at_once=100_000)
# Both sides are watched by this: until the frame after that with the rows in sight and their pictures.
SHOWN: Final = """
  const shown = (began) => new Promise((done) => {
    const look = () => {
      const seen = [];
      let is_full = false;
      for (const row of document.querySelectorAll("dialog[open] li")) {
        if (is_full = row.getBoundingClientRect().top >= innerHeight) break;
        seen.push(row.querySelector("img"));
      }
      const isThere = is_full && seen.length > 0 && seen.every((image) => image.complete);
      if (!isThere) return requestAnimationFrame(look);
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    };
    look();
  });
"""
SHEET: Final = f"""async () => {{
  {SHOWN}
  const began = performance.now();
  document.querySelector(".shop-open").click();
  return shown(began);
}}"""
BARE: Final = f"""async () => {{
  {SHOWN}
  const began = performance.now();
  const {{ products }} = await (await fetch("/api/v1/rooms/{ROOM}/products")).json();
  const dialog = document.body.appendChild(document.createElement("dialog"));
  const list = dialog.appendChild(document.createElement("ul"));
  for (const {{ title, images, skus }} of products) {{
    const row = list.appendChild(document.createElement("li"));
    const image = row.appendChild(new Image(96, 96));
    image.loading = "lazy";
    image.src = images[0];
    row.append(title, " ", skus[0].price_minor / 100);
  }}
  dialog.showModal();
  return shown(began);
}}"""


def main() -> None:
    """Measure and print the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        put_on_sale(Path(folder), asked.products)
        times_ms = asyncio.run(_measured(Path(folder), asked.products, asked.rounds))
    print(json.dumps({"figures": sheet_figures(**times_ms)}))


def sheet_figures(sheet_ms: list[float], bare_ms: list[float]) -> dict[str, float]:
    """Return the figures of pairs of pages: what one round's ratio does, the machine did not."""
    ratios = [one / other for one, other in zip(sheet_ms, bare_ms, strict=True)]
    return {
        "sheet_ratio": round(statistics.median(ratios), 2),
        "sheet_ms": round(statistics.median(sheet_ms)),
        "bare_list_ms": round(statistics.median(bare_ms)),
    }


def put_on_sale(folder: Path, count: int) -> None:
    """List so many products in the room, each with a picture of its own."""
    (folder / PICTURES).mkdir()
    database = Database(folder)
    RoomStore(database, ROOM).open("Room", 0)
    names = [f"p{number}" for number in range(1, count + 1)]
    for number, name in enumerate(names):
        colour = (number * 7 % 256, number * 13 % 256, 160)
        Image.new("RGB", (320, 320), colour).save(folder / PICTURES / f"{name}.webp")
    with database.transaction() as connection:
        for place, name in enumerate(names):
            kept = {"created_at_ms": 0, "updated_at_ms": 0, "images": f'["{name}.webp"]'}
            title = f"明前龙井 绿茶礼盒 250g 第 {place + 1} 款"
            connection.execute(insert(SPUS).values(spu_id=name, title=title, **kept))
            connection.execute(insert(SKUS).values(sku_id=name, spu_id=name, price_minor=100 + place))
            connection.execute(insert(STOCK).values(sku_id=name, on_hand=place % 40))
            connection.execute(insert(LISTINGS).values(room_id=ROOM, spu_id=name, position=place))
    database.close()


async def _measured(folder: Path, count: int, rounds: int) -> dict[str, list[float]]:
    times_ms: dict[str, list[float]] = {"sheet_ms": [], "bare_ms": []}
    sides = {"sheet_ms": SHEET, "bare_ms": BARE}
    async with running_backend(folder, ServeOptions(api=UNPACED)) as backend, open_browser() as browser:
        url = f"http://{backend.address}/r/{ROOM}"
        # The first pair warms up the browser and the backend.
        for number in range(rounds + 1):
            for name, script in sides.items():
                took_ms = await _opened(browser, url, script, count)
                if number > 0:
                    times_ms[name].append(took_ms)
            print({name: [round(one) for one in times] for name, times in times_ms.items()}, flush=True)
    return times_ms


async def _opened(browser: Browser, url: str, script: str, count: int) -> float:
    context = await new_viewer(browser)
    try:
        page = await context.new_page()
        await page.goto(url)
        await expect(page.locator(".shop-open")).to_be_visible()
        # What the page does by itself in its first moments is another benchmark's; the sheets come then.
        await expect(page.locator("shop-sheet:defined")).to_be_attached()
        await page.wait_for_load_state("networkidle")
        took_ms: float = await page.evaluate(script)
        # However much of the list is made later: all of it is there in the end.
        await expect(page.locator("dialog[open] li")).to_have_count(count, timeout=60_000)
        return took_ms
    finally:
        await context.close()


if __name__ == "__main__":
    main()
