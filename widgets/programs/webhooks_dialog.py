"""The list of webhooks: where they go, what came of the last one; the buttons to add, delete, send again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from backend.contract.outgoing_webhooks import MOST_TARGETS, NewWebhookTarget, WebhookTarget
from widgets.common import plain
from widgets.common.confirm import ConfirmDialog
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.list_dialog import ListDialog
from widgets.common.moment import moment_text
from widgets.common.ranked_rows import RankedRows
from widgets.programs.new_webhook_dialog import NewWebhookDialog, event_name

_OK = range(200, 300)


class WebhookRow(QWidget):
    """One target.

    Attributes:
        again_wanted: the host wants what was given up to be sent again.
        delete_wanted: the host wants no webhooks to go there.
    """

    again_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.url, self.events, self.result = label(), label("", "dim"), label()
        for part in (self.url, self.events, self.result):
            part.setWordWrap(True)
        self.again_button, self.delete_button = push_button("fa5s.redo"), push_button("fa5s.trash", "live")
        self.delete_button.setProperty("danger", "true")
        say(self.again_button, self.tr("Send again"), self.tr("Send once more what was given up after a day"))
        say(self.delete_button, self.tr("Delete"), self.tr("Send nothing there any more"))
        self.again_button.clicked.connect(self.again_wanted)
        self.delete_button.clicked.connect(self.delete_wanted)
        texts = column(self.url, self.events, self.result, spacing=2)
        layout = row(texts, self.again_button, self.delete_button, spacing=10)
        layout.setStretch(0, 1)
        layout.setContentsMargins(12, 10, 10, 10)
        self.setLayout(layout)

    def show_target(self, target: WebhookTarget) -> None:
        """Show where it goes, and what came of the last one."""
        plain.set_text(self.url, target.url)
        plain.set_text(self.events, " · ".join(event_name(event) for event in target.events))
        plain.set_text(self.result, self._result(target))
        is_good = target.last_sent_at_ms is None or target.last_status in _OK
        set_tone(self.result, "ok" if is_good else "bad")

    def _result(self, target: WebhookTarget) -> str:
        if target.last_sent_at_ms is None:
            return self.tr("Nothing was sent yet")
        time = moment_text(target.last_sent_at_ms)
        if target.last_status in _OK:
            text = self.tr("Taken {time}").format(time=time)
        elif target.last_status is not None:
            text = self.tr("Answered {status} {time}").format(status=target.last_status, time=time)
        else:
            text = self.tr("Not reached {time}: {why}").format(time=time, why=target.last_error)
        waiting = self.tr("{count} wait").format(count=target.waiting)
        return f"{text} · {waiting}" if target.waiting else text


class WebhooksDialog(ListDialog):
    """Shows where the room's webhooks go and asks for changes.

    Attributes:
        add_wanted: emitted with a `NewWebhookTarget`.
        again_wanted, delete_wanted: emitted with a `WebhookTarget`.
    """

    add_wanted = Signal(object)
    again_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Webhooks"))
        self._targets: dict[str, WebhookTarget] | None = None
        self.about = label(
            self.tr(
                "A webhook tells a program of the shop's that an order was paid, shipped or refunded. It is "
                "signed, and sent again for a day until the program takes it."
            ),
            "dim",
        )
        self.about.setWordWrap(True)
        self.rows: RankedRows[WebhookRow] = RankedRows(self._make_row)
        self.lay_out(self.rows, above=(self.about,))
        self.add_button.clicked.connect(self._on_add)
        self._show()

    def show_targets(self, targets: Sequence[WebhookTarget]) -> None:
        """Show these, the oldest first."""
        self._targets = {target.target_id: target for target in targets}
        self._show()

    def ask_for_target(self, before: NewWebhookTarget | None = None) -> None:
        """Ask for a new target; `before` is what was wanted where the backend refused it."""
        dialog = NewWebhookDialog(self, before)
        dialog.wanted.connect(self.add_wanted)
        dialog.open()

    def _on_add(self) -> None:
        self.ask_for_target()

    def _show(self) -> None:
        targets = self._targets or {}
        self.rows.show_keys(list(targets))
        for target_id, shown in self.rows.rows.items():
            if target_id in targets:
                shown.show_target(targets[target_id])
        reading, none = self.tr("The webhooks are being read."), self.tr("There is no webhook yet.")
        plain.set_text(self.rows.empty, none if self._targets is not None else reading)
        is_full = len(targets) >= MOST_TARGETS
        why = self.tr("There are as many webhooks as a room can have. Delete one first.")
        say(self.add_button, self.tr("New webhook…"), why if is_full else self.tr("Tell a program of orders"))
        self.add_button.setEnabled(self._targets is not None and not is_full)

    def _make_row(self, target_id: str) -> WebhookRow:
        made = WebhookRow()
        made.again_wanted.connect(lambda: self._send_again(target_id))
        made.delete_wanted.connect(lambda: self._ask_to_delete(target_id))
        return made

    def _send_again(self, target_id: str) -> None:
        if (target := (self._targets or {}).get(target_id)) is not None:
            self.again_wanted.emit(target)

    def _ask_to_delete(self, target_id: str) -> None:
        target = (self._targets or {}).get(target_id)
        if target is None:
            return
        dialog = ConfirmDialog(
            self,
            title=self.tr("Delete this webhook?"),
            text=self.tr("Nothing is sent to {url} any more; what waits is dropped.").format(url=target.url),
            accept=self.tr("Delete"),
            reject=self.tr("Cancel"),
        )
        dialog.accepted.connect(lambda: self.delete_wanted.emit(target))
        dialog.open()
