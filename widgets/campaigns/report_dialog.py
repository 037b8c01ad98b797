"""What came of a campaign: each request once, by how it ended, and when they came."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from backend.contract.base import Author
from backend.contract.campaigns import CampaignReport
from backend.contract.prizes import PrizeCounts
from widgets.campaigns.campaign_words import end_name, outcome_name
from widgets.campaigns.kind_face import KindFace
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.money import amount_text
from widgets.common.sparkline import Sparkline

MOST_TENTHS = 90


class ReportDialog(QDialog):
    """Open it with `open()`; `save_wanted` is emitted with `csv` or `json`.

    `people` are those who are named in it, as the room calls them.
    """

    save_wanted = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        face: KindFace,
        report: CampaignReport,
        currency: str,
        people: Sequence[Author] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        campaign = report.campaign
        name = campaign.title or face.name()
        plain.set_title(self, self.tr("Result: {name}").format(name=name))
        ended = label(end_name(campaign.end_reason), "dim")
        said = label(campaign.public_reason, "dim")
        said.setVisible(bool(campaign.public_reason))
        # The shop knows people by their ids, the room by their names.
        named = replace(campaign, people=list(people))
        self.outcome = label(face.progress_of(named).text)
        self.outcome.setWordWrap(True)
        self.figures = label(self._figures(report, currency))
        self.figures.setWordWrap(True)
        self.counts = QGridLayout()
        self._count(report)
        self.curve = Sparkline("accent", 1.0)
        self.curve.set_name(self.tr("Requests over time"))
        for count in tenths_of(report):
            self.curve.push(count, f"{count}")
        when = label(self.tr("Requests by tenths of a second from the start"), "dim")
        self.csv_button, self.json_button, self.close_button = push_button(), push_button(), push_button()
        say(self.csv_button, self.tr("Save CSV…"))
        say(self.json_button, self.tr("Save JSON…"))
        say(self.close_button, self.tr("Close"))
        self.csv_button.clicked.connect(lambda: self.save_wanted.emit("csv"))
        self.json_button.clicked.connect(lambda: self.save_wanted.emit("json"))
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        buttons = row(self.csv_button, self.json_button, self.close_button)
        buttons.insertStretch(2, 1)
        title = label(name, "title")
        self.setLayout(
            column(
                title, ended, said, self.outcome, self.figures, self.counts, self.curve, when, buttons,
                margin=22, spacing=12,
            )
        )  # fmt: skip
        self.setMinimumWidth(440)

    def _figures(self, report: CampaignReport, currency: str) -> str:
        texts = [self.tr("{n} people").format(n=report.people)]
        if report.coins_out:
            texts.append(self.tr("{n} coins given").format(n=report.coins_out))
        if report.gmv_minor:
            texts.append(self.tr("{sum} paid").format(sum=amount_text(report.gmv_minor, currency)))
        if report.prizes is not None:
            texts += self._prizes(report.prizes)
        return " · ".join(texts)

    def _prizes(self, counts: PrizeCounts) -> list[str]:
        named = (
            (counts.claimed, self.tr("{n} prizes claimed")),
            (counts.waiting, self.tr("{n} not claimed yet")),
            (counts.passed_on, self.tr("{n} went to the next rank")),
            (counts.returned, self.tr("{n} back in the stock")),
        )
        return [text.format(n=count) for count, text in named if count]

    def _count(self, report: CampaignReport) -> None:
        lines = [(outcome_name(one.outcome), one.count) for one in report.outcomes]
        lines.append((self.tr("Requests received, all together"), report.received))
        for number, (name, count) in enumerate(lines):
            value = label(f"{count:,}")
            self.counts.addWidget(label(name, "dim"), number, 0)
            self.counts.addWidget(value, number, 1, Qt.AlignmentFlag.AlignRight)


def tenths_of(report: CampaignReport) -> Sequence[int]:
    """Return the requests of each tenth of a second from the start, as many as the curve shows."""
    counts = {one.tenth: one.count for one in report.arrivals if 0 <= one.tenth < MOST_TENTHS}
    return [counts.get(tenth, 0) for tenth in range(max(counts, default=0) + 1)]
