"""One payment provider: whether it is on, where its webhooks go, and a button that asks it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.payments import ProviderCheck, ProviderFinding, ProviderStatus
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.moment import moment_text

KEYS: Final = {
    "wechat": ("merchant_id", "app_id", "certificate_serial", "private_key", "api_key", "public_key"),
    "alipay": ("app_id", "private_key", "public_key"),
    "stripe": ("secret_key", "publishable_key"),
}
"""What each must have, as the file of keys calls it."""


class ProviderRow(QWidget):
    """See the module.

    Attributes:
        check_wanted: emitted with the provider's name.
    """

    check_wanted = Signal(str)

    def __init__(self, status: ProviderStatus) -> None:
        super().__init__()
        self._provider = status.provider
        title = self._title()
        self.state = label(self._state_text(status), "dim")
        self.check_button = push_button()
        say(
            self.check_button,
            self.tr("Test"),
            self.tr("Ask {provider} something harmless with the shop's keys").format(provider=title),
        )
        self.check_button.setVisible(status.is_on)
        self.check_button.clicked.connect(self._on_check)
        self.result = label()
        self.result.setWordWrap(True)
        self.result.hide()
        self.remedy = label(self._remedy_text(status), "faint")
        self.remedy.setWordWrap(True)
        self.remedy.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remedy.setVisible(not status.is_on)
        self.webhooks = label(self._webhooks_text(status), "faint")
        self.webhooks.setWordWrap(True)
        self.webhooks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.webhooks.setVisible(bool(status.is_on and status.webhook_url))
        head = row(label(title), self.state, self.check_button)
        head.setStretch(1, 1)
        self.setLayout(column(head, self.remedy, self.webhooks, self.result, spacing=2))

    def show_check(self, check: ProviderCheck) -> None:
        """Show what became of the question."""
        works = check.finding is ProviderFinding.WORKS
        text = self._finding_text(check.finding)
        self._show(f"{text} ({check.detail})" if check.detail else text, "ok" if works else "bad")

    def show_unanswered(self, cause: str) -> None:
        """Say that the backend did not answer."""
        text = self.tr("The server did not answer: {cause}. Check that it runs, then test again.")
        self._show(text.format(cause=cause), "bad")

    def _on_check(self) -> None:
        self.check_button.setEnabled(False)
        self.result.hide()
        self.check_wanted.emit(self._provider)

    def _show(self, text: str, tone: str) -> None:
        self.check_button.setEnabled(True)
        plain.set_text(self.result, text)
        set_tone(self.result, tone)
        self.result.show()

    def _title(self) -> str:
        titles = {
            "wechat": self.tr("WeChat Pay"),
            "alipay": self.tr("Alipay"),
            "stripe": self.tr("Stripe (cards)"),
            "sandbox": self.tr("Sandbox (play money)"),
        }
        return titles.get(self._provider, self._provider)

    def _state_text(self, status: ProviderStatus) -> str:
        if status.is_on:
            return self.tr("on, no real money") if status.is_test else self.tr("on")
        if status.provider == "sandbox":
            return self.tr("off: another provider has keys")
        return self.tr("off, though it has keys") if status.has_keys else self.tr("off: it has no keys")

    def _remedy_text(self, status: ProviderStatus) -> str:
        if status.provider not in KEYS:
            return self.tr(
                "To try purchases with play money too, add “sandbox” to the line “on” at the top of the file "
                'below, as in: on = ["wechat", "sandbox"]. Then start the server again.'
            )
        if status.has_keys:
            text = self.tr(
                "The line “on” of the file below leaves it out: add “{provider}” there, then start the "
                "server again."
            )
            return text.format(provider=status.provider)
        text = self.tr(
            "To turn it on, copy {keys} from its console into [{provider}] of the file below, then start the "
            "server again."
        )
        return text.format(
            keys=self.tr(", ").join(self._key_text(key) for key in KEYS[status.provider]),
            provider=status.provider,
        )

    def _key_text(self, key: str) -> str:
        """What a key is called in the provider's console, with its name in the file."""
        texts = {
            "merchant_id": self.tr("the merchant number"),
            "app_id": self.tr("the app ID"),
            "certificate_serial": self.tr("the certificate's serial number"),
            "private_key": self.tr("your private key"),
            "api_key": self.tr("the API v3 key"),
            "public_key": self.tr("its public key"),
            "secret_key": self.tr("the secret key"),
            "publishable_key": self.tr("the publishable key"),
        }
        return f"{texts[key]} ({key})"

    def _webhooks_text(self, status: ProviderStatus) -> str:
        came = self.tr("none came yet; payments are asked about all the same")
        if status.last_webhook_at_ms is not None:
            came = self.tr("the last one came {when}").format(when=moment_text(status.last_webhook_at_ms))
        return self.tr("Webhooks go to {url}: {came}").format(url=status.webhook_url, came=came)

    def _finding_text(self, finding: ProviderFinding) -> str:
        texts = {
            ProviderFinding.WORKS: self.tr("It works: it answered as it should."),
            ProviderFinding.UNREACHABLE: self.tr(
                "It cannot be reached. Check the server's way to the internet, then test again."
            ),
            ProviderFinding.KEYS_REFUSED: self.tr(
                "It refuses the shop's keys. Copy them again from its console: number and private key."
            ),
            ProviderFinding.NOT_GENUINE: self.tr(
                "Its answer is not signed with the key that the shop has of it. Copy its public key, "
                "not your own, again from its console."
            ),
            ProviderFinding.NOT_ALLOWED: self.tr(
                "The keys are right, but the shop has no contract for this. Sign it in its console."
            ),
            ProviderFinding.FAILS: self.tr(
                "It answered, but not as it should. Test again in a while, or look up its words."
            ),
        }
        return texts[finding]
