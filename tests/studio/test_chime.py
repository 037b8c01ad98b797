import sys
import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from studio.chime import FAULT_SOUND, ORDER_SOUND, Chime


@pytest.mark.parametrize("sound", [ORDER_SOUND, FAULT_SOUND])
def test_a_sound_is_short_and_begins_and_ends_in_silence(sound: Path) -> None:
    with wave.open(str(sound)) as file:
        frames = file.readframes(file.getnframes())
        seconds = file.getnframes() / file.getframerate()
    samples = memoryview(frames).cast("h")

    assert seconds < 1
    assert max(abs(sample) for sample in samples) > 10_000
    assert abs(samples[0]) < 100
    assert abs(samples[-1]) < 100


def test_a_machine_without_audio_output_stays_silent(
    themed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    multimedia = pytest.importorskip("PySide6.QtMultimedia")
    monkeypatch.setattr(multimedia.QMediaDevices, "defaultAudioOutput", multimedia.QAudioDevice)
    parent = QObject()
    chime = Chime(parent, FAULT_SOUND)
    chime.play()
    assert chime._effect is None


def test_a_machine_without_the_libraries_of_sound_stays_silent(
    themed: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    parent = QObject()
    chime = Chime(parent, tmp_path / "none.wav")
    chime.play()
    assert chime._effect is None
