"""Figures out of what a browser counts."""

from typing import Any

from tests.support.node import run_module

NTP_MS = 2_208_988_800_000
READ = """
const { StatsReader } = await player("core/stats.js");
const reader = new StatsReader({ now: () => now });
const readings = reports.map((report) => reader.read(new Map(report.map((one) => [one.id, one]))));
return readings.at(-1);
"""


def video(**more: float) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": "v",
        "type": "inbound-rtp",
        "kind": "video",
        "timestamp": 0,
        "codecId": "c",
        "frameWidth": 720,
        "frameHeight": 1280,
        "framesDecoded": 0,
        "packetsReceived": 0,
        "packetsLost": 0,
        "bytesReceived": 0,
        "jitterBufferDelay": 0,
        "jitterBufferEmittedCount": 0,
    }
    return {**fields, **more}


LATER: dict[str, float] = {
    "timestamp": 2000,
    "framesDecoded": 60,
    "packetsReceived": 380,
    "packetsLost": 20,
    "bytesReceived": 500_000,
    "jitterBufferDelay": 1.2,
    "jitterBufferEmittedCount": 60,
}
PAIR: dict[str, object] = {
    "id": "p",
    "type": "candidate-pair",
    "nominated": True,
    "state": "succeeded",
    "currentRoundTripTime": 0.03,
}
CODEC: dict[str, object] = {"id": "c", "type": "codec", "mimeType": "video/H264"}


async def read(*reports: list[dict[str, object]], now: float | None = 10_000) -> dict[str, Any]:
    return await run_module(READ, dict[str, Any], reports=reports, now=now)


async def test_rates_are_told_between_two_readings() -> None:
    stats = await read([video(), PAIR, CODEC], [video(**LATER), PAIR, CODEC])
    assert stats["rtt_ms"] == 30
    assert (
        stats["video"] | {"fps": 30, "bitrate_kbps": 2000, "loss": 0.05, "jitter_buffer_ms": 20}
        == stats["video"]
    )
    assert stats["video"]["codec"] == "video/H264"


async def test_latency_is_measured_by_the_senders_clock_where_it_runs_with_the_servers() -> None:
    played = video(**LATER, estimatedPlayoutTimestamp=NTP_MS + 9_920)
    stats = await read([video(), PAIR], [played, PAIR], now=10_000)
    assert (stats["latency_ms"], stats["latency_source"]) == (80, "measured")


async def test_a_sender_whose_clock_is_wrong_gives_no_impossible_latency() -> None:
    for wrong_ms in (9_990, 12_000, -80_000):
        played = video(**LATER, estimatedPlayoutTimestamp=NTP_MS + wrong_ms)
        stats = await read([video(), PAIR], [played, PAIR], now=10_000)
        assert (stats["latency_ms"], stats["latency_source"]) == (35, "estimated")


async def test_without_the_servers_clock_latency_is_estimated() -> None:
    played = video(**LATER, estimatedPlayoutTimestamp=NTP_MS + 9_920)
    assert (await read([video(), PAIR], [played, PAIR], now=None))["latency_source"] == "estimated"


async def test_a_new_connection_that_counts_from_zero_gives_no_negative_rates() -> None:
    stats = await read([video(**LATER)], [video(timestamp=4000, framesDecoded=3)])
    assert stats["video"]["fps"] == 0
    assert stats["video"]["loss"] == 0


async def test_without_a_stream_there_are_no_figures() -> None:
    stats = await read([])
    assert stats["video"] is None
    assert stats["latency_ms"] is None


async def test_quality_falls_with_frames_loss_and_latency() -> None:
    script = """
    globalThis.HTMLElement = class {};
    const { qualityOf } = await player("live/quality-badge.js");
    return given.map(([fps, loss, latency_ms]) => qualityOf({ video: { fps, loss }, latency_ms }));
    """
    given = [(30, 0, 80), (30, 0.05, 80), (15, 0, 80), (30, 0, 900), (8, 0, 80), (30, 0.2, 80), (30, 0, None)]
    assert await run_module(script, list[str], given=given) == [
        "good",
        "fair",
        "fair",
        "fair",
        "poor",
        "poor",
        "good",
    ]


async def test_a_line_is_weak_where_bytes_come_and_are_lost_or_wait() -> None:
    script = """
    globalThis.HTMLElement = class {};
    const { isLineWeak } = await player("live/quality-badge.js");
    return given.map(([fps, loss, bitrate_kbps, rtt_ms]) =>
      isLineWeak({ video: { fps, loss, bitrate_kbps }, rtt_ms }));
    """
    smooth, lossy, late = (30, 0, 2500, 40), (24, 0.12, 480, 90), (6, 0, 380, 1200)
    # A host who shows few pictures, and one whose stream has stopped.
    still, stopped = (5, 0, 90, 40), (0, 1, 0, 900)
    given = [smooth, lossy, late, still, stopped, (30, 0, 2500, None)]
    assert await run_module(script, list[bool], given=given) == [False, True, True, False, False, False]


async def test_the_clock_believes_the_quickest_answer() -> None:
    script = """
    const { ServerClock } = await player("core/socket.js");
    const clock = new ServerClock();
    clock.measure({ sent_at_ms: 0, server_time_ms: 5_000 }, 400);
    clock.measure({ sent_at_ms: 1_000, server_time_ms: 6_010 }, 1_020);
    clock.measure({ sent_at_ms: 2_000, server_time_ms: 7_000 }, 2_900);
    return clock.offset_ms;
    """
    assert await run_module(script, float) == 5_000


async def test_waiting_doubles_up_to_a_bound_and_is_spread() -> None:
    script = """
    const { fullJitter } = await player("core/socket.js");
    const draws = (failures) => Array.from({ length: 500 }, () => fullJitter(failures, 500, 8_000));
    return [0, 3, 20].map(draws).map((all) => [Math.min(...all), Math.max(...all)]);
    """
    bounds = await run_module(script, list[tuple[float, float]])
    for (low, high), bound in zip(bounds, (500, 4_000, 8_000), strict=True):
        assert 0 <= low < bound * 0.1
        assert bound * 0.9 < high <= bound


async def test_the_offer_asks_for_stereo_once() -> None:
    script = 'const { inStereo } = await player("live/whep.js"); return given.map(inStereo);'
    offer = "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=fmtp:63 111/111\r\n"
    asked = offer.replace("fmtp:111 ", "fmtp:111 stereo=1;")
    assert await run_module(script, list[str], given=[offer, asked, "v=0\r\n"]) == [asked, asked, "v=0\r\n"]
