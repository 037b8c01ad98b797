"""Camera to browser: the test pattern carries its time in the picture, a real Chromium reads it again.

The engine draws, encodes and publishes; the backend's relay forwards; the player's page plays. Both clocks
are this machine's.
`first_frame_ms` counts from the navigation of a fresh page to the first presented frame, over several pages.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

from studio.engine.messages import (
    AudioKind,
    AudioSpec,
    Bitrate,
    Canvas,
    Configure,
    Publish,
    PublishChanged,
    PublishState,
    SelectAudio,
    SelectVideo,
    VideoKind,
    VideoSpec,
)
from studio.engine.sources.pattern import TIME_CODE_SHARE
from studio.engine.sources.time_code import CELLS
from tests.support.browser import open_browser
from tests.support.engine import Engine, run_engine_process
from tests.support.programs import Ready, run_backend

PAGES = 5
WARM_UP_S = 5
FIRST_FRAME_TIMEOUT_S = 15

# Reads the cells of `studio.engine.sources.time_code` from every presented frame.
READ_TIME_CODES = """
([cells, share]) => {
  window.measured = { first_ms: 0, latencies: [] };
  const canvas = new OffscreenCanvas(cells * 4, 1);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const onFrame = (video) => {
    const shown = Date.now();
    measured.first_ms ||= performance.now();
    const row = video.videoHeight / share / 2;
    pen.drawImage(video, 0, row, video.videoWidth, 1, 0, 0, canvas.width, 1);
    const data = pen.getImageData(0, 0, canvas.width, 1).data;
    const bits = Array.from({ length: cells }, (_, cell) => (data[(cell * 4 + 2) * 4] > 128 ? 1 : 0));
    const number = (from, to) => bits.slice(from, to).reduce((sum, bit) => sum * 2 + bit, 0);
    const value = number(2, 34);
    let check = 0;
    for (let from = 2; from < 34; from += 4) check ^= number(from, from + 4);
    if (bits[0] && !bits[1] && check === number(34, 38)) measured.latencies.push((shown % 2 ** 32) - value);
    video.requestVideoFrameCallback(() => onFrame(video));
  };
  const find = () => {
    const video = document.querySelector("video");
    if (video) video.requestVideoFrameCallback(() => onFrame(video));
    else setTimeout(find, 5);
  };
  find();
}
"""


async def _publish(engine: Engine, ready: Ready) -> None:
    engine.send(
        Configure(Canvas(), Bitrate()),
        SelectVideo(VideoSpec(VideoKind.TEST_PATTERN)),
        SelectAudio(AudioSpec(AudioKind.TEST_TONE)),
        Publish(ready.whip_url, ready.host_token),
    )
    await engine.until(PublishChanged, lambda event: event.state is PublishState.CONNECTED)


async def _open(browser: Browser, url: str) -> Page:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    await page.add_init_script(f"({READ_TIME_CODES})([{CELLS}, {TIME_CODE_SHARE}])")
    await page.goto(url)
    async with asyncio.timeout(FIRST_FRAME_TIMEOUT_S):
        # Polled from here: the page's policy forbids the browser to evaluate a condition by itself.
        while not await page.evaluate("measured.first_ms"):
            await page.wait_for_timeout(50)
    return page


async def measure(seconds: float) -> dict[str, float]:
    """Measure for so many seconds, and return the figures."""
    with tempfile.TemporaryDirectory() as data:
        async with (
            run_backend(Path(data), "--port", "0", "--demo") as backend,
            run_engine_process({"QT_QPA_PLATFORM": "offscreen"}) as engine,
            open_browser() as browser,
        ):
            await _publish(engine, backend.ready)
            firsts = []
            for number in range(PAGES):
                page = await _open(browser, backend.ready.viewer_url)
                firsts.append(await page.evaluate("measured.first_ms"))
                print(f"page {number + 1} of {PAGES}: first frame after {firsts[-1]:.0f} ms", flush=True)
                await page.close()
            page = await _open(browser, backend.ready.viewer_url)
            await page.wait_for_timeout(WARM_UP_S * 1000)
            await page.evaluate("measured.latencies.length = 0")
            print(f"reading time codes for {seconds:.0f} s", flush=True)
            await page.wait_for_timeout(seconds * 1000)
            latencies = sorted(await page.evaluate("measured.latencies"))
    return {
        "latency_ms_median": statistics.median(latencies),
        "latency_ms_p95": latencies[len(latencies) * 95 // 100],
        "first_frame_ms": statistics.median(firsts),
        "frames_read": len(latencies),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    figures = asyncio.run(measure(parser.parse_args().seconds))
    for name, value in figures.items():
        print(f"{name:20} {value:8.1f}")
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
