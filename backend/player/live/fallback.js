/**
 * The picture by another way where WebRTC brings none: a WebSocket beside it, and the first picture wins; WebRTC is tried again
 * now and then, as it is closer to the host.
 */

/** @import { MediaChanged, Source, WhepClient } from "./whep.js" */
/** `beside`: both are tried; `fallen`: the other way plays; `trying`: it plays, and WebRTC is tried. @typedef {"whep" | "beside" | "fallen" | "trying"} Phase */

import { Fragments, canPlayFragments } from "./fragments.js";
import { Hls, canPlayHls } from "./hls.js";

const FIRST_TRY_MS = 60_000;
const LAST_TRY_MS = 600_000;
const TRY_FOR_MS = 6_000;

/** Has the face of `WhepClient`, whose place it takes once it is needed. */
export class Fallback {
  #whep;
  #onEvent;
  #other;
  /** @type {Phase} */
  #phase = "whep";
  #path = "";
  /** Whether WebRTC did not get through when last tried. */
  #isNeeded = false;
  #canTry = true;
  #pause_ms = FIRST_TRY_MS;
  #timer = 0;
  /** What a try has brought so far. @type {MediaStream | null} */
  #stream = null;

  /**
   * @param {WhepClient} whep
   * @param {{ whep: string, live: string }} paths of the WHEP endpoint, and below which the other ways lie
   * @param {HTMLVideoElement} video
   * @param {(event: MediaChanged) => void} onEvent
   */
  constructor(whep, paths, video, onEvent) {
    this.#whep = whep;
    this.#path = paths.whep;
    this.#onEvent = onEvent;
    const onSource = (/** @type {Source} */ source) => this.#onSource(source);
    if (canPlayFragments()) this.#other = new Fragments(`${paths.live}/live.ws`, video, onSource);
    else if (canPlayHls(video)) this.#other = new Hls(`${paths.live}/live.m3u8`, video, onSource);
    else this.#other = null;
    addEventListener("online", () => this.#onNetworkChanged());
    /** @type {{ connection?: EventTarget }} */ (navigator).connection?.addEventListener("change", () => this.#onNetworkChanged());
  }

  get #isFallen() {
    return this.#phase === "fallen" || this.#phase === "trying";
  }

  /** WebRTC does not get through: let the other way begin beside it. @param {boolean} canTry whether it may get through later */
  begin(canTry) {
    this.#canTry = canTry;
    this.#isNeeded = true;
    if (!this.#other || this.#phase !== "whep") return;
    this.#phase = "beside";
    this.#other.open();
  }

  /** @param {string} path */
  open(path) {
    this.#path = path;
    if (this.#isFallen) return;
    this.#whep.open(path);
    if (this.#isNeeded) this.begin(this.#canTry);
  }

  close() {
    const wasFallen = this.#isFallen;
    this.#phase = "whep";
    this.#other?.close();
    clearTimeout(this.#timer);
    this.#whep.close();
    if (wasFallen) this.#onEvent({ type: "media_changed", state: "off", stream: null });
  }

  set isExpected(/** @type {boolean} */ value) {
    this.#whep.isExpected = value;
    if (this.#other) this.#other.isExpected = value;
  }

  doubt() {
    if (!this.#isFallen) this.#whep.doubt();
  }

  async stats() {
    return this.#isFallen ? (this.#other?.stats() ?? null) : this.#whep.stats();
  }

  /** What the WHEP client says. @param {MediaChanged} event */
  apply(event) {
    if (this.#phase === "fallen") return;
    if (this.#phase !== "trying") {
      if (event.state === "receiving" || event.state === "sound") this.#rise();
      return this.#onEvent(event);
    }
    this.#stream = /** @type {MediaStream | null} */ (event.stream) ?? this.#stream;
    if (event.state !== "receiving") return;
    this.#rise();
    this.#onEvent({ ...event, stream: this.#stream });
  }

  /** WebRTC has won. */
  #rise() {
    if (this.#phase === "whep") return;
    this.#phase = "whep";
    this.#isNeeded = false;
    this.#pause_ms = FIRST_TRY_MS;
    clearTimeout(this.#timer);
    this.#other?.close();
  }

  /** The other way has something to play. @param {Source} source */
  #onSource(source) {
    if (this.#phase === "whep") return;
    if (this.#phase === "beside") {
      this.#phase = "fallen";
      this.#whep.close();
      this.#tryLater();
    }
    this.#onEvent({ type: "media_changed", state: "connecting", stream: source });
  }

  #tryLater() {
    clearTimeout(this.#timer);
    if (this.#canTry) this.#timer = window.setTimeout(() => this.#try(), this.#pause_ms);
  }

  #try() {
    if (this.#phase !== "fallen") return;
    this.#phase = "trying";
    this.#stream = null;
    this.#whep.open(this.#path);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#giveUp(), TRY_FOR_MS);
  }

  #giveUp() {
    this.#phase = "fallen";
    this.#whep.close();
    this.#pause_ms = Math.min(LAST_TRY_MS, this.#pause_ms * 2);
    this.#tryLater();
  }

  /** Another network may let UDP through. */
  #onNetworkChanged() {
    this.#pause_ms = FIRST_TRY_MS;
    if (this.#canTry) this.#try();
  }
}
