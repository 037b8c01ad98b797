"""Linux' fast path of fan-out: encrypted in place, sent by sendmmsg with UDP segmentation offload (GSO).

One system call carries up to 1,024 messages, one message up to 64 packets of equal size (the last may be
shorter). cffi's ABI mode needs no compiler. Structures are those of 64-bit Linux (glibc and musl): `struct
mmsghdr`, `struct iovec`, `struct cmsghdr`.
"""

import errno
import logging
import socket
import struct
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import cffi
import numpy as np

from backend.relay.fanout import Address, Receiver
from backend.relay.libsrtp import memory, protect_in_place
from backend.relay.messages import FanEngine

logger = logging.getLogger("livestall.relay")

SOL_UDP: Final = 17
UDP_SEGMENT: Final = 103
MAX_SEGMENTS: Final = 64
MAX_MESSAGE_BYTES: Final = 65000
MAX_VLEN: Final = 1024
# Receivers a round: enough for full system calls, few enough for the packets to stay in the cache.
ROUND_BYTES: Final = 512 * 1024
ROUND_RECEIVERS: Final = 128
SLAB_BYTES: Final = ROUND_BYTES + 2 * MAX_MESSAGE_BYTES

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
CONTROL: Final = struct.Struct("=QiiH6x")


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


class _Layout:
    """Where the packets of one batch lie, the same for every receiver, from its own start."""

    def __init__(self, packets: Sequence[bytes], tag_bytes: int, segments: int) -> None:
        gap = bytes(tag_bytes)
        self.template = gap.join(packets) + gap
        self.stride = len(self.template) + 63 & ~63
        sizes = [len(packet) + tag_bytes for packet in packets]
        offsets = [0]
        for size in sizes:
            offsets.append(offsets[-1] + size)
        self.plain = [(offset, len(packet)) for offset, packet in zip(offsets, packets, strict=False)]
        self.runs = list(segment_runs(sizes, segments))
        self.run_offsets = np.array([offsets[run.first] for run in self.runs], np.uint64)
        self.run_bytes = np.array([run.total_bytes for run in self.runs], np.uint64)


