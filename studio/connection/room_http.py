"""The studio's HTTP client of the backend: admission, catalogue, pictures, stream keys, audit log."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Final
from urllib.parse import urlencode, urlsplit

import httpx
import msgspec

from backend.contract.audit import AuditKind, AuditPage
from backend.contract.decoding import decode_json
from backend.contract.gifts import Gift, GiftCatalog
from backend.contract.http import Admission, Problem, Redemption
from backend.contract.shop import Catalog, Product
from backend.contract.stream import ViewerLines
from backend.contract.stream_keys import NewStreamKey, StreamKey, StreamKeys
from studio.connection.trust import trust_of

REQUEST_TIMEOUT_S: Final = 10.0
TABLE_TIMEOUT_S: Final = 60.0
MAX_PICTURE_BYTES: Final = 8 * 1024 * 1024
REFUSALS: Final = frozenset({401, 403, 404, 421})


@dataclass(frozen=True)
class Place:
    """Where a room is: the backend's URL without a slash at the end, the room, and the host's token."""

    url: str
    room: str
    token: str

    @property
    def is_local(self) -> bool:
        """Whether it is on this computer, so that no proxy is asked."""
        return urlsplit(self.url).hostname in {"127.0.0.1", "localhost", "::1"}

    def socket_address(self, admission: Admission) -> str:
        """Where the WebSocket is, with the ticket that opens it once."""
        base = self.url.replace("http", "ws", 1)
        return f"{base}{admission.socket_path}?{urlencode({'ticket': admission.ticket})}"


class RejectedError(Exception):
    """The backend does not let us in, and trying again alone would not help; the message is its own.

    Attributes:
        status: the HTTP status.
        retry_after_s: how long to wait before trying again; 0 where that would not help.
        kind: which refusal of the shop it is, such as `not_allowed_now`; empty where it has no name.
        allowed: the price that could be instead, as people read it; empty where that is not the matter.
        left: how many are left of what is asked for; 0 where that is not the matter.
    """

    def __init__(
        self,
        message: str,
        status: int = 403,
        retry_after_s: int = 0,
        kind: str = "",
        allowed: str = "",
        *,
        left: int = 0,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_s = retry_after_s
        self.kind = kind
        self.allowed = allowed
        self.left = left


class RoomHttp:
    """HTTP to one room, for the time of an `async with` block."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> "RoomHttp":
        """Open the connections when they are needed."""
        self._client = httpx.AsyncClient(
            base_url=self._place.url,
            verify=await trust_of(self._place.url),
            timeout=REQUEST_TIMEOUT_S,
            trust_env=not self._place.is_local,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        await self._http.aclose()

    @property
    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            raise RuntimeError("RoomHttp is used outside of its `async with` block.")
        return self._client

    async def enter(self) -> Admission:
        """Be let in as the host.

        Raises:
            RejectedError: a wrong token, an unknown room, or a name the backend does not answer to.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        answer = await self._http.post(f"/api/rooms/{self._place.room}/enter", headers=self._bearer)
        _check(answer)
        return decode_json(answer.content, Admission)

    async def redeem(self, code: str, name: str) -> Admission:
        """Become an assistant by a code that the host gave; it works once.

        Raises:
            RejectedError: 403 an unknown, used or old code; 404 or 421 no such room; 422 a name
                that cannot be; 429 too many tries.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        body = msgspec.json.encode(Redemption(code, name))
        answer = await self._http.post(f"/api/rooms/{self._place.room}/assist", content=body)
        _check(answer, REFUSALS | {422, 429})
        return decode_json(answer.content, Admission)

    @property
    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._place.token}"}

    async def audit_page(self, kinds: Iterable[AuditKind], before: int | None) -> AuditPage:
        """Read the newest lines of the audit log, or those below a number.

        Raises:
            RejectedError: the token is not the host's.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        older = {} if before is None else {"before": str(before)}
        answer = await self._audit(kinds, older, REQUEST_TIMEOUT_S)
        return decode_json(answer.content, AuditPage)

    async def audit_csv(self, kinds: Iterable[AuditKind]) -> bytes:
        """Read all of the audit log as a table (CSV).

        Raises:
            RejectedError: the token is not the host's.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        return (await self._audit(kinds, {"format": "csv"}, TABLE_TIMEOUT_S)).content

    async def _audit(
        self, kinds: Iterable[AuditKind], wanted: dict[str, str], timeout_s: float
    ) -> httpx.Response:
        answer = await self._http.get(
            f"/api/rooms/{self._place.room}/audit",
            params={"kind": ",".join(kinds), **wanted},
            headers=self._bearer,
            timeout=timeout_s,
        )
        _check(answer)
        return answer

    async def renew_host_token(self) -> str:
        """End all tokens of the host, ours too, and return the one that counts from now on.

        Raises:
            RejectedError: the token is not the host's any more.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        path = f"/api/rooms/{self._place.room}/host-token"
        answer = await self._http.post(path, headers=self._bearer)
        _check(answer)
        return msgspec.json.decode(answer.content, type=Admission).token

    async def viewer_lines(self) -> ViewerLines:
        """Read how the stream reaches those who watch it.

        Raises:
            RejectedError: the token is not the host's.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        answer = await self._http.get(f"/api/rooms/{self._place.room}/lines", headers=self._bearer)
        _check(answer)
        return msgspec.json.decode(answer.content, type=ViewerLines)

    # --- Stream keys ---

    async def stream_keys(self) -> list[StreamKey]:
        """Read which stream keys there are, the oldest first.

        Raises:
            RejectedError: the token is not the host's.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        return msgspec.json.decode(await self._about_keys("GET", ""), type=StreamKeys).keys

    async def make_stream_key(self, name: str, digest: str) -> StreamKey:
        """Let the backend honour a key that we made; of it only the digest is sent.

        Raises:
            RejectedError: 409 the name is taken; 422 nobody could read it; or the token is not the host's.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        body = msgspec.json.encode(NewStreamKey(name, digest))
        return msgspec.json.decode(await self._about_keys("POST", "", body), type=StreamKey)

    async def revoke_stream_key(self, key_id: str) -> None:
        """Make a key worthless; one that is gone already is as good.

        Raises:
            RejectedError: the token is not the host's.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        try:
            await self._about_keys("DELETE", f"/{key_id}")
        except RejectedError as error:
            if error.status != 404:
                raise

    async def let_in(self, key_id: str) -> None:
        """Let a key publish again that was displaced.

        Raises:
            RejectedError: 404 the key is gone; or the token is not the host's.
            httpx.HTTPError: the backend cannot be reached, or is not well.
        """
        await self._about_keys("POST", f"/{key_id}/let-in")

    async def _about_keys(self, method: str, below: str, body: bytes | None = None) -> bytes:
        path = f"/api/rooms/{self._place.room}/stream-keys{below}"
        answer = await self._http.request(method, path, content=body, headers=self._bearer)
        _check(answer, REFUSALS | {409, 422})
        return answer.content

    async def catalog(self) -> list[Product]:
        """Read what the room sells, in the host's order."""
        answer = await self._http.get(f"/api/rooms/{self._place.room}/products")
        answer.raise_for_status()
        return decode_json(answer.content, Catalog).products

    async def gifts(self) -> list[Gift]:
        """Read what viewers can give, the cheapest first."""
        answer = await self._http.get("/api/gifts")
        answer.raise_for_status()
        return decode_json(answer.content, GiftCatalog).gifts

    async def picture(self, path: str) -> bytes:
        """Read a product's picture; one that is too large is as good as none."""
        answer = await self._http.get(path)
        answer.raise_for_status()
        return answer.content if len(answer.content) <= MAX_PICTURE_BYTES else b""


def _check(answer: httpx.Response, refusals: frozenset[int] = REFUSALS) -> None:
    """Raise what the answer refuses, or that the backend is not well."""
    if answer.status_code in refusals:
        wait = answer.headers.get("retry-after", "")
        raise RejectedError(_message_of(answer), answer.status_code, int(wait) if wait.isdecimal() else 0)
    answer.raise_for_status()


def _message_of(answer: httpx.Response) -> str:
    try:
        return decode_json(answer.content, Problem).message
    except msgspec.MsgspecError:
        return f"the server answered {answer.status_code}"
