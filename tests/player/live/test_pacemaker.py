"""How far behind what comes a picture out of a buffer is played."""

from typing import Any

import pytest

from tests.support.node import run_module

PLAY = """
const { Pacemaker } = await player("live/pacemaker.js");
const listeners = [];
const addEventListener = (_, listener) => listeners.push(listener);
const video = { currentTime: 0, playbackRate: 1, seeking: false, addEventListener };
const pacemaker = new Pacemaker(video);
const buffered = (...ranges) =>
  ({ length: ranges.length, start: (n) => ranges[n][0], end: (n) => ranges[n][1] });
const shown = [];
const steer = (at, ...ranges) => {
  if (at !== null) video.currentTime = at;
  pacemaker.steer(buffered(...ranges));
  shown.push([Number(video.currentTime.toFixed(2)), video.playbackRate]);
};
const stall = () => listeners[0]();
pacemaker.begin();
"""


async def play(script: str) -> dict[str, Any]:
    return await run_module(f"{PLAY}{script}; return {{ shown, stalls: pacemaker.stalls }};", dict[str, Any])


async def test_playback_begins_close_behind_the_newest_and_never_before_what_is_there() -> None:
    assert (await play("steer(null, [0, 2])"))["shown"] == [[1.65, 1]]
    assert (await play("steer(null, [3, 3.1])"))["shown"] == [[3, 1]]


async def test_a_late_picture_is_played_faster_until_it_has_caught_up() -> None:
    shown = (
        await play("steer(null, [0, 2]); steer(1.7, [0, 2.5]); steer(2.1, [0, 2.5]); steer(2.2, [0, 2.5])")
    )["shown"]
    assert [rate for _, rate in shown] == [1, 1.06, 1.06, 1]


async def test_a_very_late_picture_jumps() -> None:
    shown = (await play("steer(null, [0, 2]); steer(1.7, [0, 12])"))["shown"]
    assert shown[-1] == [11.65, 1]


async def test_playback_goes_on_behind_a_gap() -> None:
    shown = (await play("steer(null, [0, 2]); steer(1.99, [0, 2], [2.4, 2.6])"))["shown"]
    assert shown[-1] == [2.4, 1]


async def test_a_line_that_stalls_gets_more_time_up_to_a_bound() -> None:
    told = await play("steer(null, [0, 5]); for (let n = 0; n < 9; n += 1) stall(); steer(5, [0, 30])")
    assert told["stalls"] == 9
    assert told["shown"][-1][0] == pytest.approx(30 - 0.9)


async def test_the_pacemaker_leaves_the_element_alone_while_something_else_is_played() -> None:
    told = await play("steer(null, [0, 2]); pacemaker.rest(); stall(); steer(1.7, [0, 20])")
    assert told == {"shown": [[1.65, 1], [1.7, 1]], "stalls": 0}
