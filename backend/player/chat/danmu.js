/** The danmu over the picture and their settings, put together. */

/** @import { Panel, Tools } from "../core/feature.js" */

import { place } from "../core/markup.js";
import { DanmuOverlay } from "./danmu-overlay.js";
import { DanmuSettings } from "./danmu-settings.js";

/** @param {Tools} tools @returns {Panel} */
export function startDanmu({ userId }) {
  const overlay = place("danmu-overlay", DanmuOverlay);
  overlay.userId = userId;
  const settings = place("danmu-settings", DanmuSettings);
  settings.addEventListener("danmu-settings", (event) => overlay.apply(/** @type {CustomEvent} */ (event).detail));
  settings.tell();
  return overlay;
}
