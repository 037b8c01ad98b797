/** The picture over TCP: fragmented MP4 from a WebSocket, played by Media Source Extensions (W3C MSE) close behind the host. */

/** @import { Source } from "./whep.js" */

import { fullJitter } from "../core/socket.js";
import { codecsOf, isInit, referenceOf } from "./mp4.js";
import { Pacemaker } from "./pacemaker.js";

const RETRY_BASE_MS = 400;
const RETRY_CAP_MS = 5_000;
const SILENT_FOR_MS = 8_000;
const WATCH_EVERY_MS = 250;
/** What was played goes, a while after. */
const KEPT_S = 6;
const KEPT_AT_MOST_S = 12;
/** A page that cannot append so much has stopped: it begins anew at what comes now. */
const QUEUED_AT_MOST = 300;

/** iOS has Media Source Extensions only as the managed kind (from 17.1). @returns {typeof MediaSource | null} */
function mediaSourceKind() {
  const managed = /** @type {{ ManagedMediaSource?: typeof MediaSource }} */ (window).ManagedMediaSource;
  return managed ?? window.MediaSource ?? null;
}

export const canPlayFragments = () => mediaSourceKind()?.isTypeSupported('video/mp4; codecs="avc1.42E01F,mp4a.40.2"') ?? false;

/** A connection as WebRTC's statistics tell of one. @param {string} protocol */
export const lineOf = (protocol) => ({
  pair: { id: "pair", type: "candidate-pair", nominated: true, state: "succeeded", localCandidateId: "local" },
  local: { id: "local", type: "local-candidate", protocol },
});

/** Keeps one WebSocket going while it is wanted; each connection is a line of time of its own, and gets a source of its own. */
export class Fragments {
  transport = "tcp";
  #path;
  #video;
  #onSource;
  #pacemaker;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {FragmentBuffer | null} */
  #buffer = null;
  #isWanted = false;
  #isExpected = false;
  #retry = 0;
  #failures = 0;
  #heardAt = 0;
  #bytes = 0;

