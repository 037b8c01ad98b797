import pytest
from pytestqt.qtbot import QtBot

from backend.contract.payments import ProviderCheck, ProviderFinding, ProviderStatus, ProviderStatuses
from tests.widgets.conftest import Record
from widgets.settings.payments_page import PaymentsPage
from widgets.settings.settings_values import SettingsValues

FOUND = ProviderStatuses(
    [
        ProviderStatus(
            "wechat",
            is_on=True,
            has_keys=True,
            is_test=False,
            webhook_url="https://shop.example.com/w",
            last_webhook_at_ms=None,
        ),
        ProviderStatus(
            "sandbox", is_on=False, has_keys=True, is_test=True, webhook_url="", last_webhook_at_ms=None
        ),
    ],
    "/data/payments.toml",
)


@pytest.fixture
def page(qtbot: QtBot) -> PaymentsPage:
    made = PaymentsPage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_page_lists_providers_and_says_where_keys_go(page: PaymentsPage) -> None:
    assert page.told.text() == "Asking the backend…"
    page.show_providers(FOUND)
    page.show_providers(FOUND)
    assert list(page.rows_by_name) == ["wechat", "sandbox"]
    assert "/data/payments.toml" in page.told.text()


def test_a_backend_that_lists_no_providers_is_told_with_what_helps(page: PaymentsPage) -> None:
    page.show_providers(FOUND)
    page.show_problem("it is gone")
    assert page.rows_by_name == {}
    assert "it is gone" in page.told.text()
    assert "Check that it runs" in page.told.text()


def test_a_test_goes_out_and_its_answer_to_its_row(page: PaymentsPage, record: Record) -> None:
    page.show_providers(FOUND)
    wanted = record(page.check_wanted)
    page.rows_by_name["wechat"].check_button.click()
    assert wanted == [("wechat",)]
    page.show_check(ProviderCheck("wechat", ProviderFinding.WORKS, ""))
    assert "works" in page.rows_by_name["wechat"].result.text()
    page.show_unanswered("wechat", "gone")
    assert "gone" in page.rows_by_name["wechat"].result.text()
    page.show_check(ProviderCheck("moon", ProviderFinding.WORKS, ""))
    page.show_unanswered("moon", "gone")


def test_nothing_of_payments_is_saved_with_the_settings(page: PaymentsPage) -> None:
    values = SettingsValues(port=9001)
    assert page.applied_to(values) == values
    assert page.fault() == ""
