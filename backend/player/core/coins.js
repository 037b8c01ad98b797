/** Coins in words. */

import { t } from "./shared-texts.js";

/** @param {number} count */
export const coinNumber = (count) => new Intl.NumberFormat(document.documentElement.lang).format(count);

/** @param {number} count */
export const coinText = (count) => t(count === 1 ? "coin" : "coins", { count: coinNumber(count) });
