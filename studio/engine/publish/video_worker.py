"""The one thread that encodes: takes the newest picture, encodes it, hands it on."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import av.error

from studio.engine.latest import FrameReader, LatestFrame
from studio.engine.media import VideoFrame
from studio.engine.publish.codecs import SOFTWARE, EncoderChoice
from studio.engine.publish.encoder import EncodedPicture, H264Encoder
from studio.engine.publish.layer_governor import LayerGovernor
from studio.engine.publish.layered_encoder import LayeredEncoder
from studio.engine.publish.layers import LOWER_LAYERS, Share

log = logging.getLogger("livestall.publish")

_POLL_SECONDS: Final = 0.1
_JOIN_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """How to encode.

    Attributes:
        name: FFmpeg's name of the encoder; empty: the best that opens.
        fps: frames a second, expected.
        ceiling_kbps: the most the top layer's bitrate will be.
    """

    name: str
    fps: int
    ceiling_kbps: int


class VideoWorker:
    """Encodes in a thread from `start` to `stop`; what comes while it is busy is skipped, the newest wins.

    Args:
        frames: where pictures come from.
        choice: which encoder to use.
        settings: how to encode.
        share: bitrate and lower layers to begin with.
        deliver: takes each layer's RID and encoded picture, in the worker's thread.
        failed: called when nothing encodes any more, in the worker's thread.
    """

    def __init__(
        self,
        frames: LatestFrame,
        choice: EncoderChoice,
        settings: EncoderSettings,
        share: Share,
        *,
        deliver: Callable[[str, EncodedPicture], None],
        failed: Callable[[str], None],
    ) -> None:
        self._frames = frames
        self._reader: FrameReader = frames.reader()
        self._skipped_before = 0
        self._skipped_then = 0
        self._choice = choice
        self._settings = settings
        self._share = share
        self._governor = LayerGovernor([layer.rid for layer in LOWER_LAYERS])
        self._deliver = deliver
        self._failed = failed
        self._keyframes_wanted: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="encoder", daemon=True)

    @property
    def skipped(self) -> int:
        """How many pictures were not encoded because the encoder was busy, since it first opened."""
        return max(0, self._reader.skipped - self._skipped_before)

    def start(self) -> None:
        """Begin with a keyframe."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; takes as long as one picture."""
        self._stopping.set()
        self._frames.remove(self._reader)
        if self._thread.is_alive():
            self._thread.join(_JOIN_SECONDS)

    @property
    def given_up(self) -> frozenset[str]:
        """The lower layers that this machine has no time for now."""
        return self._governor.given_up

    def request_keyframe(self, rid: str) -> None:
        """Make one of a layer's next pictures a keyframe."""
        self._keyframes_wanted.put(rid)

    def set_share(self, share: Share) -> None:
        """Aim at this bitrate, with these lower layers."""
        self._share = share

    def configure(self, settings: EncoderSettings) -> None:
        """Encode in this way from the next picture on, which is a keyframe if anything changed."""
        self._settings = settings

    def _run(self) -> None:
        try:
            self._encode_until_stopped()
        except Exception as error:  # the top of a thread
            log.exception("the encoder's thread ended")
            if not self._stopping.is_set():
                self._failed(f"No encoder works on this machine ({error}).")

    def _encode_until_stopped(self) -> None:
        settings, encoder = self._settings, self._open(self._settings)
        self._skipped_before = self._reader.skipped
        while not self._stopping.is_set():
            frame = self._reader.wait(_POLL_SECONDS)
            if frame is None:
                continue
            if self._settings != settings:
                settings, encoder = self._settings, self._open(self._settings)
            while not self._keyframes_wanted.empty():
                encoder.request_keyframe(self._keyframes_wanted.get())
            try:
                self._encode(encoder, frame)
            except av.error.FFmpegError:
                if encoder.top.name == SOFTWARE:
                    raise
                log.exception("encoder %s failed; the next best takes over", encoder.top.name)
                self._choice.discard(encoder.top.name)
                encoder = self._open(settings)

    def _encode(self, encoder: LayeredEncoder, frame: VideoFrame) -> None:
        share, skipped = self._share, self.skipped
        self._governor.on_picture(skipped - self._skipped_then, frame.captured_at)
        self._skipped_then = skipped
        encoder.top.set_target(share.top_kbps)
        for rid, picture in encoder.encode(frame, share.lower - self._governor.given_up):
            if not self._stopping.is_set():
                self._deliver(rid, picture)

    def _open(self, settings: EncoderSettings) -> LayeredEncoder:
        name = self._choice.choose(settings.name)
        top = H264Encoder(name, settings.fps, self._share.top_kbps, settings.ceiling_kbps)
        return LayeredEncoder(top, settings.fps)
