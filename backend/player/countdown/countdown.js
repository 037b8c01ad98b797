/** The host's countdown, put together. */

/** @import { Panel, Tools } from "../core/feature.js" */

import { equipWith } from "../core/feature.js";
import { CountdownCard } from "./countdown-card.js";

/**
 * @param {Tools} tools
 * @returns {Panel[]}
 */
export const startCountdown = (tools) => [equipWith(tools)("countdown-card", CountdownCard)];
