"""One line to the relay, from the offer to the end: connects, sends, watches, and says why it was lost."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from studio.engine.latest import AudioFeed, AudioReader
from studio.engine.media import SAMPLE_RATE, MasterClock
from studio.engine.publish import whip
from studio.engine.publish.bitrate import BitrateController, LineReport
from studio.engine.publish.encoder import VIDEO_RATE, EncodedPicture
from studio.engine.publish.opus import AudioTimeline, OpusEncoder
from studio.engine.publish.peer import PeerError, PublishPeer
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.publish.stats import PublishStats, RateMeter
from studio.engine.publish.stream import OutgoingStream, WallClock

log = logging.getLogger("livestall.publish")

SILENCE_SECONDS: Final = 5.0
SILENCE_PACKETS: Final = 50
REPORT_SECONDS: Final = 1.0
FIRST_REPORT_SECONDS: Final = 0.1
CONTROL_SECONDS: Final = 1.0
QUEUED_PICTURES_MAX: Final = 8


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
        controller: decides the bitrate.
        tally: counts on over this line.
        on_connected: called when packets can be sent.
    """

    def __init__(
        self,
        media: Media,
        controller: BitrateController,
        tally: Tally,
        *,
        on_connected: Callable[[], None],
    ) -> None:
        self._media = media
        self._clock = media.clock
        self._controller = controller
        self._tally = tally
        self._late_before = tally.encoded_late
        self._loop = asyncio.get_running_loop()
        self._pictures: asyncio.Queue[EncodedPicture] = asyncio.Queue()
        self._awaits_keyframe = True
        self._meter = RateMeter()
        self._loss = 0.0
        self._timeline = AudioTimeline()
        self._failure: asyncio.Future[None] = self._loop.create_future()
        wall = WallClock(media.clock)
        self._wall = wall
        self._pictures_in = media.encoder.output(self._deliver, self._fail)
        request_keyframe = self._pictures_in.request_keyframe
        self._video_out = OutgoingStream(VIDEO_RATE, wall, request_keyframe, self._on_remb)
        self._audio_out = OutgoingStream(SAMPLE_RATE, wall, on_remb=self._on_remb)
        self._on_connected = on_connected

    def apply_target(self) -> None:
        """Ask the encoder for the bitrate that is to be aimed at now."""
        self._media.encoder.set_target(self._controller.target(self._clock.now()).kbps)

    def stats(self) -> PublishStats:
        """Give the figures now."""
        now = self._clock.now()
        target = self._controller.target(now)
        self._count_late()
        rtt = self._video_out.rtt
        return PublishStats(
            sent=self._tally.sent,
            dropped=self._tally.dropped,
            encoded_late=self._tally.encoded_late,
            bitrate_kbps=self._meter.kbps(now),
            target_kbps=target.kbps,
            reason=target.reason,
            rtt_ms=None if rtt is None else rtt * 1000,
            loss=self._loss,
        )

    async def run(self, destination: Destination) -> None:
        """Publish until cancelled; then end the session at the endpoint, within 2 s.

        Raises:
            LineLostError: there was no connection, or it was lost.
            whip.WhipError: the endpoint did not take the offer.
        """
        peer = PublishPeer(self._video_out, self._audio_out)
        session: whip.WhipSession | None = None
        try:
            offer = await peer.offer()
            session = await whip.publish(destination.whip_url, destination.token, offer, destination.claim)
            await peer.connect(session.answer)
            await self._send_until_lost(peer)
        except PeerError as error:
            raise LineLostError("no_way", str(error)) from error
        finally:
            await self._end(peer, session, destination.token)

    async def _send_until_lost(self, peer: PublishPeer) -> None:
        log.info("publishing")
        self._on_connected()
        reader = self._media.audio.reader()
        self.apply_target()
        self._pictures_in.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch_connection(peer), name="watch connection")
                group.create_task(self._watch_encoder(), name="watch encoder")
                group.create_task(self._watch_silence(), name="watch silence")
                group.create_task(self._send_pictures(), name="send pictures")
                group.create_task(self._send_sound(reader), name="send sound")
                group.create_task(self._send_reports(), name="send reports")
                group.create_task(self._control(), name="control bitrate")
        except ExceptionGroup as errors:
            raise _cause(errors) from errors
        finally:
            self._media.audio.remove(reader)

    async def _end(self, peer: PublishPeer, session: whip.WhipSession | None, token: str) -> None:
        await asyncio.to_thread(self._pictures_in.stop)
        self._count_late()
        if session is not None:
            try:
                await whip.remove(session, token)
            except whip.WhipUnavailableError as error:
                log.info("%s", error)
        await peer.close()
        self._media.encoder.set_target(None)  # others may take the pictures still

    # --- Sending ---------------------------------------------------------

    def _deliver(self, picture: EncodedPicture) -> None:
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
            self._loop.call_soon_threadsafe(self._take_picture, picture)

    def _take_picture(self, picture: EncodedPicture) -> None:
        if self._awaits_keyframe and not picture.is_keyframe:
            self._tally.dropped += 1  # it refers to a picture that was not sent
            return
        if self._pictures.qsize() >= QUEUED_PICTURES_MAX:
            self._tally.dropped += 1
            self._awaits_keyframe = True
            self._pictures_in.request_keyframe()
            return
        self._awaits_keyframe = False
        self._pictures.put_nowait(picture)

    async def _send_pictures(self) -> None:
        while True:
            picture = await self._pictures.get()
            await self._video_out.send(picture.payloads, picture.time, marker=1)
            self._meter.add(sum(map(len, picture.payloads)), self._clock.now())
            self._tally.sent += 1

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
            await self._video_out.report(round(now * VIDEO_RATE))
            await self._audio_out.report(self._timeline.at(now))
            pause = min(REPORT_SECONDS, pause * 2)

    def _count_late(self) -> None:
        self._tally.encoded_late = self._late_before + self._pictures_in.skipped

    # --- Watching ---------------------------------------------------------

    async def _control(self) -> None:
        while True:
            await asyncio.sleep(CONTROL_SECONDS)
            self._loss = self._video_out.take_loss()
            rtt = self._video_out.rtt
            report = LineReport(self._loss, None if rtt is None else rtt * 1000, self._pictures.qsize())
            self._controller.on_report(report, self._clock.now())
            self.apply_target()

    def _on_remb(self, kbps: float) -> None:
        self._controller.on_remb(kbps, self._clock.now())
        self.apply_target()

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
        """Notice a far end that is gone: packets go out, and nothing is heard of them."""
        heard_at, sent_then = self._wall.now(), 0
        while True:
            await asyncio.sleep(SILENCE_SECONDS / 10)
            sent = self._video_out.packets_sent + self._audio_out.packets_sent
            latest = max(self._video_out.heard_at, self._audio_out.heard_at)
            if latest > heard_at:
                heard_at, sent_then = latest, sent
            if self._wall.now() - heard_at > SILENCE_SECONDS and sent - sent_then > SILENCE_PACKETS:
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
