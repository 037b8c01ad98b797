import os
import subprocess
import sys

import msgspec
import numpy as np
import pytest
from PySide6.QtMultimedia import QAudioFormat

from studio.engine.sources.microphone import to_sound
from tests.studio.engine.sources.listen import Heard
from tests.support.sound import SoundServer

_Sample = QAudioFormat.SampleFormat


def listen(environment: dict[str, str], device_id: str = "") -> Heard:
    done = subprocess.run(
        [sys.executable, "-m", "tests.studio.engine.sources.listen", device_id],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Heard)


def test_a_tone_is_heard_at_its_pitch_and_loudness(sound_server: SoundServer) -> None:
    with sound_server.tone(1000, amplitude=0.3):
        heard = listen(sound_server.environment)
    assert heard.hertz == pytest.approx(1000, abs=2.5)  # within the 2,000 ppm that catching up may take
    assert heard.peak == pytest.approx(0.3, abs=0.03)
    assert heard.share_heard > 0.8
    assert abs(heard.lateness_ms) < 40


def test_a_microphone_is_chosen_by_its_id(sound_server: SoundServer) -> None:
    with sound_server.tone(440):
        assert listen(sound_server.environment, "virtual_mic").hertz == pytest.approx(440, abs=2.5)
    assert listen(sound_server.environment, "unplugged").code == "device_missing"


def test_without_a_sound_server_the_microphone_is_missing() -> None:
    assert listen({"PULSE_SERVER": "unix:/nonexistent"}).code == "device_missing"


def layout(kind: QAudioFormat.SampleFormat, channels: int) -> QAudioFormat:
    wanted = QAudioFormat()
    wanted.setSampleFormat(kind)
    wanted.setChannelCount(channels)
    wanted.setSampleRate(48_000)
    return wanted


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (_Sample.UInt8, np.array([128, 192, 64], np.uint8)),
        (_Sample.Int16, np.array([0, 16384, -16384], np.int16)),
        (_Sample.Int32, np.array([0, 2**30, -(2**30)], np.int32)),
        (_Sample.Float, np.array([0, 0.5, -0.5], np.float32)),
    ],
)
def test_every_kind_of_samples_becomes_the_same_sound(
    kind: QAudioFormat.SampleFormat, data: "np.ndarray[tuple[int], np.dtype[np.generic]]"
) -> None:
    sound = to_sound(data.tobytes(), layout(kind, 1))
    assert sound.dtype == np.float32
    assert sound.tolist() == [[0, 0], [0.5, 0.5], [-0.5, -0.5]]


def test_of_many_channels_the_first_two_are_heard() -> None:
    data = np.array([[0.1, 0.2, 0.9, 0.9]], np.float32)
    assert to_sound(data.tobytes(), layout(_Sample.Float, 4)).tolist() == [pytest.approx([0.1, 0.2])]
