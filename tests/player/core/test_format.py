"""Counts and times as the player writes them."""

from tests.support.node import run_module

FORMAT = 'const format = await player("core/format.js"); return '


async def test_large_counts_are_short_in_each_language() -> None:
    written = await run_module(
        'const { count } = await player("core/i18n.js");'
        'return [980, 12345].flatMap((n) => [count(n, "zh-CN"), count(n, "en")]);',
        list[str],
    )
    assert written == ["980", "980", "1.2万", "12.3K"]


async def test_durations_change_their_unit_at_a_second() -> None:
    assert await run_module(f"{FORMAT} [84.6, 999, 1234].map(format.duration);", list[str]) == [
        "85 ms",
        "999 ms",
        "1.2 s",
    ]


async def test_what_is_left_of_a_time_reads_as_a_clock() -> None:
    module = 'const { countdown } = await player("core/rejections.js");'
    written = await run_module(f"{module} return [-5, 4_000, 44_001, 125_000].map(countdown);", list[str])
    assert written == ["0:00", "0:04", "0:45", "2:05"]
