import typing

import msgspec
import pytest

from backend.contract.audience import SendLikes, SetNickname
from backend.contract.bounds import MAX_INTEGER, Excess, UpTo, bounds_of, excess_of
from backend.contract.chat import NO_RULES, SetRoomRules
from backend.contract.http import Credentials, NewPassword, Redemption
from backend.contract.polls import OpenPoll
from backend.contract.protocol import ClientMessage
from backend.contract.shop import EditProduct
from scripts.write_player_types import structs_of

SENT_BY_STRANGERS: list[type[msgspec.Struct]] = sorted(
    structs_of(ClientMessage) | {Credentials, NewPassword, Redemption}, key=lambda kind: kind.__name__
)


def holds_text_or_list(annotation: object) -> bool:
    return annotation is str or any(
        part is str or typing.get_origin(part) is list for part in (annotation, *typing.get_args(annotation))
    )


@pytest.mark.parametrize("kind", SENT_BY_STRANGERS)
def test_every_text_and_list_that_a_stranger_can_send_has_a_bound(kind: type[msgspec.Struct]) -> None:
    hints, bounds = typing.get_type_hints(kind), bounds_of(kind)
    for field in kind.__struct_fields__:
        assert bounds[field] or not holds_text_or_list(hints[field]), f"{kind.__name__}.{field}"


def test_the_commands_are_among_what_is_checked() -> None:
    assert {SetNickname, OpenPoll, EditProduct} <= set(SENT_BY_STRANGERS)


@pytest.mark.parametrize(
    ("message", "excess"),
    [
        (SetNickname("x" * 40), None),
        (SetNickname("x" * 41), Excess.TEXT),
        (EditProduct("tea", 1), None),
        (EditProduct("tea", 1, "x" * 201), Excess.TEXT),
        (OpenPoll("?", ["a", "b"]), None),
        (OpenPoll("?", ["a", "x" * 61]), Excess.TEXT),
        (OpenPoll("?", ["a"] * 7), Excess.OTHER),
        (SendLikes(MAX_INTEGER), None),
        (SendLikes(-MAX_INTEGER - 1), Excess.OTHER),
        (SetRoomRules(msgspec.structs.replace(NO_RULES, slow_mode_s=2**70)), Excess.OTHER),
    ],
)
def test_a_message_beyond_a_bound_is_found(message: msgspec.Struct, excess: Excess | None) -> None:
    assert excess_of(message) is excess


def test_an_optional_field_has_its_bound() -> None:
    assert bounds_of(EditProduct)["title"] == UpTo(200)
