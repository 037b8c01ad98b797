"""Names that viewers cannot take: those of roles, host, assistants and accounts, and their look-alikes."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from backend.contract.base import Role
from backend.features.actor import Actor
from backend.features.audience.default_names import BY_LANGUAGE
from backend.plain_text import latin_words, look


def _looks(words: str) -> tuple[str, ...]:
    return tuple(map(look, words.split()))


def _any_of(*words: str) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


# What speaks for the shop wherever it stands in a name.
_CONTAINED: Final = _looks(
    "主播 助理 管理员 管理員 官方 客服 房管 场控 場控 店主 店长 店長 运营 運營",
)
# What does so where a word begins or ends with it.
_AT_EDGES: Final = _looks("official admin moderator customerservice livestall")
# What does so alone, as a word of its own, and beside words that only stress it.
_ROLES: Final = _looks(
    "系统 系統 老板 老闆 助手 小助手 host assistant staff system mod anchor streamer support owner seller"
)
_STRESSING: Final = _looks(
    "本人 本店 本尊 我是 我就是 这里是 真 消息 通知 直播间 直播間 "
    "the this my our your real true shop store live room stream chat team super head chief tech bot"
)
_SPEAKS_FOR_SHOP: Final = re.compile(
    f"{_any_of(*_STRESSING)}*{_any_of(*_ROLES, *_AT_EDGES)}s?{_any_of(*_STRESSING, *_ROLES)}*"
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
    words = {form for form in latin_words(name) if len(form) > 1}
    words |= {look(form) for word in name.split() if (form := word.strip(_FIGURES))}
    return (
        any(word in whole for word in _CONTAINED)
        or any(word.startswith(_AT_EDGES) or word.endswith(_AT_EDGES) for word in words)
        or any(map(_SPEAKS_FOR_SHOP.fullmatch, {whole, look(name.strip(_FIGURES + " ")), *words}))
    )


class Names:
    """Knows whose a name is.

    Args:
        title: of the room, which is nobody's name.
        accounts: names of accounts by user id, as they are kept.
        read_newer: reads those of accounts that were made lately, in whichever room; blocks.
    """

    def __init__(
        self,
        title: str = "",
        accounts: Mapping[str, str] | None = None,
        read_newer: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._title = look_of(title) if title else ""
        self._of_users = dict(accounts or {})
        self._accounts = {look_of(name): user_id for user_id, name in self._of_users.items()}
        self._read_newer = read_newer

    def give(self, user_id: str, name: str) -> None:
        """Take in that an account of this name was made."""
        self._of_users[user_id] = name
        self._accounts[look_of(name)] = user_id

    def of_account(self, user_id: str) -> str | None:
        """Return the name of a user's account; None for a guest."""
        return self._of_users.get(user_id)

    def forget(self, user_id: str) -> None:
        """Take in that a user has no account any more."""
        name = self._of_users.pop(user_id, None)
        if name is not None and self._accounts.get(look_of(name)) == user_id:
            del self._accounts[look_of(name)]

    def refresh(self) -> dict[str, str]:
        """Take in accounts that were made meanwhile, and return their names by user id; blocks."""
        new = {user_id: name for user_id, name in self._read_newer().items() if user_id not in self._of_users}
        for user_id, name in new.items():
            self.give(user_id, name)
        return new

    def is_free(self, name: str, actor: Actor, staff: Iterable[tuple[str, str]]) -> bool:
        """Whether a user may have this name.

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
