/** One form about accounts: checks its fields, sends one request at a time, and shows each fault at its field. */

/** @import { Fault, Values } from "./account-rules.js" */

import { find } from "../core/dom.js";
import { faultsOf } from "./account-rules.js";
import { t } from "./sheet-texts.js";

export class AccountForm {
  #form;
  #send;
  #button;
  #label;
  #isBusy = false;
  #waiting = 0;

  /**
   * @param {HTMLFormElement} form
   * @param {(values: Values) => Promise<Fault | null>} send null where it is done
   */
  constructor(form, send) {
    this.#form = form;
    this.#send = send;
    this.#button = find(form, ".account__send", HTMLButtonElement);
    this.#label = this.#button.textContent ?? "";
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    form.oninput = ({ target }) => target instanceof HTMLInputElement && this.#mark(target, "");
    for (const button of form.querySelectorAll(".field__show")) this.#reveal(/** @type {HTMLButtonElement} */ (button));
  }

  /** The fields one types in. */
  get #fields() {
    return [...this.#form.querySelectorAll("input")].filter((field) => !field.readOnly);
  }

  /** Where to go on: the first field that is empty. */
  focus() {
    (this.#fields.find(({ value }) => value === "") ?? this.#fields[0])?.focus();
  }

  /** Nothing that was typed stays behind. */
  clear() {
    this.#form.reset();
    this.#clearFaults();
    for (const button of this.#form.querySelectorAll(".field__show")) if (button.getAttribute("aria-pressed") === "true") this.#show(button, false);
  }

  async #submit() {
    if (this.#isBusy || this.#waiting > 0) return;
    this.#clearFaults();
    const values = Object.fromEntries(this.#fields.map(({ name, value }) => [name, value]));
    const faults = faultsOf(values);
    if (faults.length > 0) return this.#tell(faults);
    this.#become(true);
    const fault = await this.#send(values);
    this.#become(false);
    if (fault) this.#tell([fault]);
  }

  /** @param {boolean} isBusy */
  #become(isBusy) {
    this.#isBusy = isBusy;
    this.#form.setAttribute("aria-busy", String(isBusy));
    this.#draw();
  }

  /** The button keeps the focus: it is not disabled, but does nothing. */
  #draw() {
    this.#button.setAttribute("aria-disabled", String(this.#isBusy || this.#waiting > 0));
    if (this.#isBusy) this.#button.textContent = t("account_busy");
    else this.#button.textContent = this.#waiting > 0 ? t("account_wait", { seconds: this.#waiting }) : this.#label;
  }

  /** @param {Fault[]} faults */
  #tell(faults) {
    for (const { field, key, values, wait_s } of faults) {
      const place = this.#fields.find(({ name }) => name === field);
      if (place) this.#mark(place, t(key, values));
      else find(this.#form, ".account__fault", HTMLElement).textContent = t(key, values);
      if (wait_s > 0) this.#wait(wait_s);
    }
    const first = this.#fields.find((field) => field.getAttribute("aria-invalid") === "true");
    first?.focus();
    first?.select();
  }

  /** @param {number} seconds */
  #wait(seconds) {
    const until = performance.now() + seconds * 1_000;
    const ticking = window.setInterval(() => tick(), 500);
    const tick = () => {
      this.#waiting = Math.max(0, Math.ceil((until - performance.now()) / 1_000));
      if (this.#waiting === 0) {
        clearInterval(ticking);
        this.#clearFaults();
      }
      this.#draw();
    };
    tick();
  }

  #clearFaults() {
    for (const field of this.#fields) this.#mark(field, "");
    if (this.#waiting === 0) find(this.#form, ".account__fault", HTMLElement).textContent = "";
  }

  /** @param {HTMLInputElement} field @param {string} text */
  #mark(field, text) {
    field.setAttribute("aria-invalid", String(text !== ""));
    const place = field.closest(".field")?.querySelector(".field__fault");
    if (place && place.textContent !== text) place.textContent = text;
  }

  /** @param {HTMLButtonElement} button */
  #reveal(button) {
    button.onclick = () => this.#show(button, button.getAttribute("aria-pressed") !== "true");
  }

  /** @param {Element} button @param {boolean} isShown */
  #show(button, isShown) {
    button.setAttribute("aria-pressed", String(isShown));
    const field = button.closest(".field")?.querySelector("input");
    if (field) field.type = isShown ? "text" : "password";
  }
}
