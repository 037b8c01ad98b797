/** The shop's views in the browser's history: the way back goes one view back, and a reload finds the view again. */

/** A gift that a viewer has too few coins for, and what it costs: it is given once there are enough. @typedef {{ gift_id: string, count: number, text: string, name: string, coins: number }} WantedGift */

/** What a coupon is for. @typedef {{ title: string, spu_ids: readonly string[] }} CouponGoods */

/**
 * What the shop shows, with all that it needs to be shown again.
 * @typedef {{ name: "products", coupon?: CouponGoods } | { name: "coupons" } | { name: "auction" } | { name: "prize", campaign_id: string } | { name: "product", spu_id: string, sku_id?: string, quantity?: number }
 *   | { name: "cart" }
 *   | { name: "checkout", lines: { sku_id: string, quantity: number }[], isFromCart?: boolean } | { name: "addresses" } | { name: "address", address_id: string | null }
 *   | { name: "payment", order_id: string, attempt_id: string | null, gift?: WantedGift | null } | { name: "coins", gift: WantedGift | null } | { name: "orders" } | { name: "find_order" } | { name: "my_data" } | { name: "order", order_id: string } | { name: "messages", order_id: string }
 *   | { name: "case_form", order_id: string } | { name: "withdrawal", order_id: string } | { name: "case", order_id: string, case_id: string }} View
 */

/** `depth`: how many entries the shop has in the history, this one included. @typedef {{ view: View, depth: number }} Place */

export class ViewHistory {
  #onMoved;
  /** We leave all of the shop's entries ourselves; what is opened meanwhile waits. */
  #isLeaving = false;
  /** @type {View | null} */
  #next = null;

  /** @param {(place: Place | null) => void} onMoved called where the viewer goes back or forward */
  constructor(onMoved) {
    this.#onMoved = onMoved;
    addEventListener("popstate", ({ state }) => this.#onPopped(state));
  }

  /** Where the shop is; null while it is closed. After a reload, where it was. @returns {Place | null} */
  get place() {
    return placeOf(history.state);
  }

  /** @param {View} view */
  push(view) {
    if (this.#isLeaving) this.#next = view;
    else this.#put("pushState", view, (this.place?.depth ?? 0) + 1);
  }

  /** Show another view in this one's place: the way back does not lead to it. @param {View} view */
  replace(view) {
    this.#put("replaceState", view, this.place?.depth ?? 1);
  }

  /** A reload finds this view; nothing else is shown now. @param {View} view */
  remember(view) {
    history.replaceState({ shop: { view, depth: this.place?.depth ?? 1 } }, "");
  }

  back() {
    history.back();
  }

  /** Leave the shop. */
  leave() {
    const depth = this.place?.depth;
    if (!depth || this.#isLeaving) return;
    this.#isLeaving = true;
    history.go(-depth);
  }

  /** @param {"pushState" | "replaceState"} how @param {View} view @param {number} depth */
  #put(how, view, depth) {
    history[how]({ shop: { view, depth } }, "");
    this.#onMoved({ view, depth });
  }

  /** @param {any} state */
  #onPopped(state) {
    // Another sheet lies over the shop.
    if (state?.isSheet) return;
    if (!this.#isLeaving) return this.#onMoved(placeOf(state));
    this.#isLeaving = false;
    const next = this.#next;
    this.#next = null;
    if (next) this.push(next);
  }
}

/** @param {any} state @returns {Place | null} */
const placeOf = (state) => state?.shop ?? null;
