/** One product: its pictures, the choice of a SKU and how many of it. */

/** @import { ShopProduct, ShopSku } from "../core/protocol.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */
/** @import { Choice } from "./sku-choice.js" */

import { flashBand, flashLeft } from "../campaigns/flash_sale/flash-band.js";
import { t as flashText } from "../campaigns/flash_sale/texts.js";
import { cartTool } from "./cart-tool.js";
import { gallery } from "./gallery.js";
import { listPrice } from "./money.js";
import { button, el, empty, focusable, note, price, redraw, skeletons, stepper, was } from "./parts.js";
import { beat, stockText } from "./product-list.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { choiceOf, firstOf, mostOf, skuOf, specText } from "./sku-choice.js";
import { skuPicker } from "./sku-picker.js";

export class ProductDetail extends SheetView {
  #spuId = "";
  /** @type {Choice | null} */
  #choice = null;
  #quantity = 1;
  #shownImages = "";
  #gallery = el("div", "shop__pictures");
  #parts = el("div", "shop__parts");
  #told = el("div", "shop__parts");

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, "");
    this.body.append(this.#gallery, this.#told, this.#parts);
    this.element.classList.add("shop__view--pictures");
    // Over the pictures the buttons stand alone; what scrolls below them needs a ground.
    this.body.onscroll = () => this.head.classList.toggle("is-over", this.body.scrollTop > this.#gallery.offsetHeight - this.head.offsetHeight);
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, { hasWayBack }) {
    if (view.name !== "product") return;
    this.layHead(hasWayBack);
    this.#isAdded = false;
    const isOtherSku = view.sku_id !== undefined && view.sku_id !== this.#wantedSku;
    if (this.#spuId !== view.spu_id || isOtherSku) {
      this.#spuId = view.spu_id;
      this.body.scrollTop = 0;
      this.#choice = null;
      this.#quantity = view.quantity ?? 1;
      this.#take(view.sku_id);
    }
    this.update();
    this.model.load();
  }

  /** A choice of before a reload. @param {string | undefined} sku_id */
  #take(sku_id) {
    const found = sku_id ? this.model.skuOf(sku_id) : undefined;
    if (found) this.#choice = choiceOf(found.sku);
    this.#wantedSku = sku_id;
  }

  /** @type {string | undefined} */
  #wantedSku;
  /** Whether what is shown was put into the cart just now. */
  #isAdded = false;

  /** @override */
  update() {
    const { listing, hasFailed } = this.model;
    const product = this.model.productOf(this.#spuId);
    this.body.ariaBusy = String(!listing && !hasFailed);
    if (product && listing) return this.#show(product, listing.currency);
    this.#gallery.replaceChildren();
    this.#shownImages = "";
    this.layFoot();
    if (listing) redraw(this.#parts, empty("bag", t("gone_product"), t("gone_product_hint"), this.#others()));
    else redraw(this.#parts, ...(hasFailed ? [this.#failure()] : skeletons(3)));
  }

  #others() {
    return button("btn btn--line", [t("other_products")], () => this.ways.replace({ name: "products" }));
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.model.load()));
  }

  /** @param {ShopProduct} product @param {string} currency */
  #show(product, currency) {
    const sku = this.#chosen(product);
    if (!sku) return;
    this.#quantity = Math.min(Math.max(1, this.#quantity), Math.max(1, this.#most(sku)));
    this.title.textContent = product.title;
    this.#showPictures(product);
    redraw(
      this.#parts,
      this.#summary(product, sku, currency),
      el(
        "div",
        "box",
        ...skuPicker(product.skus, this.#choice ?? {}, (choice) => this.#choose(product, choice)),
        this.#stepper(sku),
      ),
      product.description ? el("div", "box", el("h3", "box__title", t("description")), el("p", "shop__prose", product.description)) : null,
    );
    this.#layButtons(product, sku, currency);
  }

  /** @param {ShopProduct} product @returns {ShopSku | undefined} */
  #chosen(product) {
    const wanted = product.skus.find(({ sku_id }) => sku_id === this.#wantedSku);
    const first = wanted ?? firstOf(product.skus);
    if (!this.#choice && first) this.#choice = choiceOf(first);
    return skuOf(product.skus, this.#choice ?? {}) ?? first;
  }

  /** The pictures stay where they were swiped to. @param {ShopProduct} product */
  #showPictures({ images }) {
    const shown = images.join("\n");
    if (shown === this.#shownImages && this.#gallery.hasChildNodes()) return;
    this.#shownImages = shown;
    this.#gallery.replaceChildren(gallery(images));
  }

  /** @param {ShopProduct} product @param {ShopSku} sku @param {string} currency */
  #summary(product, sku, currency) {
    const offer = this.#offer(sku);
    const { price_minor, reference_minor } = offer ?? sku;
    const isReduced = reference_minor !== null && reference_minor > price_minor;
    const inSale = this.model.flash.offerOf(sku.sku_id);
    return el(
      "div",
      "box",
      inSale ? flashBand(this.model.flash) : null,
      el(
        "p",
        "shop__price",
        price(price_minor, currency, "price price--l"),
        isReduced ? was(reference_minor ?? 0, currency) : null,
        offer ? null : el("span", "end t13 dim", stockText(sku.left)),
      ),
      inSale ? flashLeft(inSale) : null,
      inSale ? el("p", "t12 dim", this.#saleTerms(inSale.left > 0)) : null,
      el(
        "p",
        "inline",
        el("span", "tag tag--grey", t("number", { number: product.number })),
        this.model.isExplained(product) ? beat() : this.#asker(product),
      ),
      el("p", "shop__name", product.title),
    );
  }

  /** What the SKU costs in the flash sale, while there is some left. @param {ShopSku} sku */
  #offer(sku) {
    const offer = this.model.flash.offerOf(sku.sku_id);
    return offer && offer.left > 0 ? offer : null;
  }

  /** @param {boolean} hasLeft */
  #saleTerms(hasLeft) {
    if (!hasLeft) return flashText("flash_gone_hint");
    const { perBuyer, isWaiting } = this.model.flash;
    const limit = perBuyer === Infinity ? [] : [flashText("flash_limit", { count: perBuyer })];
    return [...limit, flashText("flash_five_minutes"), ...(isWaiting ? [flashText("flash_one_start")] : [])].join(" · ");
  }

  /** How many can be bought at the price that is shown. @param {ShopSku} sku */
  #most(sku) {
    const offer = this.#offer(sku);
    return offer ? Math.min(offer.left, this.model.flash.perBuyer, sku.limit_per_buyer ?? Infinity) : mostOf(sku);
  }

  /** @param {ShopProduct} product @param {Choice} choice */
  #choose(product, choice) {
    this.#choice = choice;
    this.#wantedSku = skuOf(product.skus, choice)?.sku_id;
    this.#remember();
  }

  /** @param {ShopSku} sku */
  #stepper(sku) {
    const limit = sku.limit_per_buyer;
    return el(
      "div",
      "inline",
      el("div", "", el("h3", "box__title", t("quantity")), limit === null ? null : el("p", "t12 dimmer", t("quantity_limit", { count: limit }))),
      stepper({ count: this.#quantity, least: 1, most: this.#most(sku), name: "", words: { less: t("quantity_less"), more: t("quantity_more") }, onChanged: (by) => this.#count(by) }),
    );
  }

  /** @param {number} by */
  #count(by) {
    this.#quantity += by;
    this.#remember();
  }

  /** A reload finds the choice again. */
  #remember() {
    this.#isAdded = false;
    this.update();
    const sku_id = this.#wantedSku;
    this.ways.remember({ name: "product", spu_id: this.#spuId, quantity: this.#quantity, ...(sku_id ? { sku_id } : {}) });
  }

  /** @param {ShopProduct} product @param {ShopSku} sku @param {string} currency */
  #layButtons(product, sku, currency) {
    const offer = this.#offer(sku);
    const isSoldOut = sku.left <= 0 && !offer;
    const total = listPrice((offer ?? sku).price_minor * this.#quantity, currency);
    const words = offer ? flashText(this.model.flash.isWaiting ? "flash_prepare" : "flash_grab", { price: total, amount: total }) : t("buy_now", { price: total });
    const buy = button("btn btn--wide", [isSoldOut ? t("sold_out") : words], () => this.#buy(sku));
    buy.disabled = isSoldOut;
    redraw(this.#told, isSoldOut && product.skus.length > 1 ? note("info", "alert", t("sku_sold_out", { specs: specText(sku.specs) })) : null);
    const add = button("btn btn--wide btn--soft", [t(this.#isAdded ? "cart_added" : "cart_add")], () => this.#add(product, sku));
    add.disabled = isSoldOut;
    this.layFoot(cartTool(this.model, this.ways), focusable(add, "add"), focusable(buy, "buy"));
  }

  /** @param {ShopProduct} product */
  #asker(product) {
    const isAsked = this.model.requested.has(this.model.roomIdOf(product));
    const ask = button("btn btn--s btn--line end shop__ask", [t(isAsked ? "asked" : "ask")], () => this.#ask(product));
    ask.disabled = isAsked;
    return focusable(ask, "ask");
  }

  /** @param {ShopProduct} product */
  async #ask(product) {
    if (!(await this.model.request(product))) redraw(this.#told, note("warn", "alert", t("ask_failed")));
  }

  /** @param {ShopProduct} product @param {ShopSku} sku */
  #add({ spu_id, title }, sku) {
    const line = { sku_id: sku.sku_id, spu_id, title, specs: specText(sku.specs), quantity: this.#quantity };
    this.#isAdded = this.model.cart.add(line, mostOf(sku));
    this.update();
    redraw(this.#told, this.#isAdded ? note("ok", "check", t("cart_added")) : note("warn", "alert", t("cart_full")));
  }

  /** @param {ShopSku} sku */
  #buy(sku) {
    this.ways.go({ name: "checkout", lines: [{ sku_id: sku.sku_id, quantity: this.#quantity }] });
  }
}
