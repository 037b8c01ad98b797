"""A new campaign: what staff choose, what will happen, start or keep as a template."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from typing_extensions import override

from backend.contract.campaigns import MAX_TITLE, CampaignTerms, NewCampaign
from backend.contract.shop import Product
from widgets.campaigns.campaign_words import start_name
from widgets.campaigns.kind_face import KindFace
from widgets.common import plain
from widgets.common.forms import align_captions, column, form, label, push_button, row, say, set_tone
from widgets.common.scrolled import Scrolled, ScrolledDialog


class CampaignDialog(ScrolledDialog):
    """Asks for one campaign; open it with `open()`. It stays until the shop took what is in it.

    Attributes:
        start_wanted, keep_wanted: emitted with a `NewCampaign`.
        asked: the last one that was emitted: an answer to another is none to this dialog.
    """

    start_wanted = Signal(object)
    keep_wanted = Signal(object)

    def __init__(self, parent: QWidget, face: KindFace, products: Sequence[Product]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.face = face
        self.asked: NewCampaign | None = None
        self._is_waiting = False
        self._allowed = ""
        plain.set_title(self, self.tr("New: {kind}").format(kind=face.name()))
        self.title_field = QLineEdit()
        self.title_field.setMaxLength(MAX_TITLE)
        plain.set_placeholder(self.title_field, face.name())
        self.form = face.make_form()
        self.form.show_products(products)
        self.form.changed.connect(self._show_summary)
        self.summary, self.problem = label("", "dim"), label()
        for one in (self.summary, self.problem):
            one.setWordWrap(True)
        set_tone(self.problem, "bad")
        self._lay_out()
        self.show_problem("")

    def _lay_out(self) -> None:
        self.keep_button, self.cancel_button, self.start_button = push_button(), push_button(), push_button()
        self.allowed_button = push_button("fa5s.check")
        self.allowed_button.clicked.connect(self._take_allowed)
        self.start_button.setProperty("primary", "true")
        say(self.keep_button, self.tr("Save as template"))
        say(self.cancel_button, self.tr("Cancel"))
        start = start_name(has_countdown=self.face.has_countdown)
        say(self.start_button, start, self.tr("Show it to the room now (Ctrl+Enter)"))
        self.keep_button.clicked.connect(self._keep)
        self.start_button.clicked.connect(self._start)
        self.cancel_button.clicked.connect(self.reject)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.activated.connect(self._start)
        titled = form()
        titled.addRow(self.tr("Title"), self.title_field)
        buttons = row(self.keep_button, self.cancel_button, self.start_button)
        buttons.insertStretch(1, 1)
        heading = label(self.face.name(), "title")
        guard = row(self.problem, self.allowed_button)
        guard.setStretch(0, 1)
        fields = QWidget()
        fields.setLayout(column(titled, self.form, self.summary, spacing=14))
        self.setLayout(column(heading, Scrolled(fields), guard, buttons, margin=22, spacing=14))
        self.setMinimumWidth(460)
        # Enter in a field starts nothing: what goes to the room at once takes a click, or two keys.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        align_captions(self)
        super().showEvent(event)

    def show_terms(self, title: str, terms: CampaignTerms) -> None:
        """Show what was chosen once."""
        plain.set_text(self.title_field, title)
        self.form.show_terms(terms)
        self._show_summary()

    def show_problem(self, text: str, allowed: str = "") -> None:
        """Say what is wrong and let it be corrected; one click puts in what is `allowed` instead."""
        self._allowed = allowed
        plain.set_text(self.problem, text)
        plain.set_text(self.allowed_button, self.tr("Change to {price}").format(price=allowed))
        self.allowed_button.setVisible(bool(allowed))
        self.problem.setVisible(bool(text))
        self._wait(is_waiting=False)
        self._show_summary()

    def _wait(self, *, is_waiting: bool) -> None:
        """Let nothing be changed while an answer is waited for."""
        self._is_waiting = is_waiting
        for one in (self.form, self.title_field, self.keep_button):
            one.setEnabled(not is_waiting)

    def _take_allowed(self) -> None:
        if self.form.take_price(self._allowed):
            self.show_problem("")
            self.start_button.setFocus()

    def _start(self) -> None:
        if (wish := self._taken()) is not None:
            self.start_wanted.emit(wish)

    def _keep(self) -> None:
        if (wish := self._taken()) is not None:
            self.keep_wanted.emit(wish)

    def _taken(self) -> NewCampaign | None:
        """Return what is chosen, and wait for the answer; None where something is wrong."""
        if self._is_waiting:
            return None  # the answer to the one before is still to come
        terms = self.form.terms()
        if isinstance(terms, str):
            self.show_problem(terms)
            return None
        self.show_problem("")
        self._wait(is_waiting=True)
        self.start_button.setEnabled(False)
        self.asked = NewCampaign(terms, self.title_field.text().strip())
        return self.asked

    def _show_summary(self) -> None:
        self.start_button.setEnabled(self.form.is_offered() and not self._is_waiting)
        text = self.form.summary()
        plain.set_text(self.summary, text)
        self.summary.setVisible(bool(text) and text != self.problem.text())
        self.fit()
