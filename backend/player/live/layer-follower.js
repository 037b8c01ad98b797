/** Follows which layer of the picture this viewer gets, and carries out what they choose; the choice is kept in this browser. */

/** @import { ChosenLayer, ViewerLayer } from "../core/protocol.js" */
/** @import { MediaStats } from "../core/stats.js" */
/** @import { WhepClient } from "./whep.js" */
/** @typedef {{ type: "layer_changed", layer: ViewerLayer }} LayerChanged */

import { recall, remember } from "../core/entry.js";

const KEPT_AS = "livestall.picture-height";
/** When a publisher changes its layers, a crowd must not ask all at once. */
const SPREAD_MS = 1_500;

export class LayerFollower {
  #whep;
  #onChanged;
  /** @type {string | null} */
  #resource = null;
  #height = 0;
  #timer = 0;
  #asked = 0;

  /**
   * @param {Pick<WhepClient, "resource" | "layer">} whep
   * @param {(event: LayerChanged) => void} onChanged
   */
  constructor(whep, onChanged) {
    this.#whep = whep;
    this.#onChanged = onChanged;
  }

  /** Ask where the picture is of another height, and tell each new session what was chosen. @param {Pick<MediaStats, "video">} stats */
  apply({ video }) {
    const height = heightOf(video);
    const { resource } = this.#whep;
    if (!resource || height === 0) return;
    const isNew = resource !== this.#resource;
    if (!isNew && height === this.#height) return;
    this.#resource = resource;
    this.#height = height;
    clearTimeout(this.#timer);
    if (isNew) this.#tell(this.#kept === null ? undefined : { height: this.#kept });
    else this.#timer = window.setTimeout(() => this.refresh(), Math.random() * SPREAD_MS);
  }

  /** @param {number | null} height the highest that may come; null leaves it to the line */
  choose(height) {
    remember(KEPT_AS, height === null ? "" : String(height));
    return this.#tell({ height });
  }

  /** Ask again: somebody looks. */
  refresh() {
    return this.#tell();
  }

  get #kept() {
    const height = Number(recall(KEPT_AS));
    return Number.isInteger(height) && height > 0 ? height : null;
  }

  /** Only the newest answer counts: an earlier one may come later. @param {ChosenLayer} [choice] */
  async #tell(choice) {
    const asked = ++this.#asked;
    const layer = await this.#whep.layer(choice);
    if (layer && asked === this.#asked) this.#onChanged({ type: "layer_changed", layer });
  }
}

/** A picture's height is its shorter side, however it lies; 0 without one. @param {MediaStats["video"]} video */
export const heightOf = (video) => (video ? Math.min(video.width, video.height) : 0);
