"""RTP in, fragments out, as FFmpeg reads them."""

import io
from collections.abc import Iterable

import av
import numpy as np
import pytest

from backend.egress.boxes import VIDEO_CLOCK
from backend.egress.fragmenter import Fragment, Fragmenter, GapError, Init
from backend.relay.rtp import signed_32
from tests.support.clip import FPS
from tests.support.film_rtp import BEGAN_S, FIRST_TIME, Sent, film, reports

SIZE = (180, 320)


def make(sent: Iterable[Sent], fragmenter: Fragmenter | None = None) -> list[Init | Fragment]:
    if fragmenter is None:
        fragmenter = Fragmenter()
        for kind, report in reports():
            fragmenter.on_report(kind, report)
    return [made for one in sent for made in fragmenter.on_packet(one.kind, one.packet, one.at_s)]


def pictures(made: Iterable[Init | Fragment]) -> list[float]:
    """The times of the pictures that can be decoded, in seconds."""
    with av.open(io.BytesIO(b"".join(one.data for one in made)), "r") as container:
        return [float(frame.time) for frame in container.decode(video=0)]


def sound_begins_s(made: Iterable[Init | Fragment]) -> float:
    with av.open(io.BytesIO(b"".join(one.data for one in made)), "r") as container:
        samples = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    return float(np.argmax(np.abs(samples) > 0.1)) / 48_000


def fragments(made: Iterable[Init | Fragment]) -> list[Fragment]:
    return [one for one in made if isinstance(one, Fragment)]


def test_a_film_is_cut_into_tenths_of_seconds_and_at_keyframes() -> None:
    made = make(film(2.5, SIZE))
    assert isinstance(made[0], Init)
    cut = fragments(made)
    assert len(made) == len(cut) + 1
    assert [one.start / VIDEO_CLOCK for one in cut if one.is_key] == [0.0, 1.0, 2.0]
    assert {one.duration for one in cut} == {VIDEO_CLOCK // 10}
    assert [one.start for one in cut] == [number * VIDEO_CLOCK // 10 for number in range(len(cut))]
    assert pictures(made) == pytest.approx([number / FPS for number in range(len(cut) * 3)])


def test_who_begins_at_a_keyframe_decodes_all_that_follows() -> None:
    made = make(film(2.5, SIZE))
    init, later = made[0], [one for one in fragments(made) if one.start >= VIDEO_CLOCK]
    assert pictures([init, *later])[0] == 1.0


def test_a_lost_packet_stops_the_picture_until_the_next_keyframe() -> None:
    sent = list(film(2.5, SIZE))
    lost = next(index for index, one in enumerate(sent) if one.kind == "video" and one.at_s > BEGAN_S + 0.35)
    times = pictures(make(sent[:lost] + sent[lost + 1 :]))
    assert max(time for time in times if time < 1) < 0.4
    assert next(time for time in times if time >= 1) == 1.0


def test_a_packet_that_was_sent_again_costs_nothing() -> None:
    sent = list(film(1.5, SIZE))
    late = sent.pop(10)
    at = next(index for index, one in enumerate(sent) if one.at_s > late.at_s + 0.1)
    sent.insert(at, late._replace(at_s=sent[at].at_s))
    assert pictures(make(sent)) == pictures(make(film(1.5, SIZE)))


@pytest.mark.parametrize("ahead_s", [0.3, 0.0, -0.3])
def test_sound_keeps_to_its_picture_whichever_of_them_comes_sooner(ahead_s: float) -> None:
    late = FIRST_TIME + 48_000
    sent = [
        one
        for one in film(3, SIZE, sound_ahead_s=ahead_s)
        if one.kind == "video" or signed_32(one.packet.timestamp - late) >= 0
    ]
    assert sound_begins_s(make(sent)) == pytest.approx(1.0, abs=0.08)


def test_a_stream_without_sound_has_silence() -> None:
    made = make(one for one in film(3, SIZE) if one.kind == "video")
    with av.open(io.BytesIO(b"".join(one.data for one in made)), "r") as container:
        silence = list(container.decode(audio=0))
    assert len(silence) * 1024 / 48_000 == pytest.approx(2.4, abs=0.2)
    assert max(float(np.abs(frame.to_ndarray()).max()) for frame in silence) < 0.001


def test_another_size_begins_with_another_init_segment() -> None:
    fragmenter = Fragmenter()
    first = make(film(1, SIZE), fragmenter)
    turned = [one for one in film(2, (320, 180)) if one.at_s >= BEGAN_S + 1 and one.kind == "video"]
    (last,) = [one.packet.sequence_number for one in film(1, SIZE) if one.kind == "video"][-1:]
    renumbered = [
        one._replace(packet=one.packet._replace(sequence_number=last + 1 + index & 0xFFFF))
        for index, one in enumerate(turned)
    ]
    second = make(renumbered, fragmenter)
    at = next(index for index, one in enumerate(second) if isinstance(one, Init))
    assert isinstance(second[at + 1], Fragment)
    with av.open(io.BytesIO(b"".join(one.data for one in second[at:])), "r") as container:
        frame = next(iter(container.decode(video=0)))
    assert (frame.width, frame.height) == (320, 180)
    assert first[0].data != second[at].data


@pytest.mark.parametrize("jump_s", [7, -1])
def test_a_jump_in_time_ends_the_line(jump_s: int) -> None:
    fragmenter = Fragmenter()
    make(film(0.5, SIZE), fragmenter)
    (last,) = [one for one in film(0.5, SIZE) if one.kind == "video"][-1:]
    packet = last.packet._replace(
        sequence_number=last.packet.sequence_number + 1,
        timestamp=last.packet.timestamp + jump_s * VIDEO_CLOCK & 0xFFFFFFFF,
    )
    with pytest.raises(GapError):
        fragmenter.on_packet("video", packet, last.at_s + 1)


def test_without_a_report_no_time_of_day_is_told() -> None:
    assert b"prft" not in b"".join(one.data for one in make(film(0.5, SIZE), Fragmenter()))
    assert b"prft" in b"".join(one.data for one in make(film(0.5, SIZE)))
