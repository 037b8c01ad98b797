"""What chaos needs: a room that is started again on the same disk, and viewers whose lines break."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random

from backend.contract.audience import JoinsShown, LikesChanged, SendLikes
from backend.contract.base import Role
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ShowCard
from backend.contract.chat import (
    NO_RULES,
    Danmu,
    DanmuDeleted,
    DanmuPinned,
    DanmuRestored,
    DanmuSent,
    DanmuUnpinned,
    DeleteDanmu,
    MuteUser,
    PaidDanmuSent,
    PinDanmu,
    Pinned,
    RestoreDanmu,
    RoomRules,
    RoomRulesChanged,
    SendDanmu,
    SetRoomRules,
    StaffDanmuSent,
    UnmuteUser,
    UnpinDanmu,
)
from backend.contract.gifts import ClaimDemoCoins, GiftsSent, SendGift, SentGift, WalletChanged
from backend.contract.live import EndLive, GoLive, Live, LiveChanged, PauseLive, ResumeLive
from backend.contract.protocol import (
    Command,
    Join,
    Private,
    Reliable,
    ReliableEvent,
    Sampled,
    SampledEvent,
    ServerMessage,
    Snapshot,
    decode_server_message,
    encode,
)
from backend.contract.shop import Product
from backend.contract.totals import totals_of
from backend.features.actor import Actor
from backend.features.chat.blocked_words import WordFile
from backend.features.feature_set import FeatureSet
from backend.features.surroundings import Surroundings
from backend.log.entries import GiftSent, Record, Said
from backend.room.frames import Prepared
from backend.room.history import History
from backend.room.room import Room
from backend.room.session import Refresh, Send, Session, Subscribe
from backend.shop.room_products import Catalog
from tests.backend.room.talk import SHELF
from tests.support.memory_shop import MemoryShop

HOST = Actor("host", Role.HOST)
PRODUCTS = [Product(str(number), number, f"第{number}号", 100, None, 1, "") for number in range(1, 9)]
CATALOG = Catalog(PRODUCTS)
SHOW: list[Command] = [
    *(ShowCard(product.product_id) for product in PRODUCTS),
    HideCard(),
    GoLive(),
    GoLive(),
    PauseLive(),
    ResumeLive(),
]


@lru_cache(maxsize=4096)
def read(frame: bytes) -> ServerMessage:
    """Read a frame's message; the same bytes go to all, so twenty viewers need not read them twenty times."""
    head = {126: 4, 127: 10}.get(frame[1], 2)
    message: ServerMessage = decode_server_message(frame[head:])
    return message


class Wire:
    """A line that never falls behind."""

    has_work = False
    is_cut = False
    waiting_bytes = 0

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def send(self, prepared: Prepared) -> None:
        self.sent.append(prepared.frame)

    def cut(self, code: int, reason: str) -> None:
        raise NotImplementedError

    async def run(self) -> None:
        raise NotImplementedError


class Disk:
    """What survives the backend: the room's log, and a checkpoint of what it folds to; see `Store`."""

    is_fenced = False

    def __init__(self, new_session_id: Callable[[], str]) -> None:
        self.records: list[Record] = []
        self.last_danmu_id = 0
        self.session_id = ""
        self.gifts: list[tuple[int, SentGift]] = []
        self.shop = MemoryShop(CATALOG)
        self._around = Surroundings(
            CATALOG,
            WordFile(None),
            shelf=SHELF,
            new_session_id=new_session_id,
            gift_shop=self.shop,
        )
        self._encoded = FeatureSet(self._around).encode()

    def combos_since(self, record_count: int) -> dict[int, int]:
        """How far each combo came in which anything was sent after the first so many records."""
        sent = [gift for number, gift in self.gifts if number > record_count]
        return {gift.combo_id: gift.combo for gift in sent}

    def load(self) -> FeatureSet:
        features = FeatureSet(self._around, self._encoded)
        for record in self.records[features.number :]:
            features.apply(record)
        self._encoded = features.encode()
        return features

    async def save(self, features: FeatureSet, records: Sequence[Record], events: Sequence[Reliable]) -> None:
        for record in records:
            assert record.number == len(self.records) + 1
            self.records.append(record)
            self.session_id = record.session_id
            match record.entry:
                case Said(danmu=danmu):
                    self.last_danmu_id = danmu.danmu_id
                case GiftSent(gift=gift):
                    self.gifts.append((record.number, gift))

    def save_checkpoint(self, features: FeatureSet) -> None:
        """See `Store.save_checkpoint`; each load makes a checkpoint here, of what was saved."""


def totals_by_type(snapshot: Snapshot) -> dict[type, SampledEvent]:
    """What the sampled lane says where it says all that there is to a snapshot."""
    return {type(event): event for event in totals_of(snapshot).events}


