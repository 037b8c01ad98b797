/** What the shop's views know: products, address book, what the host explains, and whether the line holds. */

/** @import { Erasure, LegalName, Order, ProductRequest, ProductStock, ProviderOn, ShopProduct, ShopProducts, ShopSku } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { RoomCoupons } from "../campaigns/coupons/room-coupons.js" */

import { Auction } from "../campaigns/auction/auction.js";
import { FlashSale } from "../campaigns/flash_sale/flash-sale.js";
import { AddressStore } from "./address-store.js";
import { ShopApi } from "./shop-api.js";
import { cartOf, draftOf, forgetPurchase, hasBought, keepPurchase, outboxOf } from "./shop-storage.js";
import { stillLeft } from "./sku-choice.js";

/** A crowd that is told of a change at once does not ask for it at once. */
const ASK_WITHIN_MS = 1_500;

export class ShopModel {
  #tools;
  #isLost = false;
  #asking = 0;
  /** @type {ShopProducts | null} */
  listing = null;
  hasFailed = false;
  /** When the listing was read, in ms since 1970. */
  readAtMs = 0;
  /** The product on air, by its id in the room; empty for none. */
  explaining = "";
  /** @type {readonly ProductRequest[]} */
  requests = [];
  /** Which products this viewer asked the host to explain. @type {Set<string>} */
  requested = new Set();
  /** How many messages of the viewer's orders they have not read. */
  unread = 0;
  /** Which legal pages the shop has; null until it was read. @type {LegalName[] | null} */
  legal = null;
  /** Whether the EU's rules of selling at a distance hold: buyers withdraw within 14 days. */
  isInEu = false;
  /** Who takes online payments, the proposed one first; null until it was read. @type {ProviderOn[] | null} */
  providers = null;
  /** Where a bank transfer goes, in the shop's words; null until it was read. @type {string | null} */
  transferText = null;
  /** Which of them the buyer chose; empty for the first. */
  provider = "";
  /** The case of the withdrawal that was declared this moment. */
  withdrawn = "";
  /** The order that was placed this moment. @type {Order | null} */
  placed = null;
  /** What was erased of who used this page with an account a moment ago. @type {Erasure | null} */
  erased = null;
  /** What the room gives out; it hears of it by the room's card. */
  coupons;
  api;
  book;
  draft;
  outbox;
  cart;
  /** The flash sale of the room. */
  flash;
  /** The auction of the room. */
  auction;

  /** Called when something that views show has changed. */
  onChanged = () => {};
  /** Called when the cart changes, or how many messages are unread. */
  onBag = () => {};
  /** Called when the flash sale changes, and each second of it. */
  onFlash = () => {};

  /** @param {Tools} tools @param {RoomCoupons} coupons */
  constructor(tools, coupons) {
    const onChanged = () => this.onChanged();
    this.#tools = tools;
    this.coupons = coupons;
    this.api = new ShopApi(tools);
    this.draft = draftOf(tools.room);
    this.outbox = outboxOf(this.api, tools, onChanged);
    this.book = new AddressStore(this.api, this.outbox, tools, onChanged);
    this.cart = cartOf(tools.room, () => {
      this.onBag();
      this.onChanged();
    });
    this.flash = new FlashSale(
      () => tools.clock.now(),
      () => {
        this.onFlash();
        this.onChanged();
      },
    );
    this.auction = new Auction(tools, this.api);
    addEventListener("online", onChanged);
    addEventListener("offline", onChanged);
  }

  /** The account is gone: go on as a new guest. @param {Erasure} erasure */
  leaveAccount(erasure) {
    this.erased = erasure;
    this.#tools.comeBackAs(null);
  }

  /** Nothing can be paid while the line is down. */
  get isOffline() {
    return !navigator.onLine || this.#isLost;
  }

  /** The server's time, in ms since 1970. */
  now() {
    return this.#tools.clock.now() ?? Date.now();
  }

