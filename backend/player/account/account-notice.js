/** Tells that we were signed in or out, the more so where it was not our own doing. */

/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../main-features.js" */

import { find } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { loadStyle } from "../core/styles.js";

const TOLD_MS = 5_000;

/** Events out: `sign-in` with the account's name, when the viewer wants to. */
export class AccountNotice extends HTMLElement {
  #text = find(this, ".notice__text", HTMLElement);
  #signIn = find(this, ".notice__sign-in", HTMLButtonElement);
  #close = find(this, ".notice__close", HTMLButtonElement);
  #isFirst = true;
  #ended = "";
  #hiding = 0;
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    this.#close.onclick = () => this.#hide();
    this.#signIn.onclick = () => this.dispatchEvent(new CustomEvent("sign-in", { detail: this.#ended }));
  }

  /** Who comes in as who they were is told nothing. @param {RoomEvent} event */
  apply(event) {
    if (event.type !== "account_changed") return;
    const { account_name: name, ended } = event;
    this.#ended = ended;
    if (ended) this.#show(t("account_ended", { name: ended }), true);
    else if (!this.#isFirst) this.#show(name ? t("account_who", { name }) : t("signed_out"), false);
    this.#isFirst = false;
  }

  /** Something was refused that needs an account; the remedy stands beside it. @param {string} text */
  wantAccount(text) {
    this.#ended = "";
    this.#show(text, true);
  }

  /** @param {string} text @param {boolean} stays until it is put away or followed */
  async #show(text, stays) {
    clearTimeout(this.#hiding);
    await loadStyle("account/account.css").catch(() => {});
    this.#signIn.hidden = this.#close.hidden = !stays;
    this.dataset["shown"] = "";
    this.#text.textContent = text;
    if (!stays) this.#hiding = window.setTimeout(() => this.#hide(), TOLD_MS);
  }

  #hide() {
    delete this.dataset["shown"];
    this.#text.textContent = "";
  }
}
