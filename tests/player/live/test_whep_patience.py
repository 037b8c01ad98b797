"""How long a WHEP session is waited for: by bytes and not by pictures, and by a clock that the test moves."""

from typing import Final

from tests.support.node import run_module

# A browser of which the test says what has come in the newest session; each watch is half a second later.
RUN: Final = """
let now = 0, offers = 0, watch, answer, counted = [];
const retries = [];
Object.defineProperty(globalThis, "performance", { value: { now: () => now } });
Object.assign(globalThis, {
  window: { setInterval: (then) => { watch = then; }, setTimeout: (then) => retries.push(then) },
  document: { hidden: false },
  addEventListener: () => {},
  MediaStream: class {},
  RTCRtpReceiver: { getCapabilities: () => ({ codecs: [{ mimeType: "video/H264" }] }) },
  RTCPeerConnection: class {
    connectionState = "connected";
    addTransceiver() { return {}; }
    async createOffer() { return { sdp: "a=rtpmap:108 H264/90000\\r\\n" }; }
    async setLocalDescription() {}
    async setRemoteDescription() {}
    async getStats() { return new Map(counted.map((one, key) => [key, one])); }
    close() {}
  },
  fetch: (_path, { method }) => {
    if (method === "DELETE") return Promise.resolve();
    offers += 1;
    const response = { status: 201, headers: new Headers({ Location: "/whep/x/1" }), text: async () => "" };
    return new Promise((resolve) => { answer = () => resolve(response); });
  },
});
const { WhepClient } = await player("live/whep.js");
const settle = () => new Promise((resolve) => setImmediate(resolve));
const states = [];
const client = new WhepClient(({ state }) => states.push(state));
const pass = async (seconds, each = () => {}) => {
  for (let step = 1; step <= seconds * 2; step += 1) {
    now += 500;
    each(step);
    await watch();
    for (const retry of retries.splice(0)) retry();
    await settle();
  }
};
const bytes = (bytesReceived) => ({ type: "candidate-pair", bytesReceived });
const video = (packetsReceived, framesDecoded) =>
  ({ type: "inbound-rtp", kind: "video", packetsReceived, framesDecoded });
client.isExpected = true;
client.open("/whep/x");
await settle();
"""


async def test_a_session_goes_on_while_bytes_come_that_count_as_no_packet_of_the_picture() -> None:
    script = """
    answer();
    await settle();
    await pass(1, (step) => { counted = [bytes(step * 1000), video(step, step)]; });
    await pass(20, (step) => { counted = [bytes(2000 + step * 100), video(2, 2)]; });
    return [offers, states.at(-1)];
    """
    assert await run_module(RUN + script, tuple[int, str]) == (1, "receiving")


async def test_a_session_in_which_no_byte_comes_is_asked_for_again() -> None:
    script = """
    answer();
    await settle();
    await pass(1, (step) => { counted = [bytes(step * 1000), video(step, step)]; });
    await pass(4);
    const before = offers;
    await pass(1);
    return [before, offers];
    """
    assert await run_module(RUN + script, tuple[int, int]) == (1, 2)


async def test_an_offer_whose_answer_is_slow_is_not_made_again() -> None:
    script = """
    await pass(8);
    answer();
    await settle();
    await pass(3);
    return offers;
    """
    assert await run_module(RUN + script, int) == 1


async def test_an_offer_that_nobody_answers_is_made_again() -> None:
    script = "await pass(14); return offers;"
    assert await run_module(RUN + script, int) == 2
