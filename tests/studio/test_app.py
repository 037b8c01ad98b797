"""The real program on a real screen: the rest is proved without one."""

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from studio.app import EXIT_CANNOT_START, run_studio
from studio.parts import StudioOptions
from tests.support.display import virtual_display
from tests.support.programs import ROOT
from tests.support.programs import run_studio as run_program

WAIT_S = 30


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with virtual_display(1280, 720) as name:
        yield name


async def output_of(display: str, *command: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(WAIT_S):
        said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def visible_windows(display: str) -> str:
    _, found = await output_of(display, "xdotool", "search", "--onlyvisible", "--name", "Livestall")
    return found.strip()


async def test_a_second_start_raises_the_first_window_and_the_first_ends_in_good_order(
    display: str, tmp_path: Path
) -> None:
    options = ("--port", "0", "--demo")
    async with run_program(display, tmp_path, *options) as program:
        window = await visible_windows(display)
        assert window
        await output_of(display, "xdotool", "windowminimize", "--sync", window)
        assert await visible_windows(display) == ""

        code, _ = await output_of(display, sys.executable, "main.py", "--data", str(tmp_path), *options)
        assert code == 0
        async with asyncio.timeout(WAIT_S):
            while await visible_windows(display) != window:  # noqa: ASYNC110  X tells nobody
                await asyncio.sleep(0.1)

        children = program.children()
        assert await program.end() == 0
    assert children
    _, left = psutil.wait_procs(children, timeout=5)
    assert left == []
    assert "Traceback" not in (tmp_path / "logs" / "studio.log").read_text()


def test_a_data_folder_that_cannot_be_used_is_told_with_its_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")

    assert run_studio(StudioOptions(data=tmp_path / "file")) == EXIT_CANNOT_START
    assert "--data" in capsys.readouterr().err
