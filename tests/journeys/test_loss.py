"""A bad line: three packets in a hundred are lost each way, and nobody sees it."""

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext

from tests.support.on_air import go_on_air
from tests.support.watching import Watcher

LOSSY_BACKEND = ("-m", "tests.support.lossy_backend")


@pytest.mark.journey
async def test_with_three_percent_loss_each_way_nothing_freezes(
    phone: BrowserContext, tmp_path: Path
) -> None:
    async with go_on_air(tmp_path, backend=LOSSY_BACKEND) as on_air:
        watcher = await Watcher.open(phone, on_air.viewer_url)
        await watcher.until_frames_beyond(60)
        before = await watcher.stats()
        reception = await watcher.receive(10)
        after = await watcher.stats()
    assert before is not None
    assert after is not None
    assert after["nacks"] > before["nacks"], "no packet was lost: the shim does not work"
    assert reception.freezes == 0
    assert reception.fps >= 25
