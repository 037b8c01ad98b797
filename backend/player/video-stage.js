/** The picture and its sound, and what stands in its place while there is none. */

/**
 * @import { Live } from "./protocol.js"
 * @import { ConnectionState, RoomEvent } from "./socket.js"
 * @import { SoundChanged } from "./stage-controls.js"
 * @import { MediaChanged, MediaState } from "./whep.js"
 */

import { find } from "./dom.js";
import { t } from "./i18n.js";

/** @typedef {"loading" | "returning" | "preview" | "paused" | "lost" | "ended" | "unreachable" | "unsupported" | "no_room" | "outdated" | "blocked"} Slate */

/** Up to this share of the picture may be cut off at the sides so that it fills the screen. */
const CROP_AT_MOST = 0.2;

/** Events out: `picture` at the first frame of each stream, `sound` with a `SoundChanged`. */
export class VideoStage extends HTMLElement {
  #video = find(this, "video", HTMLVideoElement);
  /** @type {Live | null} */
  #live = null;
  /** @type {ConnectionState} */
  #connection = "connecting";
  /** @type {MediaState} */
  #media = "off";
  #hasPicture = false;
  #hadPicture = false;
  /** When the first frame was shown, in ms since the page was asked for; null before. @type {number | null} */
  firstFrameMs = null;

  connectedCallback() {
    this.#video.addEventListener("resize", () => this.#fit());
    this.#video.addEventListener("volumechange", () => this.#tellSound());
    this.addEventListener("toggle-sound", () => this.#toggleSound());
    new ResizeObserver(() => this.#fit()).observe(this);
    this.#render();
  }

  /** @param {RoomEvent | MediaChanged} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
      case "live_changed":
        this.#live = event.live;
        break;
      case "connection_changed":
        this.#connection = event.state;
        break;
      case "media_changed":
        this.#onMedia(event);
        break;
      default:
        return;
    }
    this.#render();
  }

  #toggleSound() {
    this.#video.muted = !this.#video.muted;
    // A browser that stopped the picture because of its sound lets it go on now: this is the viewer's own tap.
    this.#video.play().catch(() => {});
  }

  #tellSound() {
    /** @type {SoundChanged} */
    const detail = { type: "sound_changed", is_muted: this.#video.muted };
    this.dispatchEvent(new CustomEvent("sound", { detail }));
  }

  /** @param {MediaChanged} event */
  #onMedia({ state, stream }) {
    this.#media = state;
    if (state === "off") this.#video.srcObject = null;
    if (state === "connecting" || state === "off") this.#hasPicture = false;
    // A hidden page shows no frames, but decodes them.
    if (state === "receiving" && !this.#hasPicture) this.#onPicture(performance.now());
    if (stream) this.#play(stream);
  }

  /**
   * The old picture stays until the new one's first packet is there.
   * @param {MediaStream} stream
   */
  #play(stream) {
    const start = () => {
      this.#video.srcObject = stream;
      this.#video.play().catch(() => {});
      this.#awaitPicture();
    };
    const track = stream.getVideoTracks()[0];
    if (track?.muted && this.#video.srcObject) track.addEventListener("unmute", start, { once: true });
    else start();
  }

  /** `loadeddata` comes too early: Chromium shows a black frame of 2 x 2 pixels until the first real one. */
  #awaitPicture() {
    this.#video.requestVideoFrameCallback?.((now, { width }) => {
      if (width > 2) this.#onPicture(now);
      else this.#awaitPicture();
    });
  }

  /** @param {number} now */
  #onPicture(now) {
    this.#hasPicture = this.#hadPicture = true;
    this.firstFrameMs ??= now;
    this.#fit();
    this.#render();
    this.dispatchEvent(new CustomEvent("picture"));
  }

  /** @returns {Slate | null} */
  #slate() {
    if (this.#connection === "no_room" || this.#connection === "outdated" || this.#connection === "blocked") return this.#connection;
    const phase = this.#live?.phase;
    if (phase === "preview" || phase === "paused" || phase === "ended") return phase;
    if (this.#live && !this.#live.is_publishing) return "lost";
    if (this.#media === "unsupported") return "unsupported";
    if (this.#media === "failing") return "unreachable";
    if (this.#hasPicture) return null;
    return this.#hadPicture ? "returning" : "loading";
  }

  #render() {
    const slate = this.#slate();
    if (this.dataset["slate"] === (slate ?? "none")) return;
    this.dataset["slate"] = slate ?? "none";
    find(this, ".slate__title", HTMLElement).textContent = slate ? t(`slate_${slate}_title`) : "";
    find(this, ".slate__hint", HTMLElement).textContent = slate ? t(`slate_${slate}_hint`) : "";
  }

  /** Fill the screen where little is lost by it; else show the whole picture. */
  #fit() {
    const { videoWidth, videoHeight } = this.#video;
    if (videoWidth <= 2 || videoHeight <= 2) return;
    const picture = videoWidth / videoHeight;
    this.closest(".room")?.setAttribute("data-shape", picture > 1 ? "wide" : "tall");
    const stage = this.clientWidth / this.clientHeight;
    const kept = Math.min(picture, stage) / Math.max(picture, stage);
    this.dataset["fit"] = 1 - kept <= CROP_AT_MOST ? "cover" : "contain";
  }
}
