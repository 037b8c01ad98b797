"""The page of the settings where the host says by which server e-mails to buyers go, and tries it."""

from typing import Final, cast

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QSpinBox
from typing_extensions import override

from backend.contract.addresses import MAX_EMAIL
from backend.contract.mail import MAX_HOST, MailCheck, MailSecurity, MailSettings, MailStatus
from widgets.common import plain
from widgets.common.forms import combo, fill_combo, label, push_button, row, say, set_tone
from widgets.settings.mail_texts import check_text, password_text, security_name, state_text
from widgets.settings.shop_page import ShopPage

MOST_NAME: Final = 60
_PORTS: Final = {MailSecurity.TLS: 465, MailSecurity.STARTTLS: 587, MailSecurity.NONE: 25}


class MailPage(ShopPage):
    """Its document is the settings; how the e-mails stand is shown above them.

    Attributes:
        test_wanted: emitted with the settings that were typed, and where the test goes.
        again_wanted: emitted when what was given up is to be sent again.
    """

    test_wanted = Signal(object, str)
    again_wanted = Signal()

    def __init__(self) -> None:
        self.host, self.user, self.from_address = QLineEdit(), QLineEdit(), QLineEdit()
        self.sender_name, self.to = QLineEdit(), QLineEdit()
        self.host.setPlaceholderText("smtp.example.com")
        self.from_address.setPlaceholderText("shop@example.com")
        self.to.setPlaceholderText("you@example.com")
        for field, most in ((self.host, MAX_HOST), (self.user, MAX_EMAIL), (self.from_address, MAX_EMAIL)):
            field.setMaxLength(most)
        self.sender_name.setMaxLength(MOST_NAME)
        self.to.setMaxLength(MAX_EMAIL)
        self.security = combo()
        names = [(one.value, security_name(one)) for one in MailSecurity]
        fill_combo(self.security, names, MailSecurity.TLS.value)
        self.port = QSpinBox()
        self.port.setRange(1, 65_535)
        self.port.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.port.setValue(_PORTS[MailSecurity.TLS])
        self.test_button, self.resend_button = push_button(), push_button()
        self._is_testing = False
        self._status: MailStatus | None = None
        super().__init__(self.tr("E-mails"))
        self._lay_out()
        self._connect()
        self._show_buttons()

    def _lay_out(self) -> None:
        say(self.test_button, self.tr("Send a test"), self.tr("Send an e-mail as typed here"))
        say(
            self.resend_button, self.tr("Send again"), self.tr("Try those that were given up for another day")
        )
        self.state, self.result, self.password = label("", "dim"), label(), label("", "faint")
        for one in (self.state, self.result, self.password):
            one.setWordWrap(True)
        again = row(self.state, self.resend_button)
        again.setStretch(0, 1)
        self._span(again)
        self.field(self.tr("Mail server"), self.host)
        self.field(self.tr("Encryption"), self.security)
        self.field(self.tr("Port"), self.port)
        self.field(self.tr("User"), self.user)
        self.fields.addRow("", self.password)
        self.field(self.tr("From address"), self.from_address)
        self.field(self.tr("From name"), self.sender_name)
        plain.set_name(self.to, self.tr("Test to"))
        test = row(self.to, self.test_button)
        test.setStretch(0, 1)
        self.fields.addRow(self.tr("Test to"), test)
        self.fields.addRow("", self.result)

    def _span(self, layout: QHBoxLayout) -> None:
        self.fields.setLayout(self.fields.rowCount(), QFormLayout.ItemRole.SpanningRole, layout)

    def _connect(self) -> None:
        for field in (self.host, self.user, self.from_address, self.sender_name):
            field.textChanged.connect(self.on_changed)
        self.to.textChanged.connect(self._show_buttons)
        self.port.valueChanged.connect(self.on_changed)
        self.security.currentIndexChanged.connect(self._on_security)
        self.test_button.clicked.connect(self._on_test)
        self.resend_button.clicked.connect(self._on_again)

    # --- A document ---

    @override
    def fill(self, document: msgspec.Struct) -> None:
        settings = cast("MailSettings", document)
        plain.set_text(self.host, settings.host)
        self.security.setCurrentIndex(self.security.findData(settings.security.value))
        self.port.setValue(settings.port)
        plain.set_text(self.user, settings.user)
        plain.set_text(self.from_address, settings.sender)
        plain.set_text(self.sender_name, settings.sender_name)

    @override
    def typed(self) -> MailSettings | str:
        settings = MailSettings(
            host=self.host.text().strip(),
            port=self.port.value(),
            security=MailSecurity(self.security.currentData()),
            user=self.user.text().strip(),
            sender=self.from_address.text().strip(),
            sender_name=self.sender_name.text().strip(),
        )
        if settings.host and not settings.sender:
            return self.tr("Give the address that e-mails come from, or empty the mail server to send none.")
        return settings

    @override
    def on_changed(self) -> None:
        super().on_changed()
        self._show_buttons()

    # --- In ---

    def show_status(self, status: MailStatus) -> None:
        """Show how e-mails stand; what was typed meanwhile stays."""
        self._status = status
        if self.known is None or self.typed() == self.known:
            self.show_document(status.settings)
        plain.set_text(self.state, state_text(status))
        set_tone(self.state, "bad" if status.last_error else "")
        self.resend_button.setEnabled(True)
        self._show_buttons()

    def show_check(self, check: MailCheck) -> None:
        """Show what came of a test."""
        self._is_testing = False
        self._tell(check_text(check), "ok" if check.finding == "works" else "bad")

    def show_result(self, problem: str) -> None:
        """Show why nothing was sent, and what helps."""
        self._is_testing = False
        self.resend_button.setEnabled(True)
        self._tell(problem, "bad")

    # --- Out ---

    def _on_security(self) -> None:
        if not self._is_filling and self.port.value() in _PORTS.values():
            self.port.setValue(_PORTS[MailSecurity(self.security.currentData())])
        self.on_changed()

    def _on_test(self) -> None:
        typed = self.typed()
        if isinstance(typed, str):
            return
        self._is_testing = True
        self._tell(self.tr("The test is being sent; this can take half a minute."), "")
        self.test_wanted.emit(typed, self.to.text().strip())

    def _on_again(self) -> None:
        self.resend_button.setEnabled(False)
        self.again_wanted.emit()

    # --- Faces ---

    def _show_buttons(self) -> None:
        typed = self.typed()
        is_whole = self.known is not None and isinstance(typed, MailSettings) and bool(typed.host)
        self.test_button.setEnabled(is_whole and not self._is_testing and bool(self.to.text().strip()))
        status = self._status
        self.resend_button.setVisible(bool(status and status.given_up and status.settings.host))
        if status is not None:
            text, tone = password_text(status, self.host.text().strip())
            plain.set_text(self.password, text)
            set_tone(self.password, tone)
        self.result.setVisible(bool(self.result.text()))

    def _tell(self, text: str, tone: str) -> None:
        plain.set_text(self.result, text)
        set_tone(self.result, tone)
        self._show_buttons()
        # It may stand below what is seen.
        QTimer.singleShot(0, self, lambda: self.frame.ensureWidgetVisible(self.result))
