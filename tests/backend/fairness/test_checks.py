from collections.abc import Iterator
from dataclasses import replace

import pytest

from backend.fairness.bundle import BundleError, read_bundle, write_bundle
from backend.fairness.checks import Seen, run_checks
from backend.fairness.digests import canonical, commitment
from backend.fairness.draw import Rules, mix, ranking, root, winners
from tests.backend.fairness.samples import DRAW_ID, make_bundle

NOTHING = Seen()


def holds(text: str, seen: Seen = NOTHING) -> bool:
    try:
        return run_checks(read_bundle(text), seen, lambda _: None)
    except BundleError:
        return False


def mutations(text: str) -> Iterator[str]:
    """Each byte changed in two ways, taken out, and doubled."""
    raw = text.encode()
    for at in range(len(raw)):
        for changed in (bytes([raw[at] ^ 1]), bytes([raw[at] ^ 32]), b"", raw[at : at + 1] * 2):
            yield (raw[:at] + changed + raw[at + 1 :]).decode(errors="replace")


@pytest.mark.parametrize("rules", [Rules(1, needs_nonce=False), Rules(3, needs_nonce=True)])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_a_true_bundle_holds(count: int, rules: Rules) -> None:
    assert holds(write_bundle(make_bundle(count, rules, withheld=min(1, count))))


def test_one_changed_byte_anywhere_does_not_hold() -> None:
    first = make_bundle(4).winners[0]
    text = write_bundle(make_bundle(4, unclaimed=(first,)))
    assert holds(text)

    assert [one for one in mutations(text) if holds(one) and one != text] == []


def test_a_bundle_made_whole_again_after_a_change_does_not_fit_what_was_noted() -> None:
    bundle = make_bundle()
    seen = Seen(bundle.commitment, bundle.root)
    other_secret = make_bundle(seed=2)
    without_one = bundle.entries[1:]
    top = root(without_one)
    mixed = mix(DRAW_ID, top, without_one)
    ranked = ranking(bytes.fromhex(bundle.secret), DRAW_ID, top, mixed, without_one)
    won = tuple(winners(ranked, Rules(2, needs_nonce=False)))
    other_list = replace(bundle, entries=without_one, root=top, mix=mixed, winners=won)

    assert holds(write_bundle(bundle), seen)
    for other in (other_secret, other_list):
        assert holds(write_bundle(other))
        assert not holds(write_bundle(other), seen)


def test_who_is_passed_over_must_have_stood_before_the_winners() -> None:
    bundle = make_bundle()
    last = next(entry.who for entry in bundle.entries if entry.who not in bundle.winners)

    assert holds(write_bundle(make_bundle(unclaimed=(bundle.winners[1],))))
    assert not holds(write_bundle(replace(bundle, unclaimed=(last,))))


def test_an_entry_that_stands_twice_does_not_hold() -> None:
    bundle = make_bundle(1, Rules(1, needs_nonce=False), withheld=0)
    twice = bundle.entries * 2
    top = root(twice)
    mixed = mix(DRAW_ID, top, twice)

    assert not holds(write_bundle(replace(bundle, entries=twice, root=top, mix=mixed)))


def test_terms_that_say_not_who_wins_do_not_hold() -> None:
    bundle = make_bundle()
    terms = canonical({"prize": "a cup"})
    sealed = commitment("draw", DRAW_ID, terms, bytes.fromhex(bundle.secret))

    assert not holds(write_bundle(replace(bundle, terms=terms, commitment=sealed)))


def test_a_withheld_number_is_said_to_be_not_proven() -> None:
    said: list[str] = []
    run_checks(make_bundle(7, withheld=2), NOTHING, said.append)

    assert any("5 viewers' numbers" in line and "2 not proven" in line for line in said)
    assert all(line.startswith("  ok") for line in said)
