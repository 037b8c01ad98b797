/** The line to the picture: one WHEP session (draft-ietf-wish-whep), kept alive. */

/** @import { ChosenLayer, ViewerLayer } from "../core/protocol.js" */

import { fullJitter } from "../core/socket.js";

/**
 * `sound`: sound arrives, and no picture; `unsupported` and `no_h264`: this browser can play nothing of ours, and is not asked to again.
 * @typedef {"off" | "connecting" | "receiving" | "sound" | "failing" | "unsupported" | "no_h264"} MediaState
 */
/** What a video element plays: what WebRTC brings; a source of fragments; the address of a playlist. @typedef {MediaStream | MediaSource | string} Source */
/** @typedef {{ type: "media_changed", state: MediaState, stream: Source | null }} MediaChanged */

const RETRY_BASE_MS = 400;
const RETRY_CAP_MS = 5_000;
const DISCONNECTED_FOR_MS = 3_000;
const STALLED_FOR_MS = 4_000;
/** The answer to our offer waits behind all that a slow line still has to bring; asking again would only make the queue longer. */
const ANSWERED_WITHIN_MS = 12_000;
/** Media follow a publisher's return at once; where they do not, the relay itself was restarted without our session. */
const STALLED_AFTER_RETURN_MS = 2_000;
/** A session that a new backend's relay does not know goes silent at once. */
const STALLED_IN_DOUBT_MS = 1_000;
/** A freeze that the browser gets over by itself is shorter. */
const SOUND_ALONE_AFTER_MS = 3_000;
/** Where UDP gets through, checks are answered within a round trip. */
const REACHED_WITHIN_MS = 2_000;
const WATCH_EVERY_MS = 500;
const FAILING_AFTER = 3;
/** A line that takes longer to hear that we go is dead. */
const GOODBYE_WITHIN_MS = 2_000;

/** What has come in one session: pictures shown, packets of sound, and bytes of anything. @typedef {{ frames: number, audio: number, bytes: number }} Received */
/** @type {Received} */
const NOTHING = { frames: 0, audio: 0, bytes: 0 };

/** @param {Received} received */
const hasMedia = ({ frames, audio }) => frames + audio > 0;

/** The offer came out without H.264: asking again is of no use. */
class NoH264Error extends Error {}

/** Keeps one session going while it is wanted: the media may stall, the relay may go, the network may change. */
export class WhepClient {
  #onEvent;
  #onUnreached;
  /** @type {WhepSession | null} */
  #prepared = null;
  /** @type {WhepSession | null} */
  #session = null;
  /** @type {string | null} */
  #path = null;
  #retry = 0;
  #failures = 0;
  #received = NOTHING;
  /** When this session began, or something last came in it. */
  #heardAt = 0;
  #pictureAt = 0;
  #expectedAt = 0;
  #isExpected = false;
  #patience_ms = STALLED_FOR_MS;
  /** @type {MediaState} */
  #state = "off";

