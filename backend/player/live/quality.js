/** The quality badge, asked for after the first frame. */

import { place } from "../core/markup.js";
import { loadStyle } from "../core/styles.js";
import { QualityBadge } from "./quality-badge.js";

export async function startQuality() {
  await loadStyle("live/quality.css");
  return place("quality-badge", QualityBadge);
}
