/** Where a prize of goods goes: what was won, until when, an address, and one button that costs nothing. */

/** @import { MyPrize, PrizeState } from "../../core/protocol.js" */
/** @import { ShopModel } from "../../shop/shop-model.js" */
/** @import { Ways } from "../../shop/sheet-view.js" */
/** @import { View } from "../../shop/view-history.js" */

import { addressBox } from "../../shop/checkout-parts.js";
import { button, el, empty, focusable, note, redraw, skeletons } from "../../shop/parts.js";
import { reasonOf } from "../../shop/refusal-note.js";
import { SheetView } from "../../shop/sheet-view.js";
import { paths } from "../../shop/shop-api.js";
import { dayTime } from "../../shop/times.js";
import { newNonce } from "../fairness/digests.js";
import { goodsBox, goodsRow } from "./prize-parts.js";
import { t } from "./prize-texts.js";

/** @type {Record<Exclude<PrizeState, "waiting">, keyof typeof import("./prize-texts.js").TEXTS>} */
const ENDS = { claimed: "prize_claimed", passed_on: "prize_passed_on", lapsed: "prize_lapsed", given_up: "prize_given_up" };

export class PrizeView extends SheetView {
  #campaignId = "";
  /** @type {MyPrize | null} */
  #prize = null;
  #hasFailed = false;
  #isAsking = false;
  #told = "";
  #main = focusable(button("btn btn--wide", [], () => this.#act()), "main");

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("prize"));
    this.resize("fit");
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    if (view.name !== "prize") return;
    if (view.campaign_id !== this.#campaignId) [this.#prize, this.#told] = [null, ""];
    this.#campaignId = view.campaign_id;
    this.layFoot(this.#main);
    this.update();
    if (!this.model.book.saved) this.model.book.load();
    this.#load();
  }

  async #load() {
    const campaign_id = this.#campaignId;
    const outcome = await this.model.api.myPart(campaign_id);
    if (campaign_id !== this.#campaignId) return;
    this.#hasFailed = outcome.type !== "done" || !outcome.value.prize;
    if (outcome.type === "done") this.#prize = outcome.value.prize;
    // A claim whose answer was lost was taken all the same.
    if (this.#prize?.state !== "waiting") this.#told = "";
    this.update();
  }

  /** @override */
  update() {
    const prize = this.#prize;
    this.foot.hidden = prize === null;
    this.body.ariaBusy = String(!prize && !this.#hasFailed);
    if (!prize) return redraw(this.body, ...(this.#hasFailed ? [empty("alert", t("prize"), t("prize_failed"))] : skeletons(2)));
    const isWaiting = prize.state === "waiting";
    redraw(
      this.body,
      this.#told ? note("bad", "alert", this.#told) : null,
      goodsBox(prize),
      isWaiting ? addressBox(this.model.book.chosen?.address ?? null, () => this.#openAddresses()) : null,
      note(prize.state === "claimed" || isWaiting ? "info" : "warn", isWaiting ? "clock" : "parcel", this.#words(prize)),
    );
    this.#showMain(prize);
  }

  /** @param {MyPrize} prize */
  #words({ state, claim_until_ms }) {
    return state === "waiting" ? t("prize_until", { time: dayTime(claim_until_ms, this.model.now()) }) : t(ENDS[state]);
  }

  /** @param {MyPrize} prize */
  #showMain({ state, order_id }) {
    const claim = this.model.book.chosen ? "prize_claim" : "prize_address";
    const text = t(state !== "waiting" ? (order_id ? "prize_order" : "prize_back") : this.#isAsking ? "prize_claiming" : claim);
    if (this.#main.textContent !== text) this.#main.textContent = text;
    this.#main.setAttribute("aria-disabled", String(this.#isAsking || (state === "waiting" && this.model.isOffline)));
  }

  #act() {
    if (this.#prize === null || this.#main.getAttribute("aria-disabled") === "true") return;
    const { state, order_id } = this.#prize;
    if (state === "waiting") return void (this.model.book.chosen ? this.#claim() : this.#openAddresses());
    if (order_id) return this.ways.replace({ name: "order", order_id });
    this.ways.close();
  }

  #openAddresses() {
    const hasSaved = (this.model.book.saved ?? []).length > 0;
    this.ways.go(hasSaved ? { name: "addresses" } : { name: "address", address_id: null });
  }

  async #claim() {
    [this.#isAsking, this.#told] = [true, ""];
    this.update();
    const campaign_id = this.#campaignId;
    const address_id = await this.#savedAddress();
    const outcome = address_id && (await this.model.api.write({ path: paths.claimPrize(campaign_id), body: { address_id }, key: newNonce() }));
    this.#isAsking = false;
    if (campaign_id !== this.#campaignId) return;
    if (!outcome || outcome.type === "unreachable") this.#told = t("prize_unsure");
    else if (outcome.type === "refused") this.#told = outcome.refusal.type === "expired" ? t("prize_late") : reasonOf(outcome.refusal, outcome.retry_s);
    else this.#prize = outcome.value.prize;
    this.update();
    if (outcome && outcome.type === "done" && this.#prize) await this.#showOrder(this.#prize.order_id);
    else await this.#load();
  }

  /** The shop's book must have the address: a guest's of an earlier visit is saved first. @returns {Promise<string | null>} */
  async #savedAddress() {
    const { chosen } = this.model.book;
    if (chosen !== null && chosen.address_id === null) await this.model.book.save(chosen.address, null);
    return this.model.book.chosen?.address_id ?? null;
  }

  /** @param {string} order_id */
  async #showOrder(order_id) {
    const outcome = await this.model.api.order(order_id);
    if (outcome.type === "done") this.model.notePlaced(outcome.value);
    if (this.element.isConnected && !this.element.hidden) this.ways.replace({ name: "order", order_id });
  }
}

/** What was won and waits, before the orders. @param {readonly MyPrize[]} prizes @param {number} now_ms @param {(campaign_id: string) => void} onClaim */
export function waitingPrizes(prizes, now_ms, onClaim) {
  if (prizes.length === 0) return null;
  const rows = prizes.map((prize) => {
    const claim = focusable(button("btn btn--s", [t("prizes_claim")], () => onClaim(prize.campaign_id)), `prize ${prize.campaign_id}`);
    claim.setAttribute("aria-label", `${t("prizes_claim")} ${prize.prize}`);
    const until = t("prizes_until", { time: dayTime(prize.claim_until_ms, now_ms) });
    return el("li", "inline", ...goodsRow(prize, until), claim);
  });
  return el("section", "box", el("h3", "box__title", t("prizes_waiting")), el("ul", "shop__list", ...rows));
}
