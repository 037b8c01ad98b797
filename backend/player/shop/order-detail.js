/** One order: what it is now, what is in it, what it cost, and what can still be done. */

/** @import { Case, Order } from "../core/protocol.js" */
/** @import { Outcome } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { casesBox } from "./case-parts.js";
import { isClaimable } from "./case-words.js";
import { Follower } from "./follower.js";
import { money } from "./money.js";
import { orderBoxes, receiptHead, transferBox } from "./order-parts.js";
import { isCancellable, isPayable, nowOf } from "./order-words.js";
import { button, dotted, el, empty, focusable, note, redraw, skeletons, tool } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";

export class OrderDetail extends SheetView {
  #orderId = "";
  /** @type {Order | null} */
  #order = null;
  /** @type {Case[]} */
  #cases = [];
  #hasFailed = false;
  #isAsking = false;
  #told = "";
  #tools = el("span", "shop__tools");
  #follower = new Follower(() => this.#load(), () => {});

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("order"));
    this.coverPicture("dock");
    this.scrollByKeys();
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    this.layHead(place.hasWayBack, this.#tools);
    if (view.name !== "order") return;
    if (this.#orderId !== view.order_id) [this.#order, this.#cases] = [null, []];
    this.#orderId = view.order_id;
    [this.#isAsking, this.#told] = [false, ""];
    this.update();
    this.#resume();
    this.#load();
    this.model.loadLegal();
    if (this.model.transferText === null) this.model.loadProviders();
    this.#follower.start();
  }

  /** @override @param {string} order_id */
  onOrder(order_id) {
    if (order_id === this.#orderId) this.#follower.askNow();
  }

  /** @override */
  leave() {
    this.#follower.stop();
  }

  async #load() {
    const order_id = this.#orderId;
    const outcome = await this.model.api.order(order_id);
    if (order_id !== this.#orderId) return;
    this.#hasFailed = outcome.type !== "done";
    if (outcome.type !== "done") return this.update();
    const before = this.#order;
    this.#order = outcome.value;
    if (outcome.value.version === before?.version && outcome.value.unread === before.unread) return;
    this.update();
    if (outcome.value.version === before?.version) return;
    await this.#loadCases(outcome.value);
  }

  /** Each change of a case takes its order one version on. @param {Order} order */
  async #loadCases(order) {
    if (order.paid_at_ms === null && order.payment_state === "unpaid") return;
    const outcome = await this.model.api.casesOf(order.order_id);
    if (outcome.type !== "done" || this.#orderId !== order.order_id) return;
    this.#cases = outcome.value.cases;
    this.update();
  }

  /** @override */
  update() {
    const order = this.#order;
    this.body.ariaBusy = String(!order && !this.#hasFailed);
    redraw(this.#tools, ...(order ? this.#toolsOf(order) : []));
    if (!order) {
      this.layFoot();
      return redraw(this.body, ...(this.#hasFailed ? [this.#failure()] : skeletons(3)));
    }
    redraw(
      this.body,
      this.model.isOffline ? note("warn", "offline", t("offline_orders")) : null,
      this.#told ? note("warn", "alert", this.#told) : null,
      receiptHead(order),
      el("p", "shop__now", t(nowOf(order).key)),
      casesBox(this.#cases, ({ order_id, case_id }) => this.ways.go({ name: "case", order_id, case_id })),
      transferBox(order, this.model.transferText),
      ...orderBoxes(order, this.model.now()),
      this.#isAsking ? note("info", "alert", t("order_cancel_sure")) : null,
    );
    this.#layButtons(order);
  }

  /** @param {Order} order */
  #toolsOf({ order_id, paid_at_ms, unread }) {
    const label = unread ? t("thread_unread", { count: unread }) : t("thread");
    const talk = focusable(tool("talk", label, () => this.ways.go({ name: "messages", order_id })), "talk");
    const print = paid_at_ms === null ? null : focusable(tool("print", t("receipt_print"), () => window.print()), "print");
    return [print, unread ? dotted(talk) : talk];
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.#load()));
  }

  /** @param {Order} order */
  #layButtons(order) {
    if (this.#isAsking) return this.layFoot(this.#button("btn btn--line", "order_cancel_not", () => this.#ask(false)), this.#button("btn btn--wide", "order_cancel_do", () => this.#cancel()));
    const cancel = isCancellable(order) ? this.#button("btn btn--line", "order_cancel", () => this.#ask(true)) : null;
    const pay = isPayable(order) ? this.#payer(order) : null;
    const claim = isClaimable(order, this.#cases) ? this.#claimer(order) : null;
    const withdraw = claim && this.model.isInEu && !order.coins ? this.#withdrawer(order) : null;
    this.layFoot(...(cancel || pay || claim ? [cancel, withdraw, claim, pay] : []));
  }

  /** @param {Order} order */
  #claimer({ order_id }) {
    return focusable(button("btn btn--line btn--wide", [t("case_open")], () => this.ways.go({ name: "case_form", order_id })), "case_open");
  }

  /** @param {Order} order */
  #withdrawer({ order_id }) {
    return focusable(button("btn btn--line", [t("withdrawal_open")], () => this.ways.go({ name: "withdrawal", order_id })), "withdrawal");
  }

  /** @param {Order} order */
  #payer(order) {
    const words = this.model.isOffline ? t("waiting_network") : t("pay_amount", { amount: money(order.total_minor, order.currency) });
    const pay = button("btn btn--wide shop__pay", [words], () => this.ways.go({ name: "payment", order_id: order.order_id, attempt_id: null }));
    pay.disabled = this.model.isOffline;
    return focusable(pay, "pay");
  }

  /** @param {string} className @param {import("./sheet-texts.js").SheetTextKey} key @param {() => void} onTap */
  #button(className, key, onTap) {
    const element = button(className, [t(key)], onTap);
    element.disabled = this.model.isOffline || this.model.outbox.isPending(this.#place);
    return focusable(element, key);
  }

  /** @param {boolean} isAsking */
  #ask(isAsking) {
    this.#isAsking = isAsking;
    this.update();
    this.body.scrollTop = isAsking ? this.body.scrollHeight : 0;
  }

  get #place() {
    return `cancel ${this.#orderId}`;
  }

  /** What was called off when the page was left. */
  async #resume() {
    const order_id = this.#orderId;
    const resumed = this.model.outbox.resume(this.#place);
    if (resumed) await this.#answered(order_id, await resumed);
  }

  async #cancel() {
    const order_id = this.#orderId;
    await this.#answered(order_id, await this.model.outbox.send(this.#place, paths.cancel(order_id), { reason: "" }));
  }

  /** @param {string} order_id @param {Outcome<Order>} outcome */
  async #answered(order_id, outcome) {
    // Another order may be shown by now.
    if (order_id !== this.#orderId) return;
    this.#isAsking = false;
    const isUnderWay = outcome.type === "refused" && outcome.refusal.type === "payment_under_way";
    this.#told = outcome.type === "done" ? "" : t(isUnderWay ? "order_cancel_under_way" : "order_cancel_refused");
    if (outcome.type === "done") this.#order = outcome.value;
    else await this.#load();
    this.update();
  }
}
