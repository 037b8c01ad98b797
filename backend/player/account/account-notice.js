/** Says that the viewer was signed in or out, most of all where it was not their own doing. */

/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */

import { find } from "../core/dom.js";
import { CROSS } from "../core/markup.js";
import { loadStyle } from "../core/styles.js";
import { t, translate } from "./texts.js";

const SHOWN_MS = 5_000;

/** Events out: `sign-in` with the account's name, when the viewer wants to. */
export class AccountNotice extends HTMLElement {
  static translate = translate;
  static markup = `
    <p class="notice__text" role="status"></p>
    <button class="pill notice__sign-in" type="button" data-text="sign_in" hidden></button>
    <button class="notice__close" type="button" data-label="close" hidden>${CROSS}</button>
  `;

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

  /** A viewer who comes in with the same account as before sees nothing. @param {RoomEvent} event */
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
    if (!stays) this.#hiding = window.setTimeout(() => this.#hide(), SHOWN_MS);
  }

  #hide() {
    delete this.dataset["shown"];
    this.#text.textContent = "";
  }
}
