from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from backend.contract.stream import ChosenLayer, ViewerLayer
from backend.limits import OfferPace
from backend.relay.doors import PublishDenial, show_doors
from backend.relay.http import relay_routes
from backend.relay.messages import PeerRole
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.sdp import MAX_SDP_BYTES
from backend.relay.succession import HOST_PARTY, Contender, taken_over_by

SDP = {"Content-Type": "application/sdp"}
TRICKLE = {"Content-Type": "application/trickle-ice-sdpfrag"}
HOST = {"Authorization": "Bearer host"}


OBS = Contender("key:1", "OBS")


class FakeRelay:
    """Accepts what it is told to."""

    def __init__(self) -> None:
        self.offers: list[tuple[str, PeerRole, str]] = []
        self.addresses: list[str] = []
        self.contenders: list[Contender] = []
        self.outcome: Answer | RelayProblem = Answer("resource-1", "v=0 the answer")
        self.removed: list[tuple[str, str]] = []
        self.fragments: list[str] = []
        self.chosen: list[tuple[str, str, ChosenLayer | None]] = []
        self.problem: RelayProblem | None = None

    async def offer(
        self, room: str, role: PeerRole, sdp: str, address: str = "", by: Contender = OBS
    ) -> Answer | RelayProblem:
        self.addresses.append(address)
        self.offers.append((room, role, sdp))
        self.contenders.append(by)
        return self.outcome

    async def remove(self, room: str, resource_id: str) -> RelayProblem | None:
        self.removed.append((room, resource_id))
        return self.problem

    async def trickle(self, room: str, resource_id: str, fragment: str) -> RelayProblem | None:
        self.fragments.append(fragment)
        return self.problem

    async def layer(
        self, room: str, resource_id: str, choice: ChosenLayer | None = None
    ) -> ViewerLayer | RelayProblem:
        self.chosen.append((room, resource_id, choice))
        return self.problem or ViewerLayer(
            [720, 360], 360, choice.height if choice else None, is_held_down=True
        )


async def authorize(room: str, token: str | None) -> Contender | PublishDenial:
    assert room == "shop"
    known: dict[str, Contender | PublishDenial] = {
        "host": Contender(HOST_PARTY),
        "key": OBS,
        "viewer": PublishDenial.FORBIDDEN,
    }
    return known.get(token or "", PublishDenial.UNAUTHORIZED)


@pytest.fixture
def relay() -> FakeRelay:
    return FakeRelay()


@pytest.fixture
async def client(relay: FakeRelay) -> AsyncIterator[httpx.AsyncClient]:
    routes = relay_routes(
        relay,
        show_doors(authorize, lambda room: room == "shop"),
        OfferPace(per_second=0.5, at_once=5),
        lambda request: request.headers.get("x-from", "somewhere"),
    )
    app = Starlette(routes=routes)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://relay") as one:
        yield one


def problem(reply: httpx.Response) -> str:
    told = reply.json()
    assert set(told) == {"error", "message"}
    assert told["message"].endswith((".", ">."))
    assert reply.headers["access-control-allow-origin"] == "*"
    return str(told["error"])


async def test_a_viewer_posts_an_offer_and_gets_an_answer(
    client: httpx.AsyncClient, relay: FakeRelay
) -> None:
    reply = await client.post("/whep/shop", content="v=0 an offer", headers=SDP)
    assert (reply.status_code, reply.text) == (201, "v=0 the answer")
    assert reply.headers["content-type"].startswith("application/sdp")
    assert reply.headers["location"] == "/whep/shop/resource-1"
    assert reply.headers["etag"].startswith('"')
    assert "resource-1" not in reply.headers["etag"]
    assert relay.offers == [("shop", PeerRole.SUBSCRIBER, "v=0 an offer")]


