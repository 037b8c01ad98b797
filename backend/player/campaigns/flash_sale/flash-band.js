/** The band over a product in a flash sale: what it is, and the time to its start or its end. */

/** @import { FlashOffer } from "../../core/protocol.js" */
/** @import { FlashSale } from "./flash-sale.js" */

import { t } from "./texts.js";

/** @param {FlashSale} sale */
export function flashBand(sale) {
  const time = Object.assign(document.createElement("b"), { className: "flash__time", textContent: sale.time });
  const words = Object.assign(document.createElement("span"), { textContent: sale.heading });
  const name = Object.assign(document.createElement("strong"), { textContent: t("flash") });
  const band = Object.assign(document.createElement("p"), { className: "flash" });
  band.setAttribute("role", "timer");
  const end = Object.assign(document.createElement("span"), { className: "flash__end" });
  end.append(words, time);
  band.append(name, end);
  return band;
}

/** How many are left, as a bar and in words. @param {FlashOffer} offer */
export function flashLeft({ left, quota }) {
  const bar = Object.assign(document.createElement("span"), { className: "flash__bar", ariaHidden: "true" });
  const fill = document.createElement("i");
  fill.style.width = `${Math.round((100 * Math.min(left, quota)) / Math.max(quota, 1))}%`;
  bar.append(fill);
  const words = Object.assign(document.createElement("span"), { textContent: left > 0 ? t("flash_left", { left, quota }) : t("flash_gone") });
  const both = Object.assign(document.createElement("span"), { className: "flash__left" });
  both.append(bar, words);
  return both;
}
