"""The encoded pictures of one layer on their way out: a few wait, and none goes that could not be decoded."""

import asyncio
from collections.abc import Callable
from typing import Final

from studio.engine.layer_values import LayerStats
from studio.engine.media import MasterClock
from studio.engine.publish.encoder import EncodedPicture
from studio.engine.publish.stats import RateMeter
from studio.engine.publish.stream import OutgoingStream

QUEUED_PICTURES_MAX: Final = 8


class SendQueue:
    """Used in one event loop.

    Args:
        rid: names the layer.
        stream: sends its packets.
        clock: the master clock.
        request_keyframe: called when a picture was dropped, for those after it refer to it.

    Attributes:
        sent: pictures sent.
        dropped: pictures encoded and not sent.
    """

    def __init__(
        self,
        rid: str,
        stream: OutgoingStream,
        clock: MasterClock,
        request_keyframe: Callable[[], None],
    ) -> None:
        self.stream = stream
        self.sent = 0
        self.dropped = 0
        self._rid = rid
        self._clock = clock
        self._request_keyframe = request_keyframe
        self._pictures: asyncio.Queue[EncodedPicture] = asyncio.Queue()
        self._awaits_keyframe = True
        self._meter = RateMeter()
        self._size = (0, 0)

    @property
    def waiting(self) -> int:
        """How many pictures wait to be sent."""
        return self._pictures.qsize()

    def put(self, picture: EncodedPicture) -> None:
        """Send a picture in its turn; dropped where too many wait, or where it refers to one that was."""
        if self._awaits_keyframe and not picture.is_keyframe:
            self.dropped += 1
            return
        if self._pictures.qsize() >= QUEUED_PICTURES_MAX:
            self.dropped += 1
            self._awaits_keyframe = True
            self._request_keyframe()
            return
        self._awaits_keyframe = False
        self._pictures.put_nowait(picture)

    async def run(self) -> None:
        """Send until cancelled.

        Raises:
            ConnectionError: the connection is lost.
        """
        while True:
            picture = await self._pictures.get()
            await self.stream.send(picture.payloads, picture.time, marker=1)
            self._meter.add(sum(map(len, picture.payloads)), self._clock.now())
            self._size = picture.size
            self.sent += 1

    def stats(self) -> LayerStats:
        """Give the figures of the last second; thread-safe."""
        now = self._clock.now()
        width, height = self._size
        return LayerStats(self._rid, width, height, self._meter.count(now), self._meter.kbps(now))
