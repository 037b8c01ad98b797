"""How soon the page comes back to the room, without a browser: time is what the module asks to wait."""

from tests.support.node import run_module

# The browser, as far as the module needs it. `waits` holds what it asked to wait before a try, in ms.
BROWSER = """
let now = 0;
const waits = [], sockets = [];
class FakeSocket {
  static OPEN = 1;
  constructor() { sockets.push(this); }
  close() {}
  send() {}
}
Math.random = () => 1;
globalThis.performance = { now: () => now };
globalThis.setTimeout = (todo, delay_ms) => { waits.push([delay_ms, todo]); return waits.length; };
globalThis.window = globalThis;
Object.assign(globalThis, {
  WebSocket: FakeSocket,
  location: { href: "http://shop/r/main", search: "" },
  localStorage: { getItem: () => null, setItem() {}, removeItem() {} },
  addEventListener() {},
  document: { addEventListener() {} },
  fetch: async () => Response.json({ socket_path: "/ws", ticket: "t", token: "x", account_name: "" }),
});
const { RoomSocket } = await player("core/socket.js");
const room = new RoomSocket({ room: "main", onEvent() {}, onAdmission() {} });
const lastWait = () => waits.at(-1)[0];
const comeBack = async () => { await waits.at(-1)[1](); return sockets.at(-1); };
await room.open();
"""


async def test_a_page_that_broke_the_rooms_limits_rests_before_it_comes_back() -> None:
    script = """
    sockets.at(-1).onopen();
    now = 60_000;
    sockets.at(-1).onclose({ code: 1006 });
    const ordinary = lastWait();
    const socket = await comeBack();
    socket.onopen();
    now = 120_000;
    socket.onclose({ code: 1008 });
    return [ordinary, lastWait()];
    """
    assert await run_module(BROWSER + script, list[float]) == [500, 5_500]


async def test_tries_that_never_open_a_socket_come_ever_later() -> None:
    script = """
    sockets.at(-1).onopen();
    now = 60_000;
    sockets.at(-1).onclose({ code: 1006 });
    const told = [lastWait()];
    for (let tries = 0; tries < 3; tries++) {
      const socket = await comeBack();
      now += 6_000;
      socket.onclose({ code: 1006 });
      told.push(lastWait());
    }
    return told;
    """
    assert await run_module(BROWSER + script, list[float]) == [500, 1_000, 2_000, 4_000]


async def test_who_is_told_to_wait_comes_back_when_the_time_is_over() -> None:
    script = """
    const states = [];
    const answer = (error) => Response.json({ error }, { status: 429, headers: { "Retry-After": "600" } });
    const guest = new RoomSocket({
      room: "main",
      onEvent: ({ state, wait_s }) => states.push([state, wait_s]),
      onAdmission() {},
    });
    globalThis.fetch = async () => answer("held_back");
    await guest.open();
    globalThis.fetch = async () => answer("too_fast");
    await waits.at(-1)[1]();
    return [states, waits.slice(-2).map(([delay_ms]) => delay_ms)];
    """
    states, delays = await run_module(BROWSER + script, tuple[list[tuple[str, int]], list[int]])
    assert states == [("held_back", 600), ("lost", 0)]
    assert delays == [600_500, 601_000]
