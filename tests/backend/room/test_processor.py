import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from typing_extensions import override

from backend.contract.audience import Follow, JoinsShown, LikesChanged, SendLikes, SetNickname, YouChanged
from backend.contract.base import RejectReason, Role
from backend.contract.chat import (
    AnswerQuestion,
    BlockedWordsChanged,
    BlockUser,
    DanmuDeleted,
    DanmuEchoed,
    DanmuPinned,
    DanmuRestored,
    DanmuSent,
    DeleteDanmu,
    Moderated,
    MuteUser,
    PinDanmu,
    QuestionAnswered,
    QuestionsFolded,
    RoomRules,
    RoomRulesChanged,
    SanctionsChanged,
    SendDanmu,
    SetRoomRules,
    StaffDanmuSent,
    UnmuteUser,
    YouWereBlocked,
)
from backend.contract.insights import LiveStatsChanged
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted, Private, Rejected, Reliable, Sampled, Snapshot, StaffSnapshot
from backend.features.actor import Actor
from backend.features.deliveries import Delegated, Rejection
from backend.features.feature_set import FeatureSet
from backend.features.live.store import RoomStore
from backend.log.entries import Joined, Record
from backend.log.event_log import EventLog
from backend.room.delegation import MOST_AT_ONCE
from backend.room.feed import SampledFeed
from backend.room.history import History
from backend.room.hub import Hub
from backend.room.log_store import LogStore
from backend.room.processor import LONGEST_WAY_MS, RETRY_MS, CommandProcessor
from backend.room.reliable_lane import ReliableLane
from backend.storage.database import Database, StorageError
from tests.backend.kinds import as_type
from tests.backend.room.lines import FakeLine
from tests.backend.room.talk import HOST, make_features
from tests.backend.running import Client, RunningBackend, running_backend

Kind = TypeVar("Kind")


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path) as running:
        yield running


async def told(client: Client, kind: type[Kind]) -> Kind:
    """Read on until an event of this kind comes, in whichever lane."""
    while True:
        match await client.next():
            case Reliable(event=event) | Private(event=event) if isinstance(event, kind):
                return event
            case Sampled(events=events):
                for sampled in events:
                    if isinstance(sampled, kind):
                        return sampled


async def say(client: Client, text: str) -> int:
    """Say something, and return the number it got."""
    await client.send_command(SendDanmu(text))
    return (await told(client, DanmuEchoed)).danmu.danmu_id


