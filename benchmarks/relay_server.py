"""The relay and its HTTP half, for measuring: prints one JSON line when it serves, ends with its stdin."""

import argparse
import asyncio
import json
import sys

import uvicorn
from starlette.applications import Starlette

from backend.limits import OfferPace
from backend.relay.client import RelayClient
from backend.relay.doors import show_doors
from backend.relay.http import relay_routes
from backend.relay.messages import FanEngine
from backend.relay.options import RelayOptions
from backend.relay.succession import Contender


async def anybody(_room: str, _token: str | None) -> Contender:
    """Let everybody publish."""
    return Contender()


# All viewers of a measurement come from one address.
PACE = OfferPace(1e6, 1_000_000)


async def serve(arguments: argparse.Namespace) -> None:
    """Run until stdin closes."""
    options, pace = RelayOptions(listen=[arguments.host]), OfferPace()
    if not arguments.as_the_product:
        options = RelayOptions(
            listen=[arguments.host], fan=FanEngine(arguments.fan), max_lag_ms=arguments.max_lag_ms
        )
        pace = PACE
    async with RelayClient(options, lambda *_: None) as relay:
        app = Starlette(routes=relay_routes(relay, show_doors(anybody, lambda _: True), pace))
        config = uvicorn.Config(
            app, host="127.0.0.1", port=arguments.port, log_level="warning", lifespan="off"
        )
        server = uvicorn.Server(config)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve())
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.02)
            print(json.dumps({"pid": relay.pid}), flush=True)
            await asyncio.to_thread(sys.stdin.read)
            server.should_exit = True


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--fan", default="auto")
    parser.add_argument("--max-lag-ms", type=float, default=10_000.0)
    parser.add_argument(
        "--as-the-product", action="store_true", help="with its limits as they are by default"
    )
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
