/** Choosing and sending a gift: the gifts, the viewer's coins, and the button to send the same again quickly. */

/** @import { Answer, RoomEvent } from "../core/socket.js" */
/** @import { Send } from "./gift-outbox.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { WantedGift } from "../shop/view-history.js" */

import { coinText } from "../core/coins.js";
import { find } from "../core/dom.js";
import { refusalText } from "../core/rejections.js";
import { CLOSE, afterClose, closable, openSheet } from "../core/sheets.js";
import { giftName, loadGifts } from "./gift-catalog.js";
import { GiftChoice } from "./gift-choice.js";
import { GiftClaim } from "./gift-claim.js";
import { GiftCombo } from "./gift-combo.js";
import { GiftOutbox, newKey } from "./gift-outbox.js";
import { GiftPurse } from "./gift-purse.js";
import { label, t, translate } from "./texts.js";

const SHOWN_MS = 6_000;

export class GiftSheet extends HTMLElement {
  static translate = translate;
  static markup = `
    <p class="gifts__told gift-told" role="status"></p>
    <button class="combo" type="button" hidden>
      <svg viewBox="0 0 80 80" aria-hidden="true"><circle cx="40" cy="40" r="37" fill="none" stroke="#fff" stroke-opacity=".25" stroke-width="5"/><circle class="combo__ring" cx="40" cy="40" r="37" pathLength="100" fill="none" stroke="#ffd36b" stroke-width="5" stroke-dasharray="100" stroke-linecap="round" transform="rotate(-90 40 40)"/></svg>
      <span class="combo__gift"></span><span class="combo__times"></span><span class="combo__word" data-text="gift_combo"></span>
    </button>
    <button class="round gift-open" type="button">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 11h16v9H4zM3 7h18v4H3z" fill="#ffb02e"/><path d="M10.500 7h3v13h-3z" fill="#fff3d6"/><path d="M12 7C9 7 7 5.500 7.500 4s3.500-1 4.500 3c1-4 4-4.500 4.500-3S15 7 12 7z" fill="none" stroke="#fff3d6" stroke-width="1.800"/></svg>
    </button>
    <dialog class="sheet" data-label="gift_open">
      <h2 data-text="gift_open"></h2>${CLOSE}
      <ul class="gifts" data-label="gift_choose"></ul>
      <p class="gifts__told" role="status"></p>
      <input class="gifts__words" type="text" enterkeyhint="done" data-label="gift_words">
      <div class="row"><span class="gifts__balance"></span><button class="gifts__top-up" type="button" data-text="gift_top_up"></button><button class="pill gifts__claim" type="button" hidden></button></div>
      <div class="row"><span class="gifts__counts" role="group" data-label="gift_count"></span><button class="pill gifts__send" type="button"></button></div>
    </dialog>
  `;

