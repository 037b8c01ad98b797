/** Who sent what, at the left of the picture: a few at once, each combo one banner that counts up. */

/** @import { Gift } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { Banner } from "./gift-queue.js" */

import { avatar } from "../core/avatar.js";
import { find } from "../core/dom.js";
import { nameOf } from "../core/person-name.js";
import { giftImage, giftName, loadGifts } from "./gift-catalog.js";
import { GiftLanes } from "./gift-queue.js";
import { isStale } from "./gift-time.js";
import { t, translate } from "./texts.js";

const TICK_MS = 200;
const ANNOUNCE_EVERY_MS = 3_000;

export class GiftBanners extends HTMLElement {
  static translate = translate;
  static markup = `<ol class="banners" aria-hidden="true"></ol><p class="banners__announcement" aria-live="polite"></p>`;

  #list = find(this, ".banners", HTMLOListElement);
  #lanes = new GiftLanes();
  /** What stands in each lane. @type {(HTMLLIElement | null)[]} */
  #shown = [];
  #ticking = 0;
  #announcedAt = 0;
  /** @type {Map<string, Gift>} */
  #gifts = new Map();
  /** @type {Tools | null} */
  tools = null;

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "gifts_sent") this.#take(event.gifts);
    if (event.type === "person_erased") this.#erase(event.user_id);
  }

  /** @param {import("../core/protocol.js").SentGift[]} sent */
  async #take(sent) {
    this.#gifts = await loadGifts().catch(() => this.#gifts);
    for (const gift of sent) {
      const isOwn = gift.author.user_id === this.tools?.userId();
      if (this.#gifts.has(gift.gift_id) && !isStale(gift, isOwn, this.tools?.clock)) this.#lanes.offer(gift, isOwn, performance.now());
    }
    this.#draw();
    this.#ticking ||= window.setInterval(() => this.#draw(), TICK_MS);
  }

  /** @param {string} userId */
  #erase(userId) {
    for (const banner of this.#shown) {
      if (banner?.dataset["user"] !== userId) continue;
      find(banner, ".banner__name", HTMLElement).textContent = nameOf({ name: "" });
      find(banner, ".avatar", HTMLElement).textContent = "";
    }
    find(this, ".banners__announcement", HTMLElement).textContent = "";
  }

  #draw() {
    this.#lanes.tick(performance.now()).forEach((banner, lane) => this.#place(banner, lane));
    if (!this.#lanes.isEmpty) return;
    clearInterval(this.#ticking);
    this.#ticking = 0;
  }

  /** @param {Banner | null} banner @param {number} lane */
  #place(banner, lane) {
    const there = this.#shown[lane] ?? null;
    if (there && there.dataset["combo"] !== String(banner?.gift.combo_id)) {
      there.remove();
      this.#shown[lane] = null;
    }
    if (!banner) return;
    const gift = this.#gifts.get(banner.gift.gift_id);
    if (!gift) return;
    const element = this.#shown[lane] ?? this.#make(banner, gift, lane);
    count(element, banner.gift.combo);
    this.#announce(banner, gift);
  }

  /** @param {Banner} banner @param {Gift} gift @param {number} lane */
  #make({ gift: { author, combo_id }, isOwn }, gift, lane) {
    const element = document.createElement("li");
    element.className = "banner";
    element.dataset["combo"] = String(combo_id);
    element.dataset["user"] = author.user_id;
    element.style.order = String(lane);
    if (isOwn) element.dataset["own"] = "";
    const words = part("banner__words", "");
    words.append(part("banner__name", nameOf(author)), part("banner__gift", t("gift_by", { gift: giftName(gift) })));
    element.append(avatar(author), words, giftImage(gift), part("banner__combo", ""));
    this.#list.append(element);
    this.#shown[lane] = element;
    return element;
  }

  /** Announce a gift to screen readers now and then. @param {Banner} banner @param {Gift} gift */
  #announce(banner, gift) {
    const now = performance.now();
    if (banner.since < this.#announcedAt || now - this.#announcedAt < ANNOUNCE_EVERY_MS) return;
    this.#announcedAt = now;
    const values = { name: nameOf(banner.gift.author), gift: giftName(gift), count: banner.gift.combo };
    find(this, ".banners__announcement", HTMLElement).textContent = t("gift_line", values);
  }
}

/** @param {HTMLLIElement} banner @param {number} combo */
function count(banner, combo) {
  const element = find(banner, ".banner__combo", HTMLElement);
  const text = `×${combo}`;
  if (element.textContent === text) return;
  element.textContent = text;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  element.animate([{ transform: "scale(1.7)" }, { transform: "scale(1)" }], { duration: 260, easing: "cubic-bezier(.2, 1.6, .4, 1)" });
}

/** @param {string} className @param {string} text */
function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
