"""Sound for tests: a PulseAudio of one's own, with a microphone into which tones are played."""

import os
import shutil
import subprocess
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

START_SECONDS = 15
END_SECONDS = 5
MICROPHONE = "VirtualMic"
TONE_SECONDS = 120
RATE = 48_000


@dataclass(frozen=True)
class SoundServer:
    """A running PulseAudio with a microphone called `VirtualMic`; programs find it by `environment`."""

    environment: dict[str, str]
    folder: Path

    @contextmanager
    def tone(self, hertz: int, amplitude: float = 0.3) -> Iterator[None]:
        """Let the microphone hear a tone until the block ends, at most two minutes."""
        path = self.folder / f"{hertz}.wav"
        _write_tone(path, hertz, amplitude)
        with _running([_program("paplay"), "--device=mic_feed", str(path)], self.environment):
            yield

    def control(self, *arguments: str) -> str:
        """Run pactl, and return what it says."""
        return subprocess.run(
            [_program("pactl"), *arguments],
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    @contextmanager
    def plugged_in(self, name: str) -> Iterator[None]:
        """Have another microphone until the block ends; its id is its name."""
        description = f"source_properties=device.description={name}"
        remap = ("load-module", "module-remap-source", f"source_name={name}", "master=mic_feed.monitor")
        module = self.control(*remap, description).strip()
        try:
            yield
        finally:
            self.control("unload-module", module)


@contextmanager
def sound_server(folder: Path) -> Iterator[SoundServer]:
    """Run PulseAudio in `folder` (a short path: it holds a socket) with a microphone that hears `tone`."""
    environment = {
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_SERVER": f"unix:{folder}/pulse.socket",
        "PULSE_COOKIE": str(folder / "cookie"),
        "HOME": str(folder),
    }
    command = [_program("pulseaudio"), "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=0"]
    for module in (
        f"module-native-protocol-unix socket={folder}/pulse.socket auth-anonymous=1",
        f"module-null-sink sink_name=speakers rate={RATE}",
        f"module-null-sink sink_name=mic_feed rate={RATE}",
        "module-remap-source source_name=virtual_mic master=mic_feed.monitor "
        f"source_properties=device.description={MICROPHONE}",
    ):
        command += ["-L", module]
    with _running(command, environment):
        server = SoundServer(environment, folder)
        _wait_for(server)
        server.control("set-default-source", "virtual_mic")
        yield server


def peak_frequency(samples: "np.ndarray[tuple[int], np.dtype[np.float64]]", rate: int = RATE) -> float:
    """Return the strongest frequency of one channel, in Hz; half a second of samples tells it to 2 Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax() * rate / len(samples))


def _write_tone(path: Path, hertz: int, amplitude: float) -> None:
    second = (np.sin(np.arange(RATE) * 2 * np.pi * hertz / RATE) * amplitude * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for _ in range(TONE_SECONDS):
            file.writeframesraw(second.tobytes())


def _wait_for(server: SoundServer) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            server.control("info")
        except subprocess.CalledProcessError:
            assert time.monotonic() < end, "PulseAudio did not start"
            time.sleep(0.05)
        else:
            return


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)
        if process.poll() is None:
            process.kill()
            process.wait()


def _program(name: str) -> str:
    path = shutil.which(name)
    assert path, f"{name} is not installed (see scripts/apt/test.txt)"
    return path
