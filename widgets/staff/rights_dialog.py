"""The form that changes an assistant's rights."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.base import AssistantRight
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.scrolled import Scrolled, ScrolledDialog
from widgets.staff.rights import RightsBoxes


class RightsDialog(ScrolledDialog):
    """The present rights of an assistant, to be changed; open it with `open()`.

    Attributes:
        chosen: emitted with the list of rights when they are other ones and wanted.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, who: str, rights: Iterable[AssistantRight]) -> None:
        super().__init__(parent)
        self._before = set(rights)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Rights"))
        heading = label(self.tr("Rights of {who}").format(who=who), "title")
        hint = label(self.tr("They count at once, also where somebody is at work."), "dim")
        self.boxes = RightsBoxes(self._before)
        self.boxes.changed.connect(self._check)
        cancel, self.save_button = push_button(), push_button()
        say(cancel, self.tr("Cancel"))
        say(self.save_button, self.tr("Save"))
        self.save_button.setProperty("primary", "true")
        self.save_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        buttons = row(cancel, self.save_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(heading, hint, Scrolled(self.boxes), buttons, margin=22, spacing=16))
        self.setMinimumWidth(440)
        self._check()

    def _check(self) -> None:
        rights = set(self.boxes.rights)
        self.save_button.setEnabled(bool(rights) and rights != self._before)

    def _save(self) -> None:
        self.chosen.emit(list(self.boxes.rights))
        self.accept()
