from pytestqt.qtbot import QtBot

from backend.contract.coins import CoinPackage, CoinSettings, default_packages
from widgets.settings.coins_page import CoinsPage

KNOWN = CoinSettings(is_on=True, packages=default_packages("CNY"), currency="CNY")


def test_the_page_of_coins_shows_the_packages_and_gives_back_what_was_typed(qtbot: QtBot) -> None:
    page = CoinsPage()
    qtbot.addWidget(page)
    page.show_document(KNOWN)
    assert page.typed() == KNOWN
    assert not page.save_button.isEnabled()
    assert (page.packages[0].coins.value(), page.packages[0].price.text()) == (60, "6.00")
    page.packages[0].coins.setValue(70)
    page.packages[0].price.setText("7")
    typed = page.typed()
    assert isinstance(typed, CoinSettings)
    assert typed.packages[0] == CoinPackage(70, 700)
    with qtbot.waitSignal(page.save_wanted) as saved:
        page.save_button.click()
    assert saved.args == [typed]


def test_a_package_without_a_price_twice_or_none_at_all_is_named(qtbot: QtBot) -> None:
    page = CoinsPage()
    qtbot.addWidget(page)
    page.show_document(KNOWN)
    page.packages[1].price.setText("gold")
    assert "Package 2 has no price" in str(page.typed())
    page.packages[1].price.setText("30")
    page.packages[1].coins.setValue(60)
    assert "the same number" in str(page.typed())
    for package in page.packages:
        package.coins.setValue(0)
    assert "no package" in str(page.typed())
    assert not page.save_button.isEnabled()
    page.is_on.setChecked(False)
    assert page.typed() == CoinSettings(is_on=False, packages=[], currency="CNY")


def test_prices_of_a_currency_without_cents_are_typed_without_them(qtbot: QtBot) -> None:
    page = CoinsPage()
    qtbot.addWidget(page)
    page.show_document(CoinSettings(is_on=True, packages=[CoinPackage(60, 120)], currency="JPY"))
    assert page.packages[0].price.text() == "120"
    page.packages[0].price.setText("120.50")
    assert "has no price" in str(page.typed())
