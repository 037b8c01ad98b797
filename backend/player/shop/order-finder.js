/** An order found by its number and phone: for whom this browser does not know any more. */

/** @import { FoundOrder } from "../core/protocol.js" */
/** @import { Refusal } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { field } from "./fields.js";
import { orderBoxes } from "./order-parts.js";
import { nowOf } from "./order-words.js";
import { el, focusable, note, redraw } from "./parts.js";
import { reasonOf } from "./refusal-note.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";

const MOST_NUMBER = 40;
const MOST_PHONE = 32;

export class OrderFinder extends SheetView {
  /** @type {FoundOrder | null} */
  #found = null;
  #told = "";
  #isAsking = false;
  #asked = 0;
  #form = el("form", "box");
  #shown = el("div", "shop__parts");
  #number = textField("shop-find-number", t("order_number"), "off", MOST_NUMBER);
  #phone = textField("shop-find-phone", t("address_phone"), "tel", MOST_PHONE);

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("find_order"));
    this.#form.noValidate = true;
    this.#form.id = "shop-find";
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#ask();
    };
    this.#form.oninput = () => this.#forget();
    this.#form.append(el("p", "t13 dim", t("find_order_hint")), this.#number.element, this.#phone.element);
    this.body.append(this.#form, this.#shown);
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    this.#forget();
  }

  /** What was found belongs to what was asked for: it goes when that changes. */
  #forget() {
    [this.#found, this.#told, this.#isAsking] = [null, "", false];
    this.#asked += 1;
    this.update();
  }

  /** @override */
  update() {
    const order = this.#found;
    redraw(
      this.#shown,
      this.model.isOffline ? note("warn", "offline", t("offline_orders")) : null,
      this.#told ? note("bad", "alert", this.#told) : null,
      ...(order ? [el("p", "shop__now", t(nowOf(order).key)), ...orderBoxes(order, this.model.now())] : []),
    );
    const find = focusable(el("button", "btn btn--wide", this.#isAsking ? t("sending") : t("find_order_do")), "find");
    find.type = "submit";
    find.setAttribute("form", this.#form.id);
    find.disabled = this.#isAsking || this.model.isOffline;
    this.layFoot(find);
  }

  async #ask() {
    this.#forget();
    const [number, phone] = [this.#number, this.#phone].map(({ input }) => input.value.trim());
    this.#number.showFault(number ? "" : t("fault_number"));
    this.#phone.showFault(phone ? "" : t("fault_phone"));
    if (!number || !phone) return (number ? this.#phone : this.#number).input.focus();
    const asked = this.#asked;
    this.#isAsking = true;
    this.update();
    const outcome = await this.model.api.findOrder(number, phone);
    if (this.#asked !== asked) return;
    this.#isAsking = false;
    if (outcome.type === "done") this.#found = outcome.value;
    else this.#told = outcome.type === "refused" ? whyNot(outcome.refusal, outcome.retry_s) : t("failed_hint");
    this.update();
    if (this.#found) this.#shown.scrollIntoView({ block: "start" });
  }
}

/** @param {string} id @param {string} label @param {"off" | "tel"} autocomplete @param {number} most */
function textField(id, label, autocomplete, most) {
  const input = el("input", "");
  input.type = autocomplete === "tel" ? "tel" : "text";
  input.inputMode = "tel";
  input.autocomplete = autocomplete;
  input.maxLength = most;
  return field(id, label, input, () => {});
}

/** @param {Refusal} refusal @param {number} retry_s */
function whyNot(refusal, retry_s) {
  // A number or phone that can be none finds nothing either.
  return [404, 422].includes(refusal.status) ? t("find_order_none") : reasonOf(refusal, retry_s);
}
