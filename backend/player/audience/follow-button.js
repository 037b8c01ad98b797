/** Follow the host, or no more. */

/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */

import { find } from "../core/dom.js";
import { t, translate } from "./texts.js";

export class FollowButton extends HTMLElement {
  static translate = translate;
  static markup = `<button class="follow" type="button"></button>`;

  #button = find(this, "button", HTMLButtonElement);
  #isFollower = false;
  #followers = 0;
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    this.#button.onclick = () => this.#toggle();
    this.#render();
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "snapshot") this.#followers = event.followers;
    else if (event.type === "followers_changed") this.#followers = event.followers;
    else if (event.type === "viewer_changed") this.#isFollower = false;
    else if (event.type === "you_changed") this.#isFollower = event.you.is_follower;
    else return;
    this.#render();
  }

  async #toggle() {
    this.#button.disabled = true;
    await this.tools?.act({ type: this.#isFollower ? "unfollow" : "follow" });
    this.#button.disabled = false;
  }

  #render() {
    this.#button.textContent = t(this.#isFollower ? "following" : "follow");
    this.#button.setAttribute("aria-pressed", String(this.#isFollower));
    this.#button.title = t("followers", { count: this.#followers });
  }
}
