#!/usr/bin/env python3
"""Check a draw of Livestall by yourself: python3 verify_draw.py BUNDLE.json [COMMITMENT [ROOT]].

It needs Python 3.9 and nothing else. COMMITMENT and ROOT are what your page noted at the opening and at the
close; without them the file is compared with itself only. Exit code 0: all agrees. Read it, it is short.
"""

import hashlib
import hmac
import json
import re
import sys
from collections.abc import Iterator
from typing import Any


def packed(label: str, *parts: bytes) -> bytes:
    """Each part after its length in 4 bytes."""
    every = (f"livestall/1/{label}".encode(), *parts)
    return b"".join(len(part).to_bytes(4, "big") + part for part in every)


def digest(label: str, *parts: bytes) -> bytes:
    """SHA-256 of packed parts."""
    return hashlib.sha256(packed(label, *parts)).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """The root of a Merkle tree (RFC 6962): one without a neighbour goes up as it is."""
    level = sorted(leaves)
    while len(level) > 1:
        pairs = [digest("node", level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
    return level[0] if level else digest("empty")


def has_form(file: dict[str, Any], text: str) -> bool:
    """Whether the file is as it was written: all is there once, in its one form."""
    entries, people = file["entries"], [*file["winners"], *file["unclaimed"]]
    hexes = [(file[name], 32) for name in ("commitment", "root", "mix", "secret")]
    hexes += [(who, 16) for who in people] + [(number, 32) for _, number, _ in entries]
    hexes += [(who, 16) for who, _, _ in entries] + [(nonce, 16) for _, _, nonce in entries if nonce != ""]
    head = (file["format"], file["kind"], repr(file["version"]), len(file))
    canonical = json.dumps(file, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    is_hex = all(re.fullmatch(f"[0-9a-f]{{{2 * size}}}", number) for number, size in hexes)
    return head == ("livestall-fairness", "draw", "1", 12) and canonical + "\n" == text and is_hex


def before(file: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    """Check what was fixed before anybody could know the winners: secret, list, numbers, mix."""
    campaign = file["campaign_id"].encode()
    sealed = digest("commitment", b"draw", campaign, file["terms"].encode(), bytes.fromhex(file["secret"]))
    yield sealed.hex() == file["commitment"], "the secret was sealed with these terms at the opening"
    entries = [tuple(map(bytes.fromhex, entry)) for entry in file["entries"]]
    leaves = [digest("leaf", who, hashed) for who, hashed, _ in entries]
    yield len({who for who, _, _ in entries}) == len(entries), f"{len(entries)} entries, each there once"
    yield leaves == sorted(leaves) and root_of(leaves).hex() == file["root"], "they are those of the close"
    proven = [(who, hashed, nonce) for who, hashed, nonce in entries if nonce]
    is_true = all(digest("nonce", campaign, nonce) == hashed for _, hashed, nonce in proven)
    yield is_true, f"{len(proven)} viewers' numbers are true; {len(entries) - len(proven)} not proven"
    parts = [part for who, _, nonce in proven for part in (who, nonce)]
    mixed = digest("mix", campaign, bytes.fromhex(file["root"]), *parts)
    yield mixed.hex() == file["mix"], "the mix is made of all these numbers"


def after(file: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    """Compute the winners."""
    secret, root, mixed = (bytes.fromhex(file[name]) for name in ("secret", "root", "mix"))
    terms, unclaimed = json.loads(file["terms"]), file["unclaimed"]
    scores = []
    for who, _, nonce in file["entries"]:
        message = packed("rank", file["campaign_id"].encode(), root, mixed, bytes.fromhex(who))
        if nonce or not terms["needs_presence"]:
            scores.append((hmac.new(secret, message, "sha256").digest(), who))
    ranked = [who for _, who in sorted(scores)]
    winners = [who for who in ranked if who not in unclaimed][: terms["winners"]]
    yield winners == file["winners"], "these winners follow:\n" + "\n".join(winners)
    first = ranked[: len(winners) + len(unclaimed)]
    passed_over = f"{len(unclaimed)} before them were passed over: gone, or not claimed in time"
    yield sorted(first) == sorted(winners + unclaimed), passed_over


def steps(text: str, commitment: str = "", root: str = "") -> Iterator[tuple[bool, str]]:
    """Give each step of the check: whether it holds, and what it says."""
    file = json.loads(text)
    yield has_form(file, text), "the file is as it was written"
    yield commitment in ("", file["commitment"]), "the commitment is the one noted at the opening"
    yield root in ("", file["root"]), "the root is the one noted at the close"
    yield from before(file)
    yield from after(file)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", newline="") as opened:
        for holds, words in steps(opened.read(), *map(str.lower, sys.argv[2:4])):
            sys.stdout.write(f"{'ok   ' if holds else 'FALSE'} {words}\n")
            if not holds:
                sys.exit(1)