  #dialog = find(this, "dialog", HTMLDialogElement);
  #choice = new GiftChoice(find(this, ".gifts", HTMLUListElement), find(this, ".gifts__counts", HTMLElement), () => this.#onChosen());
  #words = find(this, ".gifts__words", HTMLInputElement);
  #send = find(this, ".gifts__send", HTMLButtonElement);
  #claim = new GiftClaim(find(this, ".gifts__claim", HTMLButtonElement), () => this.tools?.act({ type: "claim_demo_coins" }), (text) => this.#tell(text));
  #combo = new GiftCombo(find(this, ".combo", HTMLButtonElement), () => this.#repeat());
  #outbox = new GiftOutbox({
    act: (command) => this.tools?.act(command) ?? Promise.resolve({ type: "lost" }),
    untilOpen: () => new Promise((resolve) => this.#awaitingLine.push(() => resolve())),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newKey,
    onChanged: () => this.#render(),
    onAnswered: (send, answer) => this.#onAnswered(send, answer),
  });
  /** @type {(() => void)[]} */
  #awaitingLine = [];
  #purse = new GiftPurse();
  #hasWaited = false;
  #hiding = 0;
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    const opener = find(this, ".gift-open", HTMLButtonElement);
    opener.onclick = () => this.#open();
    label(opener, "gift_open");
    this.#words.placeholder = t("gift_words");
    closable(this.#dialog);
    this.#send.onclick = () => (this.#isShort() ? this.#topUp(true) : this.#onSend());
    find(this, ".gifts__top-up", HTMLButtonElement).onclick = () => this.#topUp(false);
    document.addEventListener("gift-wanted", (event) => this.#onWanted(/** @type {CustomEvent<WantedGift>} */ (event).detail));
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "connection_changed" && event.state === "open") for (const goOn of this.#awaitingLine.splice(0)) goOn();
    else if (!this.#purse.apply(event)) return;
    if (event.type === "viewer_changed") this.#dropAll();
    if (!this.#purse.isLive) this.#combo.hide();
    this.#render();
  }

  async #open() {
    openSheet(this.#dialog);
    this.#tell("");
    try {
      this.#choice.fill(await loadGifts());
    } catch {
      this.#tell(t("gift_unreachable"));
    }
    this.#render();
  }

  /** Whoever buys coins comes back to the gift that was too dear. @param {boolean} isForGift */
  #topUp(isForGift) {
    const { gift, gift_id, count, price } = this.#choice;
    /** @type {WantedGift | null} */
    const wanted = isForGift && gift ? { gift_id, count, text: this.#words.value, name: giftName(gift), coins: price } : null;
    afterClose(this.#dialog, () => document.dispatchEvent(new CustomEvent("coins-wanted", { detail: wanted })));
    this.#dialog.close();
  }

  /** @param {WantedGift} wanted */
  async #onWanted({ gift_id, count, text }) {
    [this.#choice.gift_id, this.#choice.count] = [gift_id, count];
    this.#words.value = text;
    await this.#open();
  }

  #onSend() {
    this.#dialog.close();
    this.#combo.show(this.#choice.gift, this.#choice.count);
    this.#give(this.#words.value);
    this.#words.value = "";
  }

  #repeat() {
    if (this.#isShort()) return this.#tell(t("refusal_not_enough_coins"));
    this.#combo.again();
    this.#give();
  }

  /** @param {string} [words] */
  #give(words) {
    this.#tell("");
    this.#outbox.give(this.#purse.session, this.#choice.gift_id, this.#choice.count, words);
  }

  /** Another user pays from now on, and must not pay for the former user's gifts. */
  #dropAll() {
    this.#combo.hide();
    this.#hasWaited = false;
    if (this.#outbox.pending.length === 0) return;
    this.#outbox.drop();
    this.#tell(t("gift_dropped"));
  }

  /** @param {Send} send @param {Answer} answer */
  #onAnswered(send, answer) {
    const gift = this.#choice.gifts.get(send.gift_id);
    const name = gift ? giftName(gift) : send.gift_id;
    if (answer.type === "accepted") this.#tell(this.#hasWaited ? t("gift_sent_late", { gift: name, count: send.count }) : "");
    else if (answer.type === "rejected" && answer.reason === "age_unconfirmed") this.#askAge(send);
    else {
      this.#combo.hide();
      this.#words.value ||= send.text;
      this.#tell(t("gift_refused", { gift: name, reason: refusalText(answer) }));
    }
    this.#hasWaited = false;
  }

  /** Nothing was paid: who is old enough gives it then, unless the live is over. @param {Send} send */
  async #askAge({ session_id, gift_id, count, text }) {
    this.#combo.hide();
    const { askAge } = await import("../core/age-dialog.js");
    const isOldEnough = this.tools !== null && (await askAge(this.tools));
    if (isOldEnough) {
      this.#combo.show(this.#choice.gifts.get(gift_id), count);
      this.#outbox.give(session_id, gift_id, count, text);
    } else this.#words.value ||= text;
  }

  #left() {
    return this.#purse.left(this.#outbox.pending, (gift_id) => this.#choice.priceOf(gift_id));
  }

  #isShort() {
    return this.#choice.price > this.#left();
  }

  #render() {
    if (this.#outbox.isLost) {
      this.#hasWaited = true;
      this.#tell(t("gift_waiting"));
    }
    find(this, ".gifts__balance", HTMLElement).textContent = t("gift_balance", { coins: coinText(this.#left()) });
    const { claimable, isLive } = this.#purse;
    this.#claim.offer(claimable);
    this.#send.disabled = !isLive || !this.#choice.gift;
    const price = t("gift_send", { coins: coinText(this.#choice.price) });
    this.#send.textContent = isLive ? (this.#isShort() ? t("gift_too_dear") : price) : t("refusal_not_live");
    this.#choice.render();
  }

  #onChosen() {
    this.#combo.hide();
    this.#render();
  }

  /** A message vanishes by itself, except the one that a gift still waits. @param {string} text */
  #tell(text) {
    clearTimeout(this.#hiding);
    if (text && !this.#outbox.isLost) this.#hiding = window.setTimeout(() => this.#tell(""), SHOWN_MS);
    for (const place of this.querySelectorAll(".gifts__told")) place.textContent = text;
  }
}
