"""Puts the engine's numbers and the CPU of each process together, once a second."""

import logging
import os
from collections.abc import Callable, Iterable
from typing import Final

import psutil
from PySide6.QtCore import QObject, QTimer, Signal

from studio.engine.messages.events import PublishChanged, StatsMeasured
from studio.engine.messages.values import PublishState
from widgets.live.studio_stats import StudioStats

log = logging.getLogger("livestall.stats")

INTERVAL_MS: Final = 1000


class CpuSampler:
    """CPU of process trees, in percent of one core since the last sample."""

    def __init__(self) -> None:
        self._known: dict[int, psutil.Process] = {}

    def sample(self, pid: int | None, *, with_children: bool) -> float | None:
        """Percent since the last sample; None while there is no such process."""
        if pid is None:
            return None
        try:
            root = self._process(pid)
            members: Iterable[psutil.Process] = [root]
            if with_children:
                members = [root, *(self._process(child.pid) for child in root.children(recursive=True))]
            return sum(member.cpu_percent() for member in members)
        except psutil.Error:
            self._known.pop(pid, None)
            return None

    def _process(self, pid: int) -> psutil.Process:
        known = self._known.get(pid)
        if known is None or not known.is_running():
            known = self._known[pid] = psutil.Process(pid)
        return known


class StatsCollector(QObject):
    """Emits a `StudioStats` each second, also while the engine is silent.

    Attributes:
        measured: emitted with a `StudioStats`.
    """

    measured = Signal(object)

    def __init__(self, backend_pid: Callable[[], int | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend_pid = backend_pid
        self._cpu = CpuSampler()
        self._target_fps = 30
        self._engine: StatsMeasured | None = None
        self._is_publishing = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.measure)

    def start(self) -> None:
        """Begin to tell."""
        self._timer.start()

    def stop(self) -> None:
        """Tell no more."""
        self._timer.stop()

    def set_target_fps(self, fps: int) -> None:
        """Say which frame rate is wanted."""
        self._target_fps = fps

    def on_engine(self, event: StatsMeasured | PublishChanged) -> None:
        """Take the engine's numbers."""
        if isinstance(event, PublishChanged):
            self._is_publishing = event.state in {PublishState.CONNECTED, PublishState.RECONNECTING}
        else:
            self._engine = event

    def on_engine_crashed(self) -> None:
        """Forget the numbers of an engine that is gone."""
        self._engine = None
        self._is_publishing = False

    def measure(self) -> None:
        """Tell the numbers of now."""
        studio_cpu = self._cpu.sample(os.getpid(), with_children=False)
        backend_cpu = self._cpu.sample(self._backend_pid(), with_children=True)
        engine = self._engine
        if engine is None:
            stats = StudioStats(target_fps=self._target_fps, studio_cpu=studio_cpu, backend_cpu=backend_cpu)
        else:
            stats = StudioStats(
                fps=engine.fps,
                target_fps=self._target_fps,
                late=engine.late,
                encoded_late=engine.encoded_late,
                sent=engine.sent,
                dropped=engine.dropped,
                bitrate_kbps=engine.bitrate_kbps,
                target_kbps=engine.target_kbps,
                bitrate_reason=engine.reason.value,
                rtt_ms=engine.rtt_ms if self._is_publishing else None,
                loss=engine.loss,
                layers=engine.layers if self._is_publishing else (),
                skew_ms=engine.skew_ms,
                is_publishing=self._is_publishing,
                studio_cpu=studio_cpu,
                engine_cpu=engine.cpu,
                backend_cpu=backend_cpu,
            )
        self.measured.emit(stats)