  /**
   * @param {string} path of the WebSocket
   * @param {HTMLVideoElement} video in which it is played
   * @param {(source: Source) => void} onSource called when there is something to play
   */
  constructor(path, video, onSource) {
    this.#path = path;
    this.#video = video;
    this.#onSource = onSource;
    this.#pacemaker = new Pacemaker(video);
    window.setInterval(() => this.#watch(), WATCH_EVERY_MS);
  }

  open() {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#failures = 0;
    this.#connect();
  }

  close() {
    this.#isWanted = false;
    this.#drop();
    this.#pacemaker.rest();
  }

  /** Whether media should be coming: only then is their absence a reason to connect again. */
  set isExpected(/** @type {boolean} */ value) {
    if (value && !this.#isExpected && this.#isWanted && !this.#socket) this.#connect();
    this.#isExpected = value;
    this.#heardAt = performance.now();
  }

  /** What the page counts, in the words of WebRTC's statistics (W3C webrtc-stats), so that one reader serves both. */
  stats() {
    const { totalVideoFrames, droppedVideoFrames } = this.#video.getVideoPlaybackQuality();
    const video = {
      ...{ id: "video", type: "inbound-rtp", kind: "video", codecId: "h264", timestamp: performance.now() },
      ...{ frameWidth: this.#video.videoWidth, frameHeight: this.#video.videoHeight },
      ...{ framesDecoded: totalVideoFrames, framesDropped: droppedVideoFrames, bytesReceived: this.#bytes },
      freezeCount: this.#pacemaker.stalls,
      estimatedPlayoutTimestamp: this.#buffer?.playoutTimestamp(this.#video.currentTime) ?? null,
    };
    return new Map(Object.entries({ video, h264: { id: "h264", type: "codec", mimeType: "video/H264" }, ...lineOf(this.transport) }));
  }

  #connect() {
    clearTimeout(this.#retry);
    const url = new URL(this.#path, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#take(new Uint8Array(data));
    socket.onclose = () => this.#onClosed();
    this.#socket = socket;
    this.#heardAt = performance.now();
  }

  /** @param {Uint8Array} part */
  #take(part) {
    this.#heardAt = performance.now();
    this.#bytes += part.byteLength;
    if (isInit(part)) return this.#buffer ? this.#buffer.begin(part) : void (this.#buffer = this.#newBuffer(part));
    if (!this.#buffer) return;
    this.#failures = 0;
    if (this.#buffer.add(part)) this.#onSource(this.#buffer.source);
  }

  /** @param {Uint8Array} init */
  #newBuffer(init) {
    const Kind = mediaSourceKind();
    if (!Kind) return null;
    this.#pacemaker.begin();
    return new FragmentBuffer(new Kind(), init, () => this.#steer());
  }

  #watch() {
    if (!this.#socket) return;
    const isSilent = this.#isExpected && performance.now() - this.#heardAt > SILENT_FOR_MS;
    if (isSilent || this.#buffer?.isBroken) return this.#onClosed();
    this.#steer();
  }

  #steer() {
    if (!this.#buffer?.buffered) return;
    this.#pacemaker.steer(this.#buffer.buffered);
    this.#buffer.forgetBefore(this.#video.currentTime);
  }

  #onClosed() {
    this.#drop();
    if (!this.#isWanted || !this.#isExpected) return;
    this.#retry = window.setTimeout(() => this.#isWanted && this.#connect(), fullJitter(this.#failures++, RETRY_BASE_MS, RETRY_CAP_MS));
  }

  /** What was shown last stays until there is another source. */
  #drop() {
    clearTimeout(this.#retry);
    this.#buffer = null;
    if (!this.#socket) return;
    this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }
}

/** Appends what comes, one after the other, as a SourceBuffer wants it. */
class FragmentBuffer {
  #onAppended;
  /** @type {SourceBuffer | null} */
  #buffer = null;
  /** What waits to be appended; `codecs` of an init segment that is not the first. @type {{ data: Uint8Array, mime: string }[]} */
  #queue = [];
  #hasFragment = false;
  /** The last fragment's time of day, in ms since 1900, and its place in the source. @type {{ day_ms: number, at_s: number } | null} */
  #reference = null;
  #hasFailed = false;
  source;

  /**
   * @param {MediaSource} source
   * @param {Uint8Array} init
   * @param {() => void} onAppended
   */
  constructor(source, init, onAppended) {
    this.source = source;
    this.#onAppended = onAppended;
    this.begin(init);
    source.addEventListener("sourceopen", () => this.#open(codecsOf(init)), { once: true });
  }

  get buffered() {
    return this.#buffer && !this.isBroken ? this.#buffer.buffered : null;
  }

  /** Whether nothing can be appended any more: a decoder failed, or the element plays something else. */
  get isBroken() {
    return this.#hasFailed || (this.#buffer !== null && this.source.readyState !== "open");
  }

  /** @param {Uint8Array} init what follows needs it */
  begin(init) {
    this.#queue.push({ data: init, mime: codecsOf(init) });
    this.#pump();
  }

  /** @param {Uint8Array} fragment @returns {boolean} whether it is the first one */
  add(fragment) {
    const isFirst = !this.#hasFragment;
    this.#hasFragment = true;
    this.#reference = referenceOf(fragment) ?? this.#reference;
    this.#queue.push({ data: fragment, mime: "" });
    this.#hasFailed ||= this.#queue.length > QUEUED_AT_MOST;
    this.#pump();
    return isFirst;
  }

  /** When what is shown at this place was captured, as WebRTC's statistics say it; null while unknown. @param {number} at_s */
  playoutTimestamp(at_s) {
    return this.#reference && this.#reference.day_ms + (at_s - this.#reference.at_s) * 1000;
  }

  /** @param {number} at_s */
  forgetBefore(at_s) {
    if (!this.#buffer || this.#buffer.updating || this.#buffer.buffered.length === 0) return;
    if (at_s - this.#buffer.buffered.start(0) > KEPT_AT_MOST_S) this.#buffer.remove(0, at_s - KEPT_S);
  }

  /** @param {string} mime */
  #open(mime) {
    this.#buffer = this.source.addSourceBuffer(mime);
    this.#buffer.onupdateend = () => {
      this.#pump();
      this.#onAppended();
    };
    this.#buffer.onerror = () => (this.#hasFailed = true);
    this.#pump();
  }

  #pump() {
    const next = this.#queue[0];
    if (!next || !this.#buffer || this.#buffer.updating || this.isBroken) return;
    try {
      if (next.mime) this.#buffer.changeType(next.mime);
      this.#buffer.appendBuffer(/** @type {BufferSource} */ (next.data));
      this.#queue.shift();
    } catch {
      // Full, or the element gave the source up: either way it is begun anew.
      this.#hasFailed = true;
    }
  }
}
