/** The checkout: where it goes, what it costs to the last cent, how it is paid, and the button that says so. */

/** @import { Address, HeldCoupon, Order, PaymentMethod, Quote, WantedLine } from "../core/protocol.js" */
/** @import { Outcome, Refusal } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { flashReason } from "../campaigns/flash_sale/flash-words.js";
import { t as flashText } from "../campaigns/flash_sale/texts.js";
import { language } from "../core/i18n.js";
import { addressBox, linesBox, methodBox, noteBox, sumsBox } from "./checkout-parts.js";
import { CouponCode } from "./coupon-code.js";
import { changedBox, isSame } from "./changed-quote.js";
import { legalLinks } from "./legal-links.js";
import { money } from "./money.js";
import { button, el, empty, focusable, note, redraw, skeletons } from "./parts.js";
import { refusalNote } from "./refusal-note.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";

export const PLACE = "place";

export class Checkout extends SheetView {
  /** @type {WantedLine[]} */
  #lines = [];
  #isFromCart = false;
  /** @type {Quote | null} */
  #quote = null;
  /** What the buyer saw before the price changed; null while nothing is to be confirmed. @type {Quote | null} */
  #seen = null;
  /** Where the quote is for: what it costs to send depends on it. */
  #quotedFor = "";
  /** Where the flash sale was when the quote was asked for. */
  #quotedIn = "";
  /** @type {Refusal | null} */
  #refusal = null;
  #retry_s = 0;
  #hasFailed = false;
  #wasOffline = false;
  /** @type {PaymentMethod} */
  #method = "online";
  /** Counts the quotes asked for, so that an older one does not overtake a newer. */
  #turn = 0;
  #note = noteBox((note) => this.model.draft.keep({ note }));
  #code = new CouponCode(this.model, (held) => this.#claimed(held));
  #told = el("div", "shop__parts");
  #top = el("div", "shop__parts");
  #bottom = el("div", "shop__parts");

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("checkout"));
    this.body.append(this.#told, this.#top, this.#code.element, this.#note.element, this.#bottom);
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, { hasWayBack }) {
    if (view.name !== "checkout") return;
    this.layHead(hasWayBack);
    const isOther = JSON.stringify(view.lines) !== JSON.stringify(this.#lines);
    if (isOther) this.#startAnew();
    this.#lines = view.lines;
    this.#isFromCart = view.isFromCart ?? false;
    this.#method = this.model.draft.typed.method;
    this.#note.fill(this.model.draft.typed.note);
    this.update();
    this.#begin();
  }

  #startAnew() {
    [this.#quote, this.#seen, this.#refusal] = [null, null, null];
    this.body.scrollTop = 0;
  }

  async #begin() {
    const resumed = this.model.outbox.resume(PLACE);
    if (resumed) this.#answered(await resumed);
    if (!this.model.providers) this.model.loadProviders();
    this.model.loadLegal();
    if (!this.model.book.saved) await this.model.book.load();
    await this.#askQuote();
    await this.#code.resume();
  }

  /** Prices are never older than the view: they are asked for when it opens, when its address changes, and when the line is back. */
  async #askQuote() {
    const turn = ++this.#turn;
    const isForSame = this.#quotedFor === this.#place();
    this.#quotedFor = this.#place();
    this.#quotedIn = this.model.flash.state;
    const campaign_id = this.model.flash.waitingFor(this.#lines);
    const outcome = await this.model.api.quote(this.#lines, { ...this.model.book.where, ...(campaign_id ? { campaign_id } : {}) });
    if (turn !== this.#turn) return;
    this.#hasFailed = outcome.type === "unreachable";
    if (outcome.type === "refused") {
      this.#quote = null;
      this.#refuse(outcome.refusal, outcome.retry_s);
    }
    if (outcome.type === "done") this.#takeQuote(outcome.value, isForSame);
    this.update();
  }

  /** Where the order goes; further orders to the same address share a parcel. */
  #place() {
    return JSON.stringify(this.model.book.chosen?.address ?? null);
  }

  /** @param {Quote} quote @param {boolean} isForSame whether the buyer changed nothing that a price depends on */
  #takeQuote(quote, isForSame) {
    this.#fitMethod(quote);
    if (this.#quote && isForSame && !isSame(this.#quote, quote)) this.#seen ??= this.#quote;
    this.#quote = quote;
  }

  /** The shop may not take any more what was chosen before. @param {Quote} quote */
  #fitMethod({ methods }) {
    if (!methods.includes(this.#method)) this.#method = methods[0] ?? "online";
  }

  /** The buyer typed a code: the new sum is what they wanted, and not a change to be confirmed. @param {HeldCoupon} held */
  async #claimed(held) {
    this.#quote = null;
    await this.#askQuote();
    const isUsed = /** @type {Quote | null} */ (this.#quote)?.coupon?.grant_id === held.grant_id;
    this.#code.tell(t(isUsed ? "coupon_used" : "coupon_kept", { title: held.title }));
  }

  /** @param {Refusal} refusal @param {number} retry_s */
  #refuse(refusal, retry_s) {
    [this.#refusal, this.#retry_s] = [refusal, retry_s];
    if (refusal.type === "sold_out") this.model.load();
    if (refusal.type === "method_off") this.#askQuote();
  }

  /** @override */
  update() {
    const address = this.model.book.chosen?.address;
    const isBack = this.#wasOffline && !this.model.isOffline;
    this.#wasOffline = this.model.isOffline;
    const isElsewhere = address !== undefined && this.#quotedFor !== "" && this.#quotedFor !== this.#place();
    if (isBack || isElsewhere || this.#isOtherSale()) this.#askQuote();
    this.body.ariaBusy = String(!this.#quote && !this.#hasFailed && !this.#refusal);
    this.resize(this.#seen ? "fit" : "tall");
    if (this.#seen && this.#quote) this.#showChange(this.#seen, this.#quote);
    else this.#show();
  }

  /** Whether a flash sale of what is bought began or ended since the quote. */
  #isOtherSale() {
    const { flash } = this.model;
    if (!this.#quote || this.#quotedIn === flash.state) return false;
    return this.#isFlash || this.#lines.some(({ sku_id }) => flash.offerOf(sku_id));
  }

  /** Whether the sum is at a flash sale's prices. */
  get #isFlash() {
    return this.#quote?.lines.some(({ campaign_id }) => campaign_id) ?? false;
  }

  /** Whether the button waits for the start, which is the server's and everybody's. */
  get #isLocked() {
    return this.#isFlash && this.model.flash.isWaiting;
  }

  #show() {
    const { book } = this.model;
    redraw(this.#told, this.#notice());
    redraw(this.#top, ...this.#content(book.chosen?.address ?? null));
    this.#note.element.hidden = this.#code.element.hidden = !this.#quote;
    redraw(this.#bottom, this.#quote ? sumsBox(this.#quote) : null, this.#quote ? el("p", "shop__promise", this.#isFlash && this.#method === "online" ? flashText("flash_held") : t("checkout_promise")) : null, legalLinks(this.model));
    this.#layPayButton();
  }

  /** @param {Address | null} address */
  #content(address) {
    if (!this.#quote && this.#hasFailed) return [empty("alert", t("failed_title"), t("kept"), this.#again())];
    if (!this.#quote && !this.#refusal) return skeletons(3);
    if (!this.#quote) return [addressBox(address, () => this.#openAddresses())];
    return [
      addressBox(address, () => this.#openAddresses()),
      linesBox(this.#quote),
      methodBox(
        this.#method,
        this.#quote.methods,
        this.model,
        (method, provider) => this.#choose(method, provider),
        (method) => (this.#isFlash && method === "online" ? flashText("flash_hint") : t(`method_${method}_hint`)),
      ),
    ];
  }

  #again() {
    return button("btn", [t("again")], () => this.#askQuote());
  }

  #openAddresses() {
    const hasSaved = (this.model.book.saved ?? []).length > 0;
    this.ways.go(hasSaved ? { name: "addresses" } : { name: "address", address_id: null });
  }

  /** @param {PaymentMethod} method @param {string} provider who takes the money of an online payment */
  #choose(method, provider) {
    this.#method = method;
    this.model.draft.keep({ method });
    if (method === "online") this.model.provider = provider;
    this.update();
  }

  #notice() {
    if (this.model.outbox.lost.has(PLACE)) return note("warn", "offline", t("unsure"));
    if (this.model.isOffline) return note("warn", "offline", t("offline_pay"));
    if (!this.#refusal) return null;
    return refusalNote(this.#refusal, this.#retry_s, {
      onTake: (left) => this.#take(left),
      onOthers: () => this.ways.replace({ name: "products" }),
    });
  }

  /** Buy as many as there are. @param {number} left */
  #take(left) {
    const sku_id = this.#refusal?.sku_id;
    const lines = this.#lines.map((line) => (line.sku_id === sku_id || !sku_id ? { ...line, quantity: Math.min(line.quantity, left) } : line));
    this.#refusal = null;
    this.ways.replace({ name: "checkout", lines, isFromCart: this.#isFromCart });
  }

  #layPayButton() {
    if (!this.#quote) return this.layFoot();
    const { outbox, isOffline, book } = this.model;
    const isSending = outbox.isPending(PLACE);
    const key = this.#quote.names_duty ? "duty_amount" : this.#method === "online" ? "pay_amount" : "order_amount";
    const words = t(key, { amount: money(this.#quote.total_minor, this.#quote.currency) });
    if (!book.chosen) return this.layFoot(focusable(button("btn btn--wide btn--soft", [t("address_first")], () => this.#openAddresses()), "pay"));
    const text = isOffline ? t("waiting_network") : isSending ? t("sending") : this.#isLocked ? flashText("flash_opens", { time: this.model.flash.time }) : words;
    const pay = focusable(button("btn btn--wide shop__pay", [text], () => this.#pay()), "pay");
    pay.disabled = isOffline || isSending || this.#isLocked;
    this.layFoot(pay);
  }

  /** @param {Quote} seen @param {Quote} quote */
  #showChange(seen, quote) {
    const reason = this.#refusal ? flashReason(this.#refusal) : "";
    redraw(this.#told, this.model.isOffline ? note("warn", "offline", t("offline_pay")) : reason ? note("bad", "alert", reason) : null);
    redraw(this.#top, changedBox(seen, quote), note("info", "safe", reason ? flashText("flash_usual") : t("changed_promise")));
    this.#note.element.hidden = this.#code.element.hidden = true;
    redraw(this.#bottom);
    const key = quote.names_duty ? "changed_duty" : this.#method === "online" ? "changed_pay" : "changed_order";
    const pay = button("btn btn--wide shop__pay", [t(key, { amount: money(quote.total_minor, quote.currency) })], () => this.#pay());
    pay.disabled = this.model.isOffline || this.model.outbox.isPending(PLACE) || !this.model.book.chosen;
    this.layFoot(button("btn btn--line", [t("changed_back")], () => this.#accept()), focusable(pay, "pay"));
  }

  /** The buyer has seen the new price. */
  #accept() {
    [this.#seen, this.#refusal] = [null, null];
    this.update();
  }

  async #pay() {
    if (!this.#quote || !this.model.book.chosen || this.model.isOffline || this.model.outbox.isPending(PLACE) || this.#isLocked) return;
    this.#refusal = null;
    const body = { lines: this.#lines, quote_hash: this.#quote.hash, method: this.#method, note: this.#note.text, language: language(), ...this.model.book.where };
    this.#answered(await this.model.outbox.send(PLACE, paths.place(), body));
  }

  /** @param {Outcome<Order>} outcome */
  #answered(outcome) {
    if (outcome.type === "done") return this.#placed(outcome.value);
    if (outcome.type === "refused" && outcome.refusal.quote) {
      this.#refusal = outcome.refusal;
      this.#seen = this.#quote;
      this.#quote = outcome.refusal.quote;
      this.#fitMethod(this.#quote);
    } else if (outcome.type === "refused") {
      this.#seen = null;
      this.#refuse(outcome.refusal, outcome.retry_s);
    }
    this.update();
  }

  /** The way back does not lead to an order that is placed already. @param {Order} order */
  #placed(order) {
    this.#turn++;
    this.model.draft.clear();
    this.#startAnew();
    this.model.notePlaced(order);
    if (this.#isFromCart) this.model.cart.takeOut(order.lines);
    this.ways.replace({ name: "payment", order_id: order.order_id, attempt_id: null });
  }
}
