"""The form for a product's title, price and stock, also while it is on air and others edit it."""

from collections.abc import Collection
from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.shop import EditProduct, Product
from widgets.common import plain
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.forms import caption, column, form, label, push_button, row, say, set_tone
from widgets.shop import product_texts
from widgets.shop.product_draft import Draft, ProductField, Value, Wrong

WIDTH: Final = 560


class ProductDialog(AnsweredDialog):
    """A form for one product; its command is an `EditProduct` of what was changed."""

    def __init__(self, parent: QWidget, product: Product, rights: Collection[AssistantRight]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Edit product"))
        self._draft = Draft(product)
        self._rights = frozenset(rights)
        self._followed: set[ProductField] = set()
        self._wanted: dict[ProductField, Value | None] = {}
        self._is_unsure = False
        self.edits = {field: QLineEdit() for field in ProductField}
        self.notes = {field: label("", "faint") for field in ProductField}
        self.cancel_button, self.save_button = push_button(), push_button("fa5s.check")
        say(self.cancel_button, self.tr("Cancel"))
        self.save_button.setProperty("primary", "true")
        self.save_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self._lay_out()
        for field, edit in self.edits.items():
            edit.textEdited.connect(lambda text, field=field: self._on_edited(field, text))
        self.show_rights(rights)

    def _lay_out(self) -> None:
        fields = form()
        for field in ProductField:
            name = product_texts.name(field, self._draft.now.currency)
            plain.set_name(self.edits[field], name)
            self.notes[field].setWordWrap(True)
            edited = column(self.edits[field], self.notes[field], spacing=4)
            fields.addRow(caption(name, self.edits[field]), edited)
        number = self.tr("No. {n}. Every screen follows as soon as it is saved.")
        sentence = label(number.format(n=self._draft.now.number), "dim")
        sentence.setWordWrap(True)
        heading = column(label(self.tr("Edit product"), "title"), sentence, spacing=4)
        buttons = row(self.cancel_button, self.save_button)
        buttons.insertStretch(0, 1)
        layout = column(heading, fields, self.problem, buttons, margin=22, spacing=16)
        layout.insertStretch(3, 1)
        self.setLayout(layout)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.resize(WIDTH, 1)
        self._grow()  # only now do the texts have their fonts
        super().showEvent(event)

    # --- In ---

    @property
    def product(self) -> Product:
        """The product as it is now, as far as the dialog knows."""
        return self._draft.now

    def show_product(self, product: Product) -> None:
        """Follow a change of the product: untouched fields follow, typed ones stay."""
        before = self._draft.now
        self._draft.follow(product)
        wanted, now = self._wanted, self._draft.now
        if self._is_unsure and all(field.of(now) == value for field, value in wanted.items()):
            self.accept()
            return
        self._followed |= {
            field
            for field in ProductField
            if field.of(now) != field.of(before) and field.of(now) != wanted.get(field)
        }
        self._show()

    def take_theirs(self) -> None:
        """Let go of all that was typed, for what there is now."""
        for field in ProductField:
            self._draft.take_theirs(field)
        self._followed.clear()
        self.show_problem("")
        self._show()

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Let change only what these rights allow."""
        self._rights = frozenset(rights)
        for field, edit in self.edits.items():
            why = self._why_not(field)
            if why:
                self._draft.take_theirs(field)
            edit.setEnabled(not why)
            plain.set_tooltip(edit, why)
        self._show()

    def _why_not(self, field: ProductField) -> str:
        if field.right not in self._rights:
            return product_texts.missing(field.right)
        is_of_sku = field is not ProductField.TITLE and self._draft.now.sku_count > 1
        return product_texts.several_skus() if is_of_sku else ""

    def give_back_unsure(self, why: str) -> None:
        """The answer was lost: closes if the product turns out to be what was wanted."""
        self._is_unsure = True
        self.give_back(why)

    # --- Out ---

    def ask_for(self, command: EditProduct) -> None:
        """Ask the room for this change, and wait for its answer."""
        self._wanted = {field: field.of(command) for field in ProductField if field.of(command) is not None}
        self._is_unsure = False
        self.send(command)

    def _save(self) -> None:
        command = self._draft.command()
        if command is not None and self.waiting_for is None:
            self.ask_for(command)

    def _on_edited(self, field: ProductField, text: str) -> None:
        self._draft.type(field, text)
        self._followed.discard(field)
        self._is_unsure = False
        self.show_problem("")
        self._show()

    # --- Showing ---

    @override
    def _show_waiting(self) -> None:
        self._show()

    def _show(self) -> None:
        is_waiting = self.waiting_for is not None
        for field, edit in self.edits.items():
            if edit.text() != self._draft.texts[field]:
                plain.set_text(edit, self._draft.texts[field])
                edit.setCursorPosition(0)
            edit.setReadOnly(is_waiting)
            self._show_note(field)
        say(self.save_button, self.tr("Saving…") if is_waiting else self.tr("Save"))
        self.save_button.setEnabled(not is_waiting and self._draft.command() is not None)
        self._grow()

    def _grow(self) -> None:
        """Give texts that take more lines their place; a dialog does not do so by itself."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _show_note(self, field: ProductField) -> None:
        draft, note = self._draft, self.notes[field]
        value = draft.value(field)
        if isinstance(value, Wrong):
            plain.set_text(note, product_texts.wrong(value, draft.texts[field], draft.now.currency))
            set_tone(note, "bad")
        elif draft.is_contested(field):
            now = product_texts.value(field, field.of(draft.now), draft.now.currency)
            plain.set_text(
                note, self.tr("Somebody else changed this meanwhile, to {value}").format(value=now)
            )
            set_tone(note, "warn")
        elif field in self._followed:
            note.setText(self.tr("Somebody else changed this meanwhile"))
            set_tone(note, "warn")
        else:
            plain.set_text(note, product_texts.hint(field, draft.texts[field], draft.now.currency))
            set_tone(note, "")
        plain.set_description(self.edits[field], note.text())
