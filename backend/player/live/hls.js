/** The picture by HLS (RFC 8216), where the browser plays that by itself and nothing better: Safari before Media Source Extensions on phones. */

/** @import { Source } from "./whep.js" */

import { lineOf } from "./fragments.js";

const RETRY_MS = 4_000;

/** @param {HTMLVideoElement} video */
export const canPlayHls = (video) => video.canPlayType("application/vnd.apple.mpegurl") !== "";

export class Hls {
  transport = "hls";
  #path;
  #video;
  #onSource;
  #isWanted = false;
  #isExpected = false;
  #retry = 0;

  /**
   * @param {string} path of the playlist
   * @param {HTMLVideoElement} video in which it is played
   * @param {(source: Source) => void} onSource called when there is something to play
   */
  constructor(path, video, onSource) {
    this.#path = path;
    this.#video = video;
    this.#onSource = onSource;
    video.addEventListener("error", () => this.#again());
  }

  open() {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#play();
  }

  close() {
    this.#isWanted = false;
    clearTimeout(this.#retry);
  }

  set isExpected(/** @type {boolean} */ value) {
    if (value && !this.#isExpected && this.#isWanted) this.#play();
    this.#isExpected = value;
  }

  stats() {
    const { totalVideoFrames, droppedVideoFrames } = this.#video.getVideoPlaybackQuality();
    const video = {
      ...{ id: "video", type: "inbound-rtp", kind: "video", timestamp: performance.now() },
      ...{ frameWidth: this.#video.videoWidth, frameHeight: this.#video.videoHeight },
      ...{ framesDecoded: totalVideoFrames, framesDropped: droppedVideoFrames },
    };
    return new Map(Object.entries({ video, ...lineOf(this.transport) }));
  }

  /** Asked for where there is something to play: a browser asks for a playlist that failed no second time. */
  async #play() {
    clearTimeout(this.#retry);
    const response = await fetch(this.#path).catch(() => null);
    if (!this.#isWanted) return;
    if (response?.ok) this.#onSource(this.#path);
    else this.#again();
  }

  #again() {
    if (!this.#isWanted) return;
    clearTimeout(this.#retry);
    this.#retry = window.setTimeout(() => this.#isExpected && this.#play(), RETRY_MS);
  }
}
