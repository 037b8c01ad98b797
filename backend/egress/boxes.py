"""Fragmented MP4 as bytes (ISO/IEC 14496-12, -14, -15): an H.264 and an AAC track, cut for live streams.

FFmpeg's muxer holds packets back until it has some of every track and knows what comes next; here a fragment
is whole as soon as its pictures are.
"""

import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

from backend.egress.parameter_sets import ParameterSets

VIDEO: Final = 1
AUDIO: Final = 2
VIDEO_CLOCK: Final = 90_000
AUDIO_CLOCK: Final = 48_000
CHANNELS: Final = 2
# AAC-LC, 48 kHz, two channels (ISO/IEC 14496-3 §1.6.2.1).
AUDIO_SPECIFIC_CONFIG: Final = b"\x11\x90"

_CLOCKS: Final = {VIDEO: VIDEO_CLOCK, AUDIO: AUDIO_CLOCK}
_MATRIX: Final = struct.pack("!9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_LANGUAGE: Final = 0x55C4  # undetermined
# Sample flags (§8.8.3.1): depends on none; depends on others and is no sync sample.
_SYNC: Final = 0x02000000
_NO_SYNC: Final = 0x01010000
# trun: data offset, and of each sample duration, size, flags. tfhd: offsets count from the moof.
_RUN: Final = 0x000701
_BASE_IS_MOOF: Final = 0x020000
# From 1900 (NTP) to 1970, in seconds.
_NTP_EPOCH_S: Final = 2_208_988_800


class Sample(NamedTuple):
    """A picture or an AAC frame, for as long as it is shown or heard, in ticks of its track's clock."""

    data: bytes
    duration: int
    is_sync: bool = True


class Run(NamedTuple):
    """Samples of one track that follow one another, from this time on."""

    track: int
    start: int
    samples: Sequence[Sample]


def init_segment(sets: ParameterSets) -> bytes:
    """What a player needs before the first fragment: both tracks, and nothing in them."""
    movie = _box(
        b"moov",
        _full(b"mvhd", 0, 0, struct.pack("!IIII", 0, 0, 1000, 0), _MOVIE_REST),
        _track(VIDEO, b"vide", _video_entry(sets), sets.width, sets.height),
        _track(AUDIO, b"soun", _audio_entry(), 0, 0),
        _box(b"mvex", *(_full(b"trex", 0, 0, struct.pack("!5I", track, 1, 0, 0, 0)) for track in _CLOCKS)),
    )
    return _box(b"ftyp", b"iso6", struct.pack("!I", 1), b"iso6", b"cmfc", b"mp41") + movie


def fragment(number: int, runs: Sequence[Run], made_at_s: float | None = None) -> bytes:
    """One fragment: `moof` and `mdat`.

    Args:
        number: counts the fragments, from 1.
        runs: what is in it; the first of them is the picture's where there is one.
        made_at_s: when its first sample was captured, in seconds since 1970; None where that is unknown.
    """
    runs = [run for run in runs if run.samples]
    head_bytes = len(_moof(number, runs, [0] * len(runs)))
    offsets, at = [], head_bytes + 8
    for run in runs:
        offsets.append(at)
        at += sum(len(sample.data) for sample in run.samples)
    data = b"".join(sample.data for run in runs for sample in run.samples)
    clock = _reference_time(runs[0], made_at_s) if made_at_s is not None else b""
    return clock + _moof(number, runs, offsets) + _box(b"mdat", data)


def _reference_time(run: Run, made_at_s: float) -> bytes:
    """`prft` (§8.16.5): the time of day at this time of the track; a player knows by it how late it is."""
    ntp = int((made_at_s + _NTP_EPOCH_S) * (1 << 32)) & (1 << 64) - 1
    return _full(b"prft", 1, 0, struct.pack("!IQQ", run.track, ntp, run.start))


def _moof(number: int, runs: Sequence[Run], offsets: Sequence[int]) -> bytes:
    header = _full(b"mfhd", 0, 0, struct.pack("!I", number))
    return _box(b"moof", header, *(_traf(run, offset) for run, offset in zip(runs, offsets, strict=True)))


def _traf(run: Run, offset: int) -> bytes:
    samples = b"".join(
        struct.pack("!III", sample.duration, len(sample.data), _SYNC if sample.is_sync else _NO_SYNC)
        for sample in run.samples
    )
    return _box(
        b"traf",
        _full(b"tfhd", 0, _BASE_IS_MOOF, struct.pack("!I", run.track)),
        _full(b"tfdt", 1, 0, struct.pack("!Q", run.start)),
        _full(b"trun", 0, _RUN, struct.pack("!II", len(run.samples), offset), samples),
    )


_MOVIE_REST: Final = struct.pack("!IHH8x", 0x10000, 0x100, 0) + _MATRIX + bytes(24) + struct.pack("!I", 3)


def _track(track: int, handler: bytes, entry: bytes, width: int, height: int) -> bytes:
    volume = 0x100 if handler == b"soun" else 0
    header = struct.pack("!IIIII8xHHHH", 0, 0, track, 0, 0, 0, track - 1, volume, 0)
    sizes = struct.pack("!II", width << 16, height << 16)
    tables = _box(
        b"stbl",
        _full(b"stsd", 0, 0, struct.pack("!I", 1), entry),
        _full(b"stts", 0, 0, bytes(4)),
        _full(b"stsc", 0, 0, bytes(4)),
        _full(b"stsz", 0, 0, bytes(8)),
        _full(b"stco", 0, 0, bytes(4)),
    )
    media_header = _full(b"smhd", 0, 0, bytes(4)) if volume else _full(b"vmhd", 0, 1, bytes(8))
    reference = _full(b"dref", 0, 0, struct.pack("!I", 1), _full(b"url ", 0, 1))
    return _box(
        b"trak",
        _full(b"tkhd", 0, 3, header, _MATRIX, sizes),
        _box(
            b"mdia",
            _full(b"mdhd", 0, 0, struct.pack("!IIIIHH", 0, 0, _CLOCKS[track], 0, _LANGUAGE, 0)),
            _full(b"hdlr", 0, 0, bytes(4), handler, bytes(12), b"\0"),
            _box(b"minf", media_header, _box(b"dinf", reference), tables),
        ),
    )


def _video_entry(sets: ParameterSets) -> bytes:
    configuration = b"".join(
        (
            b"\x01",
            sets.sequence[1:4],
            b"\xff\xe1",  # lengths of four bytes; one sequence parameter set
            struct.pack("!H", len(sets.sequence)),
            sets.sequence,
            struct.pack("!BH", 1, len(sets.picture)),
            sets.picture,
            sets.chroma,
        )
    )
    head = bytes(6) + struct.pack("!H16xHH", 1, sets.width, sets.height)
    shape = struct.pack("!IIIH32xHh", 0x480000, 0x480000, 0, 1, 24, -1)
    return _box(b"avc1", head, shape, _box(b"avcC", configuration))


def _audio_entry() -> bytes:
    head = bytes(6) + struct.pack("!H8xHHII", 1, CHANNELS, 16, 0, AUDIO_CLOCK << 16)
    specific = _descriptor(5, AUDIO_SPECIFIC_CONFIG)
    decoder = _descriptor(4, struct.pack("!BB3xII", 0x40, 0x15, 0, 0) + specific)
    stream = _descriptor(3, struct.pack("!HB", AUDIO, 0) + decoder + _descriptor(6, b"\x02"))
    return _box(b"mp4a", head, _full(b"esds", 0, 0, stream))


def _descriptor(tag: int, body: bytes) -> bytes:
    return struct.pack("!BB", tag, len(body)) + body


def _full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return _box(kind, struct.pack("!I", version << 24 | flags), *parts)


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack("!I", len(body) + 8) + kind + body
