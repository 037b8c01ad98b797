/** The product card, asked for beside the first frame. */

/** @import { Panel } from "../core/feature.js" */

import { place } from "../core/markup.js";
import { loadStyle } from "../core/styles.js";
import { leaveCashierTab } from "./cashier-tab.js";
import { ProductCard } from "./product-card.js";

/** @returns {Promise<Panel>} */
export async function startShop() {
  leaveCashierTab();
  await loadStyle("shop/shop.css");
  return place("product-card", ProductCard);
}
