/** The account of a viewer: make one, sign in, change the password, sign out. Asked for when it is opened. */

/** @import { Admission } from "../core/protocol.js" */
/** @import { Fault, Values, View } from "./account-rules.js" */
/** @import { Tools } from "../core/feature.js" */

import { find } from "../core/dom.js";
import { closable, openSheet } from "../core/sheets.js";
import { AccountForm } from "./account-form.js";
import { MARKUP } from "./account-markup.js";
import { ask } from "./account-requests.js";
import { faultFrom } from "./account-rules.js";
import { t, translate } from "./sheet-texts.js";

/** @typedef {Exclude<View, "account">} Asking a view with a form */
/** @satisfies {Record<View, string>} */
const TITLES = /** @type {const} */ ({ sign_in: "sign_in", sign_up: "sign_up", account: "account", password: "password_change" });

export class AccountSheet extends HTMLElement {
  static translate = translate;
  static markup = MARKUP;

  #dialog = find(this, "dialog", HTMLDialogElement);
  #told = find(this, ".account__told", HTMLElement);
  /** What is typed as a name stands in both forms. */
  #names = ["#sign-in-name", "#sign-up-name"].map((id) => find(this, id, HTMLInputElement));
  /** @type {Record<Asking, AccountForm>} */
  #forms = { sign_in: this.#form("sign_in"), sign_up: this.#form("sign_up"), password: this.#form("password") };
  #accountName = "";
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    closable(this.#dialog);
    this.#dialog.addEventListener("close", () => this.#onClosed());
    find(this, ".account__sign-out", HTMLButtonElement).onclick = () => this.#signOut();
    for (const field of this.#names) field.addEventListener("input", () => this.#names.forEach((other) => (other.value = field.value)));
    for (const button of this.querySelectorAll("[data-to]")) {
      button.addEventListener("click", () => this.#turn(/** @type {View} */ (button.getAttribute("data-to"))));
    }
  }

  /** Which account we are signed in to, empty for none; another tab may change it while this is open. @param {string} name */
  set accountName(name) {
    const isOther = name !== this.#accountName;
    this.#accountName = name;
    find(this, ".account__name", HTMLElement).textContent = t("account_who", { name });
    find(this, "[name=username]", HTMLInputElement).value = name;
    if (!isOther || !this.#dialog.open) return;
    this.#turn(this.#home());
    if (!name) this.#told.textContent = t("fault_signed_out");
  }

  /** @param {string} name of the account to sign in to, where it is known */
  open(name) {
    openSheet(this.#dialog);
    if (name) for (const field of this.#names) field.value = name;
    this.#turn(this.#home());
  }

  /** @returns {View} */
  #home() {
    return this.#accountName ? "account" : "sign_in";
  }

  /** @param {Asking} view */
  #form(view) {
    return new AccountForm(find(this, `form[data-view=${view}]`, HTMLFormElement), (values) => this.#ask(view, values));
  }

  /** @param {View} view */
  #turn(view) {
    this.#told.textContent = "";
    find(this, "h2", HTMLElement).textContent = t(TITLES[view]);
    for (const part of this.querySelectorAll("[data-view]")) part.toggleAttribute("hidden", part.getAttribute("data-view") !== view);
    if (view === "account") find(this, ".account__change", HTMLButtonElement).focus();
    else this.#forms[view].focus();
  }

  /**
   * @param {Asking} view
   * @param {Values} values
   * @returns {Promise<Fault | null>}
   */
  async #ask(view, values) {
    const tools = this.tools;
    if (!tools) return null;
    const outcome = await ask(tools, view, values);
    if (outcome.type === "done") {
      this.#onDone(view, outcome.admission, tools);
      return null;
    }
    const fault = faultFrom(view, outcome);
    // The room no longer knows this viewer, who has to enter again before the next request.
    if (outcome.type === "refused" && outcome.status === 401) {
      tools.comeBackAs(null);
      this.accountName = "";
    }
    return fault;
  }

  /** @param {Asking} view @param {Admission} admission @param {Tools} tools */
  #onDone(view, admission, tools) {
    const name = admission.account_name;
    tools.comeBackAs(admission);
    this.accountName = name;
    for (const form of Object.values(this.#forms)) form.clear();
    if (view === "password") this.#turn("account");
    else this.#dialog.close();
    this.#told.textContent = view === "password" ? t("password_changed") : "";
  }

  #signOut() {
    this.#dialog.close();
    this.tools?.comeBackAs(null);
  }

  #onClosed() {
    for (const form of Object.values(this.#forms)) form.clear();
    // What opened it may be gone.
    if (document.activeElement === document.body) find(document, ".more", HTMLButtonElement).focus();
  }
}
