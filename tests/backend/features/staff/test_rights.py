"""Which commands of the people's side need a role or a right."""

import pytest

from backend.contract.audience import Follow
from backend.contract.base import AssistantRight, Role
from backend.contract.chat import DeleteDanmu, SendDanmu
from backend.contract.polls import ClosePoll
from backend.contract.protocol import ChatCommand
from backend.contract.shop import EditProduct
from backend.contract.staff import RevokeAssistant
from backend.features.actor import Actor
from backend.features.staff.rights import is_allowed

VIEWER = Actor("guest-1", Role.VIEWER)
HOST = Actor("host", Role.HOST)
HELPER = Actor("assistant-1", Role.ASSISTANT)
CHATTER = Actor("assistant-2", Role.ASSISTANT, frozenset({AssistantRight.CHAT}))


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        (Follow(), {VIEWER, HOST, HELPER, CHATTER}),
        (SendDanmu("你好"), {VIEWER, HOST, CHATTER}),
        (DeleteDanmu(1), {HOST, CHATTER}),
        (ClosePoll(1), {HOST, CHATTER}),
        (EditProduct("tea", 1), {HOST, HELPER, CHATTER}),
        (RevokeAssistant(1), {HOST}),
    ],
)
def test_a_command_is_for_those_who_have_its_right(command: ChatCommand, allowed: set[Actor]) -> None:
    assert {actor for actor in (VIEWER, HOST, HELPER, CHATTER) if is_allowed(command, actor)} == allowed
