"""The kind auction in the studio."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.contract.auctions import AuctionOutcome, AuctionShown, AuctionTerms, ShownBid
from backend.contract.campaigns import Campaign, CampaignDetail, CampaignKind, CampaignPhase, CampaignTerms
from widgets.campaigns.auction.auction_form import AuctionForm
from widgets.campaigns.kind_face import CampaignForm, KindFace, Progress
from widgets.common.money import list_price
from widgets.common.person_name import person_name


class AuctionFace(KindFace):
    """One unit for who bids most."""

    kind: ClassVar = CampaignKind.AUCTION
    icon_name: ClassVar = "fa5s.gavel"
    needs_reason: ClassVar = True

    @override
    def name(self) -> str:
        return QCoreApplication.translate("AuctionFace", "Auction")

    @override
    def hint(self) -> str:
        return QCoreApplication.translate("AuctionFace", "One unit for who bids most")

    @override
    def make_form(self) -> CampaignForm:
        return AuctionForm()

    @override
    def phase_name(self, phase: CampaignPhase) -> str:
        if phase is CampaignPhase.DRAWING:
            return QCoreApplication.translate("AuctionFace", "Waiting for the payment")
        return super().phase_name(phase)

    @override
    def progress(self, detail: CampaignDetail) -> Progress:
        if not isinstance(detail, AuctionShown):
            return Progress(0, 0, "")
        return Progress(0, 0, " · ".join(_figures(detail)))

    @override
    def progress_of(self, campaign: Campaign) -> Progress:
        """Name who leads, or who has the unit."""
        detail = campaign.detail
        if not isinstance(detail, AuctionShown):
            return Progress(0, 0, "")
        named = {one.user_id: one.name for one in campaign.people}
        figures = _figures(detail)
        if (person := detail.winner_id or detail.leader_id) in named:
            figures.insert(1, _standing(detail, named[person]))
        acts = tuple(_bid_line(campaign, detail, bid, named) for bid in reversed(detail.log))
        return Progress(0, 0, " · ".join(filter(None, figures)), acts)

    @override
    def describe(self, terms: CampaignTerms) -> str:
        if not isinstance(terms, AuctionTerms):
            return ""
        return QCoreApplication.translate("AuctionFace", "One unit, {seconds} s").format(
            seconds=terms.duration_s
        )


def _figures(detail: AuctionShown) -> list[str]:
    translate = QCoreApplication.translate
    figures = [
        list_price(detail.price_minor, detail.currency),
        translate("AuctionFace", "{bids} bids of {people} people").format(
            bids=detail.bids, people=detail.bidders
        ),
    ]
    if detail.extensions:
        text = translate("AuctionFace", "{seconds} s longer")
        figures.append(text.format(seconds=detail.extensions * detail.late_s))
    if detail.has_reserve and detail.outcome in (None, AuctionOutcome.UNSOLD):
        met, unmet = translate("AuctionFace", "reserve met"), translate("AuctionFace", "reserve not met")
        figures.append(met if detail.is_reserve_met else unmet)
    if detail.outcome is not None:
        figures.append(_outcome_name(detail.outcome))
    return figures


def _bid_line(campaign: Campaign, detail: AuctionShown, bid: ShownBid, named: Mapping[str, str]) -> str:
    """Return who bid, the price that came of it, when, and what else it changed."""
    translate = QCoreApplication.translate
    at_ms = campaign.opens_at_ms + bid.after_ms
    parts = [
        person_name(named.get(bid.user_id, "")),
        list_price(bid.price_minor, detail.currency),
        datetime.fromtimestamp(at_ms / 1000).astimezone().strftime("%H:%M:%S"),
    ]
    if bid.leader_id != bid.user_id:
        text = translate("AuctionFace", "{name} still ahead")
        parts.append(text.format(name=person_name(named.get(bid.leader_id, ""))))
    if bid.has_moved_end:
        parts.append(translate("AuctionFace", "extended by {seconds} s").format(seconds=detail.late_s))
    if bid.is_out:
        parts.append(translate("AuctionFace", "taken out"))
    return " · ".join(parts)


def _standing(detail: AuctionShown, name: str) -> str:
    translate = QCoreApplication.translate
    if detail.outcome is None:
        return translate("AuctionFace", "{name} leads").format(name=person_name(name))
    return person_name(name)


def _outcome_name(outcome: AuctionOutcome) -> str:
    translate = QCoreApplication.translate
    names = {
        AuctionOutcome.AWARDED: translate("AuctionFace", "won, not paid yet"),
        AuctionOutcome.OFFERED: translate("AuctionFace", "not paid: offered to the next"),
        AuctionOutcome.SOLD: translate("AuctionFace", "sold and paid"),
        AuctionOutcome.UNSOLD: translate("AuctionFace", "not sold"),
        AuctionOutcome.VOID: translate("AuctionFace", "called off"),
    }
    return names[outcome]
