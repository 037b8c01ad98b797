"""A microphone, by Qt, in a thread of its own: what holds up the main thread must not tear the sound."""

import logging
from typing import Final

import numpy as np
from PySide6.QtCore import QIODevice, QThread, QTimer
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices, QtAudio
from typing_extensions import override

from studio.engine.audio.matcher import ClockMatcher
from studio.engine.media import SAMPLE_RATE, MasterClock, Sound
from studio.engine.sources.qt_capture import require_microphone_permission
from studio.engine.sources.source import AudioSource, SourceError

log = logging.getLogger("livestall.sources")

_BUFFER_SECONDS: Final = 0.4
"""Room, not delay; with 0.1 s PulseAudio was seen to lose a fifth of the samples."""
_LOOK_MS: Final = 500
_END_MS: Final = 2000

_Sample = QAudioFormat.SampleFormat
_SAMPLES: Final = {
    _Sample.UInt8: ("u1", 128.0, 128.0),
    _Sample.Int16: ("i2", 0.0, 32768.0),
    _Sample.Int32: ("i4", 0.0, 2147483648.0),
    _Sample.Float: ("f4", 0.0, 1.0),
}
"""For each of Qt's formats: NumPy's name of it, its middle, and its amplitude."""


class Microphone(AudioSource):
    """A microphone by its stable id; empty: the system's default.

    Args:
        device_id: Qt's id.
        clock: the master clock.
    """

    def __init__(self, device_id: str, clock: MasterClock) -> None:
        self._device_id = device_id
        self._clock = clock
        self._thread: _Listener | None = None

    @override
    def open(self) -> None:
        require_microphone_permission()
        self._thread = _Listener(self._find(), self._clock)
        self._thread.start()

    @override
    def close(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.quit()
            thread.wait(_END_MS)

    @property
    @override
    def failure(self) -> SourceError | None:
        return self._thread.failure if self._thread else None

    @property
    @override
    def delay(self) -> float:
        thread = self._thread
        return thread.matcher.delay if thread else 0.0

    @property
    @override
    def lateness(self) -> float:
        thread = self._thread
        return thread.matcher.lateness if thread else 0.0

    @property
    @override
    def heard_at(self) -> float | None:
        thread = self._thread
        return thread.matcher.arrived_at if thread else None

    @override
    def pull(self, count: int, at: float) -> Sound | None:
        thread = self._thread
        return thread.matcher.pull(count, at) if thread else None

    def _find(self) -> QAudioDevice:
        devices = QMediaDevices.audioInputs()
        if not devices:
            raise SourceError(
                "device_missing",
                "No microphone is connected. Plug one in and check that the system's sound service runs.",
            )
        if not self._device_id:
            return QMediaDevices.defaultAudioInput()
        for device in devices:
            if device.id().toStdString() == self._device_id:
                return device
        there = ", ".join(device.description() for device in devices)
        raise SourceError(
            "device_missing",
            f"The microphone is not connected. Plug it in again, or choose another: {there}.",
        )


class _Listener(QThread):
    """The thread that hears: Qt's source and what it gives live and die in it."""

    def __init__(self, device: QAudioDevice, clock: MasterClock) -> None:
        super().__init__()
        self._device = device
        self._format = choose_format(device)
        self._clock = clock
        self._rest = b""
        self.matcher = ClockMatcher(self._format.sampleRate())
        self.failure: SourceError | None = None

    @override
    def run(self) -> None:
        source = QAudioSource(self._device, self._format)
        source.setBufferSize(self._format.bytesForDuration(round(_BUFFER_SECONDS * 1e6)))
        stream: QIODevice | None = source.start()
        if stream is None or source.error() != QtAudio.Error.NoError:
            self._fail(source)
            return
        stream.readyRead.connect(lambda: self._hear(stream))
        look = QTimer()  # PySide 6.11 cannot convert the argument of stateChanged
        look.timeout.connect(lambda: self._look(source))
        look.start(_LOOK_MS)
        self.exec()
        source.stop()

    def _hear(self, stream: QIODevice) -> None:
        data = self._rest + stream.readAll().data()
        size = self._format.bytesPerFrame()
        whole = len(data) // size * size
        self._rest = data[whole:]
        if whole:
            self.matcher.push(to_sound(data[:whole], self._format), self._clock.now())

    def _look(self, source: QAudioSource) -> None:
        if source.state() == QtAudio.State.StoppedState:
            self._fail(source)

    def _fail(self, source: QAudioSource) -> None:
        self.failure = SourceError(
            "capture_refused",
            f"The microphone {self._device.description()!r} ended ({source.error().name}). "
            "Check that it is plugged in and that no other program holds it.",
        )


def choose_format(device: QAudioDevice) -> QAudioFormat:
    """Choose 48 kHz stereo where the device can, else what it likes best."""
    wanted = QAudioFormat()
    wanted.setSampleRate(SAMPLE_RATE)
    wanted.setChannelCount(2)
    wanted.setSampleFormat(_Sample.Int16)
    preferred: QAudioFormat = device.preferredFormat()
    return wanted if device.isFormatSupported(wanted) or not preferred.isValid() else preferred


def to_sound(data: bytes, layout: QAudioFormat) -> Sound:
    """Return Qt's samples as float32 of shape (count, 2), -1 to 1; one channel is heard on both sides."""
    kind, middle, amplitude = _SAMPLES[layout.sampleFormat()]
    samples = np.frombuffer(data, np.dtype(kind)).reshape(-1, layout.channelCount()).astype(np.float32)
    pair = samples[:, :2] if layout.channelCount() >= 2 else np.repeat(samples, 2, axis=1)
    sound: Sound = (pair - np.float32(middle)) / np.float32(amplitude)
    return sound
