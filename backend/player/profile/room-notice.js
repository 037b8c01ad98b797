/** The host's notice, where the chat begins: one line that a tap opens. */

/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */

import { find } from "../core/dom.js";
import { label, translate } from "./texts.js";

export class RoomNotice extends HTMLElement {
  static within = "chat-panel";
  static translate = translate;
  static markup = `
    <button class="room-notice" type="button" aria-expanded="false" data-label="notice_open" hidden>
      <span class="room-notice__mark" data-text="notice"></span><span class="room-notice__text"></span>
    </button>
  `;

  #button = find(this, ".room-notice", HTMLButtonElement);
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    this.#button.onclick = () => this.#open(this.#button.getAttribute("aria-expanded") !== "true");
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "snapshot" || event.type === "room_profile_changed") this.#show(event.profile.notice);
  }

  /** @param {string} notice */
  #show(notice) {
    const text = find(this, ".room-notice__text", HTMLElement);
    if (text.textContent === notice) return;
    text.textContent = notice;
    this.#button.hidden = notice === "";
    this.#open(false);
  }

  /** @param {boolean} isOpen */
  #open(isOpen) {
    this.#button.setAttribute("aria-expanded", String(isOpen));
    label(this.#button, isOpen ? "notice_close" : "notice_open");
    // Its words are what it is called by; what a tap does is said after them.
    this.#button.setAttribute("aria-description", this.#button.getAttribute("aria-label") ?? "");
    this.#button.removeAttribute("aria-label");
  }
}
