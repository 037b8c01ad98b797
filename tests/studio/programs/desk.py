"""A view of the shop's programs in front of a real backend."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.processes.backend_process import BackendReady
from studio.window.main_window import MainWindow
from studio.window.menus import Entry
from tests.backend.running import RunningBackend
from tests.studio.staff.test_staff_view import Backend

DialogT = TypeVar("DialogT", bound=QDialog)


class Desk(Generic[DialogT]):
    """See the module."""

    def __init__(
        self,
        window: MainWindow,
        make: Callable[[HostRequests, BackgroundTasks, MainWindow], QObject],
        entry: Entry,
        dialog: type[DialogT],
    ) -> None:
        self.window = window
        self.background = BackgroundTasks()
        self.backend = Backend()
        self.view = make(HostRequests(self.backend.ready), self.background, window)
        self._entry = entry
        self._dialog = dialog

    def find(self, running: RunningBackend) -> None:
        """Let the backend be ready."""
        url, token = f"http://{running.address}", running.signer.host("main")
        self.backend.ready.emit(BackendReady(url, f"{url}/r/main", "main", f"{url}/whip/main", "", token))

    def open(self) -> DialogT:
        """Choose the entry of the menu."""
        self.window.menus.entries[self._entry].trigger()
        (dialog,) = self.window.findChildren(self._dialog)
        return dialog
