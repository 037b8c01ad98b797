from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from effects.params import Settings, Value
from effects.presets import GIVEN
from studio.stage.preset_view import FILE_NAME, TOUCHED, PresetView
from widgets.stage.preset_bar import PresetBar

NATURAL = next(each for each in GIVEN if each.name == "natural")
BLUR: dict[str, dict[str, Value]] = {"background": {"kind": "blur"}}
Make = Callable[[], tuple[PresetBar, PresetView]]


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Make:
    def start() -> tuple[PresetBar, PresetView]:
        bar = PresetBar()
        qtbot.addWidget(bar)
        return bar, PresetView(bar, tmp_path)

    return start


def marked(bar: PresetBar) -> list[str]:
    return [button.text() for button in bar.buttons.values() if button.isChecked()]


def test_settings_are_marked_as_the_preset_they_are_of_whatever_the_room_is_like(make: Make) -> None:
    bar, view = make()
    view.show_settings(Settings({**NATURAL.settings.filters, **BLUR}))
    assert marked(bar) == ["Natural"]
    view.show_settings(Settings({"beauty": {"smooth": 1.0}}))
    assert marked(bar) == []
    view.show_settings(Settings(BLUR))
    assert marked(bar) == ["None"]


def test_a_preset_changes_the_host_and_leaves_the_room(make: Make) -> None:
    bar, view = make()
    chosen: list[Settings] = []
    view.chosen.connect(chosen.append)
    view.show_settings(Settings({**BLUR, "make_up": {"lips": 90.0}}))
    bar.chosen.emit("natural")

    assert chosen == [Settings({**BLUR, **NATURAL.settings.filters})]
    assert set(NATURAL.settings.filters) <= TOUCHED


def test_the_hosts_own_is_there_again_after_the_next_start(make: Make) -> None:
    bar, view = make()
    view.show_settings(Settings({"beauty": {"smooth": 70.0}, **BLUR}))
    bar.saved.emit("Evening")
    assert marked(bar) == ["Evening"]

    bar, view = make()
    assert [button.text() for button in bar.buttons.values()] == ["None", "Natural", "Radiant", "Evening"]
    chosen: list[Settings] = []
    view.chosen.connect(chosen.append)
    bar.buttons[list(bar.buttons)[-1]].click()
    assert chosen == [Settings({"beauty": {"smooth": 70.0}})]


def test_the_same_name_takes_the_place_of_the_one_before(make: Make) -> None:
    bar, view = make()
    for smooth in (70.0, 20.0):
        view.show_settings(Settings({"beauty": {"smooth": smooth}}))
        bar.saved.emit("Evening")

    assert [button.text() for button in bar.buttons.values()].count("Evening") == 1
    assert marked(bar) == ["Evening"]


def test_the_hosts_own_can_be_renamed_and_removed(make: Make) -> None:
    bar, view = make()
    view.show_settings(Settings({"beauty": {"smooth": 70.0}}))
    bar.saved.emit("Evening")
    name = list(bar.buttons)[-1]
    bar.renamed.emit(name, "Night")
    assert marked(bar) == ["Night"]
    bar.removed.emit(name)

    assert list(bar.buttons) == [each.name for each in GIVEN]
    assert list(make()[0].buttons) == [each.name for each in GIVEN]


def test_a_damaged_file_costs_the_hosts_own_presets_but_nothing_else(make: Make, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[{")
    bar, view = make()
    told: list[str] = []
    view.failed.connect(told.append)
    assert list(bar.buttons) == [each.name for each in GIVEN]
    bar.saved.emit("Evening")

    assert len(told) == 1
    assert told[0].startswith("The preset cannot be kept")
    assert (tmp_path / FILE_NAME).read_text() == "[{"
