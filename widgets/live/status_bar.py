"""The status bar of the host's window: the figures to glance at while talking."""

from typing import Final

from typing_extensions import override

from widgets.common import plain
from widgets.common.cell_bar import CellBar
from widgets.common.forms import set_tone
from widgets.common.stage import ON_AIR, Stage
from widgets.common.text import clock, rate
from widgets.live.studio_stats import StudioStats, dropped_tone, fps_tone, rtt_tone

CELLS: Final = ("live", "fps", "late", "dropped", "bitrate", "rtt", "cpu")


class StudioStatusBar(CellBar):
    """Live time, frame rate, late and dropped frames, bitrate, round trip, and CPU of each process."""

    def __init__(self) -> None:
        super().__init__(CELLS, left=("live",))
        self._stage = Stage.OFFLINE
        self._live_seconds = 0.0
        self._stats: StudioStats | None = None
        self.retranslate()

    @override
    def retranslate(self) -> None:
        tooltips = {
            "live": self.tr("How long the broadcast has been live"),
            "fps": self.tr("Frames made a second"),
            "late": self.tr("Frames that were ready or encoded too late since the start"),
            "dropped": self.tr("Frames that were not sent because the line was too slow"),
            "bitrate": self.tr("Video that is really sent"),
            "rtt": self.tr("Round trip to the relay"),
            "cpu": self.tr("Percent of one core: window, picture and sound, server"),
        }
        self.explain(tooltips)
        self._show_live()
        self.show_stats(self._stats or StudioStats())

    def show_live(self, stage: Stage, live_seconds: float | None) -> None:
        """Say how the broadcast stands and how long it has been live."""
        self._stage, self._live_seconds = stage, live_seconds or 0.0
        self._show_live()

    def show_stats(self, stats: StudioStats) -> None:
        """Take the numbers of a second."""
        self._stats = stats
        late = stats.late + stats.encoded_late
        self._say("fps", f"{stats.fps:.1f} fps", fps_tone(stats) if stats.fps else "")
        self._say("late", self.tr("Late {n}").format(n=f"{late:,}"))
        dropped = self.tr("Dropped {n}").format(n=f"{stats.dropped:,} ({stats.dropped_share:.1%})")
        self._say("dropped", dropped, dropped_tone(stats))
        self._say("bitrate", rate(stats.bitrate_kbps) if stats.is_publishing else self.tr("Off air"))
        self._say("rtt", "RTT –" if stats.rtt_ms is None else f"RTT {stats.rtt_ms:.0f} ms", rtt_tone(stats))
        parts = (
            (self.tr("Window"), stats.studio_cpu),
            (self.tr("Picture"), stats.engine_cpu),
            (self.tr("Server"), stats.backend_cpu),
        )
        shown = (f"{name} {cpu:.0f}%" for name, cpu in parts if cpu is not None)
        self._say("cpu", "CPU  " + " · ".join(shown))

    def _show_live(self) -> None:
        is_on_air = self._stage in ON_AIR
        text = clock(self._live_seconds)
        self._say("live", self.tr("● Live {time}").format(time=text) if is_on_air else self.tr("○ Not live"))
        set_tone(self.cells["live"], {Stage.LIVE: "live", Stage.PAUSED: "warn"}.get(self._stage, ""))

    def _say(self, name: str, text: str, tone: str = "") -> None:
        plain.set_text(self.cells[name], text)
        if name != "live":
            set_tone(self.cells[name], tone)
