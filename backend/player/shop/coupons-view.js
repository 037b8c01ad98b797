/** The coupon wallet: what the room gives out, what the viewer holds, used and lost, and a code to type. */

/** @import { HeldCoupon, MyCoupons, ShownCoupon } from "../core/protocol.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { buttonText, noteText } from "../campaigns/coupons/coupon-card.js";
import { refusalText } from "../core/rejections.js";
import { CouponCode } from "./coupon-code.js";
import { ticket } from "./coupon-parts.js";
import { button, el, empty, focusable, icon, note, redraw, skeletons } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { dayTime } from "./times.js";

const DAY_MS = 86_400_000;
const TICK_MS = 1_000;

/** @typedef {"usable" | "used" | "ended"} Tab */

export class CouponsView extends SheetView {
  #body = el("div", "coupons");
  #code;
  /** @type {MyCoupons | null} */
  #mine = null;
  #hasFailed = false;
  /** @type {Tab} */
  #tab = "usable";
  /** Why a claim was refused. @type {string} */
  #told = "";
  #ticking = 0;

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("coupons_title"));
    this.#code = new CouponCode(model, (held) => this.#onTyped(held), "shop-coupon-code-wallet");
    this.body.append(this.#body, this.#code.element);
    model.coupons.onChanged(() => this.element.isConnected && !this.element.hidden && this.#onRoom());
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    this.#told = "";
    this.#code.tell("");
    this.update();
    if (!this.model.listing) this.model.load();
    this.#load();
    this.#code.resume();
    clearInterval(this.#ticking);
    this.#ticking = window.setInterval(() => this.#hasWatched() && this.update(), TICK_MS);
  }

  /** @override */
  leave() {
    clearInterval(this.#ticking);
  }

  #hasWatched() {
    return this.model.coupons.shown.some((one) => this.model.coupons.standing(one).kind === "watch");
  }

  async #load() {
    const outcome = await this.model.api.coupons();
    this.#hasFailed = outcome.type !== "done" && !this.#mine;
    if (outcome.type === "done") this.#mine = outcome.value;
    this.update();
  }

  #onRoom() {
    const isNew = this.model.coupons.shown.some((one) => this.model.coupons.standing(one).kind === "claimed" && !this.#holds(one));
    if (isNew) this.#load();
    else this.update();
  }

  /** @param {ShownCoupon} coupon */
  #holds({ coupon_id }) {
    const { coupons = [], used = [], ended = [] } = this.#mine ?? {};
    return [...coupons, ...used, ...ended].some((one) => one.coupon_id === coupon_id);
  }

  /** @param {HeldCoupon} held */
  #onTyped(held) {
    this.#code.tell(t("coupons_got", { title: held.title }));
    this.#tab = "usable";
    this.#load();
  }

  /** @override */
  update() {
    const mine = this.#mine;
    this.body.ariaBusy = String(!mine && !this.#hasFailed);
    if (!mine) return redraw(this.#body, ...this.#offers(), ...(this.#hasFailed ? [this.#failure()] : skeletons(2)));
    redraw(
      this.#body,
      this.model.isOffline ? note("warn", "offline", t("offline_orders")) : null,
      this.#told ? note("warn", "alert", this.#told) : null,
      ...this.#offers(),
      this.#tabs(mine),
      this.#panel(mine),
    );
  }

  /** What the room gives out now. */
  #offers() {
    const { shown } = this.model.coupons;
    if (shown.length === 0) return [];
    return [el("h3", "box__title", t("coupons_here")), el("ul", "shop__list tickets", ...shown.map((one) => this.#offer(one)))];
  }

  /** @param {ShownCoupon} coupon */
  #offer(coupon) {
    const { coupons } = this.model;
    const standing = coupons.standing(coupon);
    const isClaiming = coupons.isClaiming(coupon.coupon_id);
    const notes = [standing.kind === "watch" ? progress(standing.share) : null, el("p", "t12 dim", noteText(coupon, standing))];
    if (standing.kind === "claimed") return ticket(coupon, coupon.currency, { notes, action: el("span", "inline t13 c-ok strong", icon("check", "icon icon--s"), buttonText(standing)) });
    const claim = button(`btn btn--s${standing.kind === "claim" ? "" : " btn--soft"}`, [buttonText(standing)], () => this.#claim(coupon));
    claim.disabled = isClaiming || standing.kind === "watch" || standing.kind === "gone";
    claim.setAttribute("aria-label", `${buttonText(standing)} ${coupon.title}`);
    return ticket(coupon, coupon.currency, { notes, action: focusable(claim, `claim ${coupon.coupon_id}`), isOff: standing.kind === "gone" });
  }

  /** @param {ShownCoupon} coupon */
  async #claim(coupon) {
    const answer = await this.model.coupons.claim(coupon);
    this.#told = answer ? refusalText(answer) : "";
    if (answer) this.update();
    else this.#load();
  }

  /** @param {MyCoupons} mine */
  #tabs({ coupons, used = [], ended = [] }) {
    /** @type {[Tab, string][]} */
    const all = [
      ["usable", t("coupons_usable", { count: coupons.length })],
      ["used", t("coupons_used", { count: used.length })],
      ["ended", t("coupons_ended", { count: ended.length })],
    ];
    const tabs = all.map(([name, words]) => {
      const one = focusable(button("tab", [words], () => this.#choose(name)), `tab ${name}`);
      one.setAttribute("aria-pressed", String(name === this.#tab));
      return one;
    });
    const list = el("div", "tabs", ...tabs);
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", t("coupons_title"));
    return list;
  }

  /** @param {Tab} tab */
  #choose(tab) {
    this.#tab = tab;
    this.update();
  }

  /** @param {MyCoupons} mine */
  #panel(mine) {
    const { currency = "", used = [], ended = [] } = mine;
    const found = { usable: mine.coupons, used, ended }[this.#tab];
    if (found.length === 0) return this.#tab === "usable" ? empty("ticket", t("coupons_none"), t("coupons_none_hint")) : el("p", "t13 dimmer coupons__none", t("coupons_nothing"));
    return el("ul", "shop__list tickets", ...found.map((one) => this.#held(one, currency)));
  }

  /** @param {HeldCoupon} held @param {string} currency */
  #held(held, currency) {
    const isUsable = this.#tab === "usable";
    const notes = [this.#goods(held), isUsable ? this.#time(held) : el("p", "t12 dimmer", t(this.#tab === "used" ? "coupons_is_used" : "coupons_is_ended"))];
    const use = button("btn btn--s btn--soft", [t("coupons_use")], () => this.#use(held));
    use.setAttribute("aria-label", `${t("coupons_use")} ${held.title}`);
    return ticket(held, currency, { notes, action: isUsable ? focusable(use, `use ${held.grant_id}`) : null, isOff: !isUsable });
  }

  /** What it is for, where that is not everything. @param {HeldCoupon} held */
  #goods({ spu_ids }) {
    const [first] = spu_ids;
    if (first === undefined) return null;
    const product = spu_ids.length === 1 ? this.model.productOf(first) : undefined;
    return el("p", "t12 dim one", product ? t("coupons_for", { title: product.title }) : t("coupons_for_some", { count: spu_ids.length }));
  }

  /** @param {HeldCoupon} held */
  #time({ begins_at_ms, ends_at_ms }) {
    const now_ms = this.model.now();
    if (begins_at_ms > now_ms) return el("p", "t12 dim", t("coupons_from", { time: dayTime(begins_at_ms, now_ms) }));
    // What ends in a lifetime has no end to be told of.
    if (ends_at_ms - now_ms > 3650 * DAY_MS) return null;
    const isSoon = ends_at_ms - now_ms < DAY_MS;
    return el("p", isSoon ? "t12 c-warn strong" : "t12 dim", t("coupons_until", { time: dayTime(ends_at_ms, now_ms) }));
  }

  /** @param {HeldCoupon} held */
  #use({ title, spu_ids }) {
    const [first] = spu_ids;
    if (spu_ids.length === 1 && first !== undefined) this.ways.go({ name: "product", spu_id: first });
    else this.ways.go(spu_ids.length > 0 ? { name: "products", coupon: { title, spu_ids } } : { name: "products" });
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.#load()));
  }
}

/** @param {number} share */
function progress(share) {
  const done = el("i", "");
  done.style.width = `${Math.round(share * 100)}%`;
  return el("span", "progress", done);
}
