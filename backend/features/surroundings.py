"""What a room's features are made of: what is around them, and the folds of a checkpoint."""

import secrets
from collections.abc import Callable
from typing import cast

import msgspec

from backend.features.audience.default_names import CHINESE, DefaultNames
from backend.features.audience.names import Names
from backend.features.campaigns.acts import CampaignShop
from backend.features.chat.blocked_words import WordFile
from backend.features.coupons.coupon_cards import CouponShop
from backend.features.feature import Feature, State
from backend.features.gifts.catalog import GiftShelf
from backend.features.gifts.gifts import GiftShop
from backend.features.insights.shares import Shares
from backend.features.shop.product_edits import ProductShop, ShownProducts
from backend.shop.coins.purses import Purses


class Surroundings(msgspec.Struct, frozen=True):
    """What a room's features are made of besides their folds.

    Attributes:
        products: what can be requested, shown and changed.
        word_file: blocked words of the whole server.
        shelf: what can be given.
        names: what people are called who chose no name.
        owned: names that belong to accounts.
        shares: counts by origin; they outlive the features, which are made again after a failure.
        new_session_id: makes a name for each live session.
        room_id: of the rows that features write; empty where there is no database.
        shop: changes the products; None where there is no database.
        gift_shop: moves coins; None where there is no database.
        coupon_shop: gives coupons out; None where there is no database.
        purses: what viewers have; they outlive the features too.
        campaign_shop: decides what viewers do in campaigns; None where there is no database.
    """

    products: ShownProducts
    word_file: WordFile
    shelf: GiftShelf = msgspec.field(default_factory=GiftShelf)
    names: DefaultNames = CHINESE
    owned: Names | None = None
    shares: Shares = msgspec.field(default_factory=Shares)
    new_session_id: Callable[[], str] = lambda: secrets.token_hex(8)
    room_id: str = ""
    shop: ProductShop | None = None
    gift_shop: GiftShop | None = None
    coupon_shop: CouponShop | None = None
    purses: Purses = msgspec.field(default_factory=Purses)
    campaign_shop: CampaignShop | None = None


class Head(msgspec.Struct):
    """What a checkpoint says of no single feature."""

    number: int = 0
    session_id: str = ""
    stream_began_at_ms: int | None = None


class Folds:
    """The states of a checkpoint, by the names of the features."""

    def __init__(self, encoded: bytes | None) -> None:
        self.head = msgspec.json.decode(encoded, type=Head) if encoded else Head()
        self._raw = msgspec.json.decode(encoded, type=dict[str, msgspec.Raw]) if encoded else {}

    def of(self, feature: type[Feature[State]]) -> State | None:
        """Return a feature's state; None where the checkpoint has none."""
        raw = self._raw.get(feature.name) or self._raw.get(feature.formerly)
        return cast("State", msgspec.json.decode(raw, type=feature.state_type)) if raw else None
