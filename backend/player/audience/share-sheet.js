/** The room's link for others: by the phone's own sharing where it has one, else to copy. */

import { copyFrom, find } from "../core/dom.js";
import { label, t } from "../core/i18n.js";
import { closable, openSheet } from "../core/sheets.js";

export class ShareSheet extends HTMLElement {
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
export function linkFor(source) {
  const url = new URL(location.pathname, location.origin);
  url.searchParams.set("from", source);
  return url.href;
}
