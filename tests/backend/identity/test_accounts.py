"""Accounts: names, passwords and what a guest keeps, over real HTTP and on both databases."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest
from argon2 import PasswordHasher
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.contract.audience import Follow, SetNickname, YouChanged
from backend.contract.base import RejectReason
from backend.contract.http import Admission
from backend.contract.protocol import Accepted, Join, Rejected
from backend.features.live.store import RoomStore
from backend.http.account_routes import TAKEN
from backend.identity.accounts import (
    HASHING_WAITING,
    Account,
    AccountStore,
    BusyError,
    NameTakenError,
    Passwords,
    name_key,
    readable_name,
)
from backend.options import ServeOptions
from backend.plain_text import look
from backend.room.audience import SIGNED_OUT
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.room.test_processor import told
from tests.backend.running import Client, RunningBackend, as_admission, running_backend

PASSWORD = "correct horse 电池"
EASY = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def store(database: Database) -> AccountStore:
    for room_id in ("main", "other"):
        RoomStore(database, room_id).open("Room", 0)
    return AccountStore(database)


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path) as running:
        yield running


def account(user_id: str = "guest-1", name: str = "小王") -> Account:
    return Account(user_id, name, name_key(name), "hash", 1, 1000, look(name))


async def ask(backend: RunningBackend, path: str, token: str | None = None, **body: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return await backend.http.post(f"/api/rooms/main/{path}", headers=headers, json=body)


async def registered(backend: RunningBackend, name: str = "小王") -> Admission:
    guest = await backend.enter()
    response = await ask(backend, "account", guest.token, name=name, password=PASSWORD)
    assert response.status_code == 200, response.text
    admission = as_admission(response)
    assert (admission.user_id, admission.account_name) == (guest.user_id, name)
    return admission


# --- Kept ---


def test_an_account_is_found_by_its_name_in_any_room_and_by_its_user(store: AccountStore) -> None:
    store.create(account())
    assert store.by_user("guest-1") == account()
    assert store.by_name("小 王", "main") == store.by_name("小王", "other") == [account()]
    assert store.by_name("小李", "main") == []


@pytest.mark.parametrize("twin", ["小王", "小 王", "小王!", "小\uff0c王", "小\u3164王"])
def test_names_that_look_the_same_are_one(store: AccountStore, twin: str) -> None:
    store.create(account())
    with pytest.raises(NameTakenError):
        store.create(account("guest-2", twin))
    with pytest.raises(NameTakenError):
        store.create(account("guest-1", "another"))
    assert store.by_user("guest-2") is None


@pytest.mark.parametrize("twin", ["Lilу", "LiIy", "L1ly", "ＬＩＬＹ"])
def test_names_that_can_be_taken_for_each_other_are_one(store: AccountStore, twin: str) -> None:
    store.create(account(name="Lily"))
    with pytest.raises(NameTakenError):
        store.create(account("guest-2", twin))


def test_older_accounts_keep_their_names_and_the_first_of_twins_its_look(store: AccountStore) -> None:
    for number, name in enumerate(("Lily", "Lilу", "小王")):
        made = msgspec.structs.replace(account(f"guest-{number}", name), look_key=None, created_at_ms=number)
        store.create(made)
    store.fill_keys()
    store.fill_keys()
    looks = {user_id: found.look_key for user_id in store.names() if (found := store.by_user(user_id))}
    assert looks == {"guest-0": look("Lily"), "guest-1": None, "guest-2": "小王"}
    with pytest.raises(NameTakenError):
        store.create(account("guest-3", "LiIy"))
    assert store.names() == {"guest-0": "Lily", "guest-1": "Lilу", "guest-2": "小王"}


def test_older_accounts_are_found_by_the_key_that_counts_now(store: AccountStore) -> None:
    store.create(msgspec.structs.replace(account(name="ปู"), name_key="ป"))
    store.fill_keys()
    [found] = store.by_name("ปู", "main")
    assert found.user_id == "guest-1"
    store.create(account("guest-2", "ปี"))


def test_another_password_makes_another_version(store: AccountStore) -> None:
    store.create(account())
    changed = store.change_password(account(), "new hash")
    assert changed == msgspec.structs.replace(account(), version=2, password_hash="new hash")
    assert store.by_user("guest-1") == changed
    assert store.change_password(account(), "a thief's hash") is None
    assert store.by_user("guest-1") == changed


def test_names_are_plain_and_short() -> None:
    assert readable_name(" Ａnna\u202e ") == "Ａnna"
    assert readable_name("\u200b") is None
    assert readable_name("x" * 21) is None
    assert name_key("Ａnna") == name_key("anna")
    assert name_key("😀") != name_key("😂")


async def test_passwords_match_however_their_letters_are_composed() -> None:
    passwords = Passwords(EASY)
    kept = await passwords.hash("caf\u00e9 12345")
    assert " 12345" not in kept  # a space is in no digest, whatever its letters happen to be
    assert await passwords.matches(kept, "cafe\u0301 12345")
    assert not await passwords.matches(kept, "cafe 12345")
    assert not await passwords.matches(None, "nobody has this password")


async def test_too_many_at_once_are_asked_to_come_again() -> None:
    passwords = Passwords(EASY)
    results = await asyncio.gather(
        *(passwords.hash("x" * 8) for _ in range(HASHING_WAITING + 5)), return_exceptions=True
    )
    assert sum(isinstance(result, BusyError) for result in results) == 5


# --- Over HTTP ---


async def test_a_guest_who_makes_an_account_stays_the_same_user(backend: RunningBackend) -> None:
    guest = await backend.enter()
    async with backend.client(guest.token) as client:
        await client.join()
        await client.act(Follow())
    made = await ask(backend, "account", guest.token, name="小王", password=PASSWORD)
    assert made.status_code == 200
    elsewhere = as_admission(await ask(backend, "sign-in", name="小 王", password=PASSWORD))
    assert (elsewhere.user_id, elsewhere.account_name) == (guest.user_id, "小王")
    async with backend.client(elsewhere.token) as client:
        await client.join()
        assert (await told(client, YouChanged)).you.is_follower


async def test_the_guests_old_token_ends_with_the_account(backend: RunningBackend) -> None:
    guest = await backend.enter()
    await ask(backend, "account", guest.token, name="小王", password=PASSWORD)
    assert (await ask(backend, "enter", guest.token)).status_code == 401


async def test_who_guesses_learns_not_even_whether_there_is_such_an_account(
    backend: RunningBackend,
) -> None:
    await registered(backend)
    wrong = await ask(backend, "sign-in", name="小王", password="wrong password")
    unknown = await ask(backend, "sign-in", name="小李", password=PASSWORD)
    short = await ask(backend, "sign-in", name="小王", password="x")
    nameless = await ask(backend, "sign-in", name="", password=PASSWORD)
    assert {answer.status_code for answer in (wrong, unknown, short, nameless)} == {403}
    assert wrong.content == unknown.content == short.content == nameless.content


async def test_another_password_signs_all_other_devices_out(backend: RunningBackend) -> None:
    first = await registered(backend)
    second = as_admission(await ask(backend, "sign-in", name="小王", password=PASSWORD))
    refused = await ask(backend, "account/password", second.token, old="wrong one", new="another one")
    assert refused.status_code == 403
    changed = await ask(backend, "account/password", second.token, old=PASSWORD, new="another one")
    assert changed.status_code == 200
    assert (await backend.enter(as_admission(changed).token)).user_id == first.user_id
    for token in (first.token, second.token):
        assert (await ask(backend, "enter", token)).status_code == 401
    assert (await ask(backend, "sign-in", name="小王", password=PASSWORD)).status_code == 403
    assert (await ask(backend, "sign-in", name="小王", password="another one")).status_code == 200


async def test_another_password_cuts_the_devices_that_are_connected_and_nobody_else(
    backend: RunningBackend,
) -> None:
    first = await registered(backend)
    second = as_admission(await ask(backend, "sign-in", name="小王", password=PASSWORD))
    async with backend.client(first.token) as client, backend.client() as other:
        await client.join()
        await other.join()
        await ask(backend, "account/password", second.token, old="wrong one", new="another one")
        assert isinstance(await client.act(Follow()), Accepted)
        await ask(backend, "account/password", second.token, old=PASSWORD, new="another one")
        assert await client.close_code() == SIGNED_OUT
        assert isinstance(await other.act(Follow()), Accepted)


async def test_of_two_who_change_a_password_at_once_one_is_signed_out(backend: RunningBackend) -> None:
    owner = await registered(backend)
    answers = await asyncio.gather(
        *(
            ask(backend, "account/password", owner.token, old=PASSWORD, new=f"password {number}")
            for number in range(3)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401]
    changed = next(as_admission(answer) for answer in answers if answer.status_code == 200)
    assert (await backend.enter(changed.token)).user_id == owner.user_id


async def test_a_ticket_taken_before_another_password_opens_no_socket_after_it(
    backend: RunningBackend,
) -> None:
    owner = await registered(backend)
    stolen = await backend.enter(owner.token)
    changed = as_admission(
        await ask(backend, "account/password", owner.token, old=PASSWORD, new="another one")
    )
    with pytest.raises(InvalidStatus) as denied:
        async with connect(backend.socket_url(stolen), compression=None, proxy=None):
            pass
    assert denied.value.response.status_code == 403
    async with connect(backend.socket_url(changed), compression=None, proxy=None) as socket:
        await Client(socket).join()


async def test_a_guests_ticket_opens_no_socket_of_the_account_made_since(backend: RunningBackend) -> None:
    guest = await backend.enter()
    assert (await ask(backend, "account", guest.token, name="小王", password=PASSWORD)).status_code == 200
    with pytest.raises(InvalidStatus):
        async with connect(backend.socket_url(guest), compression=None, proxy=None):
            pass


async def test_a_socket_that_joins_late_does_not_outlive_the_password(backend: RunningBackend) -> None:
    owner = await registered(backend)
    async with backend.client(owner.token) as thief:
        # Redeemed, but not in the room yet: nobody could cut it by name.
        changed = await ask(backend, "account/password", owner.token, old=PASSWORD, new="another one")
        async with backend.client(as_admission(changed).token) as device:
            await device.join()
            await thief.send(Join())
            assert await thief.close_code() == SIGNED_OUT
            assert isinstance(await device.act(Follow()), Accepted)


async def test_two_who_want_a_name_at_once_do_not_both_get_it(backend: RunningBackend) -> None:
    guests = [await backend.enter() for _ in range(4)]
    answers = await asyncio.gather(
        *(ask(backend, "account", guest.token, name="小王", password=PASSWORD) for guest in guests)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


@pytest.mark.parametrize("name", ["小 王", "主播", "Hоst", "官方客服", "admin1"])
async def test_a_name_that_is_taken_reserved_or_looks_so_gets_one_answer(
    backend: RunningBackend, name: str
) -> None:
    await registered(backend)
    guest = await backend.enter()
    refused = await ask(backend, "account", guest.token, name=name, password=PASSWORD)
    assert (refused.status_code, refused.json()["message"]) == (409, TAKEN)
    assert (await backend.enter(guest.token)).account_name == ""


async def test_a_new_account_is_called_by_its_name_and_a_guest_with_that_name_no_more(
    backend: RunningBackend,
) -> None:
    async with backend.client() as guest:
        await guest.join()
        await guest.send_command(SetNickname("小王"))
        while (await told(guest, YouChanged)).you.name != "小王":
            pass
        made = await registered(backend)
        while (await told(guest, YouChanged)).you.name == "小王":
            pass
        assert as_type(Rejected, await guest.act(SetNickname("小王"))).reason is RejectReason.NAME_UNAVAILABLE
    async with backend.client(made.token) as client:
        await client.join()
        assert (await told(client, YouChanged)).you.name == "小王"


async def test_the_sockets_of_a_guest_end_when_the_account_begins(backend: RunningBackend) -> None:
    guest = await backend.enter()
    async with backend.client(guest.token) as stolen:
        await stolen.join()
        await ask(backend, "account", guest.token, name="小王", password=PASSWORD)
        assert await stolen.close_code() == SIGNED_OUT


async def test_who_has_an_account_makes_no_second_one(backend: RunningBackend) -> None:
    owner = await registered(backend)
    again = await ask(backend, "account", owner.token, name="小李", password=PASSWORD)
    assert again.status_code == 409
    assert (await backend.enter(owner.token)).account_name == "小王"


@pytest.mark.parametrize(
    ("name", "password", "status"),
    [
        ("", PASSWORD, 422),
        ("\u202e", PASSWORD, 422),
        ("x" * 21, PASSWORD, 422),
        ("小王", "1234567", 422),
        ("小王", "x" * 129, 422),
        (5, PASSWORD, 422),
    ],
)
async def test_what_can_be_no_account_is_refused(
    backend: RunningBackend, name: object, password: str, status: int
) -> None:
    guest = await backend.enter()
    answer = await ask(backend, "account", guest.token, name=name, password=password)
    assert answer.status_code == status
    assert password not in answer.text


async def test_only_who_entered_as_a_viewer_makes_an_account(backend: RunningBackend) -> None:
    body: dict[str, object] = {"name": "小王", "password": PASSWORD}
    assert (await ask(backend, "account", None, **body)).status_code == 401
    assert (await ask(backend, "account", "nonsense", **body)).status_code == 401
    assert (await ask(backend, "account", backend.signer.host("main"), **body)).status_code == 403
    guest = await backend.enter()
    assert (await ask(backend, "account/password", guest.token, old="x", new=PASSWORD)).status_code == 401


async def test_who_tries_one_name_too_often_must_wait(backend: RunningBackend) -> None:
    answers = [await ask(backend, "sign-in", name="小王", password="wrong one") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [403] * 6 + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_who_guesses_slows_down_neither_the_holder_nor_a_device_of_theirs(tmp_path: Path) -> None:
    options = ServeOptions(trusted_proxies=("127.0.0.1",))
    async with running_backend(tmp_path, options) as backend:
        await registered(backend)
        cookie = backend.http.cookies
        async with httpx.AsyncClient(base_url=str(backend.http.base_url), trust_env=False) as stranger:

            async def sign_in(client: httpx.AsyncClient, address: str, password: str = PASSWORD) -> int:
                body = {"name": "小王", "password": password}
                headers = {"X-Forwarded-For": address}
                return (await client.post("/api/rooms/main/sign-in", json=body, headers=headers)).status_code

            guesses = [await sign_in(stranger, "203.0.113.9", "wrong one") for _ in range(7)]
            assert guesses == [403] * 6 + [429]
            assert await sign_in(stranger, "203.0.113.9") == 429
            stranger.cookies.clear()
            assert await sign_in(stranger, "198.51.100.7") == 200
            # A device that signed in before is let in even beside who guesses.
            assert cookie
            assert await sign_in(backend.http, "203.0.113.9") == 200


async def test_devices_of_other_accounts_give_no_more_tries_at_a_name(backend: RunningBackend) -> None:
    await registered(backend)
    statuses = []
    for name in ("王二", "张三"):
        backend.http.cookies.clear()
        await registered(backend, name)
        wrong = [await ask(backend, "sign-in", name="小王", password="wrong one") for _ in range(4)]
        statuses += [answer.status_code for answer in wrong]
    assert statuses == [403] * 6 + [429] * 2


async def test_who_lists_names_by_registering_is_held_back_and_who_registers_is_not(
    backend: RunningBackend,
) -> None:
    await registered(backend)
    guest = await backend.enter()
    backend.http.cookies.clear()
    statuses = [
        (await ask(backend, "account", guest.token, name=f"主播{number}", password=PASSWORD)).status_code
        for number in range(6)
    ]
    assert statuses == [409] * 5 + [429]


async def test_no_password_is_in_any_log_or_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with running_backend(tmp_path) as backend:
        await registered(backend)
        await ask(backend, "sign-in", name="小王", password=PASSWORD)
    assert PASSWORD not in caplog.text

    def contents() -> list[bytes]:
        return [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]

    for content in await asyncio.to_thread(contents):
        assert PASSWORD.encode() not in content


# --- In every room ---


async def ask_in(
    backend: RunningBackend, room: str, path: str, token: str = "", **body: object
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return await backend.http.post(f"/api/rooms/{room}/{path}", headers=headers, json=body)


@pytest.fixture
async def two_rooms(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path, ServeOptions(rooms=("main", "second"))) as running:
        yield running


async def test_an_account_signs_in_to_every_room_and_is_the_same_person_by_the_same_name(
    two_rooms: RunningBackend,
) -> None:
    made = await registered(two_rooms)
    there = as_admission(await ask_in(two_rooms, "second", "sign-in", name="小王", password=PASSWORD))
    assert (there.user_id, there.account_name) == (made.user_id, "小王")
    await two_rooms.backend.local["second"]._processor.refresh_once()
    async with two_rooms.open(there) as client:
        await client.join()
        assert (await told(client, YouChanged)).you.name == "小王"


async def test_a_name_of_an_account_is_nobody_elses_in_any_room(two_rooms: RunningBackend) -> None:
    await registered(two_rooms)
    await two_rooms.backend.local["second"]._processor.refresh_once()
    guest = await two_rooms.enter(room="second")
    refused = await ask_in(two_rooms, "second", "account", guest.token, name="小 王", password=PASSWORD)
    assert refused.status_code == 409
    async with two_rooms.open(guest) as client:
        await client.join()
        answer = as_type(Rejected, await client.act(SetNickname("小王")))
        assert answer.reason is RejectReason.NAME_UNAVAILABLE


async def test_a_token_of_one_room_is_exchanged_at_the_door_of_another(two_rooms: RunningBackend) -> None:
    made = await registered(two_rooms)
    there = await two_rooms.enter(made.token, "second")
    assert (there.user_id, there.account_name) == (made.user_id, "小王")
    assert there.token != made.token
    assert (await two_rooms.enter(there.token, "second")).user_id == made.user_id
    guest = await two_rooms.enter()
    assert (await two_rooms.enter(guest.token, "second")).user_id == guest.user_id


async def test_a_token_of_staff_opens_no_other_room(two_rooms: RunningBackend) -> None:
    refused = await ask_in(two_rooms, "second", "enter", two_rooms.signer.host("main"))
    assert refused.status_code == 401


async def test_another_password_signs_out_in_every_room(two_rooms: RunningBackend) -> None:
    made = await registered(two_rooms)
    there = await two_rooms.enter(made.token, "second")
    async with two_rooms.open(there) as client:
        await client.join()
        changed = await ask(two_rooms, "account/password", made.token, old=PASSWORD, new="another one")
        assert changed.status_code == 200
        assert await client.close_code() == SIGNED_OUT
    for room in ("main", "second"):
        assert (await ask_in(two_rooms, room, "enter", there.token)).status_code == 401


async def test_who_guesses_gets_no_more_tries_by_going_from_room_to_room(two_rooms: RunningBackend) -> None:
    rooms = ("main", "second", "main", "second", "main", "second", "second")
    answers = [await ask_in(two_rooms, room, "sign-in", name="小王", password="wrong one") for room in rooms]
    assert [answer.status_code for answer in answers] == [403] * 6 + [429]
