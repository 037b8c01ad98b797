"""What FFmpeg reads out of our boxes."""

import io

import av
import pytest

from backend.egress.boxes import (
    AUDIO,
    VIDEO,
    VIDEO_CLOCK,
    Run,
    Sample,
    fragment,
    init_segment,
)
from backend.egress.parameter_sets import ParameterReader, ParameterSets
from tests.support.film_rtp import units_of

SIZE = (180, 320)
PICTURE = VIDEO_CLOCK // 30


def sets() -> ParameterSets:
    reader = ParameterReader()
    reader.read(units_of(0, SIZE))
    assert reader.sets is not None
    return reader.sets


def samples(count: int) -> list[Sample]:
    found = []
    for number in range(count):
        units = [unit for unit in units_of(number, SIZE) if unit[0] & 31 in (1, 5)]
        data = b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)
        found.append(Sample(data, PICTURE, number == 0))
    return found


def test_pictures_are_decoded_at_their_times() -> None:
    first, second = samples(6)[:4], samples(6)[4:]
    film = (
        init_segment(sets())
        + fragment(1, [Run(VIDEO, 900, first)])
        + fragment(2, [Run(VIDEO, 900 + 4 * PICTURE, second)])
    )
    with av.open(io.BytesIO(film), "r") as container:
        frames = list(container.decode(video=0))
    assert [(frame.width, frame.height) for frame in frames] == [SIZE] * 6
    assert [frame.pts for frame in frames] == [900 + number * PICTURE for number in range(6)]
    assert [frame.key_frame for frame in frames] == [True] + [False] * 5


def test_a_fragment_tells_the_time_of_day_where_that_is_known() -> None:
    told = fragment(1, [Run(VIDEO, 45_000, samples(1))], 1_800_000_000.5)
    assert told[4:8] == b"prft"
    assert int.from_bytes(told[16:20], "big") - 2_208_988_800 == 1_800_000_000
    assert int.from_bytes(told[20:24], "big") == 1 << 31
    assert int.from_bytes(told[24:32], "big") == 45_000
    assert fragment(1, [Run(VIDEO, 45_000, samples(1))])[4:8] == b"moof"


def test_a_run_without_samples_is_left_out() -> None:
    assert fragment(1, [Run(VIDEO, 0, samples(1)), Run(AUDIO, 0, [])]) == fragment(
        1, [Run(VIDEO, 0, samples(1))]
    )


@pytest.mark.parametrize(("profile", "more"), [(66, b""), (100, b"\xfd\xf8\xf8\x00")])
def test_high_profiles_tell_of_their_chroma(profile: int, more: bytes) -> None:
    known = sets()
    other = known._replace(sequence=bytes((0x67, profile)) + known.sequence[2:])
    assert init_segment(other).count(other.picture + more) == 1
    assert len(init_segment(other)) == len(init_segment(known)) + len(more)
