/** The bar at the top: whose room it is, whether it is live, and how many are watching. */

/** @import { Live, Picture, Presence, RoomProfile } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */

import { below, find } from "../core/dom.js";
import { count, t } from "../core/i18n.js";

export class RoomHeader extends HTMLElement {
  connectedCallback() {
    this.#showProfile({ title: "", avatar: null });
  }

  /** @param {RoomEvent} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
        this.#showProfile(event.profile);
        this.#showLive(event.live);
        this.#showPresence(event.presence);
        break;
      case "room_profile_changed":
        this.#showProfile(event.profile);
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

  /** A room without a title is told from others by its name in the address. @param {Pick<RoomProfile, "title" | "avatar">} profile */
  #showProfile({ title, avatar }) {
    const name = title || t("host_fallback");
    const room = decodeURIComponent(location.pathname.split("/").at(-1) ?? "");
    find(this, ".host__title", HTMLElement).textContent = name;
    document.title = `${title || `${name} ${room}`} · Livestall`;
    this.#showAvatar(avatar, name);
  }

  /** @param {Picture | null} avatar @param {string} name */
  #showAvatar(avatar, name) {
    const element = find(this, ".host__avatar", HTMLElement);
    const letter = [...name][0] ?? "";
    if (!avatar) return element.replaceChildren(letter);
    const image = new Image();
    image.alt = "";
    image.src = below(avatar.thumbnail);
    image.onerror = () => image.replaceWith(letter);
    element.replaceChildren(image);
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
