/** For whoever opens an assistant's invitation in a browser: it belongs into the studio, and where it is pasted. */

import { copyFrom, find } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { closable, openSheet } from "../core/sheets.js";

const MARK = "#assist=";

export class AssistNote extends HTMLElement {
  #dialog = find(this, "dialog", HTMLDialogElement);
  #link = find(this, ".share__link", HTMLInputElement);
  #told = find(this, ".share__told", HTMLElement);

  connectedCallback() {
    if (location.hash.startsWith(MARK)) this.#show();
  }

  #show() {
    this.#link.value = location.href;
    // The code works once for whoever has it: it does not stay in the address bar or the history.
    history.replaceState(null, "", location.pathname + location.search);
    find(this, ".share__copy", HTMLButtonElement).onclick = () => this.#copy();
    closable(this.#dialog);
    openSheet(this.#dialog);
  }

  async #copy() {
    this.#told.textContent = t((await copyFrom(this.#link)) ? "share_copied" : "share_copy_yourself");
  }
}
