"""One studio a data folder: a second one asks the first to show its window, and ends."""

import hashlib
import logging
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger("livestall.single_instance")

TIMEOUT_MS: Final = 2000


class SingleInstance(QObject):
    """Holds the lock of a data folder.

    Attributes:
        raise_wanted: another studio was started on this folder; show the window.
    """

    raise_wanted = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._lock = QLockFile(str(folder / "studio.lock"))
        # A lock is stale when its process is gone, however old it is.
        self._lock.setStaleLockTime(0)
        # A socket's path may be 107 bytes long (unix(7)); a folder's may be longer.
        self._name = "livestall-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def acquire(self) -> bool:
        """Become the one studio of this folder; False when there is one already."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            log.warning("cannot listen for a second studio: %s", self._server.errorString())
        return True

    def raise_other(self) -> bool:
        """Ask the one that is there to show its window; whether it heard. The call itself is the request."""
        other = QLocalSocket()
        other.connectToServer(self._name)
        has_heard = other.waitForConnected(TIMEOUT_MS)
        other.abort()
        return has_heard

    def release(self) -> None:
        """Let the next one in."""
        self._server.close()
        self._lock.unlock()

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            # A child of the server, which deletes it; nothing of it is read.
            self._server.nextPendingConnection().close()
            self.raise_wanted.emit()
