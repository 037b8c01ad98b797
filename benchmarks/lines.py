"""A picture in three layers over weak lines, against its best layer alone: what one viewer sees of it.

A real Chromium watches from a network namespace behind a line that `tc tbf` narrows (250 ms of queue):
20 Mbit/s at first, then the weak line, then 20 Mbit/s again. Sound goes with the picture. A line is judged by
the part of the time that the picture stood still. Linux, as root: namespaces and `tc` are the kernel's.
"""

import argparse
import asyncio
import functools
import json
import random
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import av
import cv2
import numpy as np
from playwright.async_api import Page

from backend.relay.messages import FanEngine, PeerRole
from backend.relay.rtcp import KeyframeRequest, SenderReport, build_sender_report
from backend.relay.rtp import MARKER, RtpPacket, build_rtp
from studio.engine.publish.packetizer import packetize
from tests.backend.relay.running import RunningRelay, running_relay, take_rtcp, until
from tests.support.browser import CHROMIUM, open_browser
from tests.support.layered_stream import RID_NUMBER, layered_offer, with_extension
from tests.support.rtc_client import H264_TYPE, OPUS_TYPE, RtcClient
from tests.support.rtp_stream import NTP_EPOCH_S

NAMESPACE: Final = "livestall-lines"
HOST_SIDE, VIEWER_SIDE = "ls-line0", "ls-line1"
HOST_ADDRESS, VIEWER_ADDRESS = "10.91.7.1", "10.91.7.2"
WIDE_KBPS: Final = 20_000
RATES_KBPS: Final = (2000, 1000, 500, 300)
QUEUE_MS: Final = 250
FPS: Final = 30
FILM_S: Final = 4
BEFORE_S, WEAK_S, AFTER_S, PROVED_S = 10.0, 40.0, 40.0, 15.0
# Size, pictures a second and bit rate of each layer: what the studio sends.
LAYERS: Final = {"h": (720, 1280, 30, 2400), "m": (360, 640, 30, 500), "l": (180, 320, 15, 110)}
WATCH: Final = """async () => {
  window.peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  for (const kind of ["video", "audio"]) peer.addTransceiver(kind, { direction: "recvonly" });
  const video = document.body.appendChild(document.createElement("video"));
  video.muted = video.autoplay = true;
  video.srcObject = new MediaStream();
  peer.ontrack = ({ track }) => video.srcObject.addTrack(track);
  await peer.setLocalDescription();
  return peer.localDescription.sdp;
}"""
COUNT: Final = """async () => {
  const [one] = [...(await peer.getStats()).values()].filter(({ type, kind }) =>
    type === "inbound-rtp" && kind === "video").concat({});
  return {
    frames: one.framesDecoded ?? 0,
    freezes: one.freezeCount ?? 0,
    frozen_s: one.totalFreezesDuration ?? 0,
    height: Math.min(one.frameHeight ?? 0, one.frameWidth ?? 0),
    bytes: one.bytesReceived ?? 0,
    nacks: one.nackCount ?? 0,
    plis: one.pliCount ?? 0,
  };
}"""


