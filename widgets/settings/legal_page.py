"""The page of the settings where the host writes the shop's legal texts; each is published by itself."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QPlainTextEdit
from typing_extensions import override

from backend.contract.legal import MOST_LETTERS, LegalName, LegalText
from widgets.common import plain
from widgets.common.forms import combo, fill_combo, label, push_button, row, say, set_tone
from widgets.common.moment import moment_text
from widgets.settings.settings_pages import Page
from widgets.settings.settings_values import SettingsValues

LEAST_HEIGHT: Final = 180


def legal_name(name: LegalName) -> str:
    """What a text is called."""
    translate = QCoreApplication.translate
    return {
        LegalName.LICENCE: translate("LegalPage", "Business licence"),
        LegalName.CONTACT: translate("LegalPage", "Contact"),
        LegalName.TERMS: translate("LegalPage", "Terms of sale"),
        LegalName.PRIVACY: translate("LegalPage", "Privacy"),
        LegalName.RETURNS: translate("LegalPage", "Returns"),
    }[name]


class LegalPage(Page):
    """One text at a time; what is typed stays while another one is looked at.

    Attributes:
        text_wanted: emitted with the name of a text that is to be read.
        publish_wanted: emitted with a name and what was typed.
    """

    text_wanted = Signal(object)
    publish_wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[LegalName, LegalText] = {}
        self._typed: dict[LegalName, str] = {}
        self.name = combo()
        fill_combo(self.name, [(one.value, legal_name(one)) for one in LegalName], LegalName.LICENCE.value)
        self.name.currentIndexChanged.connect(self._on_chosen)
        self.edit = QPlainTextEdit()
        self.edit.setMinimumHeight(LEAST_HEIGHT)
        self.edit.setTabChangesFocus(True)
        self.edit.textChanged.connect(self._on_typed)
        self.note = label()
        self.note.setWordWrap(True)
        self.publish_button, self.undo_button = push_button(), push_button()
        say(self.publish_button, self.tr("Publish"), self.tr("Viewers read this text from now on"))
        say(self.undo_button, self.tr("Take back"), self.tr("Show the text as it is published"))
        self.publish_button.clicked.connect(self._on_publish)
        self.undo_button.clicked.connect(self._on_undo)
        self._add(self.tr("Page"), self.name)
        self._add(self.tr("Text"), self.edit)
        buttons = row(self.note, self.undo_button, self.publish_button)
        buttons.setStretch(0, 1)
        self.rows.addRow("", buttons)
        self._hint(
            self.tr(
                "Plain text. A line that begins with # and a space is a heading. Viewers find what is "
                "written below the products and in the checkout."
            )
        )
        self._show()

    @property
    def current(self) -> LegalName:
        """The text that is shown."""
        return LegalName(self.name.currentData())

    # --- In ---

    def read(self) -> None:
        """Ask for the text that is shown, unless it is known."""
        if self.current not in self._known:
            self.text_wanted.emit(self.current)

    def show_text(self, text: LegalText) -> None:
        """Show a text as it is published now; what was typed over it meanwhile stays."""
        self._known[text.name] = text
        if self._typed.get(text.name) == text.text:
            del self._typed[text.name]
        self._show()

    def show_problem(self, problem: str) -> None:
        """Show why a text could not be read or published, and what helps; what was typed stays."""
        self._show()
        self._say(problem, "bad")

    # --- Out ---

    def _on_chosen(self) -> None:
        self._show()
        self.read()

    def _on_typed(self) -> None:
        name, text = self.current, self.edit.toPlainText()
        if name not in self._known:
            return
        self._typed[name] = text
        if text == self._known[name].text:
            del self._typed[name]
        self._show_state()

    def _on_publish(self) -> None:
        self.publish_button.setEnabled(False)
        self._say(self.tr("The text is being published."), "")
        self.publish_wanted.emit(self.current, self.edit.toPlainText())

    def _on_undo(self) -> None:
        self._typed.pop(self.current, None)
        self._show()

    # --- Faces ---

    def _show(self) -> None:
        known = self._known.get(self.current)
        text = self._typed.get(self.current, known.text if known else "")
        if self.edit.toPlainText() != text:
            with QSignalBlocker(self.edit):
                self.edit.setPlainText(text)
        self.edit.setReadOnly(known is None)
        self._show_state()

    def _show_state(self) -> None:
        known, typed = self._known.get(self.current), self._typed.get(self.current)
        is_too_long = len(self.edit.toPlainText()) > MOST_LETTERS
        self.publish_button.setEnabled(typed is not None and not is_too_long)
        self.undo_button.setEnabled(typed is not None)
        if known is None:
            self._say(self.tr("The text is being read."), "")
        elif is_too_long:
            self._say(self.tr("A text has at most {n} characters. Shorten it.").format(n=MOST_LETTERS), "bad")
        elif typed is not None:
            self._say(self.tr("Not published yet."), "warn")
        elif known.text:
            time = moment_text(known.updated_at_ms or 0)
            self._say(self.tr("Published {time}").format(time=time), "ok")
        else:
            self._say(self.tr("The shop has not written this page yet: viewers see no link to it."), "warn")

    def _say(self, text: str, tone: str) -> None:
        plain.set_text(self.note, text)
        set_tone(self.note, tone)

    @override
    def fault(self) -> str:
        if not self._typed:
            return ""
        names = ", ".join(legal_name(name) for name in LegalName if name in self._typed)
        return self.tr("Not published yet: {names}. Publish it, or take it back.").format(names=names)

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        return values
