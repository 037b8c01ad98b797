import pytest
from pytestqt.qtbot import QtBot

from backend.contract.payments import ProviderCheck, ProviderFinding, ProviderStatus
from tests.widgets.conftest import Record
from widgets.settings.provider_row import ProviderRow

URL = "https://shop.example.com/pay/webhooks/alipay"


def status(**changes: object) -> ProviderStatus:
    """How Alipay stands."""
    told: dict[str, object] = {
        "provider": "alipay",
        "is_on": True,
        "has_keys": True,
        "is_test": False,
        "webhook_url": URL,
        "last_webhook_at_ms": None,
    }
    return ProviderStatus(**{**told, **changes})  # type: ignore[arg-type]


def made(qtbot: QtBot, **changes: object) -> ProviderRow:
    """The row of it, shown."""
    row = ProviderRow(status(**changes))
    qtbot.addWidget(row)
    row.show()
    return row


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "on"),
        ({"is_test": True}, "on, no real money"),
        ({"is_on": False}, "off, though it has keys"),
        ({"is_on": False, "has_keys": False}, "off: it has no keys"),
        ({"provider": "sandbox", "is_on": False}, "off: another provider has keys"),
    ],
)
def test_a_row_says_whether_its_provider_is_on(qtbot: QtBot, changes: dict[str, object], text: str) -> None:
    assert made(qtbot, **changes).state.text() == text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"is_on": False}, "add “alipay” there"),
        (
            {"is_on": False, "has_keys": False},
            "the app ID (app_id), your private key (private_key), its public key (public_key)",
        ),
        ({"provider": "sandbox", "is_on": False}, "add “sandbox” to the line “on”"),
    ],
)
def test_a_provider_that_is_off_says_what_turns_it_on(
    qtbot: QtBot, changes: dict[str, object], text: str
) -> None:
    row = made(qtbot, **changes)
    assert row.remedy.isVisible()
    assert text in row.remedy.text()
    assert not made(qtbot).remedy.isVisible()


def test_only_a_provider_that_is_on_can_be_tested(qtbot: QtBot) -> None:
    assert made(qtbot).check_button.isVisible()
    off = made(qtbot, is_on=False)
    assert not off.check_button.isVisible()
    assert not off.webhooks.isVisible()


def test_a_row_says_where_webhooks_go_and_whether_any_came(qtbot: QtBot) -> None:
    assert "none came yet" in made(qtbot).webhooks.text()
    came = made(qtbot, last_webhook_at_ms=1_700_000_000_000)
    assert URL in came.webhooks.text()
    assert "2023-11-1" in came.webhooks.text()
    assert not made(qtbot, provider="sandbox", webhook_url="").webhooks.isVisible()


def test_a_test_is_asked_for_once_at_a_time_and_its_end_is_told(qtbot: QtBot, record: Record) -> None:
    row = made(qtbot)
    wanted = record(row.check_wanted)
    row.check_button.click()
    row.check_button.click()
    assert wanted == [("alipay",)]
    row.show_check(ProviderCheck("alipay", ProviderFinding.WORKS, ""))
    assert row.check_button.isEnabled()
    assert row.result.text() == "It works: it answered as it should."
    assert row.result.property("tone") == "ok"


@pytest.mark.parametrize("finding", [one for one in ProviderFinding if one is not ProviderFinding.WORKS])
def test_what_is_in_the_way_is_told_with_what_helps(qtbot: QtBot, finding: ProviderFinding) -> None:
    row = made(qtbot)
    row.show_check(ProviderCheck("alipay", finding, "Alipay says <b>no</b>"))
    assert row.result.property("tone") == "bad"
    assert row.result.text().endswith("(Alipay says <b>no</b>)")
    assert len(row.result.text().split(". ")) > 1


def test_a_backend_that_does_not_answer_is_told_on_the_row(qtbot: QtBot) -> None:
    row = made(qtbot)
    row.check_button.click()
    row.show_unanswered("it is gone")
    assert "it is gone" in row.result.text()
    assert row.check_button.isEnabled()
