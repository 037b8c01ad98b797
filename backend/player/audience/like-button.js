/** Likes: each tap one, a held finger a stream of them; hearts float, and the room counts. */

/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */

import { find } from "../core/dom.js";
import { count } from "../core/i18n.js";
import { LikeBatch } from "./like-batch.js";
import { t, translate } from "./texts.js";

const HOLD_AFTER_MS = 350;
const HOLD_EVERY_MS = 130;
const HEARTS_AT_MOST = 24;
const OTHERS_HEARTS = 5;
const RISE_MS = 1_900;
const MILESTONE_MS = 4_000;
const COLOURS = ["#ff2f54", "#ff7a93", "#ffb02e", "#c86bff", "#4fc3ff"];

export class LikeButton extends HTMLElement {
  static translate = translate;
  static markup = `
    <div class="hearts" aria-hidden="true"></div>
    <p class="milestone" role="status"></p>
    <button class="round like" type="button">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20.500C5 15 2.500 12 2.500 8.500A5 5 0 0 1 12 6.200a5 5 0 0 1 9.500 2.300c0 3.500-2.500 6.500-9.500 12z" fill="currentColor"/></svg>
      <span class="like__count" aria-hidden="true"></span>
    </button>
  `;

  #button = find(this, ".like", HTMLButtonElement);
  #hearts = find(this, ".hearts", HTMLElement);
  #milestone = find(this, ".milestone", HTMLElement);
  #batch = new LikeBatch(
    (taps) => this.tools?.act({ type: "send_likes", count: taps }) ?? Promise.resolve({ type: "lost" }),
    (run, ms) => setTimeout(run, ms),
  );
  #holding = 0;
  #hiding = 0;
  #wasHeld = false;
  /** Our own hearts float at the tap: they are not shown again when the room counts them. */
  #own = 0;
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    this.#button.onclick = () => this.#onClick();
    this.#button.onpointerdown = () => this.#hold();
    for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) {
      this.#button.addEventListener(name, () => clearInterval(this.#holding));
    }
    this.#button.oncontextmenu = (event) => event.preventDefault();
    this.#show(0);
  }

  /** @param {RoomEvent} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
        return this.#show(event.likes);
      case "viewer_changed":
        this.#own = 0;
        return;
      case "likes_changed":
        this.#show(event.total);
        return this.#floatOthers(event.recent);
      case "like_milestone_reached":
        return this.#celebrate(event.likes);
    }
  }

  /** The end of a long hold is a click too, and no further like. */
  #onClick() {
    if (!this.#wasHeld) this.#like();
    this.#wasHeld = false;
  }

  #hold() {
    clearInterval(this.#holding);
    this.#wasHeld = false;
    const since = performance.now();
    this.#holding = window.setInterval(() => {
      if (performance.now() - since < HOLD_AFTER_MS) return;
      this.#wasHeld = true;
      this.#like();
    }, HOLD_EVERY_MS);
  }

  #like() {
    this.#own++;
    this.#batch.add();
    this.#float();
  }

  /** @param {number} recent */
  #floatOthers(recent) {
    const others = Math.max(0, recent - this.#own);
    this.#own = Math.max(0, this.#own - recent);
    const shown = Math.min(others, OTHERS_HEARTS);
    for (let index = 0; index < shown; index++) setTimeout(() => this.#float(), (index * 600) / shown);
  }

  #float() {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isCalm || document.hidden || this.#hearts.childElementCount >= HEARTS_AT_MOST) return;
    const heart = document.createElement("i");
    heart.style.color = COLOURS[Math.floor(Math.random() * COLOURS.length)] ?? "";
    this.#hearts.append(heart);
    const drift = () => `${Math.round((Math.random() - 0.7) * 56)}px`;
    const frames = [
      { transform: "translate(0, 0) scale(.3)", opacity: 0 },
      { transform: `translate(${drift()}, -60px) scale(1.1)`, opacity: 1, offset: 0.25 },
      { transform: `translate(${drift()}, -150px) scale(1)`, opacity: 0.9, offset: 0.65 },
      { transform: `translate(${drift()}, -230px) scale(.8)`, opacity: 0 },
    ];
    heart.animate(frames, { duration: RISE_MS, easing: "ease-out" }).onfinish = () => heart.remove();
  }

  /** @param {number} likes */
  #show(likes) {
    const text = find(this, ".like__count", HTMLElement);
    text.textContent = likes > 0 ? count(likes, document.documentElement.lang) : "";
    this.#button.dataset["likes"] = String(likes);
    this.#button.setAttribute("aria-label", t("like", { count: likes }));
    this.#button.title = t("like", { count: likes });
  }

  /** @param {number} likes */
  #celebrate(likes) {
    clearTimeout(this.#hiding);
    this.#milestone.textContent = t("like_milestone", { count: count(likes, document.documentElement.lang) });
    this.#hiding = window.setTimeout(() => (this.#milestone.textContent = ""), MILESTONE_MS);
    this.#floatOthers(OTHERS_HEARTS);
  }
}