  /** @param {RoomEvent} event */
  apply(event) {
    this.flash.apply(event);
    this.auction.apply(event);
    switch (event.type) {
      case "snapshot":
        if (hasBought(this.#tools.room)) this.#countSoon();
        this.explaining = event.card?.product.product_id ?? "";
        this.requests = event.requests;
        break;
      case "card_shown":
        this.explaining = event.card.product.product_id;
        break;
      case "card_hidden":
        this.explaining = "";
        break;
      case "stock_changed":
        this.#takeStock(event.products);
        break;
      case "product_changed":
      case "products_changed":
        return this.#askSoon();
      default:
        return this.#applyToViewer(event);
    }
    this.onChanged();
  }

  /** @param {readonly ProductStock[]} changed */
  #takeStock(changed) {
    if (!this.listing) return;
    const told = new Map(changed.flatMap(({ skus }) => skus).map(({ sku_id, left }) => [sku_id, left]));
    const products = this.listing.products.map((product) => ({
      ...product,
      skus: product.skus.map((sku) => ({ ...sku, left: stillLeft(sku.left, told.get(sku.sku_id) ?? sku.left) })),
    }));
    this.listing = { ...this.listing, products };
  }

  /** @param {RoomEvent} event */
  #applyToViewer(event) {
    switch (event.type) {
      case "requests_changed":
        this.requests = event.requests;
        break;
      case "you_changed":
        this.requested = new Set(event.you.requested);
        break;
      case "order_changed":
        if (event.message_side === "shop") this.loadUnread();
        return;
      case "viewer_changed":
        this.requested = new Set();
        this.#showUnread(0);
        forgetPurchase(this.#tools.room);
        this.book.forget();
        this.outbox.drop();
        this.draft.clear();
        break;
      case "account_changed":
        // Who signs out leaves nothing for the next one; a guest who signs in keeps it.
        if (event.account_name === "" && !this.book.isGuest) this.cart.clear();
        this.book.isGuest = event.account_name === "";
        if (event.account_name !== "") this.#countSoon();
        break;
      case "connection_changed":
        this.#isLost = event.state === "lost";
        if (event.state === "open" && this.listing) this.#askSoon();
        break;
      default:
        return;
    }
    this.onChanged();
  }

  /** Read the listing again. */
  async load() {
    const outcome = await this.api.products();
    this.hasFailed = outcome.type !== "done";
    if (outcome.type === "done") {
      this.listing = outcome.value;
      this.readAtMs = Date.now();
    }
    this.onChanged();
  }

  async loadUnread() {
    const outcome = await this.api.unread();
    if (outcome.type !== "done" || outcome.value.unread === this.unread) return;
    this.#showUnread(outcome.value.unread);
    this.onChanged();
  }

  /** @param {number} unread */
  #showUnread(unread) {
    this.unread = unread;
    this.onBag();
  }

  /** A crowd that comes back at once does not ask at once; who never bought here has no thread. */
  #countSoon() {
    window.setTimeout(() => this.loadUnread(), Math.random() * ASK_WITHIN_MS);
  }

  /** An order was placed this moment. @param {Order} order */
  notePlaced(order) {
    this.placed = order;
    keepPurchase(this.#tools.room);
  }

  /** Once: it hardly ever changes. */
  async loadLegal() {
    if (this.legal) return;
    const outcome = await this.api.legalNames();
    if (outcome.type !== "done") return;
    this.legal = outcome.value.names;
    this.isInEu = outcome.value.profile === "EU";
    this.onChanged();
  }

  async loadProviders() {
    const outcome = await this.api.paymentMethods();
    if (outcome.type !== "done") return;
    this.providers = outcome.value.providers;
    this.transferText = outcome.value.transfer_text;
    this.onChanged();
  }

  /** Only who has looked at the shop hears of its changes. */
  #askSoon() {
    if (!this.listing || this.#asking) return;
    this.#asking = window.setTimeout(() => {
      this.#asking = 0;
      this.load();
    }, Math.random() * ASK_WITHIN_MS);
  }

  /** @param {string} spu_id */
  productOf(spu_id) {
    return this.listing?.products.find((product) => product.spu_id === spu_id);
  }

  /** @param {string} sku_id @returns {{ product: ShopProduct, sku: ShopSku } | undefined} */
  skuOf(sku_id) {
    for (const product of this.listing?.products ?? []) {
      const sku = product.skus.find((one) => one.sku_id === sku_id);
      if (sku) return { product, sku };
    }
    return undefined;
  }

  /** The shop's product that the room's cards call by this id: a shop of several rooms puts the room before it. @param {string} product_id */
  productOfCard(product_id) {
    return this.productOf(product_id) ?? this.productOf(`${this.#tools.room}:${product_id}`);
  }

  /** @param {ShopProduct} product */
  isExplained(product) {
    return this.explaining !== "" && this.productOfCard(this.explaining) === product;
  }

  /** What the room calls a product. @param {ShopProduct} product */
  roomIdOf({ spu_id }) {
    const prefix = `${this.#tools.room}:`;
    return spu_id.startsWith(prefix) ? spu_id.slice(prefix.length) : spu_id;
  }

  /** Whether the viewer is old enough for coins: asked once. */
  async askAge() {
    const { askAge } = await import("../core/age-dialog.js");
    return askAge(this.#tools);
  }

  /** Ask the host to explain a product; whether the room took it. @param {ShopProduct} product */
  async request(product) {
    const product_id = this.roomIdOf(product);
    const answer = await this.#tools.act({ type: "request_product", product_id });
    const isAsked = answer.type === "accepted" || (answer.type === "rejected" && answer.reason === "already");
    if (isAsked) this.requested.add(product_id);
    this.onChanged();
    return isAsked;
  }
}
