"""What a recording costs beside the broadcast: CPU to write 720p30 at 2.5 Mbit/s with AAC, in % of a core.

Pictures are encoded beforehand, as the broadcast does anyway; what is measured is putting them and the sound
into order, encoding AAC, and writing fragments to disk. `record_to_encode_ratio` holds it against encoding
the same pictures a second time, which a recording of its own would need.
"""

import json
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

from studio.engine.media import BLOCK_SAMPLES, SAMPLE_RATE, AudioBlock, VideoFrame
from studio.engine.messages.recording import StartRecording
from studio.engine.publish.encoder import H264Encoder
from studio.engine.publish.pixels import PlanarConverter
from studio.engine.record.interleaver import Item, time_of
from studio.engine.record.recording import Recording

SECONDS = 20
FPS = 30
SIZE = (720, 1280)
KBPS = 2500


def encoded() -> tuple[list[Item], float]:
    """Make the pictures; gives them with the CPU seconds that it took to encode them."""
    width, height = SIZE
    noise = np.random.default_rng(1).integers(0, 256, (height // 8, width // 8, 3), dtype=np.uint8)
    image = np.asarray(cv2.resize(noise, SIZE, interpolation=cv2.INTER_CUBIC), np.uint8)
    encoder, converter = H264Encoder("libx264", FPS, KBPS, KBPS), PlanarConverter(width, height)
    pictures: list[Item] = []
    used = 0.0
    for number in range(SECONDS * FPS):
        frame = VideoFrame(np.ascontiguousarray(np.roll(image, 4 * number, axis=1)), 100 + number / FPS)
        if number % (2 * FPS) == 0:
            encoder.request_keyframe()
        before = time.process_time()
        pictures += encoder.encode(converter.convert(frame))
        used += time.process_time() - before
    return pictures, used


def sound() -> list[Item]:
    """Make speech-like noise as it comes from the mixer."""
    blocks: list[Item] = []
    loudness = np.random.default_rng(2)
    for number in range(SECONDS * SAMPLE_RATE // BLOCK_SAMPLES):
        samples = loudness.normal(0, 3000, (BLOCK_SAMPLES, 2)).astype(np.int16)
        blocks.append(AudioBlock(samples, 100 + number * BLOCK_SAMPLES / SAMPLE_RATE))
    return blocks


def main() -> None:
    """Measure and print."""
    pictures, encode_s = encoded()
    items = sorted([*pictures, *sound()], key=time_of)
    with tempfile.TemporaryDirectory() as folder:
        recording = Recording(StartRecording(folder, "show"), FPS)
        before = time.process_time()
        for item in items:
            recording.take(item)
        recording.close()
        used = time.process_time() - before
        size = sum(path.stat().st_size for path in Path(folder).glob("*.mp4"))
    figures = {
        "record_cpu_percent": round(100 * used / SECONDS, 2),
        "record_to_encode_ratio": round(used / encode_s, 3),
    }
    print(f"{SECONDS} s of 720p30, {size / 1e6:.1f} MB: {figures}")
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
