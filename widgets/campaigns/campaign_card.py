"""A campaign that runs, as staff see it: the time left, how far it is, and the button that ends it."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar
from typing_extensions import override

from backend.contract.campaigns import Campaign, CampaignPhase
from widgets.campaigns.kind_face import KindFace
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, push_button, row, say, set_tone
from widgets.common.retranslate import Retranslated
from widgets.common.text import clock
from widgets.common.theme import tabular

LAST_S = 10


class CampaignCard(Retranslated):
    """Shows one campaign; `stop_wanted` and `close_wanted` are emitted by its buttons."""

    stop_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, face: KindFace, campaign: Campaign) -> None:
        super().__init__()
        self.setObjectName("campaignCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._face = face
        self.campaign = campaign
        self._now_ms = 0.0
        self._playout_ms: int | None = None
        self.name = ElidedLabel()
        self.phase = label("", "dim")
        self.left = label("", "title")
        self.left.setFont(tabular(self.left.font()))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.text = label("", "dim")
        self.text.setWordWrap(True)
        self.acts = label("", "dim")
        self.acts.setWordWrap(True)
        self.cue = label()
        self.cue.setWordWrap(True)
        self.stop_button = push_button("fa5s.stop", "live")
        self.stop_button.clicked.connect(self.stop_wanted)
        self.close_button = push_button("fa5s.step-forward")
        self.close_button.clicked.connect(self.close_wanted)
        when = row(self.phase, self.left)
        when.addStretch(1)
        foot = row(self.close_button, self.stop_button)
        foot.insertStretch(0, 1)
        parts = (self.name, when, self.cue, self.bar, self.text, self.acts)
        self.setLayout(column(*parts, foot, margin=10, spacing=6))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.stop_button, self.tr("Stop…"), self.tr("End it before its time"))
        say(self.close_button, self.tr("Draw now"), self.tr("Let nobody in any more, and draw at once"))
        plain.set_name(self.left, self.tr("Time left"))
        plain.set_name(self.acts, self.tr("What viewers did last"))
        self.show_campaign(self.campaign)

    def show_campaign(self, campaign: Campaign) -> None:
        """Show how it is now."""
        self.campaign = campaign
        self.name.show_text(campaign.title or self._face.name())
        plain.set_text(self.phase, self._face.phase_name(campaign.phase))
        progress = self._face.progress_of(campaign)
        self.bar.setVisible(progress.total > 0)
        self.bar.setMaximum(max(progress.total, 1))
        self.bar.setValue(progress.done)
        plain.set_text(self.text, progress.text)
        plain.set_text(self.acts, "\n".join(progress.acts))
        self.acts.setVisible(bool(progress.acts))
        self.stop_button.setVisible(campaign.phase in (CampaignPhase.PREHEAT, CampaignPhase.OPEN))
        self.close_button.setVisible(self._face.is_closable and campaign.phase is CampaignPhase.OPEN)
        self._show_left()

    def show_playout(self, playout_ms: int | None) -> None:
        """Cue the host by how far viewers are behind, in the middle; None while that is not known."""
        self._playout_ms = playout_ms
        self._show_left()

    def show_time(self, server_time_ms: float) -> None:
        """Follow the server's clock."""
        self._now_ms = server_time_ms
        self._show_left()

    def _show_left(self) -> None:
        phase = self.campaign.phase
        until_ms = self.campaign.opens_at_ms if phase is CampaignPhase.PREHEAT else self.campaign.closes_at_ms
        left_s = max(0, math.ceil((until_ms - self._now_ms) / 1000))
        is_counting = phase in (CampaignPhase.PREHEAT, CampaignPhase.OPEN) and self._now_ms > 0
        plain.set_text(self.left, clock(left_s).removeprefix("00:") if is_counting else "")
        set_tone(self.left, "warn" if is_counting and left_s <= LAST_S else "")
        self._show_cue()

    def _show_cue(self) -> None:
        """Word and button meet on the viewers' screens when the host says it earlier by their delay."""
        playout_ms, campaign = self._playout_ms, self.campaign
        say_at_ms = campaign.opens_at_ms - (playout_ms or 0)
        is_cued = campaign.phase is CampaignPhase.PREHEAT and playout_ms is not None and self._now_ms > 0
        self.cue.setVisible(is_cued)
        if not is_cued or playout_ms is None:
            return
        left_s = math.ceil((say_at_ms - self._now_ms) / 1000)
        behind = self.tr("viewers are {s} s behind").format(s=f"{playout_ms / 1000:.1f}")
        go = self.tr("Say “go” now") if left_s <= 0 else self.tr("Say “go” in {n} s").format(n=left_s)
        plain.set_text(self.cue, f"{go} · {behind}")
        set_tone(self.cue, "ok" if left_s <= 0 else "")
