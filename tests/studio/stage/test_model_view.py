from pathlib import Path

import httpx
import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from effects.models.registry import Registry
from studio.stage.model_view import ModelView
from tests.studio.stage.test_model_download import CONTENTS, Heard, give
from widgets.stage.model_banner import ModelBanner


class Shown:
    """A banner over a folder that a test fills."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.heard = Heard(folder, give)
        self.registry: Registry = self.heard.registry
        self.banner = ModelBanner()
        qtbot.addWidget(self.banner)
        self.view = ModelView(self.banner, self.registry, self.heard.download)
        self.fetched = QSignalSpy(self.view.fetched)

    def offers(self) -> bool:
        return not self.banner.isHidden() and not self.banner.button.isHidden()


def refuse(_: httpx.Request) -> httpx.Response:
    raise OSError("no line")


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Shown:
    return Shown(qtbot, tmp_path)


def test_what_is_missing_is_offered_and_goes_away_when_it_came(qtbot: QtBot, shown: Shown) -> None:
    assert shown.offers()
    assert "2 networks" in shown.banner.text.text()
    shown.banner.button.click()
    assert not shown.banner.progress.isHidden()
    assert not shown.offers()
    qtbot.waitUntil(lambda: shown.fetched.count() == 1)

    assert shown.banner.isHidden()


def test_a_download_that_fails_says_why_and_can_be_tried_again(qtbot: QtBot, shown: Shown) -> None:
    shown.heard.answer = refuse
    shown.banner.button.click()
    qtbot.waitUntil(lambda: shown.fetched.count() == 1)
    assert "no line" in shown.banner.reason.text()
    assert shown.offers()

    shown.heard.answer = give
    qtbot.waitUntil(lambda: not shown.heard.download.is_running)
    shown.banner.button.click()
    qtbot.waitUntil(lambda: shown.fetched.count() == 2)
    assert shown.banner.isHidden()


def test_networks_that_are_here_and_cannot_be_used_are_told(shown: Shown) -> None:
    for name, content in CONTENTS.items():
        shown.registry.place(name).write_bytes(content)
    shown.view.show_problems(("the model a is damaged",))
    assert shown.banner.reason.text() == "the model a is damaged"
    assert shown.offers()

    shown.view.show_problems(())
    assert shown.banner.isHidden()


def test_that_they_are_missing_is_not_told_twice(shown: Shown) -> None:
    shown.view.show_problems(("the model a is not here yet: expected /models/a.tflite",))

    assert shown.banner.reason.isHidden()
    assert "2 networks" in shown.banner.text.text()
