"""Forbids look-ups of addresses, by the kernel: it kills the process whose resolver opens its socket."""

import ctypes
import platform
import socket
import struct
from typing import Final

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_KILL_PROCESS: Final = 0x80000000
_ALLOW: Final = 0x7FFF0000
_SOCKET_CALL: Final = {"x86_64": 41, "aarch64": 198}
# glibc's resolver asks for exactly this kind of socket; nobody else does for datagrams.
_RESOLVERS_SOCKET: Final = socket.SOCK_DGRAM | 0o2000000 | 0o4000  # close on exec, not blocking
# Classic BPF (linux/bpf_common.h): load a word of struct seccomp_data, jump if equal, return.
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_CALL_NUMBER, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 16, 24


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def can_forbid() -> bool:
    """Say whether this machine's kernel can do it."""
    return platform.system() == "Linux" and platform.machine() in _SOCKET_CALL


def forbid_lookups() -> None:
    """Have the kernel kill this process when it, or a thread made from now on, looks up an address.

    Raises:
        OSError: the kernel refuses.
    """
    instructions = (
        (_LOAD, 0, 0, _CALL_NUMBER),
        (_JUMP_IF_EQUAL, 0, 6, _SOCKET_CALL[platform.machine()]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_JUMP_IF_EQUAL, 1, 0, socket.AF_INET),
        (_JUMP_IF_EQUAL, 0, 3, socket.AF_INET6),
        (_LOAD, 0, 0, _SECOND_ARGUMENT),
        (_JUMP_IF_EQUAL, 0, 1, _RESOLVERS_SOCKET),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in instructions)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(instructions), ctypes.cast(buffer, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "prctl")
