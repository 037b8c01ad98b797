"""The card of the product being explained."""

import msgspec

from backend.contract.base import AssistantRight as AssistantRight
from backend.contract.base import Message as Message
from backend.contract.base import Role as Role
from backend.contract.bounds import Id
from backend.contract.shop import Product as Product
from backend.contract.stream import StreamCondition as StreamCondition


class Card(msgspec.Struct, frozen=True):
    """The explain card (讲解卡) on air."""

    product: Product
    shown_at_ms: int


class ShowCard(Message, frozen=True, tag="show_card"):
    """Put the product's card on every viewer's screen, instead of the one that is there."""

    product_id: Id


class HideCard(Message, frozen=True, tag="hide_card"):
    """Take the card off."""


class CardShown(Message, frozen=True, tag="card_shown"):
    """The card every viewer now sees."""

    card: Card


class ProductsExplained(Message, frozen=True, tag="products_explained"):
    """To staff with the right to products: how long each product was explained in this live session.

    Attributes:
        times: in milliseconds by the product's id, without the card that is on air.
    """

    times: dict[str, int]


class CardHidden(Message, frozen=True, tag="card_hidden"):
    """No card is on air."""
