"""One line to the relay, from the offer to the end: connects, sends, watches, and says why it was lost."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from studio.engine.latest import AudioFeed, AudioReader
from studio.engine.media import SAMPLE_RATE, MasterClock
from studio.engine.publish import whip
from studio.engine.publish.bitrate import BitrateController, LineReport
from studio.engine.publish.encoder import VIDEO_RATE, EncodedPicture
from studio.engine.publish.line_settings import LineSettings
from studio.engine.publish.opus import AudioTimeline, OpusEncoder
from studio.engine.publish.peer import PeerError, PublishPeer
from studio.engine.publish.send_queue import SendQueue
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.publish.silence import wait_for_silence
from studio.engine.publish.simulcast import TOP
from studio.engine.publish.stats import PublishStats
from studio.engine.publish.stream import OutgoingStream, WallClock

log = logging.getLogger("livestall.publish")

REPORT_SECONDS: Final = 1.0
FIRST_REPORT_SECONDS: Final = 0.1
CONTROL_SECONDS: Final = 1.0


class LineLostError(Exception):
    """The line was lost; connecting again may help.

    Args:
        code: a word for programs and translation.
        detail: cause and remedy in a sentence.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to publish: WHIP endpoint and bearer token, and what our own server learns beside them."""

    whip_url: str
    token: str
    claim: whip.Claim = whip.NO_CLAIM


@dataclass(slots=True)
class Tally:
    """What is counted over all lines since publishing began."""

    sent: int = 0
    dropped: int = 0
    encoded_late: int = 0


@dataclass(frozen=True, slots=True)
class Media:
    """What there is to send."""

    encoder: SharedEncoder
    audio: AudioFeed
    clock: MasterClock


class Line:
    """Publishes once; used in one event loop.

    Args:
        media: what there is to send.
        settings: what the line may carry; its layers are offered.
        controller: decides the bitrate of all layers together.
        tally: counts on over this line.
        on_connected: called when packets can be sent.
    """

    def __init__(
        self,
        media: Media,
        settings: LineSettings,
        controller: BitrateController,
        tally: Tally,
        *,
        on_connected: Callable[[], None],
    ) -> None:
        self._media = media
        self._settings = settings
        self._clock = media.clock
        self._controller = controller
        self._tally = tally
        self._before = replace(tally)
        self._loop = asyncio.get_running_loop()
        self._loss = 0.0
        self._timeline = AudioTimeline()
        self._failure: asyncio.Future[None] = self._loop.create_future()
        self._wall = WallClock(media.clock)
        self._accepted: tuple[str, ...] = ()
        self._budget = settings.budget(self._accepted)
        self._pictures_in = media.encoder.output(partial(self._deliver, TOP), self._fail, self._deliver)
        self._queues = {rid: self._queue(rid) for rid in settings.rids}
        self._top = self._queues[TOP]
        self._audio_out = OutgoingStream(SAMPLE_RATE, self._wall, on_remb=self._on_remb)
        self._on_connected = on_connected

    def _queue(self, rid: str) -> SendQueue:
        request_keyframe = partial(self._pictures_in.request_keyframe, rid)
        stream = OutgoingStream(VIDEO_RATE, self._wall, request_keyframe, self._on_remb)
        return SendQueue(rid, stream, self._clock, request_keyframe)

    def configure(self, settings: LineSettings) -> None:
        """Carry this from the next picture on; layers that were not offered stay out."""
        self._settings = settings
        self._set_budget()

    def _set_budget(self) -> None:
        self._budget = self._settings.budget(self._accepted)
        self._controller.set_bounds(self._budget.bounds(self._settings.bitrate))
        self._apply_target()

    def stats(self) -> PublishStats:
        """Give the figures now."""
        target = self._controller.target(self._clock.now())
        self._count()
        rtt = self._top.stream.rtt
        layers = [queue.stats() for queue in self._queues.values()]
        return PublishStats(
            sent=self._tally.sent,
            dropped=self._tally.dropped,
            encoded_late=self._tally.encoded_late,
            bitrate_kbps=sum(layer.kbps for layer in layers),
            target_kbps=target.kbps,
            reason=target.reason,
            rtt_ms=None if rtt is None else rtt * 1000,
            loss=self._loss,
            layers=tuple(layer for layer in layers if layer.fps),
        )

    async def run(self, destination: Destination) -> None:
        """Publish until cancelled; then end the session at the endpoint, within 2 s.

        Raises:
            LineLostError: there was no connection, or it was lost.
            whip.WhipError: the endpoint did not take the offer.
        """
        video = {rid: queue.stream for rid, queue in self._queues.items()}
        peer = PublishPeer(video, self._audio_out)
        session: whip.WhipSession | None = None
        try:
            offer = await peer.offer()
            session = await whip.publish(destination.whip_url, destination.token, offer, destination.claim)
            await peer.connect(session.answer)
            self._accepted = peer.layers.rids
            self._set_budget()
            await self._send_until_lost(peer)
        except PeerError as error:
            raise LineLostError("no_way", str(error)) from error
        finally:
            await self._end(peer, session, destination.token)

    async def _send_until_lost(self, peer: PublishPeer) -> None:
        log.info("publishing")
        self._on_connected()
        reader = self._media.audio.reader()
        self._pictures_in.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch_connection(peer), name="watch connection")
                group.create_task(self._watch_encoder(), name="watch encoder")
                group.create_task(self._watch_silence(), name="watch silence")
                for rid, queue in self._queues.items():
                    group.create_task(queue.run(), name=f"send pictures of {rid}")
                group.create_task(self._send_sound(reader), name="send sound")
                group.create_task(self._send_reports(), name="send reports")
                group.create_task(self._control(), name="control bitrate")
        except ExceptionGroup as errors:
            raise _cause(errors) from errors
        finally:
            self._media.audio.remove(reader)

    async def _end(self, peer: PublishPeer, session: whip.WhipSession | None, token: str) -> None:
        await asyncio.to_thread(self._pictures_in.stop)
        self._count()
        if session is not None:
            try:
                await whip.remove(session, token)
            except whip.WhipUnavailableError as error:
                log.info("%s", error)
        await peer.close()
        self._media.encoder.set_share(None)  # others may take the pictures still

    # --- Sending ---------------------------------------------------------

    def _deliver(self, rid: str, picture: EncodedPicture) -> None:
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
            self._loop.call_soon_threadsafe(self._take_picture, rid, picture)

    def _take_picture(self, rid: str, picture: EncodedPicture) -> None:
        queue = self._queues.get(rid)
        if queue is not None:
            queue.put(picture)

    async def _send_sound(self, reader: AudioReader) -> None:
        encoder = OpusEncoder()
        while True:
            block = await reader.next()
            packets = encoder.encode(block)
            await self._audio_out.send(packets, self._timeline.stamp(block.captured_at), marker=0)

    async def _send_reports(self) -> None:
        pause = FIRST_REPORT_SECONDS  # at once, so that a receiver need not play out of sync first
        while True:
            await asyncio.sleep(pause)
            now = self._clock.now()
            for queue in self._queues.values():
                await queue.stream.report(round(now * VIDEO_RATE))
            await self._audio_out.report(self._timeline.at(now))
            pause = min(REPORT_SECONDS, pause * 2)

    def _count(self) -> None:
        before = self._before
        self._tally.sent = before.sent + self._top.sent
        self._tally.dropped = before.dropped + self._top.dropped
        self._tally.encoded_late = before.encoded_late + self._pictures_in.skipped

    # --- Watching ---------------------------------------------------------

    async def _control(self) -> None:
        while True:
            await asyncio.sleep(CONTROL_SECONDS)
            self._loss = self._top.stream.take_loss()
            rtt = self._top.stream.rtt
            report = LineReport(self._loss, None if rtt is None else rtt * 1000, self._top.waiting)
            self._controller.on_report(report, self._clock.now())
            self._apply_target()

    def _on_remb(self, kbps: float) -> None:
        self._controller.on_remb(kbps, self._clock.now())
        self._apply_target()

    def _apply_target(self) -> None:
        total_kbps = self._controller.target(self._clock.now()).kbps
        encoder = self._media.encoder
        encoder.set_share(self._budget.divide(total_kbps, encoder.given_up))

    def _fail(self, detail: str) -> None:
        def fail() -> None:
            if not self._failure.done():
                self._failure.set_exception(LineLostError("no_encoder", detail))

        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
            self._loop.call_soon_threadsafe(fail)

    async def _watch_encoder(self) -> None:
        await self._failure

    async def _watch_connection(self, peer: PublishPeer) -> None:
        await peer.wait_ended()
        raise LineLostError("connection_lost", "The server closed the connection; it is tried again.")

    async def _watch_silence(self) -> None:
        streams = [self._audio_out, *(queue.stream for queue in self._queues.values())]
        await wait_for_silence(streams, self._wall)
        detail = "The server acknowledges nothing any more; is the network up? It is tried again."
        raise LineLostError("no_feedback", detail)


def _cause(errors: ExceptionGroup[Exception]) -> Exception:
    """Return what the host should read: of several errors at once, the line's own before the socket's."""
    own, other = errors.split(LineLostError)
    if own is not None:
        return own.exceptions[0]
    if errors.split(ConnectionError)[1] is None:
        return LineLostError("connection_lost", "The connection to the server broke; it is tried again.")
    return other or errors
