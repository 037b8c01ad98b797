import random
from collections import Counter

from backend.fairness.draw import (
    Entry,
    Rules,
    hash_of_nonce,
    in_order,
    mix,
    pseudonym,
    ranking,
    root,
    winners,
)
from tests.backend.fairness.samples import DRAW_ID, make_entries

TWO = Rules(2, needs_nonce=False)


def ranked(entries: list[Entry], secret: bytes = b"s" * 32) -> list[Entry]:
    ordered = in_order(entries)
    top = root(ordered)
    return ranking(secret, DRAW_ID, top, mix(DRAW_ID, top, ordered), ordered)


def test_the_ranking_does_not_depend_on_the_order_of_arrival() -> None:
    entries = make_entries(50, random.Random(1))

    assert ranked(entries) == ranked(entries[::-1])
    assert sorted(ranked(entries)) == sorted(entries)


def test_one_entry_more_one_number_more_or_another_secret_changes_who_wins() -> None:
    entries = make_entries(200, random.Random(1))
    without_a_number = [entries[0]._replace(nonce=""), *entries[1:]]
    winning = winners(ranked(entries), Rules(20, needs_nonce=False))
    others = [ranked(entries[:-1]), ranked(without_a_number), ranked(entries, b"t" * 32)]

    # By chance alone 2 of 20 would be the same.
    assert all(len(set(winning) & set(winners(one, Rules(20, needs_nonce=False)))) < 8 for one in others)


def test_a_pseudonym_belongs_to_one_draw() -> None:
    assert pseudonym("draw a", "v_1") == pseudonym("draw a", "v_1")
    assert pseudonym("draw a", "v_1") != pseudonym("draw b", "v_1")
    assert hash_of_nonce("draw a", "00" * 16) != hash_of_nonce("draw b", "00" * 16)


def test_a_prize_that_is_not_claimed_goes_to_the_next_rank() -> None:
    order = ranked(make_entries(5, random.Random(2)))
    names = [entry.who for entry in order]

    assert winners(order, TWO) == names[:2]
    assert winners(order, TWO, unclaimed={names[0]}) == names[1:3]
    assert winners(order, TWO, unclaimed=names[:4]) == names[4:]


def test_who_must_be_there_and_reveals_no_number_cannot_win() -> None:
    order = ranked(make_entries(10, random.Random(2), withheld=9))

    assert winners(order, Rules(3, needs_nonce=True)) == [one.who for one in order if one.nonce]
    assert len(winners(order, Rules(3, needs_nonce=False))) == 3


def test_a_draw_without_entries_has_no_winners() -> None:
    assert winners(ranked([]), TWO) == []


def test_each_place_in_the_order_of_arrival_wins_equally_often() -> None:
    chance = random.Random(20261202)
    draws, places, each = 4_000, 20, 3
    won: Counter[int] = Counter()
    for number in range(draws):
        draw_id = f"draw {number}"
        entries = make_entries(places, chance, draw_id, withheld=5)
        ordered = in_order(entries)
        top = root(ordered)
        order = ranking(chance.randbytes(32), draw_id, top, mix(draw_id, top, ordered), ordered)
        place_of = {entry.who: place for place, entry in enumerate(entries)}
        won.update(place_of[who] for who in winners(order, Rules(each, needs_nonce=False)))
    expected = draws * each / places
    chi_square = sum((won[place] - expected) ** 2 / expected for place in range(places))

    # 19 degrees of freedom; without replacement it is smaller by (1 - 3/20). 99.9% lie below 43.8.
    assert chi_square < 43.8
    assert sum(won.values()) == draws * each
