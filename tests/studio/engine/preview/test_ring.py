import gc
import multiprocessing
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.engine.media import VideoFrame
from studio.engine.messages.events import PreviewOpened
from studio.engine.preview.ring import (
    NEWEST,
    SLOT_BEGUN,
    SLOTS,
    PreviewFrame,
    PreviewReader,
    Ring,
    create_mapping,
    remove_rings,
    ring_bytes,
)
from studio.engine.preview.writer import PreviewWriter

PREFIX = f"livestall-test-{secrets.token_hex(8)}-"


class Line:
    """A writer and a reader joined as engine and studio are, in one process."""

    def __init__(self) -> None:
        self.frames: list[PreviewFrame] = []
        self.arrived = threading.Event()
        receiving, self.sending = multiprocessing.Pipe(duplex=False)
        self.receiving = receiving
        self.writer = PreviewWriter(self.sending, PREFIX)
        self.reader = PreviewReader(receiving, self._on_frame)

    def write(self, level: int, width: int = 8, height: int = 6) -> PreviewOpened | None:
        return self.writer.write(
            VideoFrame(np.full((height, width, 3), level, np.uint8), captured_at=level + 0.5)
        )

    def close(self) -> None:
        self.sending.close()
        self.reader.join(5)
        self.receiving.close()

    def _on_frame(self, frame: PreviewFrame) -> None:
        self.frames.append(frame)
        self.arrived.set()


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    try:
        yield line
    finally:
        line.close()
        remove_rings(PREFIX)


def names() -> list[str]:
    return [path.name for path in Path("/dev/shm").glob(f"{PREFIX}*")]


def test_a_frame_arrives_with_its_time_as_bgra(line: Line) -> None:
    line.reader.start()
    line.write(7)
    assert line.arrived.wait(5)
    frame = line.frames[0]
    assert frame.image.shape == (6, 8, 4)
    assert frame.image[0, 0].tolist() == [7, 7, 7, 255]
    assert frame.captured_at == 7.5
    assert frame.number == 1


def test_a_reader_that_comes_late_gets_only_the_newest(line: Line) -> None:
    for level in range(1, 6):
        line.write(level)
    line.reader.start()
    assert line.arrived.wait(5)
    line.close()
    assert [frame.captured_at for frame in line.frames] == [5.5]


def test_the_ring_s_name_is_gone_as_soon_as_it_is_mapped(line: Line) -> None:
    line.write(1)
    assert len(names()) == 1
    line.reader.start()
    assert line.arrived.wait(5)
    assert names() == []


def test_another_size_opens_another_ring_and_frames_go_on(line: Line) -> None:
    line.reader.start()
    first = line.write(1)
    assert first is not None
    assert line.arrived.wait(5)
    line.arrived.clear()
    assert line.write(2) is None
    second = line.write(3, width=10, height=4)
    assert second is not None
    assert (second.width, second.height) == (10, 4)
    while line.frames[-1].image.shape != (4, 10, 4):
        assert line.arrived.wait(5)
        line.arrived.clear()
    assert line.frames[-1].image[0, 0].tolist() == [3, 3, 3, 255]


def test_pictures_stay_readable_after_both_sides_have_gone(line: Line) -> None:
    line.reader.start()
    line.write(9)
    assert line.arrived.wait(5)
    frame = line.frames[0]
    line.close()
    line.writer, line.reader = PreviewWriter(line.sending, PREFIX), PreviewReader(line.receiving, print)
    line.frames.clear()
    gc.collect()
    assert frame.image.sum() == 6 * 8 * (9 * 3 + 255)


def test_a_slot_that_is_being_written_is_not_handed_over(line: Line) -> None:
    opened = PreviewOpened(name=f"{PREFIX}torn", width=8, height=6)
    ring = Ring(create_mapping(opened.name, ring_bytes(opened)), 8, 6)
    ring.header[NEWEST] = 4
    ring.notes[4 % SLOTS] = (7, 4, 0)  # begun as number 7, still ended as number 4
    handed: list[PreviewFrame] = []
    reader = PreviewReader(line.receiving, handed.append)
    reader._ring = ring
    reader._hand_over()
    assert handed == []
    ring.notes[4 % SLOTS, SLOT_BEGUN] = 4
    reader._hand_over()
    reader._hand_over()
    assert [frame.number for frame in handed] == [4]  # and once is enough


def test_rings_that_nobody_opened_can_be_removed(line: Line) -> None:
    line.write(1)
    remove_rings(PREFIX)
    assert names() == []


def test_rings_are_readable_by_their_owner_only(line: Line) -> None:
    opened = line.write(1)
    assert opened is not None
    assert (Path("/dev/shm") / opened.name).stat().st_mode & 0o777 == 0o600