  /**
   * @param {(event: MediaChanged) => void} onEvent
   * @param {() => void} onUnreached called when the relay answered, and none of its addresses did 2 s later
   */
  constructor(onEvent, onUnreached = () => {}) {
    this.#onEvent = onEvent;
    this.#onUnreached = onUnreached;
    window.setInterval(() => this.#watch(), WATCH_EVERY_MS);
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#path && this.restart());
  }

  /** Make the offer while nobody knows yet where to send it: it takes tens of milliseconds. */
  prepare() {
    const hindrance = hindranceToPlay();
    if (hindrance) return this.#become(hindrance, null);
    this.#prepared ??= new WhepSession();
  }

  /**
   * Watch what this endpoint gives, until `close`.
   * @param {string} path
   */
  open(path) {
    if (this.#state === "unsupported" || this.#state === "no_h264" || this.#path === path) return;
    this.#path = path;
    this.restart();
  }

  /** Whether media should be coming: only then is their absence a reason to reconnect. */
  set isExpected(/** @type {boolean} */ value) {
    if (value === this.#isExpected) return;
    this.#isExpected = value;
    this.#expectedAt = performance.now();
    this.#patience_ms = !hasMedia(this.#received) ? STALLED_FOR_MS : STALLED_AFTER_RETURN_MS;
    if (value && this.#path && !this.#session) this.restart();
  }

  /** The backend was restarted, and perhaps its relay with it: keep the session only where something comes, or where it is new itself. */
  async doubt() {
    const session = this.#session;
    await this.#watch();
    if (session !== this.#session) return;
    if (!session || performance.now() - this.#heardAt > STALLED_IN_DOUBT_MS) this.restart();
    else this.#patience_ms = STALLED_IN_DOUBT_MS;
  }

  /** Reconnect at once: the session is known to be dead. */
  restart() {
    this.#end();
    if (this.#path) this.#connect(this.#path);
  }

  close() {
    if (this.#path === null) return;
    this.#path = null;
    this.#failures = 0;
    this.#end();
    this.#become("off", null);
  }

  /** Settled when the offer is on its way, or cannot be made. @returns {Promise<void>} */
  get offered() {
    return this.#session?.offered ?? Promise.resolve();
  }

  /** What the browser counts, or null without a session. */
  async stats() {
    return (await this.#session?.connection.getStats()) ?? null;
  }

  /** Names the session on the server; null without an answered one. */
  get resource() {
    return this.#session?.resource ?? null;
  }

  /**
   * Ask which layer of the picture comes; a choice is made first where one is given.
   * @param {ChosenLayer} [choice]
   * @returns {Promise<ViewerLayer | null>} null where that is not known
   */
  async layer(choice) {
    return (await this.#session?.layer(choice)) ?? null;
  }

  /** @param {string} path */
  async #connect(path) {
    const session = this.#prepared ?? new WhepSession();
    this.#prepared = null;
    this.#session = session;
    this.#received = NOTHING;
    this.#patience_ms = STALLED_FOR_MS;
    this.#heardAt = this.#pictureAt = performance.now();
    this.#become("connecting", null);
    try {
      const stream = await session.start(path);
      if (session !== this.#session) return;
      this.#heardAt = performance.now();
      this.#onEvent({ type: "media_changed", state: "connecting", stream });
      window.setTimeout(() => session === this.#session && !session.isReached && this.#onUnreached(), REACHED_WITHIN_MS);
    } catch (error) {
      if (session !== this.#session) return;
      if (error instanceof NoH264Error) this.#giveUp();
      else this.#retryLater();
    }
  }

  async #watch() {
    const session = this.#session;
    if (!session) return;
    const received = await session.received();
    if (session !== this.#session) return;
    const before = this.#received;
    const isNew = (/** @type {keyof Received} */ kind) => received[kind] > before[kind];
    // Bytes, not packets of a stream: a slow line is busy with the handshake or with what was asked for again, and a new session has the same line.
    if (received.bytes !== before.bytes) this.#onHeard(received);
    else if (this.#isBroken(session)) return this.#retryLater();
    // A hidden page may decode nothing, and that is no missing picture.
    if (isNew("frames") || document.hidden) this.#pictureAt = performance.now();
    if (isNew("frames")) this.#become("receiving", null);
    else if (isNew("audio") && performance.now() - this.#pictureAt > SOUND_ALONE_AFTER_MS) this.#become("sound", null);
  }

  /** @param {Received} received */
  #onHeard(received) {
    if (!hasMedia(this.#received)) this.#pictureAt = performance.now();
    this.#received = received;
    this.#heardAt = performance.now();
    this.#patience_ms = STALLED_FOR_MS;
    this.#failures = 0;
  }

  /** @param {WhepSession} session */
  #isBroken(session) {
    const silent_ms = performance.now() - this.#heardAt;
    if (!session.isAnswered) return silent_ms > ANSWERED_WITHIN_MS;
    switch (session.connection.connectionState) {
      case "failed":
      case "closed":
        return true;
      case "disconnected":
        return silent_ms > DISCONNECTED_FOR_MS;
      default:
        return this.#isExpected && Math.min(silent_ms, performance.now() - this.#expectedAt) > this.#patience_ms;
    }
  }

  #retryLater() {
    this.#end();
    this.#failures += 1;
    this.#become(this.#failures >= FAILING_AFTER ? "failing" : "connecting", null);
    // Without a publisher there is nothing to ask for: `isExpected` connects again when there is.
    if (!this.#isExpected) return;
    const delay_ms = fullJitter(this.#failures, RETRY_BASE_MS, RETRY_CAP_MS);
    this.#retry = window.setTimeout(() => this.#path && this.#connect(this.#path), delay_ms);
  }

  #giveUp() {
    this.#path = null;
    this.#end();
    this.#become("no_h264", null);
  }

  #end() {
    clearTimeout(this.#retry);
    this.#session?.end();
    this.#session = null;
  }

  #leave() {
    this.#session?.abandon();
    this.#end();
  }

  /**
   * @param {MediaState} state
   * @param {MediaStream | null} stream
   */
  #become(state, stream) {
    if (state === this.#state) return;
    // While retries go on, the page keeps saying that the picture does not get through.
    if (state === "connecting" && this.#state === "failing") return;
    this.#state = state;
    this.#onEvent({ type: "media_changed", state, stream });
  }
}

/** One peer connection and its resource on the server. */
class WhepSession {
  connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  #stream = new MediaStream();
  #offer;
  /** @type {string | null} */
  #resource = null;
  #isEnded = false;
  isAnswered = false;
  /** Settled when the offer is made, or cannot be. @type {Promise<void>} */
  offered;

  constructor() {
    this.#receive("video", ["video/h264", "video/rtx"]);
    this.#receive("audio", ["audio/opus", "audio/red"]);
    this.connection.ontrack = ({ track, receiver }) => {
      playAtOnce(receiver);
      this.#stream.addTrack(track);
    };
    this.#offer = this.#makeOffer();
    // `start` reports a failure; without a reaction here one before that would count as unhandled.
    this.offered = this.#offer.then(
      () => {},
      () => {},
    );
  }

  /**
   * Offer, and take the answer. The relay is ICE-lite: it needs no candidates of ours, so we do not wait for any.
   * @param {string} path
   */
  async start(path) {
    const body = await this.#offer;
    const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/sdp" }, body });
    const answer = await response.text();
    if (response.status !== 201) throw new Error(`expected 201 from ${path}, got ${response.status}: ${answer}`);
    this.#resource = response.headers.get("Location");
    if (this.#isEnded) this.#delete();
    else await this.connection.setRemoteDescription({ type: "answer", sdp: answer });
    this.isAnswered = true;
    return this.#stream;
  }

  get resource() {
    return this.#resource;
  }

  /** See `WhepClient.layer`. @param {ChosenLayer} [choice] @returns {Promise<ViewerLayer | null>} */
  async layer(choice) {
    if (!this.#resource) return null;
    const headers = { "Content-Type": "application/json" };
    const request = choice ? { method: "PUT", headers, body: JSON.stringify(choice) } : {};
    const response = await fetch(`${this.#resource}/layer`, request).catch(() => null);
    return response?.ok ? response.json() : null;
  }

  /** Whether an address of the relay's answered. */
  get isReached() {
    const { iceConnectionState } = this.connection;
    return iceConnectionState === "connected" || iceConnectionState === "completed";
  }

  /** @returns {Promise<Received>} */
  async received() {
    const received = { ...NOTHING };
    for (const report of (await this.connection.getStats()).values()) {
      if (report.type === "candidate-pair") received.bytes += Number(report.bytesReceived ?? 0);
      if (report.type !== "inbound-rtp") continue;
      if (report.kind === "audio") received.audio += Number(report.packetsReceived ?? 0);
      received.frames += Number(report.framesDecoded ?? 0);
    }
    return received;
  }

  /** The resource goes first: a relay that heard the connection close knows none any more, and would refuse. */
  async end() {
    this.#isEnded = true;
    await Promise.race([this.#delete(), new Promise((resolve) => setTimeout(resolve, GOODBYE_WITHIN_MS))]);
    this.connection.close();
  }

  /** Nothing can be waited for on a page that goes, and an open connection keeps it from coming back quickly. */
  abandon() {
    this.end();
    this.connection.close();
  }

  /**
   * The relay forwards what the studio made: H.264 and Opus. Offering nothing else halves the offer.
   * @param {"video" | "audio"} kind
   * @param {string[]} mimeTypes in lower case
   */
  #receive(kind, mimeTypes) {
    const transceiver = this.connection.addTransceiver(kind, { direction: "recvonly" });
    const known = RTCRtpReceiver.getCapabilities?.(kind)?.codecs ?? [];
    const wanted = known.filter(({ mimeType }) => mimeTypes.includes(mimeType.toLowerCase()));
    // Firefox before 128 takes no codec preferences; it offers all it has, and the relay chooses.
    if (wanted.length > 0) transceiver.setCodecPreferences?.(wanted);
  }

  async #makeOffer() {
    const offer = await this.connection.createOffer();
    const sdp = inStereo(offer.sdp ?? "");
    if (!/^a=rtpmap:\d+ H264\/90000/im.test(sdp)) throw new NoH264Error("expected H.264 in the offer, there is none");
    await this.connection.setLocalDescription({ type: "offer", sdp });
    return sdp;
  }

  async #delete() {
    const resource = this.#resource;
    this.#resource = null;
    // Where it does not get through, the relay notices the silence.
    if (resource) await fetch(resource, { method: "DELETE", keepalive: true }).catch(() => {});
  }
}

/**
 * Some browsers come without WebRTC, some Chromium builds without H.264, and a Firefox has none before it loaded its OpenH264 plugin.
 * @returns {"unsupported" | "no_h264" | null}
 */
function hindranceToPlay() {
  if (typeof RTCPeerConnection === "undefined") return "unsupported";
  const codecs = RTCRtpReceiver.getCapabilities?.("video")?.codecs;
  return !codecs || codecs.some(({ mimeType }) => mimeType.toLowerCase() === "video/h264") ? null : "no_h264";
}

/**
 * Ask for both channels: browsers decode Opus to mono unless their own description says otherwise (RFC 7587 §6.1).
 * @param {string} sdp
 */
export function inStereo(sdp) {
  const payloadType = /^a=rtpmap:(\d+) opus\/48000\/2/im.exec(sdp)?.[1];
  if (!payloadType) return sdp;
  return sdp.replace(new RegExp(`^(a=fmtp:${payloadType} )(?!.*stereo=1)`, "m"), "$1stereo=1;");
}

/** @param {RTCRtpReceiver & { jitterBufferTarget?: number | null, playoutDelayHint?: number | null }} receiver */
function playAtOnce(receiver) {
  if ("jitterBufferTarget" in receiver) receiver.jitterBufferTarget = 0;
  else if ("playoutDelayHint" in receiver) Object.assign(receiver, { playoutDelayHint: 0 });
}
