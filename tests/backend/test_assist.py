"""Invitations over real HTTP and real sockets: codes, rights that change, rights that end."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.contract.audience import YouChanged
from backend.contract.audit import AuditPage
from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.cards import CardShown, ShowCard
from backend.contract.chat import MuteUser, SendDanmu
from backend.contract.http import Admission
from backend.contract.insights import LiveStatsChanged
from backend.contract.invitation import code_digest, new_code
from backend.contract.live import EndLive, GoLive, PauseLive
from backend.contract.protocol import Accepted, Command, Rejected, Snapshot, StaffSnapshot
from backend.contract.shop import EditProduct, ProductChanged
from backend.contract.staff import (
    AssistantsChanged,
    InviteAssistant,
    RevokeAssistant,
    SetAssistantRights,
    YouWereDismissed,
)
from backend.features.staff.assistants import DISMISSED
from tests.backend.kinds import as_type
from tests.backend.room.test_processor import told
from tests.backend.running import Client, RunningBackend, as_admission, running_backend

ALL = list(AssistantRight)


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path) as running:
        yield running


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def invited(host: Client, *rights: AssistantRight) -> str:
    """Let the host make an invitation, and return its code."""
    code = new_code()
    digest = await asyncio.to_thread(code_digest, code, "main")
    as_type(Accepted, await host.act(InviteAssistant(digest, list(rights), code_hours=1, grant_hours=1)))
    return code


async def joined(
    backend: RunningBackend, host: Client, *rights: AssistantRight, name: str = "小王"
) -> Admission:
    response = await backend.assist(await invited(host, *rights), name)
    assert response.status_code == 200, response.text
    return as_admission(response)


async def rejection(client: Client, command: Command) -> RejectReason | None:
    answer = await client.act(command)
    return answer.reason if isinstance(answer, Rejected) else None


async def test_an_assistant_comes_in_by_a_code_and_the_host_sees_who_is_there(
    backend: RunningBackend,
) -> None:
    async with backend.host() as host:
        admission = await joined(backend, host, AssistantRight.PRODUCTS)
        assert admission.role is Role.ASSISTANT
        async with backend.client(admission.token) as helper, backend.client() as viewer:
            await helper.join()
            await viewer.join()
            you = (await told(helper, YouChanged)).you
            assert (you.name, you.role, you.rights) == ("小王", Role.ASSISTANT, [AssistantRight.PRODUCTS])
            while not any(one.is_online for one in (await told(host, AssistantsChanged)).assistants):
                pass
            assert await rejection(helper, ShowCard("demo-tea")) is None
            await viewer.hears(CardShown)
        while any(one.is_online for one in (await told(host, AssistantsChanged)).assistants):
            pass


async def test_two_who_use_a_code_at_once_are_one_assistant(backend: RunningBackend) -> None:
    async with backend.host() as host:
        code = await invited(host, AssistantRight.CHAT)
        answers = await asyncio.gather(*(backend.assist(code, f"n{number}") for number in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 403, 403, 403, 403]


async def test_who_guesses_is_slowed_down(backend: RunningBackend) -> None:
    answers = [await backend.assist(new_code())]
    while answers[-1].status_code == 403 and len(answers) < 60:  # a slow machine earns tries meanwhile
        answers.append(await backend.assist(new_code()))
    assert len(answers) > 10
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{}", 422),
        (b"nonsense", 422),
        (b'{"code": 5, "name": "x"}', 422),
        (b"\xff\xfe", 422),
        (b'{"x":' * 600, 422),
        (b'{"x":' * 3000, 422),
        (b'{"code": "' + b"x" * 2_000 + b'", "name": "x"}', 422),
        (b'{"code": "7KQ2M-04XRT", "name": "' + "\ufdfa".encode() * 5_000 + b'"}', 422),
        (b'{"code": "' + b"x" * 20_000 + b'", "name": "x"}', 413),
        ('{"code": "７ＫＱ２Ｍ-04XRT", "name": "x"}'.encode(), 403),
    ],
)
async def test_an_invitation_of_nonsense_is_refused(
    backend: RunningBackend, body: bytes, status: int
) -> None:
    answer = await backend.http.post("/api/rooms/main/assist", content=body)
    assert answer.status_code == status
    assert b"xxxx" not in answer.content


async def test_an_assistant_is_called_like_no_other_and_like_no_host(backend: RunningBackend) -> None:
    async with backend.host() as host:
        await joined(backend, host, AssistantRight.CHAT)
        code = await invited(host, AssistantRight.CHAT)
        for name in ("小 王", "主播", "Hоst"):
            assert (await backend.assist(code, name)).status_code == 422
        assert (await backend.assist(code, "助理小李")).status_code == 200


async def test_a_name_without_letters_leaves_the_code_unused(backend: RunningBackend) -> None:
    async with backend.host() as host:
        code = await invited(host, AssistantRight.CHAT)
        assert (await backend.assist(code, "\u202e")).status_code == 422
        assert (await backend.assist(code)).status_code == 200


async def test_each_command_needs_its_right(backend: RunningBackend) -> None:
    async with backend.host() as host:
        chat = await joined(backend, host, AssistantRight.CHAT)
        cards = await joined(backend, host, AssistantRight.PRODUCTS, name="小李")
        async with backend.client(chat.token) as moderator, backend.client(cards.token) as seller:
            await moderator.join()
            await seller.join()
            assert await rejection(moderator, ShowCard("demo-tea")) is RejectReason.FORBIDDEN
            assert await rejection(moderator, MuteUser("guest-1", 60)) is None
            assert await rejection(seller, MuteUser("guest-1", 60)) is RejectReason.FORBIDDEN
            assert await rejection(seller, SendDanmu("hi")) is RejectReason.FORBIDDEN
            assert await rejection(seller, ShowCard("demo-tea")) is None
            for command in (GoLive(), PauseLive(), EndLive(), RevokeAssistant(1), SetAssistantRights(1, ALL)):
                assert await rejection(moderator, command) is RejectReason.FORBIDDEN


async def test_two_editors_at_once_do_not_overwrite_one_another(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, backend.host() as host:
        admission = await joined(backend, host, AssistantRight.PRICES)
        async with backend.client(admission.token) as helper, backend.client() as viewer:
            await helper.join()
            await viewer.join()
            await host.act(ShowCard("demo-tea"))
            answers = await asyncio.gather(
                host.act(EditProduct("demo-tea", 1, price_minor=100)),
                helper.act(EditProduct("demo-tea", 1, price_minor=200)),
            )
            lost = as_type(Rejected, next(answer for answer in answers if isinstance(answer, Rejected)))
            assert lost.reason is RejectReason.CONFLICT
            assert lost.conflict is not None
            assert lost.conflict.by is not None
            is_hosts = isinstance(answers[0], Accepted)
            assert lost.conflict.by.name == ("主播" if is_hosts else "小王")
            price_minor = 100 if is_hosts else 200
            changed = as_type(ProductChanged, await viewer.hears(ProductChanged)).product
            assert (changed.price_minor, changed.version) == (price_minor, 2)
            listed = (await backend.http.get("/api/rooms/main/products")).json()["products"][0]
            assert (listed["price_minor"], listed["version"]) == (price_minor, 2)
        async with backend.client() as late:
            card = as_type(Snapshot, await late.join()).card
            assert card is not None
            assert card.product == changed
    async with running_backend(tmp_path) as again:
        listed = (await again.http.get("/api/rooms/main/products")).json()["products"][0]
        assert listed["price_minor"] == price_minor


async def test_other_rights_reach_an_open_connection(backend: RunningBackend) -> None:
    async with backend.host() as host:
        admission = await joined(backend, host, AssistantRight.CHAT)
        async with backend.client(admission.token) as helper:
            await helper.join()
            assert (await told(helper, StaffSnapshot)).stats is None
            await host.act(SetAssistantRights(1, [AssistantRight.NUMBERS]))
            while (await told(helper, YouChanged)).you.rights != [AssistantRight.NUMBERS]:
                pass
            assert (await told(helper, StaffSnapshot)).stats is not None
            await told(helper, LiveStatsChanged)
            assert await rejection(helper, SendDanmu("hi")) is RejectReason.FORBIDDEN


async def test_who_is_revoked_is_put_out_at_once_and_does_not_come_back(backend: RunningBackend) -> None:
    async with backend.host() as host:
        admission = await joined(backend, host, *ALL)
        ticket = await backend.enter(admission.token)
        async with backend.client(admission.token) as helper:
            await helper.join()
            as_type(Accepted, await host.act(RevokeAssistant(1, "谢谢")))
            assert await told(helper, YouWereDismissed) == YouWereDismissed("revoked", "谢谢")
            assert await helper.close_code() == DISMISSED
        answer = await backend.http.post(
            "/api/rooms/main/enter", headers={"Authorization": f"Bearer {admission.token}"}
        )
        assert answer.status_code == 403
        with pytest.raises(InvalidStatus) as refused:
            async with connect(backend.socket_url(ticket), compression=None, proxy=None):
                pass
        assert refused.value.response.status_code == 403


async def test_a_signed_token_without_a_grant_opens_nothing(backend: RunningBackend) -> None:
    token = backend.signer.assistant("main", "assistant-forged")
    answer = await backend.http.post("/api/rooms/main/enter", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403


async def test_a_grant_outlives_the_backend_and_its_code_stands_nowhere(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as first, first.host() as host:
        code = await invited(host, AssistantRight.CHAT)
        other = await invited(host, AssistantRight.PRICES)
        admission = as_admission(await first.assist(code))
    async with running_backend(tmp_path) as again:
        assert (await again.enter(admission.token)).user_id == admission.user_id
        assert (await again.assist(code)).status_code == 403
        assert (await again.assist(other, "小李")).status_code == 200
    for content in await asyncio.to_thread(contents, tmp_path):
        assert code.encode() not in content
        assert other.replace("-", "").encode() not in content


async def test_the_audit_log_is_the_hosts_alone(backend: RunningBackend) -> None:
    async with backend.host() as host:
        admission = await joined(backend, host, *ALL)
        await host.act(EditProduct("demo-tea", 1, price_minor=100))
    url = "/api/rooms/main/audit"
    assert (await backend.http.get(url)).status_code == 401
    for token in (admission.token, (await backend.enter()).token):
        answer = await backend.http.get(url, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 403
    headers = {"Authorization": f"Bearer {backend.signer.host('main')}"}
    page = msgspec.json.decode((await backend.http.get(url, headers=headers)).content, type=AuditPage)
    assert [line.what for line in page.lines] == ["price", "assistant_joined", "assistant_invited"]
    only = await backend.http.get(f"{url}?kind=product&limit=1", headers=headers)
    assert [line.new for line in msgspec.json.decode(only.content, type=AuditPage).lines] == ["100"]
    table = await backend.http.get(f"{url}?format=csv", headers=headers)
    assert table.headers["content-type"].startswith("text/csv")
    assert "16800,100" in table.text
    for wrong in ("kind=x", "before=x", "limit=x"):
        assert (await backend.http.get(f"{url}?{wrong}", headers=headers)).status_code == 422
