import pytest

from backend.egress.boxes import VIDEO_CLOCK
from backend.egress.segments import KEPT, MAX_SEGMENT_BYTES, Segments

SECOND = VIDEO_CLOCK


def add_seconds(segments: Segments, seconds: int, *, keyframe_every: int = 2, data: bytes = b"x") -> None:
    for second in range(seconds):
        segments.add(data, is_key=second % keyframe_every == 0, duration=SECOND)


def lines(segments: Segments, start: str) -> list[str]:
    return [line for line in segments.playlist().splitlines() if line.startswith(start)]


@pytest.fixture
def segments() -> Segments:
    segments = Segments()
    segments.begin(b"init")
    return segments


def files(segments: Segments) -> list[str]:
    return [line for line in segments.playlist().splitlines() if line.endswith(".m4s")]


def test_a_segment_is_whole_by_the_first_keyframe_after_two_seconds(segments: Segments) -> None:
    add_seconds(segments, 2, keyframe_every=1)
    assert files(segments) == []
    assert segments.add(b"x", is_key=True, duration=SECOND)
    assert segments.has_any
    assert lines(segments, "#EXTINF") == ["#EXTINF:2.00000,"]
    assert segments.file(files(segments)[0]) == b"xx"


def test_what_comes_before_a_keyframe_is_in_no_segment(segments: Segments) -> None:
    segments.add(b"?", is_key=False, duration=SECOND)
    add_seconds(segments, 3)
    assert segments.file(files(segments)[0]) == b"xx"


def test_the_playlist_names_the_newest_and_counts_those_that_went(segments: Segments) -> None:
    add_seconds(segments, 2 * (KEPT + 3) + 1)
    assert lines(segments, "#EXT-X-MEDIA-SEQUENCE") == ["#EXT-X-MEDIA-SEQUENCE:3"]
    assert len(files(segments)) == KEPT
    assert len(lines(segments, "#EXT-X-MAP")) == 1
    assert segments.file("gone.m4s") is None


def test_long_segments_are_told_by_the_target(segments: Segments) -> None:
    add_seconds(segments, 9, keyframe_every=4)
    assert lines(segments, "#EXT-X-TARGETDURATION") == ["#EXT-X-TARGETDURATION:4"]


def test_another_init_segment_is_a_discontinuity_that_is_counted_when_it_goes(segments: Segments) -> None:
    add_seconds(segments, 3)
    segments.begin(b"other")
    add_seconds(segments, 3)
    named = [line.split('"')[1] for line in lines(segments, "#EXT-X-MAP")]
    assert [segments.file(name) for name in named] == [b"init", b"other"]
    assert lines(segments, "#EXT-X-DISCONTINUITY") == [
        "#EXT-X-DISCONTINUITY-SEQUENCE:0",
        "#EXT-X-DISCONTINUITY",
    ]
    add_seconds(segments, 2 * KEPT + 2)
    assert lines(segments, "#EXT-X-DISCONTINUITY") == ["#EXT-X-DISCONTINUITY-SEQUENCE:1"]


def test_no_two_streams_have_a_file_of_one_name(segments: Segments) -> None:
    other = Segments()
    other.begin(b"init")
    for one in (segments, other):
        add_seconds(one, 5)
    assert not set(files(segments)) & set(files(other))


def test_a_segment_without_an_end_is_thrown_away(segments: Segments) -> None:
    add_seconds(segments, 3)
    piece = bytes(MAX_SEGMENT_BYTES // 4)
    add_seconds(segments, 6, keyframe_every=100, data=piece)
    add_seconds(segments, 3)
    assert [segments.file(name) for name in files(segments)] == [b"xx", b"xx"]
    assert "#EXT-X-DISCONTINUITY" in segments.playlist().splitlines()
