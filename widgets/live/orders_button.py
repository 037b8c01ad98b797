"""The button that leads to the orders, and says what of them waits."""

from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import set_tone
from widgets.common.retranslate import Retranslating
from widgets.common.theme import ICON_SIZE, icon


class OrdersButton(Retranslating, QPushButton):
    """How many orders are new, cases wait, and messages are unread."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ordersButton")
        self.setIcon(icon("fa5s.receipt"))
        self.setIconSize(ICON_SIZE)
        self._new = self._waiting = self._unread = 0
        self._has_words = True
        self.retranslate()

    def show_new(self, count: int) -> None:
        """Say how many orders came since the orders were looked at; 0 says nothing."""
        self._new = count
        self.retranslate()

    def show_waiting(self, count: int) -> None:
        """Say how many cases wait for an answer; 0 says nothing."""
        self._waiting = count
        self.retranslate()

    def show_unread(self, count: int) -> None:
        """Say how many messages of buyers nobody has read; 0 says nothing."""
        self._unread = count
        self.retranslate()

    def show_words(self, *, are_wanted: bool) -> None:
        """Show all words, or the number alone where room is short."""
        if are_wanted != self._has_words:
            self._has_words = are_wanted
            self.retranslate()

    @property
    def words(self) -> str:
        """All that it says."""
        new, waiting, unread = self._new, self._waiting, self._unread
        text = self.tr("Orders · {n} new").format(n=new) if new else self.tr("Orders")
        cases = self.tr("1 case") if waiting == 1 else self.tr("{n} cases").format(n=waiting)
        messages = self.tr("1 message") if unread == 1 else self.tr("{n} messages").format(n=unread)
        return " · ".join([text] + [cases] * bool(waiting) + [messages] * bool(unread))

    @override
    def retranslate(self) -> None:
        words, count = self.words, self._new + self._waiting + self._unread
        plain.set_text(self, words if self._has_words else f"{count:,}" if count else "")
        plain.set_name(self, words)
        plain.set_tooltip(self, self.tr("Show the orders (Ctrl+R)") + f"\n{words}" * (not self._has_words))
        set_tone(self, "new" if count else "")
