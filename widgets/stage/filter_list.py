"""The filters of a strip from top to bottom: on or off, dragged into another order, added and taken away."""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QMenu
from typing_extensions import override

from effects.params import Declaration
from studio.project.project import SoundFilter
from widgets.common import plain
from widgets.common.forms import column, push_button, row, say
from widgets.common.menus import popup
from widgets.common.retranslate import Retranslated
from widgets.stage.sound_texts import sound_text

_FILTER_ROLE: Final = Qt.ItemDataRole.UserRole


class FilterList(Retranslated):
    """Shows the filters it is given, and asks for others.

    Attributes:
        filters_chosen: emitted with all filters, a tuple of `SoundFilter`, when the host changes any.
        selected: emitted with the name of the filter whose values are to be shown; empty for none.
    """

    filters_chosen = Signal(object)
    selected = Signal(str)

    def __init__(self, declarations: Mapping[str, Declaration]) -> None:
        super().__init__()
        self._declarations = declarations
        self._filters: tuple[SoundFilter, ...] = ()
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setSpacing(1)
        self.list.currentItemChanged.connect(lambda: self.selected.emit(self.selected_name))
        self.list.itemChanged.connect(lambda _: self._on_changed())
        self.list.model().rowsMoved.connect(self._on_changed)
        self.add_button = push_button("fa5s.plus")
        self.add_button.clicked.connect(self._offer)
        self.remove_button = push_button("fa5s.trash-alt")
        self.remove_button.clicked.connect(self._remove)
        self.setLayout(column(self.list, row(self.add_button, self.remove_button)))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Filters"))
        self.list.setToolTip(self.tr("Sound goes from top to bottom; drag a filter to another place"))
        say(self.add_button, self.tr("Add a filter"))
        say(self.remove_button, self.tr("Remove"))
        for index in range(self.list.count()):
            item = self.list.item(index)
            plain.set_text(item, self._title(item.data(_FILTER_ROLE)))

    @property
    def selected_name(self) -> str:
        """The name of the filter that is selected; empty for none."""
        item = self.list.currentItem()
        return str(item.data(_FILTER_ROLE)) if item is not None else ""

    def show_filters(self, filters: tuple[SoundFilter, ...]) -> None:
        """Show these filters, and keep the one selected that was."""
        was_same = [(each.name, each.is_on) for each in filters] == [
            (each.name, each.is_on) for each in self._filters
        ]
        self._filters = filters
        if not was_same:
            self._fill(self.selected_name)
        self.remove_button.setEnabled(bool(filters))

    def _fill(self, selected: str) -> None:
        blocked = self.list.blockSignals(True)  # noqa: FBT003  Qt's own name
        self.list.clear()
        for each in self._filters:
            item = QListWidgetItem(self.list)
            plain.set_text(item, self._title(each.name))
            item.setData(_FILTER_ROLE, each.name)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setCheckState(Qt.CheckState.Checked if each.is_on else Qt.CheckState.Unchecked)
            if each.name == selected:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self._filters:
            self.list.setCurrentRow(0)
        self.list.blockSignals(blocked)
        self.selected.emit(self.selected_name)

    def absent(self) -> list[str]:
        """The names of the filters that can be added."""
        present = {each.name for each in self._filters}
        return [name for name in self._declarations if name not in present]

    def add(self, name: str) -> None:
        """Add a filter as the last, and select it."""
        self._choose((*self._filters, SoundFilter(name)), name)

    def _offer(self) -> None:
        menu = QMenu(self)
        for name in self.absent():
            action = menu.addAction("")
            plain.set_text(action, self._title(name))
            action.triggered.connect(lambda _=False, name=name: self.add(name))
        popup(menu, self.add_button.mapToGlobal(QPoint(0, self.add_button.height())))

    def _remove(self) -> None:
        selected = self.selected_name
        self._choose(tuple(each for each in self._filters if each.name != selected))

    def _on_changed(self) -> None:
        """The list was dragged or ticked: it has the truth now."""
        by_name = {each.name: each for each in self._filters}
        items = [self.list.item(index) for index in range(self.list.count())]
        self._filters = tuple(
            replace(by_name[item.data(_FILTER_ROLE)], is_on=item.checkState() is Qt.CheckState.Checked)
            for item in items
        )
        self.filters_chosen.emit(self._filters)

    def _choose(self, filters: tuple[SoundFilter, ...], selected: str = "") -> None:
        self._filters = filters
        self._fill(selected)
        self.remove_button.setEnabled(bool(filters))
        self.filters_chosen.emit(filters)

    def _title(self, name: str) -> str:
        declared = self._declarations.get(name)
        return sound_text(declared.title) if declared is not None else name
