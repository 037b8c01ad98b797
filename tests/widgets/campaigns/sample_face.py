"""A kind of campaign with the simplest form there is."""

from typing import ClassVar

from PySide6.QtWidgets import QSpinBox
from typing_extensions import override

from backend.contract.campaigns import Campaign, CampaignDetail, CampaignKind, CampaignPhase, CampaignTerms
from backend.contract.red_packets import RedPacketShown, RedPacketTerms
from widgets.campaigns.kind_face import CampaignForm, KindFace, Progress
from widgets.common.forms import column


class SampleForm(CampaignForm):
    """Asks for coins alone."""

    def __init__(self) -> None:
        super().__init__()
        self.coins = QSpinBox()
        self.coins.setMaximum(1000)
        self.coins.setValue(20)
        self.coins.valueChanged.connect(self.changed)
        self.setLayout(column(self.coins))

    @override
    def terms(self) -> CampaignTerms | str:
        coins = self.coins.value()
        return RedPacketTerms(2, coins) if coins else "Give at least one coin."

    @override
    def show_terms(self, terms: CampaignTerms) -> None:
        assert isinstance(terms, RedPacketTerms)
        self.coins.setValue(terms.coins)

    @override
    def summary(self) -> str:
        return f"Two people share {self.coins.value()} coins."


class SampleFace(KindFace):
    """Red packets in name."""

    kind: ClassVar = CampaignKind.RED_PACKET
    icon_name: ClassVar = "fa5s.gift"

    @override
    def name(self) -> str:
        return "Red packet"

    @override
    def hint(self) -> str:
        return "Coins for the first"

    @override
    def make_form(self) -> CampaignForm:
        return SampleForm()

    @override
    def progress(self, detail: CampaignDetail) -> Progress:
        assert isinstance(detail, RedPacketShown)
        claimed = detail.shares - detail.left
        return Progress(claimed, detail.shares, f"{claimed} of {detail.shares} claimed")

    @override
    def describe(self, terms: CampaignTerms) -> str:
        assert isinstance(terms, RedPacketTerms)
        return f"{terms.coins} coins"


def campaign(
    campaign_id: str = "c-1",
    phase: CampaignPhase = CampaignPhase.OPEN,
    *,
    version: int = 1,
    left: int = 2,
    title: str = "开播红包",
) -> Campaign:
    """Return a campaign that opened at 10 s and closes at 70 s."""
    return Campaign(
        campaign_id=campaign_id,
        version=version,
        title=title,
        phase=phase,
        opens_at_ms=10_000,
        closes_at_ms=70_000,
        end_reason=None,
        public_reason="",
        detail=RedPacketShown(shares=3, coins=30, coupon_id="", left=left),
    )
