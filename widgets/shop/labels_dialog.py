"""Where the category and the tags of several products are changed at once."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from backend.contract.products import MAX_LABEL, MOST_TAGS
from widgets.common import plain
from widgets.common.forms import caption, column, form, label
from widgets.shop.products_acts import ChangeLabels
from widgets.shop.products_entry import ProductEntry
from widgets.shop.shop_dialog import ShopDialog
from widgets.shop.sku_rows import split_values

LIST_HEIGHT: Final = 132
_STATES: Final = {False: Qt.CheckState.PartiallyChecked, True: Qt.CheckState.Checked}


class LabelsDialog(ShopDialog):
    """Shows what the products have in common; only what is touched changes.

    Attributes:
        tags: those that some product has: ticked where all have it, half where some do.
        more: further tags for all of them, with commas.
    """

    def __init__(self, parent: QWidget, entries: Sequence[ProductEntry]) -> None:
        super().__init__(parent, self.tr("Category and tags"), self.tr("Save"), "primary")
        self._entries = entries
        self.category, self.more = QLineEdit(), QLineEdit()
        self.category.setMaxLength(MAX_LABEL)
        categories = {entry.category for entry in entries}
        if len(categories) == 1:
            plain.set_text(self.category, categories.pop())
        else:
            self.category.setPlaceholderText(self.tr("Several: they stay as they are"))
        self.more.setPlaceholderText(self.tr("with commas"))
        self._counts = Counter(tag for entry in entries for tag in entry.tags)
        self.tags = QListWidget()
        self.tags.setFixedHeight(LIST_HEIGHT)
        for tag, count in sorted(self._counts.items()):
            self._add(tag, count)
        self._lay_out()

    def _add(self, tag: str, count: int) -> None:
        has_all = count == len(self._entries)
        made = QListWidgetItem(self.tags)
        text = (
            tag
            if has_all
            else self.tr("{tag} · {n} of {all}").format(
                tag=tag, n=f"{count:,}", all=f"{len(self._entries):,}"
            )
        )
        plain.set_text(made, text)
        made.setData(Qt.ItemDataRole.UserRole, tag)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        made.setFlags(flags if has_all else flags | Qt.ItemFlag.ItemIsUserTristate)
        made.setCheckState(_STATES[has_all])

    def _lay_out(self) -> None:
        text = self.tr("Category and tags of {n} products").format(n=f"{len(self._entries):,}")
        if len(self._entries) == 1:
            text = self.tr("Category and tags of {title}").format(title=self._entries[0].title)
        heading = label(text, "title")
        heading.setWordWrap(True)
        fields = form()
        rows: list[tuple[str, QWidget]] = [(self.tr("Category"), self.category)]
        if self._counts:
            rows.append((self.tr("Tags"), self.tags))
        rows.append((self.tr("Further tags"), self.more))
        for name, field in rows:
            plain.set_name(field, name)
            fields.addRow(caption(name, field), field)
        self.setLayout(column(heading, fields, self.problem, self.buttons, margin=20, spacing=14))
        self.category.setFocus()

    @override
    def wanted(self) -> ChangeLabels | None:
        added, removed = self._ticked()
        added += [tag for tag in split_values(self.more.text()) if tag not in added]
        if len(added) > MOST_TAGS:
            self.show_problem(self.tr("A product has at most {n} tags.").format(n=MOST_TAGS))
            self.more.setFocus()
            return None
        category = self.category.text().strip() if self.category.isModified() else None
        ids = tuple(entry.spu_id for entry in self._entries)
        act = ChangeLabels(ids, category, tuple(added), tuple(removed))
        if act == ChangeLabels(ids):
            self.reject()
            return None
        return act

    def _ticked(self) -> tuple[list[str], list[str]]:
        """The tags that all are to have and some have not, and those that none is to have."""
        added, removed = [], []
        for place in range(self.tags.count()):
            item = self.tags.item(place)
            tag = item.data(Qt.ItemDataRole.UserRole)
            if item.checkState() is Qt.CheckState.Unchecked:
                removed.append(tag)
            elif item.checkState() is Qt.CheckState.Checked and self._counts[tag] < len(self._entries):
                added.append(tag)
        return added, removed

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        for field in (self.category, self.tags, self.more):
            field.setEnabled(self.waiting_for is None)
