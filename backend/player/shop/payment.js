/** What becomes of a payment: the cashier opens on a page of its own, and this view follows it. */

/** @import { Attempt, Order } from "../core/protocol.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View, WantedGift } from "./view-history.js" */

import { below } from "../core/dom.js";
import { coinWords, coinsKept, wantGift } from "./coin-words.js";
import { openCashierTab, payingDevice } from "./cashier-tab.js";
import { Follower } from "./follower.js";
import { money } from "./money.js";
import { transferBox } from "./order-parts.js";
import { isPayable, isUnpaid, numberText } from "./order-words.js";
import { button, el, empty, focusable, icon, redraw } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";
import { leftText } from "./times.js";

/** @typedef {"loading" | "failed" | "placed" | "paid" | "expired" | "unpaid" | "opening" | "pending"} Stage */

export class Payment extends SheetView {
  #orderId = "";
  /** @type {Order | null} */
  #order = null;
  /** @type {Attempt | null} */
  #attempt = null;
  /** What the coins are for that are paid. @type {WantedGift | null} */
  #gift = null;
  #hasFailed = false;
  #isBlocked = false;
  #follower = new Follower(() => this.#follow(), () => this.#tick());
  #content = el("div", "result");

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("payment"));
    this.scrollByKeys();
    this.#content.setAttribute("role", "status");
    this.body.append(this.#content);
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    if (view.name !== "payment") return;
    if (this.#orderId !== view.order_id) [this.#order, this.#attempt] = [null, null];
    this.#orderId = view.order_id;
    this.#gift = view.gift ?? null;
    this.update();
    if (this.model.transferText === null) this.model.loadProviders();
    this.#begin(view.attempt_id);
  }

  /** @override @param {string} order_id */
  onOrder(order_id) {
    if (order_id === this.#orderId) this.#follower.askNow();
  }

  /** @override */
  leave() {
    this.#follower.stop();
  }

  /** Order first, then its attempt: one that was made before, or a new one straight after the order. @param {string | null} attempt_id */
  async #begin(attempt_id) {
    const isFresh = this.#takePlaced();
    if (!isFresh && !(await this.#readOrder())) return this.#follower.start();
    if (attempt_id !== null) await this.#readAttempt(attempt_id);
    else if (this.#order && isPayable(this.#order)) await (isFresh ? this.#newAttempt() : this.#pay());
    this.#follower.start();
  }

  /** An order that was placed this moment has no attempts yet, and need not be read. */
  #takePlaced() {
    const placed = this.model.placed;
    this.model.placed = null;
    if (placed?.order_id !== this.#orderId) return false;
    this.#order = placed;
    this.update();
    return true;
  }

  async #readOrder() {
    const order_id = this.#orderId;
    const outcome = await this.model.api.order(order_id);
    if (order_id !== this.#orderId) return false;
    this.#hasFailed = outcome.type !== "done" && !this.#order;
    if (outcome.type === "done") this.#order = outcome.value;
    this.update();
    return outcome.type === "done";
  }

  /** @param {string} attempt_id */
  async #readAttempt(attempt_id) {
    const order_id = this.#orderId;
    const outcome = await this.model.api.attempt(attempt_id);
    if (order_id !== this.#orderId) return;
    if (outcome.type !== "done") return this.update();
    const isNews = outcome.value.state !== this.#attempt?.state;
    this.#attempt = outcome.value;
    if (isNews) await this.#readOrder();
    this.update();
  }

  async #follow() {
    if (!this.#order) return this.#begin(this.#attempt?.attempt_id ?? null);
    if (this.#attempt) await this.#readAttempt(this.#attempt.attempt_id);
    else await this.#readOrder();
    const stage = this.#stage();
    if (stage === "paid" || stage === "expired" || stage === "placed") this.#follower.stop();
  }

  /** An attempt of this device that still takes money is used again; a new one is made where there is none. */
  async #pay() {
    // One that had no answer when the page was left is asked for again by its own key.
    if (this.model.outbox.isPending(this.#place)) return this.#newAttempt();
    const order_id = this.#orderId;
    const made = await this.model.api.attempts(order_id);
    if (order_id !== this.#orderId) return;
    const pending = made.type === "done" ? made.value.attempts.find((one) => one.device === payingDevice() && this.#takesMoney(one)) : undefined;
    if (pending) this.#open(pending);
    else await this.#newAttempt();
  }

  get #place() {
    return `pay ${this.#orderId}`;
  }

  async #newAttempt() {
    const order_id = this.#orderId;
    const outcome = await this.model.outbox.send(this.#place, paths.pay(order_id), { provider: this.model.provider, device: payingDevice() });
    if (order_id !== this.#orderId) return;
    if (outcome.type === "done") return this.#open(outcome.value);
    await this.#readOrder();
  }

  /** @param {Attempt} attempt */
  #takesMoney({ state, expires_at_ms }) {
    return (state === "created" || state === "pending") && expires_at_ms > this.model.now();
  }

  /** @param {Attempt} attempt */
  #open(attempt) {
    this.#attempt = attempt;
    this.ways.replace({ name: "payment", order_id: this.#orderId, attempt_id: attempt.attempt_id, gift: this.#gift });
    this.#openCashier(attempt);
    this.#follower.start();
    this.update();
  }

  /** Browsers may refuse to open a page for us; then the viewer does, by the button. @param {Attempt} attempt */
  #openCashier({ pay_path }) {
    this.#isBlocked = !openCashierTab(below(pay_path));
    this.update();
  }

  /** @returns {Stage} */
  #stage() {
    const [order, attempt] = [this.#order, this.#attempt];
    if (!order) return this.#hasFailed ? "failed" : "loading";
    if (order.payment_state !== "unpaid" || attempt?.state === "paid") return "paid";
    if (!isUnpaid(order)) return "expired";
    if (order.method !== "online") return "placed";
    if (!attempt) return "opening";
    return this.#takesMoney(attempt) ? "pending" : "unpaid";
  }

  /** @override */
  update() {
    const stage = this.#stage();
    if (this.#content.dataset["stage"] !== stage || stage !== "pending") this.#draw(stage);
    this.#tick();
    this.#layButtons(stage);
  }

  /** @param {Stage} stage */
  #draw(stage) {
    this.#content.dataset["stage"] = stage;
    this.body.ariaBusy = String(stage === "loading" || stage === "opening");
    if (stage === "failed") return redraw(this.#content, empty("alert", t("failed_title"), t("payment_unsure"), this.#again()));
    if (!this.#order || stage === "loading") return redraw(this.#content, el("p", "result__title", t("loading")));
    const { total_minor, currency, number } = this.#order;
    const values = { amount: money(total_minor, currency), number: numberText(number), time: "" };
    redraw(this.#content, mark(stage), el("h3", "result__title", t(TITLES[stage])), el("p", "result__text", this.#words(stage, values)), transferBox(this.#order, this.model.transferText));
  }

  /** @param {Exclude<Stage, "loading" | "failed">} stage @param {{ amount: string, number: string, time: string }} values */
  #words(stage, values) {
    if (this.#order?.coins) return coinWords(stage, this.#order, values);
    const isTransfer = this.#order?.method === "transfer";
    switch (stage) {
      case "placed":
        return t(isTransfer ? "payment_transfer_hint" : "payment_cash_hint", values);
      case "paid":
        return t("payment_paid_line", values);
      case "expired":
        return t("payment_expired_hint");
      default:
        return "";
    }
  }

  #again() {
    return button("btn", [t("again")], () => this.#begin(this.#attempt?.attempt_id ?? null));
  }

  /** What is left of the time, once a second. */
  #tick() {
    const text = this.#content.querySelector(".result__text");
    const stage = this.#stage();
    if (!text || (stage !== "pending" && stage !== "unpaid" && stage !== "opening")) return;
    if (this.model.isOffline) text.textContent = t("payment_unsure");
    else if (stage === "opening") text.textContent = t(this.model.outbox.isPending(this.#place) ? "payment_opening" : "payment_not_opened");
    else text.textContent = this.#isBlocked && stage === "pending" ? t("payment_blocked") : this.#keptText(stage);
  }

  /** @param {"pending" | "unpaid"} stage */
  #keptText(stage) {
    if (this.#order?.coins) return coinsKept(stage);
    const until = stage === "pending" ? this.#attempt?.expires_at_ms : this.#order?.expires_at_ms;
    const left = (until ?? 0) - this.model.now();
    const key = stage === "pending" ? "payment_pending_hint" : "payment_failed_hint";
    return left > 0 ? t(key, { time: leftText(left) }) : t(`${key}_plain`);
  }

  /** @param {Stage} stage */
  #layButtons(stage) {
    const live = focusable(button(stage === "paid" || stage === "placed" ? "btn btn--wide" : "btn btn--quiet", [t("back_to_live")], this.ways.close), "live");
    const order = focusable(button("btn btn--line", [t("see_order")], () => this.ways.replace({ name: "order", order_id: this.#orderId })), "order");
    const total = this.#order ? money(this.#order.total_minor, this.#order.currency) : "";
    const gift = this.#gift;
    switch (stage) {
      case "paid":
        return gift ? this.layFoot(order, this.#giver(gift)) : this.layFoot(order, live);
      case "placed":
      case "expired":
        return this.layFoot(order, live);
      case "pending":
        return this.layFoot(live, this.#payer(t("pay_amount", { amount: total }), () => this.#attempt && this.#openCashier(this.#attempt)));
      case "unpaid":
      case "opening":
        return this.layFoot(order, this.#payer(t("payment_again", { amount: total }), () => this.#pay()));
      default:
        return this.layFoot();
    }
  }

  /** @param {WantedGift} gift */
  #giver(gift) {
    return focusable(button("btn btn--wide", [t("coins_to_gift", { gift: gift.name })], () => this.ways.closeFor(() => wantGift(gift))), "gift");
  }

  /** @param {string} words @param {() => void} onTap */
  #payer(words, onTap) {
    const isSending = this.model.outbox.isPending(this.#place);
    const text = this.model.isOffline ? t("waiting_network") : isSending ? t("payment_opening") : words;
    const pay = button("btn btn--wide shop__pay", [text], onTap);
    pay.disabled = this.model.isOffline || isSending;
    return focusable(pay, "pay");
  }
}

/** @type {Record<Exclude<Stage, "loading" | "failed">, import("./sheet-texts.js").SheetTextKey>} */
const TITLES = {
  placed: "payment_placed",
  paid: "payment_paid",
  expired: "payment_expired",
  unpaid: "payment_failed",
  opening: "payment_placed",
  pending: "payment_pending",
};

/** @param {Stage} stage */
function mark(stage) {
  const isGood = stage === "paid" || stage === "placed";
  const isBad = stage === "unpaid" || stage === "expired";
  return el("span", `result__mark${isGood ? " result__mark--ok" : ""}${isBad ? " result__mark--bad" : ""}`, icon(isGood ? "check" : isBad ? "cross" : "clock"));
}
