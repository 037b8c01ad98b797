from pytestqt.qtbot import QtBot

from backend.contract.orders import ParcelLine
from tests.widgets.conftest import Record
from tests.widgets.orders import line, paid, parcel
from widgets.shop.ship_lines import ShipLines, ShipTogether


def test_only_what_is_left_can_be_put_into_a_parcel(qtbot: QtBot) -> None:
    half = paid(1, lines=[line(1, 0, 2), line(2, 1, 3)], parcels=[parcel(line=1, quantity=2)])
    lines = ShipLines(half)
    qtbot.addWidget(lines)
    assert list(lines.units) == [2]
    assert lines.chosen() == [ParcelLine(2, 3)]
    lines.units[2].setValue(1)
    assert lines.chosen() == [ParcelLine(2, 1)]
    lines.units[2].setValue(9)
    assert lines.units[2].value() == 3


def test_orders_of_the_same_address_go_along_unless_they_are_taken_out(qtbot: QtBot, record: Record) -> None:
    together = ShipTogether([paid(2), paid(3)])
    qtbot.addWidget(together)
    changed = record(together.changed)
    assert together.chosen == [paid(2), paid(3)]
    box, _ = together._boxes[0]
    box.setChecked(False)
    assert together.chosen == [paid(3)]
    assert len(changed) == 1
