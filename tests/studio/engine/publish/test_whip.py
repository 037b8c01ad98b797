import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from studio.engine.publish import whip

Requests = list[bytes]
ANSWER = b"v=0\r\ns=-\r\n"


def response(status: str, headers: str = "", body: bytes = b"") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


@asynccontextmanager
async def endpoint(answer: bytes) -> AsyncIterator[tuple[str, Requests]]:
    """An HTTP server that keeps what it is asked and always answers the same; no answer where it is empty."""
    requests: Requests = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = [
            int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
        ]
        requests.append(head + await reader.readexactly(length[0] if length else 0))
        try:
            writer.write(answer)
            await (writer.drain() if answer else reader.read())
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1")
    host, port = server.sockets[0].getsockname()
    try:
        yield f"http://{host}:{port}/whip/room", requests
    finally:
        server.close()
        await server.wait_closed()


async def refused(answer: bytes) -> whip.WhipError:
    async with endpoint(answer) as (url, _):
        with pytest.raises(whip.WhipError) as caught:
            await whip.publish(url, "secret", "v=0")
    return caught.value


async def test_an_accepted_offer_gives_answer_and_resource() -> None:
    created = response("201 Created", "Location: /whip/room/42\r\nContent-Type: application/sdp\r\n", ANSWER)
    async with endpoint(created) as (url, requests):
        session = await whip.publish(url, "secret", "v=0 my offer")
    assert session.answer == ANSWER.decode()
    assert session.resource_url == url + "/42"
    [request] = requests
    assert request.startswith(b"POST /whip/room ")
    assert b"authorization: bearer secret" in request.lower()
    assert b"content-type: application/sdp" in request.lower()
    assert request.endswith(b"v=0 my offer")


async def test_our_own_server_is_told_which_studio_it_is_and_that_it_takes_over() -> None:
    async with endpoint(response("201 Created", "Location: /x\r\n", ANSWER)) as (url, requests):
        await whip.publish(url, "secret", "v=0", whip.Claim("a1", takes_over=True))
        await whip.publish(url, "secret", "v=0", whip.Claim("a1"))
    first, second = (request.lower() for request in requests)
    assert b"livestall-studio: a1" in first
    assert b"livestall-take-over: 1" in first
    assert b"livestall-take-over" not in second


async def test_who_was_displaced_hears_by_whom_and_does_not_try_again() -> None:
    body = '{"error":"taken_over","message":"No.","by":"收银台 OBS"}'.encode()
    error = await refused(response("409 Conflict", "Retry-After: 5\r\n", body))
    assert isinstance(error, whip.WhipRefusedError)
    assert (error.code, error.detail) == ("taken_over", "收银台 OBS")


@pytest.mark.parametrize("location", ["42", "http://127.0.0.1:1/elsewhere/42"])
async def test_a_location_may_be_relative_or_elsewhere(location: str) -> None:
    async with endpoint(response("201 Created", f"Location: {location}\r\n", ANSWER)) as (url, _):
        session = await whip.publish(url, "secret", "v=0")
    assert session.resource_url == (location if "://" in location else url.replace("/room", "/42"))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("400 Bad Request", "bad_offer"),
        ("401 Unauthorized", "wrong_token"),
        ("403 Forbidden", "wrong_token"),
        ("405 Method Not Allowed", "not_whip"),
        ("415 Unsupported Media Type", "not_whip"),
        ("422 Unprocessable Entity", "no_codec"),
    ],
)
async def test_what_asking_again_cannot_mend_is_refused(status: str, code: str) -> None:
    error = await refused(response(status))
    assert isinstance(error, whip.WhipRefusedError)
    assert error.code == code
    assert error.detail.endswith((".", "?"))


async def test_a_server_without_our_codec_is_not_taken_for_one_without_whip() -> None:
    body = b'{"error":"no_common_video_codec","message":"It takes H.264."}'
    error = await refused(response("415 Unsupported Media Type", "", body))
    assert isinstance(error, whip.WhipRefusedError)
    assert error.code == "no_codec"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("404 Not Found", "not_found"),
        ("409 Conflict", "taken"),
        ("503 Service Unavailable", "busy"),
        ("500 Internal Server Error", "unexpected_status"),
        ("200 OK", "unexpected_status"),
    ],
)
async def test_what_may_pass_is_tried_again(status: str, code: str) -> None:
    error = await refused(response(status))
    assert isinstance(error, whip.WhipUnavailableError)
    assert error.code == code


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), ("-3", 0.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.0)]
)
async def test_a_busy_server_says_when_to_come_back(header: str, seconds: float) -> None:
    error = await refused(response("503 Service Unavailable", f"Retry-After: {header}\r\n"))
    assert isinstance(error, whip.WhipUnavailableError)
    assert error.retry_after == seconds


@pytest.mark.parametrize(
    "answer",
    [
        response("201 Created", "", ANSWER),
        response("201 Created", "Location: /x\r\n", b"<html>hello</html>"),
        response("201 Created", "Location: /x\r\n", b"v=0" + b"a" * whip.MAX_ANSWER_CHARACTERS),
    ],
    ids=["no location", "no sdp", "too long"],
)
async def test_an_answer_that_is_not_whip_is_refused(answer: bytes) -> None:
    error = await refused(answer)
    assert isinstance(error, whip.WhipRefusedError)
    assert error.code == "not_whip"


async def test_rubbish_instead_of_http_may_pass() -> None:
    assert isinstance(await refused(b"\x00\x01 hello\r\n\r\n"), whip.WhipUnavailableError)


async def test_nobody_there_may_pass() -> None:
    async with endpoint(b"") as (url, _):
        pass
    with pytest.raises(whip.WhipUnavailableError) as caught:
        await whip.publish(url, "secret", "v=0")
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize("address", ["", "nonsense", "ftp://host/x", "http://"])
async def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(whip.WhipRefusedError) as caught:
        await whip.publish(address, "secret", "v=0")
    assert caught.value.code == "bad_address"


async def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with endpoint(response("201 Created", "Location: /x\r\n", ANSWER)) as (url, _):
        await whip.publish(url, "secret", "v=0")


@pytest.mark.parametrize("status", ["200 OK", "204 No Content", "404 Not Found", "410 Gone"])
async def test_ending_deletes_the_resource(status: str) -> None:
    async with endpoint(response(status)) as (url, requests):
        await whip.remove(whip.WhipSession("", url + "/42"), "secret")
    assert requests[0].startswith(b"DELETE /whip/room/42 ")
    assert b"authorization: bearer secret" in requests[0].lower()


async def test_a_server_that_does_not_answer_holds_the_end_up_for_two_seconds_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert whip.DELETE_SECONDS <= 2.0
    monkeypatch.setattr(whip, "DELETE_SECONDS", 0.1)
    async with endpoint(b"") as (url, _):
        with pytest.raises(whip.WhipUnavailableError):
            await whip.remove(whip.WhipSession("", url), "secret")
