import pytest
from starlette.requests import Request

from backend.contract.live import Live, LivePhase, Presence
from backend.contract.profile import RoomProfile, SetRoomProfile
from backend.contract.protocol import Snapshot
from backend.http.room_page import room_head
from backend.shop.catalog.pictures.names import picture_of
from tests.backend.running import RunningBackend

FACE, SHELF = "ab" * 20 + ".webp", "cd" * 20 + ".webp"


def request(root: str = "") -> Request:
    return Request(
        {
            "type": "http",
            "scheme": "https",
            "server": ("shop.example", 443),
            "path": f"{root}/r/main",
            "root_path": root,
            "query_string": b"from=qr",
            "headers": [(b"host", b"shop.example")],
        }
    )


def head(profile: RoomProfile, root: str = "") -> str:
    snapshot = Snapshot("", 0, "直播间", Live(LivePhase.PREVIEW), None, Presence(0, 0), profile=profile)
    return room_head(request(root), "main", snapshot)


def test_a_preview_of_the_link_has_title_notice_and_cover_by_whole_addresses() -> None:
    made = head(RoomProfile("青禾生活", "今晚包邮", picture_of(FACE), picture_of(SHELF)), "/live")
    assert made.startswith("<title>青禾生活 · Livestall</title>")
    assert '<meta property="og:title" content="青禾生活">' in made
    assert '<meta property="og:description" content="今晚包邮">' in made
    assert '<meta property="og:url" content="https://shop.example/live/r/main">' in made
    image = f"https://shop.example/live/media/products/{SHELF}"
    assert f'<meta property="og:image" content="{image}">' in made


def test_without_a_cover_the_avatar_stands_in_previews_and_without_both_nothing() -> None:
    assert f'/media/products/{FACE}">' in head(RoomProfile(avatar=picture_of(FACE)))
    plain = head(RoomProfile())
    assert "og:image" not in plain
    assert "og:description" not in plain
    assert "<title>直播间 · Livestall</title>" in plain


@pytest.mark.parametrize(
    "text", ['"><script>alert(1)</script>', "</title><img src=x onerror=alert(1)>", "'&"]
)
def test_what_the_host_wrote_is_never_markup_in_the_page(text: str) -> None:
    made = head(RoomProfile(text, text))
    assert "<script" not in made
    assert "<img" not in made
    assert made.count("</title>") == 1
    assert "&#x27;&amp;" in made or "&lt;" in made


async def test_the_page_is_named_by_the_profile_as_soon_as_it_is_set(backend: RunningBackend) -> None:
    before = await backend.http.get("/r/main")
    assert "{{" not in before.text
    async with backend.host() as host:
        await host.act(SetRoomProfile(1, "<b>青禾</b>", "今晚包邮"))
    page = await backend.http.get("/r/main")
    assert "<title>&lt;b&gt;青禾&lt;/b&gt; · Livestall</title>" in page.text
    assert page.headers["etag"] != before.headers["etag"]
    unknown = await backend.http.get("/r/nowhere")
    assert (unknown.status_code, "<title>Livestall</title>" in unknown.text) == (404, True)
