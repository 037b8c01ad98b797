"""The head of a room's page: what browsers call it, and what previews of its link show."""

from html import escape
from typing import Final

from starlette.requests import Request

from backend.contract.protocol import Snapshot

PROGRAM: Final = "Livestall"
PLAIN_HEAD: Final = f"<title>{PROGRAM}</title>"


def room_head(request: Request, room: str, snapshot: Snapshot) -> str:
    """Return title and meta elements; all that the host wrote is text in them, never markup.

    Programs that draw previews take whole addresses alone (https://ogp.me): they are made of the name by
    which the page was asked for.
    """
    profile, root = snapshot.profile, request.scope["root_path"]
    title = profile.title or snapshot.title or PROGRAM
    properties = {
        "og:type": "website",
        "og:site_name": PROGRAM,
        "og:title": title,
        "og:url": _address(request, f"{root}/r/{room}"),
    }
    if profile.notice:
        properties["og:description"] = profile.notice
    if picture := profile.cover or profile.avatar:
        properties["og:image"] = _address(request, f"{root}{picture.path}")
    names = {"twitter:card": "summary_large_image" if profile.cover else "summary"}
    if profile.notice:
        names["description"] = profile.notice
    return "".join(
        (
            f"<title>{escape(title)} · {PROGRAM}</title>",
            *(f'<meta property="{name}" content="{escape(value)}">' for name, value in properties.items()),
            *(f'<meta name="{name}" content="{escape(value)}">' for name, value in names.items()),
        )
    )


def _address(request: Request, path: str) -> str:
    return str(request.url.replace(path=path, query="", fragment=""))
