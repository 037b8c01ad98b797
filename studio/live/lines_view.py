"""Tells the host how the stream reaches those who watch it, while it is on air."""

import logging
from typing import Final

from PySide6.QtCore import QObject, QTimer

from backend.contract.stream import ViewerLines
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import FAILED, HostRequests
from studio.live.broadcast import Broadcast
from studio.window.main_window import MainWindow
from widgets.common.stage import ON_AIR, Stage
from widgets.live.alarms import Alarm

log = logging.getLogger("livestall.lines")

ASK_EVERY_MS: Final = 5_000
# From this share of the viewers on, the cause is not with one of them; an alarm stays until fewer suffer.
MANY_SHARE: Final = 0.25
FEW_SHARE: Final = 0.15
# A line that is short of room answers late now and then.
MOST_FAILURES: Final = 2


class LinesView(QObject):
    """Asks the relay while the show is on, and shows what it says in the statistics and as an alarm."""

    def __init__(
        self, requests: HostRequests, background: BackgroundTasks, window: MainWindow, broadcast: Broadcast
    ) -> None:
        super().__init__(window)
        self._requests = requests
        self._background = background
        self._window = window
        self._lines: ViewerLines | None = None
        self._is_asking = False
        self._failures = 0
        self._alarmed: set[str] = set()
        self.timer = QTimer(self)
        self.timer.setInterval(ASK_EVERY_MS)
        self.timer.timeout.connect(self._on_time)
        broadcast.stage_changed.connect(self._on_stage)

    def _on_stage(self, stage: Stage) -> None:
        if stage not in ON_AIR:
            self.timer.stop()
            self.show_lines(None)
        elif not self.timer.isActive():
            self.timer.start()

    def _on_time(self) -> None:
        if not self._is_asking:
            self._is_asking = True
            self._background.begin(self._ask)

    async def _ask(self) -> None:
        try:
            lines = await self._requests.ask(lambda http: http.viewer_lines())
        except FAILED as error:
            # That the line is down, or the relay, is told by its own alarm.
            log.info("the viewers' lines are not known: %r", error)
            lines = None
        finally:
            self._is_asking = False
        self._failures = 0 if lines is not None else self._failures + 1
        if self.timer.isActive() and (lines is not None or self._failures > MOST_FAILURES):
            self.show_lines(lines)

    def show_lines(self, lines: ViewerLines | None) -> None:
        """Show how the stream reaches the viewers; None where that is not known."""
        self._lines = lines
        self._window.live_bar.health.stats.show_lines(lines)
        self._show_alarms()

    def retranslate(self) -> None:
        """Set every text again, in another language."""
        self._show_alarms()

    def _show_alarms(self) -> None:
        lines = self._lines or ViewerLines()
        is_cut = self.tr("Viewers miss parts of the picture: they get lost on the way to the server.")
        use_cable = self.tr(
            "Use a cable instead of Wi-Fi, or set a smaller upper bitrate in Settings → Bitrate."
        )
        uplink = Alarm("viewers_uplink", is_cut, use_cable, causes=("publish", "backend"))
        is_slow = self.tr("The server cannot send all of the picture to its viewers.")
        relieve = self.tr(
            "Close other programs on the server's computer, connect it by cable, or set a smaller upper "
            "bitrate in Settings → Bitrate."
        )
        relay = Alarm("viewers_relay", is_slow, relieve, causes=("backend",))
        for alarm, troubled in ((uplink, lines.uplink), (relay, lines.relay)):
            share = FEW_SHARE if alarm.key in self._alarmed else MANY_SHARE
            if troubled >= max(1, share * lines.viewers):
                self._alarmed.add(alarm.key)
                self._window.alarms.raise_alarm(alarm)
            else:
                self._alarmed.discard(alarm.key)
                self._window.alarms.clear_alarm(alarm.key)
