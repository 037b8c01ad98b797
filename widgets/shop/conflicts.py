"""The differences between two editors' versions in words, and the command that overwrites one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication

from backend.contract.chat import RoomRules, SetBlockedWords, SetRoomRules
from backend.contract.profile import RoomProfile, SetRoomProfile
from backend.contract.shop import Conflict, EditProduct, Product
from widgets.shop import product_texts
from widgets.shop.product_draft import ProductField

MOST_WORDS: Final = 200
UNCHANGED: Final = "—"

Edit = EditProduct | SetRoomRules | SetBlockedWords | SetRoomProfile
"""A command that carries the version its editor saw."""


@dataclass(frozen=True)
class Difference:
    """One thing on which the editors do not agree; `UNCHANGED` is what the loser did not touch."""

    field: str
    yours: str
    theirs: str


def overwriting(command: Edit, conflict: Conflict) -> Edit:
    """The same command, for whoever has seen what the others did."""
    if isinstance(command, SetRoomRules):
        rules = msgspec.structs.replace(command.rules, version=conflict.version)
        return msgspec.structs.replace(command, rules=rules)
    again = msgspec.structs.replace(command, version=conflict.version)
    if isinstance(again, EditProduct) and again.stock is not None and conflict.product is not None:
        return msgspec.structs.replace(again, stock_from=conflict.product.stock)
    return again


def differences(command: Edit, conflict: Conflict, seen: Product | None = None) -> list[Difference]:
    """What the editors want differently; nothing where they agree.

    Args:
        command: what the loser wanted.
        conflict: the room's answer to it.
        seen: the product as the loser saw it, so that what only the other one changed is shown too.
    """
    match command, conflict:
        case EditProduct(), Conflict(product=Product() as product):
            found = _of_products(command, product, seen)
        case SetRoomRules(rules=rules), Conflict(rules=RoomRules() as theirs):
            found = _of_rules(rules, theirs)
        case SetBlockedWords(words=words), Conflict(words=list() as others):
            found = _of_words(words, others)
        case SetRoomProfile(), Conflict(profile=RoomProfile() as presented):
            found = _of_profiles(command, presented)
        case _:
            return []
    return [difference for difference in found if difference.yours != difference.theirs]


def _of_products(command: EditProduct, theirs: Product, seen: Product | None) -> Iterator[Difference]:
    for field in ProductField:
        name, wanted, now = product_texts.name(field, theirs.currency), field.of(command), field.of(theirs)
        text = product_texts.value(field, now, theirs.currency)
        if wanted is not None:
            yield Difference(name, product_texts.value(field, wanted, theirs.currency), text)
        elif seen is not None and field.of(seen) != now:
            yield Difference(name, UNCHANGED, text)


def _of_rules(yours: RoomRules, theirs: RoomRules) -> Iterator[Difference]:
    translate = QCoreApplication.translate
    slow = translate("Conflict", "Slow mode")
    yield Difference(slow, _seconds(yours.slow_mode_s), _seconds(theirs.slow_mode_s))
    for name, mine, other in (
        (translate("Conflict", "Followers only"), yours.followers_only, theirs.followers_only),
        (translate("Conflict", "No links"), yours.links_off, theirs.links_off),
        (translate("Conflict", "Chat paused"), yours.is_chat_paused, theirs.is_chat_paused),
        (
            translate("Conflict", "Votes: accounts only"),
            yours.votes_for_accounts,
            theirs.votes_for_accounts,
        ),
        (
            translate("Conflict", "Likes: accounts only"),
            yours.likes_for_accounts,
            theirs.likes_for_accounts,
        ),
        (
            translate("Conflict", "Follows: accounts only"),
            yours.follows_for_accounts,
            theirs.follows_for_accounts,
        ),
    ):
        yield Difference(name, _switch(mine), _switch(other))


def _of_profiles(yours: SetRoomProfile, theirs: RoomProfile) -> Iterator[Difference]:
    translate = QCoreApplication.translate
    yield Difference(translate("Conflict", "Title"), yours.title, theirs.title)
    yield Difference(translate("Conflict", "Notice"), yours.notice, theirs.notice)
    for name, mine, other in (
        (translate("Conflict", "Avatar"), yours.avatar, theirs.avatar),
        (translate("Conflict", "Cover"), yours.cover, theirs.cover),
    ):
        if mine != (other.name if other else ""):
            # Names of pictures say nothing to anybody.
            yield Difference(
                name, translate("Conflict", "Your picture"), translate("Conflict", "Another picture")
            )


def _seconds(seconds: int) -> str:
    return QCoreApplication.translate("Conflict", "{n} s").format(n=seconds) if seconds else _switch(0)


def _switch(is_on: int) -> str:
    translate = QCoreApplication.translate
    return translate("Conflict", "On") if is_on else translate("Conflict", "Off")


def _of_words(yours: Sequence[str], theirs: Sequence[str]) -> Iterator[Difference]:
    blocked = QCoreApplication.translate("Conflict", "Blocked")
    free = QCoreApplication.translate("Conflict", "Not blocked")
    mine, others = set(yours), set(theirs)
    found = [Difference(word, blocked, free) for word in yours if word not in others]
    found += [Difference(word, free, blocked) for word in theirs if word not in mine]
    yield from found[:MOST_WORDS]
    if len(found) > MOST_WORDS:
        more = QCoreApplication.translate("Conflict", "and {n} more").format(n=len(found) - MOST_WORDS)
        yield Difference(more, "…", "")