async def test_a_session_lies_below_the_path_under_which_it_was_asked_for(relay: FakeRelay) -> None:
    app = Starlette(routes=relay_routes(relay, show_doors(authorize, lambda room: room == "shop")))
    transport = httpx.ASGITransport(app, root_path="/live")
    async with httpx.AsyncClient(transport=transport, base_url="http://relay") as client:
        reply = await client.post("/live/whep/shop", content="v=0 an offer", headers=SDP)

    assert reply.headers["location"] == "/live/whep/shop/resource-1"


async def test_pages_of_other_origins_may_play(client: httpx.AsyncClient) -> None:
    for path in ("/whep/shop", "/whip/shop", "/whep/shop/x"):
        reply = await client.options(path)
        assert reply.status_code == 204
        assert reply.headers["access-control-allow-origin"] == "*"
        assert {"POST", "PATCH", "DELETE"} <= set(reply.headers["access-control-allow-methods"].split(", "))
        assert "Authorization" in reply.headers["access-control-allow-headers"]
        assert reply.headers["accept-post"] == "application/sdp"
    reply = await client.post("/whep/shop", content="v=0", headers=SDP)
    assert "Location" in reply.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    ("headers", "status", "error"),
    [
        ({}, 401, "unauthorized"),
        ({"Authorization": "Bearer forged"}, 401, "unauthorized"),
        ({"Authorization": "Basic host"}, 401, "unauthorized"),
        ({"Authorization": "Bearer"}, 401, "unauthorized"),
        ({"Authorization": "Bearer viewer"}, 403, "forbidden"),
    ],
)
async def test_publishing_needs_the_right_token(
    client: httpx.AsyncClient, relay: FakeRelay, headers: dict[str, str], status: int, error: str
) -> None:
    reply = await client.post("/whip/shop", content="v=0", headers=SDP | headers)
    assert (reply.status_code, problem(reply)) == (status, error)
    assert ("www-authenticate" in reply.headers) == (status == 401)
    assert relay.offers == []


async def test_the_studio_says_which_it_is_and_that_it_takes_over(
    client: httpx.AsyncClient, relay: FakeRelay
) -> None:
    for told in ({}, {"Livestall-Studio": "a1"}, {"Livestall-Studio": "a1", "Livestall-Take-Over": "1"}):
        await client.post("/whip/shop", content="v=0", headers=SDP | HOST | told)
    await client.post("/whip/shop", content="v=0", headers=SDP | HOST | {"Livestall-Studio": "a b"})
    assert relay.contenders == [
        Contender("host"),
        Contender("host/a1"),
        Contender("host/a1", takes_over=True),
        Contender("host"),
    ]


async def test_a_stream_key_cannot_say_that_it_takes_over(
    client: httpx.AsyncClient, relay: FakeRelay
) -> None:
    told = {"Authorization": "Bearer key", "Livestall-Studio": "a1", "Livestall-Take-Over": "1"}
    await client.post("/whip/shop", content="v=0", headers=SDP | told)
    assert relay.contenders == [OBS]


async def test_the_displaced_one_is_told_who_took_over(client: httpx.AsyncClient, relay: FakeRelay) -> None:
    relay.outcome = taken_over_by(OBS)
    reply = await client.post("/whip/shop", content="v=0", headers=SDP | HOST)
    assert (reply.status_code, reply.headers["retry-after"]) == (409, "5")
    assert (reply.json()["error"], reply.json()["by"]) == ("taken_over", "OBS")


async def test_a_host_publishes(client: httpx.AsyncClient, relay: FakeRelay) -> None:
    reply = await client.post("/whip/shop", content="v=0", headers=SDP | {"Authorization": "bearer host"})
    assert (reply.status_code, reply.headers["location"]) == (201, "/whip/shop/resource-1")
    assert relay.offers[0][1] is PeerRole.PUBLISHER


async def test_a_room_that_is_not_there_is_not_found(client: httpx.AsyncClient) -> None:
    for method, path in (("POST", "/whep/nowhere"), ("POST", "/whip/nowhere"), ("DELETE", "/whep/nowhere/x")):
        reply = await client.request(method, path, content="v=0", headers=SDP | HOST)
        assert (reply.status_code, problem(reply)) == (404, "unknown_room")


