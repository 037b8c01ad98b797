"""What every part of the contract stands on."""

from enum import StrEnum
from typing import Final

import msgspec


class Message(
    msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=False, omit_defaults=False
):
    """What every message has: a `type` on the wire; it never changes once made."""


class Role(StrEnum):
    """What somebody may do in a room."""

    HOST = "host"
    ASSISTANT = "assistant"
    VIEWER = "viewer"


HOST_USER: Final = "host"
"""The user id of every room's host."""


class AssistantRight(StrEnum):
    """What an assistant may do; the host has every right, a viewer none."""

    PRODUCTS = "products"  # cards, titles and stock
    PRICES = "prices"
    CAMPAIGNS = "campaigns"
    CHAT = "chat"  # write as staff, moderate, polls, answers
    GUESTS = "guests"
    NUMBERS = "numbers"  # see the live numbers
