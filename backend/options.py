"""How a backend runs."""

from pathlib import Path
from typing import Final, Literal

import msgspec

from backend.limits import ApiPace, HttpLimits, OfferPace, WebhookReach
from backend.public_names import PublicName

DEFAULT_ROOM: Final = "main"
Language = Literal["zh_CN", "en"]


class ServeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a backend runs.

    Attributes:
        data: where its data lives; None for the user's data folder.
        database: address of a PostgreSQL database (`postgresql://…`); None for a file in `data`.
        bus: address of a NATS server (`nats://…`) that joins several nodes; None for one alone.
        host: address to listen on.
        port: for pages (TCP) and media (UDP); 0 takes a free one.
        language: what the room and people without a name are called in; the same for all nodes.
        has_demo: put the demo products into rooms that have none.
        prints_ready_json: print a line of JSON when ready (`Ready`), or when it cannot start (`NotStarted`).
        has_secret_on_stdin: read the secret from the first line of stdin, and end when stdin closes.
        exit_after_seconds: stop by itself after so long; None for never.
        rooms: room ids; the first is where `/` leads.
        names: further host names to answer to, such as that of a proxy in front; the first is what viewers
            are given, and scheme and port are for that alone.
        trusted_proxies: networks whose word on where a request comes from is taken (`X-Forwarded-For`).
        prefix: path below which the backend lies for viewers, such as `/live`; empty for none.
        tls_cert, tls_key: PEM files for https; None for http.
        advertise: addresses of a router in front that sends our UDP port on to us.
        enters_per_second, enters_at_once: how often one address may enter a room.
        offers: how often one address may offer to watch, or to publish.
        api: how often one user, and one address, may use the API under /api/v1.
        hold_back_s: how long no new guest comes in from an address where one was put out; 0 for no time.
        webhooks: how far webhooks go that the shop sends.
        limits: what one connection, one address and one user may ask of the server.
    """

    data: Path | None = None
    database: str | None = None
    bus: str | None = None
    host: str = "127.0.0.1"
    port: int = 8787
    language: Language = "zh_CN"
    has_demo: bool = False
    prints_ready_json: bool = False
    has_secret_on_stdin: bool = False
    exit_after_seconds: float | None = None
    rooms: tuple[str, ...] = (DEFAULT_ROOM,)
    names: tuple[PublicName, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    prefix: str = ""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    advertise: tuple[str, ...] = ()
    enters_per_second: float = 20.0
    enters_at_once: int = 100
    offers: OfferPace = OfferPace()
    api: ApiPace = ApiPace()
    hold_back_s: float = 600.0
    webhooks: WebhookReach = WebhookReach.INTERNET
    limits: HttpLimits = HttpLimits()