async def test_other_content_is_refused_by_its_type(client: httpx.AsyncClient) -> None:
    for headers in ({"Content-Type": "application/json"}, {}):
        reply = await client.post("/whep/shop", content="{}", headers=headers)
        assert (reply.status_code, problem(reply)) == (415, "unsupported_media_type")
        assert reply.headers["accept-post"] == "application/sdp"
    told = await client.post(
        "/whep/shop", content="v=0", headers={"Content-Type": "Application/SDP; charset=utf-8"}
    )
    assert told.status_code == 201


async def test_too_much_and_no_text_are_refused(client: httpx.AsyncClient, relay: FakeRelay) -> None:
    reply = await client.post("/whep/shop", content=b"v" * (MAX_SDP_BYTES + 1), headers=SDP)
    assert (reply.status_code, problem(reply)) == (413, "sdp_too_long")
    reply = await client.post("/whep/shop", content=b"v=0\xff\xfe", headers=SDP)
    assert (reply.status_code, problem(reply)) == (400, "malformed_sdp")
    assert relay.offers == []


async def test_a_refusal_of_the_relay_becomes_a_plain_answer(
    client: httpx.AsyncClient, relay: FakeRelay
) -> None:
    relay.outcome = RelayProblem(404, "no_stream", "Nobody has published yet.", retry_s=2)
    reply = await client.post("/whep/shop", content="v=0", headers=SDP)
    assert (reply.status_code, problem(reply), reply.headers["retry-after"]) == (404, "no_stream", "2")


@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_an_address_that_offers_too_often_is_told_to_wait_and_no_other(
    client: httpx.AsyncClient, relay: FakeRelay, method: str
) -> None:
    path, kind = ("/whep/shop", SDP) if method == "POST" else ("/whep/shop/x", TRICKLE)
    replies = [await client.request(method, path, content="v=0", headers=kind) for _ in range(7)]
    told = [reply for reply in replies if reply.status_code == 429]
    assert [reply.status_code for reply in replies[:5]] == [replies[0].status_code] * 5
    assert (len(told), problem(told[0]), told[0].headers["retry-after"]) == (2, "too_many_offers", "2")
    assert len(relay.offers) + len(relay.fragments) == 5
    other = await client.request(method, path, content="v=0", headers=kind | {"X-From": "elsewhere"})
    assert other.status_code == replies[0].status_code


async def test_viewers_who_offer_too_often_keep_no_publisher_out(
    client: httpx.AsyncClient, relay: FakeRelay
) -> None:
    for _ in range(7):
        await client.post("/whep/shop", content="v=0", headers=SDP)
    reply = await client.post("/whip/shop", content="v=0", headers=SDP | HOST)
    assert reply.status_code == 201
    assert set(relay.addresses) == {"somewhere"}


async def test_a_session_is_deleted_once(client: httpx.AsyncClient, relay: FakeRelay) -> None:
    reply = await client.delete("/whip/shop/resource-1")
    assert reply.status_code == 200
    assert relay.removed == [("shop", "resource-1")]
    relay.problem = RelayProblem(404, "unknown_resource", "There is no such session.")
    reply = await client.delete("/whip/shop/resource-1")
    assert (reply.status_code, problem(reply)) == (404, "unknown_resource")


async def test_candidates_are_accepted_under_the_right_tag(
    client: httpx.AsyncClient, relay: FakeRelay
) -> None:
    created = await client.post("/whep/shop", content="v=0", headers=SDP)
    url, tag = created.headers["location"], created.headers["etag"]
    for told in ({}, {"If-Match": tag}, {"If-Match": "*"}):
        reply = await client.patch(url, content="a=end-of-candidates", headers=TRICKLE | told)
        assert reply.status_code == 204
    reply = await client.patch(url, content="a=x", headers=TRICKLE | {"If-Match": '"another"'})
    assert (reply.status_code, problem(reply)) == (412, "etag_mismatch")
    assert relay.fragments[0] == "a=end-of-candidates"


