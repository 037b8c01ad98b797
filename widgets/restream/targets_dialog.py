"""The platforms that get the broadcast, too: which, whether, and how it goes."""

import secrets
from typing import Final

import msgspec
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from studio.engine.messages.restreaming import RestreamChanged, RestreamState
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.restream.target import MAX_TARGETS, Target
from widgets.restream.target_dialog import TargetDialog
from widgets.restream.target_words import state_name

SIZE: Final = QSize(540, 420)
ROW_HEIGHT: Final = 44


class TargetsDialog(QDialog):
    """Asks for changes and shows the targets it is given; opened with `open()`.

    Attributes:
        changed: emitted with all targets as they are wanted, a tuple of `Target`.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Other platforms"))
        self.resize(SIZE)
        self._targets: tuple[Target, ...] = ()
        self._states: dict[str, RestreamChanged] = {}
        hint = label(
            self.tr(
                "What is checked gets every broadcast from its beginning to its end: the same picture, not "
                "encoded a second time. It needs as much of your uplink again."
            ),
            "faint",
        )
        hint.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Other platforms"))
        self.list.itemChanged.connect(self._on_checked)
        self.list.currentRowChanged.connect(self._show_buttons)
        self.list.itemActivated.connect(self._edit)
        self.add_button, self.edit_button = push_button("fa5s.plus"), push_button("fa5s.pen")
        self.remove_button, self.close_button = push_button("fa5s.trash"), push_button()
        say(self.add_button, self.tr("Add…"), self.tr("Send to one more platform"))
        say(self.edit_button, self.tr("Edit…"))
        say(self.remove_button, self.tr("Remove"), self.tr("Forget this platform and its key"))
        say(self.close_button, self.tr("Close"))
        self.add_button.clicked.connect(self._add)
        self.edit_button.clicked.connect(self._edit)
        self.remove_button.clicked.connect(self._remove)
        self.close_button.clicked.connect(self.accept)
        buttons = row(self.add_button, self.edit_button, self.remove_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        self.setLayout(column(hint, self.list, buttons, margin=16, spacing=10))
        self._show_buttons()

    def show_targets(self, targets: tuple[Target, ...]) -> None:
        """Show these."""
        chosen = self.list.currentRow()
        self._targets = targets
        with QSignalBlocker(self.list):
            self.list.clear()
            for target in targets:
                item = QListWidgetItem(self.list)
                item.setSizeHint(QSize(0, ROW_HEIGHT))
                item.setCheckState(Qt.CheckState.Checked if target.is_enabled else Qt.CheckState.Unchecked)
                plain.set_text(item, self._words(target))
        self.list.setCurrentRow(min(max(chosen, 0), len(targets) - 1))
        self._show_buttons()

    def show_state(self, changed: RestreamChanged) -> None:
        """Show how the sending to a target is doing."""
        self._states[changed.target_id] = changed
        with QSignalBlocker(self.list):
            for number, target in enumerate(self._targets):
                plain.set_text(self.list.item(number), self._words(target))

    def _words(self, target: Target) -> str:
        state = self._states.get(target.target_id)
        if state is None or state.state is RestreamState.IDLE:
            return target.name
        return f"{target.name}\n{state_name(state.state, state.code)}"

    def _on_checked(self, item: QListWidgetItem) -> None:
        number = self.list.row(item)
        is_enabled = item.checkState() is Qt.CheckState.Checked
        self._put(number, msgspec.structs.replace(self._targets[number], is_enabled=is_enabled))

    def _add(self) -> None:
        dialog = TargetDialog(self, Target(secrets.token_hex(8), "", ""))
        dialog.chosen.connect(lambda target: self.changed.emit((*self._targets, target)))
        self._open(dialog)

    def _edit(self) -> None:
        number = self.list.currentRow()
        if 0 <= number < len(self._targets):
            dialog = TargetDialog(self, self._targets[number])
            dialog.chosen.connect(lambda target: self._put(number, target))
            self._open(dialog)

    def _remove(self) -> None:
        number = self.list.currentRow()
        if 0 <= number < len(self._targets):
            self.changed.emit((*self._targets[:number], *self._targets[number + 1 :]))

    def _put(self, number: int, target: Target) -> None:
        self.changed.emit((*self._targets[:number], target, *self._targets[number + 1 :]))

    def _show_buttons(self) -> None:
        is_chosen = 0 <= self.list.currentRow() < len(self._targets)
        self.edit_button.setEnabled(is_chosen)
        self.remove_button.setEnabled(is_chosen)
        self.add_button.setEnabled(len(self._targets) < MAX_TARGETS)

    @staticmethod
    def _open(dialog: TargetDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
