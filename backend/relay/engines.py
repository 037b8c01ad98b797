"""The choice of a fan-out engine, by a probe at start."""

import logging
import sys

from backend.relay.fanout import FanOut, SendtoFanOut
from backend.relay.loss import Loss
from backend.relay.messages import FanEngine

logger = logging.getLogger("livestall.relay")


def choose_fan_out(wanted: FanEngine, loss: Loss) -> FanOut:
    """The engine to use: the fast one where it is wanted or `auto`, and a probe shows that it works here."""
    if wanted is FanEngine.SENDTO or loss.rate or not sys.platform.startswith("linux"):
        return SendtoFanOut(loss)
    from backend.relay.gso import GsoFanOut, probe  # Linux only

    if probe():
        return GsoFanOut()
    if wanted is FanEngine.GSO:
        logger.warning("UDP segmentation offload does not work here; packets go out one by one")
    return SendtoFanOut(loss)
