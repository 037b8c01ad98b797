import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from backend.contract.audience import ProductRequest, RequestsChanged
from backend.contract.base import AssistantRight
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ProductsExplained, ShowCard
from backend.contract.live import Presence, PresenceChanged
from backend.contract.shop import ProductChanged, ProductsChanged
from backend.contract.shop_events import ProductStock, StockChanged, StockCounted
from tests.widgets.conftest import Record
from tests.widgets.products import SHELF, product
from widgets.shop.product_model import ProductRole
from widgets.shop.product_panel import ProductPanel

LIPSTICK = Card(SHELF[1], shown_at_ms=1_000_000)


@pytest.fixture
def panel(qtbot: QtBot) -> ProductPanel:
    made = ProductPanel()
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    made.show_catalog(SHELF)
    return made


def on_air(panel: ProductPanel) -> list[int]:
    rows = (panel.model.index(row) for row in range(panel.model.rowCount()))
    return [row.data(ProductRole.PRODUCT).number for row in rows if row.data(ProductRole.IS_ON_AIR)]


def test_a_card_is_asked_for_and_not_shown_before_the_room_says_so(
    panel: ProductPanel, record: Record
) -> None:
    commands = record(panel.command)
    panel.toggle_card("p2")

    assert commands == [(ShowCard("p2"),)]
    assert on_air(panel) == []


def test_the_panel_follows_the_event_that_every_viewer_gets(panel: ProductPanel) -> None:
    panel.apply(CardShown(LIPSTICK))
    assert on_air(panel) == [2]
    assert "Red lipstick" in panel.on_air.title.text()
    assert panel.on_air.take_off_button.isVisible()

    panel.apply(CardHidden())
    assert on_air(panel) == []
    assert not panel.on_air.take_off_button.isVisible()


def test_the_card_on_air_is_taken_off_by_the_same_button(panel: ProductPanel, record: Record) -> None:
    panel.apply(CardShown(LIPSTICK))
    commands = record(panel.command)
    panel.toggle_card("p2")
    panel.on_air.take_off_button.click()

    assert commands == [(HideCard(),), (HideCard(),)]


def test_the_product_panel_marks_only_the_newest_card(panel: ProductPanel, record: Record) -> None:
    panel.apply(CardShown(LIPSTICK))
    commands = record(panel.command)
    panel.toggle_number(1)

    assert commands == [(ShowCard("p1"),)]


