"""What the player reads of the fragments that the backend makes."""

from typing import Any

import pytest

from backend.egress.boxes import VIDEO, Run, Sample, fragment, init_segment
from backend.egress.parameter_sets import ParameterReader
from tests.support.film_rtp import units_of
from tests.support.node import run_module

READ = """
const { codecsOf, isInit, referenceOf } = await player("live/mp4.js");
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
return [init, part, plain].map(bytes).map((one) => [isInit(one), codecsOf(one), referenceOf(one)]);
"""
NTP_MS = 2_208_988_800_000


async def test_codecs_and_the_time_of_day_are_read_as_they_were_written() -> None:
    reader = ParameterReader()
    reader.read(units_of(0, (180, 320)))
    assert reader.sets is not None
    run = [Run(VIDEO, 135_000, [Sample(b"picture", 3000)])]
    read = await run_module(
        READ,
        list[Any],
        init=init_segment(reader.sets).hex(),
        part=fragment(1, run, 1_800_000_000.25).hex(),
        plain=fragment(1, run).hex(),
    )
    level = reader.sets.sequence[1:4].hex()
    assert read[0] == [True, f'video/mp4; codecs="avc1.{level},mp4a.40.2"', None]
    assert read[1][:2] == [False, ""]
    assert read[1][2]["at_s"] == 1.5
    assert read[1][2]["day_ms"] - NTP_MS == pytest.approx(1_800_000_000_250, abs=1)
    assert read[2] == [False, "", None]
