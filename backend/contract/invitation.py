"""The code that makes an assistant: easy to read out and to type, kept by nobody but who made it."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

# Crockford's base 32: no letter looks like another one. Ten of them are 50 bits.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 10
LINK_MARK: Final = "assist="
DEFAULT_ROOM: Final = "main"
_ROOM_PATH: Final = re.compile(r"(?P<below>(?:/[^/]+)*)/r/(?P<room>[^/]+)/?")
_LOOKS_LIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
# Slow on purpose (RFC 7914): who reads the log cannot try all codes. 16 MB and some 50 ms each.
_COST: Final = 2**14


@dataclass(frozen=True)
class RoomLink:
    """A room as a link names it, and the code in it.

    Attributes:
        url: the backend's, with the path below which a proxy shows it, without a slash at the end.
        code: empty where the link holds none.
    """

    url: str
    room: str
    code: str = ""


def new_code() -> str:
    """Make a code, such as `7KQ2M-04XRT`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def read_code(text: str) -> str | None:
    """Return the letters of a code however it was typed; None where it can be none."""
    letters = text.strip().upper().translate(_LOOKS_LIKE)
    return letters if len(letters) == LENGTH and all(letter in ALPHABET for letter in letters) else None


def code_digest(code: str, room: str) -> str:
    """Return what is kept of a code, 64 hexadecimal digits; takes some 50 ms.

    Raises:
        ValueError: the text is no code.
    """
    letters = read_code(code)
    if letters is None:
        raise ValueError(f"expected a code of {LENGTH} letters and digits")
    salt = f"livestall assistant {room}".encode()
    return hashlib.scrypt(letters.encode(), salt=salt, n=_COST, r=8, p=1, dklen=32).hex()


def link_with(viewer_url: str, code: str) -> str:
    """Return a link that holds the code where no server sees it: behind the `#`."""
    return f"{viewer_url}#{LINK_MARK}{code}"


def read_link(text: str) -> RoomLink | None:
    """Return what a link says, the viewers' or one with a code; None where it can be none.

    The scheme and the room may be missing, as in an address that is typed: `192.168.1.5:8787`.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"http://{typed}")
        port = parts.port
    except ValueError:
        return None
    path = _ROOM_PATH.fullmatch(parts.path)
    has_room = parts.path in {"", "/"} or path is not None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or not has_room:
        return None
    if " " in parts.netloc or port == 0:
        return None
    mark, _, code = parts.fragment.partition("=")
    url = f"{parts.scheme}://{parts.netloc}{path['below'] if path else ''}"
    return RoomLink(url, path["room"] if path else DEFAULT_ROOM, code if f"{mark}=" == LINK_MARK else "")
