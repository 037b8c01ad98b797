"""The arguments of Linux' sendmmsg as numpy arrays, for many receivers at once (64 bit, glibc or musl)."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.relay.segments import Layout

SOL_UDP: Final = 17
UDP_SEGMENT: Final = 103

MMSGHDR: Final = np.dtype(
    [
        ("name", "u8"),
        ("name_length", "u4"),
        ("pad0", "u4"),
        ("iov", "u8"),
        ("iov_count", "u8"),
        ("control", "u8"),
        ("control_length", "u8"),
        ("flags", "i4"),
        ("pad1", "u4"),
        ("sent", "u4"),
        ("pad2", "u4"),
    ]
)
IOVEC: Final = np.dtype([("base", "u8"), ("length", "u8")])
CMSGHDR: Final = np.dtype(
    {
        "names": ["length", "level", "kind", "segment_bytes"],
        "formats": ["u8", "i4", "i4", "u2"],
        "offsets": [0, 8, 12, 16],
        "itemsize": 24,
    }
)
MESSAGE_BYTES: Final = MMSGHDR.itemsize
# The header and its two bytes, without the padding behind them.
CONTROL_LENGTH: Final = 18


class Names(NamedTuple):
    """Socket addresses that lie one behind the other.

    Attributes:
        length: bytes of each.
        pointers: where each begins.
        keep: owns their memory.
    """

    length: int
    pointers: NDArray[np.uint64]
    keep: object


class Batch:
    """The messages of one call: rows are receivers, columns are the runs of each.

    What depends on the shape alone is computed once; `fill` sets the rest.

    Args:
        receivers: how many rows.
        name_length: bytes of a socket address.
        is_segmented: for each column, whether the kernel is to cut the message.
    """

    def __init__(self, receivers: int, name_length: int, is_segmented: tuple[bool, ...]) -> None:
        shape = (receivers, len(is_segmented))
        vectors = np.zeros(shape, IOVEC)
        controls = np.zeros(len(is_segmented), CMSGHDR)
        messages = np.zeros(shape, MMSGHDR)
        controls["length"], controls["level"], controls["kind"] = CONTROL_LENGTH, SOL_UDP, UDP_SEGMENT
        messages["name_length"] = name_length
        indices = np.arange(vectors.size, dtype=np.uint64).reshape(shape)
        messages["iov"] = vectors.ctypes.data + IOVEC.itemsize * indices
        messages["iov_count"] = 1
        pointers = controls.ctypes.data + CMSGHDR.itemsize * np.arange(len(is_segmented), dtype=np.uint64)
        messages["control"] = np.where(is_segmented, pointers, 0)
        messages["control_length"] = np.where(is_segmented, CMSGHDR.itemsize, 0)
        # The arrays the kernel reads through: they live as long as this object.
        self._keep = (messages, vectors, controls)
        self._rows = np.arange(receivers, dtype=np.uint64)[:, None]
        self._names, self._bases, self._lengths = messages["name"], vectors["base"], vectors["length"]
        self._segments = controls["segment_bytes"]
        self.address: int = messages.ctypes.data
        self.count: int = messages.size

    def fill(self, names: NDArray[np.uint64], base: int, layout: Layout) -> None:
        """Set to whom (as many as rows), from where in memory, and how the packets lie there."""
        offsets = np.array([base + layout.offsets[run.first] for run in layout.runs], np.uint64)
        self._names[:] = names[:, None]
        np.add(self._rows * np.uint64(layout.stride), offsets, out=self._bases)
        self._lengths[:] = [run.total_bytes for run in layout.runs]
        self._segments[:] = [run.segment_bytes for run in layout.runs]
