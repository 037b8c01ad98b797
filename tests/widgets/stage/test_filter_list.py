import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.engine.audio.filters.catalog import SOUND_FILTERS
from studio.project.project import SoundFilter
from tests.widgets.conftest import Record
from widgets.stage.filter_list import FilterList

GATE, LIMITER = SoundFilter("gate", {"threshold_db": -40.0}), SoundFilter("limiter")


@pytest.fixture
def filters(qtbot: QtBot) -> FilterList:
    made = FilterList({name: each.declaration() for name, each in SOUND_FILTERS.items()})
    qtbot.addWidget(made)
    made.show()
    made.show_filters((GATE, LIMITER))
    return made


def test_filters_stand_in_the_order_of_the_sound_and_the_first_is_selected(filters: FilterList) -> None:
    assert [filters.list.item(index).text() for index in range(2)] == ["Gate", "Limiter"]
    assert filters.selected_name == "gate"


def test_a_filter_is_switched_off_by_its_box_and_keeps_its_values(
    filters: FilterList, record: Record
) -> None:
    chosen = record(filters.filters_chosen)
    filters.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert chosen == [((SoundFilter("gate", {"threshold_db": -40.0}, is_on=False), LIMITER),)]


def test_a_filter_that_is_dragged_down_comes_later(filters: FilterList, record: Record) -> None:
    chosen = record(filters.filters_chosen)
    model = filters.list.model()
    assert model.moveRow(model.index(0, 0).parent(), 0, model.index(0, 0).parent(), 2)
    assert chosen[-1] == ((LIMITER, GATE),)


def test_only_filters_that_are_not_there_can_be_added(filters: FilterList, record: Record) -> None:
    chosen = record(filters.filters_chosen)
    assert set(filters.absent()) == set(SOUND_FILTERS) - {"gate", "limiter"}
    filters.add("compressor")
    assert chosen == [((GATE, LIMITER, SoundFilter("compressor")),)]
    assert filters.selected_name == "compressor"


def test_the_selected_filter_is_taken_away(filters: FilterList, record: Record) -> None:
    chosen = record(filters.filters_chosen)
    filters.list.setCurrentRow(1)
    filters.remove_button.click()
    assert chosen == [((GATE,),)]
    filters.remove_button.click()
    assert not filters.remove_button.isEnabled()
    assert filters.selected_name == ""


def test_values_that_change_leave_the_selection_where_it_is(filters: FilterList) -> None:
    filters.list.setCurrentRow(1)
    filters.show_filters((SoundFilter("gate", {"threshold_db": -30.0}), LIMITER))
    assert filters.selected_name == "limiter"
