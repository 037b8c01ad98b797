"""Simulcast of a publisher: which layers an offer has, and the answer that takes them (RFC 8853, 8851).

A layer goes by its RID: the first packets carry it in a header extension (RFC 8852), later ones are known by
their SSRC.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

MAX_LAYERS: Final = 3
# What one section may tell of; more is not read.
MAX_TOLD: Final = 32
RID: Final = re.compile(r"[A-Za-z0-9_-]{1,16}")
MID_URI: Final = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID_URI: Final = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID_URI: Final = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
ANSWERED_URIS: Final = (MID_URI, RID_URI, REPAIRED_RID_URI)
MAX_EXTENSION: Final = 255


@dataclass(slots=True)
class SimulcastOffer:
    """What a section says of its layers.

    Attributes:
        rids: RIDs that are sent, each with the payload types it is bound to; none: any.
        order: the RIDs of `a=simulcast`, the first alternative of each.
        extensions: header extensions of `ANSWERED_URIS`, and their numbers.
        resend_ssrcs: SSRCs of resend streams and of what they repair (RFC 5576 §4.2).
    """

    rids: dict[str, frozenset[str]] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    extensions: dict[str, int] = field(default_factory=dict)
    resend_ssrcs: dict[int, int] = field(default_factory=dict)

    def apply(self, name: str, value: str) -> None:
        """Take in an attribute of the section; what is malformed is as good as absent."""
        if name == "rid":
            self._apply_rid(value)
        elif name == "simulcast":
            self._apply_simulcast(value)
        elif name == "extmap":
            self._apply_extension(value)
        elif name == "ssrc-group":
            self._apply_group(value.split())

    def _apply_rid(self, value: str) -> None:
        rid, _, rest = value.partition(" ")
        direction, _, restrictions = rest.strip().partition(" ")
        if direction != "send" or not RID.fullmatch(rid) or len(self.rids) >= MAX_TOLD:
            return
        bound = next((one[3:] for one in restrictions.split(";") if one.startswith("pt=")), "")
        self.rids[rid] = frozenset(bound.split(",")) if bound else frozenset()

    def _apply_simulcast(self, value: str) -> None:
        parts = value.split()
        if "send" in parts[:-1]:
            told = parts[parts.index("send") + 1].split(";")[:MAX_TOLD]
            # Alternatives stand behind commas; one that begins paused has a tilde (RFC 8853 §5.1).
            self.order = tuple(dict.fromkeys(one.split(",")[0].removeprefix("~") for one in told))

    def _apply_extension(self, value: str) -> None:
        parts = value.split()
        number = parts[0].partition("/")[0] if parts else ""
        if len(parts) < 2 or parts[1] not in ANSWERED_URIS or not number.isdecimal() or len(number) > 3:
            return
        if 1 <= int(number) <= MAX_EXTENSION:
            self.extensions.setdefault(parts[1], int(number))

    def _apply_group(self, parts: Sequence[str]) -> None:
        is_pair = len(parts) == 3 and parts[0] == "FID" and all(one.isdecimal() for one in parts[1:])
        if is_pair and len(self.resend_ssrcs) < MAX_TOLD and all(len(one) <= 10 for one in parts[1:]):
            self.resend_ssrcs[int(parts[2])] = int(parts[1])

    def layers(self, payload_type: int) -> tuple[str, ...]:
        """The RIDs to take under this payload type, in the offer's order; none where it is one stream."""
        if RID_URI not in self.extensions or len(self.order) < 2:
            return ()
        usable = [
            rid
            for rid in self.order
            if rid in self.rids and (not self.rids[rid] or str(payload_type) in self.rids[rid])
        ]
        return tuple(usable[:MAX_LAYERS])

    def answer_lines(self, layers: Sequence[str]) -> list[str]:
        """The answer's lines that take these layers."""
        if not layers:
            return []
        extensions = [
            f"a=extmap:{self.extensions[uri]} {uri}" for uri in ANSWERED_URIS if uri in self.extensions
        ]
        rids = [f"a=rid:{rid} recv" for rid in layers]
        return [*extensions, *rids, f"a=simulcast:recv {';'.join(layers)}"]
