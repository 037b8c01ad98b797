"""Entering draws and revealing numbers, as the room looks at it before the shop decides."""

import re
from typing import ClassVar, Final

from typing_extensions import override

from backend.contract.base import RejectReason
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.campaigns import Campaign
from backend.contract.draws import DrawShown, DrawTerms, EnterDraw, RevealNonce
from backend.features.actor import Actor
from backend.features.campaigns.acts import Act, Onlooker
from backend.features.deliveries import Rejection
from backend.shop.campaigns.draw.entering import TAKES_ENTRIES, Entering, Revealing
from backend.shop.campaigns.kind import CampaignAct

_HASH: Final = re.compile("[0-9a-f]{64}")
_NONCE: Final = re.compile("[0-9a-f]{32}")


class Enter(Act):
    """Looks at what only the room knows: who is muted, follows, said the word, watched long enough."""

    command: ClassVar = EnterDraw
    detail: ClassVar = DrawShown

    @override
    def look_at(
        self, command: CampaignCommand, campaign: Campaign, actor: Actor, room: Onlooker, now_ms: int
    ) -> CampaignAct | Rejection:
        draw = campaign.detail
        if not isinstance(draw, DrawShown) or not isinstance(command, EnterDraw):
            return Rejection(RejectReason.UNKNOWN_CAMPAIGN)
        if not _HASH.fullmatch(command.nonce_hash):
            return Rejection(RejectReason.MALFORMED)
        if campaign.phase not in TAKES_ENTRIES or now_ms >= campaign.closes_at_ms:
            return Rejection(RejectReason.EXPIRED)
        if room.is_muted(actor.user_id, now_ms):
            return Rejection(RejectReason.MUTED)
        if unmet := _unmet(draw.terms, campaign, actor.user_id, room, now_ms):
            return unmet
        must = draw.terms.bought_or_word and not room.has_said(campaign.campaign_id, actor.user_id)
        return Entering(
            campaign.campaign_id, "", actor.user_id, now_ms, command.nonce_hash, actor.origin, must
        )


class Reveal(Act):
    """Hands a number on that its device revealed."""

    command: ClassVar = RevealNonce
    detail: ClassVar = DrawShown
    is_counted: ClassVar = False

    @override
    def look_at(
        self, command: CampaignCommand, campaign: Campaign, actor: Actor, room: Onlooker, now_ms: int
    ) -> CampaignAct | Rejection:
        if not isinstance(campaign.detail, DrawShown) or not isinstance(command, RevealNonce):
            return Rejection(RejectReason.UNKNOWN_CAMPAIGN)
        if not _NONCE.fullmatch(command.nonce):
            return Rejection(RejectReason.MALFORMED)
        return Revealing(campaign.campaign_id, "", actor.user_id, now_ms, command.nonce)


def _unmet(
    terms: DrawTerms, campaign: Campaign, user_id: str, room: Onlooker, now_ms: int
) -> Rejection | None:
    if terms.needs_follow and not room.is_follower(user_id):
        return Rejection(RejectReason.NOT_FOLLOWING)
    # Who bought need not say it: the shop knows who did.
    if terms.word.strip() and not terms.bought_or_word and not room.has_said(campaign.campaign_id, user_id):
        return Rejection(RejectReason.WORD_UNSAID)
    missing_s = terms.watched_s - room.watched_s(user_id, now_ms)
    return Rejection(RejectReason.NOT_WATCHED, missing_s * 1000) if missing_s > 0 else None
