/** Goods that can be won, as the shop's sheets show them. */

/** @import { MyPrize } from "../../core/protocol.js" */

import { listPrice } from "../../shop/money.js";
import { el, thumb } from "../../shop/parts.js";
import { specText } from "../../shop/sku-choice.js";
import { t } from "./prize-texts.js";

/** What was won: picture, the host's words, the product, what it is worth. @param {MyPrize} prize */
export function goodsBox({ prize, goods }) {
  const { title, specs, price_minor, currency } = goods;
  const product = [title, specText(specs)].filter(Boolean).join(" · ");
  return el(
    "div",
    "box box--row",
    thumb(goods.image_url, "thumb thumb--m"),
    el(
      "span",
      "grow stack",
      el("span", "strong", prize),
      product === prize ? null : el("span", "t13 dim two", product),
      el("span", "t12 dimmer", `${t("prize_worth", { price: listPrice(price_minor, currency) })} · ${t("prize_free")}`),
    ),
  );
}

/** The same in a list, with until when it can be claimed. @param {MyPrize} prize @param {string} until */
export function goodsRow({ prize, goods }, until) {
  return [thumb(goods.image_url, "thumb thumb--s"), el("span", "grow stack", el("span", "strong two", prize), el("span", "t12 dimmer", until))];
}