def test_a_number_that_nobody_has_does_nothing(panel: ProductPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.toggle_number(7)

    assert commands == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_is_enough(qtbot: QtBot, panel: ProductPanel, record: Record, key: Qt.Key) -> None:
    commands = record(panel.command)
    panel.list.setCurrentIndex(panel.index_of("p3"))
    QTest.keyClick(panel.list, key)

    assert commands == [(ShowCard("p3"),)]


def test_the_product_panel_asks_for_a_changed_catalogue(panel: ProductPanel, record: Record) -> None:
    wanted = record(panel.catalog_wanted)
    panel.apply(ProductsChanged())

    assert wanted == [()]


def test_a_product_that_changed_is_shown_as_it_is_now_in_the_list_and_on_air(panel: ProductPanel) -> None:
    panel.apply(CardShown(LIPSTICK))
    cheaper = msgspec.structs.replace(SHELF[1], price_minor=100, title="口红 #10")
    panel.apply(ProductChanged(cheaper))

    assert panel.model.find(cheaper.product_id) == cheaper
    assert "口红 #10" in panel.on_air.title.text()
    assert on_air(panel) == [2]


def test_events_that_are_no_concern_change_nothing(panel: ProductPanel) -> None:
    panel.apply(CardShown(LIPSTICK))
    panel.apply(PresenceChanged(Presence(1, 1)))

    assert on_air(panel) == [2]


def test_the_product_panel_says_how_long_the_card_has_been_on_air(panel: ProductPanel) -> None:
    panel.apply(CardShown(LIPSTICK))
    panel.show_time(LIPSTICK.shown_at_ms + 95_400)

    assert panel.on_air.time.text() == "On air for 01:35"


def test_the_mark_survives_a_new_catalogue(panel: ProductPanel) -> None:
    panel.apply(CardShown(LIPSTICK))
    panel.show_catalog([*SHELF, product(4)])

    assert on_air(panel) == [2]


def test_searching_leaves_what_was_typed(qtbot: QtBot, panel: ProductPanel) -> None:
    QTest.keyClicks(panel.search, "shoes")

    assert panel.index_of("p3").isValid()
    assert not panel.index_of("p1").isValid()


def test_every_empty_state_says_what_helps(qtbot: QtBot) -> None:
    panel = ProductPanel()
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    panel.show()
    assert panel.empty.isVisible()
    waiting = panel.empty.text()

    panel.show_catalog([])
    nothing = panel.empty.text()
    assert "--demo" in nothing

    panel.show_catalog(SHELF)
    assert panel.list.isVisible()
    panel.search.setText("xyz")
    assert panel.empty.isVisible()
    assert len({waiting, nothing, panel.empty.text()}) == 3


def test_a_title_is_never_read_as_markup(panel: ProductPanel) -> None:
    panel.apply(CardShown(Card(product(9, "<b>bold</b>"), 0)))

    assert panel.on_air.title.text() == "9 · <b>bold</b>"
    assert panel.on_air.title.textFormat() is Qt.TextFormat.PlainText


def test_a_product_is_edited_by_its_id_as_it_is_now(panel: ProductPanel, record: Record) -> None:
    wanted = record(panel.edit_wanted)
    cheaper = msgspec.structs.replace(SHELF[1], price_minor=100, version=2)
    panel.apply(ProductChanged(cheaper))
    panel.list.edit_wanted.emit("p2")
    panel.edit("gone")

    assert wanted == [(cheaper,)]


def test_the_menu_has_what_can_be_done(panel: ProductPanel, record: Record) -> None:
    commands, wanted = record(panel.command), record(panel.edit_wanted)
    sales = record(panel.flash_sale_wanted)
    panel.apply(CardShown(LIPSTICK))
    assert [action.text() for action in panel.menu("p1").actions()] == ["Explain", "Edit…", "Flash sale…"]
    assert [action.text() for action in panel.menu("p2").actions()] == ["Take off", "Edit…", "Flash sale…"]
    for action in panel.menu("p2").actions():
        action.trigger()

    assert commands == [(HideCard(),)]
    assert wanted == [(SHELF[1],)]
    assert sales == [("p2",)]


def test_the_menu_opens_where_it_is_wanted(panel: ProductPanel) -> None:
    panel.list.menu_wanted.emit("p2", panel.mapToGlobal(panel.rect().center()))
    menu = next(menu for menu in panel.findChildren(QMenu) if menu.isVisible())
    menu.close()


def test_without_the_right_to_products_no_card_is_shown_or_taken_off(
    panel: ProductPanel, record: Record
) -> None:
    commands = record(panel.command)
    panel.apply(CardShown(LIPSTICK))
    panel.show_rights([AssistantRight.PRICES, AssistantRight.CHAT])
    panel.toggle_number(1)
    panel.list.setCurrentIndex(panel.index_of("p3"))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    panel.take_off()
    panel.on_air.take_off_button.click()

    assert commands == []
    assert not panel.on_air.take_off_button.isEnabled()
    assert "right to products" in panel.on_air.take_off_button.toolTip()
    assert [action.isEnabled() for action in panel.menu("p1").actions()] == [False, True, False]
    panel.apply(CardHidden())
    assert "right to products" in panel.on_air.time.text()


def test_without_any_right_to_products_and_prices_nothing_is_edited(
    panel: ProductPanel, record: Record
) -> None:
    changed, wanted = record(panel.rights_changed), record(panel.edit_wanted)
    panel.show_rights([AssistantRight.CHAT])
    panel.edit("p1")
    assert [action.isEnabled() for action in panel.menu("p1").actions()] == [False, False, False]
    panel.show_rights([AssistantRight.PRODUCTS])
    panel.edit("p1")

    assert wanted == [(SHELF[0],)]
    assert len(changed) == 2
    assert panel.on_air.take_off_button.isEnabled()


def stocks(panel: ProductPanel) -> list[int]:
    return [one.stock for one in panel.model.products]


def test_the_panel_shows_each_unit_as_it_is_sold(panel: ProductPanel) -> None:
    panel.apply(CardShown(LIPSTICK))
    panel.apply(StockCounted({"p2": 117, "unknown": 3}))

    assert stocks(panel) == [5, 117, 0]


def test_what_viewers_see_roughly_is_not_shown_to_staff_as_exact(panel: ProductPanel) -> None:
    panel.apply(StockCounted({"p2": 117}))
    panel.apply(StockChanged([ProductStock("p2", 100, []), ProductStock("p1", 4, [])]))

    assert stocks(panel) == [4, 117, 0]


def test_a_typed_number_and_enter_show_that_card(panel: ProductPanel, record: Record) -> None:
    commands = record(panel.command)
    QTest.keyClicks(panel.search, "2")
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert commands == [(ShowCard("p2"),)]
    assert panel.search.text() == ""


def test_enter_takes_no_card_off_and_shows_none_of_words_or_unknown_numbers(
    panel: ProductPanel, record: Record
) -> None:
    panel.apply(CardShown(LIPSTICK))
    commands = record(panel.command)
    for typed in ("2", "tea", "77", ""):
        panel.search.setText(typed)
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
    panel.show_rights({AssistantRight.CHAT})
    panel.search.setText("1")
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert commands == []


def explained(panel: ProductPanel) -> list[float]:
    rows = range(panel.model.rowCount())
    return [panel.model.index(row).data(ProductRole.EXPLAINED_MS) for row in rows]


def test_each_row_says_how_long_its_product_was_explained_and_runs_on_while_on_air(
    panel: ProductPanel,
) -> None:
    panel.apply(ProductsExplained({"p1": 60_000, "p2": 5_000}))
    assert explained(panel)[:3] == [60_000, 5_000, 0]
    panel.apply(CardShown(LIPSTICK))
    panel.show_time(LIPSTICK.shown_at_ms + 10_000)
    assert explained(panel)[:3] == [60_000, 15_000, 0]
    panel.apply(CardHidden())
    panel.apply(ProductsExplained({"p1": 60_000, "p2": 16_000}))
    assert explained(panel)[:3] == [60_000, 16_000, 0]


def test_each_row_says_how_many_viewers_ask_for_it(panel: ProductPanel) -> None:
    panel.apply(RequestsChanged([ProductRequest("p2", 12)]))
    asked = [panel.model.index(row).data(ProductRole.ASKED) for row in range(panel.model.rowCount())]
    assert asked[:3] == [0, 12, 0]
    panel.apply(RequestsChanged([]))
    assert panel.model.index(1).data(ProductRole.ASKED) == 0
