"""The banner above the picture: the current problems, their causes, and what the host can do."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.theme import icon
from widgets.live.toasts import Tone

ICON_SIDE: Final = 20


_SIGN_TINTS: Final = {Tone.OK: "ok", Tone.WARN: "warn", Tone.BAD: "fault"}


@dataclass(frozen=True)
class Action:
    """A remedy offered as a button: its id for the program, and its text."""

    action_id: str
    text: str


@dataclass(frozen=True)
class Alarm:
    """Something that is wrong for as long as it is shown.

    Attributes:
        key: names the trouble; a new alarm of the same key takes its place.
        text: what is wrong and why, plain text.
        remedy: what helps, plain text; empty where it mends itself.
        tone: how serious it is.
        actions: remedies as buttons.
        causes: keys of alarms that explain this one; while one of them is shown, this one is not.
    """

    key: str
    text: str
    remedy: str = ""
    tone: Tone = Tone.WARN
    actions: tuple[Action, ...] = ()
    causes: tuple[str, ...] = ()


class AlarmBanner(QWidget):
    """Shows the alarms, one below the other; takes no room while there is none.

    Attributes:
        action_chosen: emitted with the alarm's key and the action's id.
    """

    action_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alarms: dict[str, Alarm] = {}
        self._frames: dict[str, QFrame] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 8, 8, 0)
        self._layout.setSpacing(6)
        self.hide()

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What is shown, oldest first."""
        return tuple(alarm for alarm in self._alarms.values() if not self._is_explained(alarm))

    def _is_explained(self, alarm: Alarm) -> bool:
        return any(cause in self._alarms for cause in alarm.causes)

    def raise_alarm(self, alarm: Alarm) -> None:
        """Show this alarm, in place of an older one of the same key."""
        if self._alarms.get(alarm.key) == alarm:
            return
        frame = self._make_frame(alarm)
        old = self._frames.get(alarm.key)
        if old is None:
            self._layout.addWidget(frame)
        else:
            self._layout.replaceWidget(old, frame)
            old.hide()
            old.deleteLater()
        self._alarms[alarm.key] = alarm
        self._frames[alarm.key] = frame
        self._show_frames()

    def clear_alarm(self, key: str) -> None:
        """Take the alarm off; nothing happens when there is none of this key."""
        if self._alarms.pop(key, None) is None:
            return
        frame = self._frames.pop(key)
        self._layout.removeWidget(frame)
        frame.hide()
        frame.deleteLater()
        self._show_frames()

    def _show_frames(self) -> None:
        for key, alarm in self._alarms.items():
            self._frames[key].setVisible(not self._is_explained(alarm))
        self.setVisible(bool(self._alarms))

    def _make_frame(self, alarm: Alarm) -> QFrame:
        frame = QFrame()
        frame.setObjectName("alarm")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_tone(frame, alarm.tone.value)
        sign = label()
        sign.setPixmap(
            icon("fa5s.exclamation-triangle", _SIGN_TINTS[alarm.tone]).pixmap(ICON_SIDE, ICON_SIDE)
        )
        text = label(alarm.text)
        text.setWordWrap(True)
        words = column(text, spacing=2)
        if alarm.remedy:
            remedy = label(alarm.remedy, "dim")
            remedy.setWordWrap(True)
            words.addWidget(remedy)
        layout = row(sign, words, spacing=12)
        layout.setStretch(1, 1)
        layout.setContentsMargins(14, 9, 10, 9)
        # One button stands beside the words; more would leave them no width where the window is narrow.
        buttons = row() if len(alarm.actions) > 1 else layout
        for action in alarm.actions:
            button = push_button()
            say(button, action.text)
            button.clicked.connect(
                lambda _checked=False, action_id=action.action_id: self.action_chosen.emit(
                    alarm.key, action_id
                )
            )
            buttons.addWidget(button)
        if buttons is not layout:
            buttons.addStretch(1)
            words.addLayout(buttons)
        frame.setLayout(layout)
        plain.set_name(frame, " ".join(filter(None, (alarm.text, alarm.remedy))))
        return frame