class GsoFanOut:
    """The fast engine; see `FanOut`."""

    name = FanEngine.GSO

    def __init__(self) -> None:
        self.sent = 0
        self.dropped = 0
        self._cffi = cffi.FFI()
        self._cffi.cdef("int sendmmsg(int fd, void *messages, unsigned int count, int flags);")
        self._libc: Any = self._cffi.dlopen(None)
        self._slab: Any = memory.new("char[]", SLAB_BYTES)
        self._base = int(memory.cast("uintptr_t", self._slab))
        self._length: Any = memory.new("int *")
        self._segments = MAX_SEGMENTS

    def send(
        self, sock: socket.socket, packets: Sequence[bytes], tag_bytes: int, receivers: Sequence[Receiver]
    ) -> None:
        """See `FanOut.send`."""
        for batch in _batches(packets, tag_bytes):
            layout = _Layout(batch, tag_bytes, self._segments)
            a_round = max(1, min(ROUND_RECEIVERS, ROUND_BYTES // layout.stride))
            for start in range(0, len(receivers), a_round):
                self._send_round(sock, layout, receivers[start : start + a_round])

    def _send_round(self, sock: socket.socket, layout: _Layout, receivers: Sequence[Receiver]) -> None:
        self._protect(layout, receivers)
        runs, controls = layout.runs, _controls(layout.runs)
        messages, vectors = self._messages(layout, receivers, controls)
        dropped = self._submit(sock.fileno(), messages.ctypes.data, messages.size)
        self.sent += len(layout.plain) * len(receivers)
        for index in dropped:
            count = runs[index % len(runs)].packets
            receivers[index // len(runs)].dropped += count
            self.dropped += count
            self.sent -= count
        # The system call read through their addresses: they must live until here.
        del vectors, controls

    def _protect(self, layout: _Layout, receivers: Sequence[Receiver]) -> None:
        """The hot loop: 1 µs a packet, most of it AES."""
        move, protect, length = memory.memmove, protect_in_place, self._length
        template, plain, stride = layout.template, layout.plain, layout.stride
        size = len(template)
        start = self._slab + 0
        for receiver in receivers:
            move(start, template, size)
            handle = receiver.sender.handle
            for offset, packet_bytes in plain:
                length[0] = packet_bytes
                protect(handle, start + offset, length)
            start += stride

    def _messages(
        self, layout: _Layout, receivers: Sequence[Receiver], controls: np.ndarray[Any, Any]
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """The system call's arguments: rows are receivers, columns are runs."""
        runs = layout.runs
        shape = (len(receivers), len(runs))
        names = [_native(receiver) for receiver in receivers]
        vectors = np.empty(shape, IOVEC)
        starts = self._base + layout.stride * np.arange(len(receivers), dtype=np.uint64)
        vectors["base"] = starts[:, None] + layout.run_offsets
        vectors["length"] = layout.run_bytes
        messages = np.zeros(shape, MMSGHDR)
        messages["name"] = np.array([name.pointer for name in names], np.uint64)[:, None]
        messages["name_length"] = names[0].length
        messages["iov"] = vectors.ctypes.data + IOVEC.itemsize * np.arange(
            vectors.size, dtype=np.uint64
        ).reshape(shape)
        messages["iov_count"] = 1
        is_run = np.array([run.packets > 1 for run in runs])
        pointers = controls.ctypes.data + CONTROL.size * np.arange(len(runs), dtype=np.uint64)
        messages["control"] = np.where(is_run, pointers, 0)
        messages["control_length"] = np.where(is_run, CONTROL.size, 0)
        return messages, vectors

    def _submit(self, descriptor: int, address: int, count: int) -> list[int]:
        """Hand messages to the system; the indices of those it would not take."""
        done = 0
        dropped: list[int] = []
        while done < count:
            pointer = self._cffi.cast("void *", address + MMSGHDR.itemsize * done)
            sent = self._libc.sendmmsg(descriptor, pointer, min(count - done, MAX_VLEN), 0)
            if sent > 0:
                done += sent
                continue
            failure = self._cffi.errno
            if failure == errno.EINTR:
                continue
            if failure in (errno.EAGAIN, errno.ENOBUFS):
                # The socket's buffer is full: waiting would stop the whole relay; viewers ask again.
                return dropped + list(range(done, count))
            self._learn(failure)
            dropped.append(done)
            done += 1
        return dropped

    def _learn(self, failure: int) -> None:
        """Some devices cannot compute checksums of segments (EIO): from now on one packet a message."""
        if failure == errno.EIO and self._segments > 1:
            logger.warning("a network device refuses segmentation offload; packets go out one a message")
            self._segments = 1


class _SockAddr(NamedTuple):
    """An address as the system wants it; `keep` owns the memory."""

    pointer: int
    length: int
    keep: Any


def _native(receiver: Receiver) -> _SockAddr:
    if isinstance(receiver.native, _SockAddr):
        return receiver.native
    packed = pack_sockaddr(receiver.address)
    keep = memory.new("char[]", packed)
    made = _SockAddr(int(memory.cast("uintptr_t", keep)), len(packed), keep)
    receiver.native = made
    return made


def pack_sockaddr(address: Address) -> bytes:
    """`struct sockaddr_in` or `sockaddr_in6` of Linux."""
    host, port = address
    if ":" in host:
        packed = socket.inet_pton(socket.AF_INET6, host)
        return struct.pack("=H", socket.AF_INET6) + struct.pack("!HI", port, 0) + packed + bytes(4)
    packed = socket.inet_aton(host)
    return struct.pack("=H", socket.AF_INET) + struct.pack("!H", port) + packed + bytes(8)


def _batches(packets: Sequence[bytes], tag_bytes: int) -> Iterator[Sequence[bytes]]:
    """Parts of at most `MAX_MESSAGE_BYTES`, so that one receiver's copy fits its place."""
    start, total = 0, 0
    for index, packet in enumerate(packets):
        size = len(packet) + tag_bytes
        if total + size > MAX_MESSAGE_BYTES:
            yield packets[start:index]
            start, total = index, 0
        total += size
    yield packets[start:]


def _controls(runs: Sequence[Run]) -> np.ndarray[Any, Any]:
    """A control message a run: the kernel is to cut it into segments of this size."""
    packed = b"".join(CONTROL.pack(18, SOL_UDP, UDP_SEGMENT, run.segment_bytes) for run in runs)
    return np.frombuffer(bytearray(packed), np.uint8)


def probe() -> bool:
    """Whether a segmented message really arrives as its segments, on this system, over loopback."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as inbox,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outbox,
    ):
        inbox.bind(("127.0.0.1", 0))
        inbox.settimeout(1.0)
        control = (SOL_UDP, UDP_SEGMENT, struct.pack("=H", 3))
        try:
            outbox.sendmsg([b"abcde"], [control], 0, inbox.getsockname())
            return inbox.recv(16) == b"abc" and inbox.recv(16) == b"de"
        except OSError:
            return False
