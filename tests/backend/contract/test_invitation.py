import pytest

from backend.contract.invitation import RoomLink, code_digest, link_with, new_code, read_code, read_link


def test_codes_differ_and_are_easy_to_read_out() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 11 and code[5] == "-" and not set(code) & set("ILOU") for code in codes)


def test_a_code_is_the_same_however_it_is_typed() -> None:
    assert read_code(" 7kq2m o4xrt ") == read_code("7KQ2M-04XRT") == "7KQ2M04XRT"
    assert read_code("Il111-00000") == "1111100000"
    for text in ("", "7KQ2M", "7KQ2M-04XR!", "7KQ2M-04XRTT"):
        assert read_code(text) is None


def test_a_digest_tells_codes_and_rooms_apart() -> None:
    assert code_digest("7kq2m o4xrt", "main") == code_digest("7KQ2M-04XRT", "main")
    assert len({code_digest(code, room) for code in ("7KQ2M-04XRT", "7KQ2M-04XRS") for room in "ab"}) == 4
    with pytest.raises(ValueError, match="a code of 10"):
        code_digest("nonsense", "main")


def test_a_link_keeps_its_code_where_no_server_sees_it() -> None:
    assert link_with("http://shop:8787/r/main", "7KQ2M-04XRT") == "http://shop:8787/r/main#assist=7KQ2M-04XRT"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("http://shop:8787/r/main", RoomLink("http://shop:8787", "main")),
        (" https://live.shop.cn/r/tea/?src=qr ", RoomLink("https://live.shop.cn", "tea")),
        ("https://shop.cn/live/r/tea", RoomLink("https://shop.cn/live", "tea")),
        ("192.168.1.5:8787", RoomLink("http://192.168.1.5:8787", "main")),
        ("http://[::1]:8787/", RoomLink("http://[::1]:8787", "main")),
        ("http://shop/r/main#other=7KQ2M-04XRT", RoomLink("http://shop", "main")),
    ],
)
def test_a_link_says_where_a_room_is(text: str, link: RoomLink) -> None:
    assert read_link(text) == link


def test_a_link_with_a_code_is_read_as_it_was_made() -> None:
    link = link_with("http://shop:8787/r/main", "7KQ2M-04XRT")
    assert read_link(link) == RoomLink("http://shop:8787", "main", "7KQ2M-04XRT")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ftp://shop/r/main",
        "http://",
        "http://shop/r/",
        "http://shop/r/a/b",
        "http://shop/api",
        "http://host:secret@shop/r/main",
        "http://shop:99999/r/main",
        "http://shop:x/r/main",
        "http://[shop/r/main",
        "the room of Ann",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_a_room_is_no_link(text: str) -> None:
    assert read_link(text) is None
