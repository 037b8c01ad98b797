"""A process that sends to one target: `python -m studio.engine.restream.sender`, messages on standard input.

FFmpeg waits for ever for a server that is silent, with all threads of its process where it connects, and
nothing ends that but the end of the process.
"""

import os
import re
import signal
import sys
import threading
import time
from dataclasses import dataclass
from typing import BinaryIO, Final

import av.error

from studio.engine.media import SAMPLE_RATE, AudioBlock
from studio.engine.publish.encoder import VIDEO_RATE, EncodedPicture
from studio.engine.record.inbox import Inbox
from studio.engine.record.interleaver import Interleaver, Item
from studio.engine.record.media_writer import MediaWriter
from studio.engine.restream import wire

ALIVE_SECONDS: Final = 1.0
GOODBYE_SECONDS: Final = 1.0
"""A server has so long to take the end of the stream."""
_ADDRESS: Final = re.compile(r"rtmps?://\S+", re.IGNORECASE)


class Sender:
    """Sends what it takes, from the first keyframe on.

    Args:
        target: where to, and how.
        answer: the engine reads this.
    """

    def __init__(self, target: wire.Open, answer: BinaryIO) -> None:
        self._target = target
        self._answer = answer
        self._frame = VIDEO_RATE // target.fps
        self._interleaver = Interleaver()
        self._writer: MediaWriter | None = None
        self._begin = 0
        self._size = (0, 0)
        self._told_at = 0.0

    def take(self, item: Item) -> None:
        """Send an item, or those whose turn has come.

        Raises:
            OSError, av.error.FFmpegError: the server is gone, or refuses.
        """
        for due in self._interleaver.add(item):
            if isinstance(due, AudioBlock):
                self._send_sound(due)
            else:
                self._send_picture(due)

    def close(self) -> None:
        """Send what is held, and say goodbye to the server."""
        if self._writer is not None:
            self._writer.close()

    def _send_sound(self, block: AudioBlock) -> None:
        if self._writer is not None:
            seconds = block.captured_at - self._begin / VIDEO_RATE
            self._writer.write_sound(block.samples, round(seconds * SAMPLE_RATE))

    def _send_picture(self, picture: EncodedPicture) -> None:
        if self._writer is None:
            if not picture.is_keyframe:
                return
            self._writer, self._size = self._open(picture), picture.size
        if picture.size != self._size:
            raise ValueError(
                "the size of the picture changed"
            )  # FLV says it once; the next process says it anew
        self._writer.write_picture(picture, picture.time - self._begin, self._frame)
        if time.monotonic() - self._told_at >= ALIVE_SECONDS:
            self._told_at = time.monotonic()
            self._say(wire.ALIVE)

    def _open(self, first: EncodedPicture) -> MediaWriter:
        self._begin = first.time
        options = {"flvflags": "no_duration_filesize"}
        writer = MediaWriter(self._target.url, "flv", options, first)
        self._say(wire.CONNECTED)
        return writer

    def _say(self, line: bytes) -> None:
        self._answer.write(line)
        self._answer.flush()


def without_address(text: str) -> str:
    """Take addresses out of what FFmpeg says: their ends are secrets."""
    return _ADDRESS.sub("…", text.replace("\n", " "))


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing more comes."""


def main() -> None:
    """Send until standard input ends, or the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the studio's to answer
    source, answer = sys.stdin.buffer, sys.stdout.buffer
    target = wire.read(source)
    if not isinstance(target, wire.Open):
        return
    inbox: Inbox[AudioBlock | _End] = Inbox(lambda: None)
    threading.Thread(target=_read, args=(source, inbox), name="input", daemon=True).start()
    try:
        _send(inbox, Sender(target, answer))
    except (OSError, ValueError, av.error.FFmpegError) as error:
        answer.write(wire.FAILED + without_address(f"{error}").encode() + b"\n")
        answer.flush()
    os._exit(0)  # at once: the thread that reads holds the lock of standard input


def _send(inbox: "Inbox[AudioBlock | _End]", sender: Sender) -> None:
    while not isinstance(item := inbox.get(None), _End):
        if item is not None:
            sender.take(item)
    sender.close()


def _read(source: BinaryIO, inbox: "Inbox[AudioBlock | _End]") -> None:
    """Read on while FFmpeg waits; when the engine has had enough or is gone, end the process in any case."""
    while (message := wire.read(source)) is not None:
        if isinstance(message, wire.Open):
            continue
        item = wire.from_wire(message)
        if isinstance(item, EncodedPicture):
            inbox.offer(item)
        else:
            inbox.put(item)
    inbox.put(_End())
    time.sleep(GOODBYE_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    main()
