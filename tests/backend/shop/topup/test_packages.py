"""Which coins the shop sells."""

import pytest

from backend.contract.coins import CoinPackage, CoinSettings, default_packages
from backend.shop.settings import write_setting
from backend.shop.topup.packages import read_packages, write_packages
from backend.storage.database import Database


@pytest.mark.parametrize(
    ("currency", "price_minor"), [("CNY", 600), ("EUR", 99), ("JPY", 120), ("KWD", 990), ("XYZ", 99)]
)
def test_a_shop_that_chose_nothing_sells_usual_packages_in_its_currency(
    database: Database, currency: str, price_minor: int
) -> None:
    with database.shop_transaction() as connection:
        write_setting(connection, "currency", currency)
        settings = read_packages(connection)
    assert settings.is_on
    assert settings.packages == default_packages(currency)
    assert (settings.packages[0], settings.currency) == (CoinPackage(60, price_minor), currency)
    assert settings.packages == sorted(settings.packages, key=lambda one: one.coins)


def test_packages_are_kept_in_order_and_one_of_each_size(database: Database) -> None:
    chosen = [CoinPackage(500, 40), CoinPackage(10, 1), CoinPackage(500, 50)]
    with database.shop_transaction() as connection:
        kept = write_packages(connection, CoinSettings(is_on=False, packages=chosen))
        assert read_packages(connection) == kept
    assert kept == CoinSettings(
        is_on=False, packages=[CoinPackage(10, 1), CoinPackage(500, 50)], currency="CNY"
    )


def test_prices_in_another_currency_are_forgotten_and_off_stays_off(database: Database) -> None:
    with database.shop_transaction() as connection:
        write_packages(connection, CoinSettings(is_on=False, packages=[CoinPackage(10, 1)]))
        write_setting(connection, "currency", "JPY")
        assert read_packages(connection) == CoinSettings(
            is_on=False, packages=default_packages("JPY"), currency="JPY"
        )
