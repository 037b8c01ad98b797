/** Draws, put together. */

/** @import { Panel, Tools } from "../../core/feature.js" */

import { equipWith } from "../../core/feature.js";
import { LuckyDraw } from "./lucky-draw.js";

/** @param {Tools} tools @returns {Panel[]} */
export const startDraws = (tools) => [equipWith(tools)("lucky-draw", LuckyDraw)];
