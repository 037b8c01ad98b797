import logging
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from backend.data_folder import StartError, load_secret, open_data_folder, write_private
from backend.log_pace import LINES_ALIKE


def test_the_secret_is_made_once_and_stays(tmp_path: Path) -> None:
    secret = load_secret(tmp_path)
    assert len(secret) >= 32
    assert load_secret(tmp_path) == secret


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_nobody_else_can_read_the_secret(tmp_path: Path) -> None:
    load_secret(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_only_the_owner_can_read_the_backends_logs(tmp_path: Path) -> None:
    with open_data_folder(tmp_path):
        logs = list((tmp_path / "logs").iterdir())
        assert {stat.S_IMODE(path.stat().st_mode) for path in logs} == {0o600}
        assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700


def test_a_line_that_repeats_does_not_fill_the_log(tmp_path: Path) -> None:
    with open_data_folder(tmp_path):
        for number in range(1000):
            logging.getLogger("livestall.x").info("nobody answered %d", number)
    lines = (tmp_path / "logs" / "backend.log").read_text().splitlines()
    assert len(lines) == LINES_ALIKE + 1
    assert "970 more like this within a minute: nobody answered 999" in lines[-1]


def test_a_short_secret_names_cause_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2")
    with pytest.raises(StartError, match=r"shorter than 32 bytes. Delete it"):
        load_secret(tmp_path)


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        write_private(tmp_path / "token", content)
    assert (tmp_path / "token").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["token"]


def test_one_backend_at_a_time_and_the_folder_is_free_again_after_it(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from backend.data_folder import open_data_folder, StartError\n"
        "try:\n    with open_data_folder(pathlib.Path(sys.argv[1])): print('took it')\n"
        "except StartError as error: print(error)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with open_data_folder(tmp_path):
        inside = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    after = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "Another backend is already at work" in inside.stdout
    assert after.stdout == "took it\n"


def test_a_folder_that_cannot_be_made_names_cause_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StartError, match=r"Not a directory.*--data"),
        open_data_folder(tmp_path / "file" / "data"),
    ):
        pass


def test_what_happens_is_in_the_log_and_tickets_are_not(tmp_path: Path) -> None:
    with open_data_folder(tmp_path):
        logging.getLogger("livestall.room").info("the room is live")
        logging.getLogger("uvicorn.error").info("WebSocket /ws/rooms/main?ticket=secret [accepted]")
    text = (tmp_path / "logs" / "backend.log").read_text()
    assert "livestall.room: the room is live" in text
    assert "ticket" not in text
