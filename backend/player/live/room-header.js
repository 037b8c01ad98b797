/** The bar at the top: whose room it is, whether it is live, and how many are watching. */

/** @import { Live, Presence } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */

import { find } from "../core/dom.js";
import { count, t } from "../core/i18n.js";

export class RoomHeader extends HTMLElement {
  connectedCallback() {
    this.#showTitle("");
  }

  /** @param {RoomEvent} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
        this.#showTitle(event.title);
        this.#showLive(event.live);
        this.#showPresence(event.presence);
        break;
      case "live_changed":
        this.#showLive(event.live);
        break;
      case "presence_changed":
        this.#showPresence(event.presence);
        break;
      case "connection_changed":
        find(this, ".connection", HTMLElement).textContent = event.state === "lost" ? t("connection_lost") : "";
        break;
    }
  }

  /** @param {string} title */
  #showTitle(title) {
    const name = title || t("host_fallback");
    find(this, ".host__title", HTMLElement).textContent = name;
    find(this, ".host__avatar", HTMLElement).textContent = [...name][0] ?? "";
    document.title = title ? `${title} · Livestall` : "Livestall";
  }

  /** @param {Live} live */
  #showLive({ phase }) {
    const badge = find(this, ".host__phase", HTMLElement);
    badge.dataset["phase"] = phase;
    badge.textContent = t(`phase_${phase}`);
    badge.hidden = false;
  }

  /** @param {Presence} presence */
  #showPresence({ viewers }) {
    const element = find(this, ".viewers", HTMLElement);
    find(element, ".viewers__count", HTMLElement).textContent = count(viewers, document.documentElement.lang);
    element.setAttribute("aria-label", t("viewers", { count: viewers }));
    element.title = t("viewers", { count: viewers });
    element.hidden = false;
  }
}
