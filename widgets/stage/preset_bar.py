"""The presets as buttons in a row: those of the program, then the host's own."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton
from typing_extensions import override

from widgets.common.confirm import ConfirmDialog
from widgets.common.flow import FlowLayout
from widgets.common.forms import say, tool_button
from widgets.common.name_dialog import NameDialog
from widgets.common.retranslate import Retranslated
from widgets.stage.effect_texts import effect_text
from widgets.stage.effects import PresetEntry


class PresetBar(Retranslated):
    """Shows the presets it is given, and asks for changes.

    Attributes:
        chosen: emitted with a preset's name.
        saved: emitted with the label under which the present settings are to be kept.
        renamed: emitted with the name of one of the host's own, and its new label.
        removed: emitted with the name of one of the host's own.
    """

    chosen = Signal(str)
    saved = Signal(str)
    renamed = Signal(str, str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[PresetEntry, ...] = ()
        self._chosen = ""
        self.buttons: dict[str, QPushButton] = {}
        self.save_button = tool_button("fa5s.plus", "dim")
        self.save_button.clicked.connect(self.ask_to_save)
        self.more_button = tool_button("fa5s.ellipsis-h", "dim")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.rename_action = self.menu.addAction("")
        self.rename_action.triggered.connect(self.ask_to_rename)
        self.remove_action = self.menu.addAction("")
        self.remove_action.triggered.connect(self.ask_to_remove)
        self.more_button.setMenu(self.menu)
        self._layout = FlowLayout()
        self.setLayout(self._layout)
        self._layout.addWidget(self.save_button)
        self._layout.addWidget(self.more_button)
        self.more_button.hide()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.save_button, self.tr("Save these settings as a preset"))
        say(self.more_button, self.tr("Rename or delete this preset"))
        self.rename_action.setText(self.tr("Rename…"))
        self.remove_action.setText(self.tr("Delete…"))
        for entry in self._entries:
            say(self.buttons[entry.name], self._text(entry))

    @staticmethod
    def _text(entry: PresetEntry) -> str:
        return entry.label if entry.is_own else effect_text(entry.label)

    def show_presets(self, entries: Sequence[PresetEntry], chosen: str) -> None:
        """Offer these; mark the one that the settings are of, none when `chosen` is empty."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            self._make_buttons()
        self._chosen = chosen
        self._mark()

    def _make_buttons(self) -> None:
        for button in self.buttons.values():
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {entry.name: self._make_button(entry) for entry in self._entries}
        for widget in (*self.buttons.values(), self.save_button, self.more_button):
            self._layout.removeWidget(widget)
            self._layout.addWidget(widget)
        for button in self.buttons.values():
            button.show()

    def _make_button(self, entry: PresetEntry) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("chip")
        button.setCheckable(True)
        say(button, self._text(entry))
        button.clicked.connect(lambda: self._on_clicked(entry.name))
        return button

    def _on_clicked(self, name: str) -> None:
        self._mark()  # it is chosen once the event says so
        self.chosen.emit(name)

    def _mark(self) -> None:
        for name, button in self.buttons.items():
            button.setChecked(name == self._chosen)
        self.more_button.setVisible(self._own() is not None)

    def _own(self) -> PresetEntry | None:
        """The preset that is chosen, if it is the host's own."""
        return next((each for each in self._entries if each.is_own and each.name == self._chosen), None)

    # --- Dialogs ---

    def ask_to_save(self) -> None:
        """Ask under which name to save."""
        dialog = NameDialog(self.window(), self.tr("Save as a preset"), self.tr("Save"))
        dialog.named.connect(self.saved)
        dialog.open()

    def ask_to_rename(self) -> None:
        """Ask for another name of the host's own preset that is chosen."""
        own = self._own()
        if own is None:
            return
        dialog = NameDialog(self.window(), self.tr("Rename the preset"), self.tr("Rename"), own.label)
        dialog.named.connect(lambda label: self.renamed.emit(own.name, label))
        dialog.open()

    def ask_to_remove(self) -> None:
        """Ask once more before the host's own preset that is chosen is deleted."""
        own = self._own()
        if own is None:
            return
        dialog = ConfirmDialog(
            self.window(),
            title=self.tr("Delete the preset?"),
            text=self.tr("“{name}” is gone for good; the picture stays as it is.").format(name=own.label),
            accept=self.tr("Delete"),
            reject=self.tr("Keep it"),
        )
        dialog.accepted.connect(lambda: self.removed.emit(own.name))
        dialog.open()
