"""What is left of a time."""

from tests.support.node import run_module


async def test_what_is_left_is_counted_down_to_zero() -> None:
    script = 'const { leftText } = await player("shop/times.js"); return given.map(leftText);'
    given = [900_000, 61_000, 500, 0, -5_000, 3_600_000, 90_061_000]
    told = await run_module(script, list[str], given=given)
    assert told == ["15:00", "01:01", "00:01", "00:00", "00:00", "1:00:00", "25:01:01"]
