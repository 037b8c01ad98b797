"""Every text that a room's log, its events and the shop's messages can hold says whose words it is."""

import typing
from collections.abc import Iterator

import msgspec
import pytest

from backend.contract.base import Author, Role
from backend.contract.chat import Danmu, ModerationAction, MuteUser, Question, Reply, Sanction, UnmuteUser
from backend.contract.protocol import ReliableEvent, SampledEvent, Snapshot
from backend.contract.words_of import erase_words, fields_with_words
from backend.log.entries import Entry
from backend.shop.outbox import OutboxBody

# What names nobody: ids, words for programs, and what the shop says as a shop, whoever wrote it there.
NOBODYS = {
    "Erased": {"user_id"},
    "PersonErased": {"user_id"},
    "Author": {"user_id", "role"},
    "Reply": {"user_id"},
    "Question": {"asker_ids"},
    "Answered": {"asker_id"},
    "ModerationAction": {"about_user_id"},
    "Sanction": {"user_id", "by_id"},
    "SetBlockedWords": {"words", "reason"},
    "SetRoomRules": {"reason"},
    "DeleteDanmu": {"reason"},
    "RestoreDanmu": {"reason"},
    "PinDanmu": {"reason"},
    "UnpinDanmu": {"reason"},
    "MuteUser": {"user_id"},
    "UnmuteUser": {"user_id"},
    "BlockUser": {"user_id"},
    "UnblockUser": {"user_id"},
    "Named": {"user_id"},
    "AccountNamed": {"user_id"},
    "AssistantInvited": {"rights", "code_digest"},
    "AssistantJoined": {"user_id"},
    "AssistantRightsChanged": {"user_id", "rights", "before"},
    "AssistantRevoked": {"user_id", "before"},
    "StreamKeyMade": {"name"},
    "StreamKeyRevoked": {"name"},
    "StreamKeyLetIn": {"name"},
    "StreamTakenOver": {"by", "before"},
    "Guest": {"user_id", "media", "phase"},
    "GuestCame": {"user_id", "media", "phase"},
    "GuestAccepted": {"user_id", "media"},
    "GuestMoved": {"user_id", "phase"},
    "GuestStreamed": {"user_id"},
    "GuestSet": {"user_id"},
    "GuestSeated": {"user_id"},
    "GuestGone": {"user_id", "reason"},
    "SessionBegan": {"session_id", "reason"},
    "SessionEnded": {"reason"},
    "StreamConditionsChanged": {"conditions"},
    "CardPutUp": {"product_id"},
    "Joined": {"user_id", "source"},
    "Left": {"user_id"},
    "Liked": {"user_id"},
    "Followed": {"user_id"},
    "Unfollowed": {"user_id"},
    "Requested": {"user_id", "product_id"},
    "CheckedIn": {"user_id"},
    "Voted": {"user_id"},
    "MuteExpired": {"user_id"},
    "Poll": {"question"},
    "PollOption": {"text"},
    "Countdown": {"title"},
    "RoomProfile": {"title", "notice"},
    "CounterMarked": {"counter", "about"},
    "CoinsGranted": {"user_id", "reason", "session_id"},
    "SentGift": {"gift_id"},
    "GiftSent": {"key"},
    "GiftReturned": {"session_id", "user_id", "key", "gift_id"},
    "GiftBought": {"user_id", "key", "gift_id"},
    "OrderPlaced": {"order_id", "buyer_id", "units", "currency", "payment_state"},
    "OrderChanged": {
        "order_id", "buyer_id", "state", "payment_state", "currency", "case_state", "message_side",
    },
    "StockChanged": {"sku_id", "spu_id"},
    "CouponShown": {"session_id"},
    "CouponCounted": {"coupon_id"},
    "CouponHidden": {"coupon_id"},
    "CouponStopped": {"coupon_id"},
    "ShownCoupon": {"coupon_id", "title", "kind", "currency", "condition"},
    "ShopOrderPlaced": {
        "session_id", "order_id", "buyer_id", "state", "payment_state", "currency", "units",
    },
    "ShopOrderChanged": {
        "session_id", "order_id", "buyer_id", "state", "payment_state", "currency", "case_state",
        "message_side",
    },
    "ProductLeft": {"spu_id", "skus"},
    "ProductStock": {"spu_id", "level"},
    "RunStep": {"title", "product_id", "product_title", "note"},
    "SkuStock": {"sku_id"},
    "StepChanged": {"title", "note"},
    "Live": {"phase", "session_id", "reason", "conditions"},
    "ProductRequest": {"product_id"},
    "Campaign": {"campaign_id", "title", "phase", "end_reason", "public_reason"},
    "FlashOffer": {"sku_id"},
    "FlashSaleShown": {"spu_id"},
    "LuckyShare": {"user_id"},
    "RedPacketShown": {"coupon_id", "commitment", "secret"},
    "DrawTerms": {"prize", "sku_id", "word"},
    "DrawShown": {"terms_text", "commitment", "root"},
    "DrawWinner": {"user_id"},
    "PrizeGoods": {"sku_id", "spu_id", "title", "specs", "image_url", "currency"},
    "WheelPrize": {"name", "coupon_id"},
    "WheelWinner": {"user_id"},
    "WheelShown": {"commitment", "secret"},
    "AuctionShown": {"spu_id", "sku_id", "currency", "leader_id", "outcome", "winner_id"},
    "ShownBid": {"user_id", "leader_id"},
    "Snapshot": {"epoch", "title"},
}  # fmt: skip
OF_THE_SHOP = {"Product", "Picture", "Card"}


