"""Numbers and times of each receiver's own, stamped into a batch between template and encryption."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend.relay.fanout import Receiver
from backend.relay.segments import Layout

# In a packet's header, from its third byte on.
NUMBER_AND_TIME: Final = np.dtype([("number", ">u2"), ("time", ">u4")])
AT: Final = np.arange(2, 8)


def shifts_of(receivers: Sequence[Receiver]) -> NDArray[np.void]:
    """The receivers' shifts, as `fill_shifted` takes them."""
    shifts = [(one.shift.numbers & 0xFFFF, one.shift.time & 0xFFFFFFFF) for one in receivers]
    return np.array(shifts, NUMBER_AND_TIME)


def fill_shifted(slab: NDArray[np.uint8], layout: Layout, shifts: NDArray[np.void]) -> None:
    """Lay out the packets for as many receivers as there are shifts, each with its numbers and times.

    Args:
        slab: where they go, from its start.
        layout: of the plain packets.
        shifts: by receiver, from `shifts_of`.
    """
    rows = slab[: layout.stride * len(shifts)].reshape(len(shifts), layout.stride)
    template = np.frombuffer(layout.template, np.uint8)
    rows[:, : len(template)] = template
    places = np.array(layout.offsets)[:, None] + AT
    plain = template[places].view(NUMBER_AND_TIME)[:, 0]
    own = np.empty((len(shifts), len(plain)), NUMBER_AND_TIME)
    own["number"] = plain["number"].astype(np.uint16) + shifts["number"].astype(np.uint16)[:, None]
    own["time"] = plain["time"].astype(np.uint32) + shifts["time"].astype(np.uint32)[:, None]
    rows[:, places.ravel()] = own.view(np.uint8)
