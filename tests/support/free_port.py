"""A port for a program that must come back on the same one."""

import socket


def free_port() -> int:
    """Return a port of 127.0.0.1 that is free for TCP and UDP now."""
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram:
        stream.bind(("127.0.0.1", 0))
        port: int = stream.getsockname()[1]
        datagram.bind(("127.0.0.1", port))
    return port
