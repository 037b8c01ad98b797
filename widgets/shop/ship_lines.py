"""How many units of each line of an order lie in a parcel, and which other orders lie in it too."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from backend.contract.orders import Order, ParcelLine
from widgets.common import plain
from widgets.common.forms import label
from widgets.shop import order_texts
from widgets.shop.order_states import units_to_ship


class ShipLines(QWidget):
    """A field for each line that has units left; all of them are proposed.

    Attributes:
        units: the fields by the lines' numbers.
    """

    def __init__(self, order: Order) -> None:
        super().__init__()
        self.units: dict[int, QSpinBox] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        left = units_to_ship(order)
        for place, line in enumerate(line for line in order.lines if left[line.line] > 0):
            words = label(f"{line.title} {order_texts.specs_text(line)}".strip())
            words.setWordWrap(True)
            field = QSpinBox()
            field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            field.setRange(0, left[line.line])
            field.setValue(left[line.line])
            plain.set_name(field, self.tr("Units of {title}").format(title=line.title))
            grid.addWidget(words, place, 0)
            grid.addWidget(field, place, 1)
            grid.addWidget(label(self.tr("of {n}").format(n=left[line.line]), "dim"), place, 2)
            self.units[line.line] = field
        self.setLayout(grid)

    @property
    def is_all(self) -> bool:
        """Whether the parcel holds all that is left."""
        return all(field.value() == field.maximum() for field in self.units.values())

    def chosen(self) -> list[ParcelLine]:
        """What the parcel holds."""
        return [ParcelLine(line, field.value()) for line, field in self.units.items() if field.value()]


class ShipTogether(QWidget):
    """Other orders of the same buyer that go to the same address; they are proposed.

    Attributes:
        changed: which are to go along changed.
    """

    changed = Signal()

    def __init__(self, others: Sequence[Order]) -> None:
        super().__init__()
        self._boxes: list[tuple[QCheckBox, Order]] = []
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(self.tr("More goes to this address. Send it in the same parcel:"), "dim"))
        for other in others:
            box = QCheckBox()
            number, count = order_texts.number_text(other.number), order_texts.count_text(other)
            title = other.lines[0].title if other.lines else ""
            plain.set_text(box, f"{number} · {title} {count}")
            box.setChecked(True)
            box.toggled.connect(self.changed)
            layout.addWidget(box)
            self._boxes.append((box, other))
        self.setLayout(layout)
        self.setVisible(bool(others))

    @property
    def chosen(self) -> list[Order]:
        """Which of them go along."""
        return [other for box, other in self._boxes if box.isChecked()]
