"""A viewer's browser, measured from outside: what arrives, by getStats and by looking at the picture."""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, Page

# Keeps every peer connection the page makes, so that a test can ask the newest one.
RECORD_PEERS = """
(() => {
  const Native = window.RTCPeerConnection;
  window.peersMade = [];
  window.RTCPeerConnection = class extends Native {
    constructor(...given) { super(...given); window.peersMade.push(this); }
  };
})();
"""

# Notes each slate the stage shows (`none`: the picture), however short: a poll would miss the quick ones.
RECORD_SLATES = """
(() => {
  window.slatesShown = [];
  const note = (changes) => changes.forEach(({ target }) => window.slatesShown.push(target.dataset.slate));
  new MutationObserver(note).observe(document, { subtree: true, attributeFilter: ["data-slate"] });
})();
"""

READ_STATS = """
async () => {
  const peer = [...(window.peersMade ?? [])].reverse().find((one) => one.connectionState === "connected");
  if (!peer) return null;
  const reports = [...(await peer.getStats()).values()];
  const inbound = (kind) => reports.find((one) => one.type === "inbound-rtp" && one.kind === kind) ?? {};
  const codec = (one) => reports.find((other) => other.id === one.codecId)?.mimeType ?? "";
  const video = inbound("video"), audio = inbound("audio");
  return {
    at_ms: performance.now(), frames: video.framesDecoded ?? 0, freezes: video.freezeCount ?? 0,
    width: video.frameWidth ?? 0, height: video.frameHeight ?? 0,
    video_codec: codec(video), audio_codec: codec(audio),
    audio_energy: audio.totalAudioEnergy ?? 0, lost: video.packetsLost ?? 0, nacks: video.nackCount ?? 0,
    connections: window.peersMade.length,
  };
}
"""

MEASURE_TONE = """
async () => {
  const video = document.querySelector("video");
  const context = new AudioContext({ sampleRate: 48000 });
  await context.resume();
  const analyser = new AnalyserNode(context, { fftSize: 32768, smoothingTimeConstant: 0 });
  new MediaStreamAudioSourceNode(context, { mediaStream: video.srcObject }).connect(analyser);
  await new Promise((done) => setTimeout(done, 1500));
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  let best = 0;
  bins.forEach((level, index) => { if (level > bins[best]) best = index; });
  await context.close();
  return { hz: (best * 48000) / 32768, level_db: bins[best] };
}
"""

READ_PIXELS = """
([width, height]) => {
  const video = document.querySelector("video");
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0, width, height);
  return [...pen.getImageData(0, 0, width, height).data];
}
"""


@dataclass(frozen=True)
class Reception:
    """What arrived over a stretch of time."""

    seconds: float
    frames: int
    freezes: int
    audio_energy: float
    width: int
    height: int
    video_codec: str
    audio_codec: str

    @property
    def fps(self) -> float:
        """Frames decoded a second."""
        return self.frames / self.seconds


class Watcher:
    """A page of the player, open at a room."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @classmethod
    async def open(cls, context: BrowserContext, url: str) -> "Watcher":
        """Open the room's page in a new tab of the context."""
        page = await context.new_page()
        await page.add_init_script(RECORD_PEERS)
        await page.add_init_script(RECORD_SLATES)
        watcher = cls(page)
        await page.goto(url)
        return watcher

    async def stats(self) -> dict[str, Any] | None:
        """The newest connected peer's figures, or None while there is none."""
        stats: dict[str, Any] | None = await self.page.evaluate(READ_STATS)
        return stats

    async def until_playing(self, timeout_s: float = 20) -> None:
        """Wait until frames are decoded."""
        await self.until_frames_beyond(0, timeout_s)

    async def until_frames_beyond(self, frames: int, timeout_s: float = 20) -> None:
        """Wait until the newest connection has decoded more than so many frames."""
        for _ in range(int(timeout_s * 10)):
            stats = await self.stats()
            if stats is not None and stats["frames"] > frames:
                return
            await self.page.wait_for_timeout(100)
        raise AssertionError(f"no more than {frames} frames within {timeout_s} s: {await self.stats()}")

    async def receive(self, seconds: float) -> Reception:
        """Watch for so many seconds."""
        before = await self.stats()
        await self.page.wait_for_timeout(seconds * 1000)
        after = await self.stats()
        assert before is not None
        assert after is not None
        return Reception(
            seconds=(after["at_ms"] - before["at_ms"]) / 1000,
            frames=after["frames"] - before["frames"],
            freezes=after["freezes"] - before["freezes"],
            audio_energy=after["audio_energy"] - before["audio_energy"],
            width=after["width"],
            height=after["height"],
            video_codec=after["video_codec"],
            audio_codec=after["audio_codec"],
        )

    async def tone_hz(self) -> float:
        """The strongest frequency in the sound that arrives, within 1.5 Hz."""
        tone: dict[str, float] = await self.page.evaluate(MEASURE_TONE)
        assert tone["level_db"] > -60, f"no tone: the strongest bin has {tone['level_db']:.0f} dB"
        return tone["hz"]

    async def pixels(self, width: int, height: int) -> bytes:
        """The picture now, scaled: RGBA, row by row."""
        return bytes(await self.page.evaluate(READ_PIXELS, [width, height]))

    async def until_slate(self, *slates: str, timeout_s: float = 20) -> str:
        """Wait until the page shows one of these slates (`none`: the picture), and return which."""
        now = ""
        for _ in range(int(timeout_s * 10)):
            now = await self.page.locator("video-stage").get_attribute("data-slate") or ""
            if now in slates:
                return now
            await self.page.wait_for_timeout(100)
        raise AssertionError(
            f"expected one of the slates {slates} within {timeout_s} s, the page shows {now!r}"
        )

    async def forget_slates(self) -> None:
        """Let `until_slate_passed` count from now."""
        await self.page.evaluate("window.slatesShown = []")

    async def until_slate_passed(self, *slates: str, timeout_s: float = 20) -> None:
        """Wait until the page shows one of these slates or has shown it since `forget_slates`."""
        shown: list[str] = []
        for _ in range(int(timeout_s * 10)):
            shown = await self.page.evaluate("window.slatesShown")
            if set(slates) & set(shown):
                return
            await self.page.wait_for_timeout(100)
        raise AssertionError(f"expected one of the slates {slates} within {timeout_s} s, there were {shown}")

    async def unmute(self) -> None:
        """Touch the big button that lets the sound play."""
        await self.page.locator(".unmute").click()
