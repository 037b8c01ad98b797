/** Where the buyer's parcels go: the shop's address book, and a guest's last address in this browser. */

/** @import { Address, SavedAddress } from "../core/protocol.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { Outcome, ShopApi } from "./shop-api.js" */
/** @import { ShopOutbox } from "./shop-outbox.js" */

import { isSamePlace } from "./address-rules.js";
import { paths } from "./shop-api.js";
import { keyOf, read, store } from "./shop-storage.js";

/** The write of an address that was typed. */
export const SAVE = "save_address";

export class AddressStore {
  #api;
  #outbox;
  #key;
  #onChanged;
  /** The shop's book; null before it is read. @type {readonly SavedAddress[] | null} */
  saved = null;
  /** Which one the order goes to; null for the first of them. @type {string | null} */
  #chosenId = null;
  isGuest = true;

  /** @param {ShopApi} api @param {ShopOutbox} outbox @param {Tools} tools @param {() => void} onChanged */
  constructor(api, outbox, tools, onChanged) {
    this.#api = api;
    this.#outbox = outbox;
    this.#key = keyOf(tools.room, "address");
    this.#onChanged = onChanged;
  }

  /** Where the order goes; null while no address is known. @returns {{ address_id: string | null, address: Address } | null} */
  get chosen() {
    const saved = this.saved ?? [];
    const one = saved.find(({ address_id }) => address_id === this.#chosenId) ?? saved.find(({ is_default }) => is_default) ?? saved[0];
    if (one) return one;
    const address = this.isGuest ? read(localStorage, this.#key) : null;
    return address ? { address_id: null, address } : null;
  }

  /** The same, as quotes and orders take it; empty while no address is known. */
  get where() {
    const { chosen } = this;
    if (!chosen) return {};
    return chosen.address_id === null ? { address: chosen.address } : { address_id: chosen.address_id };
  }

  async load() {
    const outcome = await this.#api.addresses();
    if (outcome.type === "done") this.saved = outcome.value.addresses;
    this.#onChanged();
  }

  /** @param {string} address_id */
  choose(address_id) {
    this.#chosenId = address_id;
    this.#onChanged();
  }

  /**
   * Keep an address in the shop's book; a guest's stays in this browser too, as guests come back as others.
   * @param {Address} address
   * @param {string | null} address_id the one to replace
   */
  async save(address, address_id) {
    if (this.isGuest) store(localStorage, this.#key, address);
    return this.#kept(await this.#outbox.send(SAVE, paths.saveAddress(), { address, address_id, is_default: true }));
  }

  /** What came of an address that had no answer when the page was left; null where there is none. */
  async resume() {
    const resumed = this.#outbox.resume(SAVE);
    return resumed && this.#kept(await resumed);
  }

  /** @param {Outcome<SavedAddress>} outcome */
  async #kept(outcome) {
    if (outcome.type === "done") this.#chosenId = outcome.value.address_id;
    if (outcome.type === "done") await this.load();
    return outcome;
  }

  /** Offer an address first from now on. @param {SavedAddress} one */
  async makeDefault({ address, address_id }) {
    const outcome = await this.#outbox.send(`default_address ${address_id}`, paths.saveAddress(), { address, address_id, is_default: true });
    await this.load();
    return outcome.type === "done";
  }

  /** Delete an address, in this browser too; whether it is gone. @param {SavedAddress} one */
  async remove({ address, address_id }) {
    const outcome = await this.#api.deleteAddress(address_id);
    if (outcome.type === "unreachable") return false;
    const own = read(localStorage, this.#key);
    if (own && isSamePlace(own, address)) store(localStorage, this.#key, null);
    if (this.#chosenId === address_id) this.#chosenId = null;
    // Where the shop knows of no such address, another page deleted it.
    if (outcome.type === "done") this.saved = outcome.value.addresses;
    else await this.load();
    this.#onChanged();
    return outcome.type === "done" || outcome.refusal.status === 404;
  }

  /** The shop has erased the buyer: nothing stays in this browser either. */
  erase() {
    store(localStorage, this.#key, null);
    this.forget();
    this.#onChanged();
  }

  /** Somebody else uses the page now. */
  forget() {
    this.saved = null;
    this.#chosenId = null;
  }
}
