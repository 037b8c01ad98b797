"""A platform that gets the broadcast, too, as the host sets it up; without Qt."""

from typing import Final

import msgspec
from typing_extensions import override

MAX_NAME: Final = 40
MAX_TARGETS: Final = 8
SCHEMES: Final = ("rtmp://", "rtmps://")


class Target(msgspec.Struct, frozen=True):
    """Where to send to.

    Attributes:
        target_id: never changes.
        name: for the host.
        server: the address that the platform shows, `rtmp://` or `rtmps://`.
        key: the platform's stream key: a secret; empty where the address has it.
        is_enabled: whether it gets the next broadcast.
    """

    target_id: str
    name: str
    server: str
    key: str = ""
    is_enabled: bool = True

    @property
    def url(self) -> str:
        """The whole address with the key: a secret."""
        return f"{self.server.rstrip('/')}/{self.key}" if self.key else self.server

    @override
    def __repr__(self) -> str:
        """Leave out what is secret: a log may show this."""
        return f"Target({self.target_id!r}, {self.name!r})"


def is_address(server: str) -> bool:
    """Say whether a text can be the server's address of a platform."""
    rest = next((server[len(scheme) :] for scheme in SCHEMES if server.lower().startswith(scheme)), "")
    return bool(rest.strip("/")) and not any(letter.isspace() for letter in server)
