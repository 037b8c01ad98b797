"""Rules of accessibility that a machine can check (axe-core), on a page in a browser."""

import time
from functools import cache

from playwright.async_api import Page

from scripts.tsc import PLAYER, install, is_stale
from tests.support.animations import finish_animations

_RUN = """async (root) => {
  const { violations } = await axe.run(document.querySelector(root) ?? document);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""


@cache
def _source() -> str:
    # Of several processes of a test run one installs, the others wait.
    turn = PLAYER / "node_modules.turn"
    while is_stale(PLAYER):
        try:
            turn.mkdir()
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            assert install(PLAYER) == 0
        finally:
            turn.rmdir()
    return (PLAYER / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


async def faults(page: Page, root: str = "html") -> list[str]:
    """List what axe finds below an element, one line a place."""
    if not await page.evaluate("'axe' in window"):
        # Not by a script element: the page's policy takes no foreign ones.
        await page.evaluate(_source())
    found: list[str] = await page.evaluate(_RUN, root)
    return found


# A phone upright and on its side, a desk, and 320 px wide: what 200% of zoom leaves of a small window.
SIZES = ((390, 844), (844, 390), (1440, 900), (320, 640))


async def faults_at_all_sizes(page: Page, root: str = "html") -> list[str]:
    """List what axe finds of one state, the page made as large as each of the screens that count in turn.

    The page has its own size again afterwards.
    """
    found, own = [], page.viewport_size
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await finish_animations(page.locator(root))
        found += [f"{width}x{height} {fault}" for fault in await faults(page, root)]
    if own is not None:
        await page.set_viewport_size(own)
    return found
