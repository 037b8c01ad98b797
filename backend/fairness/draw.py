"""A draw as arithmetic: who takes part, what viewers mixed in, and the ranking that follows from it."""

import hmac
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from backend.fairness.digests import digest, packed
from backend.fairness.tree import root_of


class Entry(NamedTuple):
    """Somebody who takes part.

    Attributes:
        who: the pseudonym in this draw.
        nonce_hash: the hash of the number that the viewer's own device drew.
        nonce: the number itself, revealed after the close; empty: withheld, which is "not proven".
    """

    who: str
    nonce_hash: str
    nonce: str = ""


class Rules(NamedTuple):
    """What of a draw's terms decides who wins.

    Attributes:
        winners: how many win.
        needs_nonce: whether only those win who were there after the close and revealed their number.
    """

    winners: int
    needs_nonce: bool


def pseudonym(campaign_id: str, user_id: str) -> str:
    """Return what stands for a user in the list of one draw; in another draw it is another."""
    return digest("who", campaign_id.encode(), user_id.encode()).hex()[:32]


def hash_of_nonce(campaign_id: str, nonce: str) -> str:
    """Return what a device gives when it enters; the number (hexadecimal) follows after the close."""
    return digest("nonce", campaign_id.encode(), bytes.fromhex(nonce)).hex()


def leaf_of(entry: Entry) -> bytes:
    """Return the leaf of an entry: what was known of it when entries closed."""
    return digest("leaf", bytes.fromhex(entry.who), bytes.fromhex(entry.nonce_hash))


def root(entries: Iterable[Entry]) -> str:
    """Return what is published at the close: the list cannot be changed any more."""
    return root_of(leaf_of(entry) for entry in entries).hex()


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries by their leaves, the order in which they are listed."""
    return sorted(entries, key=leaf_of)


def mix(campaign_id: str, root: str, entries: Sequence[Entry]) -> str:
    """Return what all revealed numbers make together: nobody knew it before the last of them was revealed.

    Args:
        campaign_id: the draw's id.
        root: the root of the entries.
        entries: all entries, in their order.
    """
    parts = (part for one in entries if one.nonce for part in (one.who, one.nonce))
    return digest("mix", campaign_id.encode(), bytes.fromhex(root), *map(bytes.fromhex, parts)).hex()


def ranking(secret: bytes, campaign_id: str, root: str, mixed: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries from the first rank to the last, by HMAC-SHA256 (RFC 2104) under the secret."""
    parts = (campaign_id.encode(), bytes.fromhex(root), bytes.fromhex(mixed))

    def score(entry: Entry) -> bytes:
        return hmac.digest(secret, packed("rank", *parts, bytes.fromhex(entry.who)), "sha256")

    return sorted(entries, key=score)


def winners(ranked: Iterable[Entry], rules: Rules, unclaimed: Collection[str] = ()) -> list[str]:
    """Return who wins: the first ranks; who let the prize lie leaves it to the next rank.

    Args:
        ranked: all entries by rank.
        rules: how many win, and who may.
        unclaimed: who is passed over: gone, or did not claim in time.
    """
    can_win = (one.who for one in ranked if one.nonce or not rules.needs_nonce)
    return [who for who in can_win if who not in unclaimed][: rules.winners]
