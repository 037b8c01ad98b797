/** The cart: what can be bought of it now, what cannot, and the way to a checkout of all that is chosen. */

/** @import { ShopProduct, ShopSku } from "../core/protocol.js" */
/** @import { CartLine } from "./cart.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { listPrice } from "./money.js";
import { button, el, empty, focusable, note, price, redraw, skeletons, stepper, thumb, tool } from "./parts.js";
import { stockText } from "./product-list.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { mostOf, specText } from "./sku-choice.js";
import { clockTime } from "./times.js";

/** A line that can be bought, and how many of it. @typedef {{ line: CartLine, product: ShopProduct, sku: ShopSku, quantity: number }} Offer */

export class CartView extends SheetView {
  #count = el("span", "shop__count");
  #undo = el("div", "cart__undo");

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("cart"));
    this.resize("half");
    this.#undo.setAttribute("role", "status");
    this.foot.before(this.#undo);
  }

  /** @override @param {View} _view @param {{ hasWayBack: boolean }} place */
  enter(_view, { hasWayBack }) {
    this.layHead(hasWayBack, tool("orders", t("orders"), () => this.ways.go({ name: "orders" })));
    this.title.after(this.#count);
    this.update();
    this.model.load();
  }

  /** @override */
  update() {
    const { listing, hasFailed, cart, isOffline } = this.model;
    this.#count.textContent = cart.count > 0 ? String(cart.count) : "";
    this.body.ariaBusy = String(!listing && !hasFailed);
    redraw(this.#undo, ...(cart.canUndo ? [t("cart_removed"), focusable(button("link", [t("cart_undo")], () => cart.undo()), "undo")] : []));
    if (cart.lines.length === 0) return this.#show([empty("bag", t("cart_empty"), t("cart_empty_hint"), this.#toShop())], []);
    if (!listing) return this.#show(hasFailed ? [this.#failure()] : skeletons(3), []);
    const offers = this.#offers();
    const rest = cart.lines.filter((line) => !offers.some((offer) => offer.line === line));
    const told = isOffline ? note("warn", "offline", t("offline_list", { time: clockTime(this.model.readAtMs) })) : null;
    this.#show([told, this.#offersBox(offers, listing.currency), this.#restBox(rest)], offers);
  }

  /** @param {import("./parts.js").Child[]} content @param {Offer[]} offers */
  #show(content, offers) {
    redraw(this.body, ...content);
    this.#layFoot(offers);
  }

  /** @returns {Offer[]} */
  #offers() {
    return this.model.cart.lines.flatMap((line) => {
      const found = this.model.skuOf(line.sku_id);
      return found && found.sku.left > 0 ? [{ line, ...found, quantity: Math.min(line.quantity, mostOf(found.sku)) }] : [];
    });
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.model.load()));
  }

  #toShop() {
    return button("btn", [t("cart_to_shop")], () => this.ways.replace({ name: "products" }));
  }

  /** @param {Offer[]} offers @param {string} currency */
  #offersBox(offers, currency) {
    if (offers.length === 0) return null;
    return el("div", "box", el("ul", "shop__list cart__list", ...offers.map((offer) => this.#offer(offer, currency))));
  }

  /** @param {Offer} offer @param {string} currency */
  #offer({ line, product, sku, quantity }, currency) {
    const { cart } = this.model;
    const { sku_id } = line;
    const { title } = product;
    const open = () => this.ways.go({ name: "product", spu_id: product.spu_id, sku_id, quantity });
    const words = { less: t("cart_less", { title }), more: t("cart_more", { title }) };
    const steps = stepper({ count: quantity, least: 1, most: mostOf(sku), name: sku_id, words, onChanged: (by) => cart.setQuantity(sku_id, quantity + by) });
    const few = stockText(sku.left);
    return el(
      "li",
      "inline cart__row",
      check(t("cart_choose", { title }), line.isChosen, `choose ${sku_id}`, (isOn) => cart.choose([sku_id], isOn)),
      thumb(product.images[0], "thumb thumb--m"),
      el(
        "div",
        "grow stack cart__words",
        el("div", "inline", focusable(button("grow cart__title one", [title], open), `open ${sku_id}`), this.#remover(line, title)),
        el("p", "t12 dimmer one", specText(sku.specs)),
        few.className ? el("p", "t12", few) : null,
        el("div", "inline cart__foot", price(sku.price_minor, currency, "price price--s"), steps),
      ),
    );
  }

  /** @param {CartLine} line @param {string} title */
  #remover({ sku_id }, title) {
    const remove = tool("trash", t("cart_remove", { title }), () => this.model.cart.remove([sku_id]));
    remove.classList.add("cart__remove");
    return focusable(remove, `remove ${sku_id}`);
  }

  /** Sold out, or off the shelf. @param {CartLine[]} rest */
  #restBox(rest) {
    if (rest.length === 0) return null;
    const clear = button("link end", [t("cart_off_clear")], () => this.model.cart.remove(rest.map(({ sku_id }) => sku_id)));
    return el(
      "div",
      "box",
      el("div", "inline", el("h3", "box__title", t("cart_off")), focusable(clear, "clear")),
      el("ul", "shop__list cart__list", ...rest.map((line) => this.#restRow(line))),
    );
  }

  /** @param {CartLine} line */
  #restRow(line) {
    const found = this.model.skuOf(line.sku_id);
    const title = found?.product.title ?? line.title;
    const specs = found ? specText(found.sku.specs) : line.specs;
    const why = t(found ? "sold_out" : "cart_gone");
    return el(
      "li",
      "inline cart__row cart__row--off",
      thumb(found?.product.images[0], "thumb thumb--m"),
      el("div", "grow stack cart__words", el("div", "inline", el("p", "grow t14 dimmer one", title), this.#remover(line, title)), el("p", "t12 dimmer one", specs), el("p", "t12 dim", why)),
    );
  }

  /** @param {Offer[]} offers */
  #layFoot(offers) {
    const currency = this.model.listing?.currency ?? "";
    if (offers.length === 0) return this.layFoot();
    const chosen = offers.filter(({ line }) => line.isChosen);
    const total = chosen.reduce((sum, { sku, quantity }) => sum + sku.price_minor * quantity, 0);
    const ids = offers.map(({ line }) => line.sku_id);
    const all = check(t("cart_all"), chosen.length === offers.length, "all", (isOn) => this.model.cart.choose(ids, isOn));
    all.append(el("span", "t13 dim", t("cart_all")));
    const count = chosen.reduce((sum, { quantity }) => sum + quantity, 0);
    const words = this.model.isOffline ? t("waiting_network") : count > 0 ? t("cart_check_out", { count }) : t("cart_none_chosen");
    const go = focusable(button("btn", [words], () => this.#checkOut(chosen)), "check_out");
    go.disabled = count === 0 || this.model.isOffline;
    this.layFoot(all, el("span", "grow stack stack--end cart__sum", el("span", "", `${t("cart_sum")} `, el("b", "c-price", listPrice(total, currency))), el("span", "t12 dimmer", t("cart_sum_hint"))), go);
  }

  /** @param {Offer[]} chosen */
  #checkOut(chosen) {
    const lines = chosen.map(({ line, quantity }) => ({ sku_id: line.sku_id, quantity }));
    this.ways.go({ name: "checkout", lines, isFromCart: true });
  }
}

/** @param {string} label @param {boolean} isOn @param {string} name @param {(isOn: boolean) => void} onChanged */
function check(label, isOn, name, onChanged) {
  const input = focusable(el("input", ""), name);
  input.type = "checkbox";
  input.checked = isOn;
  input.setAttribute("aria-label", label);
  input.onchange = () => onChanged(input.checked);
  return el("label", "check", input);
}
