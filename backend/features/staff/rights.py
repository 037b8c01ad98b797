"""Which role or right a command of the people's side needs; what time and state say of it comes later."""

from backend.contract.base import AssistantRight, Role
from backend.contract.chat import AnswerQuestion, ModerationCommand, SendDanmu
from backend.contract.polls import ClosePoll, OpenPoll
from backend.contract.protocol import ChatCommand
from backend.contract.shop import EditProduct
from backend.contract.staff import AssistantCommand
from backend.features.actor import Actor

StaffCommand = ModerationCommand | AssistantCommand | EditProduct | OpenPoll | ClosePoll | AnswerQuestion


def is_allowed(command: ChatCommand, actor: Actor) -> bool:
    """Whether somebody has the right that a command needs."""
    if isinstance(command, AssistantCommand):
        return actor.role is Role.HOST
    if isinstance(command, EditProduct):
        return actor.role is not Role.VIEWER  # which right it needs, its fields say
    is_of_staff = isinstance(command, StaffCommand) or (
        isinstance(command, SendDanmu) and actor.role is not Role.VIEWER
    )
    return actor.may(AssistantRight.CHAT) if is_of_staff else True
