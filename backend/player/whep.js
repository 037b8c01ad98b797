/** The line to the picture: one WHEP session (draft-ietf-wish-whep), kept alive. */

import { fullJitter } from "./socket.js";

/** @typedef {"off" | "connecting" | "receiving" | "failing" | "unsupported"} MediaState */
/** @typedef {{ type: "media_changed", state: MediaState, stream: MediaStream | null }} MediaChanged */

const RETRY_BASE_MS = 400;
const RETRY_CAP_MS = 5_000;
const DISCONNECTED_FOR_MS = 3_000;
const STALLED_FOR_MS = 4_000;
/** Frames follow a publisher's return at once; where they do not, the relay itself started anew and does not know us. */
const STALLED_AFTER_RETURN_MS = 2_000;
const WATCH_EVERY_MS = 500;
const FAILING_AFTER = 3;

/** Keeps one session going while it is wanted: the picture may stall, the relay may go, the network may change. */
export class WhepClient {
  #onEvent;
  /** @type {WhepSession | null} */
  #prepared = null;
  /** @type {WhepSession | null} */
  #session = null;
  /** @type {string | null} */
  #path = null;
  #retry = 0;
  #failures = 0;
  #frames = 0;
  #progressAt = 0;
  #isExpected = false;
  #patience_ms = STALLED_FOR_MS;
  /** @type {MediaState} */
  #state = "off";

  /** @param {(event: MediaChanged) => void} onEvent */
  constructor(onEvent) {
    this.#onEvent = onEvent;
    window.setInterval(() => this.#watch(), WATCH_EVERY_MS);
    addEventListener("pagehide", () => this.#end());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#path && this.restart());
  }

  /** Make the offer while nobody knows yet where to send it: it takes tens of milliseconds. */
  prepare() {
    if (!canPlay()) return this.#become("unsupported", null);
    this.#prepared ??= new WhepSession();
  }

  /**
   * Watch what this endpoint gives, until `close`.
   * @param {string} path
   */
  open(path) {
    if (this.#state === "unsupported" || this.#path === path) return;
    this.#path = path;
    this.restart();
  }

  /** Whether frames should be coming: only then is their absence a reason to connect anew. */
  set isExpected(/** @type {boolean} */ value) {
    if (value === this.#isExpected) return;
    this.#isExpected = value;
    this.#progressAt = performance.now();
    this.#patience_ms = this.#frames > 0 ? STALLED_AFTER_RETURN_MS : STALLED_FOR_MS;
    if (value && this.#path && !this.#session) this.restart();
  }

  /** Connect anew, at once: the session is known to be of no use. */
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

  /** What the browser counts, or null without a session. */
  async stats() {
    return (await this.#session?.connection.getStats()) ?? null;
  }

  /** @param {string} path */
  async #connect(path) {
    const session = this.#prepared ?? new WhepSession();
    this.#prepared = null;
    this.#session = session;
    this.#frames = 0;
    this.#patience_ms = STALLED_FOR_MS;
    this.#progressAt = performance.now();
    this.#become("connecting", null);
    try {
      const stream = await session.start(path);
      if (session !== this.#session) return;
      this.#onEvent({ type: "media_changed", state: "connecting", stream });
    } catch {
      if (session === this.#session) this.#retryLater();
    }
  }

  async #watch() {
    const session = this.#session;
    if (!session) return;
    // A hidden page may decode nothing, and that is no stall.
    if (document.hidden) this.#progressAt = performance.now();
    const frames = await session.framesDecoded();
    if (session !== this.#session) return;
    if (frames > this.#frames) this.#onProgress(frames);
    else if (this.#isBroken(session)) this.#retryLater();
  }

  /** @param {number} frames */
  #onProgress(frames) {
    this.#frames = frames;
    this.#progressAt = performance.now();
    this.#patience_ms = STALLED_FOR_MS;
    this.#failures = 0;
    this.#become("receiving", null);
  }

  /** @param {WhepSession} session */
  #isBroken(session) {
    const stalled_ms = performance.now() - this.#progressAt;
    switch (session.connection.connectionState) {
      case "failed":
      case "closed":
        return true;
      case "disconnected":
        return stalled_ms > DISCONNECTED_FOR_MS;
      default:
        return this.#isExpected && stalled_ms > this.#patience_ms;
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

  #end() {
    clearTimeout(this.#retry);
    this.#session?.end();
    this.#session = null;
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

  constructor() {
    this.#receive("video", ["video/h264", "video/rtx"]);
    this.#receive("audio", ["audio/opus", "audio/red"]);
    this.connection.ontrack = ({ track, receiver }) => {
      playAtOnce(receiver);
      this.#stream.addTrack(track);
    };
    this.#offer = this.#makeOffer();
    // `start` reports it; without this line a failure before that would count as unhandled.
    this.#offer.catch(() => {});
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
    return this.#stream;
  }

  async framesDecoded() {
    if (this.#isEnded) return 0;
    for (const report of (await this.connection.getStats()).values()) {
      if (report.type === "inbound-rtp" && report.kind === "video") return Number(report.framesDecoded ?? 0);
    }
    return 0;
  }

  end() {
    this.#isEnded = true;
    this.connection.close();
    this.#delete();
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
    // Firefox before 128 cannot be told; it offers all it has, and the relay chooses.
    if (wanted.length > 0) transceiver.setCodecPreferences?.(wanted);
  }

  async #makeOffer() {
    const offer = await this.connection.createOffer();
    const sdp = inStereo(offer.sdp ?? "");
    await this.connection.setLocalDescription({ type: "offer", sdp });
    return sdp;
  }

  #delete() {
    if (this.#resource) fetch(this.#resource, { method: "DELETE", keepalive: true }).catch(() => {});
    this.#resource = null;
  }
}

/** Some Chromium builds come without H.264, and some browsers without WebRTC. */
function canPlay() {
  if (typeof RTCPeerConnection === "undefined") return false;
  const codecs = RTCRtpReceiver.getCapabilities?.("video")?.codecs;
  return !codecs || codecs.some(({ mimeType }) => mimeType.toLowerCase() === "video/h264");
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
