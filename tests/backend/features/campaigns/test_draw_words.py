"""Who said the word of a draw: exactly, after what is only written in another width or with spaces."""

import pytest

from backend.contract.base import Author, Role
from backend.contract.campaigns import Campaign, CampaignPhase
from backend.contract.chat import Danmu
from backend.contract.draws import DrawShown, DrawTerms
from backend.features.actor import Actor
from backend.features.campaigns.draw_words import DrawWords
from backend.features.deliveries import Delivery, You
from backend.log.entries import Entry, Record, Said
from backend.log.shop_entries import ShopCampaignMoved

ANNA = Actor("anna", Role.VIEWER)


def draw(word: str = "好茶 A", phase: CampaignPhase = CampaignPhase.OPEN, version: int = 1) -> Campaign:
    terms = DrawTerms(prize="保温杯", word=word)
    return Campaign("d-1", version, "", phase, 0, 9, None, "", DrawShown(terms, "{}", 0))


class Chat:
    """The feature with the log that it folds."""

    def __init__(self, *campaigns: Campaign) -> None:
        self.feature = DrawWords()
        self._number = 0
        for one in campaigns:
            self.show(one)

    def show(self, campaign: Campaign) -> None:
        self._fold(ShopCampaignMoved([1], campaign))

    def say(self, text: str, role: Role = Role.VIEWER) -> list[Delivery]:
        author = Author("anna", "Anna", role, is_follower=False)
        said = Danmu(1, author, text, 1, None)
        return self._fold(Said(said))

    def _fold(self, entry: Entry) -> list[Delivery]:
        self._number += 1
        return self.feature.apply(Record(self._number, 1, "s", entry, None))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("好茶 A", ["d-1"]),
        ("  好茶 Ａ ", ["d-1"]),
        ("好茶 a", []),
        ("好茶 A!", []),
        ("好茶", []),
        ("", []),
    ],
)
def test_the_word_of_a_draw_counts_exactly_after_width_and_spaces(text: str, said: list[str]) -> None:
    chat = Chat(draw())
    assert chat.say(text) == ([You("anna")] if said else [])
    assert chat.feature.has_said("d-1", "anna") is bool(said)
    assert chat.feature.show_to(ANNA, 1) == {"draw_words": said}


def test_a_word_that_was_said_before_the_draw_opened_does_not_count() -> None:
    chat = Chat()
    chat.say("好茶 A")
    chat.show(draw())
    assert not chat.feature.has_said("d-1", "anna")


def test_who_said_the_word_hears_of_it_once() -> None:
    chat = Chat(draw())
    chat.say("好茶 A")
    assert chat.say("好茶 A") == []


def test_what_staff_say_is_no_word_of_a_draw() -> None:
    chat = Chat(draw())
    assert chat.say("好茶 A", Role.HOST) == []


def test_words_of_draws_are_forgotten_with_the_draw_the_session_and_the_person() -> None:
    chats = [Chat(draw()) for _ in range(3)]
    for chat in chats:
        chat.say("好茶 A")
    chats[0].show(draw(phase=CampaignPhase.DRAWING, version=2))
    chats[1].feature.begin_session("s-2")
    chats[2].feature.erase("anna")
    assert [chat.feature.has_said("d-1", "anna") for chat in chats] == [False] * 3


def test_a_word_that_came_in_time_still_counts_while_the_draw_closes() -> None:
    chat = Chat(draw())
    chat.say("好茶 A")
    chat.show(draw(phase=CampaignPhase.CLOSING, version=2))
    assert chat.feature.has_said("d-1", "anna")


def test_a_draw_without_a_word_listens_for_nothing() -> None:
    chat = Chat(draw(word=" "))
    assert chat.say(" ") == []
