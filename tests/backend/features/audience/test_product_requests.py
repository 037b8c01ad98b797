import pytest

from backend.contract.audience import ProductRequest, RequestProduct, RequestsChanged
from backend.contract.base import RejectReason
from backend.features.deliveries import You
from backend.log.entries import CardPutUp
from tests.backend.room.talk import ANNA, BERT, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_the_most_wanted_product_stands_first(talk: Talk) -> None:
    talk.do(RequestProduct("tea"), ANNA)
    talk.do(RequestProduct("cup"), ANNA)
    talk.do(RequestProduct("cup"), BERT)

    assert talk.heard(RequestsChanged).requests == [ProductRequest("cup", 2), ProductRequest("tea", 1)]
    assert talk.features.you(ANNA, 0).requested == ["tea", "cup"]


def test_one_hand_a_viewer_and_product(talk: Talk) -> None:
    talk.do(RequestProduct("tea"))

    assert talk.do(RequestProduct("tea")) is RejectReason.ALREADY
    assert talk.do(RequestProduct("gone")) is RejectReason.UNKNOWN_PRODUCT


def test_showing_the_card_lowers_the_hands(talk: Talk) -> None:
    talk.do(RequestProduct("tea"))
    talk.told = []
    talk.happens(CardPutUp("tea"))

    assert talk.heard(RequestsChanged).requests == []
    assert You("anna") in talk.told
    assert talk.do(RequestProduct("tea")) is None


def test_a_card_nobody_asked_for_is_no_news(talk: Talk) -> None:
    talk.happens(CardPutUp("tea"))
    assert not talk.all_heard(RequestsChanged)
