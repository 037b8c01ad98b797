"""A broadcast is kept and sent elsewhere: a file with chapters, and another platform that gets it, too."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.engine.record.chapters import read_note
from studio.restream.target_store import TargetStore
from studio.settings import Settings, SettingsStore
from tests.studio.engine.record.show import play
from tests.support.desktop import Desktop
from tests.support.free_port import free_port
from tests.support.programs import run_studio
from tests.support.rtmp import KEY, RtmpServer
from widgets.restream.target import Target
from widgets.settings.settings_values import RecordingChoices

WAIT_S = 60
PRODUCT = "明前龙井 绿茶礼盒 250g"


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_S):
        while not is_so():  # noqa: ASYNC110 - a file tells nobody that it grows
            await asyncio.sleep(0.05)


def chapters(path: Path) -> list[str]:
    """The chapters of a recording that still grows."""
    note = read_note(path)
    return [chapter.title for chapter in note.chapters] if note is not None else []


def recordings(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.mp4"))


@pytest.mark.journey
async def test_a_broadcast_is_recorded_with_its_products_and_another_platform_gets_it(
    desktop: Desktop, tmp_path: Path
) -> None:
    videos, data = tmp_path / "Videos", tmp_path / "data"
    server = await asyncio.to_thread(RtmpServer, tmp_path / "platform", free_port())
    SettingsStore(data).save(Settings(recording=RecordingChoices(str(videos), begins_with_live=True)))
    TargetStore(data).save((Target("t1", "Platform", server.url.removesuffix(f"/{KEY}"), KEY),))
    try:
        async with run_studio(desktop.display, data, "--port", "0", "--demo", "--go-live"):
            await until(lambda: bool(recordings(videos)))
            [path] = recordings(videos)
            await desktop.press("ctrl+1")
            await until(lambda: chapters(path)[-1:] == [PRODUCT])
            grown = path.stat().st_size
            await until(lambda: path.stat().st_size > grown + 500_000)
            await desktop.press("ctrl+1")
            await until(lambda: chapters(path)[-1:] != [PRODUCT])
            await until(lambda: bool(list(server.kept.glob("*.flv"))))
        played = await asyncio.to_thread(play, path)
        assert played.codecs == ["h264", "aac"]
        assert played.size == (720, 1280)
        assert PRODUCT in [title for _, title in played.chapters]
        assert len(played.chapters) == 3
        elsewhere = await asyncio.to_thread(play, server.recording())
        assert elsewhere.codecs == ["h264", "aac"]
        assert elsewhere.size == (720, 1280)
    finally:
        server.close()
