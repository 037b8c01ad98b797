"""What the host's computer shows and what its microphone hears arrive in the viewer's page."""

import tempfile
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext

from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from tests.support.display import virtual_display, window
from tests.support.on_air import go_on_air
from tests.support.sound import sound_server
from tests.support.watching import Watcher

TONE_HZ = 880
SMALL = (36, 64)
MOST_DIFFERENCE = 40


def share_of(pixels: bytes, red: int, green: int, blue: int) -> float:
    """How much of an RGBA picture has about this colour, 0 to 1."""
    wanted = (red, green, blue)
    found = [pixels[at : at + 3] for at in range(0, len(pixels), 4)]
    near = [
        one for one in found if max(abs(a - b) for a, b in zip(one, wanted, strict=True)) < MOST_DIFFERENCE
    ]
    return len(near) / len(found)


@pytest.mark.journey
async def test_a_screen_and_a_microphone_arrive_in_the_page(phone: BrowserContext, tmp_path: Path) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="sound-") as folder,
        sound_server(Path(folder)) as sound,
        sound.tone(TONE_HZ),
        virtual_display(720, 1280) as display,
        window(display, "Orange", "#ff8000", 720, 1280),
    ):
        environment = {"DISPLAY": display, "XDG_SESSION_TYPE": "x11", "QT_QPA_PLATFORM": "xcb"}
        async with go_on_air(
            tmp_path,
            VideoSpec(VideoKind.SCREEN),
            AudioSpec(AudioKind.MICROPHONE),
            environment={**environment, **sound.environment},
        ) as on_air:
            viewer = await Watcher.open(phone, on_air.viewer_url)
            await viewer.until_frames_beyond(60)
            await viewer.unmute()
            assert share_of(await viewer.pixels(*SMALL), 255, 128, 0) > 0.8
            assert await viewer.tone_hz() == pytest.approx(TONE_HZ, abs=3)
