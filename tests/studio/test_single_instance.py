from pathlib import Path

from pytestqt.qtbot import QtBot

from studio.single_instance import SingleInstance


def test_the_second_studio_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.acquire()
    assert not second.acquire()
    with qtbot.waitSignal(first.raise_wanted):
        assert second.raise_other()
    first.release()


def test_each_data_folder_has_its_own_studio(tmp_path: Path) -> None:
    studios = [SingleInstance(tmp_path / name) for name in ("a", "b")]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()

    assert [studio.acquire() for studio in studios] == [True, True]
    for studio in studios:
        studio.release()


def test_when_the_first_has_gone_the_next_may_come(tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.acquire()
    first.release()

    assert second.acquire()
    second.release()


def test_nobody_to_raise_is_told(tmp_path: Path) -> None:
    assert not SingleInstance(tmp_path).raise_other()


def test_the_folders_path_may_be_long(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    first, second = SingleInstance(folder), SingleInstance(folder)
    assert first.acquire()
    with qtbot.waitSignal(first.raise_wanted):
        assert second.raise_other()
    first.release()


def test_the_first_instance_can_be_raised_again_and_again(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.acquire()
    for _ in range(3):
        with qtbot.waitSignal(first.raise_wanted):
            assert SingleInstance(tmp_path).raise_other()
    first.release()
