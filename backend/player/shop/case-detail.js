/** One case: where it stands, what is next, and what its buyer can do about it. */

/** @import { Case, Order } from "../core/protocol.js" */
/** @import { Outcome } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { claimBox, headOf, historyBox, returnBox, sentBox, stepsBox } from "./case-parts.js";
import { CasePictures } from "./case-pictures.js";
import { isToBeSent, isWithdrawable } from "./case-words.js";
import { field } from "./fields.js";
import { Follower } from "./follower.js";
import { paperHead } from "./order-parts.js";
import { button, el, empty, focusable, icon, note, redraw, skeletons, tool } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";
import { fullDate } from "./times.js";

/** As many characters as the shop takes. */
const MOST = 64;

export class CaseDetail extends SheetView {
  #caseId = "";
  #orderId = "";
  /** @type {Case | null} */
  #case = null;
  /** @type {Order | null} */
  #order = null;
  #hasFailed = false;
  #isAsking = false;
  #refused = "";
  #printer = focusable(tool("print", t("case_receipt_print"), () => window.print()), "print");
  #follower = new Follower(() => this.#load(), () => {});
  #top = el("div", "shop__parts");
  #form = el("form", "box");
  #bottom = el("div", "shop__parts");
  #where = el("p", "t13 dim", t("case_where"));
  #pictures = new CasePictures(this.model, (one) => this.#attached(one));
  #carrier = el("input", "");
  #tracking;

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("cases"));
    this.coverPicture("dock");
    this.scrollByKeys();
    const tracking = el("input", "");
    this.#carrier.autocomplete = tracking.autocomplete = "off";
    this.#carrier.maxLength = tracking.maxLength = MOST;
    const list = el("datalist", "", ...t("case_carriers").split(",").map((name) => el("option", "", name)));
    list.id = "shop-case-carriers";
    this.#carrier.setAttribute("list", list.id);
    const carrier = field("shop-case-carrier", t("case_carrier"), this.#carrier, () => {});
    this.#tracking = field("shop-case-tracking", t("case_tracking"), tracking, () => {});
    this.#form.id = "shop-case-sending";
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#sendBack();
    };
    this.#form.append(el("h3", "box__title", icon("parcel", "icon icon--s"), t("case_wait_sent_back")), this.#where, el("div", "pair", carrier.element, this.#tracking.element), list);
    this.body.append(this.#top, this.#form, this.#pictures.element, this.#bottom);
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    this.layHead(place.hasWayBack, this.#printer);
    if (view.name !== "case") return;
    if (this.#caseId !== view.case_id) this.#startAnew();
    [this.#caseId, this.#orderId] = [view.case_id, view.order_id];
    [this.#isAsking, this.#refused] = [false, ""];
    this.update();
    for (const step of ["back", "withdraw"]) this.#resume(`${step} ${this.#caseId}`);
    this.#load();
    this.#follower.start();
  }

  #startAnew() {
    this.#case = this.#order = null;
    this.#carrier.value = this.#tracking.input.value = "";
    this.#tracking.showFault("");
  }

  /** @param {string} name */
  async #resume(name) {
    const case_id = this.#caseId;
    const resumed = this.model.outbox.resume(name);
    if (resumed) this.#answered(case_id, await resumed);
  }

  /** @override */
  leave() {
    this.#follower.stop();
  }

  /** @override @param {string} order_id */
  onOrder(order_id) {
    if (order_id === this.#orderId) this.#follower.askNow();
  }

  async #load() {
    const { api } = this.model;
    const case_id = this.#caseId;
    const [one, order] = await Promise.all([api.case(case_id), this.#order ? null : api.order(this.#orderId)]);
    if (case_id !== this.#caseId) return;
    this.#hasFailed = one.type !== "done" || order?.type === "unreachable" || order?.type === "refused";
    if (order?.type === "done") this.#order = order.value;
    const isNews = one.type !== "done" || order !== null || one.value.version !== this.#case?.version || one.value.pictures.length !== this.#case.pictures.length || one.value.return_to !== this.#case.return_to || one.value.refund_state !== this.#case.refund_state;
    if (one.type === "done") this.#case = one.value;
    if (isNews) this.update();
  }

  /** @override */
  update() {
    const [one, order] = [this.#case, this.#order];
    const isShown = one !== null && order !== null;
    this.body.ariaBusy = String(!isShown && !this.#hasFailed);
    this.#pictures.element.hidden = !isShown;
    this.#form.hidden = !isShown || !isToBeSent(one) || this.#isAsking;
    if (!isShown) {
      this.layFoot();
      redraw(this.#bottom);
      return redraw(this.#top, ...(this.#hasFailed ? [this.#failure()] : skeletons(3)));
    }
    const now_ms = this.model.now();
    this.title.textContent = t(`case_${one.kind}`);
    redraw(this.#top, this.#notice(), ...this.#receipt(one), headOf(one, now_ms), stepsBox(one), claimBox(one, order), returnBox(one));
    this.#where.hidden = one.return_to !== "";
    this.#pictures.show(one);
    redraw(this.#bottom, sentBox(one), historyBox(one, now_ms), this.#isAsking ? note("info", "alert", t("case_withdraw_sure")) : null);
    this.#layButtons(one);
  }

  /** What the shop got, and when: shown at once to whom withdrew, and on paper to everybody. @param {Case} one */
  #receipt(one) {
    const told = this.model.withdrawn === one.case_id ? note("ok", "check", t("withdrawal_received", { time: fullDate(one.created_at_ms) })) : null;
    return [told, paperHead(t("case_receipt"), one.order_number, one.created_at_ms)];
  }

  /** @param {Case} one */
  #attached(one) {
    this.#case = one;
    this.update();
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.#load()));
  }

  #notice() {
    if (this.model.isOffline) return note("warn", "offline", t("offline_case"));
    return this.#refused ? note("warn", "alert", this.#refused) : null;
  }

  /** @param {Case} one */
  #layButtons(one) {
    if (this.#isAsking) return this.layFoot(this.#button("btn btn--line", "case_withdraw_not", () => this.#ask(false)), this.#button("btn btn--wide", "case_withdraw_do", () => this.#withdraw()));
    const withdraw = isWithdrawable(one) ? this.#button("btn btn--line", "case_withdraw", () => this.#ask(true)) : null;
    const send = isToBeSent(one) ? this.#sender() : null;
    this.layFoot(...(withdraw || send ? [withdraw, send] : []));
  }

  #sender() {
    const send = this.#button("btn btn--wide", "case_send_back", () => {});
    send.type = "submit";
    send.setAttribute("form", this.#form.id);
    if (this.#isSending) send.textContent = t("sending");
    return send;
  }

  get #isSending() {
    return ["back", "withdraw"].some((step) => this.model.outbox.isPending(`${step} ${this.#caseId}`));
  }

  /** @param {string} className @param {import("./sheet-texts.js").SheetTextKey} key @param {() => void} onTap */
  #button(className, key, onTap) {
    const element = button(className, [t(key)], onTap);
    element.disabled = this.model.isOffline || this.#isSending;
    return focusable(element, key);
  }

  /** @param {boolean} isAsking */
  #ask(isAsking) {
    this.#isAsking = isAsking;
    this.update();
    this.body.scrollTop = isAsking ? this.body.scrollHeight : 0;
  }

  async #sendBack() {
    const tracking = this.#tracking.input.value.trim();
    if (tracking === "") {
      this.#tracking.showFault(t("case_fault_tracking"));
      return this.#tracking.input.focus();
    }
    const body = { carrier: this.#carrier.value.trim(), tracking };
    const case_id = this.#caseId;
    this.#answered(case_id, await this.model.outbox.send(`back ${case_id}`, paths.sendBack(case_id), body));
  }

  async #withdraw() {
    const case_id = this.#caseId;
    this.#answered(case_id, await this.model.outbox.send(`withdraw ${case_id}`, paths.withdrawCase(case_id), { reason: "" }));
  }

  /** @param {string} case_id @param {Outcome<Case>} outcome */
  async #answered(case_id, outcome) {
    // Another case may be shown by now.
    if (case_id !== this.#caseId) return;
    this.#isAsking = false;
    this.#refused = outcome.type === "refused" ? t(outcome.refusal.type === "case_not_allowed_now" ? "case_refused_step" : "case_refused_other") : "";
    if (outcome.type === "done") this.#case = outcome.value;
    else await this.#load();
    this.update();
    this.body.scrollTop = 0;
  }
}
