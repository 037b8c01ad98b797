"""Sums up the lines of all who watch, for the host."""

from collections import Counter
from collections.abc import Iterable

from backend.contract.stream import LineTrouble, ViewerLines
from backend.relay.messages import PeerRole, PeerStats


def lines_of(peers: Iterable[PeerStats]) -> ViewerLines:
    """Return how many of these peers watch, and how many of those do not get all."""
    watching = [peer for peer in peers if peer.role is PeerRole.SUBSCRIBER and peer.is_connected]
    troubles = Counter(peer.trouble for peer in watching)
    return ViewerLines(
        viewers=len(watching),
        own_line=troubles[LineTrouble.OWN_LINE],
        uplink=troubles[LineTrouble.UPLINK],
        relay=troubles[LineTrouble.RELAY],
    )
