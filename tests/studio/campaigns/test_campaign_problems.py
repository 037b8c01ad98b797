"""Every refusal of a campaign has words for a host, in the studio's language."""

import pkgutil
from importlib import import_module

import httpx
import pytest

import backend.shop.campaigns
from backend.shop.campaigns.kind import NotArmed
from studio.campaigns.campaign_problems import problem_text
from studio.connection.room_http import RejectedError


def codes() -> list[str]:
    """Return the codes of all refusals that the kinds of campaigns declare, and those of prices."""
    package = backend.shop.campaigns
    found = {"not_below_price", "below_floor", "no_reduction"}
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if "auction" in module.name:
            continue  # auctions have words of their own
        declared = vars(import_module(module.name)).values()
        found |= {one.code for one in declared if isinstance(one, NotArmed)}
    return sorted(found)


@pytest.mark.parametrize("code", codes())
def test_each_refusal_of_a_campaign_has_words_of_the_studio(code: str) -> None:
    text = problem_text(RejectedError("The shop's own English.", 409, kind=code, allowed="¥79.00"))
    assert text
    assert "The shop's own English." not in text
    assert "{" not in text


def test_a_price_that_is_refused_is_told_with_the_one_that_may_be() -> None:
    error = RejectedError("…", 409, kind="below_floor", allowed="¥79.00")
    assert problem_text(error) == "Below the lowest price you set for it: ¥79.00."


def test_what_is_not_known_is_told_in_the_shops_own_words() -> None:
    assert problem_text(RejectedError("No room.", 409, kind="new")) == "The shop does not take this: No room."
    assert "Check that it runs" in problem_text(httpx.ConnectError("refused"))