async def test_a_restart_of_ice_and_other_patches_are_refused(
    client: httpx.AsyncClient, relay: FakeRelay
) -> None:
    relay.problem = RelayProblem(422, "no_ice_restart", "ICE cannot be restarted here.")
    reply = await client.patch(
        "/whep/shop/resource-1", content="a=ice-ufrag:new", headers=TRICKLE | {"If-Match": "*"}
    )
    assert (reply.status_code, problem(reply)) == (422, "no_ice_restart")
    reply = await client.patch("/whep/shop/resource-1", content="{}", headers=SDP)
    assert (reply.status_code, problem(reply)) == (415, "unsupported_media_type")


async def test_methods_that_mean_nothing_are_not_allowed(client: httpx.AsyncClient) -> None:
    for method, path in (
        ("GET", "/whep/shop"),
        ("PUT", "/whip/shop"),
        ("POST", "/whep/shop/x"),
        ("GET", "/whip/shop/x"),
    ):
        assert (await client.request(method, path)).status_code == 405


async def test_a_publisher_whose_token_ends_while_its_offer_comes_is_closed(relay: FakeRelay) -> None:
    outcomes: list[Contender | PublishDenial] = [Contender(HOST_PARTY), PublishDenial.UNAUTHORIZED]

    async def ends(_room: str, _token: str | None) -> Contender | PublishDenial:
        return outcomes.pop(0)

    app = Starlette(routes=relay_routes(relay, show_doors(ends, lambda _room: True)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://relay") as client:
        reply = await client.post("/whip/shop", content="v=0", headers=SDP | HOST)
    assert reply.status_code == 401
    assert relay.removed == [("shop", "resource-1")]


LAYER = "/whep/shop/resource-1/layer"


async def test_a_viewer_reads_which_layer_they_get(client: httpx.AsyncClient, relay: FakeRelay) -> None:
    reply = await client.get(LAYER)
    assert reply.status_code == 200
    assert reply.json() == {"heights": [720, 360], "height": 360, "choice": None, "is_held_down": True}
    assert reply.headers["access-control-allow-origin"] == "*"
    assert relay.chosen == [("shop", "resource-1", None)]


@pytest.mark.parametrize("height", [360, None])
async def test_a_viewer_chooses_a_layer_or_leaves_it_to_their_line(
    client: httpx.AsyncClient, relay: FakeRelay, height: int | None
) -> None:
    reply = await client.put(LAYER, json={"height": height})
    assert (reply.status_code, reply.json()["choice"]) == (200, height)
    assert relay.chosen == [("shop", "resource-1", ChosenLayer(height))]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"height": 0}', b'{"height": "360"}', b'{"height": 360, "x": 1}', b"\xff"]
)
async def test_a_choice_that_is_none_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, relay: FakeRelay, body: bytes
) -> None:
    reply = await client.put(LAYER, content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code == 400
    assert problem(reply) in ("malformed_choice", "malformed_sdp")
    assert relay.chosen == []


async def test_a_layer_of_a_session_that_is_none_is_not_found(
    client: httpx.AsyncClient, relay: FakeRelay
) -> None:
    relay.problem = RelayProblem(404, "unknown_resource", "There is no such session.")
    assert (await client.get(LAYER)).status_code == 404
    assert (await client.put(LAYER, json={"height": None})).status_code == 404
    assert (await client.get("/whip/shop/resource-1/layer")).status_code == 404


async def test_who_asks_for_layers_too_often_waits(client: httpx.AsyncClient) -> None:
    told = [(await client.get(LAYER)).status_code for _ in range(6)]
    assert told == [200] * 5 + [429]
    assert (await client.put(LAYER, json={"height": None})).status_code == 200
