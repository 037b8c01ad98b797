"""The base of the pages of the settings that the shop keeps: each is read and saved by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import caption, form, label, push_button, row, say, set_tone
from widgets.settings.settings_pages import Page
from widgets.settings.settings_values import SettingsValues

LEAST_HEIGHT: Final = 240


class ShopPage(Page):
    """Shows a document of the shop in fields, and gives back what was typed.

    A subclass makes the fields, fills them and reads them; it calls `on_changed` when one changes.

    Attributes:
        read_wanted: emitted when the document is to be read.
        save_wanted: emitted with the document as it was typed.
        fields: where the rows go; they scroll in `frame`.
        known: the document as the shop has it; None before it was read.
    """

    read_wanted = Signal()
    save_wanted = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.known: msgspec.Struct | None = None
        self._is_filling = self._is_saving = self._was_saved = False
        self.fields: QFormLayout = form()
        self.content = QWidget()
        self.content.setLayout(self.fields)
        self.content.setEnabled(False)
        self.fields.setContentsMargins(0, 0, 10, 0)
        self.frame = scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setMinimumHeight(LEAST_HEIGHT)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.content)
        self.note = label()
        self.note.setWordWrap(True)
        self.again_button, self.undo_button, self.save_button = push_button(), push_button(), push_button()
        say(self.again_button, self.tr("Try again"), self.tr("Ask the shop again"))
        say(self.undo_button, self.tr("Take back"), self.tr("Show what the shop has"))
        say(self.save_button, self.tr("Save in the shop"), self.tr("It holds from now on"))
        self.again_button.clicked.connect(self.read)
        self.undo_button.clicked.connect(self._on_undo)
        self.save_button.clicked.connect(self._on_save)
        foot = row(self.again_button, self.undo_button, self.save_button)
        foot.insertStretch(0, 1)
        self.rows.setWidget(0, QFormLayout.ItemRole.SpanningRole, scroll)
        self.rows.setWidget(1, QFormLayout.ItemRole.SpanningRole, self.note)
        self.rows.setLayout(2, QFormLayout.ItemRole.SpanningRole, foot)
        self.again_button.hide()
        self._refresh()

    # --- A subclass's ---

    def fill(self, document: msgspec.Struct) -> None:
        """Show this document in the fields."""
        raise NotImplementedError

    def typed(self) -> msgspec.Struct | str:
        """The document that the fields say, or what is wrong with them and what helps."""
        raise NotImplementedError

    def field(self, text: str, widget: QWidget) -> None:
        """Add a row."""
        plain.set_name(widget, text)
        self.fields.addRow(caption(text, widget), widget)

    def hint(self, text: str = "", role: str = "faint") -> QLabel:
        """Add a row that explains the one above it."""
        made = label(text, role)
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.fields.addRow("", made)
        return made

    def on_changed(self) -> None:
        """Show how what was typed stands to what the shop has."""
        if not self._is_filling:
            self._refresh()

    # --- In ---

    def read(self) -> None:
        """Ask for the document."""
        self.again_button.hide()
        self._say(self.tr("The shop is being asked…"), "")
        self.read_wanted.emit()

    def show_document(self, document: msgspec.Struct) -> None:
        """Show the document as the shop has it now."""
        self.known = document
        self._was_saved, self._is_saving = self._is_saving, False
        self.again_button.hide()
        self._fill(document)

    def show_problem(self, problem: str) -> None:
        """Show why the shop could not be asked, or does not take this; what was typed stays."""
        self._is_saving = False
        self._refresh()
        self.again_button.setVisible(self.known is None)
        self._say(problem, "bad")

    # --- Out ---

    def _on_save(self) -> None:
        typed = self.typed()
        if isinstance(typed, str):
            return
        self._is_saving = True
        self._refresh()
        self.save_wanted.emit(typed)

    def _on_undo(self) -> None:
        if self.known is not None:
            self._fill(self.known)

    # --- Faces ---

    def _fill(self, document: msgspec.Struct) -> None:
        with self.filling():
            self.fill(document)
        self._refresh()

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Change fields without taking that for what somebody typed."""
        before, self._is_filling = self._is_filling, True
        try:
            yield
        finally:
            self._is_filling = before

    def _refresh(self) -> None:
        is_open = self.known is not None and not self._is_saving
        self.content.setEnabled(is_open)
        typed = self.typed() if self.known is not None else self.tr("The shop is being asked…")
        is_changed = typed != self.known
        self.save_button.setEnabled(is_open and is_changed and not isinstance(typed, str))
        self.undo_button.setEnabled(is_open and is_changed)
        if self._is_saving:
            self._say(self.tr("It is being saved…"), "")
        elif isinstance(typed, str):
            self._say(typed, "" if self.known is None else "bad")
        elif is_changed:
            self._say(self.tr("Not saved yet."), "warn")
        else:
            # Nothing was saved where a page was only opened.
            self._say(self.tr("Saved in the shop.") if self._was_saved else "", "ok")

    def _say(self, text: str, tone: str) -> None:
        plain.set_text(self.note, text)
        set_tone(self.note, tone)

    @override
    def fault(self) -> str:
        if self.known is None or self.typed() == self.known:
            return ""
        text = self.tr("Not saved yet: {page}. Save it in the shop, or take it back.")
        return text.format(page=self._title)

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        return values
