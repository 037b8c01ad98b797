/** The form of an address, a pasted line taken apart. */

/** @import { SavedAddress } from "../core/protocol.js" */
/** @import { Outcome } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */
/** @import { AddressField, AddressFault } from "./address-rules.js" */

import { takeApart } from "./address-paste.js";
import { MOST, addressOf, faultsOf, isAddressField } from "./address-rules.js";
import { SAVE } from "./address-store.js";
import { el, focusable, note, redraw } from "./parts.js";
import { refusalNote } from "./refusal-note.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";

/** @type {Record<AddressField, AutoFill>} */
const AUTOCOMPLETE = {
  name: "name",
  phone: "tel",
  province: "address-level1",
  city: "address-level2",
  district: "address-level3",
  street: "street-address",
  postcode: "postal-code",
  email: "email",
};

/** What brings its own keyboard. @type {Partial<Record<AddressField, string>>} */
const TYPES = { phone: "tel", email: "email" };

/** Fields that stand beside each other. @type {AddressField[][]} */
const ROWS = [["name", "phone"], ["province", "city"], ["district", "postcode"], ["street"], ["email"]];

export class AddressForm extends SheetView {
  /** @type {string | null} */
  #addressId = null;
  #isFilled = false;
  #told = el("div", "shop__parts");
  #pasted = el("textarea", "");
  #found = el("span", "t12 c-ok");
  #form = el("form", "box");
  /** @type {Map<AddressField, { box: HTMLElement, input: HTMLInputElement, fault: HTMLElement }>} */
  #fields = new Map();

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("address_new"));
    this.coverPicture("dock");
    this.#form.noValidate = true;
    this.#form.id = "shop-address";
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#save();
    };
    this.#form.append(...ROWS.map((row) => el("div", "pair", ...row.map((name) => this.#field(name)))));
    this.body.append(this.#told, this.#pasteBox(), this.#form, el("p", "shop__promise", t("address_privacy")));
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    if (view.name !== "address") return;
    if (this.#addressId !== view.address_id) this.#isFilled = false;
    this.#addressId = view.address_id;
    this.title.textContent = t(view.address_id === null ? "address_new" : "address_edit");
    if (view.address_id === null) this.#fill(this.model.draft.typed.address);
    this.update();
    this.#resume();
    if (!this.model.book.saved) this.model.book.load();
  }

  /** What was saved when the page was left. */
  async #resume() {
    const outcome = await this.model.book.resume();
    if (outcome) this.#answered(outcome);
  }

  /** @override */
  update() {
    const one = this.model.book.saved?.find(({ address_id }) => address_id === this.#addressId);
    if (one && !this.#isFilled) this.#fill(one.address);
    const isSaving = this.model.outbox.isPending(SAVE);
    const save = focusable(el("button", "btn btn--wide", isSaving ? t("sending") : t("address_save")), "save");
    save.type = "submit";
    save.setAttribute("form", this.#form.id);
    save.disabled = isSaving || this.model.isOffline;
    if (this.model.isOffline) save.textContent = t("waiting_network");
    this.layFoot(save);
  }

  /** A line that was sent by somebody, or copied elsewhere, is taken apart here. */
  #pasteBox() {
    this.#pasted.rows = 2;
    this.#pasted.placeholder = t("paste_hint");
    this.#pasted.oninput = () => this.#takeApart();
    this.#found.ariaLive = "polite";
    return el("label", "box blank", el("span", "box__title", t("paste")), this.#pasted, this.#found);
  }

  /** What is not found stays as it is. */
  #takeApart() {
    const found = Object.entries(takeApart(this.#pasted.value));
    for (const [name, value] of found) {
      const field = this.#fields.get(/** @type {AddressField} */ (name));
      if (!field) continue;
      field.input.value = value;
      this.#onTyped(/** @type {AddressField} */ (name));
      field.box.classList.add("blank--found");
    }
    this.#found.textContent = found.length > 0 ? t("paste_found", { count: found.length }) : "";
  }

  /** @param {Partial<Record<AddressField, string>>} address */
  #fill(address) {
    this.#isFilled = true;
    this.#pasted.value = this.#found.textContent = "";
    for (const [name, { input, box }] of this.#fields) {
      input.value = address[name] ?? "";
      box.classList.remove("blank--found");
    }
  }

  /** What is in the fields. */
  #typed() {
    return /** @type {Record<AddressField, string>} */ (Object.fromEntries([...this.#fields].map(([name, { input }]) => [name, input.value])));
  }

  /** @param {AddressField} name */
  #field(name) {
    const input = el("input", "");
    input.id = `shop-address-${name}`;
    input.name = name;
    input.type = TYPES[name] ?? "text";
    input.autocomplete = AUTOCOMPLETE[name];
    input.maxLength = MOST[name];
    const fault = el("span", "blank__fault");
    fault.id = `${input.id}-fault`;
    fault.ariaLive = "polite";
    input.setAttribute("aria-describedby", fault.id);
    input.oninput = () => this.#onTyped(name);
    const words = el("label", "", t(`address_${name}`));
    words.htmlFor = input.id;
    const box = el("div", "blank", words, input, fault);
    this.#fields.set(name, { box, input, fault });
    return box;
  }

  /** @param {AddressField} name */
  #onTyped(name) {
    this.#show(name, undefined);
    this.#fields.get(name)?.box.classList.remove("blank--found");
    if (this.#addressId === null) this.model.draft.keep({ address: this.#typed() });
  }

  /** @param {AddressField} name @param {AddressFault | undefined} found */
  #show(name, found) {
    const field = this.#fields.get(name);
    if (!field) return;
    field.box.classList.toggle("blank--bad", found !== undefined);
    field.input.ariaInvalid = String(found !== undefined);
    field.fault.textContent = found ? t(found.key, { count: found.count }) : "";
  }

  async #save() {
    const address = addressOf(this.#typed());
    const faults = faultsOf(address);
    for (const name of this.#fields.keys()) this.#show(name, faults.get(name));
    const first = [...this.#fields].find(([name]) => faults.has(name));
    if (first) return first[1].input.focus();
    this.#answered(await this.model.book.save(address, this.#addressId));
  }

  /** @param {Outcome<SavedAddress>} outcome */
  #answered(outcome) {
    if (outcome.type === "done") {
      this.model.draft.keep({ address: {} });
      return this.ways.back();
    }
    if (outcome.type !== "refused") return;
    const { field = "" } = outcome.refusal;
    if (isAddressField(field)) {
      this.#show(field, { key: "fault_refused", count: 0 });
      return this.#fields.get(field)?.input.focus();
    }
    if (outcome.refusal.status === 404) return redraw(this.#told, note("bad", "alert", t(this.#addressId === null ? "address_full" : "address_gone")));
    redraw(this.#told, refusalNote(outcome.refusal, outcome.retry_s, { onTake() {}, onOthers() {} }));
  }
}
