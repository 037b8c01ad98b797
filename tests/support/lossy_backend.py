"""`main.py serve` with a bad line: its relay loses three packets in a hundred each way."""

import sys
from collections.abc import Sequence

import msgspec

import backend.serve
import main
from backend.options import ServeOptions
from backend.relay.options import RelayOptions

LOSS = 0.03


def lose_packets() -> None:
    """Let the relay of this process throw packets away, by a seeded dice."""
    whole = backend.serve._relay_options

    def lossy(options: ServeOptions, port: int, addresses: Sequence[str]) -> RelayOptions:
        return msgspec.structs.replace(
            whole(options, port, addresses), loss_in=LOSS, loss_out=LOSS, loss_seed=7
        )

    backend.serve._relay_options = lossy


if __name__ == "__main__":
    lose_packets()
    sys.exit(main.main(["serve", *sys.argv[1:]]))
