from backend.contract.stream import StreamCondition
from backend.relay.inspection import (
    HOLD_S,
    KEYFRAME_WITHIN_S,
    VIDEO_WITHIN_S,
    StreamInspection,
)
from backend.relay.rtp import RtpPacket

IDR = b"\x65rest"
SLICE = b"\x41rest"
BOTH = ("audio", "video")
# Two B-frames between references, in the order of decoding.
B_FRAMES = (0, 3, 1, 2, 6, 4, 5, 9, 7, 8)
FORWARD = tuple(range(10))


class Stream:
    """Pictures at 30 a second and sound, into an inspection."""

    def __init__(self, *kinds: str) -> None:
        self.inspection = StreamInspection(kinds or BOTH)
        self.now = 100.0
        self._number = 0
        self._picture = 2**32 // 3000 - 60  # the timestamps wrap soon

    def send(
        self,
        seconds: float,
        order: tuple[int, ...] = FORWARD,
        payload: bytes = SLICE,
        *,
        has_sound: bool = True,
    ) -> list[StreamCondition]:
        """Send for a while; what holds at its end. An empty order sends no pictures."""
        for step in range(round(seconds * 30)):
            if order:
                picture = self._picture + 10 * (step // 10) + order[step % 10]
                timestamp = picture * 3000 & 0xFFFFFFFF
                packet = RtpPacket(0x80, 96, self._number & 0xFFFF, timestamp, 1, payload)
                self.inspection.on_video(packet, self._number, self.now)
                self._number += 1
            if has_sound:
                self.inspection.on_sound(self.now)
            self.now += 1 / 30
            if step % 3 == 0:
                self.inspection.conditions(self.now)
        self._picture += 10 * (round(seconds * 30) // 10 + 1)
        return self.inspection.conditions(self.now)


def test_a_stream_as_it_should_be_gives_nothing_to_tell() -> None:
    assert Stream().send(30) == []


def test_b_frames_are_told_as_times_that_go_back_until_they_are_gone() -> None:
    stream = Stream()
    assert stream.send(2, B_FRAMES) == [StreamCondition.BACKWARD_TIMESTAMPS]
    assert stream.send(HOLD_S * 2 + 1) == []


def test_late_packets_and_another_encoder_are_no_times_that_go_back() -> None:
    stream = Stream()
    for start in (900, 600, 300, 0):
        stream.inspection.begin_video()
        for number in (start, start + 2, start + 1, start + 3):
            packet = RtpPacket(0x80, 96, number, number * 3000, 1, SLICE)
            stream.inspection.on_video(packet, number, stream.now)
    assert stream.inspection.conditions(stream.now) == []


def test_a_keyframe_asked_for_in_vain_is_told_until_one_comes() -> None:
    stream = Stream()
    stream.inspection.on_keyframe_asked(stream.now)
    assert stream.send(KEYFRAME_WITHIN_S - 1) == []
    assert stream.send(2) == [StreamCondition.NO_KEYFRAMES]
    assert stream.send(1, payload=IDR) == [StreamCondition.NO_KEYFRAMES], "it does not flicker"
    assert stream.send(HOLD_S) == []


def test_a_keyframe_that_comes_in_time_is_nothing_to_tell() -> None:
    stream = Stream()
    for _ in range(10):
        stream.inspection.on_keyframe_asked(stream.now)
        stream.send(KEYFRAME_WITHIN_S - 1)
        assert stream.send(0.2, payload=IDR) == []


def test_a_picture_that_was_announced_and_does_not_come_is_told_until_it_does() -> None:
    stream = Stream()
    assert stream.send(VIDEO_WITHIN_S - 1, ()) == []
    assert stream.send(2, ()) == [StreamCondition.NO_VIDEO]
    assert stream.send(0.1) == []
    assert stream.send(VIDEO_WITHIN_S + 1, ()) == [StreamCondition.NO_VIDEO]


def test_pictures_without_sound_are_nothing_to_tell() -> None:
    assert Stream().send(20, has_sound=False) == []


def test_a_stream_of_sound_that_announced_nothing_else_is_told_as_such() -> None:
    assert Stream("audio").send(10, ()) == [StreamCondition.SOUND_ONLY]


def test_silence_ends_all_that_was_noticed() -> None:
    stream = Stream()
    stream.send(2, B_FRAMES)
    stream.inspection.on_silence()
    assert stream.inspection.conditions(stream.now) == []
