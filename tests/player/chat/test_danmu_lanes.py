"""Danmu fly without touching."""

from tests.support.node import run_module

# Every millisecond that matters: where the tail of one and the head of the next are.
SIMULATE = """
const { DanmuLanes } = await player("chat/danmu-lanes.js");
const stage = given.stage, flight = 8000, lanes = new DanmuLanes(stage, flight);
lanes.resize(given.lanes);
let seed = 7, refused = 0;
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const flights = [];
for (let now = 0; now < 60000; now += 60 + random() * 400) {
  const width = 30 + random() * given.widest, lane = lanes.take(width, now);
  if (lane === null) refused++;
  else flights.push({ lane, width, now });
}
let least = Infinity;
for (const [index, one] of flights.entries()) {
  const next = flights.slice(index + 1).find(({ lane }) => lane === one.lane);
  if (!next) continue;
  for (let at = next.now; at <= one.now + flight; at += 16) {
    const left = ({ now, width }) => stage - ((at - now) / flight) * (stage + width);
    least = Math.min(least, left(next) - (left(one) + one.width));
  }
}
return { flown: flights.length, refused, least, lanes: new Set(flights.map(({ lane }) => lane)).size };
"""


async def test_no_two_of_a_lane_touch_whatever_their_widths() -> None:
    for stage, lanes, widest in ((390, 4, 700), (360, 1, 100), (1280, 6, 300)):
        given = {"stage": stage, "lanes": lanes, "widest": widest}
        result = await run_module(SIMULATE, dict[str, float], given=given)
        assert result["flown"] > 10 * lanes
        assert result["lanes"] == lanes
        assert result["least"] >= 0, given


async def test_fewer_lanes_take_no_more() -> None:
    script = """
    const { DanmuLanes } = await player("chat/danmu-lanes.js");
    const lanes = new DanmuLanes(400, 8000);
    lanes.resize(2);
    const taken = [lanes.take(50, 0), lanes.take(50, 0), lanes.take(50, 0)];
    lanes.resize(1);
    return [...taken, lanes.take(50, 4000), lanes.take(50, 4000)];
    """
    assert await run_module(script, list[int | None]) == [0, 1, None, 0, None]
