/** The auction's sheet: the lot, who leads, the next bid, a maximum that nobody sees, and after the end what is to be paid and all bids. */

/** @import { SavedAddress } from "../../core/protocol.js" */
/** @import { ShopModel } from "../../shop/shop-model.js" */
/** @import { Ways } from "../../shop/sheet-view.js" */
/** @import { View } from "../../shop/view-history.js" */
/** @import { ShownAuction } from "./auction.js" */
/** @import { Stage } from "./auction-stage.js" */

import { listPrice } from "../../shop/money.js";
import { button, el, focusable, icon, note } from "../../shop/parts.js";
import { SheetView } from "../../shop/sheet-view.js";
import { entryRules } from "../entry_rules/entry-rules.js";
import { AuctionHead } from "./auction-head.js";
import { bidLog, conditions, Part, quickAmounts, stepAt, winnerSum } from "./auction-parts.js";
import { BIDDING } from "./auction-stage.js";
import { footOf, noteText } from "./auction-words.js";
import { MaxForm } from "./max-form.js";
import { t } from "./texts.js";

export class AuctionView extends SheetView {
  #hero = new AuctionHead(this.title);
  #said = new Part("auction__part");
  #note = new Part("auction__part");
  #live = new Part("box");
  #quick = new Part("auction__quick");
  #conds = new Part("box");
  #sum = new Part("box");
  #log = new Part("auction__part");
  #step = el("span", "strong");
  #stepRow = el("p", "auction__row auction__step", el("span", "grow", t("auction_step")), this.#step);
  #max = new MaxForm((max_minor) => this.#bid(max_minor));
  #bidding = el("div", "box auction__bidding", this.#stepRow, this.#max.element);
  #promise = new Part("shop__promise");
  #main = focusable(button("btn btn--wide auction__main", [], () => this.#act()), "main");
  #other = focusable(button("btn btn--line auction__decline", [t("auction_decline")], () => void this.#auction.answerOffer("decline")), "decline");
  #isEntered = false;
  /** Which address the shipping was asked for, and whether the shop has answered. */
  #registered = "";
  #hasNoShipping = false;

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("auction"));
    this.resize("fit");
    this.element.classList.add("auction");
    this.body.append(this.#said.element, this.#note.element, this.#conds.element, this.#live.element, this.#sum.element, this.#quick.element, this.#bidding, this.#promise.element, this.#log.element);
    // Nothing takes the focus that belongs to the title when the sheet opens.
    this.#bidding.hidden = true;
    this.foot.append(this.#other, this.#main);
    model.auction.onChanged(() => this.#isShown && this.update());
  }

  get #auction() {
    return this.model.auction;
  }

  get #isShown() {
    return this.element.isConnected && !this.element.hidden && this.#isEntered;
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    if (!this.model.listing) this.model.load();
    if (!this.model.book.saved) this.model.book.load();
    this.#isEntered = true;
    this.update();
  }

  /** @override */
  leave() {
    this.#isEntered = false;
  }

  /** @override @param {boolean} hasWayBack */
  layHead(hasWayBack) {
    super.layHead(hasWayBack);
    this.head.classList.add("auction__head");
    this.#hero.lay(this.head);
  }

  /** @override */
  update() {
    this.foot.hidden = false;
    this.scrollByKeys();
    const { shown, stage } = this.#auction;
    if (shown === null || stage === null) return this.#showNone();
    const { detail } = shown.campaign;
    this.element.dataset["stage"] = stage;
    this.#hero.update(this.#auction, shown, stage, this.#lot(shown));
    this.#register(stage);
    this.#showSaid(shown, stage);
    const isBidding = BIDDING.includes(stage);
    const { people, opens_at_ms } = shown.campaign;
    this.#live.show(isBidding && detail.log.length > 0 ? [detail.log, people] : null, () => [bidLog(this.#auction, detail, opens_at_ms)]);
    const quick = stage === "outbid" ? quickAmounts(detail) : null;
    this.#quick.show(quick && [quick, this.#auction.isBidding], () => (quick ?? []).map((minor) => this.#quickButton(minor, detail.currency)));
    this.#showConditions(shown, stage);
    this.#bidding.hidden = !isBidding || this.#auction.mine.is_barred;
    this.#stepRow.hidden = stage === "leading" || stage === "outbid";
    this.#step.textContent = listPrice(stepAt(detail.steps, detail.price_minor), detail.currency);
    this.#max.update(detail, this.#auction.mine.max_minor, this.#auction.isBidding);
    this.#showEnd(shown, stage);
    this.#layFoot(stage, detail.currency);
  }

  /** After a reload, before the room has told of it. */
  #showNone() {
    this.#main.textContent = t("auction_back");
    this.#main.disabled = false;
    this.#other.hidden = true;
    this.#bidding.hidden = true;
  }

  /** @param {ShownAuction} shown */
  #lot({ campaign }) {
    const { sku_id, spu_id } = campaign.detail;
    const product = this.model.productOf(spu_id);
    const specs = product?.skus.find((one) => one.sku_id === sku_id)?.specs ?? [];
    const words = [campaign.title || product?.title || t("auction"), ...specs.map(([, value]) => value ?? "")];
    return { title: words.filter(Boolean).join(" · "), image: product?.images[0] };
  }

  /** @param {ShownAuction} shown @param {Stage} stage */
  #showSaid({ campaign }, stage) {
    const { told } = this.#auction;
    this.#said.show(told || null, () => [note("bad", "alert", told)]);
    const text = noteText(this.#auction, campaign, stage);
    this.#note.show(text || null, () => [el("p", `note note--${toneOf(stage)}`, icon(stage === "won" ? "check" : "alert", "icon icon--s"), el("span", "grow", text))]);
  }

  /** @param {ShownAuction} shown @param {Stage} stage */
  #showConditions({ campaign }, stage) {
    const isAsked = (stage === "soon" || stage === "first") && !this.#auction.mine.is_barred;
    const one = this.#address;
    const shipping = this.#shippingText(campaign.detail.currency);
    const { needs_follow } = campaign.detail;
    const follow = needs_follow ? [{ text: t("auction_follow"), isMet: this.#auction.isFollower }] : [];
    const rules = [...follow, ...entryRules(campaign.detail).map((text) => ({ text, isMet: false }))];
    this.#conds.show(isAsked ? [one, shipping, rules] : null, () => {
      const change = focusable(button("link tone--info", [t(one ? "auction_address_change" : "auction_address_add")], () => this.#openAddresses()), "address");
      return conditions({ one, shipping, rules, change });
    });
    const { mine } = this.#auction;
    const fee = mine.shipping_minor > 0 ? t("auction_promise_shipping", { price: listPrice(mine.shipping_minor, campaign.detail.currency) }) : t("auction_promise");
    this.#promise.show(stage === "outbid" || stage === "leading" ? fee : null, () => [fee]);
  }

  /** @param {string} currency */
  #shippingText(currency) {
    const { mine } = this.#auction;
    if (this.#hasNoShipping) return "";
    if (mine.address_id === "" || mine.address_id !== this.#address?.address_id) return "";
    return mine.shipping_minor > 0 ? t("auction_pay_shipping", { price: listPrice(mine.shipping_minor, currency) }) : t("auction_pay_free");
  }

  /** Where it would go, once the shop's book has it. @returns {SavedAddress | null} */
  get #address() {
    const chosen = this.model.book.chosen;
    return chosen && chosen.address_id !== null ? /** @type {SavedAddress} */ (chosen) : null;
  }

  /** The shop says what shipping costs there; who bids then accepts both. @param {Stage} stage */
  async #register(stage) {
    if (stage !== "soon" && stage !== "first") return;
    const { chosen, saved } = this.model.book;
    // A guest's address of an earlier visit is not in the shop's book yet.
    const key = JSON.stringify([this.#auction.shown?.campaign.campaign_id, chosen]);
    if (chosen === null || saved === null || this.#registered === key || this.model.isOffline) return;
    this.#registered = key;
    if (chosen.address_id === null) return void (await this.model.book.save(chosen.address, null));
    const outcome = await this.#auction.register(chosen.address_id);
    this.#hasNoShipping = outcome?.type !== "done";
    if (outcome?.type === "unreachable") this.#registered = "";
    this.update();
  }

  #openAddresses() {
    const hasSaved = (this.model.book.saved ?? []).length > 0;
    this.ways.go(hasSaved ? { name: "addresses" } : { name: "address", address_id: null });
  }

  /** @param {ShownAuction} shown @param {Stage} stage */
  #showEnd({ campaign }, stage) {
    const { detail } = campaign;
    const { mine } = this.#auction;
    const price_minor = mine.offer?.price_minor ?? detail.price_minor;
    const total_minor = mine.total_minor || price_minor + mine.shipping_minor;
    const isMine = stage === "won" || stage === "offered" || stage === "paid";
    const sum = { price_minor, shipping_minor: mine.shipping_minor, total_minor };
    this.#sum.show(isMine ? [sum, stage] : null, () => [winnerSum(detail, sum)]);
    const isOver = campaign.phase === "ended" || campaign.phase === "void";
    const log = isOver && detail.log.length > 0 ? detail.log : null;
    this.#log.show(log && [log, campaign.people], () => {
      const summary = el("summary", "note note--info", icon("safe", "icon icon--s"), el("span", "grow", t("auction_log", { bids: detail.bids })), icon("forward", "icon icon--s"));
      return [el("details", "", summary, el("div", "box", bidLog(this.#auction, detail, campaign.opens_at_ms)))];
    });
  }

  /** @param {number} minor @param {string} currency */
  #quickButton(minor, currency) {
    const one = focusable(button("btn btn--line", [listPrice(minor, currency)], () => this.#bid(minor)), `quick ${minor}`);
    one.setAttribute("aria-label", t("auction_bid", { price: listPrice(minor, currency) }));
    one.disabled = this.#auction.isBidding;
    return one;
  }

  /** The buttons stay where they are: a finger that comes down finds what it saw. @param {Stage} stage @param {string} currency */
  #layFoot(stage, currency) {
    const hasAddress = this.#address !== null;
    const { text, isOff } = footOf(this.#auction, stage, { hasAddress, isReady: this.#shippingText(currency) !== "", isOffline: this.model.isOffline });
    if (this.#main.textContent !== text) this.#main.textContent = text;
    this.#main.setAttribute("aria-disabled", String(isOff));
    this.#other.hidden = stage !== "offered";
    this.#other.disabled = this.#auction.isBidding;
  }

  #act() {
    if (this.#main.getAttribute("aria-disabled") === "true") return;
    const { shown, stage, mine } = this.#auction;
    if (shown === null || stage === null) return this.ways.close();
    if (stage === "soon" || (stage === "first" && this.#address === null)) return this.#openAddresses();
    if (BIDDING.includes(stage)) return this.#bid(shown.campaign.detail.next_minor);
    if (stage === "offered") return void this.#accept();
    if (stage === "won") return this.#pay(mine.order_id);
    if (stage === "paid") return this.ways.go({ name: "order", order_id: mine.order_id });
    this.ways.close();
  }

  /** @param {number} max_minor */
  async #bid(max_minor) {
    if (this.model.isOffline) return;
    await this.#auction.bid(max_minor);
    if (this.#auction.told === "") this.#max.close();
  }

  async #accept() {
    await this.#auction.answerOffer("accept");
    const { order_id, pay_until_ms } = this.#auction.mine;
    if (order_id && pay_until_ms !== null && this.#isShown) this.#pay(order_id);
  }

  /** @param {string} order_id */
  #pay(order_id) {
    this.ways.go({ name: "payment", order_id, attempt_id: null });
  }
}

/** @param {Stage} stage */
function toneOf(stage) {
  if (stage === "won") return "ok";
  return stage === "outbid" || stage === "offered" ? "warn" : "info";
}
