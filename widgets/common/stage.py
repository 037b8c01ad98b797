"""The stages of a broadcast, as every panel shows them."""

from enum import StrEnum


class Stage(StrEnum):
    """Where the host is between an empty room and a live one.

    OFFLINE: the backend cannot be reached. READY: nothing is on air. STARTING: going live was asked for
    and is not there yet. LIVE and PAUSED: on air. RECONNECTING: on air, but the line is lost and being
    mended. LEFT_OPEN: the room is live, but this studio does not publish (restarted, or another one does).
    """

    OFFLINE = "offline"
    READY = "ready"
    STARTING = "starting"
    LIVE = "live"
    PAUSED = "paused"
    RECONNECTING = "reconnecting"
    LEFT_OPEN = "left_open"


ON_AIR = frozenset({Stage.STARTING, Stage.LIVE, Stage.PAUSED, Stage.RECONNECTING})
"""The stages in which closing the studio would end something."""
