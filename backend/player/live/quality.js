/** The quality badge and the report of our delay, asked for after the first frame. */

/** @import { Tools } from "../core/feature.js" */
/** @import { MediaStats } from "../core/stats.js" */

import { place } from "../core/markup.js";
import { loadStyle } from "../core/styles.js";
import { PlayoutReport } from "./playout-report.js";
import { QualityBadge } from "./quality-badge.js";

/** @param {Tools["act"]} act @returns {Promise<(stats: MediaStats) => void>} shows and reports what was measured */
export async function startQuality(act) {
  await loadStyle("live/quality.css");
  const badge = place("quality-badge", QualityBadge);
  const report = new PlayoutReport(act);
  return (stats) => {
    badge.apply({ type: "stats_measured", stats });
    report.apply(stats, performance.now());
  };
}
