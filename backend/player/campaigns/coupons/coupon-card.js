/** A coupon that the host gives out, over the picture: what it is worth, what is left, what one does for it, and the button. */

/** @import { ShownCoupon } from "../../core/protocol.js" */
/** @import { RoomEvent } from "../../core/socket.js" */
/** @import { RoomCoupons, Standing } from "./room-coupons.js" */

import { find } from "../../core/dom.js";
import { CROSS } from "../../core/markup.js";
import { countdown, refusalText } from "../../core/rejections.js";
import { leftText, minimumText, worthText } from "./coupon-words.js";
import { t, translate } from "./texts.js";

/** How long a coupon that was claimed stays to be seen. */
const CLAIMED_MS = 4_000;
const TICK_MS = 500;
/** A screen reader says what comes into a live region that it knows already. */
const ANNOUNCE_AFTER_MS = 150;

export class CouponCard extends HTMLElement {
  static within = ".frame";
  static translate = translate;
  static markup = `
    <p class="voucher__announcement" role="status"></p>
    <section class="voucher" data-label="coupon" hidden>
      <span class="voucher__worth"><strong></strong><small></small></span>
      <span class="voucher__body">
        <span class="voucher__title"></span>
        <span class="voucher__note"></span>
        <span class="voucher__bar" hidden><i></i></span>
        <button class="voucher__all" type="button" hidden></button>
      </span>
      <button class="voucher__claim" type="button"></button>
      <button class="voucher__close" type="button" data-label="coupon_close">${CROSS}</button>
    </section>
  `;

  #card = find(this, ".voucher", HTMLElement);
  #claim = find(this, ".voucher__claim", HTMLButtonElement);
  #all = find(this, ".voucher__all", HTMLButtonElement);
  /** @type {RoomCoupons | null} */
  #coupons = null;
  /** Those that the viewer put away, or claimed a moment ago. @type {Set<string>} */
  #dismissed = new Set();
  /** @type {ShownCoupon | null} */
  #coupon = null;
  /** The one that was claimed here: it stays for a moment, to say so. */
  #claimedHere = "";
  #told = "";
  #leaving = 0;

  connectedCallback() {
    this.#claim.onclick = () => this.#onClaim();
    this.#all.onclick = () => document.dispatchEvent(new CustomEvent("coupons-wanted"));
    find(this, ".voucher__close", HTMLButtonElement).onclick = () => this.#dismiss();
    setInterval(() => this.#coupon && this.#render(), TICK_MS);
  }

  /** @param {RoomCoupons} coupons */
  set coupons(coupons) {
    this.#coupons = coupons;
    coupons.onChanged(() => this.#choose());
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "viewer_changed") this.#dismissed.clear();
    this.#coupons?.apply(event);
  }

  /** The newest that the viewer has to do something about, or has just claimed. */
  #choose() {
    const coupons = this.#coupons;
    if (!coupons) return;
    const before = this.#coupon?.coupon_id;
    const shown = coupons.shown.filter((one) => !this.#dismissed.has(one.coupon_id));
    const isOpen = (/** @type {ShownCoupon} */ one) => coupons.standing(one).kind !== "claimed" || one.coupon_id === this.#claimedHere;
    this.#coupon = shown.find(isOpen) ?? null;
    if (this.#coupon && this.#coupon.coupon_id !== before) {
      this.#told = "";
      this.#announce(t("announced", { title: this.#coupon.title, worth: worthText(this.#coupon, this.#coupon.currency) }));
    }
    this.#render();
  }

  async #onClaim() {
    const [coupon, coupons] = [this.#coupon, this.#coupons];
    if (!coupon || !coupons) return;
    this.#told = "";
    this.#claimedHere = coupon.coupon_id;
    const answer = await coupons.claim(coupon);
    if (answer) {
      this.#told = refusalText(answer);
      this.#announce(this.#told);
    } else if (coupons.standing(coupon).kind === "claimed") {
      this.#announce(t("announced_claimed", { title: coupon.title }));
      clearTimeout(this.#leaving);
      this.#leaving = window.setTimeout(() => this.#dismiss(coupon), CLAIMED_MS);
    }
    this.#render();
  }

  #dismiss(coupon = this.#coupon) {
    if (!coupon) return;
    this.#dismissed.add(coupon.coupon_id);
    this.#choose();
  }

  #render() {
    const [coupon, coupons] = [this.#coupon, this.#coupons];
    this.#card.hidden = coupon === null || coupons === null;
    if (!coupon || !coupons) return;
    const standing = coupons.standing(coupon);
    this.#card.dataset["standing"] = standing.kind;
    this.#set(".voucher__worth strong", worthText(coupon, coupon.currency));
    this.#set(".voucher__worth small", minimumText(coupon, coupon.currency));
    this.#set(".voucher__title", coupon.title);
    this.#set(".voucher__note", this.#told || noteText(coupon, standing));
    const isWatch = standing.kind === "watch";
    find(this, ".voucher__bar", HTMLElement).hidden = !isWatch;
    if (isWatch) find(this, ".voucher__bar i", HTMLElement).style.width = `${Math.round(standing.share * 100)}%`;
    this.#claim.textContent = coupons.isClaiming(coupon.coupon_id) ? t("claiming") : buttonText(standing);
    this.#claim.disabled = !["claim", "follow", "account"].includes(standing.kind) || coupons.isClaiming(coupon.coupon_id);
    this.#all.hidden = coupons.shown.length < 2;
    this.#all.textContent = t("coupon_all", { count: coupons.shown.length });
  }

  /** @param {string} text */
  #announce(text) {
    window.setTimeout(() => this.#set(".voucher__announcement", text), ANNOUNCE_AFTER_MS);
  }

  /** @param {string} selector @param {string} text */
  #set(selector, text) {
    const element = find(this, selector, HTMLElement);
    if (element.textContent !== text) element.textContent = text;
  }
}

/** What is said beside a coupon: what one has to do, else how many are left. @param {ShownCoupon} coupon @param {Standing} standing */
export function noteText(coupon, standing) {
  switch (standing.kind) {
    case "claimed":
      return t("claimed_hint");
    case "account":
      return t("condition_account");
    case "follow":
      return `${t("condition_follow")} · ${leftText(coupon.left)}`;
    case "watch":
      return watchText(coupon.watch_s);
    default:
      return leftText(coupon.left);
  }
}

/** @param {number} seconds */
const watchText = (seconds) => (seconds % 60 === 0 ? t("condition_watch", { minutes: seconds / 60 }) : t("condition_watch_s", { seconds }));

/** @param {Standing} standing */
export function buttonText(standing) {
  switch (standing.kind) {
    case "watch":
      return countdown(standing.left_ms);
    case "claimed":
      return t("claimed");
    case "gone":
      return t("claim_gone");
    case "follow":
      return t("claim_follow");
    case "account":
      return t("claim_account");
    case "claim":
      return t("claim");
  }
}
