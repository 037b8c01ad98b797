/** Gifts, put together. */

/** @import { Panel, Tools } from "../core/feature.js" */

import { equipWith } from "../core/feature.js";
import { GiftBanners } from "./gift-banners.js";
import { GiftRanking } from "./gift-ranking.js";
import { GiftSheet } from "./gift-sheet.js";
import { GiftStage } from "./gift-stage.js";

/** @param {Tools} tools @returns {Panel[]} */
export function startGifts(tools) {
  const equip = equipWith(tools);
  return [
    equip("gift-sheet", GiftSheet),
    equip("gift-banners", GiftBanners),
    equip("gift-stage", GiftStage),
    equip("gift-ranking", GiftRanking),
  ];
}
