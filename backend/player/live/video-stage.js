/** The picture and its sound, and the slate in its place while there is none. */

/**
 * @import { Live, Picture } from "../core/protocol.js"
 * @import { ConnectionState, RoomEvent } from "../core/socket.js"
 * @import { SoundChanged } from "./stage-controls.js"
 * @import { MediaChanged, MediaState, Source } from "./whep.js"
 */

import { below, find } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** @typedef {"loading" | "returning" | "preview" | "paused" | "lost" | "ended" | "sound" | "unreachable" | "unsupported" | "no_h264" | "no_room" | "outdated" | "blocked" | "held_back"} Slate */

/** Where nothing has to come before the cover, and nothing else is to be seen. @type {ReadonlySet<Slate | null>} */
const COVERED = new Set(["preview", "ended"]);
/** Up to this share of the picture may be cut off at the sides so that it fills the screen. */
const CROP_AT_MOST = 0.2;

/** Events out: `picture` at the first frame of each stream, `sound` with a `SoundChanged`. */
export class VideoStage extends HTMLElement {
  #video = find(this, "video", HTMLVideoElement);
  #cover = find(this, ".stage__cover", HTMLImageElement);
  /** @type {Live | null} */
  #live = null;
  /** @type {Picture | null} */
  #picture = null;
  /** @type {ConnectionState} */
  #connection = "connecting";
  /** The time of day, in the viewer's words, until which new guests wait. */
  #heldUntil = "";
  /** @type {MediaState} */
  #media = "off";
  /** The newest stream; what is shown may still be the one before. @type {Source | null} */
  #stream = null;
  /** @type {Source | null} */
  #shown = null;
  #awaiting = 0;
  #hasPicture = false;
  #hadPicture = false;
  /** When the first frame was shown, in ms since the page was asked for; null before. @type {number | null} */
  firstFrameMs = null;

  connectedCallback() {
    this.#cover.onerror = () => this.#uncover();
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
        this.#live = event.live;
        this.#picture = event.profile.cover;
        break;
      case "room_profile_changed":
        this.#picture = event.profile.cover;
        break;
      case "live_changed":
        this.#live = event.live;
        break;
      case "connection_changed":
        this.#connection = event.state;
        if (event.state === "held_back") this.#hold(event.wait_s);
        break;
      case "media_changed":
        this.#onMedia(event);
        break;
      default:
        return;
    }
    this.#render();
  }

  /** @param {number} wait_s */
  #hold(wait_s) {
    const until = new Date(Date.now() + wait_s * 1000);
    this.#heldUntil = until.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    delete this.dataset["slate"];
  }

  #toggleSound() {
    this.#video.muted = !this.#video.muted;
    // A browser that stopped the picture because of its sound lets it go on now: this is the viewer's own tap.
    this.#go();
  }

  /** Without a tap of the viewer's, some browsers play no sound, and no picture with it. */
  async #go() {
    try {
      await this.#video.play();
    } catch (error) {
      if (this.#video.muted || !(error instanceof DOMException) || error.name !== "NotAllowedError") return;
      this.#video.muted = true;
      this.#video.play().catch(() => {});
    }
  }

  #tellSound() {
    /** @type {SoundChanged} */
    const detail = { type: "sound_changed", is_muted: this.#video.muted };
    this.dispatchEvent(new CustomEvent("sound", { detail }));
  }

  /** @param {MediaChanged} event */
  #onMedia({ state, stream }) {
    this.#media = state;
    if (state === "off") this.#attach((this.#stream = null));
    if (state === "connecting" || state === "off" || state === "sound") this.#hasPicture = false;
    if (state === "receiving" && !stream) this.#onReceiving();
    if (state === "sound") this.#listen();
    if (stream) this.#play(stream);
  }

  /** A hidden page shows no frames, but decodes them. */
  #onReceiving() {
    if (this.#stream) this.#begin(this.#stream);
    if (!this.#hasPicture) this.#onPicture(performance.now());
  }

  /**
   * The old picture stays until the new one's first packet is there.
   * @param {Source} stream
   */
  #play(stream) {
    this.#stream = stream;
    if (!(stream instanceof MediaStream)) return this.#begin(stream);
    const track = stream.getVideoTracks()[0];
    track?.addEventListener("unmute", () => this.#begin(stream), { once: true });
    if (!track?.muted || !this.#shown) this.#begin(stream);
  }

  /** @param {Source} stream */
  #begin(stream) {
    if (stream !== this.#stream || stream === this.#shown) return;
    this.#attach(stream);
    this.#go();
    this.#awaitPicture();
  }

  /** @param {Source | null} stream */
  #attach(stream) {
    this.#shown = stream;
    const isStream = stream === null || stream instanceof MediaStream;
    this.#video.srcObject = isStream ? stream : null;
    if (isStream) return this.#video.removeAttribute("src");
    // Otherwise iOS wants another address for its remote screens, and opens no source (W3C MSE, managed sources).
    this.#video.disableRemotePlayback = true;
    const address = typeof stream === "string" ? stream : URL.createObjectURL(stream);
    this.#video.src = address;
    if (typeof stream !== "string") stream.addEventListener("sourceopen", () => URL.revokeObjectURL(address), { once: true });
  }

  /** A browser plays no sound before the first picture of its stream: until that comes, the sound goes alone. */
  #listen() {
    if (!(this.#stream instanceof MediaStream)) return;
    const hadPicture = this.#shown === this.#stream && this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (hadPicture) return this.#awaitPicture();
    this.#attach(new MediaStream(this.#stream.getAudioTracks()));
    this.#go();
  }

  /** `loadeddata` comes too early: Chromium shows a black frame of 2 x 2 pixels until the first real one. */
  #awaitPicture() {
    this.#video.cancelVideoFrameCallback?.(this.#awaiting);
    this.#awaiting = this.#video.requestVideoFrameCallback?.((now, { width }) => {
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
    if (this.#connection === "no_room" || this.#connection === "outdated" || this.#connection === "blocked" || this.#connection === "held_back") return this.#connection;
    const phase = this.#live?.phase;
    if (phase === "ended") return phase;
    // Whoever waits for the show can do something about it meanwhile.
    if (this.#media === "unsupported" || this.#media === "no_h264") return this.#media;
    if (phase === "preview" || phase === "paused") return phase;
    if (this.#live && !this.#live.is_publishing) return "lost";
    if (this.#media === "failing") return "unreachable";
    if (this.#hasPicture) return null;
    if (this.#media === "sound") return "sound";
    return this.#hadPicture ? "returning" : "loading";
  }

  #render() {
    const slate = this.#slate();
    this.#showCover(slate);
    if (this.dataset["slate"] === (slate ?? "none")) return;
    this.dataset["slate"] = slate ?? "none";
    find(this, ".slate__title", HTMLElement).textContent = slate ? t(`slate_${slate}_title`) : "";
    find(this, ".slate__hint", HTMLElement).textContent = slate ? t(`slate_${slate}_hint`, { time: this.#heldUntil }) : "";
  }

  /** @param {Slate | null} slate */
  #showCover(slate) {
    if (!this.#picture || !COVERED.has(slate)) return this.#uncover();
    const address = below(this.#picture.path);
    if (this.#cover.src !== address) this.#cover.src = address;
    this.#cover.hidden = false;
  }

  #uncover() {
    this.#cover.hidden = true;
    this.#cover.removeAttribute("src");
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
