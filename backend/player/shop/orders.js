/** The buyer's orders, the newest first. */

/** @import { MyPrize, Order } from "../core/protocol.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { waitingPrizes } from "../campaigns/draw/prize-view.js";
import { coinText } from "../core/coins.js";
import { Follower } from "./follower.js";
import { isPayable, nowOf, unitsOf } from "./order-words.js";
import { amount, button, el, empty, focusable, note, redraw, skeletons, thumb } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { dayTime, leftText } from "./times.js";

const THUMBS_AT_MOST = 4;

export class Orders extends SheetView {
  /** @type {Order[] | null} */
  #orders = null;
  /** Goods that were won and wait. @type {MyPrize[]} */
  #prizes = [];
  /** @type {string | null} */
  #next = null;
  #hasFailed = false;
  #follower = new Follower(() => this.#load(), () => this.#tick());

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("orders"));
    this.coverPicture("float");
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    this.update();
    this.#load();
    this.#follower.start();
  }

  /** @override */
  leave() {
    this.#follower.stop();
  }

  /** @override */
  onOrder() {
    this.#follower.askNow();
  }

  /** The first page again; what was read of older ones stays. */
  async #load() {
    const [outcome, won] = await Promise.all([this.model.api.orders(null), this.model.api.prizes()]);
    if (won.type === "done") this.#prizes = won.value.prizes;
    this.#hasFailed = outcome.type !== "done";
    if (outcome.type === "done") {
      const fresh = outcome.value.orders;
      const ids = new Set(fresh.map(({ order_id }) => order_id));
      const older = (this.#orders ?? []).filter(({ order_id }) => !ids.has(order_id));
      if (older.length === 0) this.#next = outcome.value.next;
      this.#orders = [...fresh, ...older];
    }
    this.update();
  }

  async #loadOlder() {
    const outcome = await this.model.api.orders(this.#next);
    if (outcome.type !== "done") return;
    this.#orders = [...(this.#orders ?? []), ...outcome.value.orders];
    this.#next = outcome.value.next;
    this.update();
  }

  /** @override */
  update() {
    const orders = this.#orders;
    this.body.ariaBusy = String(!orders && !this.#hasFailed);
    if (!orders) return redraw(this.body, ...(this.#hasFailed ? [this.#failure()] : skeletons(4)));
    const prizes = waitingPrizes(this.#prizes, this.model.now(), (campaign_id) => this.ways.go({ name: "prize", campaign_id }));
    if (orders.length === 0 && prizes === null) return redraw(this.body, empty("orders", t("orders_empty"), t("orders_empty_hint"), this.#toShop()), this.#others());
    redraw(
      this.body,
      this.model.isOffline ? note("warn", "offline", t("offline_orders")) : null,
      prizes,
      el("ul", "shop__list", ...orders.map((order) => this.#card(order))),
      this.#next === null ? null : focusable(button("btn btn--line", [t("orders_more")], () => this.#loadOlder()), "older"),
      this.#others(),
    );
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.#load()));
  }

  #others() {
    return el(
      "div",
      "inline",
      focusable(button("link", [t("coins_title")], () => this.ways.go({ name: "coins", gift: null })), "coins"),
      focusable(button("link", [t("find_order")], () => this.ways.go({ name: "find_order" })), "find_order"),
      focusable(button("link end", [t("my_data")], () => this.ways.go({ name: "my_data" })), "my_data"),
    );
  }

  #toShop() {
    return button("btn", [t("other_products")], () => this.ways.replace({ name: "products" }));
  }

  /** @param {Order} order */
  #card(order) {
    const { key, tone } = nowOf(order);
    const open = () => this.ways.go({ name: "order", order_id: order.order_id });
    const details = focusable(button("btn btn--s btn--line", [t("order_details")], open), order.order_id);
    details.setAttribute("aria-label", `${t("order_details")} ${order.number}`);
    return el(
      "li",
      "box",
      el("div", "inline", el("span", "t13 dimmer", dayTime(order.created_at_ms, this.model.now())), el("span", `end t14 strong tone--${tone}`, t(key))),
      el(
        "div",
        "inline",
        ...order.lines.slice(0, THUMBS_AT_MOST).map(({ image_url }) => thumb(image_url, "thumb thumb--m")),
        el("span", "end stack stack--end", amount(order.total_minor, order.currency, "price price--s price--ink"), el("span", "t12 dimmer", order.coins ? coinText(order.coins) : t("items", { count: unitsOf(order.lines) }))),
      ),
      el("div", "inline inline--end", order.unread ? el("span", "tag thread__new", t("thread_new", { count: order.unread })) : null, details, isPayable(order) ? this.#payer(order) : null),
    );
  }

  /** @param {Order} order */
  #payer(order) {
    const pay = button("btn btn--s", [t("order_pay")], () => this.ways.go({ name: "payment", order_id: order.order_id, attempt_id: null }));
    pay.disabled = this.model.isOffline;
    if (order.expires_at_ms !== null) pay.dataset["until"] = String(order.expires_at_ms);
    this.#count(pay);
    return focusable(pay, `pay ${order.order_id}`);
  }

  /** @param {HTMLElement} pay */
  #count(pay) {
    const left = Number(pay.dataset["until"] ?? 0) - this.model.now();
    pay.textContent = left > 0 ? t("order_pay_until", { time: leftText(left) }) : t("order_pay");
  }

  #tick() {
    for (const pay of this.body.querySelectorAll("[data-until]")) if (pay instanceof HTMLElement) this.#count(pay);
  }
}
