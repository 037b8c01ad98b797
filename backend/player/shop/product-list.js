/** The room's products in the host's order, with their spoken numbers. */

/** @import { ShopProduct } from "../core/protocol.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { CouponGoods, View } from "./view-history.js" */

import { cartTool } from "./cart-tool.js";
import { legalLinks } from "./legal-links.js";
import { clockTime } from "./times.js";
import { button, dotted, el, empty, focusable, note, price, redraw, skeletons, thumb, tool, was } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { leftOf } from "./sku-choice.js";

/** From more products than this one is looked for by its name. */
const SEARCH_FROM = 9;
/** So many rows fill a tall screen; of a long list the others follow, so many a frame. */
const AT_ONCE = 16;
const A_FRAME = 16;
/** Up to here the number of units says something; above, only that there are some. */
export const FEW = 9;

export class ProductList extends SheetView {
  #count = el("span", "shop__count");
  #cart = el("span", "shop__cart");
  #orders = el("span", "");
  #coupons = el("span", "");
  /** Only what a coupon is for is listed. @type {CouponGoods | null} */
  #only = null;
  #search = el("input", "shop__search");
  #rows = el("div", "shop__rows");
  /** The row of a product, and what it shows. @type {Map<string, { of: string, row: HTMLElement }>} */
  #made = new Map();
  #laid = AT_ONCE;
  #coming = 0;

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("shop"));
    this.resize("half");
    this.title.after(this.#count);
    this.#search.type = "search";
    this.#search.placeholder = t("search");
    this.#search.setAttribute("aria-label", t("search"));
    this.#search.oninput = () => this.update();
    this.#search.hidden = true;
    this.body.append(this.#search, this.#rows);
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, { hasWayBack }) {
    this.#only = view.name === "products" ? (view.coupon ?? null) : null;
    this.layHead(hasWayBack, this.#coupons, this.#orders, this.#cart);
    this.title.after(this.#count);
    this.update();
    this.model.load();
    this.model.loadLegal();
    this.model.loadUnread();
  }

  #ordersTool() {
    const isNew = this.model.unread > 0;
    const orders = focusable(tool("orders", t(isNew ? "orders_unread" : "orders"), () => this.ways.go({ name: "orders" })), "orders");
    return isNew ? dotted(orders) : orders;
  }

  /** @override */
  update() {
    const { listing, hasFailed, isOffline } = this.model;
    const all = listing?.products ?? [];
    const products = this.#only ? all.filter(({ spu_id }) => this.#only?.spu_ids.includes(spu_id)) : all;
    redraw(this.#coupons, focusable(tool("ticket", t("coupons_title"), () => this.ways.go({ name: "coupons" })), "coupons"));
    redraw(this.#orders, this.#ordersTool());
    redraw(this.#cart, cartTool(this.model, this.ways));
    this.#count.textContent = listing ? t("shop_count", { count: products.length }) : "";
    this.#search.hidden = products.length < SEARCH_FROM;
    this.body.ariaBusy = String(!listing && !hasFailed);
    if (!listing) return redraw(this.#rows, ...(hasFailed ? [this.#failure()] : skeletons(5)));
    if (products.length === 0) return redraw(this.#rows, empty("bag", t("empty_title"), t("empty_hint")));
    const told = isOffline ? note("warn", "offline", t("offline_list", { time: clockTime(this.model.readAtMs) })) : null;
    const found = products.filter((product) => isMeant(product, this.#search.value));
    if (found.length === 0) return redraw(this.#rows, told, empty("bag", t("search_none"), t("search_none_hint")));
    redraw(this.#rows, told, this.#onlyNote(), this.#list(found, listing.currency), legalLinks(this.model));
  }

  /** As long as it was at once, so that its scroll stays where it is. @param {ShopProduct[]} products @param {string} currency */
  #list(products, currency) {
    cancelAnimationFrame(this.#coming);
    const list = el("ul", "shop__list");
    /** @param {number} count */
    const lay = (count) => {
      const from = list.childElementCount;
      list.append(...products.slice(from, from + count).map((product) => this.#kept(product, currency)));
      this.#laid = Math.max(this.#laid, from + count);
      if (list.childElementCount < products.length) this.#coming = requestAnimationFrame(() => lay(A_FRAME));
    };
    lay(this.#laid);
    return list;
  }

  /** A row is made again when it shows something else. @param {ShopProduct} product @param {string} currency */
  #kept(product, currency) {
    const of = JSON.stringify([product, currency, this.model.isExplained(product), this.#asked(product), t("buy")]);
    const made = this.#made.get(product.spu_id);
    if (made?.of === of) return made.row;
    const row = this.#row(product, currency);
    this.#made.set(product.spu_id, { of, row });
    return row;
  }

  /** Says which products these are, with the way to all of them. */
  #onlyNote() {
    if (!this.#only) return null;
    const all = focusable(button("btn btn--s btn--line", [t("coupons_all_products")], () => this.ways.replace({ name: "products" })), "all products");
    return el("div", "box box--row", el("span", "grow t14", t("coupons_only", { title: this.#only.title })), all);
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.model.load()));
  }

  /** @param {ShopProduct} product @param {string} currency */
  #row(product, currency) {
    const isExplained = this.model.isExplained(product);
    const isSoldOut = leftOf(product) === 0;
    const open = () => this.ways.go({ name: "product", spu_id: product.spu_id });
    const buy = focusable(button(buttonClass(isSoldOut, isExplained), [t(isSoldOut ? "look" : "buy")], open), product.spu_id);
    buy.setAttribute("aria-label", `${buy.textContent} ${t("number", { number: product.number })} ${product.title}`);
    const row = el(
      "li",
      `goods${isExplained ? " goods--now" : ""}${isSoldOut ? " goods--gone" : ""}`,
      numbered(product, isExplained, isSoldOut),
      el(
        "div",
        "goods__body",
        el("h3", "goods__title two", product.title),
        this.#meta(product, isExplained),
        el("div", "goods__foot", pricesOf(product, currency, isSoldOut), buy),
      ),
    );
    // The whole row is the button's to a finger; the keyboard has the button.
    row.onclick = ({ target }) => target !== buy && open();
    return row;
  }

  /** @param {ShopProduct} product @param {boolean} isExplained */
  #meta(product, isExplained) {
    const asked = this.#asked(product);
    return el(
      "p",
      "goods__meta",
      isExplained ? beat() : null,
      stockText(leftOf(product)),
      asked > 0 ? el("span", "", t("asked_by", { count: asked })) : null,
    );
  }

  /** How many ask to hear about it. @param {ShopProduct} product */
  #asked(product) {
    const room_id = this.model.roomIdOf(product);
    return this.model.requests.find(({ product_id }) => product_id === room_id)?.count ?? 0;
  }
}

/** How many are left, exactly where few are. @param {number} left */
export function stockText(left) {
  if (left <= 0) return el("span", "", t("sold_out"));
  return left <= FEW ? el("span", "c-warn strong", t("few_left", { count: left })) : el("span", "", t("in_stock"));
}

/** The sign of the product on air. */
export function beat() {
  const bars = el("span", "beat__bars", el("i", ""), el("i", ""), el("i", ""));
  bars.ariaHidden = "true";
  return el("span", "beat", bars, t("explaining"));
}

/** @param {ShopProduct} product @param {boolean} isExplained @param {boolean} isSoldOut */
function numbered(product, isExplained, isSoldOut) {
  const box = thumb(product.images[0]);
  box.append(el("span", `thumb__no${isExplained ? " thumb__no--now" : ""}`, t("number", { number: product.number })));
  if (isSoldOut) box.append(el("span", "thumb__veil", el("span", "", t("sold_out_short"))));
  return box;
}

/** @param {ShopProduct} product @param {string} currency @param {boolean} isSoldOut */
function pricesOf({ skus }, currency, isSoldOut) {
  const prices = skus.map(({ price_minor }) => price_minor);
  const least = Math.min(...prices);
  const reference = skus.find(({ price_minor }) => price_minor === least)?.reference_minor ?? null;
  const isRange = Math.max(...prices) > least;
  return el(
    "span",
    "goods__prices",
    price(least, currency, isSoldOut ? "price price--off" : "price"),
    isRange ? el("span", "goods__from t12 dimmer", t("from_price")) : null,
    reference !== null && reference > least ? was(reference, currency) : null,
  );
}

/** @param {boolean} isSoldOut @param {boolean} isExplained */
function buttonClass(isSoldOut, isExplained) {
  if (isSoldOut) return "btn btn--s btn--line";
  return isExplained ? "btn btn--s" : "btn btn--s btn--soft";
}

/** Whether a product is the one looked for, by its number or by words of its title. @param {ShopProduct} product @param {string} words */
export function isMeant({ number, title }, words) {
  const wanted = words.trim().toLowerCase();
  return String(number) === wanted || wanted.split(/\s+/).every((word) => title.toLowerCase().includes(word));
}
