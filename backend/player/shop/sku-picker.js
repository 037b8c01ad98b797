/** The choice of colour, size and the like, each with the stock that it leads to. */

/** @import { ShopSku } from "../core/protocol.js" */
/** @import { Choice } from "./sku-choice.js" */

import { el, focusable } from "./parts.js";
import { FEW } from "./product-list.js";
import { t } from "./sheet-texts.js";
import { choose, leftWith, specsOf } from "./sku-choice.js";

/**
 * One group of radio buttons a specification; a single SKU needs no choice.
 * @param {readonly ShopSku[]} skus
 * @param {Choice} choice
 * @param {(choice: Choice) => void} onChosen
 */
export function skuPicker(skus, choice, onChosen) {
  if (skus.length < 2) return [];
  const specs = specsOf(skus);
  return specs.map(({ name, values }, at) => {
    const isLast = at === specs.length - 1;
    const options = values.map((value) => option(value, leftWith(skus, choice, name, value), choice[name] === value, isLast));
    const group = el("div", "sizes", ...options);
    group.setAttribute("role", "radiogroup");
    group.ariaLabel = name;
    options.forEach((one, index) => {
      const value = values[index] ?? "";
      focusable(one, `${name}=${value}`);
      one.onclick = () => onChosen(choose(skus, choice, name, value));
    });
    group.onkeydown = (event) => moveChoice(event, options);
    return el("div", "shop__spec", el("div", "inline", el("h3", "box__title", name), el("span", "t13 dim", choice[name] ?? "")), group);
  });
}

/**
 * One that is sold out can be looked at all the same.
 * @param {string} value
 * @param {number} left
 * @param {boolean} isChosen
 * @param {boolean} isLast only with the last one chosen it is clear how many there are
 */
function option(value, left, isChosen, isLast) {
  const few = left > 0 && left <= FEW;
  const stock = left <= 0 ? t("sold_out_short") : few ? t("few_short", { count: left }) : t("in_stock");
  const element = el("button", "size", el("span", "", value), isLast || left <= 0 ? el("small", few ? "few" : "", stock) : null);
  element.type = "button";
  element.setAttribute("role", "radio");
  element.ariaChecked = String(isChosen);
  element.tabIndex = isChosen ? 0 : -1;
  if (left <= 0) element.dataset["gone"] = "";
  return element;
}

/** Arrows move the choice, as in every group of radio buttons. @param {KeyboardEvent} event @param {HTMLButtonElement[]} options */
function moveChoice(event, options) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const at = options.findIndex((one) => one === document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  const next = options[(at + step + options.length) % options.length];
  next?.focus();
  next?.click();
}
