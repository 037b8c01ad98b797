"""What the routes are put together from."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute

from backend.contract.gifts import GiftCatalog
from backend.contract.stream import ViewerLines
from backend.features.insights.audit import AuditLog
from backend.http.api.endpoint import AnyEndpoint
from backend.http.player_files import PlayerFiles
from backend.http.rejections import Rejections
from backend.identity.accounts import AccountStore
from backend.identity.api_tokens import ApiTokenStore
from backend.identity.auth import Tickets, TokenSigner
from backend.identity.host_tokens import HostTokens
from backend.limits import ApiPace, HttpLimits
from backend.room.connection import Venue
from backend.shop.room_products import Catalog

ReadStats = Callable[[str], Awaitable[msgspec.Struct]]
ReadLines = Callable[[str], Awaitable[ViewerLines | None]]


class Hosted(msgspec.Struct, frozen=True):
    """A room, what it sells, and what staff changed."""

    room: Venue
    catalog: Catalog
    audit: AuditLog | None = None


async def _nothing() -> None:
    """Do nothing."""


async def _no_lines(_room: str) -> None:
    """Tell that there is no relay."""


class AppParts(msgspec.Struct, frozen=True, kw_only=True):
    """What the routes are put together from.

    Attributes:
        rooms: by room id; the first is where `/` leads.
        accounts: those of the shop; None where there are none.
        pictures: folders in which product pictures are looked up, in this order.
        gifts: what viewers can give.
        gift_pictures: the folder of their drawings.
        names: host names we answer to, besides IP addresses.
        prefix: path below which the routes lie for viewers; empty for none.
        enters_per_second: how often one address may enter, in the long run.
        enters_at_once: how often at once.
        media_routes: WHIP and WHEP.
        read_stats: the relay's statistics of a room; None without a relay.
        read_lines: how a room's stream reaches its viewers; it returns None while there is no relay.
        clock_ms: the server's time, in milliseconds since 1970.
        limits: how many sockets an address and a user have.
        rejections: counts what is refused.
        hold_back_s: how long no new guest comes in from an address where one was put out; 0 for no time.
        host_tokens: tell which tokens of the host still count; None where all do.
        host_renewed: ends what older tokens of the host opened.
        endpoints: of the API under /api/v1.
        pages: further pages, such as the cashier's.
        api_pace: how often it may be used.
        api_tokens: know who has an API token; None where none counts.
    """

    rooms: Mapping[str, Hosted]
    signer: TokenSigner
    tickets: Tickets
    player: PlayerFiles
    pictures: Sequence[Path]
    names: Sequence[str]
    enters_per_second: float
    enters_at_once: int
    clock_ms: Callable[[], int]
    media_routes: Sequence[BaseRoute] = ()
    endpoints: Sequence[AnyEndpoint] = ()
    pages: Sequence[BaseRoute] = ()
    api_pace: ApiPace = ApiPace()
    api_tokens: ApiTokenStore | None = None
    accounts: AccountStore | None = None
    read_stats: ReadStats | None = None
    read_lines: ReadLines = _no_lines
    host_tokens: HostTokens | None = None
    hold_back_s: float = 600.0
    host_renewed: Callable[[], Awaitable[None]] = _nothing
    prefix: str = ""
    gifts: GiftCatalog = GiftCatalog([])
    gift_pictures: Path | None = None
    limits: HttpLimits = HttpLimits()
    rejections: Rejections = msgspec.field(default_factory=Rejections)

    def room_id(self, request: Request) -> str:
        """Return the room of a request's path, or raise 404."""
        room = str(request.path_params["room"])
        if room not in self.rooms:
            raise HTTPException(404, f"There is no room {room!r}. Check the address.")
        return room
