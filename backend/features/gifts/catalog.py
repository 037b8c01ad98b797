"""The gifts that viewers can send: what each costs, and where its drawing lies."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from backend.contract.gifts import Gift, GiftCatalog, GiftEffect

IMAGE_PATH: Final = "/media/gifts/"
FILE_NAME: Final = "gifts.toml"


class GiftError(Exception):
    """The catalogue of gifts cannot be used; the message names the file and what is wrong with it."""


class _Row(msgspec.Struct, frozen=True):
    gift_id: str
    name_zh: str
    name_en: str
    coins: int
    effect: GiftEffect


class _File(msgspec.Struct, frozen=True):
    gift: list[_Row]


class GiftShelf:
    """The gifts by id, the cheapest first.

    Args:
        demo_coins: how many coins a viewer may claim for nothing in each session; 0 where this is no demo.
    """

    def __init__(self, gifts: Iterable[Gift] = (), *, demo_coins: int = 0) -> None:
        ordered = sorted(gifts, key=lambda gift: gift.coins)
        self._gifts = {gift.gift_id: gift for gift in ordered}
        self.demo_coins = demo_coins

    @property
    def catalog(self) -> GiftCatalog:
        """What everybody may know of them."""
        return GiftCatalog(list(self._gifts.values()))

    def get(self, gift_id: str) -> Gift | None:
        """Return the gift, or None."""
        return self._gifts.get(gift_id)


def read_gifts(folder: Path) -> list[Gift]:
    """Read `gifts.toml` and check that each gift has its price and drawing.

    Raises:
        GiftError: the file is missing or wrong.
    """
    path = folder / FILE_NAME
    try:
        listed = msgspec.toml.decode(path.read_bytes(), type=_File).gift
    except (OSError, msgspec.DecodeError) as error:
        raise GiftError(f"expected a list of gifts in {path}, got: {error}") from error
    gifts = [
        Gift(**msgspec.structs.asdict(row), image_url=f"{IMAGE_PATH}{row.gift_id}.svg") for row in listed
    ]
    for gift in gifts:
        if gift.coins < 1:
            raise GiftError(f"{path}: expected {gift.gift_id} to cost 1 coin or more, got {gift.coins}")
        if not (folder / f"{gift.gift_id}.svg").is_file():
            raise GiftError(f"{path}: expected a drawing {gift.gift_id}.svg beside it, got none")
    return gifts
