"""The page of the settings where the host says by which server e-mails to buyers go, and tries it."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QScrollArea, QSpinBox, QWidget
from typing_extensions import override

from backend.contract.addresses import MAX_EMAIL
from backend.contract.mail import MAX_HOST, MailCheck, MailSecurity, MailSettings, MailStatus
from widgets.common import plain
from widgets.common.forms import column, combo, fill_combo, form, label, push_button, row, say, set_tone
from widgets.settings.mail_texts import check_text, password_text, security_name, state_text
from widgets.settings.settings_pages import Page
from widgets.settings.settings_values import SettingsValues

HEIGHT: Final = 420
BESIDE_BAR: Final = 12
_PORTS: Final = {MailSecurity.TLS: 465, MailSecurity.STARTTLS: 587, MailSecurity.NONE: 25}


class MailPage(Page):
    """What is typed counts when it is used, by a button of its own: a refusal loses nothing.

    Attributes:
        save_wanted: emitted with the settings that were typed.
        test_wanted: emitted with the settings that were typed, and where the test goes.
        again_wanted: emitted when what was given up is to be sent again.
    """

    save_wanted = Signal(object)
    test_wanted = Signal(object, str)
    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept: MailSettings | None = None
        self.host, self.user, self.from_address = QLineEdit(), QLineEdit(), QLineEdit()
        self.sender_name, self.to = QLineEdit(), QLineEdit()
        self.host.setPlaceholderText("smtp.example.com")
        self.from_address.setPlaceholderText("shop@example.com")
        self.to.setPlaceholderText("you@example.com")
        for field, most in ((self.host, MAX_HOST), (self.user, MAX_EMAIL), (self.from_address, MAX_EMAIL)):
            field.setMaxLength(most)
        self.sender_name.setMaxLength(60)
        self.to.setMaxLength(MAX_EMAIL)
        self.security = combo()
        names = [(one.value, security_name(one)) for one in MailSecurity]
        fill_combo(self.security, names, MailSecurity.TLS.value)
        self.port = QSpinBox()
        self.port.setRange(1, 65_535)
        self.port.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.port.setValue(_PORTS[MailSecurity.TLS])
        self.state, self.password, self.result = label("", "dim"), label("", "faint"), label()
        for one in (self.state, self.password, self.result):
            one.setWordWrap(True)
        self.use_button, self.undo_button = push_button(), push_button()
        self.test_button, self.again_button = push_button(), push_button()
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        say(self.use_button, self.tr("Use"), self.tr("Send e-mails to buyers so from now on"))
        say(self.undo_button, self.tr("Take back"), self.tr("Show the settings as they are in use"))
        say(self.test_button, self.tr("Send a test"), self.tr("Send an e-mail as typed here"))
        say(self.again_button, self.tr("Send again"), self.tr("Try those that were given up for another day"))
        again, buttons = row(self.again_button), row(self.undo_button, self.use_button)
        for one in (again, buttons):
            one.insertStretch(0, 1)
        outer, self.rows = self.rows, form()
        self._add_fields()
        self.rows.addRow("", buttons)
        layout = column(self.state, again, self.rows, self.result, self.password, spacing=10)
        layout.setContentsMargins(0, 0, BESIDE_BAR, 0)
        content = QWidget()
        content.setLayout(layout)
        # The texts wrap, and together it may be higher than the dialog.
        self._scroll = scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setMinimumHeight(HEIGHT)
        scroll.setWidget(content)
        outer.setWidget(0, QFormLayout.ItemRole.SpanningRole, scroll)

    def _add_fields(self) -> None:
        self._add(self.tr("Mail server"), self.host)
        self._add(self.tr("Encryption"), self.security)
        self._add(self.tr("Port"), self.port)
        self._add(self.tr("User"), self.user)
        self._add(self.tr("From address"), self.from_address)
        self._add(self.tr("From name"), self.sender_name)
        plain.set_name(self.to, self.tr("Test to"))
        test = row(self.to, self.test_button)
        test.setStretch(0, 1)
        self.rows.addRow(self.tr("Test to"), test)

    def _connect(self) -> None:
        for field in (self.host, self.user, self.from_address, self.sender_name, self.to):
            field.textChanged.connect(self._show_state)
        self.port.valueChanged.connect(self._show_state)
        self.security.currentIndexChanged.connect(self._on_security)
        self.use_button.clicked.connect(self._on_use)
        self.undo_button.clicked.connect(self._on_undo)
        self.test_button.clicked.connect(self._on_test)
        self.again_button.clicked.connect(self._on_again)

    @property
    def typed(self) -> MailSettings:
        """What the fields hold."""
        return MailSettings(
            host=self.host.text().strip(),
            port=self.port.value(),
            security=MailSecurity(self.security.currentData()),
            user=self.user.text().strip(),
            sender=self.from_address.text().strip(),
            sender_name=self.sender_name.text().strip(),
        )

    # --- In ---

    def show_status(self, status: MailStatus) -> None:
        """Show how e-mails stand; what was typed meanwhile stays."""
        was_changed = self._kept is not None and self.typed != self._kept
        self._kept = status.settings
        if not was_changed:
            self._fill(status.settings)
        plain.set_text(self.state, state_text(status))
        set_tone(self.state, "bad" if status.last_error else "")
        plain.set_text(self.password, password_text(status))
        set_tone(self.password, "bad" if status.password_problem else "")
        self.again_button.setVisible(status.given_up > 0 and bool(status.settings.host))
        self.again_button.setEnabled(True)
        self._show_state()

    def show_saved(self, settings: MailSettings) -> None:
        """Show what is in use now."""
        self._kept = settings
        self._fill(settings)
        self._say(self.tr("In use from now on."), "ok")
        self._show_state()

    def show_check(self, check: MailCheck) -> None:
        """Show what came of a test."""
        self._say(check_text(check), "ok" if check.finding == "works" else "bad")
        self._show_state()

    def show_problem(self, problem: str) -> None:
        """Show why nothing was done, and what helps; what was typed stays."""
        self._say(problem, "bad")
        self.again_button.setEnabled(True)
        self._show_state()

    # --- Out ---

    def _on_security(self) -> None:
        if self.port.value() in _PORTS.values():
            self.port.setValue(_PORTS[MailSecurity(self.security.currentData())])
        self._show_state()

    def _on_use(self) -> None:
        self.use_button.setEnabled(False)
        self._say(self.tr("The settings are being saved."), "")
        self.save_wanted.emit(self.typed)

    def _on_undo(self) -> None:
        if self._kept is not None:
            self._fill(self._kept)
        self._say("", "")
        self._show_state()

    def _on_test(self) -> None:
        self.test_button.setEnabled(False)
        self._say(self.tr("The test is being sent; this can take half a minute."), "")
        self.test_wanted.emit(self.typed, self.to.text().strip())

    def _on_again(self) -> None:
        self.again_button.setEnabled(False)
        self.again_wanted.emit()

    # --- Faces ---

    def _fill(self, settings: MailSettings) -> None:
        plain.set_text(self.host, settings.host)
        self.security.setCurrentIndex(self.security.findData(settings.security.value))
        self.port.setValue(settings.port)
        plain.set_text(self.user, settings.user)
        plain.set_text(self.from_address, settings.sender)
        plain.set_text(self.sender_name, settings.sender_name)

    def _show_state(self) -> None:
        typed = self.typed
        is_changed = self._kept is not None and typed != self._kept
        is_whole = bool(not typed.host or typed.sender)
        self.use_button.setEnabled(is_changed and is_whole)
        self.undo_button.setEnabled(is_changed)
        self.test_button.setEnabled(bool(typed.host and typed.sender and self.to.text().strip()))
        self.result.setVisible(bool(self.result.text()))
        if self._kept is None:
            plain.set_text(self.state, self.tr("Asking the backend…"))
            self.again_button.hide()

    def _say(self, text: str, tone: str) -> None:
        plain.set_text(self.result, text)
        set_tone(self.result, tone)
        self.result.setVisible(bool(text))
        if text:
            # It may stand below what is seen.
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.result))

    @override
    def fault(self) -> str:
        if self._kept is None or self.typed == self._kept:
            return ""
        return self.tr("The e-mail settings are not in use yet. Use them, or take them back.")

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        return values
