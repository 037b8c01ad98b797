"""A small WHEP endpoint out of aiortc, for tests of the player that need no relay."""

import asyncio
import secrets
from unittest import mock

import msgspec
from aiortc import RTCPeerConnection, RTCSessionDescription
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from backend.contract.stream import ChosenLayer, ViewerLayer
from tests.support.clip import FilmTrack, ToneTrack

# The player sends no candidates (the relay is ICE-lite), and aiortc gives up at once without one. Nobody
# answers here: the browser's own checks make the pair that works.
NOBODY = "a=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n"


async def _send_nothing(_packet: bytes) -> None:
    """Stand in for a line on which nothing comes through."""


class WhepPeer:
    """Answers offers with the film and the tone.

    Attributes:
        rejection: answer 404 with this text instead, as a relay without a publisher may.
        size: width and height of the film.
        offers: every offer that came.
        deleted: ids of resources that were deleted.
        layer: which layer viewers are told that they get; what they choose is written into it.
        chosen: every choice that came.
    """

    def __init__(self, size: tuple[int, int] = (360, 640)) -> None:
        self.size = size
        self.rejection: str | None = None
        self.offers: list[str] = []
        self.deleted: list[str] = []
        self.layer = ViewerLayer([], 0, None, is_held_down=False)
        self.chosen: list[ChosenLayer] = []
        self.peers: dict[str, RTCPeerConnection] = {}

    def routes(self) -> list[BaseRoute]:
        """Routes as the backend's."""
        return [
            Route("/whep/{room}", self._watch, methods=["POST"]),
            Route("/whep/{room}/{resource}", self._leave, methods=["DELETE"]),
            Route("/whep/{room}/{resource}/layer", self._layer, methods=["GET", "PUT"]),
        ]

    async def cut(self) -> None:
        """Forget all peers, as a relay that was killed."""
        peers, self.peers = self.peers, {}
        await asyncio.gather(*(peer.close() for peer in peers.values()))

    def freeze(self) -> None:
        """Send nothing more on the connections there are, not even a report, but keep them open."""
        for peer in self.peers.values():
            for sender in peer.getSenders():
                mock.patch.object(sender.transport, "_send_rtp", _send_nothing).start()

    async def _watch(self, request: Request) -> Response:
        offer = (await request.body()).decode()
        self.offers.append(offer)
        if self.rejection is not None:
            return PlainTextResponse(self.rejection, 404)
        peer = RTCPeerConnection()
        peer.addTrack(FilmTrack(*self.size))
        peer.addTrack(ToneTrack())
        head, mark, tail = offer.partition("a=ice-ufrag")
        await peer.setRemoteDescription(RTCSessionDescription(head + NOBODY + mark + tail, "offer"))
        await peer.setLocalDescription(await peer.createAnswer())
        resource = secrets.token_urlsafe(8)
        self.peers[resource] = peer
        location = f"{request.url.path}/{resource}"
        return Response(peer.localDescription.sdp, 201, {"Location": location}, media_type="application/sdp")

    async def _layer(self, request: Request) -> Response:
        if request.method == "PUT":
            choice = msgspec.json.decode(await request.body(), type=ChosenLayer)
            self.chosen.append(choice)
            self.layer = msgspec.structs.replace(self.layer, choice=choice.height)
        return Response(msgspec.json.encode(self.layer), media_type="application/json")

    async def _leave(self, request: Request) -> Response:
        resource = request.path_params["resource"]
        self.deleted.append(resource)
        if peer := self.peers.pop(resource, None):
            await peer.close()
        return Response(status_code=200)
