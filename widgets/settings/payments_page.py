"""The settings' page of payments: which providers are on, whether they work, and where their keys go."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.contract.payments import ProviderCheck, ProviderStatus, ProviderStatuses
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.settings.provider_row import ProviderRow
from widgets.settings.settings_pages import Page
from widgets.settings.settings_values import SettingsValues

HEIGHT: Final = 330


class PaymentsPage(Page):
    """Shows what the backend says; nothing of it is saved with the other settings.

    Attributes:
        check_wanted: emitted with the name of a provider that is to be asked.
    """

    check_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.told = label(self.tr("Asking the server…"), "dim")
        self.told.setWordWrap(True)
        self.rows_by_name: dict[str, ProviderRow] = {}
        self._folder = Path()
        self.folder_button = push_button()
        say(self.folder_button, self.tr("Open the folder"), self.tr("The folder of the file with the keys"))
        self.folder_button.clicked.connect(self._open_folder)
        self.folder_button.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        buttons = row(self.folder_button)
        buttons.addStretch()
        content = QWidget()
        layout = column(self._list, self.told, buttons, spacing=10)
        layout.addStretch()
        content.setLayout(layout)
        # Their texts wrap, and there may be more of them than the dialog is high.
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setMinimumHeight(HEIGHT)
        scroll.setWidget(content)
        self.rows.setWidget(0, QFormLayout.ItemRole.SpanningRole, scroll)

    def show_providers(self, found: ProviderStatuses) -> None:
        """Show how each provider stands, those that are on first."""
        self._clear()
        for status in found.providers:
            self._add_row(status)
        plain.set_text(
            self.told,
            self.tr(
                "The keys of these services stand in the file {file} on the computer where the server runs. "
                "What you change there counts from the server's next start."
            ).format(file=found.keys_file),
        )
        self._folder = Path(found.keys_file).parent
        # A backend elsewhere has its folder there.
        self.folder_button.setVisible(self._folder.is_dir())

    def show_problem(self, cause: str) -> None:
        """Say why nothing can be shown."""
        self._clear()
        plain.set_text(
            self.told,
            self.tr(
                "The server does not say which providers there are: {cause}. Check that it runs, "
                "then open the settings again."
            ).format(cause=cause),
        )

    def show_refused(self, problem: str) -> None:
        """Say who may see the providers."""
        self._clear()
        plain.set_text(self.told, problem)

    def show_check(self, check: ProviderCheck) -> None:
        """Show what became of a question to a provider."""
        found = self.rows_by_name.get(check.provider)
        if found is not None:
            found.show_check(check)

    def show_unanswered(self, name: str, cause: str) -> None:
        """Say that the backend itself did not answer."""
        found = self.rows_by_name.get(name)
        if found is not None:
            found.show_unanswered(cause)

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        return values

    def _add_row(self, status: ProviderStatus) -> None:
        made = ProviderRow(status)
        made.check_wanted.connect(self.check_wanted)
        self.rows_by_name[status.provider] = made
        self._list.addWidget(made)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _clear(self) -> None:
        self.folder_button.hide()
        for each in self.rows_by_name.values():
            self._list.removeWidget(each)
            each.deleteLater()
        self.rows_by_name = {}
