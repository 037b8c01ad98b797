/** Choosing and sending a gift: what there is, what one has, and the button to send the same again quickly. */

/** @import { Gift } from "./protocol.js" */
/** @import { Answer, RoomEvent } from "./socket.js" */
/** @import { Send } from "./gift-outbox.js" */
/** @import { Tools } from "./people.js" */

import { find } from "./dom.js";
import { countButton, giftItem } from "./gift-buttons.js";
import { coinNumber, coinText, giftName, loadGifts } from "./gift-catalog.js";
import { GiftCombo } from "./gift-combo.js";
import { GiftOutbox } from "./gift-outbox.js";
import { GiftPurse } from "./gift-purse.js";
import { label, t } from "./i18n.js";
import { refusalText } from "./refusals.js";

const COUNTS = [1, 10, 66];
const TOLD_MS = 6_000;

export class GiftSheet extends HTMLElement {
  #dialog = find(this, "dialog", HTMLDialogElement);
  #list = find(this, ".gifts", HTMLUListElement);
  #words = find(this, ".gifts__words", HTMLInputElement);
  #send = find(this, ".gifts__send", HTMLButtonElement);
  #claim = find(this, ".gifts__claim", HTMLButtonElement);
  #combo = new GiftCombo(find(this, ".combo", HTMLButtonElement), () => this.#repeat());
  #outbox = new GiftOutbox({
    act: (command) => this.tools?.act(command) ?? Promise.resolve({ type: "lost" }),
    untilOpen: () => new Promise((resolve) => this.#awaitingLine.push(() => resolve())),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newKey: () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
    onChanged: () => this.#render(),
    onAnswered: (send, answer) => this.#onAnswered(send, answer),
  });
  /** @type {(() => void)[]} */
  #awaitingLine = [];
  /** @type {Map<string, Gift>} */
  #gifts = new Map();
  #purse = new GiftPurse();
  #chosen = "";
  #count = 1;
  #hasWaited = false;
  #hiding = 0;
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    const opener = find(this, ".gift-open", HTMLButtonElement);
    opener.onclick = () => this.#open();
    label(opener, "gift_open");
    this.#words.placeholder = t("gift_words");
    find(this, ".sheet__close", HTMLButtonElement).onclick = () => this.#dialog.close();
    this.#dialog.addEventListener("click", ({ target }) => target === this.#dialog && this.#dialog.close());
    this.#send.onclick = () => this.#onSend();
    this.#claim.onclick = () => this.#onClaim();
    find(this, ".gifts__counts", HTMLElement).append(...COUNTS.map((count) => countButton(count, () => this.#choose(() => (this.#count = count)))));
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
    this.#dialog.showModal();
    this.#tell("");
    try {
      this.#gifts = await loadGifts();
    } catch {
      this.#tell(t("gift_unreachable"));
    }
    if (this.#list.childElementCount === 0) this.#list.append(...[...this.#gifts.values()].map((gift) => giftItem(gift, () => this.#choose(() => (this.#chosen = gift.gift_id)))));
    this.#chosen ||= this.#gifts.keys().next().value ?? "";
    this.#render();
  }

  #onSend() {
    this.#dialog.close();
    this.#combo.show(this.#gifts.get(this.#chosen), this.#count);
    this.#give(this.#words.value);
    this.#words.value = "";
  }

  #repeat() {
    if (this.#isShort()) return this.#tell(t("gift_poor"));
    this.#combo.again();
    this.#give();
  }

  /** @param {string} [words] */
  #give(words) {
    this.#tell("");
    this.#outbox.give(this.#purse.session, this.#chosen, this.#count, words);
  }

  /** Somebody else pays now: what the other gave must not be paid by them. */
  #dropAll() {
    this.#combo.hide();
    this.#hasWaited = false;
    if (this.#outbox.pending.length === 0) return;
    this.#outbox.drop();
    this.#tell(t("gift_dropped"));
  }

  async #onClaim() {
    this.#claim.disabled = true;
    const answer = await this.tools?.act({ type: "claim_demo_coins" });
    this.#claim.disabled = false;
    const isDone = answer?.type === "accepted" || (answer?.type === "rejected" && answer.reason === "already");
    if (answer) this.#tell(isDone ? t("gift_claimed") : refusalText(answer));
  }

  /** @param {Send} send @param {Answer} answer */
  #onAnswered(send, answer) {
    const gift = this.#gifts.get(send.gift_id);
    const name = gift ? giftName(gift) : send.gift_id;
    if (answer.type === "accepted") this.#tell(this.#hasWaited ? t("gift_sent_late", { gift: name, count: send.count }) : "");
    else {
      this.#combo.hide();
      this.#words.value ||= send.text;
      this.#tell(t("gift_refused", { gift: name, reason: refusalText(answer) }));
    }
    this.#hasWaited = false;
  }

  #left() {
    return this.#purse.left(this.#outbox.pending, (gift_id) => this.#gifts.get(gift_id)?.coins ?? 0);
  }

  #price() {
    return this.#count * (this.#gifts.get(this.#chosen)?.coins ?? 0);
  }

  #isShort() {
    return this.#price() > this.#left();
  }

  #render() {
    if (this.#outbox.isLost) {
      this.#hasWaited = true;
      this.#tell(t("gift_waiting"));
    }
    find(this, ".gifts__balance", HTMLElement).textContent = t("gift_balance", { coins: coinText(this.#left()) });
    const { claimable, isLive } = this.#purse;
    this.#claim.hidden = claimable === 0;
    this.#claim.textContent = t("gift_claim", { count: coinNumber(claimable) });
    this.#send.disabled = !isLive || this.#chosen === "" || this.#isShort();
    const price = t("gift_send", { coins: coinText(this.#price()) });
    this.#send.textContent = isLive ? (this.#isShort() ? t("gift_poor") : price) : t("refusal_not_live");
    for (const button of this.querySelectorAll("button[data-gift]")) press(button, button.getAttribute("data-gift") === this.#chosen);
    for (const button of this.querySelectorAll("button[data-count]")) press(button, button.getAttribute("data-count") === String(this.#count));
  }

  /** @param {() => void} change */
  #choose(change) {
    this.#combo.hide();
    change();
    this.#render();
  }

  /** What is told goes by itself, but for the news that a gift still waits. @param {string} text */
  #tell(text) {
    clearTimeout(this.#hiding);
    if (text && !this.#outbox.isLost) this.#hiding = window.setTimeout(() => this.#tell(""), TOLD_MS);
    for (const place of this.querySelectorAll(".gifts__told")) place.textContent = text;
  }
}

/** @param {Element} button @param {boolean} isChosen */
const press = (button, isChosen) => button.setAttribute("aria-pressed", String(isChosen));
