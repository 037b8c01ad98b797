"""How packets are laid out for segmentation offload: which of them make one message, and where each lies."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

MAX_SEGMENTS: Final = 64
MAX_MESSAGE_BYTES: Final = 65000
ALIGNMENT: Final = 64


class Run(NamedTuple):
    """Packets that make one message: first index, how many, bytes of all but the last, bytes of all."""

    first: int
    packets: int
    segment_bytes: int
    total_bytes: int


def segment_runs(sizes: Sequence[int], segments: int = MAX_SEGMENTS) -> Iterator[Run]:
    """Packets grouped into messages of at most `segments`: all of one size, only the last may be shorter."""
    first = 0
    while first < len(sizes):
        segment, total, end = sizes[first], sizes[first], first + 1
        while (
            end < len(sizes)
            and sizes[end] <= segment == sizes[end - 1]
            and end - first < segments
            and total + sizes[end] <= MAX_MESSAGE_BYTES
        ):
            total += sizes[end]
            end += 1
        yield Run(first, end - first, segment, total)
        first = end


def batches(packets: Sequence[bytes], tag_bytes: int) -> Iterator[Sequence[bytes]]:
    """Parts of at most `MAX_MESSAGE_BYTES`, so that one receiver's copy fits its place."""
    start, total = 0, 0
    for index, packet in enumerate(packets):
        size = len(packet) + tag_bytes
        if total + size > MAX_MESSAGE_BYTES:
            yield packets[start:index]
            start, total = index, 0
        total += size
    yield packets[start:]


class Layout:
    """Where the packets of one batch lie, the same for every receiver, from its own start.

    Attributes:
        template: the plain packets with room for a tag behind each.
        stride: bytes from one receiver's start to the next.
        offsets, sizes: of the plain packets.
        runs: the messages they make, tags included.
    """

    __slots__ = ("offsets", "runs", "sizes", "stride", "template")

    def __init__(self, packets: Sequence[bytes], tag_bytes: int, segments: int) -> None:
        gap = bytes(tag_bytes)
        self.template = gap.join(packets) + gap
        self.stride = -(-len(self.template) // ALIGNMENT) * ALIGNMENT
        self.sizes = [len(packet) for packet in packets]
        self.offsets: list[int] = []
        position = 0
        for size in self.sizes:
            self.offsets.append(position)
            position += size + tag_bytes
        self.runs = list(segment_runs([size + tag_bytes for size in self.sizes], segments))
