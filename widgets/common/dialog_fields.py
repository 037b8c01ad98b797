"""Fields for parameters that are chosen in a dialog of their own: colours and files."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QPushButton, QSizePolicy
from typing_extensions import override

from effects.params import Color, File, Value
from widgets.common import plain
from widgets.common.field import Field, Translate
from widgets.common.file_dialogs import Place, ask_to_open
from widgets.common.forms import row, say, tool_button

_SWATCH: Final = 14
_FRAME: Final = 30
"""What a button needs beside its text, in pixels."""


class ColorField(Field):
    """A button that opens the dialog to choose a colour; each one looked at there is seen at once."""

    def __init__(self, parameter: Color, translate: Translate) -> None:
        super().__init__(parameter, translate)
        self._value = parameter.default
        self.button = QPushButton()
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.ask)
        self.setFocusProxy(self.button)
        layout = row(self.button)
        layout.addStretch(1)
        self.setLayout(layout)
        self.retranslate()
        self.show_value(parameter.default)

    @override
    def retranslate(self) -> None:
        plain.set_name(self.button, self.text)
        self.button.setToolTip(self.tr("Choose a color"))

    @override
    def show_value(self, value: Value) -> None:
        self._value = str(value)
        swatch = QPixmap(_SWATCH, _SWATCH)
        swatch.fill(QColor(self._value))
        self.button.setIcon(QIcon(swatch))
        plain.set_text(self.button, self._value)

    def ask(self) -> None:
        """Open the dialog."""
        before = self._value
        dialog = QColorDialog(QColor(before), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        plain.set_title(dialog, self.text)
        dialog.currentColorChanged.connect(lambda color: self._choose(color.name()))
        dialog.rejected.connect(lambda: self._choose(before))
        dialog.open()

    def _choose(self, value: str) -> None:
        if value != self._value:
            self.show_value(value)
            self.chosen.emit(value)


class FileField(Field):
    """A button that opens the dialog for a file, and one to take the file away."""

    def __init__(self, parameter: File, translate: Translate) -> None:
        super().__init__(parameter, translate)
        self._patterns = parameter.patterns
        self._value = parameter.default
        self.button = QPushButton()
        self.button.clicked.connect(self.ask)
        self.clear_button = tool_button("fa5s.times", "faint")
        self.clear_button.clicked.connect(lambda: self._choose(""))
        self.setFocusProxy(self.button)
        layout = row(self.button, self.clear_button, spacing=4)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.installEventFilter(self)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.clear_button, self.tr("Take the file away"))
        self._show()

    @override
    def show_value(self, value: Value) -> None:
        self._value = str(value)
        self._show()

    def _show(self) -> None:
        name = Path(self._value).name
        room = max(0, self.button.width() - _FRAME)
        text = name or self.tr("Choose a file…")
        metrics = self.button.fontMetrics()
        plain.set_text(self.button, metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room))
        plain.set_tooltip(self.button, self._value or self.text)
        plain.set_name(self.button, f"{self.text}: {name}" if name else self.text)
        self.clear_button.setVisible(bool(name))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.button and event.type() == QEvent.Type.Resize:
            self._show()
        return super().eventFilter(watched, event)

    def ask(self) -> None:
        """Open the dialog."""
        filters = [f"{self.text} ({' '.join(self._patterns)})"]
        dialog = ask_to_open(self, self.text, Place.PicturesLocation, filters)
        if self._value:
            dialog.setDirectory(str(Path(self._value).parent))
        dialog.fileSelected.connect(self._choose)
        dialog.open()

    def _choose(self, path: str) -> None:
        self.show_value(path)
        self.chosen.emit(path)
