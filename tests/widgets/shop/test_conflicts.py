import msgspec

from backend.contract.chat import NO_RULES, SetBlockedWords, SetRoomRules
from backend.contract.pictures import Picture
from backend.contract.profile import RoomProfile, SetRoomProfile
from backend.contract.shop import Conflict, EditProduct
from tests.widgets.people import ASSISTANT
from tests.widgets.products import product
from widgets.shop.conflicts import MOST_WORDS, UNCHANGED, Difference, differences, overwriting

TEA = product(1)
THEIRS = msgspec.structs.replace(TEA, title="Black tea", price_minor=8800, version=2)


def test_a_product_shows_what_both_want_and_what_only_the_other_changed() -> None:
    conflict = Conflict(ASSISTANT, 1, 2, product=THEIRS)
    command = EditProduct("p1", 1, price_minor=7750, stock=5)

    assert differences(command, conflict, TEA) == [
        Difference("Title", UNCHANGED, "Black tea"),
        Difference("Price (¥)", "¥77.50", "¥88"),
    ]
    assert differences(command, conflict) == [Difference("Price (¥)", "¥77.50", "¥88")]


def test_rules_show_those_that_differ() -> None:
    yours = msgspec.structs.replace(NO_RULES, slow_mode_s=30, links_off=True)
    theirs = msgspec.structs.replace(NO_RULES, is_chat_paused=True, links_off=True, version=2)

    assert differences(SetRoomRules(yours), Conflict(ASSISTANT, 1, 2, rules=theirs)) == [
        Difference("Slow mode", "30 s", "Off"),
        Difference("Chat paused", "Off", "On"),
    ]


def test_profiles_show_texts_that_differ_and_say_of_pictures_only_that_they_do() -> None:
    face = Picture("face.webp", "/face.webp", "/face-320.webp")
    yours = SetRoomProfile(1, "Tea house", "Tonight", "face.webp", "cover.webp")
    conflict = Conflict(ASSISTANT, 1, 2, profile=RoomProfile("Tea shop", "Tonight", face, None, 2))

    assert differences(yours, conflict) == [
        Difference("Title", "Tea house", "Tea shop"),
        Difference("Cover", "Your picture", "Another picture"),
    ]
    assert overwriting(yours, conflict) == msgspec.structs.replace(yours, version=2)


def test_words_show_those_that_only_one_has() -> None:
    conflict = Conflict(ASSISTANT, 1, 2, words=["a", "c"])

    assert differences(SetBlockedWords(["a", "b"]), conflict) == [
        Difference("b", "Blocked", "Not blocked"),
        Difference("c", "Not blocked", "Blocked"),
    ]


def test_the_same_words_in_another_order_are_no_difference() -> None:
    assert differences(SetBlockedWords(["a", "b"]), Conflict(ASSISTANT, 1, 2, words=["b", "a"])) == []


def test_thousands_of_words_are_counted() -> None:
    words = [str(number) for number in range(5000)]
    found = differences(SetBlockedWords(words), Conflict(ASSISTANT, 1, 2, words=[]))

    assert len(found) == MOST_WORDS + 1
    assert found[-1].field == "and 4800 more"


def test_a_conflict_about_something_else_has_no_difference() -> None:
    assert differences(EditProduct("p1", 1, stock=1), Conflict(ASSISTANT, 1, 2, words=[])) == []


def test_overwriting_is_the_same_on_the_new_version() -> None:
    conflict = Conflict(ASSISTANT, 1, 7)
    rules = msgspec.structs.replace(NO_RULES, links_off=True)

    assert overwriting(EditProduct("p1", 1, stock=3), conflict) == EditProduct("p1", 7, stock=3)
    theirs = Conflict(ASSISTANT, 1, 7, product=THEIRS)
    assert overwriting(EditProduct("p1", 1, stock=3, stock_from=9), theirs) == EditProduct(
        "p1", 7, stock=3, stock_from=THEIRS.stock
    )
    assert overwriting(SetBlockedWords(["a"], version=2), conflict) == SetBlockedWords(["a"], version=7)
    assert overwriting(SetRoomRules(rules), conflict) == SetRoomRules(
        msgspec.structs.replace(rules, version=7)
    )
