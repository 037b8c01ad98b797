"""Layers of the picture in a session description: what is offered, and what of it the answer takes.

RFC 8853 (`a=simulcast`), 8851 (`a=rid`), 8852 (the header extensions that carry a RID).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

TOP: Final = "h"
"""The RID of the best layer, which is sent with and without simulcast."""
RID_URI: Final = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID_URI: Final = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"

_ONE_BYTE_IDS: Final = range(1, 15)  # RFC 8285, section 4.2


class NoExtensionIdError(Exception):
    """All ids of one-byte header extensions are taken; layers cannot be offered."""


@dataclass(frozen=True, slots=True)
class AcceptedLayers:
    """What an answer takes of the layers.

    Attributes:
        rids: the top one and others, in the offer's order; empty: one stream, without RID.
        rid_id: id of the header extension that carries the RID of media.
        repaired_rid_id: id of the one that carries it with retransmissions; None where it was not taken.
    """

    rids: tuple[str, ...] = ()
    rid_id: int = 0
    repaired_rid_id: int | None = None


def offer_layers(sdp: str, rids: Sequence[str]) -> str:
    """Write layers into the video section of an offer.

    The SSRC of the top layer stays: who takes no layers goes by it.

    Args:
        sdp: the offer of one video stream, with or without sound.
        rids: of the layers, the best first; fewer than two leave the offer as it is.

    Raises:
        NoExtensionIdError: no two ids of header extensions are free.
    """
    if len(rids) < 2:
        return sdp
    lines = sdp.splitlines()
    # One id has one meaning in all sections of a bundle (RFC 8285, section 5).
    taken = {extension_id for extension_id, _ in _extensions(lines)}
    free = [number for number in _ONE_BYTE_IDS if number not in taken]
    if len(free) < 2:
        raise NoExtensionIdError(f"expected two free ids of header extensions, found {len(free)}")
    added = [
        f"a=extmap:{free[0]} {RID_URI}",
        f"a=extmap:{free[1]} {REPAIRED_RID_URI}",
        *(f"a=rid:{rid} send" for rid in rids),
        f"a=simulcast:send {';'.join(rids)}",
    ]
    sections = _sections(lines)
    written = [[*section, *added] if section[0].startswith("m=video ") else section for section in sections]
    return "\r\n".join(line for section in written for line in section) + "\r\n"


def accepted_layers(answer: str, rids: Sequence[str]) -> AcceptedLayers:
    """Read which of the offered layers an answer takes; none where it lacks simulcast or its extension.

    Args:
        answer: SDP.
        rids: of the offered layers, the best first.
    """
    video = next((section for section in _sections(answer.splitlines()) if _is_video(section)), [])
    ids = {uri: extension_id for extension_id, uri in _extensions(video)}
    received = {line.removeprefix("a=rid:").split()[0] for line in video if _is_received(line)}
    wanted = received & set(_wanted(video))
    taken = tuple(rid for rid in rids if rid in wanted)
    if RID_URI not in ids or TOP not in taken or len(taken) < 2:
        return AcceptedLayers()
    return AcceptedLayers(taken, ids[RID_URI], ids.get(REPAIRED_RID_URI))


def _sections(lines: Sequence[str]) -> list[list[str]]:
    """Cut a description into its session part and its media sections."""
    sections: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("m="):
            sections.append([])
        sections[-1].append(line)
    return [section for section in sections if section]


def _is_video(section: Sequence[str]) -> bool:
    return section[0].startswith("m=video ")


def _is_received(line: str) -> bool:
    return line.startswith("a=rid:") and line.split()[1:2] == ["recv"]


def _extensions(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for line in lines:
        parts = line.removeprefix("a=extmap:").split()
        number = parts[0].partition("/")[0] if parts else ""
        if line.startswith("a=extmap:") and len(parts) >= 2 and number in map(str, _ONE_BYTE_IDS):
            yield int(number), parts[1]


def _wanted(section: Sequence[str]) -> Iterator[str]:
    """Name the layers that are received and not paused (RFC 8853, section 5.1); of alternatives the first."""
    for line in section:
        parts = line.removeprefix("a=simulcast:").split()
        if line.startswith("a=simulcast:") and "recv" in parts[:-1]:
            for layer in parts[parts.index("recv") + 1].split(";"):
                rid = layer.split(",")[0]
                if not rid.startswith("~"):
                    yield rid
