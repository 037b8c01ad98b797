"""The shop's own texts about the law: who it is, on which terms it sells, what it does with data."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.bounds import UpTo
from backend.contract.sale_settings import Profile

MOST_LETTERS: Final = 20_000


class LegalName(StrEnum):
    """Which text, by the last part of its page's address."""

    LICENCE = "licence"
    CONTACT = "contact"
    TERMS = "terms"
    PRIVACY = "privacy"
    RETURNS = "returns"


class LegalText(msgspec.Struct, frozen=True):
    """A text as the shop wrote it.

    Attributes:
        text: plain; a line that begins with `# ` is a heading, an empty one ends a paragraph. Empty where the
            shop has not written it yet.
        updated_at_ms: None where it was never written.
    """

    name: LegalName
    text: str
    updated_at_ms: int | None


class LegalNames(msgspec.Struct, frozen=True):
    """What `GET /api/v1/legal-texts` gives: those that are written; `/legal/<name>` shows each.

    Attributes:
        profile: whose rules of selling at a distance the shop follows.
    """

    names: list[LegalName]
    profile: Profile = Profile.CN


class WriteLegalText(msgspec.Struct, frozen=True):
    """What `PUT /api/v1/legal-texts/<name>` takes; an empty text takes its page away."""

    text: Annotated[str, UpTo(MOST_LETTERS)]


class OneLegalText(msgspec.Struct, frozen=True):
    """Which text, by the address."""

    name: LegalName
