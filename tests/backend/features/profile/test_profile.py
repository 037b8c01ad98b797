import msgspec
import pytest

from backend.contract.audience import SetNickname
from backend.contract.base import RejectReason
from backend.contract.chat import SetBlockedWords
from backend.contract.pictures import Picture, StoredPicture
from backend.contract.profile import (
    MAX_NOTICE,
    MAX_TITLE,
    RoomProfile,
    RoomProfileChanged,
    SetRoomProfile,
)
from backend.contract.protocol import Accepted, Rejected, Snapshot
from backend.contract.shop import Conflict
from backend.shop.catalog.pictures.names import picture_of
from tests.backend.kinds import as_type
from tests.backend.room.talk import ANNA, HELPER, HOST, Talk, make_features
from tests.backend.running import RunningBackend
from tests.backend.shop.catalog.pictures.drawing import drawn

FACE, SHELF = "ab" * 20 + ".webp", "cd" * 20 + ".webp"


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    assert talk.do(SetRoomProfile(1, " 青禾\u202e生活\n", "今晚  全场包邮", FACE, SHELF), HOST) is None
    return talk


def shown(talk: Talk) -> RoomProfile:
    """What a newcomer sees."""
    return talk.features.show().profile


def test_a_profile_is_plain_text_on_one_line_for_everyone_and_for_newcomers(talk: Talk) -> None:
    profile = RoomProfile("青禾生活", "今晚 全场包邮", picture_of(FACE), picture_of(SHELF), 2)

    assert talk.heard(RoomProfileChanged) == RoomProfileChanged(profile)
    assert shown(talk) == profile


def test_markup_in_a_title_stays_the_letters_it_is(talk: Talk) -> None:
    title = "<img src=x onerror=alert(1)>"
    assert talk.do(SetRoomProfile(2, title), HOST) is None
    assert shown(talk).title == title


def test_what_is_empty_is_taken_away(talk: Talk) -> None:
    assert talk.do(SetRoomProfile(2, " \u200b ", ""), HOST) is None
    assert shown(talk) == RoomProfile(version=3)


def test_the_profile_is_the_hosts_alone(talk: Talk) -> None:
    before = shown(talk)
    for actor in (ANNA, HELPER):
        assert talk.do(SetRoomProfile(2, "我的"), actor) is RejectReason.FORBIDDEN
    assert shown(talk) == before


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (SetRoomProfile(2, "长" * (MAX_TITLE + 1)), RejectReason.TOO_LONG),
        (SetRoomProfile(2, "", "长" * (MAX_NOTICE + 1)), RejectReason.TOO_LONG),
        (SetRoomProfile(2, avatar="../../host.token"), RejectReason.UNKNOWN_PICTURE),
        (SetRoomProfile(2, avatar="demo-tea.svg"), RejectReason.UNKNOWN_PICTURE),
        (SetRoomProfile(2, cover="https://evil.example/x.webp"), RejectReason.UNKNOWN_PICTURE),
        (SetRoomProfile(2, "加 微 信 领奖"), RejectReason.BLOCKED_WORD),
        (SetRoomProfile(2, "", "加微信"), RejectReason.BLOCKED_WORD),
    ],
)
def test_a_profile_that_cannot_be_shown_is_refused_and_the_old_one_stays(
    talk: Talk, command: SetRoomProfile, why: RejectReason
) -> None:
    talk.do(SetBlockedWords(["微信"]), HOST)
    before = shown(talk)
    assert talk.do(command, HOST) is why
    assert shown(talk) == before


def test_of_two_studios_the_later_hears_what_the_first_made_of_the_profile(talk: Talk) -> None:
    late = talk.rejection(SetRoomProfile(1, "旧的"), HOST)

    assert late is not None
    assert late.reason is RejectReason.CONFLICT
    by = as_type(Conflict, late.conflict)
    assert (by.version, by.profile, by.by and by.by.user_id) == (2, shown(talk), "host")
    assert talk.do(SetRoomProfile(by.version, "旧的"), HOST) is None
    assert shown(talk).title == "旧的"


def test_who_wants_the_profile_as_it_is_agrees_whatever_they_saw(talk: Talk) -> None:
    assert talk.do(SetRoomProfile(1, "青禾生活", "今晚 全场包邮", FACE, SHELF), HOST) is None
    assert not talk.all_heard(RoomProfileChanged)
    assert shown(talk).version == 2


def test_a_checkpoint_keeps_the_profile_and_who_set_it(talk: Talk) -> None:
    again = Talk(make_features(encoded=talk.features.encode()))
    assert shown(again) == shown(talk)
    assert again.features.profile.state == talk.features.profile.state


def test_nobody_is_called_by_the_rooms_title() -> None:
    talk = Talk()
    assert talk.do(SetNickname("青禾生活"), ANNA) is None
    assert talk.do(SetRoomProfile(1, "青禾生活"), HOST) is None
    assert talk.features.people.name_of(ANNA) != "青禾生活"
    assert talk.do(SetNickname("青 禾 生 活"), ANNA) is RejectReason.NAME_UNAVAILABLE
    assert talk.do(SetRoomProfile(2, ""), HOST) is None
    assert talk.features.people.name_of(ANNA) == "青禾生活"


async def upload(backend: RunningBackend, content: bytes) -> Picture:
    headers = {"Authorization": f"Bearer {backend.signer.host('main')}", "Content-Type": "image/png"}
    response = await backend.http.post("/api/v1/pictures", content=content, headers=headers)
    assert response.status_code == 201, response.text
    return msgspec.json.decode(response.content, type=StoredPicture).picture


async def test_who_joins_late_finds_the_profile_and_hears_of_its_changes(backend: RunningBackend) -> None:
    cover = await upload(backend, drawn())
    async with backend.host() as host:
        as_type(Accepted, await host.act(SetRoomProfile(1, "青禾生活", "", "", cover.name)))
        async with backend.client() as late:
            assert as_type(Snapshot, await late.join()).profile == RoomProfile("青禾生活", "", None, cover, 2)
            as_type(Accepted, await host.act(SetRoomProfile(2, "青禾茶馆")))
            changed = as_type(RoomProfileChanged, await late.hears(RoomProfileChanged))
            assert changed.profile == RoomProfile("青禾茶馆", version=3)
    async with backend.client() as forger:
        await forger.join()
        assert as_type(Rejected, await forger.act(SetRoomProfile(3, "x"))).reason is RejectReason.FORBIDDEN


async def test_a_picture_that_the_room_shows_is_kept_until_the_room_shows_another(
    backend: RunningBackend,
) -> None:
    cover = await upload(backend, drawn())
    headers = {"Authorization": f"Bearer {backend.signer.host('main')}"}
    async with backend.host() as host:
        as_type(Accepted, await host.act(SetRoomProfile(1, cover=cover.name)))
        kept = await backend.http.delete(f"/api/v1/pictures/{cover.name}", headers=headers)
        assert kept.status_code == 409
        as_type(Accepted, await host.act(SetRoomProfile(2, "青禾")))
        gone = await backend.http.delete(f"/api/v1/pictures/{cover.name}", headers=headers)
        assert gone.status_code == 200
