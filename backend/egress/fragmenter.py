"""Makes fragments of a room's RTP: pictures as they are, sound as AAC, both on one line of time."""

from typing import Final, NamedTuple

from backend.egress.boxes import AUDIO, AUDIO_CLOCK, VIDEO, VIDEO_CLOCK, Run, Sample, fragment, init_segment
from backend.egress.clock import StreamClock
from backend.egress.parameter_sets import PICTURE_PARAMETERS, ParameterReader, ParameterSets
from backend.egress.pictures import Picture, PictureReader
from backend.egress.reordering import Reordering
from backend.egress.sound import Sound
from backend.relay.h264 import NAL_TYPE, SEQUENCE_PARAMETERS
from backend.relay.rtcp import SenderReport
from backend.relay.rtp import RtpPacket

FRAGMENT: Final = VIDEO_CLOCK // 10
# The relay asks for a lost packet several times within that; of sound it asks for none.
PICTURE_WAIT_S: Final = 0.25
SOUND_WAIT_S: Final = 0.04
# Sound that has not come so long after its picture will not: silence stands in for it.
SILENT_AFTER: Final = AUDIO_CLOCK // 2
LONGEST_GAP: Final = 5 * VIDEO_CLOCK
# In an MP4 file the parameters stand in the init segment; delimiters and filler say nothing.
_LEFT_OUT: Final = frozenset({SEQUENCE_PARAMETERS, PICTURE_PARAMETERS, 9, 12})


class GapError(Exception):
    """The stream went on after a long while, or went back: it does not fit on one line of time."""


class Init(NamedTuple):
    """What players need before the fragments that follow."""

    data: bytes


class Fragment(NamedTuple):
    """One fragment.

    Attributes:
        is_key: whether it begins with a picture that needs no other.
        start: of its first picture, on the line of time, in 1/90000 s.
        duration: of its pictures.
    """

    data: bytes
    is_key: bool
    start: int
    duration: int


class Fragmenter:
    """See the module. Its line of time begins with its first keyframe; sound from before that is left out."""

    def __init__(self) -> None:
        self._order = {"video": Reordering(PICTURE_WAIT_S), "audio": Reordering(SOUND_WAIT_S)}
        self._clocks = {"video": StreamClock(VIDEO_CLOCK), "audio": StreamClock(AUDIO_CLOCK)}
        self._pictures = PictureReader()
        self._parameters = ParameterReader()
        self._sets: ParameterSets | None = None
        self._sound: Sound | None = None
        self._began = 0
        self._held: tuple[int, Picture] | None = None
        self._run: list[Sample] = []
        self._run_start = 0
        self._number = 0

    def on_report(self, kind: str, report: SenderReport) -> None:
        """Take in a sender report of `video` or `audio`."""
        self._clocks[kind].on_report(report)

    def on_packet(self, kind: str, packet: RtpPacket, now_s: float) -> list[Init | Fragment]:
        """Take in a packet of `video` or `audio`; return what is made of it.

        Args:
            kind: `video` or `audio`.
            packet: as the relay sends it, in any order.
            now_s: the time of day, in seconds since 1970.

        Raises:
            GapError: it does not fit to what came before.
        """
        made: list[Init | Fragment] = []
        for one in self._order[kind].put(packet, now_s):
            if kind == "audio":
                self._on_sound(one, now_s)
            elif one is None:
                self._pictures.on_gap()
            else:
                for picture in self._pictures.take(one):
                    made += self._on_picture(picture, now_s)
        return made

    def _on_sound(self, packet: RtpPacket | None, now_s: float) -> None:
        if packet is None:
            return
        ticks = self._clocks["audio"].ticks(packet.timestamp)
        if self._sound is None:
            return
        elapsed_s = self._day_s("audio", ticks, now_s) - self._day_s("video", self._began, now_s)
        at = round(elapsed_s * AUDIO_CLOCK)
        # A clock that is that far off tells nothing: its sound would hold the picture up.
        if 0 <= at <= self._sound_time() + LONGEST_GAP:
            self._sound.put(packet.payload, at)

    def _day_s(self, kind: str, ticks: int, now_s: float) -> float:
        return self._clocks[kind].day_s(ticks, now_s)

    def _sound_time(self) -> int:
        """The newest picture's time, as sound counts it."""
        at = self._held[0] if self._held else self._began
        return (at - self._began) * AUDIO_CLOCK // VIDEO_CLOCK

    def _on_picture(self, picture: Picture, now_s: float) -> list[Init | Fragment]:
        ticks = self._clocks["video"].ticks(picture.timestamp)
        made: list[Init | Fragment] = []
        if self._held is not None:
            made += self._add(*self._held, ticks, ends=picture.is_key, now_s=now_s)
        if picture.is_key:
            self._parameters.read(picture.units)
            if self._parameters.sets is None:
                self._held = None
                self._pictures.on_gap()
                return made
            if self._parameters.sets != self._sets:
                self._sets = self._parameters.sets
                made.append(Init(init_segment(self._sets)))
        if self._sound is None:
            self._sound, self._began = Sound(0), ticks
            self._day_s("video", ticks, now_s)
        self._held = (ticks, picture)
        self._sound.fill(self._sound_time() - SILENT_AFTER)
        return made

    def _add(
        self, ticks: int, picture: Picture, next_ticks: int, *, ends: bool, now_s: float
    ) -> list[Fragment]:
        """Add a picture, now that it is known how long it is shown; cut where it is time."""
        duration = next_ticks - ticks
        if not 0 < duration <= LONGEST_GAP:
            raise GapError(
                f"expected the next picture within 5 s, got it {duration / VIDEO_CLOCK:.1f} s later"
            )
        if not self._run:
            self._run_start = ticks
        units = [unit for unit in picture.units if unit[0] & NAL_TYPE not in _LEFT_OUT]
        data = b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)
        self._run.append(Sample(data, duration, picture.is_key))
        return [self._cut(now_s)] if ends or next_ticks - self._run_start >= FRAGMENT else []

    def _cut(self, now_s: float) -> Fragment:
        self._number += 1
        run, self._run = self._run, []
        start = self._run_start - self._began
        sound = self._sound.take() if self._sound is not None else Run(AUDIO, 0, ())
        is_exact = self._clocks["video"].is_exact
        made_at_s = self._day_s("video", self._run_start, now_s) if is_exact else None
        data = fragment(self._number, [Run(VIDEO, start, run), sound], made_at_s)
        return Fragment(data, run[0].is_sync, start, sum(sample.duration for sample in run))
