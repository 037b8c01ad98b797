import asyncio
import threading

import numpy as np

from studio.engine.latest import AUDIO_BLOCKS_KEPT, AudioFeed, LatestFrame
from studio.engine.media import AudioBlock, VideoFrame


def frame(number: int) -> VideoFrame:
    return VideoFrame(np.full((2, 2, 3), number, np.uint8), captured_at=float(number))


def block(number: int) -> AudioBlock:
    return AudioBlock(np.zeros((960, 2), np.int16), captured_at=float(number))


def test_a_slow_reader_gets_the_newest_frame_and_a_count_of_the_missed() -> None:
    latest = LatestFrame()
    reader = latest.reader()
    for number in range(5):
        latest.put(frame(number))
    got = reader.wait(0)
    assert got is not None
    assert got.captured_at == 4.0
    assert reader.skipped == 4
    assert reader.wait(0) is None


def test_each_reader_has_a_slot_of_its_own() -> None:
    latest = LatestFrame()
    first, second = latest.reader(), latest.reader()
    latest.put(frame(1))
    assert first.wait(0) is not None
    latest.put(frame(2))
    assert first.wait(0) is not None
    assert (first.skipped, second.skipped) == (0, 1)


def test_a_removed_reader_gets_nothing() -> None:
    latest = LatestFrame()
    reader = latest.reader()
    latest.remove(reader)
    latest.put(frame(1))
    assert reader.wait(0) is None


def test_a_waiting_thread_is_woken() -> None:
    latest = LatestFrame()
    reader = latest.reader()
    got: list[VideoFrame | None] = []
    thread = threading.Thread(target=lambda: got.append(reader.wait(10)))
    thread.start()
    latest.put(frame(7))
    thread.join(10)
    assert got[0] is not None
    assert got[0].captured_at == 7.0


async def test_an_event_loop_is_woken_from_another_thread() -> None:
    latest = LatestFrame()
    reader = latest.reader()
    for number in range(50):
        thread = threading.Thread(target=latest.put, args=(frame(number),))
        thread.start()
        got = await asyncio.wait_for(reader.next(), 10)
        assert got.captured_at == float(number)
        thread.join()


async def test_a_cancelled_wait_loses_no_frame() -> None:
    latest = LatestFrame()
    reader = latest.reader()
    waiting = asyncio.ensure_future(reader.next())  # noqa: TID251 - cancelled right below
    await asyncio.sleep(0)
    waiting.cancel()
    latest.put(frame(3))
    assert (await asyncio.wait_for(reader.next(), 10)).captured_at == 3.0


def test_a_reader_whose_loop_is_closed_does_not_stop_the_writer() -> None:
    latest = LatestFrame()
    reader = latest.reader()
    loop = asyncio.new_event_loop()
    task = loop.create_task(reader.next())
    loop.run_until_complete(asyncio.sleep(0))
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()
    latest.put(frame(1))
    assert reader.wait(0) is not None


async def test_sound_keeps_its_order_and_200_ms_at_most() -> None:
    feed = AudioFeed()
    reader = feed.reader()
    for number in range(AUDIO_BLOCKS_KEPT + 3):
        feed.put(block(number))
    heard = [(await reader.next()).captured_at for _ in range(AUDIO_BLOCKS_KEPT)]
    assert heard == [float(number) for number in range(3, AUDIO_BLOCKS_KEPT + 3)]
    assert reader.skipped == 3


async def test_a_reader_of_sound_may_ask_for_more_room() -> None:
    feed = AudioFeed()
    patient, usual = feed.reader(50), feed.reader()
    for number in range(50):
        feed.put(block(number))
    assert (await patient.next()).captured_at == 0.0
    assert patient.skipped == 0
    assert usual.skipped == 50 - AUDIO_BLOCKS_KEPT


async def test_a_reader_that_begins_anew_forgets_what_waited() -> None:
    feed = AudioFeed()
    reader = feed.reader()
    feed.put(block(1))
    reader.clear()
    feed.put(block(2))
    assert (await reader.next()).captured_at == 2.0
