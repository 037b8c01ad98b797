/** The most that a viewer would pay: typed here, seen by nobody else; the auction bids for them up to it. */

/** @import { AuctionShown } from "../../core/protocol.js" */

import { isZero, listPrice, moneyParts } from "../../shop/money.js";
import { button, el, icon } from "../../shop/parts.js";
import { put } from "./auction-pill.js";
import { t } from "./texts.js";

export class MaxForm {
  element = el("div", "auction__max");
  #words = el("span", "");
  #form = el("form", "auction__form");
  #field = el("input", "auction__field");
  #caption = el("label", "t13 dim");
  #fault = el("span", "auction__fault");
  #set = el("button", "btn btn--s auction__set", t("auction_max_set"));
  #opener;
  #onWanted;
  /** @type {AuctionShown | null} */
  #detail = null;

  /** @param {(max_minor: number) => void} onWanted */
  constructor(onWanted) {
    this.#onWanted = onWanted;
    const words = el("span", "grow stack", this.#words, el("span", "t12 dimmer", t("auction_max_secret")));
    this.#opener = button("auction__row", [icon("safe", "icon icon--s"), words, icon("forward", "icon icon--s dimmer")], () => this.#toggle());
    this.#opener.setAttribute("aria-expanded", "false");
    this.#layForm();
    this.element.append(this.#opener, this.#form);
  }

  #layForm() {
    this.#field.id = "auction-max";
    this.#field.inputMode = "decimal";
    this.#field.autocomplete = "off";
    this.#field.maxLength = 16;
    this.#caption.htmlFor = this.#field.id;
    this.#fault.id = "auction-max-fault";
    this.#fault.setAttribute("role", "alert");
    const hint = el("p", "t12 dimmer", t("auction_max_hint"));
    hint.id = "auction-max-hint";
    this.#field.setAttribute("aria-describedby", `${this.#fault.id} ${hint.id}`);
    this.#set.type = "submit";
    this.#form.hidden = true;
    this.#form.noValidate = true;
    this.#form.append(this.#caption, el("span", "inline", this.#field, this.#set), this.#fault, hint);
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.#field.oninput = () => this.#tell("");
  }

  /** @param {AuctionShown} detail @param {number} max_minor one's own; 0 for none @param {boolean} isBidding */
  update(detail, max_minor, isBidding) {
    this.#detail = detail;
    const { symbol } = moneyParts(0, detail.currency);
    put(this.#words, max_minor > 0 ? t("auction_max_yours", { price: listPrice(max_minor, detail.currency) }) : t("auction_max"));
    put(this.#caption, t("auction_max_field", { sign: symbol }));
    this.#set.disabled = isBidding;
  }

  close() {
    this.#field.value = "";
    this.#tell("");
    this.#open(false);
  }

  #toggle() {
    this.#open(this.#form.hidden !== false);
    if (this.#form.hidden === false) this.#field.focus();
  }

  /** @param {boolean} isOpen */
  #open(isOpen) {
    this.#form.hidden = !isOpen;
    this.#opener.setAttribute("aria-expanded", String(isOpen));
  }

  #submit() {
    if (!this.#detail) return;
    const { next_minor, currency } = this.#detail;
    const minor = minorOf(this.#field.value, currency);
    if (minor === null || minor < next_minor) {
      this.#tell(t("auction_max_wrong", { price: listPrice(next_minor, currency) }));
      this.#field.focus();
      return;
    }
    this.#onWanted(minor);
  }

  /** @param {string} text */
  #tell(text) {
    put(this.#fault, text);
    this.#field.ariaInvalid = String(text !== "");
  }
}

/** What is typed, in minor units, exactly; null where it is no amount of this currency. @param {string} text @param {string} currency */
export function minorOf(text, currency) {
  const { symbol, fraction } = moneyParts(0, currency);
  const decimals = Math.max(0, fraction.length - 1);
  const plain = text.normalize("NFKC").replace("。", ".").replaceAll(",", "").replace(symbol, "").trim();
  const [, whole = "", part = ""] = /^(\d{1,12})(?:\.(\d*))?$/.exec(plain) ?? [];
  if (whole === "" || (part.length > decimals && !isZero(`.${part}`))) return null;
  return Number(whole + part.slice(0, decimals).padEnd(decimals, "0"));
}
