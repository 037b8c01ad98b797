/** The host's poll: its answers to choose from, then how all chose. */

/** @import { Poll, PollOption } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */

import { find } from "../core/dom.js";
import { CROSS } from "../core/markup.js";
import { countdown, refusalText } from "../core/rejections.js";
import { t, translate } from "./texts.js";

const RESULT_MS = 20_000;

export class PollCard extends HTMLElement {
  static translate = translate;
  static markup = `
    <section class="poll" data-label="poll">
      <p class="poll__head"><span data-text="poll"></span><span class="poll__state"></span>
        <button class="poll__fold" type="button" aria-expanded="false" data-label="poll_answers"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 9l7 7 7-7" fill="none" stroke="currentColor" stroke-width="2.400" stroke-linecap="round" stroke-linejoin="round"/></svg></button>
        <button class="poll__close" type="button" data-label="close">${CROSS}</button></p>
      <h2 class="poll__question"></h2>
      <ul class="poll__options"></ul>
      <p class="poll__told" role="status"></p>
    </section>
  `;

  #options = find(this, ".poll__options", HTMLUListElement);
  /** @type {Poll | null} */
  #poll = null;
  /** @type {number | null} */
  #vote = null;
  /** The last poll, also when its card is gone. */
  #asked = 0;
  /** The poll that the viewer put away. */
  #dismissed = 0;
  #hiding = 0;
  /** Shows the answers where a flat screen has the poll folded to a line. */
  #fold = find(this, ".poll__fold", HTMLButtonElement);
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    find(this, ".poll__close", HTMLButtonElement).onclick = () => this.#dismiss();
    this.#fold.onclick = () => this.#unfold(this.#fold.getAttribute("aria-expanded") !== "true");
    setInterval(() => this.#tick(), 1_000);
    this.#render();
  }

  /** @param {RoomEvent} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
        this.#ask(event.poll);
        return this.#show(event.poll?.is_closed ? null : event.poll);
      case "viewer_changed":
        this.#vote = null;
        return this.#render();
      case "poll_opened":
        this.#ask(event.poll);
        return this.#show(event.poll);
      case "poll_changed":
        return this.#show(event.poll);
      case "poll_closed":
        this.#show(event.poll);
        this.#hiding = window.setTimeout(() => this.#show(null), RESULT_MS);
        return;
      case "you_changed":
        this.#vote = event.you.vote ?? this.#vote;
        return this.#render();
    }
  }

  /** A poll that takes votes again keeps the viewer's. @param {Poll | null} poll */
  #ask(poll) {
    const asked = poll?.poll_id ?? 0;
    if (asked !== this.#asked) {
      this.#vote = null;
      this.#unfold(false);
    }
    this.#asked = asked;
  }

  /** @param {boolean} isOpen */
  #unfold(isOpen) {
    this.#fold.setAttribute("aria-expanded", String(isOpen));
  }

  /** @param {Poll | null} poll */
  #show(poll) {
    clearTimeout(this.#hiding);
    this.#poll = poll;
    this.#tell("");
    this.#render();
  }

  #dismiss() {
    this.#dismissed = this.#poll?.poll_id ?? 0;
    this.#render();
  }

  #render() {
    const poll = this.#poll;
    this.hidden = poll === null || poll.poll_id === this.#dismissed;
    if (!poll) return;
    find(this, ".poll__question", HTMLElement).textContent = poll.question;
    this.#options.replaceChildren(...poll.options.map((option, index) => this.#row(poll, option, index)));
    this.#tick();
  }

  /** @param {Poll} poll @param {PollOption} option @param {number} index */
  #row(poll, { text, votes }, index) {
    const all = poll.options.reduce((sum, one) => sum + one.votes, 0);
    const isTold = poll.is_closed || this.#vote !== null;
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.disabled = isTold;
    button.dataset["chosen"] = String(this.#vote === index);
    button.append(text);
    if (isTold) {
      const share = all === 0 ? 0 : Math.round((votes / all) * 100);
      button.style.setProperty("--share", `${share}%`);
      const told = document.createElement("span");
      told.textContent = `${votes} · ${share}%`;
      button.append(told);
    }
    button.onclick = () => this.#choose(poll.poll_id, index);
    item.append(button);
    return item;
  }

  /** @param {number} poll_id @param {number} option */
  async #choose(poll_id, option) {
    const answer = await this.tools?.act({ type: "vote", poll_id, option });
    if (answer?.type === "accepted") this.#vote = option;
    else if (answer) this.#tell(refusalText(answer));
    this.#render();
  }

  #tick() {
    if (!this.#poll) return;
    const { is_closed, ends_at_ms } = this.#poll;
    const now_ms = this.tools?.clock.now() ?? Date.now();
    const left = ends_at_ms === null ? "" : t("poll_left", { time: countdown(ends_at_ms - now_ms) });
    find(this, ".poll__state", HTMLElement).textContent = is_closed ? t("poll_closed") : left;
  }

  /** @param {string} text */
  #tell(text) {
    find(this, ".poll__told", HTMLElement).textContent = text;
  }
}
