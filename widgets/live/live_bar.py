"""The bar on top of the host's window: stage, time, viewers, orders, money and health, each once."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from backend.contract.insights import LiveStats
from studio.engine.messages.recording import RecordingState
from widgets.common import plain
from widgets.common.forms import label, push_button, row, set_tone
from widgets.common.money import amount_text
from widgets.common.retranslate import Retranslated
from widgets.common.stage import Stage
from widgets.common.text import clock
from widgets.common.theme import icon
from widgets.live.end_dialog import at_stake
from widgets.live.figure import Figure
from widgets.live.health_button import HealthButton
from widgets.live.live_controls import LiveControls
from widgets.live.orders_button import OrdersButton
from widgets.live.share_popup import SharePopup
from widgets.record.record_button import RecordButton

PILL_HEIGHT: Final = 28
PILL_TONES: Final = {
    Stage.LIVE: "live",
    Stage.PAUSED: "paused",
    Stage.RECONNECTING: "fault",
    Stage.STARTING: "waiting",
    Stage.LEFT_OPEN: "waiting",
}
ON_SCREEN: Final = frozenset({Stage.LIVE, Stage.PAUSED, Stage.RECONNECTING, Stage.LEFT_OPEN})
"""The stages in which there is a session whose sales count."""


class LiveBar(Retranslated):
    """Shows what it is given. Where room is short, words go first, then details, never a number.

    Args:
        orders_button: leads to the orders; it stands before the buttons that change the broadcast.
        sale_left_ms: how long the flash sale goes on, in milliseconds; None where there is none.
        now_s: the time in seconds, by which a click is too soon.

    Attributes:
        link_copied: the viewers' link was put on the clipboard.
        stage_changed: emitted with the stage that is shown from now on.
    """

    link_copied = Signal()
    stage_changed = Signal(object)

    def __init__(
        self,
        orders_button: OrdersButton,
        sale_left_ms: Callable[[], float | None],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._sale_left_ms = sale_left_ms
        self._viewers: int | None = None
        self._stage = Stage.OFFLINE
        self._fitted_for = ""
        self.pill = label()
        self.pill.setObjectName("pill")
        self.pill.setFixedHeight(PILL_HEIGHT)
        self.pill.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.time, self.viewers = Figure("fa5s.clock"), Figure("fa5s.eye")
        self.orders, self.sales = Figure("fa5s.shopping-cart"), Figure("fa5s.wallet")
        self._figures = (self.time, self.viewers, self.orders, self.sales)
        self.health = HealthButton()
        self.health.changed.connect(self._fit_again)
        self.share = SharePopup(self)
        self.share.link_copied.connect(self.link_copied)
        self.share_button = push_button("fa5s.qrcode", "accent")
        self.share_button.setObjectName("barButton")
        self.share_button.clicked.connect(self._show_share)
        self.orders_button = orders_button
        self.record_button = RecordButton(now_s)
        self.controls = LiveControls(self.at_stake, now_s)
        self._row = row(self.pill, *self._figures, self.health, self.share_button, spacing=12)
        self._row.addStretch(1)
        self._row.addWidget(orders_button)
        self._row.addWidget(self.record_button)
        self._row.addWidget(self.controls)
        self.setLayout(self._row)
        buttons = (self.share_button, orders_button, self.record_button)
        self._shrinking = (*self._figures, self.health, *buttons, self.controls)
        self.retranslate()
        self.show_stage(Stage.OFFLINE)

    @override
    def retranslate(self) -> None:
        self.time.explain("", self.tr("How long the broadcast has been live"))
        self.viewers.explain(self.tr("watching"), self.tr("Viewers in the room now"))
        self.orders.explain(self.tr("orders"), self.tr("Orders of this live session"))
        self.sales.explain(self.tr("paid"), self.tr("What was paid for orders of this live session"))
        self._show_share_button()
        self._show_stage()

    # --- In ---

    def show_stage(self, stage: Stage) -> None:
        """Show where the broadcast stands."""
        self._stage = stage
        self.controls.show_stage(stage)
        self._show_stage()
        self.stage_changed.emit(stage)

    def show_progress(self, live_seconds: float | None, viewers: int | None) -> None:
        """Show how long it has been live and how many watch; None where that is not known."""
        self._viewers = viewers
        self.time.show_number("" if live_seconds is None else clock(live_seconds))
        self.viewers.show_number("" if viewers is None else f"{viewers:,}")
        self._fit_again()

    def show_sales(self, stats: LiveStats) -> None:
        """Show the orders of the session, and what was paid for them."""
        if self._stage not in ON_SCREEN:
            return
        self.orders.show_number(f"{stats.total.orders:,}")
        paid = amount_text(stats.total.gmv_minor, stats.currency) if stats.currency else ""
        self.sales.show_number(paid)
        self._fit_again()

    def show_recording(self, state: RecordingState) -> None:
        """Show how the recording is doing."""
        self.record_button.show_state(state)
        self._fit()

    def show_recorded(self, seconds: float, size_bytes: int) -> None:
        """Show how much is recorded."""
        self.record_button.show_progress(seconds, size_bytes)
        self._fit_again()

    def show_link(self, url: str) -> None:
        """Take the viewers' link; empty while there is none."""
        self.share.show_link(url)
        self._show_share_button()

    # --- Out ---

    def at_stake(self) -> str:
        """What ends with the broadcast, as a sentence; empty where nobody watches and no flash sale runs."""
        return at_stake(self._viewers, self._sale_left_ms())

    def _show_share(self) -> None:
        self.share.adjustSize()
        place = self.share_button.mapToGlobal(QPoint(0, self.share_button.height() + 6))
        right = self.window().mapToGlobal(QPoint(self.window().width() - self.share.width() - 8, 0)).x()
        self.share.move(min(place.x(), right), place.y())
        self.share.show()
        self.share.copy_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_share_button(self) -> None:
        self.share_button.setIcon(icon("fa5s.qrcode", "warn" if self.share.is_local else "accent"))
        tip = self.tr("The viewers' link and its QR code")
        if self.share.is_local:
            tip = self.tr("The viewers' link works only on this computer; see Settings → Network")
        plain.set_tooltip(self.share_button, tip)
        self._fit()

    def _show_stage(self) -> None:
        texts = {
            Stage.OFFLINE: self.tr("No server"),
            Stage.READY: self.tr("Off air"),
            Stage.STARTING: self.tr("Connecting…"),
            Stage.LIVE: self.tr("LIVE"),
            Stage.PAUSED: self.tr("Paused"),
            Stage.RECONNECTING: self.tr("Reconnecting…"),
            Stage.LEFT_OPEN: self.tr("Left open"),
        }
        plain.set_text(self.pill, texts[self._stage])
        set_tone(self.pill, PILL_TONES.get(self._stage, ""))
        if self._stage not in ON_SCREEN:
            self.orders.show_number("")
            self.sales.show_number("")
        self._fit()

    # --- Room ---

    def _fit_again(self) -> None:
        """Fit anew where a number got longer or shorter, not at every second."""
        texts = [*(figure.text for figure in self._figures), self.health.words, self.record_button.text()]
        lengths = ".".join(str(len(text)) for text in texts)
        if lengths != self._fitted_for:
            self._fitted_for = lengths
            self._fit()

    def _fit(self) -> None:
        """Leave out as much as the width asks for: words, details, the words of buttons."""
        for level in range(4):
            self._show_words(level)
            for shown in self._shrinking:
                shown.updateGeometry()  # a layout keeps what it measured until it is told
            self._row.invalidate()
            if self._row.minimumSize().width() <= self.width():
                return

    def _show_words(self, level: int) -> None:
        for figure in self._figures:
            figure.word.setVisible(level < 1 and bool(figure.word.text()))
        self.health.show_details(is_wanted=level < 2)
        share = self.tr("Share")
        plain.set_text(self.share_button, share if level < 2 else "")
        plain.set_name(self.share_button, share)
        self.record_button.show_words(are_wanted=level < 2)
        self.orders_button.show_words(are_wanted=level < 3)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, super().minimumSizeHint().height())