def structs_in(annotation: object) -> Iterator[type[msgspec.Struct]]:
    """Yield the messages that a type names, outermost first."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from structs_in(inner)


def all_structs(*roots: object) -> set[type[msgspec.Struct]]:
    found: set[type[msgspec.Struct]] = set()
    waiting = [kind for root in roots for kind in structs_in(root)]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            waiting += [one for hint in typing.get_type_hints(kind).values() for one in structs_in(hint)]
    return found


def holds_text(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, str):
        return True
    return any(holds_text(inner) for inner in typing.get_args(annotation))


def texts_of(kind: type[msgspec.Struct]) -> set[str]:
    return {name for name, hint in typing.get_type_hints(kind).items() if holds_text(hint)} & set(
        kind.__struct_fields__
    )


KINDS = sorted(
    all_structs(Entry, ReliableEvent, SampledEvent, Snapshot, OutboxBody),
    key=lambda kind: (kind.__module__, kind.__name__),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_each_text_of_a_message_is_somebodys_or_is_said_to_be_nobodys(kind: type[msgspec.Struct]) -> None:
    if kind.__name__ in OF_THE_SHOP:
        return
    unclear = texts_of(kind) - set(fields_with_words(kind)) - NOBODYS.get(kind.__name__, set())
    assert not unclear, f"mark with WordsOf, or say here that they name nobody: {kind} {unclear}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_the_owner_of_marked_words_is_a_field_beside_them(kind: type[msgspec.Struct]) -> None:
    for mark in fields_with_words(kind).values():
        assert set(mark.owners) <= set(kind.__struct_fields__)


ANNA = Author("anna", "Anna", Role.VIEWER, is_follower=True)
BERT = Author("bert", "Bert", Role.VIEWER, is_follower=False)


def test_a_danmu_loses_its_writer_and_its_words_and_keeps_all_else() -> None:
    danmu = Danmu(7, ANNA, "hello", 5, Reply(3, "bert", "Bert"), coins=2)
    nobody = Author("anna", "", Role.VIEWER, is_follower=True)
    assert erase_words(danmu, "anna") == Danmu(7, nobody, "", 5, Reply(3, "bert", "Bert"), coins=2)


def test_who_was_answered_is_named_no_more() -> None:
    danmu = Danmu(7, ANNA, "hello", 5, Reply(3, "bert", "Bert"))
    assert erase_words(danmu, "bert") == Danmu(7, ANNA, "hello", 5, Reply(3, "bert", ""))


def test_a_message_about_others_is_the_very_same() -> None:
    danmu = [Danmu(7, ANNA, "hello", 5, None)]
    assert erase_words(danmu, "carl") is danmu


def test_an_act_keeps_neither_its_reason_nor_whom_it_was_about() -> None:
    command, undo = MuteUser("anna", 60, "Anna said so"), UnmuteUser("anna")
    action = ModerationAction(1, 5, BERT, command, "Anna said so", "Anna", undo, "anna")
    erased = erase_words(action, "anna")
    assert erased == ModerationAction(1, 5, BERT, MuteUser("anna", 60), "", "", undo, "anna")
    of_bert = erase_words(action, "bert")
    assert (of_bert.by.name, of_bert.reason, of_bert.about) == ("", "", "Anna")
    assert isinstance(of_bert.command, MuteUser)
    assert of_bert.command.reason == ""


def test_a_question_keeps_the_names_of_the_others() -> None:
    question = Question(1, "how?", 2, ["Anna", "Bert"], 5, "so", ["anna", "bert"])
    assert erase_words(question, "bert") == Question(1, "how?", 2, ["Anna", ""], 5, "so", ["anna", "bert"])
    assert erase_words(question, "anna") == Question(1, "", 2, ["", "Bert"], 5, "", ["anna", "bert"])


def test_a_question_that_does_not_say_whose_it_is_keeps_no_words() -> None:
    assert erase_words(Question(1, "how?", 1, ["Anna"], 5, None), "anna") == Question(1, "", 1, [""], 5, None)


def test_a_sanction_keeps_who_did_it_until_they_are_gone() -> None:
    sanction = Sanction("anna", "Anna", None, "ads", "Bert", 5, "bert")
    assert erase_words(sanction, "anna") == Sanction("anna", "", None, "", "Bert", 5, "bert")
    assert erase_words(sanction, "bert") == Sanction("anna", "Anna", None, "", "", 5, "bert")
