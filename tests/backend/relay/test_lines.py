"""How many watch, and how many of them do not get all, as the host is told."""

from backend.contract.stream import LineTrouble, ViewerLines
from backend.relay.lines import lines_of
from backend.relay.messages import PeerRole, PeerStats


def peer(
    trouble: LineTrouble | None = None, *, role: PeerRole = PeerRole.SUBSCRIBER, is_connected: bool = True
) -> PeerStats:
    return PeerStats(
        resource_id="r",
        role=role,
        is_connected=is_connected,
        remote_address="127.0.0.1:1",
        bitrate_bps=1,
        rtt_ms=None,
        loss=0.0,
        nacks=0,
        plis=0,
        dropped=0,
        allowed_bps=None,
        connected_s=1.0,
        trouble=trouble,
    )


def test_connected_viewers_are_counted_by_their_trouble() -> None:
    peers = [peer(), *(peer(one) for one in (*LineTrouble, LineTrouble.OWN_LINE))]
    assert lines_of(peers) == ViewerLines(viewers=5, own_line=2, uplink=1, relay=1)


def test_publishers_and_who_is_still_on_the_way_are_no_viewers() -> None:
    peers = [peer(role=PeerRole.PUBLISHER), peer(LineTrouble.RELAY, is_connected=False)]
    assert lines_of(peers) == ViewerLines()
