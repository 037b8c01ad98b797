"""How the relay runs."""

from collections.abc import Sequence

import msgspec

from backend.relay.messages import FanEngine


class RelayOptions(msgspec.Struct, frozen=True):
    """How the relay runs.

    Attributes:
        listen: UDP addresses, at first.
        advertise: addresses that peers learn beside these.
        udp_port: 0 lets the system choose at first; a worker that is started again keeps the port.
        fan: how packets leave.
        bitrate_ceiling_bps: the most a publisher is allowed.
        max_lag_ms: viewers are refused while the worker's loop steadily runs later than this.
        max_peers: viewers are refused above this many connected peers.
        max_pending, max_pending_an_address: viewers on their way, beside those who are connected.
        loss_in, loss_out, loss_seed: for tests: the part (0..1) of RTP packets that is thrown away.
    """

    listen: Sequence[str] = ("127.0.0.1",)
    udp_port: int = 0
    advertise: Sequence[str] = ()
    fan: FanEngine = FanEngine.AUTO
    bitrate_ceiling_bps: int = 8_000_000
    max_lag_ms: float = 150.0
    max_peers: int = 2000
    max_pending: int = 1000
    max_pending_an_address: int = 300
    loss_in: float = 0.0
    loss_out: float = 0.0
    loss_seed: int = 0