async def test_viewers_and_host_read_each_other(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.client() as two, backend.host() as host:
        as_type(Snapshot, await one.join())
        as_type(Snapshot, await two.join())
        await one.send_command(SendDanmu("  有Ｍ码吗？\u202e "))

        heard = await told(two, DanmuSent)
        assert [(danmu.text, danmu.author.role) for danmu in heard.danmu] == [("有Ｍ码吗？", Role.VIEWER)]
        assert heard.total == 1
        assert (await told(host, DanmuSent)).danmu == heard.danmu
        assert (await told(one, DanmuEchoed)).danmu == heard.danmu[0]

        await host.send_command(SendDanmu("有的", reply_to=heard.danmu[0].danmu_id))
        answer = (await told(two, StaffDanmuSent)).danmu
        assert answer.author.role is Role.HOST
        assert answer.reply_to is not None
        assert answer.reply_to.name == heard.danmu[0].author.name


async def test_markup_arrives_as_the_letters_it_is(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.client() as two:
        await one.join()
        await two.join()
        await one.send_command(SendDanmu("<img src=x onerror=alert(1)>"))

        assert (await told(two, DanmuSent)).danmu[0].text == "<img src=x onerror=alert(1)>"


async def test_a_newcomer_gets_what_was_said_and_liked(backend: RunningBackend) -> None:
    async with backend.client() as one:
        await one.join()
        await say(one, "早上好")
        assert isinstance(await one.act(SendLikes(7)), Accepted)
        async with backend.client() as late:
            snapshot = as_type(Snapshot, await late.join())

    assert [danmu.text for danmu in snapshot.danmu] == ["早上好"]
    assert (snapshot.danmu_total, snapshot.likes) == (1, 7)


async def test_a_mute_takes_the_messages_from_all_and_undo_brings_them_back(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.client() as two, backend.host() as host:
        await one.join()
        await two.join()
        danmu_id = await say(one, "广告")
        user_id = (await told(two, DanmuSent)).danmu[0].author.user_id

        assert isinstance(await host.act(MuteUser(user_id, 60, "ads")), Accepted)
        assert (await told(two, DanmuDeleted)).danmu_ids == [danmu_id]
        you = (await told(one, YouChanged)).you
        assert you.mute is not None
        assert you.mute.reason == "ads"
        refused = as_type(Rejected, await one.act(SendDanmu("又来")))
        assert refused.reason is RejectReason.MUTED
        assert 0 < refused.retry_ms <= 60_000

        assert isinstance(await host.act(UnmuteUser(user_id)), Accepted)
        assert [danmu.danmu_id for danmu in (await told(two, DanmuRestored)).danmu] == [danmu_id]
        assert isinstance(await one.act(SendDanmu("好的")), Accepted)


async def test_staff_are_told_who_did_what_and_why(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.host() as host, backend.host() as other:
        await one.join()
        danmu_id = await say(one, "脏话")
        await host.send_command(DeleteDanmu(danmu_id, "rude"))

        action = (await told(other, Moderated)).action
        assert (action.reason, action.by.role, action.about) == ("rude", Role.HOST, action.about)
        assert action.undo is not None
        await other.send_command(action.undo)
        assert [danmu.danmu_id for danmu in (await told(one, DanmuRestored)).danmu] == [danmu_id]


async def test_who_is_blocked_is_put_out_and_stays_out(backend: RunningBackend) -> None:
    token = (await backend.enter()).token
    async with backend.client(token) as one, backend.host() as host:
        await one.join()
        user_id = (await told(one, YouChanged)).you.user_id
        await host.send_command(BlockUser(user_id, "spam"))

        assert (await told(one, YouWereBlocked)).reason == "spam"
        assert await one.close_code() == 4403
        assert [blocked.user_id for blocked in (await told(host, SanctionsChanged)).blocked] == [user_id]
    async with backend.client(token) as again:
        await again.join()
        assert (await told(again, YouWereBlocked)).reason == "spam"
        assert await again.close_code() == 4403


async def test_viewers_may_not_moderate_whatever_they_claim(backend: RunningBackend) -> None:
    async with backend.client() as one:
        await one.join()
        danmu_id = await say(one, "你好")
        for command in (
            DeleteDanmu(danmu_id),
            MuteUser("host", 60),
            BlockUser("host"),
            PinDanmu(danmu_id, 60),
        ):
            assert as_type(Rejected, await one.act(command)).reason is RejectReason.FORBIDDEN
        forged = '{"type":"act","request_id":99,"role":"host","command":{"type":"unpin_danmu","role":"host"}}'
        await one.socket.send(forged)
        answer = as_type(Rejected, await one.next_answer())
        assert (answer.request_id, answer.reason) == (99, RejectReason.FORBIDDEN)


async def test_the_rules_of_the_chat_bind_viewers_and_not_the_host(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.host() as host:
        await one.join()
        await host.send_command(
            SetRoomRules(RoomRules(0, followers_only=True, links_off=True, is_chat_paused=False))
        )
        assert (await told(one, RoomRulesChanged)).rules.followers_only

        assert as_type(Rejected, await one.act(SendDanmu("在吗"))).reason is RejectReason.FOLLOWERS_ONLY
        assert isinstance(await one.act(Follow()), Accepted)
        assert isinstance(await one.act(SendDanmu("在吗")), Accepted)
        assert as_type(Rejected, await one.act(SendDanmu("看 www.x.com"))).reason is RejectReason.LINKS_OFF
        assert isinstance(await host.act(SendDanmu("https://shop.example")), Accepted)


async def test_a_pinned_danmu_stands_for_newcomers_too(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.host() as host:
        await one.join()
        danmu_id = await say(one, "质量很好")
        await host.send_command(PinDanmu(danmu_id, 60))
        assert (await told(one, DanmuPinned)).pinned.danmu.danmu_id == danmu_id
        async with backend.client() as late:
            snapshot = as_type(Snapshot, await late.join())

    assert snapshot.pinned is not None
    assert snapshot.pinned.danmu.text == "质量很好"


async def test_likes_of_all_are_added_up_and_told(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.client() as two:
        await one.join()
        await two.join()
        await one.send_command(SendLikes(10))
        await two.send_command(SendLikes(5))
        total = 0
        while total < 15:
            total = (await told(two, LikesChanged)).total

    assert total == 15


async def test_the_same_question_is_folded_and_answered_once(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.client() as two, backend.host() as host:
        await one.join()
        await two.join()
        await say(one, "主播，怎么洗？")
        await say(two, "怎么洗?")
        questions = (await told(host, QuestionsFolded)).questions
        while questions[0].count < 2:
            questions = (await told(host, QuestionsFolded)).questions
        await host.send_command(AnswerQuestion(questions[0].question_id, "手洗"))

        assert (await told(two, QuestionAnswered)).question.answer == "手洗"


async def test_a_viewer_whose_line_was_lost_comes_back_without_entering_again(
    backend: RunningBackend,
) -> None:
    token = (await backend.enter()).token
    async with backend.host() as host:
        for visit in range(1, 4):
            async with backend.client(token) as one:
                await one.join()
                await say(one, "我")
            stats = (await told(host, LiveStatsChanged)).stats
            while (stats.total.danmu, stats.viewers) != (visit, 0):
                stats = (await told(host, LiveStatsChanged)).stats
        async with backend.client() as other:
            await other.join()
            user_id = (await told(host, JoinsShown)).authors[0].user_id
            assert user_id == (await told(other, YouChanged)).you.user_id
            stats = (await told(host, LiveStatsChanged)).stats
            while stats.viewers == 0:
                stats = (await told(host, LiveStatsChanged)).stats
    assert stats.total.joins == 2


async def test_staff_see_the_numbers_and_viewers_do_not(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.client(backend.signer.host("main")) as host:
        await host.join()
        assert (await told(host, StaffSnapshot)).actions == []
        await one.join()
        await say(one, "1")
        stats = (await told(host, LiveStatsChanged)).stats
        while stats.total.danmu < 1:
            stats = (await told(host, LiveStatsChanged)).stats
        assert (stats.viewers, stats.peak, stats.total.joins) == (1, 1, 1)
        await host.act(GoLive())
        async with asyncio.timeout(10):
            while stats.total.danmu:
                stats = (await told(host, LiveStatsChanged)).stats
        assert stats.viewers == 1


async def test_a_flood_is_refused_with_the_time_to_wait_and_nothing_is_eaten(backend: RunningBackend) -> None:
    async with backend.client() as one:
        await one.join()
        answers = [await one.act(SendDanmu(f"第{number}条")) for number in range(7)]

    assert [type(answer) for answer in answers[:5]] == [Accepted] * 5
    refused = as_type(Rejected, answers[5])
    assert refused.reason is RejectReason.TOO_FAST
    assert 0 < refused.retry_ms <= 2000


async def test_a_name_is_seen_by_others(backend: RunningBackend) -> None:
    async with backend.client() as one, backend.client() as two:
        await one.join()
        await two.join()
        await one.send_command(SetNickname("小\u200b茶"))
        while (await told(one, YouChanged)).you.name != "小茶":
            pass
        await one.send_command(SendDanmu("你好"))
        assert (await told(two, DanmuSent)).danmu[0].author.name == "小茶"


async def test_all_that_was_confirmed_outlives_the_backend(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, backend.client() as one, backend.host() as host:
        await one.join()
        user_id = (await told(one, YouChanged)).you.user_id
        danmu_id = await say(one, "留下")
        await one.act(Follow())
        await one.act(SendLikes(3))
        await host.act(PinDanmu(danmu_id, 3600))
        await host.act(
            SetRoomRules(RoomRules(10, followers_only=False, links_off=True, is_chat_paused=False))
        )
        await host.act(BlockUser("guest-bad", "spam"))
    async with running_backend(tmp_path) as again, again.client(again.signer.host("main")) as host:
        snapshot = as_type(Snapshot, await host.join())
        staff = await told(host, StaffSnapshot)
        assert staff.stats is not None
        assert staff.stats.viewers == 0

    assert [danmu.author.user_id for danmu in snapshot.danmu] == [user_id]
    assert (snapshot.likes, snapshot.followers, snapshot.rules.slow_mode_s) == (3, 1, 10)
    assert snapshot.pinned is not None
    assert [blocked.user_id for blocked in staff.blocked] == ["guest-bad"]
    assert len(staff.actions) == 3


async def test_blocked_words_are_read_from_a_file_while_the_show_goes_on(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, backend.client() as one, backend.host() as host:
        await one.join()
        assert isinstance(await one.act(SendDanmu("加微 信")), Accepted)
        (tmp_path / "blocked-words.txt").write_text("# ours\n微信\n", encoding="utf-8")

        assert (await told(host, BlockedWordsChanged)).file_words == 1
        assert as_type(Rejected, await one.act(SendDanmu("加微 信"))).reason is RejectReason.BLOCKED_WORD


# --- The disk ---


class Disk(LogStore):
    """A log's disk that can be full."""

    is_full = False

    def __init__(self, log: EventLog) -> None:
        super().__init__(log, lambda encoded: make_features(encoded=encoded))
        self.reads = 0
        self.has_saved = asyncio.Event()

    @override
    def load(self) -> FeatureSet:
        self.reads += 1
        return super().load()

    @override
    async def save(
        self, features: FeatureSet, records: Sequence[Record], events: Sequence[Reliable] = ()
    ) -> None:
        if self.is_full:
            raise StorageError("The disk is full. Free some space on it.")
        await super().save(features, records, events)
        self.has_saved.set()


class Studio:
    """A queue without sockets, and what it delivered."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.now_ms = 1_000_000
        self.hub = Hub(time.monotonic)
        self.feed = SampledFeed(self.hub)
        self.history = History("e")
        lane = ReliableLane(self.history, self.hub)
        self.processor = CommandProcessor(disk, lane=lane, feed=self.feed, clock_ms=lambda: self.now_ms)


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    database = await asyncio.to_thread(Database, tmp_path)
    await asyncio.to_thread(RoomStore(database, "main").open, "Room", 0)
    studio = Studio(Disk(EventLog(database, "main")))
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(studio.processor.run())
        yield studio
        work.cancel()
    database.close()


async def test_what_cannot_be_kept_is_refused_told_to_nobody_and_forgotten(studio: Studio) -> None:
    assert await studio.processor.execute(SendDanmu("一"), HOST) is None
    studio.disk.is_full = True
    rejections = [await studio.processor.execute(SendDanmu(text), HOST) for text in ("二", "三")]
    assert rejections == [Rejection(RejectReason.UNAVAILABLE)] * 2
    assert studio.history.seq == 1

    studio.disk.is_full = False
    assert await studio.processor.execute(SendDanmu("四"), HOST) is None
    assert [danmu.text for danmu in studio.processor.features.danmu.recent()] == ["一", "四"]
    assert studio.disk.replay().encode() == studio.processor.features.encode()


async def test_what_happened_while_the_disk_was_full_is_kept_when_it_is_not(studio: Studio) -> None:
    studio.disk.is_full = True
    studio.processor.record(Joined("anna"))
    assert await studio.processor.execute(SendDanmu("一"), HOST) == Rejection(RejectReason.UNAVAILABLE)
    studio.disk.is_full = False
    studio.now_ms += RETRY_MS
    studio.processor.tick(studio.now_ms)
    await studio.disk.has_saved.wait()
    assert await studio.processor.execute(SendDanmu("二"), HOST) is None

    stats = studio.processor.features.counters.stats(studio.now_ms)
    assert (stats.viewers, stats.total.danmu) == (1, 1)
    assert studio.disk.replay().encode() == studio.processor.features.encode()


async def test_a_full_disk_is_told_once_and_tried_again_in_peace(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    studio.disk.is_full = True
    studio.processor.record(Joined("anna"))
    for _ in range(5):
        await studio.processor.execute(SendDanmu("一"), HOST)
    studio.disk.is_full = False
    reads = studio.disk.reads
    for _ in range(8):
        studio.now_ms += RETRY_MS // 10
        studio.processor.tick(studio.now_ms)
        assert not studio.processor._has_work.is_set()

    assert studio.disk.reads == reads
    assert len([record for record in caplog.records if "cannot be saved" in record.message]) == 1


async def test_a_crowd_shares_transactions_and_all_are_answered(studio: Studio) -> None:
    people = [Actor(f"guest-{number}", Role.VIEWER) for number in range(300)]
    kept: list[int] = []
    save = studio.disk.save

    async def counting(
        features: FeatureSet, records: Sequence[Record], events: Sequence[Reliable] = ()
    ) -> None:
        kept.append(len(records))
        await save(features, records, events)

    studio.disk.save = counting  # type: ignore[method-assign]
    answers = await asyncio.gather(*(studio.processor.execute(SendLikes(2), person) for person in people))

    assert answers == [None] * 300
    assert studio.processor.features.likes.state.total == 600
    assert sum(kept) == 300
    assert len(kept) <= 3


@pytest.mark.parametrize(
    ("said_ms", "counts_ms"),
    [
        (None, 100_000),
        (99_500, 99_500),
        (100_500, 100_000),
        (100_000 - LONGEST_WAY_MS - 1, 100_000 - LONGEST_WAY_MS),
        (-1, 100_000 - LONGEST_WAY_MS),
        (2**53, 100_000),
    ],
)
async def test_when_a_node_received_a_command_counts_within_bounds(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, said_ms: int | None, counts_ms: int
) -> None:
    studio.now_ms = 100_000
    decided: list[int | None] = []

    def decide(_command: object, _actor: Actor, _now_ms: int, *, received_at_ms: int | None = None) -> object:
        decided.append(received_at_ms)
        return ()

    monkeypatch.setattr(studio.processor.features, "decide", decide)
    assert await studio.processor.execute(SendDanmu("一"), HOST, said_ms) is None
    assert decided == [counts_ms]


async def test_what_is_turned_away_because_too_much_is_decided_is_counted(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned_away: list[RejectReason] = []
    delegated = Delegated(asyncio.Event().wait, lambda _result: None)
    monkeypatch.setattr(studio.processor.features, "decide", lambda *_, **__: delegated)
    monkeypatch.setattr(
        studio.processor.features,
        "count_refusal",
        lambda _, reason, _at_ms: turned_away.append(reason),
    )
    monkeypatch.setattr(studio.processor._delegations, "_count", MOST_AT_ONCE)
    refused = await studio.processor.execute(SendDanmu("一"), HOST)
    assert refused is not None
    assert [refused.reason] == turned_away == [RejectReason.TOO_FAST]


async def test_what_is_turned_away_because_too_much_waits_is_counted(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned_away: list[RejectReason] = []
    monkeypatch.setattr(
        studio.processor.features,
        "count_refusal",
        lambda _, reason, _at_ms: turned_away.append(reason),
    )
    monkeypatch.setattr("backend.room.processor.MAX_WAITING", 0)
    refused = await studio.processor.execute(SendDanmu("一"), HOST)
    assert refused is not None
    assert [refused.reason] == turned_away == [RejectReason.TOO_FAST]


async def test_a_newcomer_sees_nothing_that_is_not_kept_yet(studio: Studio) -> None:
    is_writing, may_write = asyncio.Event(), asyncio.Event()
    save = studio.disk.save

    async def slow(features: FeatureSet, records: Sequence[Record], events: Sequence[Reliable] = ()) -> None:
        is_writing.set()
        await may_write.wait()
        await save(features, records, events)

    studio.disk.save = slow  # type: ignore[method-assign]
    empty = studio.processor.show()
    async with asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(studio.processor.execute(SendDanmu("一"), HOST))
        await is_writing.wait()
        assert studio.processor.features.danmu.recent()
        assert studio.processor.show() == empty
        assert studio.history.seq == 0
        may_write.set()
        assert await answer is None
    assert [danmu.text for danmu in studio.processor.show().danmu] == ["一"]


async def test_a_flood_is_sampled_with_the_true_count_and_each_writer_hears_their_own(studio: Studio) -> None:
    watching, writing = FakeLine(), FakeLine()
    people = [Actor(f"guest-{number}", Role.VIEWER) for number in range(200)]
    studio.hub.subscribe(watching)
    studio.processor.enter(writing, people[77])
    answers = await asyncio.gather(*(studio.processor.execute(SendDanmu("冲"), person) for person in people))
    studio.feed.flush()
    await studio.hub.drain()

    assert answers == [None] * 200
    events = [event for message in watching.messages for event in as_type(Sampled, message).events]
    shown = [event for event in events if isinstance(event, DanmuSent)]
    assert sum(len(event.danmu) for event in shown) <= 20
    assert shown[-1].total == 200
    private = [as_type(Private, message).event for message in writing.messages]
    echoes = [event for event in private if isinstance(event, DanmuEchoed)]
    assert [echo.danmu.author.user_id for echo in echoes] == ["guest-77"]
