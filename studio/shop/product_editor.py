"""Edits a product: opens the dialog, sends the change, and resolves a conflict with another editor."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backend.contract.protocol import Command, Rejected
from backend.contract.shop import Conflict, EditProduct, Product, ProductChanged
from studio import texts
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import CommandRejected, Done, RoomUpdate
from studio.window.room_window import RoomWindow
from widgets.live.toasts import Tone
from widgets.shop.conflict_dialog import ConflictDialog
from widgets.shop.conflicts import differences
from widgets.shop.product_dialog import ProductDialog


class ProductEditor(QObject):
    """Between the room and the dialog for a product; one is open at a time.

    Attributes:
        window: what the dialogs belong to.
    """

    def __init__(self, client: RoomClient, window: RoomWindow) -> None:
        super().__init__(window)
        self._client = client
        self.window = window  # parent of dialogs: the panel can be disabled, and they would be with it
        self._panel = window.products
        self._toasts = window.toasts
        self.dialog: ProductDialog | None = None
        client.updated.connect(self.on_update)
        client.unsent.connect(self._on_unsent)
        client.catalog_read.connect(self._on_catalog)
        self._panel.edit_wanted.connect(self.edit)
        self._panel.rights_changed.connect(self._on_rights_changed)

    def edit(self, product: Product) -> None:
        """Open the dialog for this product."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        dialog = ProductDialog(self.window, product, self._panel.rights)
        dialog.command.connect(self._client.send)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        dialog.open()

    def on_update(self, update: RoomUpdate) -> None:
        """Take in what the room tells of products."""
        match update:
            case ProductChanged(product=product):
                self._on_changed(product)
            case Done(command=EditProduct() as command) if self.dialog is not None:
                self.dialog.close_for(command)
            case CommandRejected(command=EditProduct() as command, answer=answer):
                self._on_refused(command, answer)
            case _:
                return

    def _on_changed(self, product: Product) -> None:
        dialog = self.dialog
        if dialog is not None and dialog.product.product_id == product.product_id:
            dialog.show_product(product)

    def _on_catalog(self, products: Sequence[Product]) -> None:
        for product in products:
            self._on_changed(product)

    def _on_refused(self, command: EditProduct, answer: Rejected) -> None:
        dialog = self._waiting_for(command)
        why = texts.reject_reason(answer.reason)
        if answer.conflict is not None and answer.conflict.product is not None:
            seen = dialog.product if dialog is not None else None
            if dialog is not None:
                dialog.give_back("")
                dialog.show_product(answer.conflict.product)
            self._ask(command, answer.conflict, dialog, seen)
        elif dialog is not None:
            dialog.give_back(why)
        else:
            self._toasts.show_toast(why, Tone.WARN)

    def _ask(
        self, command: EditProduct, conflict: Conflict, dialog: ProductDialog | None, seen: Product | None
    ) -> None:
        rows = differences(command, conflict, seen)
        asked = ConflictDialog(self.dialog or self.window, command, conflict, rows)
        if dialog is not None:
            asked.command.connect(dialog.ask_for)
            asked.theirs_kept.connect(dialog.take_theirs)
        else:
            asked.command.connect(self._client.send)
        asked.open()

    def _on_unsent(self, command: Command) -> None:
        if not isinstance(command, EditProduct):
            return
        dialog = self._waiting_for(command)
        if dialog is not None:
            dialog.give_back_unsure(
                self.tr("Not connected: it may not have been saved. Look again in a moment.")
            )
        else:
            text = self.tr("Not connected: the product may not have been changed. Look again in a moment.")
            self._toasts.show_toast(text, Tone.WARN)

    def _waiting_for(self, command: EditProduct) -> ProductDialog | None:
        dialog = self.dialog
        return dialog if dialog is not None and dialog.waiting_for == command else None

    def _on_rights_changed(self) -> None:
        if self.dialog is not None:
            self.dialog.show_rights(self._panel.rights)

    def _on_closed(self) -> None:
        self.dialog = None
