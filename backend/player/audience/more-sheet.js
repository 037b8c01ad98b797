/** What a viewer needs seldom: the name others see, the account, checking in, and how danmu look. */

/** @import { You } from "../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../main-features.js" */
/** @import { AccountSheet } from "../account/account-sheet.js" */

import { find } from "../core/dom.js";
import { label, t } from "../core/i18n.js";
import { refusalText } from "../core/rejections.js";
import { closable, openSheet } from "../core/sheets.js";
import { loadStyle } from "../core/styles.js";

export class MoreSheet extends HTMLElement {
  #dialog = find(this, "dialog", HTMLDialogElement);
  #name = find(this, ".nickname__input", HTMLInputElement);
  #checkIn = find(this, ".check-in", HTMLButtonElement);
  /** @type {You | null} */
  #you = null;
  #checkIns = 0;
  #accountName = "";
  /** @type {AccountSheet | null} */
  #account = null;
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    const opener = find(this, ".more", HTMLButtonElement);
    label(opener, "more");
    opener.onclick = () => this.#open();
    closable(this.#dialog);
    this.#checkIn.onclick = async () => this.#tell(await this.tools?.act({ type: "check_in" }), t("checked_in"));
    find(this, ".account-open", HTMLButtonElement).onclick = () => this.openAccount();
    find(this, ".nickname", HTMLFormElement).onsubmit = (event) => {
      event.preventDefault();
      this.#rename(this.#name.value.trim());
    };
    this.#render();
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "snapshot") this.#checkIns = event.check_ins;
    else if (event.type === "viewer_changed") this.#you = null;
    else if (event.type === "you_changed") this.#you = event.you;
    else if (event.type === "account_changed") this.#onAccount(event.account_name);
    else if (event.type === "check_ins_changed") this.#checkIns = event.check_ins;
    else return;
    this.#render();
  }

  /** Few need it: it is loaded when it is asked for. @param {string} [name] of the account to sign in to, where it is known */
  async openAccount(name = "") {
    try {
      this.#account ??= await this.#loadAccount();
    } catch {
      if (!this.#dialog.open) this.#open();
      return this.#tell(undefined, t("account_unloaded"));
    }
    this.#dialog.close();
    this.#account.open(name);
  }

  async #loadAccount() {
    const [{ AccountSheet }] = await Promise.all([import("../account/account-sheet.js"), loadStyle("account/account.css")]);
    if (!customElements.get("account-sheet")) customElements.define("account-sheet", AccountSheet);
    const sheet = find(document, "account-sheet", AccountSheet);
    sheet.tools = this.tools;
    sheet.accountName = this.#accountName;
    return sheet;
  }

  /** @param {string} name */
  #onAccount(name) {
    this.#accountName = name;
    if (this.#account) this.#account.accountName = name;
  }

  #open() {
    this.#name.value = this.#you?.name ?? "";
    this.#tell();
    openSheet(this.#dialog);
  }

  /** @param {string} name */
  async #rename(name) {
    if (name === "") return;
    this.#tell(await this.tools?.act({ type: "set_nickname", name }), t("nickname_saved"));
  }

  #render() {
    const isHere = this.#you?.has_checked_in ?? false;
    this.#checkIn.disabled = isHere;
    this.#checkIn.textContent = t(isHere ? "checked_in" : "check_in");
    const name = this.#accountName;
    find(this, ".account-who", HTMLElement).textContent = name ? t("account_who", { name }) : t("account_why");
    find(this, ".account-open", HTMLButtonElement).textContent = t(name ? "account" : "account_open");
    find(this, ".check-ins", HTMLElement).textContent = this.#checkIns > 0 ? t("check_ins", { count: this.#checkIns }) : "";
  }

  /** @param {Answer} [answer] @param {string} [done] */
  #tell(answer, done = "") {
    const text = answer && answer.type !== "accepted" ? refusalText(answer) : done;
    find(this, ".more__told", HTMLElement).textContent = text;
  }
}
