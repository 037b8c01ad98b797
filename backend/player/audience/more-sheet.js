/** What a viewer needs seldom: the name others see, the account, checking in, and how danmu look. */

/** @import { You } from "../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { AccountSheet } from "../account/account-sheet.js" */

import { t as accountText } from "../account/texts.js";
import { find } from "../core/dom.js";
import { place } from "../core/markup.js";
import { refusalText } from "../core/rejections.js";
import { CLOSE, closable, openSheet } from "../core/sheets.js";
import { loadStyle } from "../core/styles.js";
import { label, t, translate } from "./texts.js";

export class MoreSheet extends HTMLElement {
  static translate = translate;
  static markup = `
    <button class="round more" type="button">
      <svg viewBox="0 0 24 24" aria-hidden="true" fill="currentColor"><circle cx="5" cy="12" r="2"/><circle cx="12" cy="12" r="2"/><circle cx="19" cy="12" r="2"/></svg>
    </button>
    <dialog class="sheet" data-label="more">
      <h2 data-text="more"></h2>${CLOSE}
      <form class="nickname"><label><span data-text="nickname"></span><input class="nickname__input" maxlength="20" required></label>
        <button class="pill" type="submit" data-text="nickname_save"></button></form>
      <p class="row account-row"><span class="account-who"></span><button class="pill account-open" type="button"></button></p>
      <p class="row"><span class="check-ins"></span><button class="pill check-in" type="button"></button></p>
      <p class="more__told" role="status"></p>
      <danmu-settings></danmu-settings>
    </dialog>
  `;

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
      return this.#tell(undefined, accountText("account_unloaded"));
    }
    this.#dialog.close();
    this.#account.open(name);
  }

  async #loadAccount() {
    const [{ AccountSheet }] = await Promise.all([import("../account/account-sheet.js"), loadStyle("account/account.css")]);
    const sheet = place("account-sheet", AccountSheet);
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
    find(this, ".account-who", HTMLElement).textContent = name ? accountText("account_who", { name }) : accountText("account_why");
    find(this, ".account-open", HTMLButtonElement).textContent = accountText(name ? "account" : "account_open");
    find(this, ".check-ins", HTMLElement).textContent = this.#checkIns > 0 ? t("check_ins", { count: this.#checkIns }) : "";
  }

  /** @param {Answer} [answer] @param {string} [done] */
  #tell(answer, done = "") {
    const text = answer && answer.type !== "accepted" ? refusalText(answer) : done;
    find(this, ".more__told", HTMLElement).textContent = text;
  }
}
