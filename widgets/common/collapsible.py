"""A group of a long panel that can be folded to its heading."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import column, label, row, say, set_tone, tool_button
from widgets.common.retranslate import Retranslated
from widgets.common.theme import icon, tabular


class Collapsible(Retranslated):
    """A heading with a note and a button to reset, over content that is shown while it is unfolded.

    Attributes:
        unfolded: the content is shown now.
        reset_wanted: the button in the heading was pressed.
    """

    unfolded = Signal()
    reset_wanted = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._title = ""
        self.content = content
        self.heading = QToolButton()
        self.heading.setObjectName("groupHeading")
        self.heading.setCheckable(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.heading.setIconSize(QSize(10, 10))
        self.heading.toggled.connect(self._on_toggled)
        self.mark = label("●")
        set_tone(self.mark, "focus")
        self.note = label("", "faint")
        self.note.setFont(tabular(self.note.font()))
        self.reset_button = tool_button("fa5s.undo", "faint")
        self.reset_button.clicked.connect(self.reset_wanted)
        for widget in (self.mark, self.reset_button):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        head = row(self.heading, self.note, self.mark, self.reset_button, spacing=4)
        head.setStretch(0, 1)
        self.setLayout(column(head, content, spacing=2))
        content.hide()
        self.mark_unused()
        self._show_arrow()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.reset_button, self.tr("Reset “{title}”").format(title=self._title))

    def set_title(self, title: str) -> None:
        """Set the heading's text."""
        self._title = title
        say(self.heading, title)
        plain.set_text(self.heading, title)
        self.retranslate()

    def mark_used(self) -> None:
        """Show that something of the content is not as it is at first."""
        self.mark.show()
        self.reset_button.show()

    def mark_unused(self) -> None:
        """Show that all of the content is as it is at first."""
        self.mark.hide()
        self.reset_button.hide()

    def unfold(self) -> None:
        """Show the content."""
        self.heading.setChecked(True)

    @property
    def is_unfolded(self) -> bool:
        """Whether the content is shown."""
        return self.heading.isChecked()

    def _on_toggled(self) -> None:
        self.content.setVisible(self.is_unfolded)
        self._show_arrow()
        if self.is_unfolded:
            self.unfolded.emit()

    def _show_arrow(self) -> None:
        self.heading.setIcon(icon("fa5s.chevron-down" if self.is_unfolded else "fa5s.chevron-right", "dim"))
