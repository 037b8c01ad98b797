from pytestqt.qtbot import QtBot

from backend.contract.my_data import LEAST_DAYS_CN, PrivacySettings
from widgets.settings.privacy_page import PrivacyPage


def test_the_page_of_privacy_tells_what_the_law_asks_for(qtbot: QtBot) -> None:
    page = PrivacyPage()
    qtbot.addWidget(page)
    page.show_document(PrivacySettings(LEAST_DAYS_CN))
    assert "1,095 days" in page.law.text()
    assert page.law.property("tone") == ""
    page.days.setValue(LEAST_DAYS_CN - 1)
    assert page.law.property("tone") == "warn"
    assert page.save_button.isEnabled()