def main() -> None:
    """Measure and print the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", type=int, nargs="+", default=RATES_KBPS, help="kbit/s of the weak lines")
    parser.add_argument("--layers-only", action="store_true")
    asked = parser.parse_args()
    film(*LAYERS["h"])
    figures: dict[str, float] = {}
    for rate in asked.rates:
        for name, rids in {"layers": "hml", "best_only": "h"}.items():
            if name == "layers" or not asked.layers_only:
                measured = asyncio.run(_watched(rate, rids))
                print(f"{rate} kbit/s, {name}: {measured}", flush=True)
                figures |= {f"{figure}_{name}_{rate}k": value for figure, value in measured.items()}
    print(json.dumps({"figures": figures}))


# --- The film -----------------------------------------------------------------------------------------------


@functools.cache
def film(width: int, height: int, fps: int, kbps: int) -> list[list[bytes]]:
    """A film's pictures as RTP payloads; one of another layer's times may be empty."""
    dice = np.random.default_rng(1)
    noise = dice.integers(0, 255, (height + 200, width + 200, 3)).astype(np.uint8)
    scenery = cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 4), None, 0, 255, cv2.NORM_MINMAX)  # type: ignore[call-overload]
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(fps), Fraction(1, 90_000)
    encoder.gop_size, encoder.max_b_frames, encoder.bit_rate = 2 * fps, 0, kbps * 1000
    encoder.options = {
        "maxrate": f"{kbps}k", "bufsize": f"{kbps // 4}k", "preset": "superfast", "tune": "zerolatency",
        "profile": "baseline", "sc_threshold": "0", "forced-idr": "1",
    }  # fmt: skip
    pictures: list[list[bytes]] = []
    for number in range(FPS * FILM_S):
        if number % (FPS // fps):
            pictures.append([])
            continue
        x, y = int(90 + 80 * np.sin(number / 5)), int(90 + 80 * np.cos(number / 7))
        shown = np.clip(
            scenery[y : y + height, x : x + width] + dice.normal(0, 3, (height, width, 1)), 0, 255
        )
        converted = cv2.cvtColor(shown.astype(np.uint8), cv2.COLOR_BGR2YUV_I420)
        frame = av.VideoFrame.from_ndarray(converted, format="yuv420p")
        frame.pts = number * 3000
        pictures.append([part for packet in encoder.encode(frame) for part in packetize(bytes(packet))])
    return pictures


@functools.cache
def sound() -> list[bytes]:
    """Two seconds of sound at 128 kbit/s, 20 ms a packet."""
    encoder = av.CodecContext.create("libopus", "w")
    assert isinstance(encoder, av.AudioCodecContext)
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = 48_000, "stereo", "s16", 128_000
    encoder.options = {"vbr": "off"}
    dice, packets = np.random.default_rng(2), []
    for _ in range(100):
        frame = av.AudioFrame.from_ndarray(dice.normal(0, 3000, (1, 1920)).astype(np.int16), "s16", "stereo")
        frame.sample_rate = 48_000
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets


class Sender:
    """Sends film and sound in these layers, at the pace of the clock."""

    def __init__(self, client: RtcClient, rids: str) -> None:
        dice = random.Random(1)
        self._client = client
        self._numbers = {rid: dice.getrandbits(16) for rid in (*rids, "a")}
        self._ssrcs = {rid: dice.getrandbits(32) for rid in (*rids, "a")}
        self._rids = rids
        # Where each layer's film is ahead of its first picture, a keyframe: viewers may ask for one.
        self._begins = dict.fromkeys(rids, 0)
        self._pictures = self._sounds = 0

    async def run(self) -> None:
        """Send until cancelled."""
        began = time.monotonic()
        while True:
            passed = time.monotonic() - began
            self._answer()
            while self._pictures < passed * FPS:
                self._send_picture()
            while self._sounds < passed * 50:
                self._send_sound()
            await asyncio.sleep(0.004)

    def _answer(self) -> None:
        asked = {one.media_ssrc for one in take_rtcp(self._client) if isinstance(one, KeyframeRequest)}
        for rid in self._rids:
            if self._ssrcs[rid] in asked:
                # Of slower layers every second picture is empty.
                self._begins[rid] = self._pictures + self._pictures % 2

    def _send_picture(self) -> None:
        for rid in self._rids:
            payloads = film(*LAYERS[rid])[(self._pictures - self._begins[rid]) % (FPS * FILM_S)]
            for place, payload in enumerate(payloads):
                packet = self._packet(
                    rid, MARKER * (place == len(payloads) - 1), self._pictures * 3000, payload
                )
                self._client.send_raw_rtp(with_extension(packet, RID_NUMBER, rid))
        if self._pictures % FPS == 0:
            now = int((time.time() + NTP_EPOCH_S) * (1 << 32))
            times = {"a": self._sounds * 960}
            for rid, ssrc in self._ssrcs.items():
                report = SenderReport(ssrc, now, times.get(rid, self._pictures * 3000) & 0xFFFFFFFF)
                self._client.send_rtcp(build_sender_report(report, 0, 0, b"lines"))
        self._pictures += 1

    def _send_sound(self) -> None:
        packet = self._packet("a", 0, self._sounds * 960, sound()[self._sounds % 100])
        self._client.send_raw_rtp(build_rtp(packet._replace(payload_type=OPUS_TYPE)))
        self._sounds += 1

    def _packet(self, rid: str, marker: int, timestamp: int, payload: bytes) -> RtpPacket:
        self._numbers[rid] = self._numbers[rid] + 1 & 0xFFFF
        timestamp &= 0xFFFFFFFF
        return RtpPacket(marker, H264_TYPE, self._numbers[rid], timestamp, self._ssrcs[rid], payload)


# --- The line -----------------------------------------------------------------------------------------------


def run(command: str) -> None:
    """Run a command of the system that must not fail."""
    subprocess.run(command.split(), check=True, capture_output=True)


@contextmanager
def line() -> Iterator[Path]:
    """A namespace behind a line; yields a program that is Chromium in there."""
    run(f"ip netns add {NAMESPACE}")
    try:
        run(f"ip link add {HOST_SIDE} type veth peer name {VIEWER_SIDE} netns {NAMESPACE}")
        run(f"ip address add {HOST_ADDRESS}/30 dev {HOST_SIDE}")
        run(f"ip link set {HOST_SIDE} up")
        inside = f"ip netns exec {NAMESPACE} "
        run(f"{inside}ip address add {VIEWER_ADDRESS}/30 dev {VIEWER_SIDE}")
        run(f"{inside}ip link set {VIEWER_SIDE} up")
        run(f"{inside}ip link set lo up")
        run(f"{inside}ip route add default via {HOST_ADDRESS}")
        # Segmentation offload would pass the shaper in pieces of 64 KB.
        run(f"ip link set {HOST_SIDE} gso_max_segs 1")
        narrow("add", WIDE_KBPS)
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "chromium"
            program.write_text(f'#!/bin/sh\nexec {inside} {CHROMIUM} "$@"\n')
            program.chmod(0o755)
            yield program
    finally:
        run(f"ip netns delete {NAMESPACE}")
        subprocess.run(["ip", "link", "delete", HOST_SIDE], check=False, capture_output=True)


def narrow(verb: str, kbps: int) -> None:
    """Let the line carry so much towards the viewer."""
    run(f"tc qdisc {verb} dev {HOST_SIDE} root tbf rate {kbps}kbit burst 6kb latency {QUEUE_MS}ms")


# --- The viewer ---------------------------------------------------------------------------------------------


@asynccontextmanager
async def publishing(relay: RunningRelay, rids: str) -> AsyncIterator[None]:
    """The film on air in these layers."""
    client = RtcClient(relay.identity, host=HOST_ADDRESS)
    offer = layered_offer(client) if len(rids) > 1 else client.offer("sendonly")
    await client.connect(relay.accepted(PeerRole.PUBLISHER, offer).sdp)
    publisher = relay.room().waiting[-1]
    await until(lambda: publisher.peer is not None and publisher.peer.is_connected)
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(Sender(client, rids).run())
        try:
            yield
        finally:
            sending.cancel()
            client.close()


async def _watched(rate_kbps: int, rids: str) -> dict[str, float]:
    with line() as program:
        async with (
            running_relay(FanEngine.AUTO, address=HOST_ADDRESS) as relay,
            publishing(relay, rids),
            open_browser(
                str(program), arguments=["--disable-features=WebRtcHideLocalIpsWithMdns"]
            ) as browser,
        ):
            page = await browser.new_page()
            answer = relay.accepted(PeerRole.SUBSCRIBER, await page.evaluate(WATCH))
            await page.evaluate("sdp => peer.setRemoteDescription({ type: 'answer', sdp })", answer.sdp)
            await _second_by_second(relay, page, BEFORE_S)
            before = await page.evaluate(COUNT)
            narrow("change", rate_kbps)
            heights = await _second_by_second(relay, page, WEAK_S)
            after = await page.evaluate(COUNT)
            narrow("change", WIDE_KBPS)
            back = await _second_by_second(relay, page, AFTER_S, until_height=LAYERS["h"][0])
            stayed = await _second_by_second(relay, page, PROVED_S)
    return {
        "frozen_percent": round(100 * (after["frozen_s"] - before["frozen_s"]) / WEAK_S, 1),
        "freezes": after["freezes"] - before["freezes"],
        "fps": round((after["frames"] - before["frames"]) / WEAK_S, 1),
        "height": sorted(heights)[len(heights) // 2],
        "back_s": len(back),
        "relapses": sum(a != b for a, b in pairwise(stayed)),
    }


async def _second_by_second(
    relay: RunningRelay, page: Page, seconds: float, until_height: int | None = None
) -> list[int]:
    """Let so many seconds go by, or until the picture is so high again; the height in each."""
    heights: list[int] = []
    before: dict[str, Any] = await page.evaluate(COUNT)
    for _ in range(int(seconds)):
        await asyncio.sleep(1)
        now = await page.evaluate(COUNT)
        fps = now["frames"] - before["frames"]
        heights.append(now["height"])
        (subscriber,) = relay.room().subscribers.values()
        estimate = subscriber.line.estimate_bps or 0
        state = subscriber.picture.choice.state.value if subscriber.picture is not None else ""
        kbps = (now["bytes"] - before["bytes"]) * 8 // 1000
        print(
            f"  {now['height']:4} px {fps:3} fps {kbps:5} kbit/s, estimate {estimate // 1000:5} kbit/s, "
            f"{now['nacks'] - before['nacks']:3} nacks, {now['plis'] - before['plis']} plis, "
            f"{now['freezes']} freezes of {now['frozen_s']:.1f} s, {state}",
            flush=True,
        )
        before = now
        if until_height is not None and now["height"] >= until_height and fps >= FPS // 2:
            break
    return heights


if __name__ == "__main__":
    main()
