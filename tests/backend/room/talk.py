"""Features without a disk, so that a test reads like what people say and hear."""

from collections.abc import Callable
from typing import TypeVar

from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.chat import SendDanmu
from backend.contract.gifts import Gift, GiftEffect
from backend.contract.protocol import Command
from backend.contract.shop import Product
from backend.features.actor import Actor
from backend.features.audience.default_names import CHINESE, DefaultNames
from backend.features.audience.names import Names
from backend.features.chat.blocked_words import WordFile
from backend.features.deliveries import Delegated, Delivery, Rejection, ToAll, ToCrowd, ToStaff, ToUser
from backend.features.feature_set import FeatureSet, QueuedCommand
from backend.features.gifts.catalog import GiftShelf
from backend.features.gifts.gifts import GiftShop
from backend.features.surroundings import Surroundings
from backend.log.entries import Entry, Record
from backend.shop.coins.messages import CoinMessage
from backend.shop.coins.purses import Purses
from backend.shop.room_products import Catalog
from tests.support.memory_shop import MemoryShop, next_result

HOST = Actor("host", Role.HOST)
HELPER = Actor("helper", Role.ASSISTANT, frozenset(AssistantRight))
ANNA = Actor("anna", Role.VIEWER)
BERT = Actor("bert", Role.VIEWER)
PRODUCTS = Catalog([Product(name, 1, name, 100, None, 5, "") for name in ("tea", "cup", "pot")])
GIFTS = [
    Gift("rose", "玫瑰", "Rose", 1, GiftEffect.BANNER, ""),
    Gift("beer", "啤酒", "Beer", 10, GiftEffect.BANNER, ""),
    Gift("rocket", "火箭", "Rocket", 700, GiftEffect.RISE, ""),
]
SHELF = GiftShelf(GIFTS, demo_coins=1000)

Kind = TypeVar("Kind")


def make_features(
    products: Catalog = PRODUCTS,
    encoded: bytes | None = None,
    *,
    shelf: GiftShelf = SHELF,
    word_file: WordFile | None = None,
    names: DefaultNames = CHINESE,
    owned: Names | None = None,
    new_session_id: Callable[[], str] = lambda: "session-1",
    room_id: str = "",
    shop: MemoryShop | None = None,
    gift_shop: GiftShop | None = None,
    purses: Purses | None = None,
) -> FeatureSet:
    """Make the features of a room that sells these products."""
    word_file = word_file or WordFile(None)
    around = Surroundings(
        products,
        word_file,
        shelf=shelf,
        names=names,
        owned=owned,
        new_session_id=new_session_id,
        room_id=room_id,
        shop=shop,
        gift_shop=gift_shop or shop,
        coupon_shop=shop,
        purses=purses or Purses(),
    )
    return FeatureSet(around, encoded)


class Talk:
    """A room's features at work on a clock of their own."""

    def __init__(self, features: FeatureSet | None = None, shop: MemoryShop | None = None) -> None:
        self.shop = shop or MemoryShop(PRODUCTS)
        self.features = features or make_features(shop=self.shop)
        self.now_ms = 1_000_000
        self.records: list[Record] = []
        self.told: list[Delivery] = []

    def do(self, command: Command | QueuedCommand, actor: Actor = ANNA) -> RejectReason | None:
        """Give a command; None when it is done, else why not."""
        rejection = self.rejection(command, actor)
        return rejection.reason if rejection else None

    def rejection(self, command: Command | QueuedCommand, actor: Actor = ANNA) -> Rejection | None:
        """Give a command; None when it is done, else why not and for how long."""
        self.told = []
        decision = self.features.decide(command, actor, self.now_ms)
        if isinstance(decision, Delegated):
            return self._ask(decision)
        if isinstance(decision, Rejection):
            return decision
        for entry in decision:
            self.happens(entry)
        return None

    def _ask(self, delegated: Delegated) -> Rejection | None:
        """Let the shop decide, which needs no time, and hear what it says."""
        result = next_result(delegated.ask())
        self.hear()
        return delegated.answer(result)

    def hear(self) -> None:
        """Take in what the shop says."""
        for one in self.shop.read(100):
            decision = (
                self.features.decide(one, HOST, self.now_ms) if isinstance(one, CoinMessage) else (one,)
            )
            assert isinstance(decision, tuple)
            for entry in decision:
                self.happens(entry)

    def happens(self, entry: Entry) -> None:
        record = self.features.record(entry, self.now_ms)
        self.records.append(record)
        self.told += self.features.apply(record)

    def say(self, text: str, actor: Actor = ANNA) -> int:
        """Say something that is not refused, later than all before, and return its number."""
        self.passes(3)
        refused = self.do(SendDanmu(text), actor)
        assert refused is None, refused
        return self.features.danmu.state.last_id

    def passes(self, seconds: float) -> None:
        self.now_ms += int(seconds * 1000)
        self.told = []
        for entry in self.features.due(self.now_ms):
            self.happens(entry)

    def heard(self, kind: type[Kind]) -> Kind:
        """Return the event of this kind that the last thing caused, whoever is told of it."""
        return self.all_heard(kind)[-1]

    def all_heard(self, kind: type[Kind]) -> list[Kind]:
        events = [item.event for item in self.told if isinstance(item, ToAll | ToCrowd | ToUser | ToStaff)]
        return [event for event in events if isinstance(event, kind)]

    def texts(self) -> list[str]:
        """What a newcomer reads."""
        return [danmu.text for danmu in self.features.danmu.recent()]
