"""The head of the orders window: how much there is, the search, the filters, the switch of the sound."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.retranslate import Retranslated
from widgets.common.tokens import icon
from widgets.shop import order_texts
from widgets.shop.chips import Chips
from widgets.shop.order_states import Stage

SEARCH_WIDTH: Final = 260
_TONES: Final = {Stage.TO_PAY: "warn", Stage.CASES: "fault"}


class OrdersHead(Retranslated):
    """One row with title and search, one with a chip a stage.

    Attributes:
        text_changed: emitted with what is searched for.
        stage_chosen: emitted with a `Stage`.
        sound_toggled: emitted with whether a new order makes a sound.
        refresh_wanted: the orders should be read again.
        import_wanted: a file with tracking numbers should be read.
        files_wanted: emitted with the place where files of orders should be offered.
    """

    text_changed = Signal(str)
    stage_chosen = Signal(object)
    sound_toggled = Signal(bool)
    refresh_wanted = Signal()
    import_wanted = Signal()
    files_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._counts: Mapping[Stage, int] = {}
        self._paid = ""
        self._has_more = False
        self.title, self.summary = label("", "window"), label("", "dim")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(SEARCH_WIDTH)
        self.search.addAction(icon("fa5s.search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self.text_changed)
        self.sound_button, self.refresh_button = push_button(), push_button()
        self.import_button, self.files_button = push_button(), push_button()
        self.import_button.setIcon(icon("fa5s.upload"))
        self.files_button.setIcon(icon("fa5s.download"))
        self.import_button.clicked.connect(self.import_wanted)
        self.files_button.clicked.connect(self._on_files)
        self.sound_button.setCheckable(True)
        self.refresh_button.setIcon(icon("fa5s.redo"))
        self.sound_button.toggled.connect(self._on_sound_toggled)
        self.refresh_button.clicked.connect(self.refresh_wanted)
        self._chips = Chips(Stage)
        self.chips = self._chips.buttons
        for stage, chip in self.chips.items():
            chip.clicked.connect(lambda _checked=False, stage=stage: self.stage_chosen.emit(stage))
        self.chips[Stage.ALL].setChecked(True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        upper = row(self.title, self.summary, self.search, self.sound_button, self.refresh_button, spacing=12)
        upper.insertStretch(3, 1)
        lower = row(self._chips, self.import_button, self.files_button, spacing=8)
        lower.setStretch(0, 1)
        layout = column(upper, lower, spacing=10)
        layout.setContentsMargins(16, 10, 16, 8)
        self.setLayout(layout)

    @override
    def retranslate(self) -> None:
        plain.set_text(self.title, self.tr("Orders"))
        self.search.setPlaceholderText(self.tr("Number, phone, buyer, goods"))
        self.search.setAccessibleName(self.tr("Search orders"))
        say(self.refresh_button, self.tr("Refresh"), self.tr("Read the orders again (F5)"))
        say(
            self.import_button, self.tr("Tracking…"), self.tr("Import tracking numbers from a courier's file")
        )
        say(self.files_button, self.tr("Export…"), self.tr("Courier's table, packing slips, picking list"))
        self._show_sound()
        self._show()

    # --- In ---

    def show_counts(self, counts: Mapping[Stage, int], paid: str, *, has_more: bool) -> None:
        """Show how many orders each stage has, and the sum that was paid; more may be unread."""
        self._counts, self._paid, self._has_more = counts, paid, has_more
        self._show()

    def show_sound(self, *, is_on: bool) -> None:
        """Show whether a new order makes a sound."""
        blocked = self.sound_button.blockSignals(True)  # noqa: FBT003  Qt's own name
        self.sound_button.setChecked(is_on)
        self.sound_button.blockSignals(blocked)
        self._show_sound()

    def choose(self, stage: Stage) -> None:
        """Choose a filter."""
        self.chips[stage].setChecked(True)
        self.stage_chosen.emit(stage)

    def _show(self) -> None:
        plus = "+" if self._has_more else ""
        for stage in Stage:
            count = self._counts.get(stage, 0)
            more = "" if stage is Stage.CASES else plus
            tone = _TONES.get(stage, "") if count else ""
            self._chips.show_count(stage, order_texts.stage_text(stage), f"{count}{more}", tone)
        total = f"{self._counts.get(Stage.ALL, 0):,}{plus}"
        text = self.tr("1 order") if total == "1" else self.tr("{n} orders")
        paid = self.tr(" · {amount} paid").format(amount=self._paid) if self._paid else ""
        plain.set_text(self.summary, text.format(n=total) + paid)

    def _on_files(self) -> None:
        button = self.files_button
        self.files_wanted.emit(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_sound_toggled(self, is_on: bool) -> None:  # noqa: FBT001  a slot
        self._show_sound()
        self.sound_toggled.emit(is_on)

    def _show_sound(self) -> None:
        is_on = self.sound_button.isChecked()
        self.sound_button.setIcon(icon("fa5s.bell" if is_on else "fa5s.bell-slash"))
        text = self.tr("Sound on") if is_on else self.tr("Sound off")
        say(self.sound_button, text, self.tr("Whether a new order makes a short sound"))
