"""The list of danmu: it follows the newest until the host scrolls back, and works with the keyboard."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView
from typing_extensions import override

from backend.contract.chat import Danmu
from backend.contract.words_of import erase_words
from widgets.chat.chat_delegate import ChatDelegate, RowButton
from widgets.chat.chat_model import CAPACITY, ChatModel, ChatRole

FLUSH_MS: Final = 100
NEAR_PX: Final = 24
KEYS: Final = {
    Qt.Key.Key_Return: RowButton.REPLY,
    Qt.Key.Key_Enter: RowButton.REPLY,
    Qt.Key.Key_Delete: RowButton.DELETE,
    Qt.Key.Key_P: RowButton.PIN,
    Qt.Key.Key_M: RowButton.MORE,
}


class ChatList(QListView):
    """Adds danmu at most ten times a second; while the host scrolls back they wait.

    Attributes:
        wanted: emitted with the `RowButton` and the `Danmu`.
        menu_wanted: emitted with the `Danmu` and where its menu belongs, on the screen.
        left: the escape key was pressed, to go on writing.
        waiting_changed: emitted with the number of danmu that wait until the end of the list is shown.
    """

    wanted = Signal(object, object)
    menu_wanted = Signal(object, QPoint)
    left = Signal()
    waiting_changed = Signal(int)

    def __init__(self, delegate: ChatDelegate) -> None:
        super().__init__()
        self.chat = ChatModel(self)
        self.setModel(self.chat)
        self._delegate = delegate
        self.setItemDelegate(delegate)
        delegate.button_clicked.connect(self._on_button)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._arrived: list[Danmu] = []
        self._waiting = 0
        self._follows = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self.flush)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_range_changed)

    @property
    def waiting(self) -> int:
        """How many danmu wait until the end of the list is shown."""
        return self._waiting

    def set_danmu(self, danmu: Sequence[Danmu]) -> None:
        """Replace all, and follow the newest."""
        self._arrived.clear()
        self.chat.set_danmu(danmu)
        self.follow()

    def add(self, danmu: Sequence[Danmu]) -> None:
        """Take new ones in; they are shown with the next tick."""
        self._arrived = [*self._arrived, *danmu][-CAPACITY:]
        if not self._follows:
            self._set_waiting(self._waiting + len(danmu))
        elif not self._timer.isActive():
            self._timer.start()

    def put_back(self, danmu: Sequence[Danmu]) -> None:
        """Show these at their place at once."""
        self.chat.add(danmu)

    def remove(self, danmu_ids: Sequence[int]) -> None:
        """Take these out, shown or not."""
        gone = set(danmu_ids)
        self._arrived = [one for one in self._arrived if one.danmu_id not in gone]
        self.chat.remove(danmu_ids)

    def erase(self, user_id: str) -> None:
        """Take out what a person wrote, shown or not, and their name where they were answered."""
        left = [one for one in self._arrived if one.author.user_id != user_id]
        self._arrived = [erase_words(one, user_id) for one in left]
        self.chat.erase(user_id)

    def flush(self) -> None:
        """Show what has come, unless the host scrolls back."""
        if self._follows and self._arrived:
            arrived = sorted(self._arrived, key=lambda one: one.danmu_id)
            self._arrived.clear()
            self.chat.add(arrived)

    def follow(self) -> None:
        """Go to the end and stay there."""
        self._follows = True
        self._set_waiting(0)
        self.flush()
        self.scrollToBottom()

    def focus_newest(self) -> None:
        """Go to the newest danmu with the keyboard."""
        self.follow()
        self.setCurrentIndex(self.chat.index(self.chat.rowCount() - 1))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> Danmu | None:
        """The danmu that the keyboard is at."""
        found: Danmu | None = self.currentIndex().data(ChatRole.DANMU)
        return found

    def _set_waiting(self, count: int) -> None:
        if count != self._waiting:
            self._waiting = count
            self.waiting_changed.emit(count)

    def _on_button(self, button: RowButton, danmu: Danmu) -> None:
        if button is RowButton.MORE:
            self.menu_wanted.emit(danmu, self.cursor().pos())
        else:
            self.wanted.emit(button, danmu)

    def _on_scrolled(self, position: int) -> None:
        is_at_end = position >= self.verticalScrollBar().maximum() - NEAR_PX
        if is_at_end and not self._follows:
            self.follow()
        self._follows = is_at_end

    def _on_range_changed(self) -> None:
        if self._follows:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        danmu = self.current()
        button = KEYS.get(Qt.Key(event.key()))
        if danmu is not None and button is RowButton.MORE:
            place = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(danmu, self.viewport().mapToGlobal(place))
            return
        if danmu is not None and button in self._delegate.offers:
            self.wanted.emit(button, danmu)
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            # Qt would go to the oldest, far away from where one reads.
            self.setCurrentIndex(self.chat.index(self.chat.rowCount() - 1))
        super().focusInEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_keyboard else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).bottomLeft() if is_keyboard else event.pos()
            self.menu_wanted.emit(index.data(ChatRole.DANMU), self.viewport().mapToGlobal(place))
