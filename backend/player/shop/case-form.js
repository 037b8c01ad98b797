/** What a buyer asks for after the sale: which goods, why, and money or the same once more. */

/** @import { Case, CaseKind, Order, OrderLine } from "../core/protocol.js" */
/** @import { Outcome, Refusal } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Claim } from "./shop-storage.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { goodsLine } from "./case-parts.js";
import { MOST_PICTURES } from "./case-pictures.js";
import { KINDS, claimable, hasUnitsFor, worth } from "./case-words.js";
import { choices, field } from "./fields.js";
import { amount, button, el, empty, focusable, note, redraw, skeletons, stepper, sumLine } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";
import { dayTime } from "./times.js";

/** @typedef {"unlike" | "broken" | "wrong" | "unwanted" | "other"} Why */

/** @type {Why[]} */
const WHYS = ["unlike", "broken", "wrong", "unwanted", "other"];
/** With the reason before it, as many characters as the shop takes. */
const MOST_NOTE = 150;

export class CaseForm extends SheetView {
  #orderId = "";
  /** @type {Order | null} */
  #order = null;
  /** @type {Case[]} */
  #cases = [];
  #hasFailed = false;
  #refused = "";
  #fault = "";
  #told = el("div", "shop__parts");
  #top = el("div", "shop__parts");
  #bottom = el("div", "shop__parts");
  #words;

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("case_form"));
    this.coverPicture("dock");
    const input = el("textarea", "");
    input.rows = 2;
    input.maxLength = MOST_NOTE;
    input.placeholder = t("note_hint");
    this.#words = field("shop-case-note", t("case_note"), input, () => this.#keep({ note: input.value }));
    this.body.append(this.#told, this.#top, el("div", "box", this.#words.element), this.#bottom);
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    if (view.name !== "case_form") return;
    if (this.#orderId !== view.order_id) this.#order = null;
    this.#orderId = view.order_id;
    [this.#refused, this.#fault] = ["", ""];
    this.#words.input.value = this.#claim.note;
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

  /** @override @param {string} order_id */
  onOrder(order_id) {
    if (order_id === this.#orderId) this.#load();
  }

  get #place() {
    return `case ${this.#orderId}`;
  }

  /** What is filled in, of this order. @returns {Claim} */
  get #claim() {
    const kept = this.model.draft.typed.claim;
    return kept?.order_id === this.#orderId ? kept : { order_id: this.#orderId, kind: "", units: {}, why: "", note: "" };
  }

  /** @param {Partial<Claim>} changed */
  #keep(changed) {
    this.model.draft.keep({ claim: { ...this.#claim, ...changed } });
    this.#fault = "";
    this.update();
  }

  /** @override */
  update() {
    const order = this.#order;
    this.body.ariaBusy = String(!order && !this.#hasFailed);
    this.#words.element.hidden = !order;
    redraw(this.#told, this.#notice());
    if (!order) {
      this.layFoot();
      redraw(this.#bottom);
      return redraw(this.#top, ...(this.#hasFailed ? [this.#failure()] : skeletons(3)));
    }
    const kind = this.#kind(order);
    const units = this.#units(order, kind);
    redraw(this.#top, this.#kindBox(order, kind), this.#goodsBox(order, kind, units), this.#whyBox());
    redraw(this.#bottom, el("p", "t13 dim", t("case_pictures_after", { count: MOST_PICTURES })), kind === "exchange" ? null : this.#worthBox(order, units));
    this.#layButton();
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.#load()));
  }

  #notice() {
    if (this.model.isOffline) return note("warn", "offline", t("offline_case"));
    const words = this.#fault || this.#refused;
    return words ? note("bad", "alert", words) : null;
  }

  /** What was chosen, where that can still be asked for. @param {Order} order @returns {CaseKind} */
  #kind(order) {
    const chosen = KINDS.find((kind) => kind === this.#claim.kind);
    if (chosen && hasUnitsFor(order, this.#cases, chosen)) return chosen;
    return hasUnitsFor(order, this.#cases, "return") ? "return" : "refund_only";
  }

  /** Of an order of one unit that unit is meant. @param {Order} order @param {CaseKind} kind */
  #units(order, kind) {
    const most = claimable(order, this.#cases, kind);
    const isSingle = order.lines.length === 1 && most.get(order.lines[0]?.line ?? 0) === 1;
    return new Map([...most].map(([line, left]) => [line, Math.min(left, this.#claim.units[line] ?? (isSingle ? 1 : 0))]));
  }

  /** @param {Order} order @param {CaseKind} chosen */
  #kindBox(order, chosen) {
    const rows = KINDS.map((kind) => {
      const isOff = !hasUnitsFor(order, this.#cases, kind);
      return { value: kind, text: t(`case_${kind}`), hint: isOff ? t("case_not_sent") : t(`case_${kind}_hint`), isOff };
    });
    return choices("case-kind", t("case_kind"), rows, chosen, (kind) => this.#keep({ kind }));
  }

  /** @param {Order} order @param {CaseKind} kind @param {Map<number, number>} units */
  #goodsBox(order, kind, units) {
    const most = claimable(order, this.#cases, kind);
    const rows = order.lines.map((line) => this.#line(line, units, most.get(line.line) ?? 0));
    return el("div", "box", el("h3", "box__title", t("case_goods")), el("ul", "shop__list", ...rows));
  }

  /** @param {OrderLine} line @param {Map<number, number>} units @param {number} most */
  #line(line, units, most) {
    if (most === 0) return goodsLine(line, 0, el("span", "t12 dimmer", t("case_goods_none")));
    const count = units.get(line.line) ?? 0;
    const change = (/** @type {number} */ by) => this.#keep({ units: { ...Object.fromEntries(units), [line.line]: count + by } });
    const words = { less: t("case_units_less", { title: line.title }), more: t("case_units_more", { title: line.title }) };
    return goodsLine(line, 0, stepper({ count, least: 0, most, name: String(line.line), words, onChanged: change }));
  }

  #whyBox() {
    const rows = WHYS.map((why) => ({ value: why, text: t(`case_reason_${why}`), hint: "" }));
    return choices("case-why", t("case_reason"), rows, this.#claim.why, (why) => this.#keep({ why }));
  }

  /** @param {Order} order @param {Map<number, number>} units */
  #worthBox(order, units) {
    return el("div", "box", el("dl", "sum", sumLine(t("case_worth"), amount(worth(order, units), order.currency), t("case_worth_hint"), "total")));
  }

  #layButton() {
    const isSending = this.model.outbox.isPending(this.#place);
    const words = this.model.isOffline ? t("waiting_network") : t(isSending ? "sending" : "case_send");
    const send = focusable(button("btn btn--wide", [words], () => this.#send()), "send");
    send.disabled = isSending || this.model.isOffline;
    this.layFoot(send);
  }

  async #send() {
    const order = this.#order;
    if (!order) return;
    const kind = this.#kind(order);
    const lines = [...this.#units(order, kind)].flatMap(([line, quantity]) => (quantity > 0 ? [{ line, quantity }] : []));
    const why = WHYS.find((one) => one === this.#claim.why);
    const words = this.#words.input.value.trim();
    this.#fault = lines.length === 0 ? t("case_fault_units") : !why ? t("case_fault_reason") : why === "other" && words === "" ? t("case_fault_other") : "";
    this.#refused = "";
    if (this.#fault || !why) return this.#showFault();
    const reason = [why === "other" ? "" : t(`case_reason_${why}`), words].filter((part) => part !== "").join(" · ");
    const order_id = this.#orderId;
    this.#answered(order_id, await this.model.outbox.send(this.#place, paths.openCase(order_id), { kind, lines, reason }));
  }

  #showFault() {
    this.update();
    this.body.scrollTop = 0;
  }

  /** @param {string} order_id @param {Outcome<Case>} outcome */
  async #answered(order_id, outcome) {
    // The form of another order may be open by now.
    if (order_id !== this.#orderId) return;
    if (outcome.type === "done") {
      this.model.draft.keep({ claim: null });
      return this.ways.replace({ name: "case", order_id: this.#orderId, case_id: outcome.value.case_id });
    }
    if (outcome.type === "refused") this.#refused = this.#refusalText(outcome.refusal);
    await this.#load();
    this.#showFault();
  }

  /** @param {Refusal} refusal */
  #refusalText({ type, left = 0, ended_at_ms = 0 }) {
    if (type === "window_over") return t("case_refused_window", { time: dayTime(ended_at_ms, this.model.now()) });
    if (type === "not_claimable") return t("case_refused_units", { left });
    return t(type === "not_allowed_now" ? "case_refused_order" : "case_refused_other");
  }
}
