import io

import numpy as np
import pytest

from studio.engine.media import AudioBlock
from studio.engine.restream import wire
from tests.studio.engine.record.show import Show


def test_pictures_and_sound_arrive_as_they_were() -> None:
    file, items = io.BytesIO(), list(Show().play(0.2))
    for item in items:
        wire.write(file, wire.to_wire(item))
    file.seek(0)
    for item in items:
        message = wire.read(file)
        assert isinstance(message, wire.Picture | wire.Sound)
        arrived = wire.from_wire(message)
        if isinstance(item, AudioBlock):
            assert isinstance(arrived, AudioBlock)
            assert np.array_equal(arrived.samples, item.samples)
            assert arrived.captured_at == item.captured_at
        else:
            assert (arrived.data, arrived.time) == (item.data, item.time)  # type: ignore[union-attr]
    assert wire.read(file) is None


def test_a_message_that_is_cut_off_is_the_end() -> None:
    file = io.BytesIO()
    wire.write(file, wire.Open("rtmp://x/live/key", 30))
    assert wire.read(io.BytesIO(file.getvalue()[:-1])) is None
    assert wire.read(io.BytesIO(b"\0\0")) is None


def test_a_length_out_of_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        wire.read(io.BytesIO(b"\xff\xff\xff\xff"))
