/** Who gave most in this live: the first three beside the header, all of them in a sheet. */

/** @import { Contributor, Ranking } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */

import { avatar } from "../core/avatar.js";
import { coinText } from "../core/coins.js";
import { find } from "../core/dom.js";
import { nameOf } from "../core/person-name.js";
import { CLOSE, closable, openSheet } from "../core/sheets.js";
import { t, translate } from "./texts.js";

const FIRST = 3;

export class GiftRanking extends HTMLElement {
  static translate = translate;
  static markup = `
    <button class="ranking-open" type="button" hidden>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 3h10v6a5 5 0 0 1-10 0zM5 4H2v2a4 4 0 0 0 4 4M19 4h3v2a4 4 0 0 1-4 4M12 14v4M8 21h8" fill="none" stroke="#ffd36b" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>
      <span class="ranking-open__faces"></span>
    </button>
    <dialog class="sheet" data-label="ranking">
      <h2 data-text="ranking"></h2>${CLOSE}
      <ol class="ranking"></ol>
      <p class="ranking__you"></p>
    </dialog>
  `;

  #opener = find(this, ".ranking-open", HTMLButtonElement);
  #dialog = find(this, "dialog", HTMLDialogElement);
  /** @type {Ranking} */
  #ranking = { contributors: [], coins: 0, gifts: 0 };
  #given = 0;
  #session = "";
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    this.#opener.onclick = () => this.#open();
    closable(this.#dialog);
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "snapshot") this.#ranking = event.ranking;
    else if (event.type === "ranking_changed") this.#ranking = event.ranking;
    else if (event.type === "viewer_changed") this.#given = 0;
    else if (event.type === "wallet_changed") this.#given = event.given;
    else if (event.type === "live_changed" && event.live.session_id !== this.#session) this.#begin(event.live.session_id);
    else return;
    this.#render();
  }

  /** @param {string} session */
  #begin(session) {
    this.#session = session;
    this.#given = 0;
  }

  #open() {
    openSheet(this.#dialog);
    this.#render();
  }

  #render() {
    const { contributors } = this.#ranking;
    this.#opener.hidden = contributors.length === 0;
    const best = contributors[0] ? nameOf(contributors[0].author) : "";
    this.#opener.setAttribute("aria-label", t("ranking_open", { name: best }));
    this.#opener.title = t("ranking");
    find(this, ".ranking-open__faces", HTMLElement).replaceChildren(...contributors.slice(0, FIRST).map(({ author }) => avatar(author)));
    if (!this.#dialog.open) return;
    find(this, ".ranking", HTMLOListElement).replaceChildren(...contributors.map((one) => this.#row(one)));
    find(this, ".ranking__you", HTMLElement).textContent = t("ranking_you", { coins: coinText(this.#given) });
  }

  /** @param {Contributor} contributor */
  #row({ author, coins: given }) {
    const item = document.createElement("li");
    if (author.user_id === this.tools?.userId()) item.dataset["own"] = "";
    item.append(avatar(author), part("ranking__name", nameOf(author)), part("ranking__coins", coinText(given)));
    return item;
  }
}

/** @param {string} className @param {string} text */
function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
