"""The panel in which the host reads the room's danmu, answers them, and keeps order."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QStackedLayout, QTabWidget, QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.chat import (
    AnswerQuestion,
    BlockedWordsChanged,
    Danmu,
    DanmuDeleted,
    DanmuEchoed,
    DanmuPinned,
    DanmuRestored,
    DanmuSent,
    DanmuUnpinned,
    Moderated,
    PaidDanmuSent,
    QuestionAnswered,
    QuestionsFolded,
    RoomRulesChanged,
    SanctionsChanged,
    SendDanmu,
    SetBlockedWords,
    StaffDanmuSent,
)
from backend.contract.erasing import PersonErased
from backend.contract.gifts import Gift
from backend.contract.protocol import Command, Event, Snapshot, StaffSnapshot
from widgets.chat import moderation_actions
from widgets.chat.chat_delegate import ChatDelegate, ChatTexts, RowButton
from widgets.chat.chat_list import ChatList
from widgets.chat.chat_rules_bar import ChatRulesBar
from widgets.chat.composer import Composer
from widgets.chat.moderation_actions import DanmuAction
from widgets.chat.moderation_dialog import ModerationDialog
from widgets.chat.moderation_list import ModerationList
from widgets.chat.pinned_bar import PinnedBar
from widgets.chat.question_list import QuestionList
from widgets.common import plain
from widgets.common.forms import column, label, push_button, say
from widgets.common.menus import popup
from widgets.common.retranslate import Retranslated
from widgets.gifts.gift_bar import GiftBar


class ChatPanel(Retranslated):
    """Chat and questions; what it shows it learns from the room, as every viewer does.

    Attributes:
        command: emitted with what the host wants: a danmu, an answer, or something of a moderator.
    """

    command = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._may_chat = True
        self._asked: ModerationDialog | None = None
        self.rules = ChatRulesBar()
        self.pinned = PinnedBar()
        self.gifts = GiftBar()
        self._delegate = ChatDelegate(ChatTexts("", "", "", "", {}), self)
        self.list = ChatList(self._delegate)
        self.questions = QuestionList()
        self.moderation = ModerationList()
        self.composer = Composer()
        self.new_button = push_button("fa5s.arrow-down")
        self.new_button.hide()
        self.empty = label("", "dim")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._connect()
        self._lay_out()
        self.retranslate()

    def _connect(self) -> None:
        for part in (self.rules, self.pinned, self.questions, self.moderation, self.composer):
            part.command.connect(self.command)
        self.list.wanted.connect(self._on_wanted)
        self.list.left.connect(self.focus_composer)
        self.composer.left_upwards.connect(self._on_left_upwards)
        self.list.menu_wanted.connect(self._on_menu_wanted)
        self.list.waiting_changed.connect(self._on_waiting_changed)
        self.list.chat.rowsInserted.connect(self._show_page)
        self.list.chat.rowsRemoved.connect(self._show_page)
        self.list.chat.modelReset.connect(self._show_page)
        self.new_button.clicked.connect(self.list.follow)
        self.questions.answer_wanted.connect(self.composer.answer)

    def _lay_out(self) -> None:
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.list)
        chat = QWidget()
        chat_layout = column(pages, self.new_button, spacing=6)
        chat_layout.setStretch(0, 1)
        chat.setLayout(chat_layout)
        self.tabs.addTab(chat, "")
        self.tabs.addTab(self.questions, "")
        self.tabs.addTab(self.moderation, "")
        layout = column(self.rules, self.pinned, self.gifts, self.tabs, self.composer, margin=10)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    @override
    def retranslate(self) -> None:
        self._delegate.texts = ChatTexts(
            host=self.tr("Host"),
            assistant=self.tr("Assistant"),
            follower=self.tr("Follower"),
            paid=self.tr("{n} coins"),
            buttons={
                RowButton.REPLY: self.tr("Reply"),
                RowButton.PIN: self.tr("Pin for 5 minutes"),
                RowButton.DELETE: self.tr("Delete"),
                RowButton.MORE: self.tr("More"),
            },
        )
        self.tabs.setTabText(0, self.tr("Chat"))
        self.list.setAccessibleName(self.tr("Chat"))
        self._show_empty()
        self._show_counts()
        self._on_waiting_changed(self.list.waiting)
        self.list.viewport().update()

    def _show_empty(self) -> None:
        if self._may_chat:
            self.empty.setText(self.tr("Nobody has written yet. What you write here everybody sees."))
        else:
            self.empty.setText(self.tr("Nobody has written yet."))

    def _action_texts(self) -> dict[DanmuAction, str]:
        return {
            DanmuAction.PIN: self.tr("Pin for 5 minutes"),
            DanmuAction.DELETE: self.tr("Delete"),
            DanmuAction.MUTE_SHORT: self.tr("Mute for 1 minute"),
            DanmuAction.MUTE_LONG: self.tr("Mute for 10 minutes"),
            DanmuAction.MUTE_SESSION: self.tr("Mute for this live session"),
            DanmuAction.BLOCK: self.tr("Block for good"),
        }

    # --- In ---

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the room from here."""
        self.list.set_danmu(snapshot.danmu)
        self.pinned.show_pinned(snapshot.pinned)
        self.rules.show_rules(snapshot.rules)

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Offer what these rights allow; without the right to chat, the panel can still be read."""
        self._may_chat = AssistantRight.CHAT in rights
        self._delegate.offers = tuple(RowButton) if self._may_chat else (RowButton.MORE,)
        self.rules.setVisible(self._may_chat)
        self.pinned.unpin_button.setVisible(self._may_chat)
        self.composer.show_right(may_write=self._may_chat)
        self._show_empty()
        for tab in (self.questions, self.moderation):
            self.tabs.setTabVisible(self.tabs.indexOf(tab), self._may_chat)
        self.list.viewport().update()

    def show_gifts(self, gifts: Sequence[Gift]) -> None:
        """Learn what the gifts are called."""
        self.gifts.show_gifts(gifts)

    def apply(self, event: Event) -> None:
        """Follow the room."""
        self.gifts.apply(event)
        match event:
            case DanmuSent(danmu=danmu) | PaidDanmuSent(danmu=danmu):
                self.list.add(danmu)
            case StaffDanmuSent(danmu=one) | DanmuEchoed(danmu=one):
                self.list.add([one])
            case DanmuDeleted(danmu_ids=danmu_ids):
                self.list.remove(danmu_ids)
            case DanmuRestored(danmu=danmu):
                self.list.put_back(danmu)
            case DanmuPinned(pinned=pinned):
                self.pinned.show_pinned(pinned)
            case DanmuUnpinned():
                self.pinned.show_pinned(None)
            case RoomRulesChanged(rules=rules):
                self.rules.show_rules(rules)
            case _:
                self._apply_for_staff(event)

    def _apply_for_staff(self, event: Event) -> None:
        match event:
            case StaffSnapshot(questions=questions):
                self.questions.show_questions(questions)
                self.rules.show_words(event.blocked_words, event.file_words, event.words_version)
                self.moderation.show_actions(event.actions)
                self.moderation.show_sanctions(event.muted, event.blocked)
            case PersonErased(user_id=user_id):
                self.list.erase(user_id)
                self.moderation.erase(user_id)
            case Moderated(action=action):
                self.moderation.add_action(action)
            case SanctionsChanged(muted=muted, blocked=blocked):
                self.moderation.show_sanctions(muted, blocked)
            case QuestionsFolded(questions=questions):
                self.questions.show_questions(questions)
            case QuestionAnswered(question=question):
                self.questions.drop(question.question_id)
            case BlockedWordsChanged(words=words, file_words=file_words, version=version):
                self.rules.show_words(words, file_words, version)
            case _:
                return
        self._show_counts()

    def close_for(self, command: Command) -> None:
        """Close the dialog whose command the room carried out."""
        if self._asked is not None:
            self._asked.close_for(command)

    def give_back(self, command: Command, why: str) -> None:
        """Let a command that the room refused be corrected where it was written."""
        match command:
            case SendDanmu() | AnswerQuestion():
                self.composer.give_back(command)
            case SetBlockedWords():
                self.rules.give_back(command)
            case _:
                if self._asked is not None and self._asked.waiting_for == command:
                    self._asked.give_back(why)

    def show_time(self, server_time_ms: float) -> None:
        """Follow the server's clock; called once a second."""
        self.pinned.show_time(server_time_ms)

    # --- Out ---

    def do(self, choice: DanmuAction, danmu: Danmu, reason: str = "") -> None:
        """Ask the room to do this."""
        self.command.emit(moderation_actions.command(choice, danmu, reason))

    def ask_why(self, danmu: Danmu) -> ModerationDialog:
        """Ask what is to be done, and for what reason."""
        texts = self._action_texts()
        possible = [
            (choice, texts[choice])
            for choice in DanmuAction
            if choice is not DanmuAction.PIN and moderation_actions.is_possible(choice, danmu)
        ]
        dialog = ModerationDialog(self.window(), danmu, possible)
        dialog.command.connect(self.command)
        dialog.finished.connect(self._on_asked)
        self._asked = dialog
        dialog.open()
        return dialog

    def _on_asked(self) -> None:
        self._asked = None

    def menu(self, danmu: Danmu) -> QMenu:
        """Everything that can be done with a danmu."""
        made = QMenu(self)
        made.addAction(self.tr("Copy"), lambda: QApplication.clipboard().setText(danmu.text))
        if self._may_chat:
            self._add_deeds(made, danmu)
        return made

    def _add_deeds(self, made: QMenu, danmu: Danmu) -> None:
        reply = QAction(self.tr("Reply"), made)
        reply.triggered.connect(lambda: self.composer.answer(danmu))
        made.insertAction(made.actions()[0], reply)
        made.addSeparator()
        for choice, text in self._action_texts().items():
            action = made.addAction("")
            plain.set_text(action, text)
            action.triggered.connect(lambda _checked=False, choice=choice: self.do(choice, danmu))
            action.setEnabled(moderation_actions.is_possible(choice, danmu))
            if choice in {DanmuAction.PIN, DanmuAction.DELETE}:
                made.addSeparator()
        made.addSeparator()
        made.addAction(self.tr("With a reason…"), lambda: self.ask_why(danmu))

    def focus_composer(self) -> None:
        """Let the host write."""
        self.composer.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_wanted(self, button: RowButton, danmu: Danmu) -> None:
        match button:
            case RowButton.REPLY:
                self.composer.answer(danmu)
            case RowButton.PIN:
                self.do(DanmuAction.PIN, danmu)
            case RowButton.DELETE:
                self.do(DanmuAction.DELETE, danmu)
            case RowButton.MORE:
                pass

    def _on_left_upwards(self) -> None:
        self.list.follow()
        if self.list.chat.rowCount():
            self.tabs.setCurrentIndex(0)
            self.list.focus_newest()

    def _on_menu_wanted(self, danmu: Danmu, place: QPoint) -> None:
        popup(self.menu(danmu), place)

    def _on_waiting_changed(self, count: int) -> None:
        say(self.new_button, self.tr("{n} new").format(n=count), self.tr("Go to the newest"))
        self.new_button.setVisible(count > 0)

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(1 if self.list.chat.rowCount() else 0)

    def _show_counts(self) -> None:
        counts = (self.questions.count, self.moderation.count)
        for place, text in enumerate((self.tr("Questions"), self.tr("Moderation"))):
            count = counts[place]
            plain.set_tab(self.tabs, place + 1, f"{text} {count}" if count else text)
