"""Who said the words of open draws: a condition that only the room can see."""

import unicodedata
from typing import Any, ClassVar

import msgspec
from typing_extensions import override

from backend.contract.base import Role
from backend.contract.campaigns import Campaign, CampaignPhase
from backend.contract.draws import DrawShown
from backend.features.actor import Actor
from backend.features.deliveries import Delivery, You
from backend.features.feature import Feature
from backend.log.entries import Record, Said
from backend.log.shop_entries import ShopCampaignMoved


class DrawWordsState(msgspec.Struct):
    """What is folded: the words of open draws, and who said each, by the draws' ids."""

    words: dict[str, str] = msgspec.field(default_factory=dict)
    said: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


class DrawWords(Feature[DrawWordsState]):
    """Listens for the words of open draws in the chat."""

    name = "draw_words"
    state_type = DrawWordsState
    entries: ClassVar = (Said, ShopCampaignMoved)

    def __init__(self, state: DrawWordsState | None = None) -> None:
        self.state = state or DrawWordsState()

    def has_said(self, campaign_id: str, user_id: str) -> bool:
        """Whether a user said the word of a draw while it was open."""
        return user_id in self.state.said.get(campaign_id, {})

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case ShopCampaignMoved(campaign=campaign):
                self._listen(campaign)
            case Said(danmu=danmu) if danmu.author.role is Role.VIEWER:
                return self._hear(danmu.author.user_id, plain_word(danmu.text))
        return []

    def _listen(self, campaign: Campaign) -> None:
        words, said = self.state.words, self.state.said
        word = plain_word(campaign.detail.terms.word) if isinstance(campaign.detail, DrawShown) else ""
        if word and campaign.phase is CampaignPhase.OPEN:
            words[campaign.campaign_id] = word
            return
        words.pop(campaign.campaign_id, None)
        # While it closes, what came in time is still decided.
        if campaign.phase is not CampaignPhase.CLOSING:
            said.pop(campaign.campaign_id, None)

    def _hear(self, user_id: str, text: str) -> list[Delivery]:
        found = [campaign_id for campaign_id, word in self.state.words.items() if word == text]
        new = [campaign_id for campaign_id in found if not self.has_said(campaign_id, user_id)]
        for campaign_id in new:
            self.state.said.setdefault(campaign_id, {})[user_id] = 1
        return [You(user_id)] if new else []

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        self.state.words.clear()
        self.state.said.clear()
        return []

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        for said in self.state.said.values():
            said.pop(user_id, None)
        return []

    @override
    def show_to(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"draw_words": [one for one in self.state.words if self.has_said(one, actor.user_id)]}


def plain_word(text: str) -> str:
    """Return a word as it is compared: wide letters are as narrow ones, spaces around it do not count."""
    return unicodedata.normalize("NFKC", text).strip()
