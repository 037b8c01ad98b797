"""Keeps the broadcast on air: one thread with its own event loop, given what to publish and where."""

import asyncio
import contextlib
import logging
import math
import selectors
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from studio.engine.latest import AudioFeed
from studio.engine.layer_values import Layers
from studio.engine.media import MasterClock
from studio.engine.messages.events import EngineEvent, PublishChanged
from studio.engine.messages.values import Bitrate, PublishState
from studio.engine.publish import whip
from studio.engine.publish.backoff import Backoff
from studio.engine.publish.bitrate import BitrateController
from studio.engine.publish.line import Destination, Line, LineLostError, Media, Tally
from studio.engine.publish.line_settings import LineSettings
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.publish.stats import PublishStats
from studio.engine.publish.video_worker import EncoderSettings
from studio.project.project import Canvas

log = logging.getLogger("livestall.publish")

STEADY_SECONDS: Final = 5.0
"""A line that stood this long starts its back-off from the first delay when it is lost."""
LONGEST_RETRY_AFTER: Final = 30.0
CLOSE_SECONDS: Final = 5.0


class Publisher:
    """Publishes what the scene makes, and comes back by itself when the line is lost.

    All methods may be called from any thread and return at once, but `close`, which waits for the end.

    Args:
        encoder: encodes the pictures.
        audio: where sound comes from.
        clock: the one that pictures and sound are stamped with.
        emit: takes `PublishChanged`, in the publisher's thread.
    """

    def __init__(
        self,
        encoder: SharedEncoder,
        audio: AudioFeed,
        clock: MasterClock,
        emit: Callable[[EngineEvent], None],
    ) -> None:
        self._media = Media(encoder, audio, clock)
        self._emit = emit
        self._settings = LineSettings(Bitrate(), Layers.THREE)
        self._destination: Destination | None = None
        self._is_closing = False
        self._line: Line | None = None
        self._controller = BitrateController(self._settings.widest_bounds)
        self._tally = Tally()
        self._connected_at = math.inf
        self._state = PublishChanged(PublishState.IDLE)
        self._loop = asyncio.SelectorEventLoop(selectors.DefaultSelector())
        self._changed = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="publisher", daemon=True)
        self._thread.start()

    def configure(
        self, canvas: Canvas, bitrate: Bitrate, encoder: str = "", layers: Layers = Layers.THREE
    ) -> None:
        """Encode in this way from the next picture on; the line stays.

        Args:
            canvas: frames a second; the size is that of each picture.
            bitrate: between which bounds the top layer's bitrate moves.
            encoder: FFmpeg's name; empty, or one that does not open: the best that does.
            layers: which are sent; those that were not offered follow with the next connection.
        """
        self._in_loop(lambda: self._configure(canvas, bitrate, encoder, layers))

    def start(self, whip_url: str, token: str, claim: whip.Claim = whip.NO_CLAIM) -> None:
        """Publish there until asked to stop, and come back by itself whenever the line is lost.

        A line that stood takes over from nobody when it comes back.
        """
        self._in_loop(lambda: self._aim(Destination(whip_url, token, claim)))

    def stop(self) -> None:
        """End the session at the endpoint (DELETE); `IDLE` is reported when it is over, within about 2 s."""
        self._in_loop(lambda: self._aim(None))

    def stats(self) -> PublishStats:
        """Give the figures now."""
        line = self._line
        if line is not None:
            return line.stats()
        tally = self._tally
        return PublishStats(sent=tally.sent, dropped=tally.dropped, encoded_late=tally.encoded_late)

    def close(self) -> None:
        """Stop, and end the thread; waits for it, at most 5 s."""
        self._in_loop(self._begin_close)
        self._thread.join(CLOSE_SECONDS)

    # --- In the publisher's thread ---------------------------------------------------------

    def _in_loop(self, call: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # closed already: there is nothing to tell
            self._loop.call_soon_threadsafe(call)

    def _configure(self, canvas: Canvas, bitrate: Bitrate, encoder: str, layers: Layers) -> None:
        self._media.encoder.configure(EncoderSettings(encoder, canvas.fps, bitrate.ceiling_kbps))
        settings = LineSettings(bitrate, layers)
        if settings == self._settings:
            return
        self._settings = settings
        if self._line is not None:
            self._line.configure(settings)
        else:
            self._controller.set_bounds(settings.widest_bounds)

    def _aim(self, destination: Destination | None) -> None:
        if destination == self._destination and self._state.state != PublishState.REFUSED:
            return
        self._destination = destination
        self._changed.set()

    def _begin_close(self) -> None:
        self._is_closing, self._destination = True, None
        self._changed.set()

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._supervise())
        except Exception:
            log.exception("the publisher's thread ended")

    async def _supervise(self) -> None:
        async with asyncio.TaskGroup() as group:
            keeping: asyncio.Task[None] | None = None
            while not self._is_closing:
                await self._changed.wait()
                self._changed.clear()
                if keeping is not None:
                    keeping.cancel()
                    await asyncio.wait([keeping])
                    keeping = None
                if self._destination is None:
                    self._tell(PublishState.IDLE)
                else:
                    self._tally = Tally()
                    self._controller = BitrateController(self._settings.widest_bounds)
                    keeping = group.create_task(self._keep_publishing(self._destination))

    async def _keep_publishing(self, destination: Destination) -> None:
        backoff = Backoff()
        self._tell(PublishState.CONNECTING)
        while True:
            self._connected_at = math.inf
            try:
                code, detail, least_wait = await self._publish_once(destination)
            except whip.WhipRefusedError as error:
                self._tell(PublishState.REFUSED, error.code, error.detail)
                return
            if self._connected_at < math.inf:
                destination = replace(destination, claim=replace(destination.claim, takes_over=False))
            if self._media.clock.now() - self._connected_at > STEADY_SECONDS:
                backoff.reset()
            self._tell(PublishState.RECONNECTING, code, detail)
            await asyncio.sleep(max(backoff.next(), least_wait))

    async def _publish_once(self, destination: Destination) -> tuple[str, str, float]:
        """Publish until the line is lost; give code and detail of why, and the least seconds to wait."""
        line = Line(
            self._media,
            self._settings,
            self._controller,
            self._tally,
            on_connected=self._on_connected,
        )
        self._line = line
        try:
            await line.run(destination)
        except whip.WhipRefusedError:
            raise
        except whip.WhipUnavailableError as error:
            return error.code, error.detail, min(error.retry_after, LONGEST_RETRY_AFTER)
        except LineLostError as error:
            return error.code, error.detail, 0.0
        except Exception as error:
            log.exception("publishing failed in a way nobody foresaw")
            return "internal", f"Publishing failed ({error!r}); it is tried again.", 0.0
        finally:
            self._line = None
        return "connection_lost", "The line ended; it is tried again.", 0.0

    def _on_connected(self) -> None:
        self._connected_at = self._media.clock.now()
        self._tell(PublishState.CONNECTED)

    def _tell(self, state: PublishState, code: str = "", detail: str = "") -> None:
        changed = PublishChanged(state, code, detail)
        if changed != self._state:
            self._state = changed
            log.info("publishing: %s %s %s", state.value, code, detail)
            self._emit(changed)
