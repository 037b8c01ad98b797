"""The file with which anybody checks a draw, version 1: one line of JSON in its canonical form."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from backend.fairness.digests import canonical
from backend.fairness.draw import Entry, Rules

FORMAT: Final = "livestall-fairness"
VERSION: Final = 1
# A draw of 100,000 entries has 15 MB.
MOST_BYTES: Final = 64_000_000
_HASH: Final = re.compile("[0-9a-f]{64}")
_SHORT: Final = re.compile("[0-9a-f]{32}")


class BundleError(ValueError):
    """The file is not a bundle; the text says what was expected and what came."""


@dataclass(frozen=True)
class DrawBundle:
    """All that was published of a draw.

    Attributes:
        campaign_id: the draw's id.
        terms: the terms as text, exactly as the commitment took them.
        commitment: published at the opening.
        root: published at the close.
        mix: what the revealed numbers make together.
        secret: revealed with the result.
        entries: all entries by their leaves.
        unclaimed: pseudonyms of who was passed over: gone, or did not claim in time.
        winners: pseudonyms of the winners, from the first rank on.
    """

    campaign_id: str
    terms: str
    commitment: str
    root: str
    mix: str
    secret: str
    entries: tuple[Entry, ...]
    unclaimed: tuple[str, ...]
    winners: tuple[str, ...]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _is_short(value: object) -> bool:
    return isinstance(value, str) and _SHORT.fullmatch(value) is not None


def _are_people(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_short, value))


def _are_entries(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_entry, value))


def _is_entry(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    who, nonce_hash, nonce = value
    return _is_short(who) and _is_hash(nonce_hash) and (nonce == "" or _is_short(nonce))


_FORMS: Final[dict[str, Callable[[object], bool]]] = {
    "campaign_id": _is_text,
    "terms": _is_text,
    "commitment": _is_hash,
    "root": _is_hash,
    "mix": _is_hash,
    "secret": _is_hash,
    "entries": _are_entries,
    "unclaimed": _are_people,
    "winners": _are_people,
}


def write_bundle(bundle: DrawBundle) -> str:
    """Return the bundle as its file has it."""
    fields: dict[str, object] = {"format": FORMAT, "kind": "draw", "version": VERSION}
    return canonical(fields | vars(bundle)) + "\n"


def read_bundle(text: str) -> DrawBundle:
    """Read a bundle, strictly: a file that differs from what `write_bundle` makes is none.

    Raises:
        BundleError: it is no bundle of a draw, of another version, or not in canonical form.
    """
    fields = _fields(text)
    kind, version = str(fields["kind"])[:40], str(fields["version"])[:40]
    said = (fields["format"], kind, type(fields["version"]), version)
    if said != (FORMAT, "draw", int, str(VERSION)):
        raise BundleError(f"expected a draw in version {VERSION} of {FORMAT}, got {kind}, version {version}")
    wrong = [name for name, is_one in _FORMS.items() if not is_one(fields[name])]
    if wrong:
        raise BundleError(f"expected {', '.join(wrong)} in another form: texts, lists and hexadecimal digits")
    named = {name: fields[name] for name in ("campaign_id", "terms", "commitment", "root", "mix", "secret")}
    return DrawBundle(
        **named,
        entries=tuple(Entry(*entry) for entry in fields["entries"]),
        unclaimed=tuple(fields["unclaimed"]),
        winners=tuple(fields["winners"]),
    )


def _fields(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise BundleError("expected one line of JSON, as the player saved it") from None
    names = {"format", "kind", "version", *_FORMS}
    if not isinstance(fields, dict) or fields.keys() != names:
        raise BundleError(f"expected an object with {', '.join(sorted(names))}")
    if canonical(fields) + "\n" != text:
        raise BundleError("the file was changed: the same content is written in one way only")
    return fields


def rules_of(terms: str) -> Rules:
    """Read from a draw's terms what decides who wins.

    Raises:
        BundleError: the terms do not say so.
    """
    try:
        fields = json.loads(terms)
        winners, needs_nonce = fields["winners"], fields["needs_presence"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise BundleError("expected terms with winners and needs_presence") from None
    if type(winners) is not int or winners < 1 or not isinstance(needs_nonce, bool):
        raise BundleError(f"expected a number of winners from 1 on, got {str(winners)[:40]}")
    return Rules(winners, needs_nonce)
