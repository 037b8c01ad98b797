/** The coupon of the checkout: a code is typed, and what it gives counts at once. */

/** @import { HeldCoupon } from "../core/protocol.js" */
/** @import { Outcome, Refusal } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */

import { field } from "./fields.js";
import { button, el, focusable } from "./parts.js";
import { reasonOf } from "./refusal-note.js";
import { paths } from "./shop-api.js";
import { t } from "./sheet-texts.js";

const PLACE = "claim_coupon";
/** As many characters as the shop takes. */
const MOST = 32;

export class CouponCode {
  element = el("form", "box coupon");
  #model;
  #onClaimed;
  #field;
  #told = el("p", "t12 dimmer");

  /** @param {ShopModel} model @param {(held: HeldCoupon) => void} onClaimed @param {string} id of its field */
  constructor(model, onClaimed, id = "shop-coupon-code") {
    this.#model = model;
    this.#onClaimed = onClaimed;
    const input = el("input", "");
    input.maxLength = MOST;
    input.autocomplete = "off";
    input.autocapitalize = "characters";
    this.#field = field(id, t("coupon_code"), input, () => this.tell(""));
    const claim = focusable(button("btn btn--line", [t("coupon_claim")], () => {}), "coupon_claim");
    claim.type = "submit";
    this.#told.ariaLive = "polite";
    this.element.onsubmit = (event) => {
      event.preventDefault();
      this.#claim();
    };
    this.element.append(this.#field.element, claim, this.#told);
  }

  /** @param {string} words */
  tell(words) {
    this.#told.textContent = words;
    this.#told.hidden = words === "";
  }

  /** What was claimed when the page was left. */
  async resume() {
    const resumed = this.#model.outbox.resume(PLACE);
    if (resumed) this.#answered(await resumed);
  }

  async #claim() {
    const code = this.#field.input.value.trim();
    if (code === "" || this.#model.isOffline || this.#model.outbox.isPending(PLACE)) return this.#field.input.focus();
    this.#answered(await this.#model.outbox.send(PLACE, paths.claimCoupon(), { code }));
  }

  /** @param {Outcome<HeldCoupon>} outcome */
  #answered(outcome) {
    if (outcome.type === "done") {
      this.#field.input.value = "";
      return this.#onClaimed(outcome.value);
    }
    if (outcome.type === "refused") this.#field.showFault(refusalText(outcome.refusal, outcome.retry_s));
  }
}

/** @param {Refusal} refusal @param {number} retry_s */
function refusalText(refusal, retry_s) {
  const { type } = refusal;
  if (type === "coupon_already") return t("coupon_already");
  if (type === "coupon_none_left") return t("coupon_none_left");
  if (type === "accounts_only") return t("coupon_accounts_only");
  if (type === "coupon_ended" || type === "coupon_not_yet") return t(type);
  return type === "coupon_unknown" ? t(type) : reasonOf(refusal, retry_s);
}
