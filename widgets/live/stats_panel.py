"""The panel of running numbers: what is made, what is sent, and what it costs, each with its curve."""

from typing import Final

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from backend.contract.stream import ViewerLines
from widgets.common import plain
from widgets.common.forms import column, label, row, set_tone
from widgets.common.retranslate import Retranslated
from widgets.common.sparkline import Sparkline
from widgets.common.text import rate
from widgets.common.theme import tabular
from widgets.live.studio_stats import StudioStats, dropped_tone, fps_tone, loss_tone, rtt_tone

FACTS: Final = ("late", "encoded_late", "dropped", "loss", "skew")


class StatsPanel(Retranslated):
    """Four curves (frame rate, bitrate, round trip, CPU) and the counters that should stay at zero."""

    def __init__(self) -> None:
        super().__init__()
        self.fps = Sparkline("ok", least_top=30)
        self.bitrate = Sparkline("warn", least_top=1000)
        self.rtt = Sparkline("accent", least_top=60)
        self.cpu = Sparkline("campaign", least_top=100)
        self._reasons: dict[str, str] = {}
        self._names = {fact: label("", "dim") for fact in FACTS}
        self.values = {fact: label("–") for fact in FACTS}
        self.layers_text = label("", "dim")
        self.layers_text.setWordWrap(True)
        self.layers_text.hide()
        self.lines_text = label("", "dim")
        self.lines_text.setWordWrap(True)
        self._stats: StudioStats | None = None
        self._lines: ViewerLines | None = None
        curves = row(self.fps, self.bitrate, self.rtt, self.cpu, spacing=8)
        for index in range(4):
            curves.setStretch(index, 1)
        layout = column(curves, self._make_facts(), self.layers_text, self.lines_text, margin=10, spacing=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.retranslate()

    def _make_facts(self) -> QWidget:
        """Each counter above its name: side by side, long ones would make the window wider than a screen."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(4, 0, 4, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        for number, fact in enumerate(FACTS):
            value = self.values[fact]
            value.setFont(tabular(value.font()))
            grid.addWidget(value, 0, number)
            grid.addWidget(self._names[fact], 1, number)
            grid.setColumnStretch(number, 1)
        return holder

    @override
    def retranslate(self) -> None:
        self.fps.set_name(self.tr("FPS"))
        self.bitrate.set_name(self.tr("Bitrate"))
        self.rtt.set_name(self.tr("Round trip"))
        self.cpu.set_name(self.tr("CPU"))
        names = {
            "late": (self.tr("Made late"), self.tr("Frames that were ready too late since the start")),
            "encoded_late": (
                self.tr("Encoded late"),
                self.tr("Frames that the encoder skipped because it was busy"),
            ),
            "dropped": (
                self.tr("Dropped"),
                self.tr("Frames that were not sent because the line was too slow"),
            ),
            "loss": (self.tr("Loss"), self.tr("Packets that got lost on the way to the relay")),
            "skew": (self.tr("A/V offset"), self.tr("How much later the sound is than the picture")),
        }
        for fact, (name, tooltip) in names.items():
            plain.set_text(self._names[fact], name)
            for widget in (self._names[fact], self.values[fact]):
                plain.set_tooltip(widget, tooltip)
            plain.set_name(self.values[fact], name)
        self._reasons = {
            "ceiling": self.tr("at your ceiling"),
            "remb": self.tr("limited by the line"),
            "loss": self.tr("packets get lost"),
            "probing": self.tr("trying for more"),
            "delay": self.tr("packets pile up"),
        }
        self.show_lines(self._lines)
        if self._stats is not None:
            self._show_counters(self._stats)
            self._show_layers(self._stats)

    def reason_text(self, reason: str) -> str:
        """Why the bitrate is what it is, in words; an unknown reason is said as it is."""
        return self._reasons.get(reason, reason)

    def show_stats(self, stats: StudioStats) -> None:
        """Take the numbers of a second."""
        self._stats = stats
        self.fps.push(stats.fps, f"{stats.fps:.1f} / {stats.target_fps}", tone=fps_tone(stats) or "text")
        if stats.is_publishing:
            self.bitrate.push(
                stats.bitrate_kbps, rate(stats.bitrate_kbps), self.reason_text(stats.bitrate_reason)
            )
        else:
            self.bitrate.clear(self.tr("off air"))
        if stats.rtt_ms is None:
            self.rtt.clear()
        else:
            self.rtt.push(stats.rtt_ms, f"{stats.rtt_ms:.0f} ms", tone=rtt_tone(stats) or "text")
        parts = (stats.studio_cpu, stats.engine_cpu, stats.backend_cpu)
        known = [part for part in parts if part is not None]
        if known:
            note = " + ".join("–" if part is None else f"{part:.0f}" for part in parts)
            self.cpu.push(sum(known), f"{sum(known):.0f}%")
            plain.set_tooltip(
                self.cpu, self.tr("Percent of one core: window + picture + server = {sum}").format(sum=note)
            )
        self._show_counters(stats)
        self._show_layers(stats)

    def show_lines(self, lines: ViewerLines | None) -> None:
        """Say how the stream reaches the viewers; None where that is not known."""
        self._lines = lines
        self.lines_text.setVisible(lines is not None and lines.viewers > 0)
        if lines is None or lines.viewers == 0:
            return
        troubles = (
            (lines.own_line, self.tr("own line weak: {n}")),
            (lines.uplink, self.tr("lost between you and the server: {n}")),
            (lines.relay, self.tr("the server cannot keep up: {n}")),
        )
        parts = [text.format(n=f"{count:,}") for count, text in troubles if count]
        none = self.tr("no trouble known")
        receiving = self.tr("Receiving the picture: {n}").format(n=f"{lines.viewers:,}")
        # A height with a p is a name in both languages.
        layers = [f"{one.height}p: {one.viewers:,}" for one in lines.layers]
        plain.set_text(self.lines_text, " · ".join([receiving, *layers, *(parts or [none])]))
        set_tone(self.lines_text, "warn" if lines.uplink or lines.relay else "")

    def _show_counters(self, stats: StudioStats) -> None:
        self._say("late", self._frames(stats.late))
        self._say("encoded_late", self._frames(stats.encoded_late))
        self._say(
            "dropped", f"{self._frames(stats.dropped)} ({stats.dropped_share:.1%})", dropped_tone(stats)
        )
        self._say("loss", f"{stats.loss:.1%}", loss_tone(stats))
        self._say("skew", f"{stats.skew_ms:+.0f} ms", "warn" if abs(stats.skew_ms) > 40 else "")

    def _show_layers(self, stats: StudioStats) -> None:
        """Say what goes out in which size; one alone is what the curves say already."""
        self.layers_text.setVisible(len(stats.layers) > 1)
        sizes = [f"{min(layer.width, layer.height)}p{layer.fps} {rate(layer.kbps)}" for layer in stats.layers]
        plain.set_text(self.layers_text, self.tr("Sent: {layers}").format(layers=" · ".join(sizes)))

    def _frames(self, count: int) -> str:
        return self.tr("1 frame") if count == 1 else self.tr("{n} frames").format(n=f"{count:,}")

    def _say(self, fact: str, text: str, tone: str = "") -> None:
        value: QLabel = self.values[fact]
        plain.set_text(value, text)
        set_tone(value, tone)
