/** The room's link for others: by the phone's own sharing where it has one, else to copy. */

import { copyFrom, find } from "../core/dom.js";
import { CLOSE, closable, openSheet } from "../core/sheets.js";
import { label, t, translate } from "./texts.js";

export class ShareSheet extends HTMLElement {
  static translate = translate;
  static markup = `
    <button class="round share" type="button">
      <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M14 5l6 6-6 6v-4c-5 0-8 1-10 5 0-6 3-10 10-10z"/></svg>
    </button>
    <dialog class="sheet" data-label="share_title">
      <h2 data-text="share_title"></h2>${CLOSE}
      <p class="row"><input class="share__link" readonly data-label="share_link"><button class="pill share__copy" type="button" data-text="share_copy"></button></p>
      <figure class="share__scan"><img class="share__qr" width="176" height="176" alt=""><figcaption data-text="share_scan"></figcaption></figure>
      <p class="share__told" role="status"></p>
    </dialog>
  `;

  #dialog = find(this, "dialog", HTMLDialogElement);
  #link = find(this, ".share__link", HTMLInputElement);
  #told = find(this, ".share__told", HTMLElement);

  connectedCallback() {
    find(this, ".share", HTMLButtonElement).onclick = () => this.#share();
    find(this, ".share__copy", HTMLButtonElement).onclick = () => this.#copy();
    closable(this.#dialog);
    label(find(this, ".share", HTMLButtonElement), "share");
  }

  async #share() {
    const url = linkFor("share");
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      try {
        return await navigator.share({ title: document.title, url });
      } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") return;
      }
    }
    this.#link.value = linkFor("link");
    find(this, ".share__qr", HTMLImageElement).src = `${location.pathname}/qr.svg`;
    this.#told.textContent = "";
    openSheet(this.#dialog);
  }

  async #copy() {
    this.#told.textContent = t((await copyFrom(this.#link)) ? "share_copied" : "share_copy_yourself");
  }
}

/** This room's address with a tag that tells where its guests come from. @param {string} source */
function linkFor(source) {
  const url = new URL(location.pathname, location.origin);
  url.searchParams.set("from", source);
  return url.href;
}
