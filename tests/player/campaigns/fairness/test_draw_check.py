"""The player computes a draw anew, on a page over http too, where browsers keep their cryptography back."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Page

from backend.fairness.bundle import DrawBundle, write_bundle
from backend.fairness.draw import Rules
from tests.backend.fairness.samples import make_bundle
from tests.backend.fairness.test_checks import mutations

NOTHING = {"commitment": None, "root": None, "who": None, "nonce": None}
CHECK = """async ([texts, noted]) => {
    const { checkDraw } = await import("/campaigns/fairness/draw-check.js");
    const found = [];
    for (const text of texts) found.push(await checkDraw(text, noted));
    return found;
}"""


async def verdicts(page: Page, texts: list[str], **noted: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await page.evaluate(CHECK, [texts, NOTHING | noted])
    return found


@pytest.mark.parametrize("rules", [Rules(1, needs_nonce=False), Rules(3, needs_nonce=True)])
async def test_the_player_agrees_with_the_backend(lan_page: Page, rules: Rules) -> None:
    bundles = [make_bundle(count, rules, withheld=min(1, count)) for count in (0, 1, 2, 3, 5, 8, 33, 2_100)]
    found = await verdicts(lan_page, [write_bundle(bundle) for bundle in bundles])

    assert [one["wrong"] for one in found] == [None] * len(bundles)
    assert [one["winners"] for one in found] == [list(bundle.winners) for bundle in bundles]
    assert [one["entries"] - one["proven"] for one in found] == [0, 1, 1, 1, 1, 1, 1, 1]


async def test_the_player_sees_one_changed_byte_anywhere(lan_page: Page) -> None:
    text = write_bundle(make_bundle(4, unclaimed=(make_bundle(4).winners[0],)))
    changed = [one for one in mutations(text) if one != text]
    found = await verdicts(lan_page, [text, *changed])

    assert found[0]["wrong"] is None
    assert [text for text, one in zip(changed, found[1:], strict=True) if one["wrong"] is None] == []


def without_the_first(bundle: DrawBundle) -> DrawBundle:
    return replace(bundle, entries=bundle.entries[1:])


async def test_the_player_names_the_step_that_does_not_hold(lan_page: Page) -> None:
    bundle = make_bundle()
    mine = next(entry for entry in bundle.entries if entry.nonce)
    withheld = next(entry for entry in bundle.entries if not entry.nonce)
    text = write_bundle(bundle)
    changed = {
        "secret": replace(bundle, secret="00" * 32),
        "list": without_the_first(bundle),
        "mix": replace(bundle, mix="00" * 32),
        "winners": replace(bundle, winners=bundle.winners[::-1]),
    }

    found = await verdicts(lan_page, [write_bundle(one) for one in changed.values()])
    assert [one["wrong"] for one in found] == list(changed)
    for noted, wrong in (
        ({"commitment": bundle.commitment, "root": bundle.root, "who": mine.who, "nonce": mine.nonce}, None),
        ({"commitment": "00" * 32}, "noted_commitment"),
        ({"root": "00" * 32}, "noted_root"),
        ({"who": "00" * 16}, "own_entry"),
        ({"who": withheld.who, "nonce": mine.nonce}, "own_number"),
    ):
        assert [one["wrong"] for one in await verdicts(lan_page, [text], **noted)] == [wrong]


async def test_a_page_over_http_has_no_cryptography_of_its_own_and_checks_all_the_same(
    lan_page: Page,
) -> None:
    had = await lan_page.evaluate("[isSecureContext, typeof crypto.subtle, typeof crypto.getRandomValues]")

    assert had == [False, "undefined", "function"]
    assert (await verdicts(lan_page, [write_bundle(make_bundle())]))[0]["wrong"] is None
