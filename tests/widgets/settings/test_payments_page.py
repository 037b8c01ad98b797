from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
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
    assert page.told.text() == "Asking the server…"
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


def test_the_folder_of_the_keys_opens_where_it_is_on_this_computer(
    page: PaymentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page.show_providers(msgspec.structs.replace(FOUND, keys_file="/no/such/folder/payments.toml"))
    assert not page.folder_button.isVisible()
    page.show_providers(msgspec.structs.replace(FOUND, keys_file=str(tmp_path / "payments.toml")))
    page.folder_button.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]
    page.show_problem("it is gone")
    assert not page.folder_button.isVisible()


def test_a_page_of_payments_speaks_a_hosts_words(page: PaymentsPage) -> None:
    page.show_providers(FOUND)
    shown = [page.told.text(), *(row.remedy.text() for row in page.rows_by_name.values())]
    assert not [text for text in shown if "LIVESTALL_" in text or "docs/" in text]
