import pytest

from backend.contract.base import AssistantRight, Role
from backend.contract.cards import HideCard, ProductsExplained, ShowCard
from backend.features.actor import Actor
from backend.features.deliveries import ToStaff
from backend.log.entries import SessionBegan, SessionEnded
from tests.backend.room.talk import HOST, Talk

CHATTER = Actor("chatter", Role.ASSISTANT, frozenset({AssistantRight.CHAT}))


@pytest.fixture
def talk() -> Talk:
    return Talk()


def times(talk: Talk) -> dict[str, int]:
    found: dict[str, int] = talk.features.explained.show_staff(HOST, talk.now_ms)["explained"]
    return found


def explain(talk: Talk, product_id: str, seconds: int) -> None:
    assert talk.do(ShowCard(product_id), HOST) is None
    talk.passes(seconds)


def test_a_product_is_explained_while_its_card_is_on_air_all_its_turns_together(talk: Talk) -> None:
    explain(talk, "tea", 30)
    explain(talk, "cup", 20)
    explain(talk, "tea", 5)
    talk.do(HideCard(), HOST)
    talk.passes(60)
    assert times(talk) == {"tea": 35_000, "cup": 20_000}


def test_staff_with_the_right_to_products_hear_how_long_each_was_explained(talk: Talk) -> None:
    explain(talk, "tea", 30)
    talk.do(HideCard(), HOST)
    assert ToStaff(ProductsExplained({"tea": 30_000}), AssistantRight.PRODUCTS) in talk.told
    assert talk.features.explained.show_staff(CHATTER, talk.now_ms) == {"explained": {}}


def test_each_session_counts_anew_from_its_beginning(talk: Talk) -> None:
    explain(talk, "cup", 10)
    explain(talk, "tea", 30)
    talk.happens(SessionBegan("two"))
    talk.passes(7)
    assert times(talk) == {}
    talk.happens(SessionEnded("host"))
    assert times(talk) == {"tea": 7_000}
