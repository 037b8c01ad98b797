import httpx
import pytest

from backend.contract.audit import AuditKind
from backend.contract.base import Role
from backend.contract.gifts import Gift, GiftEffect
from backend.contract.http import Admission, Problem, Redemption
from studio.connection.room_http import Place, RejectedError, RoomHttp
from tests.studio.fakes import FakeRoom
from tests.widgets.audit import audit_line
from tests.widgets.products import SHELF


async def test_the_host_is_let_in(room: FakeRoom) -> None:
    async with RoomHttp(room.place) as http:
        admission = await http.enter()

    assert admission.role is Role.HOST
    assert room.place.socket_address(admission) == (
        room.place.url.replace("http", "ws") + "/ws/rooms/main?ticket=ticket-1"
    )


async def test_a_wrong_token_is_told_in_the_backends_words(room: FakeRoom) -> None:
    async with RoomHttp(Place(room.place.url, "main", "wrong")) as http:
        with pytest.raises(RejectedError, match=r"The token is not valid\."):
            await http.enter()


async def test_an_unknown_room_is_a_refusal_and_a_sick_backend_is_not(room: FakeRoom) -> None:
    async with RoomHttp(room.place) as http:
        room.rejection = (404, Problem("not_found", "No such room."))
        with pytest.raises(RejectedError):
            await http.enter()
        room.rejection = (503, Problem("unavailable", "Later."))
        with pytest.raises(httpx.HTTPStatusError):
            await http.enter()


async def test_the_gifts_come_as_the_room_lists_them(room: FakeRoom) -> None:
    room.gifts = [Gift("rose", "玫瑰", "Rose", 1, GiftEffect.BANNER, "")]
    async with RoomHttp(room.place) as http:
        assert await http.gifts() == room.gifts


async def test_the_catalogue_keeps_its_order(room: FakeRoom) -> None:
    room.products = SHELF
    async with RoomHttp(room.place) as http:
        assert await http.catalog() == SHELF


async def test_a_picture_that_is_too_large_is_left_out(
    room: FakeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.connection.room_http.MAX_PICTURE_BYTES", 3)
    room.pictures = {"small.svg": b"abc", "large.svg": b"abcd"}
    async with RoomHttp(room.place) as http:
        assert await http.picture("/media/products/small.svg") == b"abc"
        assert await http.picture("/media/products/large.svg") == b""


@pytest.mark.parametrize(
    ("url", "is_local"),
    [("http://127.0.0.1:8787", True), ("http://[::1]:1", True), ("https://shop.example", False)],
)
def test_a_backend_on_this_computer_is_reached_without_a_proxy(url: str, is_local: bool) -> None:  # noqa: FBT001
    assert Place(url, "main", "t").is_local == is_local


def test_a_secure_backend_has_a_secure_socket() -> None:
    admission = Admission("t", Role.HOST, "h", "a b", "/ws/rooms/main", "/whep/main")

    address = Place("https://shop.example", "main", "t").socket_address(admission)
    assert address == "wss://shop.example/ws/rooms/main?ticket=a+b"
    below = Place("https://shop.example/live", "main", "t").socket_address(admission)
    assert below == "wss://shop.example/live/ws/rooms/main?ticket=a+b"


async def test_a_code_makes_an_assistant(room: FakeRoom) -> None:
    async with RoomHttp(Place(room.place.url, "main", "")) as http:
        admission = await http.redeem("7KQ2M-04XRT", "Wang")

    assert admission.role is Role.ASSISTANT
    assert room.redemptions == [Redemption("7KQ2M-04XRT", "Wang")]


@pytest.mark.parametrize(("status", "wait", "expected"), [(403, "", 0), (429, "7", 7), (429, "soon", 0)])
async def test_a_refused_code_says_how_and_how_long_to_wait(
    room: FakeRoom, status: int, wait: str, expected: int
) -> None:
    room.rejection = (status, Problem("x", "Not so."))
    room.retry_after = wait
    async with RoomHttp(Place(room.place.url, "main", "")) as http:
        with pytest.raises(RejectedError, match=r"Not so\.") as caught:
            await http.redeem("7KQ2M-04XRT", "Wang")

    assert (caught.value.status, caught.value.retry_after_s) == (status, expected)


async def test_the_audit_log_comes_by_pages(room: FakeRoom) -> None:
    room.audit = [audit_line("price", number=number) for number in (5, 4, 2)]
    async with RoomHttp(room.place) as http:
        first = await http.audit_page([AuditKind.PRODUCT, AuditKind.MONEY], None)
        assert [line.number for line in first.lines] == [5, 4]
        rest = await http.audit_page([AuditKind.PRODUCT], first.next_before)

    assert (rest.lines, rest.next_before) == (room.audit[2:], None)
    assert room.audit_asked == [{"kind": "product,money"}, {"kind": "product", "before": "4"}]


async def test_the_audit_log_comes_as_a_table_byte_for_byte(room: FakeRoom) -> None:
    room.audit_table = "\ufeffnumber,what\r\n1,价格\r\n".encode()
    async with RoomHttp(room.place) as http:
        assert await http.audit_csv([AuditKind.PRODUCT]) == room.audit_table
    assert room.audit_asked == [{"kind": "product", "format": "csv"}]


async def test_the_audit_log_is_refused_to_who_is_not_the_host(room: FakeRoom) -> None:
    async with RoomHttp(Place(room.place.url, "main", "an assistant's")) as http:
        with pytest.raises(RejectedError, match="is the host's"):
            await http.audit_page(AuditKind, None)
