"""Auctions over HTTP, besides bidding: who may bid, and what the next bidder says to an unpaid unit."""

from typing import Never

from backend.contract.auctions import AnswerOffer, RegisterBidder
from backend.contract.base import RejectReason
from backend.contract.campaigns import MyPart, OneCampaign
from backend.http.api.campaign_act_routes import refused_act
from backend.http.api.campaign_routes import PATH
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Who
from backend.http.api.shop_call import person_of
from backend.http.api.shop_refusals import refuse
from backend.shop.campaigns.auction.auctions import Auctions, Refused


class AuctionRoutes:
    """The endpoints of auctions that no room's queue is needed for; the room is the caller's."""

    def __init__(self, auctions: Auctions) -> None:
        self._auctions = auctions

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="POST",
                path=f"{PATH}/{{campaign_id}}/register",
                summary="Say where it goes if one wins an auction; what sending costs is answered.",
                who=Who.MEMBER,
                handle=self.register,
                answer=MyPart,
                parameters=OneCampaign,
                body=RegisterBidder,
                is_purchase=True,
            ),
            Endpoint(
                method="POST",
                path=f"{PATH}/{{campaign_id}}/offer",
                summary="Take what the winner of an auction did not pay, or leave it to the next bidder.",
                who=Who.MEMBER,
                handle=self.answer_offer,
                answer=MyPart,
                parameters=OneCampaign,
                body=AnswerOffer,
                is_purchase=True,
            ),
        ]

    async def register(self, call: Call[OneCampaign, RegisterBidder]) -> MyPart:
        """Note a bidder."""
        campaign_id = call.parameters.campaign_id
        done = await self._auctions.register(person_of(call), campaign_id, call.body.address_id)
        return done if isinstance(done, MyPart) else _refuse(done)

    async def answer_offer(self, call: Call[OneCampaign, AnswerOffer]) -> MyPart:
        """Take an answer."""
        campaign_id = call.parameters.campaign_id
        done = await self._auctions.answer_offer(person_of(call), campaign_id, call.body.answer)
        return done if isinstance(done, MyPart) else _refuse(done)


def _refuse(refused: Refused) -> Never:
    if isinstance(refused, RejectReason):
        raise refused_act(refused)
    raise refuse(refused)
