"""Prizes of goods over HTTP: what waits for the caller, and where it goes."""

from backend.contract.base import RejectReason
from backend.contract.campaigns import MyPart, OneCampaign
from backend.contract.prizes import ClaimPrize, MyPrizes
from backend.http.api.campaign_act_routes import refused_act
from backend.http.api.campaign_routes import PATH
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.shop_call import person_of
from backend.http.api.shop_refusals import refuse
from backend.shop.campaigns.draw.claiming import Prizes


class PrizeRoutes:
    """The endpoints of who won goods; what was won is theirs, even where they were put out of the room."""

    def __init__(self, prizes: Prizes) -> None:
        self._prizes = prizes

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="GET",
                path="/api/v1/me/prizes",
                summary="List the goods that one won in draws and did not claim yet.",
                who=Who.MEMBER,
                handle=self.waiting,
                answer=MyPrizes,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=f"{PATH}/{{campaign_id}}/prize",
                summary="Say where the goods go that one won in a draw; their order costs nothing.",
                who=Who.MEMBER,
                handle=self.claim,
                answer=MyPart,
                parameters=OneCampaign,
                body=ClaimPrize,
            ),
        ]

    async def waiting(self, call: Call[Nothing, Nothing]) -> MyPrizes:
        """List what waits."""
        return await self._prizes.waiting(person_of(call))

    async def claim(self, call: Call[OneCampaign, ClaimPrize]) -> MyPart:
        """Take a claim."""
        campaign_id, address_id = call.parameters.campaign_id, call.body.address_id
        done = await self._prizes.claim(person_of(call), campaign_id, address_id, call.received_at_ms)
        if isinstance(done, MyPart):
            return done
        raise refused_act(done) if isinstance(done, RejectReason) else refuse(done)
