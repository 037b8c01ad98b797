"""Camera to browser: the test pattern carries its time in the picture, a real Chromium reads it again.

The engine draws, encodes and publishes; the backend's relay forwards; the player's page plays. Both clocks
are this machine's.
`latency_frames` is the delay in frames of the broadcast, which is what a machine cannot change.
`first_frame_ms` counts from the navigation of a fresh page to the first presented frame; `first_frame_ratio`
holds it against `bare_page.py` with the same WHEP endpoint, page by page in turn in the same browser.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.async_api import Browser, Page

from benchmarks.bare_page import serve_bare_page
from studio.engine.messages.commands import Configure, Publish, SetProject
from studio.engine.messages.events import PublishChanged
from studio.engine.messages.values import Bitrate, PublishState
from studio.engine.sources.pattern import TIME_CODE_SHARE
from studio.engine.sources.time_code import CELLS
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from tests.support.browser import open_browser
from tests.support.engine import Engine, run_engine_process
from tests.support.one_scene import project_of
from tests.support.programs import Ready, run_backend

# Pairs of pages, after one of each that warms up the browser.
PAGES = 7
# The bare page is of another origin; both are measured in a browser that does not mind.
ANY_ORIGIN = "--disable-web-security"
FPS = 30
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
    // Before the first frame there is a black one of 2 x 2 pixels.
    if (video.videoWidth > 2) measured.first_ms ||= performance.now();
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
        Configure(Bitrate()),
        SetProject(project_of(VideoSpec(VideoKind.TEST_PATTERN), AudioSpec(AudioKind.TEST_TONE))),
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


async def _first_frame_ms(browser: Browser, url: str) -> float:
    page = await _open(browser, url)
    first_ms: float = await page.evaluate("measured.first_ms")
    await page.close()
    return first_ms


async def measure_first_frames(browser: Browser, ready: Ready) -> dict[str, float]:
    """Open the player's page and the bare one in turn."""
    player: list[float] = []
    bare: list[float] = []
    with serve_bare_page() as bare_url:
        for number in range(PAGES + 1):
            bare.append(
                await _first_frame_ms(browser, f"{bare_url}?{urlencode({'endpoint': ready.whep_url})}")
            )
            player.append(await _first_frame_ms(browser, ready.viewer_url))
            print(
                f"pages {number} of {PAGES}: bare {bare[-1]:.0f} ms, player {player[-1]:.0f} ms", flush=True
            )
    return first_frame_figures(player[1:], bare[1:])


def first_frame_figures(player_ms: list[float], bare_ms: list[float]) -> dict[str, float]:
    """Make figures of first frames, in ms, that were measured in turn."""
    player, bare = statistics.median(player_ms), statistics.median(bare_ms)
    return {"first_frame_ms": player, "first_frame_bare_ms": bare, "first_frame_ratio": player / bare}


async def measure_latency(browser: Browser, ready: Ready, seconds: float) -> dict[str, float]:
    """Read the time codes of a page that plays for so many seconds."""
    page = await _open(browser, ready.viewer_url)
    await page.wait_for_timeout(WARM_UP_S * 1000)
    await page.evaluate("measured.latencies.length = 0")
    print(f"reading time codes for {seconds:.0f} s", flush=True)
    await page.wait_for_timeout(seconds * 1000)
    return latency_figures(await page.evaluate("measured.latencies"), FPS)


def latency_figures(latencies_ms: list[float], fps: int) -> dict[str, float]:
    """Make figures of the delays of frames, in ms, at so many frames a second."""
    ordered = sorted(latencies_ms)
    median = statistics.median(ordered)
    return {
        "latency_ms_median": median,
        "latency_ms_p95": ordered[len(ordered) * 95 // 100],
        "latency_frames": median * fps / 1000,
        "frames_read": len(ordered),
    }


async def measure(seconds: float) -> dict[str, float]:
    """Measure for so many seconds, and return the figures."""
    with tempfile.TemporaryDirectory() as data:
        async with (
            run_backend(Path(data), "--port", "0", "--demo") as backend,
            run_engine_process({"QT_QPA_PLATFORM": "offscreen"}) as engine,
            open_browser(arguments=[ANY_ORIGIN]) as browser,
        ):
            await _publish(engine, backend.ready)
            firsts = await measure_first_frames(browser, backend.ready)
            return await measure_latency(browser, backend.ready, seconds) | firsts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    figures = asyncio.run(measure(parser.parse_args().seconds))
    for name, value in figures.items():
        print(f"{name:20} {value:8.2f}")
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
