/** Danmu over the picture: they fly in lanes. Viewers who want less motion read them in the list alone. */

/** @import { Danmu } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { DanmuSettingsChanged } from "./danmu-settings.js" */

import { DanmuLanes } from "./danmu-lanes.js";
import { DEFAULTS } from "./danmu-settings.js";

const FLIGHT_MS = 8_000;
const SIZES_PX = { small: 15, medium: 18, large: 23 };
const LANE_HEIGHT = 1.75;
/** Of the stage's height: below it are the list and the card. */
const SHARES = { few: 0.1, half: 0.24, many: 0.42 };
const WAITING_AT_MOST = 12;
const REMEMBERED_IDS = 400;

/** @typedef {{ danmu: Danmu, is_own: boolean }} Waiting */

export class DanmuOverlay extends HTMLElement {
  #settings = DEFAULTS;
  #lanes = new DanmuLanes(0, FLIGHT_MS);
  /** @type {Waiting[]} */
  #waiting = [];
  /** @type {Set<number>} */
  #seen = new Set();
  #isTrying = false;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  userId = () => "";

  connectedCallback() {
    new ResizeObserver(() => this.#layOut()).observe(this);
    this.#calm.addEventListener("change", () => this.#clear());
  }

  /** @param {RoomEvent | DanmuSettingsChanged} event */
  apply(event) {
    switch (event.type) {
      case "danmu_sent":
      case "paid_danmu_sent":
        return event.danmu.forEach((danmu) => this.#offer(danmu));
      case "staff_danmu_sent":
      case "danmu_echoed":
        return this.#offer(event.danmu);
      case "viewer_changed":
        return this.#disown();
      case "danmu_deleted":
        return this.#delete(new Set(event.danmu_ids));
      case "danmu_settings_changed":
        this.#settings = event.settings;
        return this.#layOut();
    }
  }

  #layOut() {
    const size_px = SIZES_PX[this.#settings.size];
    this.style.setProperty("--danmu-size", `${size_px}px`);
    this.style.setProperty("--danmu-opacity", String(this.#settings.opacity / 100));
    this.#lanes.stage_px = this.clientWidth;
    this.#lanes.resize(Math.max(1, Math.floor((this.clientHeight * SHARES[this.#settings.density]) / (size_px * LANE_HEIGHT))));
    if (!this.#settings.is_on && this.#settings.is_chosen) this.#clear();
  }

  /** @param {Danmu} danmu */
  #offer(danmu) {
    if (this.#seen.has(danmu.danmu_id)) return;
    this.#seen.add(danmu.danmu_id);
    if (this.#seen.size > REMEMBERED_IDS) for (const oldest of this.#seen) { this.#seen.delete(oldest); break; }
    // A hidden page's animations stand still: what came meanwhile would all fly at its return.
    if (!this.#flies(danmu) || this.#calm.matches || document.hidden) return;
    const is_own = danmu.author.user_id === this.userId();
    if (is_own || danmu.coins || danmu.author.role !== "viewer") this.#waiting.unshift({ danmu, is_own });
    else this.#waiting.push({ danmu, is_own });
    this.#waiting.length = Math.min(this.#waiting.length, WAITING_AT_MOST);
    this.#tryLater();
  }

  /** Who paid for it is seen, unless a viewer wants none. @param {Danmu} danmu */
  #flies({ coins }) {
    const { is_on, is_chosen } = this.#settings;
    return is_on || (coins > 0 && !is_chosen);
  }

  #tryLater() {
    if (this.#isTrying || this.#waiting.length === 0) return;
    this.#isTrying = true;
    requestAnimationFrame(() => {
      this.#isTrying = false;
      while (this.#waiting[0] && this.#fly(this.#waiting[0])) this.#waiting.shift();
      this.#tryLater();
    });
  }

  /** @param {Waiting} waiting @returns {boolean} whether there was room */
  #fly({ danmu, is_own }) {
    const element = this.#make(danmu, is_own);
    const width = element.offsetWidth;
    const lane = this.#lanes.take(width, performance.now());
    if (lane === null) {
      element.remove();
      return false;
    }
    element.style.top = `${lane * LANE_HEIGHT}em`;
    const frames = [{ transform: `translateX(${this.clientWidth}px)` }, { transform: `translateX(${-width}px)` }];
    element.animate(frames, FLIGHT_MS).onfinish = () => element.remove();
    return true;
  }

  /** @param {Danmu} danmu @param {boolean} is_own */
  #make({ danmu_id, author, text, coins }, is_own) {
    const element = document.createElement("span");
    element.className = "danmu";
    element.dataset["danmu"] = String(danmu_id);
    element.dataset["role"] = author.role;
    if (is_own) element.dataset["own"] = "";
    if (coins) element.dataset["paid"] = "";
    element.textContent = text;
    this.append(element);
    return element;
  }

  /** @param {Set<number>} ids */
  #delete(ids) {
    this.#waiting = this.#waiting.filter(({ danmu }) => !ids.has(danmu.danmu_id));
    for (const element of this.querySelectorAll("[data-danmu]")) {
      if (ids.has(Number(element.getAttribute("data-danmu")))) element.remove();
    }
  }

  #disown() {
    for (const waiting of this.#waiting) waiting.is_own = false;
    for (const element of this.querySelectorAll("[data-own]")) element.removeAttribute("data-own");
  }

  #clear() {
    this.#waiting = [];
    this.replaceChildren();
  }
}
