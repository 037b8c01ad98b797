import json
from dataclasses import replace

import pytest

from backend.fairness.bundle import BundleError, read_bundle, rules_of, write_bundle
from backend.fairness.draw import Rules
from tests.backend.fairness.samples import make_bundle


def test_a_bundle_is_read_as_it_was_written() -> None:
    bundle = make_bundle(unclaimed=("00" * 16,))
    text = write_bundle(bundle)

    assert read_bundle(text) == bundle
    assert text.count("\n") == 1
    assert json.loads(text)["entries"][0] == list(bundle.entries[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"kind":"draw"', '"kind":"raffle"', "got raffle"),
        ('"version":1', '"version":2', "version 2"),
        ('"version":1', '"version":true', "version True"),
        ('"format":"livestall-fairness"', '"format":"other"', "expected a draw"),
        ('"unclaimed":[]', '"unclaimed":["x"]', "expected unclaimed in another form"),
        ('"unclaimed":[]', '"unclaimed":[ ]', "was changed"),
        ('"unclaimed":[],', "", "expected an object with"),
        ("}\n", "}", "was changed"),
        ("{", "[", "expected one line of JSON"),
    ],
)
def test_what_is_no_bundle_is_refused_with_what_was_expected(old: str, new: str, said: str) -> None:
    text = write_bundle(make_bundle())
    assert old in text

    with pytest.raises(BundleError, match=said):
        read_bundle(text.replace(old, new, 1))


def test_a_bundle_nested_without_end_is_refused() -> None:
    with pytest.raises(BundleError, match="expected one line"):
        read_bundle("[" * 100_000)


def test_a_number_in_capitals_is_another_file() -> None:
    bundle = make_bundle()
    with pytest.raises(BundleError, match="root"):
        read_bundle(write_bundle(replace(bundle, root="AB" * 32)))


@pytest.mark.parametrize(
    "terms",
    [
        "",
        "[]",
        "{}",
        '{"winners":0,"needs_presence":true}',
        '{"winners":true,"needs_presence":true}',
        '{"winners":2}',
    ],
)
def test_terms_that_say_not_who_wins_are_refused(terms: str) -> None:
    with pytest.raises(BundleError):
        rules_of(terms)
    assert rules_of('{"winners":3,"needs_presence":true,"more":1}') == Rules(3, needs_nonce=True)
