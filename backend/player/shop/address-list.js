/** The buyer's address book: to choose from, to delete from, and which one is offered first. */

/** @import { SavedAddress } from "../core/protocol.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { addressLines } from "./checkout-parts.js";
import { button, el, focusable, note, redraw } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";

export class AddressList extends SheetView {
  /** Which address is to be deleted; empty for none. */
  #asking = "";
  #told = "";

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("addresses"));
    this.coverPicture("dock");
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    [this.#asking, this.#told] = ["", ""];
    this.layFoot(button("btn btn--wide", [t("address_new")], () => this.ways.replace({ name: "address", address_id: null })));
    this.update();
    if (!this.model.book.saved) this.model.book.load();
  }

  /** @override */
  update() {
    const { saved, chosen } = this.model.book;
    const rows = (saved ?? []).map((one) => this.#row(one, one.address_id === chosen?.address_id));
    redraw(
      this.body,
      this.model.isOffline ? note("warn", "offline", t("offline_addresses")) : null,
      this.#told ? note("warn", "alert", this.#told) : null,
      saved?.length === 0 ? el("p", "shop__promise", t("addresses_empty")) : null,
      el("ul", "shop__list", ...rows),
    );
  }

  /** @param {SavedAddress} one @param {boolean} isChosen */
  #row(one, isChosen) {
    const { address_id, address } = one;
    const choose = focusable(button("stack", [...addressLines(address)], () => this.#choose(address_id)), address_id);
    choose.ariaPressed = String(isChosen);
    const tools = this.#asking === address_id ? this.#question(one) : this.#tools(one);
    return el("li", `box${isChosen ? " goods--now" : ""}`, choose, tools);
  }

  /** @param {SavedAddress} one */
  #tools(one) {
    const { address_id, address, is_default } = one;
    const first = is_default ? el("span", "tag tag--grey", t("address_default")) : this.#link("address_make_default", one, () => this.#makeDefault(one));
    const edit = this.#link("address_edit_short", one, () => this.ways.replace({ name: "address", address_id }));
    const remove = this.#link("address_delete", one, () => this.#ask(address_id));
    for (const link of [edit, remove]) link.setAttribute("aria-label", `${link.textContent} ${address.name} ${address.street}`);
    return el("div", "inline address__tools", first, el("span", "end inline address__links", edit, remove));
  }

  /** @param {SavedAddress} one */
  #question(one) {
    const keep = focusable(button("btn btn--s btn--line", [t("address_delete_not")], () => this.#ask("")), `keep ${one.address_id}`);
    const remove = focusable(button("btn btn--s", [t("address_delete_do")], () => this.#remove(one)), `delete ${one.address_id}`);
    remove.disabled = this.model.isOffline;
    return el("div", "inline address__tools", el("span", "grow t13 dim", t("address_delete_sure")), keep, remove);
  }

  /** @param {"address_make_default" | "address_edit_short" | "address_delete"} key @param {SavedAddress} one @param {() => void} onTap */
  #link(key, { address_id }, onTap) {
    const link = focusable(button("link", [t(key)], onTap), `${key} ${address_id}`);
    link.disabled = this.model.isOffline && key !== "address_edit_short";
    return link;
  }

  /** @param {string} address_id which one is to be deleted, after a second question; empty for none */
  #ask(address_id) {
    this.#asking = address_id;
    this.#told = "";
    this.update();
    if (address_id) this.#focusOn(`keep ${address_id}`);
  }

  /** @param {SavedAddress} one */
  async #makeDefault(one) {
    this.#told = (await this.model.book.makeDefault(one)) ? "" : t("address_not_kept");
    this.update();
  }

  /** @param {SavedAddress} one */
  async #remove(one) {
    const isGone = await this.model.book.remove(one);
    this.#asking = "";
    this.#told = isGone ? "" : t("address_not_deleted");
    this.update();
    this.title.focus({ preventScroll: true });
  }

  /** @param {string} name */
  #focusOn(name) {
    const found = this.body.querySelector(`[data-focus="${CSS.escape(name)}"]`);
    if (found instanceof HTMLElement) found.focus({ preventScroll: true });
  }

  /** @param {string} address_id */
  #choose(address_id) {
    this.model.book.choose(address_id);
    this.ways.back();
  }
}
