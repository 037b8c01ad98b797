/** Why a purchase did not get a flash sale's price, in words. */

import { t } from "./texts.js";

/** @param {{ type: string, ms?: number, left?: number, limit?: number }} refusal @returns {string} empty for other refusals */
export function flashReason({ type, ms = 0, left = 0, limit = 0 }) {
  if (type === "flash_not_open") return t("flash_not_open", { time: duration(ms) });
  if (type === "flash_over") return t("flash_late", { time: duration(ms) });
  if (type === "flash_sold_out") return left > 0 ? t("flash_few", { left }) : t("flash_sold_out");
  if (type === "flash_limit") return t("flash_limit_reached", { limit });
  return "";
}

/** To the millisecond where that is all there is. @param {number} ms */
function duration(ms) {
  if (ms < 10_000) return `${Math.max(1, ms)} ms`;
  return `${Math.round(ms / 1000)} s`;
}
