/** The note for a viewer who opens an assistant's invitation in a browser: the link belongs into the studio, and is pasted there. */

import { copyFrom, find } from "../core/dom.js";
import { CLOSE, closable, openSheet } from "../core/sheets.js";
import { t, translate } from "./texts.js";

const MARK = "#assist=";

export class AssistNote extends HTMLElement {
  static translate = translate;
  static markup = `
    <dialog class="sheet" data-label="assist_title">
      <h2 data-text="assist_title"></h2>${CLOSE}
      <p data-text="assist_how"></p>
      <p class="row"><input class="share__link" readonly data-label="share_link"><button class="pill share__copy" type="button" data-text="share_copy"></button></p>
      <p class="share__told" role="status"></p>
    </dialog>
  `;

  #dialog = find(this, "dialog", HTMLDialogElement);
  #link = find(this, ".share__link", HTMLInputElement);
  #told = find(this, ".share__told", HTMLElement);

  connectedCallback() {
    if (location.hash.startsWith(MARK)) this.#show();
  }

  #show() {
    this.#link.value = location.href;
    // Anyone who has the code can use it once: it does not stay in the address bar or the history.
    history.replaceState(null, "", location.pathname + location.search);
    find(this, ".share__copy", HTMLButtonElement).onclick = () => this.#copy();
    closable(this.#dialog);
    openSheet(this.#dialog);
  }

  async #copy() {
    this.#told.textContent = t((await copyFrom(this.#link)) ? "share_copied" : "share_copy_yourself");
  }
}
