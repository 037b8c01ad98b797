"""Checks a draw's bundle step by step, each with a sentence that people understand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from backend.fairness.bundle import BundleError, DrawBundle, rules_of
from backend.fairness.digests import commitment
from backend.fairness.draw import hash_of_nonce, in_order, mix, ranking, root, winners

PROVES: Final = (
    "The secret was fixed with the terms before anybody entered, and the list before any viewer's number",
    "was revealed; the winners follow from them by arithmetic alone. One honest number that was mixed in is",
    "enough: the shop could not know the winners while it could still change secret or list.",
)
PROVES_NOT: Final = (
    "That commitment and root are those that were shown at the time: compare them with what your page noted",
    "(--commitment and --root). That each entry is another person, or that everybody was let in who should",
    "have been. That no number was held back on purpose: who knows secret and all other numbers can choose",
    "between two results for each entry of their own. See how many are not proven.",
)


@dataclass(frozen=True)
class Seen:
    """What somebody noted at the time; empty: nothing was noted."""

    commitment: str = ""
    root: str = ""


@dataclass(frozen=True)
class Check:
    """One step: whether it holds, and what it says."""

    holds: bool
    text: str


def check_draw(bundle: DrawBundle, seen: Seen) -> Iterator[Check]:
    """Compute all of a draw anew and compare; the steps in the order in which the draw went."""
    for step in (_noted, _sealed, _listed, _revealed, _mixed, _won):
        yield from step(bundle, seen)


def _noted(bundle: DrawBundle, seen: Seen) -> Iterator[Check]:
    if seen.commitment:
        yield Check(seen.commitment == bundle.commitment, "the commitment is the one noted at the opening")
    if seen.root:
        yield Check(seen.root == bundle.root, "the root is the one noted at the close")


def _sealed(bundle: DrawBundle, _seen: Seen) -> Iterator[Check]:
    found = commitment("draw", bundle.campaign_id, bundle.terms, bytes.fromhex(bundle.secret))
    text = "the secret is the one that was sealed at the opening, for this draw and these terms"
    yield Check(found == bundle.commitment, text)


def _listed(bundle: DrawBundle, _seen: Seen) -> Iterator[Check]:
    is_once = len({entry.who for entry in bundle.entries}) == len(bundle.entries)
    yield Check(is_once, f"{len(bundle.entries)} entries, each pseudonym once")
    is_sorted = list(bundle.entries) == in_order(bundle.entries)
    text = "the entries are those whose root was published at the close"
    yield Check(is_sorted and root(bundle.entries) == bundle.root, text)


def _revealed(bundle: DrawBundle, _seen: Seen) -> Iterator[Check]:
    proven = [entry for entry in bundle.entries if entry.nonce]
    is_true = all(hash_of_nonce(bundle.campaign_id, one.nonce) == one.nonce_hash for one in proven)
    withheld = len(bundle.entries) - len(proven)
    text = (
        f"{len(proven)} viewers' numbers have the hashes they entered with; {withheld} not proven (withheld)"
    )
    yield Check(is_true, text)


def _mixed(bundle: DrawBundle, _seen: Seen) -> Iterator[Check]:
    found = mix(bundle.campaign_id, bundle.root, bundle.entries)
    yield Check(found == bundle.mix, "the mix is made of all these numbers")


def _won(bundle: DrawBundle, _seen: Seen) -> Iterator[Check]:
    secret = bytes.fromhex(bundle.secret)
    ranked = ranking(secret, bundle.campaign_id, bundle.root, bundle.mix, bundle.entries)
    rules = rules_of(bundle.terms)
    found = winners(ranked, rules, bundle.unclaimed)
    text = f"the {len(found)} winners are the first ranks that follow from secret, list and mix"
    yield Check(tuple(found) == bundle.winners, text)
    if bundle.unclaimed:
        first = winners(ranked, rules._replace(winners=len(found) + len(bundle.unclaimed)))
        is_true = sorted(first) == sorted([*found, *bundle.unclaimed])
        text = f"{len(bundle.unclaimed)} of the first ranks were passed over: gone, or not claimed in time"
        yield Check(is_true, text)


def run_checks(bundle: DrawBundle, seen: Seen, say: Callable[[str], None]) -> bool:
    """Say each step, and return whether all of them hold."""
    holds = True
    try:
        for check in check_draw(bundle, seen):
            say(f"  {'ok  ' if check.holds else 'FALSE'} {check.text}")
            holds = holds and check.holds
    except BundleError as error:
        say(f"  FALSE {error}")
        return False
    return holds
