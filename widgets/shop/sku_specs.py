"""Where the specifications of a product are typed: what buyers choose by, and the values of each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from backend.contract.products import MAX_LABEL, MOST_SPECS
from widgets.common import plain
from widgets.common.forms import column, row, say, tool_button
from widgets.common.tokens import icon
from widgets.shop.sku_plan import WantedSpec
from widgets.shop.sku_rows import SkuRow, split_values


class SpecRow(QWidget):
    """A specification: its name, and its values with commas.

    Args:
        origin: what the shop calls it so far; empty where it is new.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, name: str, values: str, origin: str) -> None:
        super().__init__()
        self._origin = origin
        self.name, self.values = QLineEdit(), QLineEdit()
        plain.set_text(self.name, name)
        plain.set_text(self.values, values)
        self.name.setMaxLength(MAX_LABEL)
        self.name.setFixedWidth(120)
        self.name.setPlaceholderText(self.tr("such as Colour"))
        self.values.setPlaceholderText(self.tr("Values with commas, such as red, blue"))
        plain.set_name(self.name, self.tr("Specification"))
        plain.set_name(self.values, self.tr("Values"))
        self.remove_button = tool_button("fa5s.times")
        plain.set_name(self.remove_button, self.tr("Remove this specification"))
        self.remove_button.clicked.connect(self.removed)
        self.name.textEdited.connect(self.changed)
        self.values.textEdited.connect(self.changed)
        layout = row(self.name, self.values, self.remove_button, spacing=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def wanted(self) -> WantedSpec:
        """What is typed."""
        return WantedSpec(self.name.text(), split_values(self.values.text()), self._origin)

    @property
    def is_complete(self) -> bool:
        """Whether it has a name and a value."""
        return bool(self.name.text().strip() and split_values(self.values.text()))

    def lock(self) -> None:
        """Let nothing be typed."""
        self.name.setReadOnly(True)
        self.values.setReadOnly(True)
        self.remove_button.hide()


class SpecList(QWidget):
    """All specifications of a product.

    Attributes:
        changed: emitted when other SKUs follow from what is typed.
        add_button: adds one; it stands where the list's owner puts it.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[SpecRow] = []
        self.add_button = QPushButton()
        self.add_button.setIcon(icon("fa5s.plus"))
        say(
            self.add_button,
            self.tr("Specification"),
            self.tr("Let buyers choose, such as by colour or size"),
        )
        self.add_button.clicked.connect(self._on_add)
        self._layout = column(spacing=6)
        self.setLayout(self._layout)

    @property
    def wanted(self) -> list[WantedSpec]:
        """What is typed."""
        return [each.wanted for each in self.rows]

    def begin_with(self, known: Sequence[SkuRow]) -> None:
        """Show the specifications of SKUs that the shop has, with the values that are on sale."""
        sold = [one for one in known if one.is_wanted] or known
        for name, _ in sold[0].specs if sold else ():
            values = dict.fromkeys(value for one in sold for said, value in one.specs if said == name)
            self.add(name, ", ".join(values), name)

    def add(self, name: str = "", values: str = "", origin: str = "") -> None:
        """Add a specification to choose by."""
        if len(self.rows) >= MOST_SPECS:
            return
        made = SpecRow(name, values, origin)
        made.changed.connect(self.changed)
        made.removed.connect(lambda: self._remove(made))
        self.rows.append(made)
        self._layout.addWidget(made)
        self.add_button.setEnabled(len(self.rows) < MOST_SPECS)
        if not name:
            made.name.setFocus()

    def _on_add(self) -> None:
        self.add()

    def lock(self) -> None:
        """Let nothing be typed."""
        self.add_button.hide()
        for each in self.rows:
            each.lock()

    def _remove(self, gone: SpecRow) -> None:
        self.rows.remove(gone)
        gone.deleteLater()
        self.add_button.setEnabled(True)
        self.changed.emit()
