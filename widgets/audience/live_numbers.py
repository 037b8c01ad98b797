"""The panel of the live session's numbers by the minute: viewers, entries, danmu, likes, gifts, orders."""

from collections import deque
from collections.abc import Callable, Collection
from typing import Final

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.insights import LiveStats, LiveStatsChanged, MinuteStats
from backend.contract.link_source import OTHER_SOURCES
from backend.contract.protocol import Event, StaffSnapshot
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, row
from widgets.common.money import amount_text
from widgets.common.retranslate import Retranslated
from widgets.common.sparkline import CAPACITY, Sparkline

MINUTE_MS: Final = 60_000
NARROWEST: Final = 58
COLUMNS: Final = 2
CURVES: Final[dict[str, tuple[str, Callable[[MinuteStats], int]]]] = {
    "viewers": ("ok", lambda minute: minute.viewers),
    "joins": ("accent", lambda minute: minute.activity.joins),
    "danmu": ("warn", lambda minute: minute.activity.danmu),
    "likes": ("campaign", lambda minute: minute.activity.likes),
    "follows": ("ok", lambda minute: minute.activity.follows),
    "gifts": ("warn", lambda minute: minute.activity.gifts),
    "orders": ("accent", lambda minute: minute.activity.orders),
}


class LiveNumbers(Retranslated):
    """Seven curves of the last 90 minutes; the newest point is the last 60 seconds, still running.

    Attributes:
        counted: emitted with a `LiveStats`, once a second.
    """

    counted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._minutes: deque[MinuteStats] = deque(maxlen=CAPACITY - 1)
        self._running: MinuteStats | None = None
        self._stats: LiveStats | None = None
        self.curves = {name: Sparkline(token, least_top=5) for name, (token, _count) in CURVES.items()}
        for curve in self.curves.values():
            curve.setMinimumWidth(NARROWEST)
        layout = QGridLayout()
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(6)
        for number, curve in enumerate(self.curves.values()):
            is_last = number == len(self.curves) - 1
            span = COLUMNS - number % COLUMNS if is_last else 1
            layout.addWidget(curve, number // COLUMNS, number % COLUMNS, 1, span)
        self.sources = ElidedLabel()
        self.sources.setProperty("role", "faint")
        below = row(self.sources)
        below.setContentsMargins(12, 0, 12, 6)
        rows = column(layout, below, spacing=0)
        rows.setStretch(0, 1)
        curves = QWidget()
        curves.setLayout(rows)
        self.not_shown = label("", "dim")
        self.not_shown.setWordWrap(True)
        self.not_shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(curves)
        self._pages.addWidget(self.not_shown)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        names = {
            "viewers": self.tr("Viewers"),
            "joins": self.tr("Joins"),
            "danmu": self.tr("Danmu"),
            "likes": self.tr("Likes"),
            "follows": self.tr("Follows"),
            "gifts": self.tr("Gifts"),
            "orders": self.tr("Orders"),
        }
        for name, text in names.items():
            self.curves[name].set_name(text)
        self.not_shown.setText(self.tr("The host does not show you the numbers."))
        self._source_names = {
            "": self.tr("directly"),
            "host": self.tr("by your link"),
            "qr": self.tr("by QR code"),
            "share": self.tr("by viewers' sharing"),
            "link": self.tr("by a viewer's link"),
            OTHER_SOURCES: self.tr("otherwise"),
        }
        self._show()

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Show the numbers, or that the right to them is missing."""
        self._pages.setCurrentIndex(0 if AssistantRight.NUMBERS in rights else 1)

    def apply(self, event: Event) -> None:
        """Follow the room."""
        match event:
            case StaffSnapshot(stats=stats, minutes=minutes):
                self._minutes.clear()
                self._minutes.extend(minutes)
                self._running = None
                if stats is not None:
                    self._follow(stats)
            case LiveStatsChanged(stats=stats):
                self._follow(stats)
            case _:
                pass

    def _follow(self, stats: LiveStats) -> None:
        self._stats = stats
        started_at_ms = stats.at_ms // MINUTE_MS * MINUTE_MS
        most = stats.viewers
        running = self._running
        if running is not None and running.started_at_ms == started_at_ms:
            most = max(most, running.viewers)
        elif running is not None:
            self._minutes.append(running)
        while self._minutes and self._minutes[-1].started_at_ms >= started_at_ms:
            most = max(most, self._minutes.pop().viewers)
        self._running = MinuteStats(started_at_ms, most, stats.last_minute)
        self.counted.emit(stats)
        self._show()

    def _show(self) -> None:
        stats = self._stats
        if stats is None or self._running is None:
            return
        points = [*self._minutes, self._running]
        for name, (_token, count) in CURVES.items():
            if name == "viewers":
                text, note = f"{stats.viewers:,}", self.tr("peak {n}").format(n=f"{stats.peak:,}")
            else:
                text = f"{count(self._running):,}"
                total: int = msgspec.structs.asdict(stats.total)[name]
                note = self.tr("{n} in all").format(n=f"{total:,}")
            if name == "gifts" and stats.total.coins:
                note = self.tr("{n} coins in all").format(n=f"{stats.total.coins:,}")
            if name == "orders" and stats.total.gmv_minor:
                note = self.tr("{amount} paid").format(
                    amount=amount_text(stats.total.gmv_minor, stats.currency)
                )
            self.curves[name].show_values([count(point) for point in points], text, note)
        self._show_sources(stats)

    def _show_sources(self, stats: LiveStats) -> None:
        parts = [f"{self._source_names.get(one.source, one.source)} {one.joins:,}" for one in stats.sources]
        text = self.tr("Viewers came {list}").format(list=" · ".join(parts)) if parts else ""
        self.sources.show_text(text)
