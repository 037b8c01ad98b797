"""Keeps a loaded library from looking up addresses: its own entry for the resolver is made to lead nowhere.

For mediapipe 1.2, which sends usage metrics (google-ai-edge/mediapipe#6291) a minute after a task starts and
when one is closed, whatever its environment, and has no switch against it. Linux and ELF
only. To be taken away when mediapipe has a switch; tests/effects/models/test_silence.py says when.
"""

import ctypes
import mmap
import platform
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_RESOLVER: Final = b"getaddrinfo"
# System V ABI, chapter 5: program header types, dynamic array tags, sizes of 64-bit entries.
_LOAD, _DYNAMIC = 1, 2
_STRINGS, _SYMBOLS, _JUMP_SLOTS, _JUMP_SLOTS_SIZE = 5, 6, 23, 2
_SYMBOL_SIZE, _RELOCATION_SIZE = 24, 24


class SilenceError(RuntimeError):
    """A library that cannot be silenced; the text says why."""


def silence(library: Path) -> None:
    """Have a library that is loaded in this process fail at every look-up of an address from now on.

    Raises:
        SilenceError: this is not Linux, or the library is not loaded or not of the expected form.
    """
    if platform.system() != "Linux" or struct.calcsize("P") != 8:
        raise SilenceError(f"{library.name} can be kept from the network on 64-bit Linux only")
    base = _base_address(library)
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        slots = list(_resolver_slots(content))
    if not slots:
        raise SilenceError(f"expected {library.name} to import {_RESOLVER.decode()}, it does not")
    # getpid takes no arguments, does nothing, and never returns 0, which would say that an address was found.
    nowhere = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p).value
    for slot in slots:
        _make_writable(base + slot)
        ctypes.c_void_p.from_address(base + slot).value = nowhere


def _base_address(library: Path) -> int:
    name = str(library.resolve())
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, _, offset, *_, path = (*line.split(maxsplit=5),)
        if path == name and int(offset, 16) == 0:
            return int(place.split("-")[0], 16)
    raise SilenceError(f"expected {library.name} to be loaded, it is not")


def _resolver_slots(content: mmap.mmap) -> Iterator[int]:
    """Yield the addresses, from the library's base, of the pointers through which it calls the resolver."""
    segments = list(_segments(content))
    dynamic = dict(_dynamic(content, segments))

    def offset(address: int) -> int:
        for kind, start, virtual, size in segments:
            if kind == _LOAD and virtual <= address < virtual + size:
                return start + address - virtual
        raise SilenceError(f"expected address {address:#x} inside the file")

    strings, symbols = offset(dynamic[_STRINGS]), offset(dynamic[_SYMBOLS])
    first = offset(dynamic[_JUMP_SLOTS])
    for place in range(first, first + dynamic[_JUMP_SLOTS_SIZE], _RELOCATION_SIZE):
        slot, info, _ = struct.unpack_from("<QQq", content, place)
        (name_at,) = struct.unpack_from("<I", content, symbols + (info >> 32) * _SYMBOL_SIZE)
        name = content[strings + name_at : strings + name_at + len(_RESOLVER) + 1]
        if name == _RESOLVER + b"\0":
            yield slot


def _segments(content: mmap.mmap) -> Iterator[tuple[int, int, int, int]]:
    """Yield type, offset in the file, address and size in the file of each segment."""
    if content[:5] != b"\x7fELF\x02":
        raise SilenceError("expected a 64-bit ELF library")
    (headers,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    for place in range(headers, headers + size * count, size):
        kind, _, start, virtual, _, in_file = struct.unpack_from("<IIQQQQ", content, place)
        yield kind, start, virtual, in_file


def _dynamic(content: mmap.mmap, segments: list[tuple[int, int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield tag and value of the dynamic section."""
    for kind, start, _, size in segments:
        if kind == _DYNAMIC:
            for place in range(start, start + size, 16):
                tag, value = struct.unpack_from("<qQ", content, place)
                yield tag, value


def _make_writable(address: int) -> None:
    """A library that was linked to be bound at once has its pointers write-protected."""
    page = address - address % mmap.PAGESIZE
    readable_writable = mmap.PROT_READ | mmap.PROT_WRITE
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(mmap.PAGESIZE), readable_writable):
        raise SilenceError(f"mprotect: error {ctypes.get_errno()}")
