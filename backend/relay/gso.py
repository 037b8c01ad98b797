"""Linux' fast path of fan-out: encrypted in place, sent by sendmmsg with UDP segmentation offload (GSO).

One system call carries up to 1,024 messages, one message up to 64 packets of equal size (the last may be
shorter). cffi's ABI mode needs no compiler.
"""

import errno
import logging
import socket
import struct
from collections.abc import Sequence
from typing import Any, Final

import cffi
import numpy as np

from backend.relay.fanout import Address, Audience
from backend.relay.libsrtp import memory, protect_in_place
from backend.relay.messages import FanEngine
from backend.relay.mmsg import MESSAGE_BYTES, SOL_UDP, UDP_SEGMENT, Batch, Names
from backend.relay.segments import MAX_MESSAGE_BYTES, MAX_SEGMENTS, Layout, batches
from backend.relay.shifting import fill_shifted, shifts_of

logger = logging.getLogger("livestall.relay")

MAX_MESSAGES: Final = 1024
MAX_PACKETS: Final = MAX_MESSAGE_BYTES // 12
# Receivers a round: enough for full system calls, few enough for the packets to stay in the cache.
ROUND_BYTES: Final = 512 * 1024
ROUND_RECEIVERS: Final = 128
SLAB_BYTES: Final = ROUND_BYTES + 2 * MAX_MESSAGE_BYTES
KEPT_BATCHES: Final = 256
INT_BYTES: Final = 4


class _Native:
    """What the engine keeps of an audience: SRTP sessions and addresses as C sees them."""

    def __init__(self, audience: Audience) -> None:
        self.handles = [receiver.sender.handle for receiver in audience.receivers]
        packed = [pack_sockaddr(receiver.address) for receiver in audience.receivers]
        length, keep = len(packed[0]), memory.new("char[]", b"".join(packed))
        first = int(memory.cast("uintptr_t", keep))
        self.names = Names(length, first + length * np.arange(len(packed), dtype=np.uint64), keep)
        self.shifts = shifts_of(audience.receivers) if audience.is_shifted else None


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
        self._bytes = np.frombuffer(memory.buffer(self._slab), np.uint8)
        self._lengths: Any = memory.new("int[]", MAX_PACKETS)
        self._length_pointers = [self._lengths + index for index in range(MAX_PACKETS)]
        self._batches: dict[tuple[int, int, tuple[bool, ...]], Batch] = {}
        self._segments = MAX_SEGMENTS

    def send(self, audience: Audience, packets: Sequence[bytes]) -> None:
        """See `FanOut.send`."""
        native = audience.native
        if not isinstance(native, _Native):
            native = audience.native = _Native(audience)
        for part in batches(packets, audience.tag_bytes):
            layout = Layout(part, audience.tag_bytes, self._segments)
            a_round = max(1, min(ROUND_RECEIVERS, ROUND_BYTES // layout.stride))
            for start in range(0, len(native.handles), a_round):
                self._send_round(audience, native, layout, slice(start, start + a_round))

    def _send_round(self, audience: Audience, native: _Native, layout: Layout, part: slice) -> None:
        handles = native.handles[part]
        if native.shifts is not None:
            fill_shifted(self._bytes, layout, native.shifts[part])
        failed = self._protect(layout, handles, is_filled=native.shifts is not None)
        batch = self._batch(len(handles), native.names.length, layout)
        batch.fill(native.names.pointers[part], self._base, layout)
        refused = self._submit(audience.socket.fileno(), batch.address, batch.count)
        self.sent += len(layout.sizes) * len(handles)
        for index, count in failed:
            self._drop(audience, part.start + index, count)
        for message in refused:
            receiver, run = divmod(message, len(layout.runs))
            self._drop(audience, part.start + receiver, layout.runs[run].packets)

    def _drop(self, audience: Audience, index: int, count: int) -> None:
        audience.receivers[index].dropped += count
        self.dropped += count
        self.sent -= count

    def _protect(self, layout: Layout, handles: Sequence[Any], *, is_filled: bool) -> list[tuple[int, int]]:
        """Encrypt all packets for all receivers; which receivers' packets could not be, and how many.

        The hot loop: 0.7 µs a packet, most of it AES. Where it `is_filled`, the packets lie there already.
        """
        move, protect, lengths = memory.memmove, protect_in_place, self._lengths
        template, stride = layout.template, layout.stride
        size, lengths_size = len(template), INT_BYTES * len(layout.sizes)
        plain_lengths = memory.new("int[]", layout.sizes)
        places = list(zip(layout.offsets, self._length_pointers, strict=False))
        failed: list[tuple[int, int]] = []
        start = self._slab + 0
        for handle in handles:
            if not is_filled:
                move(start, template, size)
            move(lengths, plain_lengths, lengths_size)
            for offset, length in places:
                if protect(handle, start + offset, length):
                    # What could not be encrypted must not leave; zeros are nothing to anybody.
                    position = (start - self._slab) // stride
                    packet = layout.offsets.index(offset)
                    move(start + offset, bytes(layout.sizes[packet]), layout.sizes[packet])
                    failed.append((position, 1))
            start += stride
        return failed

    def _batch(self, receivers: int, name_length: int, layout: Layout) -> Batch:
        """The system call's arguments, of a batch of the same shape where there was one."""
        key = (receivers, name_length, tuple(run.packets > 1 for run in layout.runs))
        batch = self._batches.get(key)
        if batch is None:
            if len(self._batches) >= KEPT_BATCHES:
                self._batches.clear()
            batch = self._batches[key] = Batch(*key)
        return batch

    def _submit(self, descriptor: int, address: int, count: int) -> list[int]:
        """Hand messages to the system; the indices of those it would not take."""
        done = 0
        refused: list[int] = []
        while done < count:
            pointer = self._cffi.cast("void *", address + MESSAGE_BYTES * done)
            sent = self._libc.sendmmsg(descriptor, pointer, min(count - done, MAX_MESSAGES), 0)
            if sent > 0:
                done += sent
                continue
            failure = self._cffi.errno
            if failure == errno.EINTR:
                continue
            if failure in (errno.EAGAIN, errno.ENOBUFS):
                # The socket's buffer is full: waiting would stop the whole relay; viewers ask again.
                return refused + list(range(done, count))
            self._learn(failure)
            refused.append(done)
            done += 1
        return refused

    def _learn(self, failure: int) -> None:
        """Some devices cannot compute checksums of segments (EIO): from now on one packet a message."""
        if failure == errno.EIO and self._segments > 1:
            logger.warning("a network device refuses segmentation offload; packets go out one a message")
            self._segments = 1


def pack_sockaddr(address: Address) -> bytes:
    """`struct sockaddr_in` or `sockaddr_in6` of Linux."""
    host, port = address
    if ":" in host:
        packed = socket.inet_pton(socket.AF_INET6, host)
        return struct.pack("=H", socket.AF_INET6) + struct.pack("!HI", port, 0) + packed + bytes(4)
    packed = socket.inet_aton(host)
    return struct.pack("=H", socket.AF_INET) + struct.pack("!H", port) + packed + bytes(8)


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
