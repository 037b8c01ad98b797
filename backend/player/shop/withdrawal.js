/** The withdrawal from a contract, in two steps: what is said, then that it is meant (Directive 2011/83/EU, Art. 11a). */

/** @import { Case, CaseKind, Order, OrderLine } from "../core/protocol.js" */
/** @import { Outcome, Refusal } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { goodsLine } from "./case-parts.js";
import { claimable, hasUnitsFor, worth } from "./case-words.js";
import { numberText } from "./order-words.js";
import { amount, button, el, empty, focusable, note, redraw, skeletons, stepper, sumLine } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";
import { dayTime } from "./times.js";

export class Withdrawal extends SheetView {
  #orderId = "";
  /** @type {Order | null} */
  #order = null;
  /** @type {Case[]} */
  #cases = [];
  /** Units by line, where the buyer changed them: all of them at first. @type {Map<number, number>} */
  #wanted = new Map();
  #hasFailed = false;
  #isSure = false;
  #told = "";

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("withdrawal"));
    this.coverPicture("dock");
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    if (view.name !== "withdrawal") return;
    if (this.#orderId !== view.order_id) [this.#order, this.#wanted] = [null, new Map()];
    this.#orderId = view.order_id;
    [this.#isSure, this.#told] = [false, ""];
    this.update();
    this.#begin();
  }

  async #begin() {
    const order_id = this.#orderId;
    const resumed = this.model.outbox.resume(this.#place);
    if (resumed) this.#answered(order_id, await resumed);
    else await this.#load();
  }

  async #load() {
    const { api } = this.model;
    const order_id = this.#orderId;
    const [order, cases] = await Promise.all([api.order(order_id), api.casesOf(order_id)]);
    if (order_id !== this.#orderId) return;
    this.#hasFailed = order.type !== "done" || cases.type !== "done";
    if (order.type === "done") this.#order = order.value;
    if (cases.type === "done") this.#cases = cases.value.cases;
    this.update();
  }

  /** The same as any case of the order: a lost answer is asked for again, and nothing is declared twice. */
  get #place() {
    return `case ${this.#orderId}`;
  }

  /** @override */
  update() {
    const order = this.#order;
    this.body.ariaBusy = String(!order && !this.#hasFailed);
    if (!order) {
      this.layFoot();
      return redraw(this.body, ...(this.#hasFailed ? [this.#failure()] : skeletons(3)));
    }
    const units = this.#units(order);
    redraw(
      this.body,
      this.#notice(),
      this.#isSure ? note("info", "alert", t("withdrawal_sure")) : el("p", "t14 dim", t("withdrawal_hint")),
      this.#statement(order),
      this.#goods(order, units),
      el("div", "box", el("dl", "sum", sumLine(t("case_worth"), amount(worth(order, units), order.currency), t("withdrawal_shipping"), "total"))),
    );
    this.#layButtons(order);
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.#load()));
  }

  #notice() {
    if (this.model.isOffline) return note("warn", "offline", t("offline_case"));
    return this.#told ? note("bad", "alert", this.#told) : null;
  }

  /** @param {Order} order */
  #statement({ address, number }) {
    return el("div", "box", el("h3", "box__title", t("withdrawal_who")), el("p", "t14", t("withdrawal_words", { name: address.name, number: numberText(number) })));
  }

  /** Goods that came go back; what was not sent yet stays where it is. @param {Order} order @returns {CaseKind} */
  #kind(order) {
    return hasUnitsFor(order, this.#cases, "return") ? "return" : "refund_only";
  }

  /** @param {Order} order */
  #units(order) {
    const most = claimable(order, this.#cases, this.#kind(order));
    return new Map([...most].map(([line, left]) => [line, Math.min(left, this.#wanted.get(line) ?? left)]));
  }

  /** @param {Order} order @param {Map<number, number>} units */
  #goods(order, units) {
    const most = claimable(order, this.#cases, this.#kind(order));
    const shown = order.lines.filter(({ line }) => ((this.#isSure ? units : most).get(line) ?? 0) > 0);
    const rows = shown.map((line) => (this.#isSure ? goodsLine(line, units.get(line.line) ?? 0) : this.#line(line, units, most.get(line.line) ?? 0)));
    return el("div", "box", el("h3", "box__title", t("withdrawal_what")), el("ul", "shop__list", ...rows));
  }

  /** @param {OrderLine} line @param {Map<number, number>} units @param {number} most */
  #line(line, units, most) {
    const count = units.get(line.line) ?? 0;
    const words = { less: t("case_units_less", { title: line.title }), more: t("case_units_more", { title: line.title }) };
    const onChanged = (/** @type {number} */ by) => {
      this.#wanted.set(line.line, count + by);
      this.#told = "";
      this.update();
    };
    return goodsLine(line, 0, stepper({ count, least: 0, most, name: String(line.line), words, onChanged }));
  }

  /** @param {Order} order */
  #layButtons(order) {
    if (!this.#isSure) return this.layFoot(this.#button("btn btn--wide", "withdrawal_next", () => this.#ask(order)));
    this.layFoot(this.#button("btn btn--line", "withdrawal_back", () => this.#turn(false)), this.#button("btn btn--wide", "withdrawal_do", () => this.#send(order)));
  }

  /** @param {string} className @param {import("./sheet-texts.js").SheetTextKey} key @param {() => void} onTap */
  #button(className, key, onTap) {
    const isSending = this.model.outbox.isPending(this.#place);
    const element = button(className, [t(isSending ? "sending" : key)], onTap);
    element.disabled = this.model.isOffline || isSending;
    return focusable(element, key);
  }

  /** @param {Order} order */
  #ask(order) {
    const isNone = [...this.#units(order).values()].every((units) => units === 0);
    this.#told = isNone ? t("withdrawal_none") : "";
    this.#turn(!isNone);
  }

  /** @param {boolean} isSure */
  #turn(isSure) {
    this.#isSure = isSure;
    this.update();
    this.body.scrollTop = 0;
  }

  /** @param {Order} order */
  async #send(order) {
    const lines = [...this.#units(order)].flatMap(([line, quantity]) => (quantity > 0 ? [{ line, quantity }] : []));
    const body = { kind: this.#kind(order), lines, reason: t("withdrawal_reason") };
    const order_id = this.#orderId;
    this.#answered(order_id, await this.model.outbox.send(this.#place, paths.openCase(order_id), body));
  }

  /** @param {string} order_id @param {Outcome<Case>} outcome */
  async #answered(order_id, outcome) {
    // The form of another order may be open by now.
    if (order_id !== this.#orderId) return;
    if (outcome.type === "done") {
      this.model.withdrawn = outcome.value.case_id;
      return this.ways.replace({ name: "case", order_id: this.#orderId, case_id: outcome.value.case_id });
    }
    if (outcome.type === "refused") this.#told = this.#refusalText(outcome.refusal);
    await this.#load();
    this.#turn(false);
  }

  /** @param {Refusal} refusal */
  #refusalText({ type, left = 0, ended_at_ms = 0 }) {
    if (type === "window_over") return t("case_refused_window", { time: dayTime(ended_at_ms, this.model.now()) });
    if (type === "not_claimable") return t("case_refused_units", { left });
    return t(type === "not_allowed_now" ? "case_refused_order" : "case_refused_other");
  }
}