class Viewer:
    """A client that applies what it hears and checks that the numbers have neither gap nor double."""

    def __init__(self, name: str) -> None:
        self.actor = Actor(name, Role.VIEWER)
        self.epoch, self.seq = "", 0
        self.live: Live | None = None
        self.card: Card | None = None
        self.pinned: Pinned | None = None
        self.rules = NO_RULES
        self.danmu: dict[int, Danmu] = {}
        self.came_at_id = 0
        self.came_at_record = 0
        self.combos: dict[int, int] = {}
        self.totals: dict[type, SampledEvent] = {}
        self.coins = 0
        self._joined_at_record = 0
        self.line: Wire | None = None
        self.read = 0
        self.resumed = self.snapshots = 0

    def join(self, theatre: "Theatre") -> None:
        room, self._joined_at_record = theatre.room, len(theatre.disk.records)
        self.line, self.read = Wire(), 0
        session = Session(self.actor, room)
        for action in session.receive(encode(Join(self.epoch, self.seq)), 0):
            if isinstance(action, Send):
                self.line.send(action.prepared)
            elif isinstance(action, Subscribe):
                room.enter(self.line, self.actor)
            elif isinstance(action, Refresh):
                room.refresh(self.line)

    def lose(self, room: Room) -> None:
        """The line breaks: what was on its way and not read is gone."""
        if self.line is not None:
            room.leave(self.line, self.actor)
            self.line = None

    def listen(self, count: int | None = None) -> None:
        if self.line is None:
            return
        end = len(self.line.sent) if count is None else self.read + count
        fresh = self.line.sent[self.read : end]
        self.read += len(fresh)
        for frame in fresh:
            self._take(read(frame))

    def _take(self, message: ServerMessage) -> None:
        match message:
            case Snapshot():
                self._begin_at(message)
            case Reliable(seq=seq, event=event):
                self.resumed += 1
                assert seq == self.seq + 1, f"expected {self.seq + 1}, got {seq}"
                self.seq = seq
                self._apply(event)
            case Sampled(events=events):
                for one in events:
                    self._count(one)
            case Private(event=WalletChanged(coins=coins)):
                self.coins = coins
            case _:
                pass

    def _begin_at(self, snapshot: Snapshot) -> None:
        self.snapshots += 1
        self.epoch, self.seq = snapshot.epoch, snapshot.seq
        self.live, self.card = snapshot.live, snapshot.card
        self.pinned, self.rules = snapshot.pinned, snapshot.rules
        self.danmu = {}
        self._hear(snapshot.danmu)
        self.came_at_id = max(self.danmu, default=0)
        self.came_at_record, self.combos = self._joined_at_record, {}
        self.totals = totals_by_type(snapshot)

    def _apply(self, event: ReliableEvent) -> None:
        match event:
            case CardShown(card=card):
                self.card = card
            case CardHidden():
                self.card = None
            case LiveChanged(live=live):
                self.live = live
            case GiftsSent(gifts=gifts):
                for gift in gifts:
                    assert gift.combo > self.combos.get(gift.combo_id, 0)
                    self.combos[gift.combo_id] = gift.combo
            case _:
                self._apply_chat(event)

    def _apply_chat(self, event: ReliableEvent) -> None:
        match event:
            case StaffDanmuSent(danmu=danmu):
                self._hear([danmu])
            case PaidDanmuSent(danmu=several) | DanmuRestored(danmu=several):
                self._hear(several)
            case DanmuDeleted(danmu_ids=danmu_ids):
                for danmu_id in danmu_ids:
                    self.danmu.pop(danmu_id, None)
            case DanmuPinned(pinned=pinned):
                self.pinned = pinned
            case DanmuUnpinned():
                self.pinned = None
            case RoomRulesChanged(rules=rules):
                self.rules = rules
            case _:
                pass

    def _count(self, event: SampledEvent) -> None:
        match event:
            case DanmuSent(danmu=danmu, total=total):
                self._hear(danmu)
                self.totals[DanmuSent] = DanmuSent([], total)
            case LikesChanged(total=total):
                self.totals[LikesChanged] = LikesChanged(total, 0)
            case JoinsShown():
                pass
            case _:
                self.totals[type(event)] = event

    def _hear(self, several: Sequence[Danmu]) -> None:
        for danmu in several:
            self.danmu[danmu.danmu_id] = danmu


class Theatre:
    """A room that can be started again on the same disk."""

    def __init__(self) -> None:
        self.restarts = 0
        self.sessions = 0
        self.now_ms = 1_000_000
        self.disk = Disk(self._session_id)
        self.room = self._open()

    def _open(self) -> Room:
        history = History(f"epoch-{self.restarts}")
        room = Room(
            "main",
            "直播间",
            store=self.disk,
            history=history,
            clock_ms=lambda: self.now_ms,
            mailbox=self.disk.shop,
        )
        self.disk.shop.on_message = room.look_for_mail
        return room

    def _session_id(self) -> str:
        self.sessions += 1
        return f"session-{self.sessions}"

    def restart(self) -> None:
        self.restarts += 1
        self.room = self._open()

    @property
    def session_id(self) -> str:
        return self.disk.session_id


def show_command(random: Random) -> Command:
    """Return something that the host shows or does."""
    return EndLive() if random.random() < 0.005 else random.choice(SHOW)


def moderator_command(random: Random, theatre: Theatre, viewers: Sequence[Viewer]) -> Command:
    """Return something that the host says, or does about what others said."""
    danmu_id = max(1, theatre.disk.last_danmu_id - random.randrange(12))
    user_id = random.choice(viewers).actor.user_id
    rules = RoomRules(0, followers_only=False, links_off=random.random() < 0.5, is_chat_paused=False)
    chosen: list[Command] = [
        SendDanmu("主播说"),
        DeleteDanmu(danmu_id),
        RestoreDanmu(danmu_id),
        MuteUser(user_id, random.choice([0, 5])),
        UnmuteUser(user_id),
        PinDanmu(danmu_id, 5),
        UnpinDanmu(),
        SetRoomRules(rules),
    ]
    return random.choice(chosen)


def viewer_command(random: Random, theatre: Theatre) -> Command:
    """Return something that a viewer says, likes or gives."""
    chance = random.random()
    if chance < 0.4:
        return SendDanmu("观众说")
    if chance < 0.5:
        return ClaimDemoCoins()
    if chance < 0.6:
        return SendLikes(3)
    # Few keys: some sends are repeated, as by a client that got no answer.
    key, text = f"key-{random.randrange(400):04}", random.choice(["", "礼物里的话"])
    return SendGift(theatre.session_id, key, random.choice(["rose", "beer"]), 1, text)
