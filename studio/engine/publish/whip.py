"""The HTTP half of publishing: offer and answer, and the end of the session (WHIP, RFC 9725)."""

import asyncio
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

REQUEST_SECONDS: Final = 8.0
DELETE_SECONDS: Final = 2.0
MAX_ANSWER_CHARACTERS: Final = 64 * 1024
TAKEN_OVER: Final = "taken_over"
_SDP: Final = "application/sdp"


class WhipError(Exception):
    """The endpoint did not take the offer.

    Args:
        code: a word for programs and translation.
        detail: cause and remedy in a sentence.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class WhipRefusedError(WhipError):
    """Asking again would not help: the host has to change something."""


class WhipUnavailableError(WhipError):
    """Asking again later may help.

    Args:
        code: a word for programs and translation.
        detail: cause and remedy in a sentence.
        retry_after: seconds that the endpoint asks us to wait; 0 where it did not say.
    """

    def __init__(self, code: str, detail: str, retry_after: float = 0.0) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Claim:
    """What our own server learns beside the offer; others pass over it.

    Attributes:
        studio: names this run of the studio; letters and digits.
        takes_over: the host knows that another one publishes, and wants its place.
    """

    studio: str = ""
    takes_over: bool = False

    def headers(self) -> dict[str, str]:
        """Return it as HTTP carries it."""
        told = {"Livestall-Studio": self.studio} if self.studio else {}
        return told | ({"Livestall-Take-Over": "1"} if self.takes_over else {})


class _Problem(msgspec.Struct):
    """The server's reason, as far as it is needed here."""

    error: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class WhipSession:
    """An accepted offer: the answer, and the resource that stands for the session (section 4.2)."""

    answer: str
    resource_url: str


_REFUSALS: Final = {
    HTTPStatus.BAD_REQUEST: ("bad_offer", "The server does not understand the offer; is it a WHIP address?"),
    HTTPStatus.UNAUTHORIZED: ("wrong_token", "The server refuses the token; copy it anew from the server."),
    HTTPStatus.FORBIDDEN: ("wrong_token", "The token does not allow publishing here; use the host's token."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("not_whip", "The address takes no WHIP; check it in the settings."),
    HTTPStatus.NOT_ACCEPTABLE: ("no_codec", "The server takes none of our codecs (H.264 and Opus)."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("not_whip", "The address takes no WHIP; check it in the settings."),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("no_codec", "The server takes none of our codecs (H.264 and Opus)."),
}
# Our own server says by name which of our codecs it cannot take (415 too).
_NO_CODEC: Final = frozenset({"no_common_codec", "no_common_audio_codec", "no_common_video_codec"})
_ABSENCES: Final = {
    HTTPStatus.NOT_FOUND: ("not_found", "The server knows no such room; check the address in the settings."),
    HTTPStatus.CONFLICT: ("taken", "Somebody else publishes in this room; end that broadcast first."),
    HTTPStatus.TOO_MANY_REQUESTS: ("busy", "The server is asked too often; it will be tried again."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("busy", "The server is busy or starting; it will be tried again."),
}


NO_CLAIM: Final = Claim()


async def publish(whip_url: str, token: str, offer: str, claim: Claim = NO_CLAIM) -> WhipSession:
    """Hand in the offer (section 4.2).

    Args:
        whip_url: of the endpoint.
        token: bearer token; empty sends none.
        offer: SDP with all candidates in it.
        claim: what our own server learns beside the offer.

    Raises:
        WhipRefusedError: the host has to change something; of the code `taken_over`, `detail` is the name of
            who publishes now.
        WhipUnavailableError: it may work later.
    """
    headers = {"Content-Type": _SDP, "Accept": _SDP, **_authorization(token), **claim.headers()}
    try:
        async with await _client(whip_url, REQUEST_SECONDS) as client:
            response = await client.post(whip_url, content=offer.encode(), headers=headers)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise WhipRefusedError("bad_address", f"The WHIP address is not valid: {error}.") from error
    except httpx.TimeoutException as error:
        raise WhipUnavailableError("timeout", "The server does not answer; is the network up?") from error
    except httpx.HTTPError as error:
        message = f"The server cannot be reached ({error or type(error).__name__}); is it running?"
        raise WhipUnavailableError("unreachable", message) from error
    return _session(response)


async def remove(session: WhipSession, token: str) -> None:
    """End the session (section 4.2: DELETE), within 2 s; a server that is gone has ended it already.

    Raises:
        WhipUnavailableError: the server was not reached in time, or refused.
    """
    try:
        async with await _client(session.resource_url, DELETE_SECONDS) as client:
            response = await client.delete(session.resource_url, headers=_authorization(token))
    except httpx.HTTPError as error:
        raise WhipUnavailableError("unreachable", f"The session was not ended: {error!r}.") from error
    if response.is_error and response.status_code not in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        raise WhipUnavailableError("not_ended", f"The session was not ended: HTTP {response.status_code}.")


def _session(response: httpx.Response) -> WhipSession:
    status = response.status_code
    if status == HTTPStatus.CONFLICT and (problem := _problem(response)).error == TAKEN_OVER:
        raise WhipRefusedError(TAKEN_OVER, problem.by)
    if _problem(response).error in _NO_CODEC:
        raise WhipRefusedError(*_REFUSALS[HTTPStatus.NOT_ACCEPTABLE])
    if status in _REFUSALS:
        raise WhipRefusedError(*_REFUSALS[HTTPStatus(status)])
    if status in _ABSENCES:
        raise WhipUnavailableError(*_ABSENCES[HTTPStatus(status)], retry_after=_retry_after(response))
    if status != HTTPStatus.CREATED:
        raise WhipUnavailableError(
            "unexpected_status",
            f"The server answered HTTP {status} where 201 was expected; it is tried again.",
        )
    location = response.headers.get("Location")
    if not location:
        raise WhipRefusedError("not_whip", "The server's answer has no Location, so it is not WHIP.")
    answer = response.text
    if not answer.startswith("v=0") or len(answer) > MAX_ANSWER_CHARACTERS:
        raise WhipRefusedError("not_whip", "The server's answer is not a session description (SDP).")
    return WhipSession(answer, urljoin(str(response.url), location))


def _problem(response: httpx.Response) -> _Problem:
    try:
        return msgspec.json.decode(response.content, type=_Problem)
    except msgspec.MsgspecError:  # not our server
        return _Problem()


def _retry_after(response: httpx.Response) -> float:
    try:
        return max(0.0, float(response.headers.get("Retry-After", 0)))
    except ValueError:  # a date: our own back-off is as good
        return 0.0


def _authorization(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


async def _client(url: str, seconds: float) -> httpx.AsyncClient:
    # Reading the certificates takes 20-100 ms of CPU: in a thread, and only where they are needed. Without
    # them a redirect from http to https fails, as it should: whoever wants TLS gives an https address.
    has_tls = url.lower().startswith("https:")
    trusted = await asyncio.to_thread(ssl.create_default_context) if has_tls else _trust_nobody()
    # A proxy of the environment is for the way out; it would not find this machine's own backend.
    is_remote = not _is_this_machine(url)
    return httpx.AsyncClient(timeout=seconds, follow_redirects=True, trust_env=is_remote, verify=trusted)


def _trust_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _is_this_machine(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, or no address at all
        return False
