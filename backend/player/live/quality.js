/** The quality badge and the report of our delay, asked for after the first frame. */

/** @import { Tools } from "../core/feature.js" */
/** @import { MediaStats } from "../core/stats.js" */
/** @import { LayerChosen } from "./quality-badge.js" */
/** @import { WhepClient } from "./whep.js" */

import { place } from "../core/markup.js";
import { loadStyle } from "../core/styles.js";
import { LayerFollower } from "./layer-follower.js";
import { PlayoutReport } from "./playout-report.js";
import { QualityBadge } from "./quality-badge.js";

/**
 * @param {Tools["act"]} act
 * @param {WhepClient} whep
 * @returns {Promise<(stats: MediaStats) => void>} shows and reports what was measured
 */
export async function startQuality(act, whep) {
  await loadStyle("live/quality.css");
  const badge = place("quality-badge", QualityBadge);
  const follower = new LayerFollower(whep, (event) => badge.apply(event));
  badge.addEventListener("look", () => follower.refresh());
  badge.addEventListener("choose-layer", (event) => follower.choose(/** @type {CustomEvent<LayerChosen>} */ (event).detail.height));
  const report = new PlayoutReport(act);
  return (stats) => {
    badge.apply({ type: "stats_measured", stats });
    follower.apply(stats);
    report.apply(stats, performance.now());
  };
}
