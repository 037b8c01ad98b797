import asyncio
import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from pytestqt.qtbot import QtBot

from studio.logs import ErrorReporter, logging_into


def read(folder: Path) -> str:
    return (folder / "studio.log").read_text(encoding="utf-8")


def test_our_words_and_qts_are_in_the_file(tmp_path: Path) -> None:
    with logging_into(tmp_path / "logs"):
        logging.getLogger("livestall.client").info("hello from us")
        qWarning("hello from Qt")
    logging.getLogger("livestall.client").info("too late")

    text = read(tmp_path / "logs")
    assert "INFO livestall.client: hello from us" in text
    assert "WARNING livestall.qt: hello from Qt" in text
    assert "too late" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_only_the_owner_can_read_the_studios_logs(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    with logging_into(folder):
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
        assert folder.stat().st_mode & 0o777 == 0o700


def test_each_process_has_a_file_of_its_own(tmp_path: Path) -> None:
    with logging_into(tmp_path, "engine"):
        logging.getLogger("livestall.publish").info("publishing")

    assert "publishing" in (tmp_path / "engine.log").read_text(encoding="utf-8")
    assert not (tmp_path / "studio.log").exists()


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.logs.LOG_BYTES", 2000)
    monkeypatch.setattr("studio.logs.LOG_FILES", 3)
    with logging_into(tmp_path):
        for number in range(200):
            logging.getLogger("livestall").info("line %d", number)

    assert len(list(tmp_path.glob("studio.log*"))) == 3
    assert all(path.stat().st_size <= 2100 for path in tmp_path.glob("studio.log*"))


def test_an_error_in_another_thread_reaches_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    reporter = ErrorReporter()

    def fail() -> None:
        raise RuntimeError("in a thread")

    with logging_into(tmp_path), reporter.installed():
        thread = threading.Thread(target=fail, name="failing")
        with qtbot.waitSignal(reporter.reported) as caught:
            thread.start()
        thread.join()

    assert caught.args == ["RuntimeError: in a thread"]
    assert "in a thread" in read(tmp_path)
    assert "Traceback" in read(tmp_path)


def test_an_error_in_a_slot_reaches_the_window(qtbot: QtBot) -> None:
    reporter = ErrorReporter()

    def fail() -> None:
        raise RuntimeError("in a slot")

    with reporter.installed(), qtbot.waitSignal(reporter.reported) as caught:
        QTimer.singleShot(0, fail)

    assert caught.args == ["RuntimeError: in a slot"]


async def test_an_error_of_a_lost_task_reaches_the_window() -> None:
    reporter = ErrorReporter()
    reported: list[str] = []
    reporter.reported.connect(reported.append)
    loop = asyncio.get_running_loop()
    reporter.on_loop_error(loop, {"message": "task died", "exception": ValueError("lost")})
    reporter.on_loop_error(loop, {"message": "slow callback"})

    assert reported == ["ValueError: lost"]


def test_ctrl_c_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    reporter = ErrorReporter()
    reported: list[str] = []
    reporter.reported.connect(reported.append)
    with reporter.installed():
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert reported == []
