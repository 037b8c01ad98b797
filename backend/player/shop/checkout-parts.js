/** The boxes of the checkout. */

/** @import { Address, PaymentMethod, ProviderOn, Quote, QuotedLine } from "../core/protocol.js" */

import { t as flashText } from "../campaigns/flash_sale/texts.js";
import { addressText } from "./address-rules.js";
import { listPrice, money } from "./money.js";
import { unitsOf } from "./order-words.js";
import { amount, button, el, focusable, icon, sumLine, thumb, was } from "./parts.js";
import { t } from "./sheet-texts.js";
import { specText } from "./sku-choice.js";

/** As many characters as the shop takes. */
const MOST_NOTE = 200;

/** @param {Address | null} address @param {() => void} onTap */
export function addressBox(address, onTap) {
  const words = address ? addressLines(address) : [el("span", "strong", t("address_fill")), el("span", "t13 dim", t("address_fill_hint"))];
  return focusable(
    button("box box--row", [el("span", "c-price", icon("place")), el("span", "grow stack", ...words), icon("forward", "icon icon--s dimmer")], onTap),
    "address",
  );
}

/** @param {Address} address */
export function addressLines(address) {
  return [
    el("span", "inline", el("span", "strong", address.name), el("span", "t14 dim", address.phone)),
    el("span", "t13 dim two", addressText(address)),
  ];
}

/** @param {Quote} quote */
export function linesBox({ lines, currency }) {
  const rows = lines.map((line) =>
    orderLine(line, unitOf(line, currency), line.discount_minor > 0 ? `${t("discount")} ${money(-line.discount_minor, currency)}` : ""),
  );
  return el("div", "box", el("ul", "shop__list", ...rows));
}

/** In a flash sale beside what may be crossed out. @param {QuotedLine} line @param {string} currency */
function unitOf({ campaign_id, unit_minor, reference_minor }, currency) {
  const unit = listPrice(unit_minor, currency);
  if (!campaign_id) return unit;
  const isReduced = reference_minor !== null && reference_minor > unit_minor;
  return el("span", "inline", el("span", "tag", flashText("flash")), isReduced ? was(reference_minor, currency) : null, unit);
}

/**
 * A line of a quote or of an order.
 * @param {{ image_url: string, title: string, specs: string[][], quantity: number }} line
 * @param {string | Element} unit
 * @param {string} reduced
 */
export function orderLine({ image_url, title, specs, quantity }, unit, reduced) {
  const choice = specText(specs);
  return el(
    "li",
    "inline inline--top",
    thumb(image_url, "thumb thumb--s"),
    el("span", "grow stack", el("span", "t14 one", title), el("span", "t12 dimmer", `${choice ? `${choice} ` : ""}× ${quantity}`)),
    el("span", "stack stack--end", el("span", "strong", unit), reduced ? el("span", "t12 c-price", reduced) : null),
  );
}

/**
 * @param {PaymentMethod} chosen
 * @param {readonly PaymentMethod[]} methods what the shop takes
 * @param {{ providers: ProviderOn[] | null, provider: string }} online who takes online payments, and who of them was chosen
 * @param {(method: PaymentMethod, provider: string) => void} onChosen
 * @param {(method: PaymentMethod) => string} hintOf
 */
export function methodBox(chosen, methods, { providers, provider }, onChosen, hintOf = (method) => t(`method_${method}_hint`)) {
  const known = providers?.map((one) => one.provider) ?? [];
  const proposed = provider || (known[0] ?? "");
  const choices = methods.flatMap((method) => (method === "online" && known.length > 0 ? known : [""]).map((one) => ({ method, one })));
  const options = choices.map(({ method, one }) => {
    const input = focusable(el("input", ""), `method=${method}${one}`);
    input.type = "radio";
    input.name = "method";
    input.value = method;
    input.checked = method === chosen && (one === "" || one === proposed);
    input.onchange = () => onChosen(method, one);
    return el("label", "method", el("span", "grow stack", el("span", "", methodText(method, one, known)), el("span", "t12 dimmer", hintOf(method))), input);
  });
  return el("fieldset", "box methods", el("legend", "box__title", t("method")), ...options);
}

/** Where play money is the only money, nobody need be told so before the cashier. @param {PaymentMethod} method @param {string} provider @param {string[]} known */
function methodText(method, provider, known) {
  if (provider === "wechat" || provider === "alipay" || provider === "stripe") return t(`provider_${provider}`);
  return provider === "sandbox" && known.length > 1 ? t("provider_sandbox") : t(`method_${method}`);
}

/** The note to the shop; what is typed stays while all else is drawn again. @param {(text: string) => void} onTyped */
export function noteBox(onTyped) {
  const input = el("textarea", "");
  input.rows = 1;
  input.maxLength = MOST_NOTE;
  input.placeholder = t("note_hint");
  input.oninput = () => onTyped(input.value);
  const element = el("label", "box blank", el("span", "box__title", t("note")), input);
  return {
    element,
    get text() {
      return input.value.trim();
    },
    /** @param {string} text */
    fill(text) {
      input.value = text;
    },
  };
}

/** @param {Quote} quote */
export function sumsBox({ lines, currency, goods_minor, discount_minor, shipping_minor, coupon, sent_along, tax_minor, total_minor }) {
  return el(
    "div",
    "box",
    el(
      "dl",
      "sum",
      sumLine(t("goods_sum", { count: unitsOf(lines) }), money(goods_minor, currency)),
      discount_minor > 0 ? sumLine(t("discount"), el("span", "c-price", money(-discount_minor, currency)), coupon?.title ?? "") : null,
      sumLine(t("shipping"), money(shipping_minor, currency), sent_along.length > 0 ? t("sent_along", { count: sent_along.length }) : ""),
      tax_minor > 0 ? sumLine(t("tax"), money(tax_minor, currency)) : null,
      sumLine(t("to_pay"), amount(total_minor, currency), "", "total"),
    ),
  );
}
