/** The way to the cart. */

/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */

import { el, focusable, tool } from "./parts.js";
import { t } from "./sheet-texts.js";

const MOST_SHOWN = 99;

/** A button that says how many units are in it. @param {ShopModel} model @param {Ways} ways */
export function cartTool(model, ways) {
  const { count } = model.cart;
  const open = tool("cart", t("cart_open", { count }), () => ways.go({ name: "cart" }));
  if (count > 0) open.append(badge(count));
  return focusable(open, "cart");
}

/** @param {number} count */
function badge(count) {
  const element = el("span", "badge", count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count));
  element.ariaHidden = "true";
  return element;
}
