"""The form for an invitation: rights, validity of the code, and duration of the rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from backend.contract.base import AssistantRight
from widgets.common import plain
from widgets.common.forms import column, combo, form, label, push_button, row, say
from widgets.common.scrolled import Scrolled, ScrolledDialog
from widgets.staff.rights import RightsBoxes

CODE_HOURS: Final = (1, 6, 24, 72, 168)
GRANT_HOURS: Final = (6, 12, 24, 168, 720, 4320)
USUAL_CODE_HOURS: Final = 24
USUAL_GRANT_HOURS: Final = 168
USUAL_RIGHTS: Final = (AssistantRight.PRODUCTS, AssistantRight.CHAT)
HOURS_A_DAY: Final = 24


@dataclass(frozen=True)
class Invitation:
    """What the host wants to give; the hours count from now."""

    rights: Sequence[AssistantRight]
    code_hours: int
    grant_hours: int


def span_text(hours: int) -> str:
    """A span of hours, in days where they are whole."""
    translate = QCoreApplication.translate
    if hours == HOURS_A_DAY:
        return translate("Spans", "1 day")
    if hours % HOURS_A_DAY == 0:
        return translate("Spans", "{n} days").format(n=hours // HOURS_A_DAY)
    if hours == 1:
        return translate("Spans", "1 hour")
    return translate("Spans", "{n} hours").format(n=hours)


class InviteDialog(ScrolledDialog):
    """A form for an invitation; open it with `open()`.

    Attributes:
        chosen: emitted with an `Invitation` when it is wanted.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Invite an assistant"))
        heading = label(self.tr("Invite an assistant"), "title")
        hint = label(self.tr("Give what is needed and no more; you can change it at any time."), "dim")
        self.boxes = RightsBoxes(USUAL_RIGHTS)
        self.boxes.changed.connect(self._check)
        self.grant_box, self.code_box = combo(), combo()
        _offer(self.grant_box, GRANT_HOURS, USUAL_GRANT_HOURS)
        _offer(self.code_box, CODE_HOURS, USUAL_CODE_HOURS)
        self.grant_box.currentIndexChanged.connect(self._fit_code)
        self.grant_box.setToolTip(self.tr("Then they end by themselves"))
        self.code_box.setToolTip(self.tr("It lets one person in, once, and is worth nothing afterwards"))
        fields = form()
        fields.addRow(self.tr("The rights last"), self.grant_box)
        fields.addRow(self.tr("The code works for"), self.code_box)
        for box, name in (
            (self.grant_box, self.tr("The rights last")),
            (self.code_box, self.tr("The code works for")),
        ):
            plain.set_name(box, name)
        cancel, self.invite_button = push_button(), push_button("fa5s.key")
        say(cancel, self.tr("Cancel"))
        say(self.invite_button, self.tr("Make the code"))
        self.invite_button.setProperty("primary", "true")
        self.invite_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.invite_button.clicked.connect(self._invite)
        buttons = row(cancel, self.invite_button)
        buttons.insertStretch(0, 1)
        self.setLayout(column(heading, hint, Scrolled(self.boxes), fields, buttons, margin=22, spacing=16))
        self.setMinimumWidth(460)
        self._check()

    def _fit_code(self) -> None:
        """Offer no code that works longer than the rights would last."""
        grant_hours = int(self.grant_box.currentData())
        wanted = min(int(self.code_box.currentData()), grant_hours)
        _offer(self.code_box, [hours for hours in CODE_HOURS if hours <= grant_hours], wanted)

    def _check(self) -> None:
        self.invite_button.setEnabled(bool(self.boxes.rights))

    def _invite(self) -> None:
        code_hours, grant_hours = self.code_box.currentData(), self.grant_box.currentData()
        self.chosen.emit(Invitation(list(self.boxes.rights), code_hours, grant_hours))
        self.accept()


def _offer(box: QComboBox, spans: Sequence[int], chosen: int) -> None:
    """Offer these spans and choose the longest that is no longer than the wanted one."""
    blocked = box.blockSignals(True)  # noqa: FBT003  Qt's own name
    box.clear()
    for hours in spans:
        plain.add_entry(box, span_text(hours), hours)
    box.setCurrentIndex(max(index for index, hours in enumerate(spans) if hours <= chosen or index == 0))
    box.blockSignals(blocked)
