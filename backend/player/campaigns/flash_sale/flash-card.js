/** What a flash sale changes on the explain card. */

/** @import { FlashOffer, Product } from "../../core/protocol.js" */
/** @import { FlashSale } from "./flash-sale.js" */

import { find } from "../../core/dom.js";
import { listPrice } from "../../shop/money.js";
import { flashBand, flashLeft } from "./flash-band.js";
import { t } from "./texts.js";

/**
 * Show the sale over the card, and on its button.
 * @param {HTMLElement} card
 * @param {HTMLButtonElement} buy
 * @param {FlashSale} sale
 * @param {FlashOffer} offer
 * @param {Product} product
 * @returns {string} what a screen reader says once of it
 */
export function fillSale(card, buy, sale, offer, product) {
  const band = find(card, ".card__sale", HTMLElement);
  band.hidden = false;
  band.replaceChildren(flashBand(sale));
  find(card, ".card__stock", HTMLElement).replaceChildren(flashLeft(offer));
  if (offer.left > 0) {
    card.dataset["stock"] = "stock";
    buy.textContent = t(sale.isWaiting ? "flash_get_ready" : "flash_buy");
  }
  const price = listPrice(offer.price_minor, product.currency);
  const seconds = Math.ceil((sale.running?.left_ms ?? 0) / 1000);
  if (sale.isWaiting) return t("flash_announced", { title: product.title, price, seconds });
  return offer.left > 0 ? t("flash_opened", { title: product.title, price }) : t("flash_gone");
}
