"""One encode for every output: the broadcast's line, the recording, other targets take the same pictures."""

import threading
from collections.abc import Callable

from studio.engine.latest import LatestFrame
from studio.engine.messages.values import Bitrate
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.encoder import EncodedPicture
from studio.engine.publish.layers import Share
from studio.engine.publish.simulcast import TOP
from studio.engine.publish.video_worker import EncoderSettings, VideoWorker
from studio.project.project import Canvas

Deliver = Callable[[EncodedPicture], None]
Failed = Callable[[str], None]
DeliverLower = Callable[[str, EncodedPicture], None]


class EncoderOutput:
    """One taker of encoded pictures, from `start` to `stop`; made by `SharedEncoder.output()`.

    The first picture that it is given may refer to earlier ones: begin with a keyframe.

    Args:
        encoder: whose output it is.
        deliver: takes each encoded picture in the encoder's thread; must not block.
        failed: called in the encoder's thread when nothing encodes any more; it must be stopped then.
        deliver_lower: as `deliver`, with the RID: takes the pictures of lower layers; None for none.
    """

    def __init__(
        self,
        encoder: "SharedEncoder",
        deliver: Deliver,
        failed: Failed,
        deliver_lower: DeliverLower | None,
    ) -> None:
        self._encoder = encoder
        self._skipped_before: int | None = None
        self.deliver = deliver
        self.deliver_lower = deliver_lower
        self.failed = failed

    @property
    def skipped(self) -> int:
        """How many pictures were not encoded because the encoder was busy, since `start`."""
        before = self._skipped_before
        return 0 if before is None else self._encoder.skipped - before

    def start(self) -> None:
        """Take pictures from now on; a keyframe comes soon."""
        self._skipped_before = self._encoder.skipped
        self._encoder.add(self)

    def stop(self) -> None:
        """Take no more; the encoder ends with its last output, which takes as long as one picture."""
        self._encoder.remove(self)

    def request_keyframe(self, rid: str = TOP) -> None:
        """Make one of a layer's next pictures a keyframe."""
        self._encoder.request_keyframe(rid)


class SharedEncoder:
    """Encodes while anybody takes the pictures; its methods may be called from any thread.

    The bitrate is what the broadcast's line asks for; while there is no line, the ceiling, in one layer.

    Args:
        frames: where pictures come from.
        choice: which encoder to use; tests hand in their own.
    """

    def __init__(self, frames: LatestFrame, choice: EncoderChoice | None = None) -> None:
        self._frames = frames
        self._choice = choice or EncoderChoice()
        self._lock = threading.Lock()
        self._settings = EncoderSettings("", Canvas().fps, Bitrate().ceiling_kbps)
        self._wanted: Share | None = None
        self._worker: VideoWorker | None = None
        self._outputs: tuple[EncoderOutput, ...] = ()
        self._listeners: tuple[Deliver, ...] = ()
        self._skipped_before = 0

    @property
    def skipped(self) -> int:
        """How many pictures were not encoded because the encoder was busy, ever."""
        worker = self._worker
        return self._skipped_before + (worker.skipped if worker is not None else 0)

    @property
    def fps(self) -> int:
        """Frames a second, expected."""
        return self._settings.fps

    @property
    def given_up(self) -> frozenset[str]:
        """The lower layers that this machine has no time for now."""
        worker = self._worker
        return worker.given_up if worker is not None else frozenset()

    def output(
        self, deliver: Deliver, failed: Failed, deliver_lower: DeliverLower | None = None
    ) -> EncoderOutput:
        """Make an output; nothing is encoded before it is started."""
        return EncoderOutput(self, deliver, failed, deliver_lower)

    def listen(self, deliver: Deliver) -> None:
        """Hand every picture to this one, too, but encode none for it alone."""
        with self._lock:
            self._listeners = (*self._listeners, deliver)

    def configure(self, settings: EncoderSettings) -> None:
        """Encode in this way from the next picture on."""
        with self._lock:
            self._settings = settings
            if self._worker is not None:
                self._worker.configure(settings)
                self._worker.set_share(self._share())

    def set_share(self, share: Share | None) -> None:
        """Aim at this bitrate, with these lower layers, from the next picture on; None: the ceiling alone."""
        with self._lock:
            self._wanted = share
            if self._worker is not None:
                self._worker.set_share(self._share())

    def request_keyframe(self, rid: str = TOP) -> None:
        """Make one of a layer's next pictures a keyframe."""
        worker = self._worker
        if worker is not None:
            worker.request_keyframe(rid)

    def add(self, output: EncoderOutput) -> None:
        """Give an output the pictures; the first starts the encoder."""
        with self._lock:
            self._outputs = (*self._outputs, output)
            if self._worker is None:
                self._worker = self._make_worker()
                self._worker.start()
            self._worker.request_keyframe(TOP)

    def remove(self, output: EncoderOutput) -> None:
        """Give an output nothing more; with the last the encoder ends."""
        with self._lock:
            self._outputs = tuple(other for other in self._outputs if other is not output)
            worker = None if self._outputs else self._released()
        if worker is not None:
            worker.stop()

    def _released(self) -> VideoWorker | None:
        """Go on without the worker, for the next output to make another; the caller holds the lock."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._skipped_before += worker.skipped
        return worker

    def _make_worker(self) -> VideoWorker:
        return VideoWorker(
            self._frames,
            self._choice,
            self._settings,
            self._share(),
            deliver=self._deliver,
            failed=self._fail,
        )

    def _share(self) -> Share:
        ceiling = self._settings.ceiling_kbps
        wanted = self._wanted or Share(ceiling)
        return Share(min(wanted.top_kbps, ceiling), wanted.lower)

    def _deliver(self, rid: str, picture: EncodedPicture) -> None:
        for output in self._outputs:
            if rid == TOP:
                output.deliver(picture)
            elif output.deliver_lower is not None:
                output.deliver_lower(rid, picture)
        if rid == TOP:
            for deliver in self._listeners:
                deliver(picture)

    def _fail(self, detail: str) -> None:
        with self._lock:
            self._released()
        for output in self._outputs:
            output.failed(detail)
