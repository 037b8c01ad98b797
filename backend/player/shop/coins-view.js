/** Coins: what the viewer has, packages to buy more, and what came and went. */

/** @import { CoinMove, CoinShop, Order, PaymentMethod } from "../core/protocol.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Outcome } from "./shop-api.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View, WantedGift } from "./view-history.js" */

import { coinText } from "../core/coins.js";
import { methodBox } from "./checkout-parts.js";
import { movesBox, packagesBox, walletBox } from "./coin-parts.js";
import { listPrice } from "./money.js";
import { button, empty, focusable, note, redraw, skeletons } from "./parts.js";
import { reasonOf } from "./refusal-note.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";

const WRITE = "coins";

export class CoinsView extends SheetView {
  /** @type {CoinShop | null} */
  #shop = null;
  #hasFailed = false;
  /** @type {CoinMove[]} */
  #moves = [];
  /** @type {number | null} */
  #next = null;
  /** How many coins are chosen; 0 before there is any package. */
  #chosen = 0;
  /** @type {PaymentMethod} */
  #method = "online";
  /** The gift that was too dear. @type {WantedGift | null} */
  #gift = null;
  #told = "";

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("coins_title"));
    this.scrollByKeys();
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    if (view.name !== "coins") return;
    this.#gift = view.gift;
    this.update();
    this.#begin();
  }

  /** @override */
  leave() {
    this.#told = "";
  }

  /** An order that had no answer when the page was left is asked for again by its own key. */
  async #begin() {
    if (this.model.providers === null) this.model.loadProviders();
    await this.#load();
    const resumed = this.model.outbox.resume(WRITE);
    if (resumed) this.#onAnswered(await resumed);
  }

  async #load() {
    const [shop, moves] = await Promise.all([this.model.api.coins(), this.model.api.coinHistory(null)]);
    this.#hasFailed = shop.type !== "done" && !this.#shop;
    if (shop.type === "done") this.#take(shop.value);
    if (moves.type === "done") [this.#moves, this.#next] = [moves.value.moves, moves.value.next];
    this.update();
  }

  /** The smallest package that is enough for the gift is chosen, unless another one was. @param {CoinShop} shop */
  #take(shop) {
    this.#shop = shop;
    if (!shop.methods.includes(this.#method)) this.#method = shop.methods[0] ?? "online";
    if (shop.packages.some(({ coins }) => coins === this.#chosen)) return;
    const enough = shop.packages.find(({ coins }) => coins >= this.#missing(shop));
    this.#chosen = (enough ?? shop.packages.at(-1))?.coins ?? 0;
  }

  /** @param {CoinShop} shop */
  #missing(shop) {
    return Math.max(0, (this.#gift?.coins ?? 0) - shop.coins);
  }

  async #loadEarlier() {
    const outcome = await this.model.api.coinHistory(this.#next);
    if (outcome.type !== "done") return;
    this.#moves = [...this.#moves, ...outcome.value.moves];
    this.#next = outcome.value.next;
    this.update();
  }

  get #package() {
    return this.#shop?.packages.find(({ coins }) => coins === this.#chosen);
  }

  async #buy() {
    const [shop, wanted] = [this.#shop, this.#package];
    if (!shop || !wanted) return;
    this.#told = "";
    if (!shop.has_confirmed_age && !(await this.model.askAge())) {
      this.#told = t("coins_age", { age: shop.age });
      return this.update();
    }
    this.#onAnswered(await this.model.outbox.send(WRITE, paths.buyCoins(), { ...wanted, method: this.#method }));
  }

  /** @param {Outcome<Order>} outcome */
  #onAnswered(outcome) {
    // Who went on meanwhile finds the order among theirs.
    if (this.element.hidden || !this.element.isConnected) return;
    if (outcome.type === "done") {
      this.model.notePlaced(outcome.value);
      return this.ways.replace({ name: "payment", order_id: outcome.value.order_id, attempt_id: null, gift: this.#gift });
    }
    if (outcome.type === "refused") {
      const { refusal, retry_s } = outcome;
      if (refusal.type === "package_gone") this.#told = t("coins_gone");
      else if (refusal.type === "age_unconfirmed") this.#told = t("coins_age", { age: this.#shop?.age ?? 18 });
      else this.#told = refusal.type === "unpaid_limit" ? t("coins_unpaid") : reasonOf(refusal, retry_s);
    }
    this.#load();
  }

  /** @override */
  update() {
    const shop = this.#shop;
    this.body.ariaBusy = String(!shop && !this.#hasFailed);
    if (!shop) {
      this.layFoot();
      return redraw(this.body, ...(this.#hasFailed ? [this.#failure()] : skeletons(3)));
    }
    const missing = this.#missing(shop);
    redraw(
      this.body,
      this.model.isOffline ? note("warn", "offline", t("offline_orders")) : null,
      this.#told ? note("warn", "alert", this.#told) : null,
      walletBox(shop.coins),
      this.#gift && missing > 0 ? note("info", "alert", t("coins_missing", { gift: this.#gift.name, coins: coinText(missing) })) : null,
      ...(shop.is_on ? this.#offer(shop) : [note("info", "alert", t("coins_off"))]),
      movesBox(this.#moves, this.model.now(), this.#next === null ? null : () => this.#loadEarlier()),
    );
    this.#layButtons(shop);
  }

  /** @param {CoinShop} shop */
  #offer(shop) {
    return [
      packagesBox(shop, this.#chosen, (coins) => this.#choose(coins)),
      this.model.book.isGuest ? note("info", "safe", t("coins_guest")) : null,
      methodBox(this.#method, shop.methods, this.model, (method, provider) => {
        this.#method = method;
        this.model.provider = provider;
        this.update();
      }, (method) => t(method === "transfer" ? "coins_by_transfer" : "coins_by_online")),
    ];
  }

  /** @param {number} coins */
  #choose(coins) {
    this.#chosen = coins;
    this.#told = "";
    this.update();
  }

  /** @param {CoinShop} shop */
  #layButtons(shop) {
    const wanted = this.#package;
    if (!wanted) return this.layFoot();
    const isSending = this.model.outbox.isPending(WRITE);
    const words = isSending ? t("coins_sending") : this.model.isOffline ? t("waiting_network") : t("coins_buy", { price: listPrice(wanted.price_minor, shop.currency) });
    const pay = button("btn btn--wide shop__pay", [words], () => this.#buy());
    pay.disabled = isSending || this.model.isOffline;
    this.layFoot(focusable(pay, "pay"));
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.#load()));
  }
}
