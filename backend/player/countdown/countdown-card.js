/** What the host counts down to, and the time left by the server's clock. */

/** @import { Countdown } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */

import { find } from "../core/dom.js";
import { countdown as timeText } from "../core/rejections.js";
import { t, translate } from "./texts.js";

/** How long it says that the time is up. */
const OVER_MS = 5_000;
/** The room says that a countdown ended about when it ends here: what ends with more time left was stopped. */
const STOPPED_MS = 1_000;
/** A screen reader says the time at these seconds, not at each. */
const ANNOUNCED_S = [60, 10, 0];
/** The server's time is known soon after the snapshot. */
const CLOCK_MS = 200;

export class CountdownCard extends HTMLElement {
  static within = ".frame";
  static translate = translate;
  static markup = `
    <div class="countdown" role="timer" data-label="countdown" hidden>
      <span class="countdown__title"></span>
      <strong class="countdown__time"></strong>
    </div>
    <p class="countdown__announcement" role="status"></p>
  `;

  #pill = find(this, ".countdown", HTMLElement);
  #announcement = find(this, ".countdown__announcement", HTMLElement);
  /** @type {Countdown | null} */
  #countdown = null;
  #ticking = 0;
  #isAnnounced = false;
  /** @type {Tools | null} */
  tools = null;

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "snapshot" || event.type === "countdown_changed") this.#follow(event.countdown);
  }

  /** @param {Countdown | null} countdown */
  #follow(countdown) {
    const left = this.#left();
    if (countdown === null && left !== null && left < STOPPED_MS) return;
    this.#isAnnounced = countdown !== null && countdown.countdown_id === this.#countdown?.countdown_id;
    this.#countdown = countdown;
    this.#tick();
  }

  /** What is left of the countdown, in ms; null without one, and while the server's time is not known. */
  #left() {
    const now_ms = this.tools?.clock.now() ?? null;
    return this.#countdown === null || now_ms === null ? null : this.#countdown.ends_at_ms - now_ms;
  }

  #tick() {
    clearTimeout(this.#ticking);
    const left = this.#left();
    this.#pill.hidden = left === null || left <= -OVER_MS;
    if (this.#pill.hidden) this.#announcement.textContent = "";
    if (this.#countdown === null) return;
    if (left === null) this.#ticking = window.setTimeout(() => this.#tick(), CLOCK_MS);
    else if (left > -OVER_MS) this.#show(this.#countdown, left);
  }

  /** Show what is left until the next whole second. @param {Countdown} countdown @param {number} left */
  #show(countdown, left) {
    const seconds = Math.max(0, Math.ceil(left / 1000));
    find(this, ".countdown__title", HTMLElement).textContent = countdown.title;
    find(this, ".countdown__time", HTMLElement).textContent = seconds > 0 ? timeText(left) : t("countdown_over");
    if (!this.#isAnnounced || ANNOUNCED_S.includes(seconds)) this.#announce(countdown, seconds);
    this.#isAnnounced = true;
    this.#ticking = window.setTimeout(() => this.#tick(), seconds > 0 ? left % 1000 || 1000 : left + OVER_MS);
  }

  /** @param {Countdown} countdown @param {number} seconds */
  #announce({ title }, seconds) {
    const text = seconds > 0 ? t("countdown_left", { title, seconds }) : `${title} · ${t("countdown_over")}`;
    this.#announcement.textContent = text;
  }
}
