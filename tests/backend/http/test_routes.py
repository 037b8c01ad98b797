"""The whole path over real sockets: enter, ticket, socket, commands, events; and who is kept out."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.contract.base import RejectReason, Role
from backend.contract.cards import CardHidden, CardShown, HideCard, ShowCard
from backend.contract.chat import SendDanmu
from backend.contract.http import Problem
from backend.contract.live import LiveChanged, LivePhase, PresenceChanged
from backend.contract.problems import ProblemDetails
from backend.contract.protocol import (
    Accepted,
    Act,
    Join,
    Rejected,
    Reliable,
    Resumed,
    Sampled,
    Snapshot,
    encode,
)
from backend.contract.shop import Catalog
from backend.features.live.live import RecordPublisher
from backend.http.qr import qr_svg
from backend.log.entries import Joined, StreamBegan
from backend.log.event_log import EventLog
from backend.options import ServeOptions
from backend.public_names import read_name
from tests.backend.kinds import as_type
from tests.backend.running import Client, RunningBackend, running_backend
from tests.support.migrated import open_migrated


def problem_of(response: httpx.Response) -> Problem:
    return msgspec.json.decode(response.content, type=Problem)


async def test_a_card_the_host_shows_reaches_every_viewer(backend: RunningBackend) -> None:
    async with backend.host() as host, backend.client() as viewer:
        assert as_type(Snapshot, await viewer.join()).card is None
        assert isinstance(await host.act(ShowCard("demo-tea")), Accepted)
        shown = as_type(CardShown, await viewer.hears(CardShown))
        assert (shown.card.product.number, shown.card.product.price_minor) == (1, 16800)
        await host.act(HideCard())
        await viewer.hears(CardHidden)


async def test_a_late_joiner_sees_the_card_too(backend: RunningBackend) -> None:
    async with backend.host() as host:
        await host.act(ShowCard("demo-hoodie"))
        async with backend.client() as viewer:
            card = as_type(Snapshot, await viewer.join()).card
            assert card is not None
            assert card.product.product_id == "demo-hoodie"


async def test_who_lost_the_line_gets_exactly_what_was_missed(backend: RunningBackend) -> None:
    async with backend.host() as host:
        async with backend.client() as viewer:
            snapshot = as_type(Snapshot, await viewer.join())
            await host.act(ShowCard("demo-tea"))
            seen = (await viewer.next_event()).seq
        for command in (HideCard(), ShowCard("demo-hoodie"), HideCard()):
            await host.act(command)
        async with backend.client() as viewer:
            resumed = as_type(Resumed, await viewer.join(snapshot.epoch, seen))
            missed = [await viewer.next_event() for _ in range(resumed.seq - seen)]
            assert [event.seq for event in missed] == [seen + 1, seen + 2, seen + 3]
            assert [type(event.event) for event in missed] == [CardHidden, CardShown, CardHidden]
            await host.act(ShowCard("demo-tea"))
            assert (await viewer.next_event()).seq == seen + 4


async def test_an_unknown_product_is_told_to_the_host_alone(backend: RunningBackend) -> None:
    async with backend.host() as host, backend.client() as viewer:
        await viewer.join()
        assert as_type(Rejected, await host.act(ShowCard("nope"))).reason is RejectReason.UNKNOWN_PRODUCT
        await host.act(ShowCard("demo-tea"))
        assert (await viewer.next_event()).seq == 1


async def test_a_viewers_command_is_refused(backend: RunningBackend) -> None:
    async with backend.client() as viewer:
        await viewer.join()
        assert as_type(Rejected, await viewer.act(ShowCard("demo-tea"))).reason is RejectReason.FORBIDDEN


async def test_a_stream_that_comes_is_told_to_all(backend: RunningBackend) -> None:
    async with backend.client() as viewer:
        await viewer.join()
        backend.backend.local["main"].report(RecordPublisher(is_publishing=True))
        live = as_type(LiveChanged, await viewer.hears(LiveChanged)).live
        assert (live.phase, live.is_publishing) == (LivePhase.LIVE, True)


async def test_viewers_are_counted_by_person_and_the_host_is_not_one(backend: RunningBackend) -> None:
    async with backend.host() as host, backend.client() as viewer:
        await viewer.join()
        while not isinstance(message := await host.next(), Sampled):
            pass
        (changed,) = message.events
        assert as_type(PresenceChanged, changed).presence.viewers == 1
        async with backend.client((await backend.enter()).token) as second:
            assert as_type(Snapshot, await second.join()).presence.viewers == 1


async def test_the_log_knows_where_somebody_came_from_and_how_far_the_stream_was(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, backend.host() as host:
        backend.backend.local["main"].report(RecordPublisher(is_publishing=True))
        await host.hears(LiveChanged)
        for source in ("qr", "%3Cscript%3E"):
            url = f"{backend.socket_url(await backend.enter())}&from={source}"
            async with connect(url, compression=None, proxy=None) as socket:
                await Client(socket).join()
        await host.act(SendDanmu("到了"))
    database = open_migrated(tmp_path)
    records = list(EventLog(database, "main").after(0))
    database.close()

    entered = [record for record in records if isinstance(record.entry, Joined)]
    assert [record.entry.source for record in entered if isinstance(record.entry, Joined)] == ["qr", ""]
    began = next(record for record in records if isinstance(record.entry, StreamBegan))
    assert began.media_ms == 0
    assert [record.media_ms for record in entered] == [record.at_ms - began.at_ms for record in entered]


async def test_a_room_draws_the_code_of_its_own_link(backend: RunningBackend) -> None:
    drawing = await backend.http.get("/r/main/qr.svg")
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert drawing.content == qr_svg(f"http://{backend.address}/r/main?from=qr")
    assert "private" in drawing.headers["cache-control"]
    assert (await backend.http.get("/r/nowhere/qr.svg")).status_code == 404


# --- Coming in ---


async def test_a_guest_stays_the_same_guest_by_its_token(backend: RunningBackend) -> None:
    first = await backend.enter()
    again = await backend.enter(first.token)
    other = await backend.enter()
    assert first.role is Role.VIEWER
    assert (again.user_id, again.token) == (first.user_id, first.token)
    assert again.ticket != first.ticket
    assert other.user_id != first.user_id


async def test_the_host_comes_in_as_the_host(backend: RunningBackend) -> None:
    admission = await backend.enter(backend.signer.host("main"))
    assert admission.role is Role.HOST
    assert (admission.socket_path, admission.whep_path) == ("/ws/rooms/main", "/whep/main")


@pytest.mark.parametrize("token", ["nonsense", "a.b.c"])
async def test_a_wrong_token_is_told_and_not_taken_for_a_guest(backend: RunningBackend, token: str) -> None:
    response = await backend.http.post("/api/rooms/main/enter", headers={"Authorization": f"Bearer {token}"})
    assert (response.status_code, problem_of(response).error) == (401, "bad_token")
    assert response.headers["www-authenticate"] == "Bearer"


async def test_a_used_ticket_is_refused(backend: RunningBackend) -> None:
    admission = await backend.enter()
    async with connect(backend.socket_url(admission), compression=None, proxy=None):
        pass
    with pytest.raises(InvalidStatus) as refused:
        await connect(backend.socket_url(admission), proxy=None)
    assert refused.value.response.status_code == 403
    assert b"bad_ticket" in (refused.value.response.body or b"")


@pytest.mark.parametrize("query", ["", "?ticket=", "?ticket=made-up"])
async def test_without_a_ticket_there_is_no_socket(backend: RunningBackend, query: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"ws://{backend.address}/ws/rooms/main{query}", proxy=None)
    assert refused.value.response.status_code == 403


async def test_a_socket_of_a_foreign_page_is_refused_and_the_ticket_is_not_spent(
    backend: RunningBackend,
) -> None:
    url = backend.socket_url(await backend.enter())
    for origin in ("http://evil.example", "null", f"http://{backend.address}.evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            await connect(url, additional_headers={"Origin": origin}, proxy=None)
        assert refused.value.response.status_code == 403
    own = {"Origin": f"http://{backend.address}"}
    async with connect(url, additional_headers=own, compression=None, proxy=None):
        pass


async def test_a_room_that_is_not_there_is_a_404_everywhere(backend: RunningBackend) -> None:
    for method, path in (
        ("POST", "/api/rooms/nope/enter"),
        ("GET", "/api/rooms/nope/products"),
        ("GET", "/api/rooms/nope/stats"),
    ):
        response = await backend.http.request(method, path)
        assert (response.status_code, problem_of(response).error) == (404, "not_found")
    assert (await backend.http.get("/r/nope")).status_code == 404
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"ws://{backend.address}/ws/rooms/nope?ticket=x", proxy=None)
    assert refused.value.response.status_code == 404


@pytest.fixture
async def busy_backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    options = ServeOptions(enters_per_second=0.5, enters_at_once=2)
    async with running_backend(tmp_path, options) as running:
        yield running


async def test_too_many_enters_of_one_address_are_told_when_to_come_again(
    busy_backend: RunningBackend,
) -> None:
    for _ in range(2):
        await busy_backend.enter()
    response = await busy_backend.http.post("/api/rooms/main/enter")
    assert (response.status_code, problem_of(response).error) == (429, "too_fast")
    assert response.headers["retry-after"] == "2"


async def enter_through_proxy(backend: RunningBackend, viewer: str) -> int:
    told = {"X-Forwarded-For": viewer, "X-Forwarded-Proto": "https"}
    return (await backend.http.post("/api/rooms/main/enter", headers=told)).status_code


@pytest.mark.parametrize("host", ["127.0.0.1", "::"])
async def test_behind_a_trusted_proxy_each_viewer_has_a_pace_of_its_own(tmp_path: Path, host: str) -> None:
    options = ServeOptions(enters_per_second=0.01, enters_at_once=1, trusted_proxies=("127.0.0.1/32",))
    async with running_backend(tmp_path, options, host) as backend:
        codes = [await enter_through_proxy(backend, f"203.0.113.{number}") for number in range(20)]
        assert codes == [200] * 20
        assert await enter_through_proxy(backend, "203.0.113.7") == 429
        # What a viewer wrote into the header itself stands left of what the proxy saw.
        assert await enter_through_proxy(backend, "198.51.100.1, 203.0.113.7") == 429


async def test_a_stranger_is_not_believed_where_it_comes_from(busy_backend: RunningBackend) -> None:
    codes = [await enter_through_proxy(busy_backend, f"203.0.113.{number}") for number in range(3)]

    assert codes == [200, 200, 429]


async def test_behind_a_trusted_proxy_the_code_is_of_the_link_that_viewers_use(tmp_path: Path) -> None:
    options = ServeOptions(
        trusted_proxies=("127.0.0.1/32",), prefix="/live", names=(read_name("shop.example.com"),)
    )
    async with running_backend(tmp_path, options) as backend:
        told = {"Host": "shop.example.com", "X-Forwarded-Proto": "https"}
        drawing = await backend.http.get("/live/r/main/qr.svg", headers=told)
        assert drawing.content == qr_svg("https://shop.example.com/live/r/main?from=qr")


async def test_the_api_refuses_with_problem_details(backend: RunningBackend) -> None:
    response = await backend.http.get("/api/v1/nowhere")
    problem = msgspec.json.decode(response.content, type=ProblemDetails)
    assert (response.status_code, problem.status, problem.type) == (404, 404, "not_found")
    assert response.headers["content-type"] == "application/problem+json"


# --- Bad behaviour on the socket ---


async def test_a_message_that_is_too_big_ends_the_connection(backend: RunningBackend) -> None:
    async with backend.client() as viewer:
        await viewer.join()
        await viewer.socket.send("x" * (16 * 1024 + 1))
        assert await viewer.close_code() == 1009


async def test_nonsense_ends_the_connection_after_a_while(backend: RunningBackend) -> None:
    async with backend.client() as viewer:
        await viewer.join()
        for _ in range(5):
            await viewer.socket.send("{}")
        assert await viewer.close_code() == 1008


async def test_binary_messages_are_as_good_as_text(backend: RunningBackend) -> None:
    async with backend.client(backend.signer.host("main")) as host:
        await host.next()
        await host.socket.send(encode(Join()))
        await host.socket.send(encode(Act(1, ShowCard("demo-tea"))))
        kinds: set[type] = set()
        while not kinds >= {Snapshot, Accepted, Reliable}:
            kinds.add(type(await host.next()))


async def test_a_viewer_who_leaves_in_the_middle_of_everything_harms_nobody(backend: RunningBackend) -> None:
    async with backend.host() as host, backend.client() as viewer:
        await viewer.join()
        for _ in range(10):
            admission = await backend.enter(backend.signer.host("main"))
            rude = await connect(backend.socket_url(admission), compression=None, proxy=None)
            await rude.send(encode(Join()))
            await rude.send(encode(Act(1, ShowCard("demo-tea"))))
            rude.transport.abort()
        await host.act(HideCard())
        await viewer.hears(CardHidden)


# --- Over HTTP ---


async def test_the_shop_lists_its_products_in_the_hosts_order(backend: RunningBackend) -> None:
    response = await backend.http.get("/api/rooms/main/products")
    products = msgspec.json.decode(response.content, type=Catalog).products
    assert [product.number for product in products] == [1, 2, 3, 4, 5]
    assert response.headers["cache-control"] == "no-store"


async def test_every_product_has_its_picture(backend: RunningBackend) -> None:
    listed = await backend.http.get("/api/rooms/main/products")
    for product in msgspec.json.decode(listed.content, type=Catalog).products:
        picture = await backend.http.get(product.image_url)
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/svg+xml")
        assert "sandbox" in picture.headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["nope.svg", "..%2F..%2Fpyproject.toml", "%2Fetc%2Fpasswd", "tea.svg%00", "a.py"]
)
async def test_no_other_file_can_be_had_as_a_picture(backend: RunningBackend, name: str) -> None:
    assert (await backend.http.get(f"/media/products/{name}")).status_code == 404


async def test_a_shops_own_picture_is_served_from_its_data_folder(
    backend: RunningBackend, tmp_path: Path
) -> None:
    (tmp_path / "products").mkdir()
    (tmp_path / "products" / "mug.png").write_bytes(b"\x89PNG")
    response = await backend.http.get("/media/products/mug.png")
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")


async def test_the_front_door_leads_to_the_room(backend: RunningBackend) -> None:
    response = await backend.http.get("/")
    assert (response.status_code, response.headers["location"]) == (307, "/r/main")


async def test_the_pulse_can_be_felt(backend: RunningBackend) -> None:
    assert (await backend.http.get("/healthz")).text == "ok"


async def test_the_relays_numbers_are_the_hosts(backend: RunningBackend) -> None:
    guest = (await backend.enter()).token
    for token, status in ((None, 401), ("x", 401), (guest, 403), (backend.signer.host("main"), 503)):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        for numbers in ("stats", "lines"):
            response = await backend.http.get(f"/api/rooms/main/{numbers}", headers=headers)
            assert response.status_code == status


@pytest.mark.parametrize("path", ["/nope", "/api/rooms/main/nope", "/player/0/main.js"])
async def test_what_is_not_there_is_a_problem_in_json(backend: RunningBackend, path: str) -> None:
    response = await backend.http.get(path)
    assert (response.status_code, problem_of(response).error) == (404, "not_found")


async def test_pages_of_other_origins_may_read_why_media_is_refused(backend: RunningBackend) -> None:
    for path in ("/whip/nope/a/b", "/whep/"):
        response = await backend.http.post(path)
        assert response.headers["access-control-allow-origin"] == "*", path
    assert "access-control-allow-origin" not in (await backend.http.post("/api/nope")).headers


async def test_the_wrong_method_is_told_the_right_one(backend: RunningBackend) -> None:
    response = await backend.http.get("/api/rooms/main/enter")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
