/** The shop over the room: one dialog, its views one after the other, the video beside or above it going on. */

/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Wanted } from "./comment-buy.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { SheetView, Ways } from "./sheet-view.js" */
/** @import { Place, View, WantedGift } from "./view-history.js" */

import { AuctionView } from "../campaigns/auction/auction-view.js";
import { PrizeView } from "../campaigns/draw/prize-view.js";
import { find } from "../core/dom.js";
import { AddressForm } from "./address-form.js";
import { AddressList } from "./address-list.js";
import { CartView } from "./cart-view.js";
import { CaseDetail } from "./case-detail.js";
import { CaseForm } from "./case-form.js";
import { Checkout } from "./checkout.js";
import { CoinsView } from "./coins-view.js";
import { CouponsView } from "./coupons-view.js";
import { MyData } from "./my-data.js";
import { OrderDetail } from "./order-detail.js";
import { OrderFinder } from "./order-finder.js";
import { OrderThread } from "./order-thread.js";
import { Orders } from "./orders.js";
import { Payment } from "./payment.js";
import { ProductDetail } from "./product-detail.js";
import { ProductList } from "./product-list.js";
import { SmallWindow } from "./small-window.js";
import { translate } from "./texts.js";
import { ViewHistory } from "./view-history.js";
import { Withdrawal } from "./withdrawal.js";

/** Where there is room for picture, chat and shop side by side, the chat goes on beside the shop. */
const IS_WIDE = matchMedia("(min-width: 1200px) and (min-height: 520px)");

/** @type {Record<View["name"], new (model: ShopModel, ways: Ways) => SheetView>} */
const VIEWS = {
  products: ProductList,
  product: ProductDetail,
  cart: CartView,
  checkout: Checkout,
  coins: CoinsView,
  coupons: CouponsView,
  auction: AuctionView,
  prize: PrizeView,
  addresses: AddressList,
  address: AddressForm,
  payment: Payment,
  orders: Orders,
  order: OrderDetail,
  messages: OrderThread,
  find_order: OrderFinder,
  my_data: MyData,
  case_form: CaseForm,
  case: CaseDetail,
  withdrawal: Withdrawal,
};

export class ShopSheet extends HTMLElement {
  static translate = translate;
  static markup = '<dialog class="shop" data-label="shop"></dialog>';
  #dialog = find(this, "dialog", HTMLDialogElement);
  #window = new SmallWindow(() => this.#dialog.close());
  #history = new ViewHistory((place) => this.#onMoved(place));
  /** @type {ShopModel | null} */
  #model = null;
  /** @type {Map<View["name"], SheetView>} */
  #views = new Map();
  /** @type {SheetView | null} */
  #view = null;

  connectedCallback() {
    const dialog = this.#dialog;
    dialog.append(this.#window.element);
    dialog.addEventListener("close", () => this.#onClosed());
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    // Beside the chat the dialog is no modal one, and has no Escape of its own.
    dialog.addEventListener("keydown", ({ key }) => key === "Escape" && dialog.close());
  }

  /** @param {ShopModel} model */
  set model(model) {
    this.#model = model;
    model.onChanged = () => this.#view?.update();
  }

  /** What the shop knows has taken it in already. @param {RoomEvent} event */
  apply(event) {
    if (event.type === "viewer_changed") this.#startAnew();
    if (event.type === "order_changed") this.#view?.onOrder(event.order.order_id);
  }

  /** After a reload, where the viewer was. */
  resume() {
    this.#onMoved(this.#history.place);
  }

  showProducts() {
    this.#history.push({ name: "products" });
  }

  /** The product on the room's card. @param {string} product_id */
  async showCard(product_id) {
    const model = this.#model;
    if (!model) return;
    if (!model.listing) await model.load();
    const product = model.productOfCard(product_id);
    this.#history.push(product ? { name: "product", spu_id: product.spu_id } : { name: "products" });
  }

  /** @param {WantedGift | null} gift that needs more coins */
  showCoins(gift) {
    this.#history.push({ name: "coins", gift });
  }

  showAuction() {
    this.#history.push({ name: "auction" });
  }

  /** Goods that the viewer won. @param {string} campaign_id */
  showPrize(campaign_id) {
    this.#history.push({ name: "prize", campaign_id });
  }

  showCoupons() {
    this.#history.push({ name: "coupons" });
  }

  /** What a danmu asked for. @param {Wanted} wanted */
  showWanted({ product, sku, quantity }) {
    this.#history.push({ name: "product", spu_id: product.spu_id, sku_id: sku.sku_id, quantity });
  }

  /** @param {Place | null} place */
  #onMoved(place) {
    if (!this.#model) return;
    if (!place) return this.#dialog.close();
    const view = this.#viewOf(place.view.name, this.#model);
    if (view !== this.#view) {
      this.#view?.leave();
      this.#view = view;
      // What is hidden keeps its place in its scroll.
      for (const one of this.#views.values()) one.element.hidden = one !== view;
    }
    this.#open();
    view.enter(place.view, { hasWayBack: place.depth > 1 });
    this.#window.cover(view.element.dataset["size"] === "page");
    if (!this.#dialog.contains(document.activeElement) || document.activeElement === this.#dialog) view.title.focus({ preventScroll: true });
  }

  /** @param {View["name"]} name @param {ShopModel} model */
  #viewOf(name, model) {
    const known = this.#views.get(name);
    if (known) return known;
    const view = new VIEWS[name](model, this.#ways);
    this.#views.set(name, view);
    this.#window.element.before(view.element);
    return view;
  }

  /** @type {Ways} */
  #ways = {
    go: (view) => this.#history.push(view),
    replace: (view) => this.#history.replace(view),
    remember: (view) => this.#history.remember(view),
    back: () => this.#history.back(),
    close: () => this.#dialog.close(),
    closeFor: (goOn) => this.#closeFor(goOn),
  };

  /** What opens instead has an entry of its own: all of ours must be left first. @param {() => void} goOn */
  #closeFor(goOn) {
    addEventListener("popstate", () => goOn(), { once: true });
    this.#dialog.close();
  }

  #open() {
    if (this.#dialog.open) return;
    if (IS_WIDE.matches) this.#dialog.show();
    else this.#dialog.showModal();
  }

  #onClosed() {
    this.#view?.leave();
    this.#view = null;
    this.#window.cover(false);
    this.#history.leave();
  }

  /** Somebody else uses the page now: what the views hold is the other's. */
  #startAnew() {
    const stays = this.#model?.erased;
    if (this.#dialog.open && !stays) this.#dialog.close();
    this.#views.clear();
    this.#dialog.replaceChildren(this.#window.element);
    if (stays) this.#onMoved(this.#history.place);
  }
}
