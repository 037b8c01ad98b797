/** The buttons of the gift sheet: one a gift, one a number. */

/** @import { Gift } from "../core/protocol.js" */

import { coinNumber, coinText } from "../core/coins.js";
import { giftImage, giftName } from "./gift-catalog.js";
import { t } from "./texts.js";

/** @param {Gift} gift @param {() => void} onChosen */
export function giftItem(gift, onChosen) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset["gift"] = gift.gift_id;
  button.setAttribute("aria-label", t("gift_button", { gift: giftName(gift), coins: coinText(gift.coins) }));
  button.append(giftImage(gift), part("gifts__name", giftName(gift)), part("gifts__coins", coinNumber(gift.coins)));
  button.onclick = onChosen;
  const item = document.createElement("li");
  item.append(button);
  return item;
}

/** @param {number} count @param {() => void} onChosen */
export function countButton(count, onChosen) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset["count"] = String(count);
  button.textContent = `×${count}`;
  button.onclick = onChosen;
  return button;
}

/** @param {string} className @param {string} text */
function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
