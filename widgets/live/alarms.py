"""The banner above the picture: the most serious problem, its cause, and what the host can do."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.retranslate import Retranslated
from widgets.common.theme import icon
from widgets.live.toasts import SIGNS, Tone

ICON_SIDE: Final = 20
MOST_OF_WINDOW: Final = 0.4
LEAST_HEIGHT: Final = 64


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


class AlarmBanner(Retranslated):
    """Shows the most serious alarm, the others folded behind "2 more"; takes no room while there is none.

    Attributes:
        action_chosen: emitted with the alarm's key and the action's id.
        changed: an alarm came, went, or says something else.
    """

    action_chosen = Signal(str, str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alarms: dict[str, Alarm] = {}
        self._frames: dict[str, AlarmFrame] = {}
        self._is_unfolded = False
        inner = QWidget()
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(8, 8, 8, 0)
        self._layout.setSpacing(6)
        self.area = _AlarmArea(inner)
        self.setLayout(column(self.area))
        self.hide()

    @override
    def retranslate(self) -> None:
        self._show_frames()

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What is wrong, oldest first, without what another alarm explains."""
        return tuple(alarm for alarm in self._alarms.values() if not self._is_explained(alarm))

    @property
    def keys(self) -> frozenset[str]:
        """What is wrong, by key, with what another alarm explains."""
        return frozenset(self._alarms)

    def _is_explained(self, alarm: Alarm) -> bool:
        return any(cause in self._alarms for cause in alarm.causes)

    def raise_alarm(self, alarm: Alarm) -> None:
        """Show this alarm, in place of an older one of the same key."""
        if self._alarms.get(alarm.key) == alarm:
            return
        frame = AlarmFrame(alarm)
        frame.action_chosen.connect(self.action_chosen)
        frame.more_button.clicked.connect(self._fold_or_unfold)
        old = self._frames.get(alarm.key)
        if old is not None:
            self._drop(old)
        self._alarms[alarm.key] = alarm
        self._frames[alarm.key] = frame
        self._show_frames()
        self.changed.emit()

    def clear_alarm(self, key: str) -> None:
        """Take the alarm off; nothing happens when there is none of this key."""
        if self._alarms.pop(key, None) is None:
            return
        self._drop(self._frames.pop(key))
        self._show_frames()
        self.changed.emit()

    def _drop(self, frame: QWidget) -> None:
        self._layout.removeWidget(frame)
        frame.hide()
        frame.deleteLater()

    def _fold_or_unfold(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self._show_frames()

    def _show_frames(self) -> None:
        shown = sorted(self.alarms, key=lambda alarm: alarm.tone is not Tone.BAD)
        others = len(shown) - 1
        if others < 1:
            self._is_unfolded = False
        for key, frame in self._frames.items():
            if self._alarms[key] not in shown:
                frame.hide()
        for place, alarm in enumerate(shown):
            frame = self._frames[alarm.key]
            self._layout.removeWidget(frame)
            self._layout.addWidget(frame)
            frame.setVisible(place == 0 or self._is_unfolded)
            more = self.tr("Fold") if self._is_unfolded else self.tr("{n} more").format(n=others)
            frame.show_more(more if place == 0 and others else "")
        self.area.updateGeometry()
        self.setVisible(bool(shown))


class _AlarmArea(QScrollArea):
    """As high as what is in it; from a share of its window on it is scrolled, so that the stage stays."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons come into sight by themselves
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._inner = inner
        self.setWidget(inner)

    @override
    def sizeHint(self) -> QSize:
        least = self._inner.minimumSizeHint().width()
        most = round(self.window().height() * MOST_OF_WINDOW)
        return QSize(least, min(self._inner.heightForWidth(max(least, self.width())), most))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._inner.minimumSizeHint().width(), min(self.sizeHint().height(), LEAST_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()  # at another width the words have another height


class AlarmFrame(QFrame):
    """One alarm: what is wrong, what helps, and buttons that do.

    Attributes:
        action_chosen: emitted with the alarm's key and the action's id.
    """

    action_chosen = Signal(str, str)

    def __init__(self, alarm: Alarm) -> None:
        super().__init__()
        self.setObjectName("alarm")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_tone(self, alarm.tone.value)
        sign = label()
        sign.setPixmap(icon(*SIGNS[alarm.tone]).pixmap(ICON_SIDE, ICON_SIDE))
        text = label(alarm.text, "strong")
        text.setWordWrap(True)
        words = column(text, spacing=2)
        if alarm.remedy:
            remedy = label(alarm.remedy)
            remedy.setWordWrap(True)
            words.addWidget(remedy)
        self.more_button = push_button()
        self.more_button.setObjectName("link")
        layout = row(sign, words, self.more_button, spacing=12)
        layout.setStretch(1, 1)
        layout.setContentsMargins(14, 9, 10, 9)
        buttons = [self._make(alarm, action) for action in alarm.actions]
        if len(buttons) == 1:
            layout.insertWidget(2, buttons[0])
        elif buttons:
            # One button stands beside the words; more would leave them no width where the window is narrow.
            below = row(*buttons)
            below.addStretch(1)
            words.addLayout(below)
        self.setLayout(layout)
        self.show_more("")
        plain.set_name(self, " ".join(filter(None, (alarm.text, alarm.remedy))))

    def _make(self, alarm: Alarm, action: Action) -> QPushButton:
        button = push_button()
        say(button, action.text)
        button.clicked.connect(lambda _checked=False: self.action_chosen.emit(alarm.key, action.action_id))
        return button

    def show_more(self, text: str) -> None:
        """Say what lies behind this alarm; empty for nothing."""
        say(self.more_button, text, self.tr("All that is wrong now"))
        plain.set_name(self.more_button, text or self.tr("All that is wrong now"))
        self.more_button.setVisible(bool(text))
