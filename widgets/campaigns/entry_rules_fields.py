"""Who may take part in what gives something away, asked within the limits that the contract declares."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QSpinBox
from typing_extensions import override

from backend.contract.eligibility import MOST_A_NETWORK, MOST_ACCOUNT_MINUTES, EntryRules
from widgets.common import plain
from widgets.common.forms import add_field, caption, form
from widgets.common.retranslate import Retranslated

# One below the limits stands for no limit.
NO_ACCOUNT: Final = -1
NO_LIMIT: Final = 0


class EntryRulesFields(Retranslated):
    """Asks how old one's account must be, how many of one network take part, and whether a phone counts once.

    Attributes:
        changed: emitted when what is chosen changes.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.account, self.network, self.phone = QSpinBox(), QSpinBox(), QCheckBox()
        self.account.setRange(NO_ACCOUNT, MOST_ACCOUNT_MINUTES)
        self.network.setRange(NO_LIMIT, MOST_A_NETWORK)
        self.account.setValue(NO_ACCOUNT)
        self._captions = [caption("", field) for field in (self.account, self.network)]
        rows = form()
        for words, field in zip(self._captions, (self.account, self.network), strict=True):
            add_field(rows, field, words)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            field.valueChanged.connect(self.changed)
        add_field(rows, self.phone)
        self.phone.toggled.connect(self.changed)
        rows.setContentsMargins(0, 0, 0, 0)
        self.setLayout(rows)
        # In another form's row it is not squeezed.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        texts = (self.tr("Accounts at least"), self.tr("On one network at most"))
        for words, text in zip(self._captions, texts, strict=True):
            plain.set_text(words, text)
        self.account.setSuffix(self.tr(" min old"))
        self.account.setSpecialValueText(self.tr("None needed: guests too"))
        self.network.setSpecialValueText(self.tr("No limit"))
        plain.set_text(self.phone, self.tr("One a phone number"))

    def account_minutes(self) -> int | None:
        """Return how old accounts must be; None where guests may take part, too."""
        return None if self.account.value() == NO_ACCOUNT else self.account.value()

    def per_network(self) -> int | None:
        """Return how many of one network may take part; None for no limit."""
        return self.network.value() or None

    def one_a_phone(self) -> bool:
        """Whether each phone number counts once."""
        return self.phone.isChecked()

    def show_rules(self, rules: EntryRules) -> None:
        """Show what was chosen once."""
        self.account.setValue(NO_ACCOUNT if rules.account_minutes is None else rules.account_minutes)
        self.network.setValue(rules.per_network or NO_LIMIT)
        self.phone.setChecked(rules.one_a_phone)
