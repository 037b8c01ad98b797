"""Which names are nobody's to take: those of roles, of host, assistants and accounts, and their twins."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from backend.messages import Role
from backend.room.default_names import BY_LANGUAGE
from backend.room.plain_text import latin_words, look
from backend.room.state import Actor

# What speaks for the shop wherever it stands in a name.
_CONTAINED: Final = tuple(
    map(
        look,
        (
            *(
                "主播",
                "助理",
                "管理员",
                "管理員",
                "官方",
                "客服",
                "房管",
                "场控",
                "場控",
                "店主",
                "运营",
                "運營",
            ),
            *("official", "admin", "moderator", "customerservice", "livestall"),
        ),
    )
)
# What does so alone, or as a word of its own.
_WHOLE: Final = frozenset(
    map(
        look,
        (
            *("系统", "系統", "老板", "老闆", "助手", "小助手", "店长", "店長", "系统消息", "系统通知"),
            *(
                "host",
                "assistant",
                "staff",
                "system",
                "mod",
                "anchor",
                "streamer",
                "support",
                "owner",
                "seller",
            ),
        ),
    )
)
_HOSTS: Final = frozenset(look(names.host) for names in BY_LANGUAGE.values())
_FIGURES: Final = "0123456789０１２３４５６７８９"


@lru_cache(maxsize=10_000)
def look_of(name: str) -> str:
    """Return what names have in common that one person can take for the other; see `look`."""
    return look(name)


@lru_cache(maxsize=10_000)
def is_of_role(name: str) -> bool:
    """Whether a name says that its bearer is host, assistant or otherwise of the shop, in either language."""
    whole = look_of(name)
    forms = {whole, look(name.strip(_FIGURES + " ")), *latin_words(name)}
    forms |= {look(form) for word in name.split() if (form := word.strip(_FIGURES))}
    return not forms.isdisjoint(_WHOLE) or any(word in form for word in _CONTAINED for form in forms)


class Names:
    """Knows whose a name is.

    Args:
        title: of the room, which is nobody's name.
        accounts: names of accounts by user id, as they are kept.
    """

    def __init__(self, title: str = "", accounts: Mapping[str, str] | None = None) -> None:
        self._title = look_of(title) if title else ""
        self._accounts = {look_of(name): user_id for user_id, name in (accounts or {}).items()}

    def give(self, user_id: str, name: str) -> None:
        """Take in that an account of this name was made."""
        self._accounts[look_of(name)] = user_id

    def is_free(self, name: str, actor: Actor, staff: Iterable[tuple[str, str]]) -> bool:
        """Whether somebody may be called so.

        Args:
            name: as others would read it.
            actor: who they are.
            staff: names of host and assistants, with their user ids.
        """
        wanted = look_of(name)
        if any(user_id != actor.user_id and look_of(taken) == wanted for user_id, taken in staff):
            return False
        if self._accounts.get(wanted, actor.user_id) != actor.user_id:
            return False
        match actor.role:
            case Role.VIEWER:
                return wanted != self._title and not is_of_role(name)
            case Role.ASSISTANT:
                return wanted not in _HOSTS
            case Role.HOST:
                return True
