"""How far apart a campaign's buttons unlock: 100 clients with wrong clocks and lines of their own.

Each client is a socket of the real backend and the player's own `ServerClock`, in Chromium. Its clock is
an hour off at most and drifts by up to 50 ppm; its line takes 5 to 60 ms each way, and up to 20 ms more.
"""

import asyncio
import json
import statistics
import tempfile
from pathlib import Path
from typing import Any, Final

from backend.options import ServeOptions
from tests.backend.running import running_backend
from tests.support.browser import new_viewer, open_browser

CLIENTS: Final = 100
ROUNDS: Final = 3
ROOM: Final = "main"
# As the player pings while its page loads, one second apart.
CLOCKS: Final = """async ([room, clients, seed]) => {
  const script = document.querySelector('script[type="module"]').src;
  const { ServerClock } = await import(new URL("core/socket.js", script));
  let state = seed;
  const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const one = async () => {
    const skew_ms = (random() - 0.5) * 7.2e6, drift = 1 + (random() - 0.5) * 1e-4;
    const line_ms = 5 + 55 * random();
    const now = () => performance.now() * drift + skew_ms;
    const hop = () => wait(line_ms + 20 * random());
    const entered = await (await fetch(`/api/rooms/${room}/enter`, { method: "POST" })).json();
    const url = new URL(entered.socket_path, location.href);
    url.protocol = "ws";
    url.searchParams.set("ticket", entered.ticket);
    const socket = new WebSocket(url);
    await new Promise((done) => (socket.onopen = done));
    const clock = new ServerClock();
    socket.onmessage = async ({ data }) => {
      const message = JSON.parse(data);
      if (message.type !== "pong") return;
      await hop();
      clock.measure(message, now());
    };
    for (let ping = 0; ping < 5; ping++) {
      const sent_at_ms = now();
      hop().then(() => socket.send(JSON.stringify({ type: "ping", sent_at_ms })));
      await wait(1000);
    }
    socket.close();
    // When the page's clock shows what the server's will, in the page's own time.
    return (opens_at_ms) => (opens_at_ms - clock.offset_ms - skew_ms) / drift;
  };
  const unlocks = await Promise.all(Array.from({ length: clients }, one));
  const opens_at_ms = Date.now() + 10_000;
  return unlocks.map((unlock) => unlock(opens_at_ms));
}"""


def main() -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = asyncio.run(_measured(Path(folder)))
    spread_ms = statistics.median(max(times) - min(times) for times in rounds)
    print(json.dumps({"figures": {"unlock_spread_ms": round(spread_ms, 1)}}))


async def _measured(folder: Path) -> list[list[float]]:
    rounds: list[list[float]] = []
    async with running_backend(folder, ServeOptions()) as backend, open_browser() as browser:
        for seed in range(1, ROUNDS + 1):
            context = await new_viewer(browser)
            page = await context.new_page()
            await page.goto(f"http://{backend.address}/r/{ROOM}")
            times: Any = await page.evaluate(CLOCKS, [ROOM, CLIENTS, seed])
            rounds.append([float(one) for one in times])
            print(f"round {seed}: spread {max(rounds[-1]) - min(rounds[-1]):.1f} ms", flush=True)
            await context.close()
    return rounds


if __name__ == "__main__":
    main()
