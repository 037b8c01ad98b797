/** The chat and the danmu, put together. */

/** @import { Panel, Tools } from "../core/feature.js" */
/** @import { Line } from "./chat-log.js" */

import { equipWith } from "../core/feature.js";
import { place } from "../core/markup.js";
import { ChatComposer } from "./chat-composer.js";
import { ChatPanel } from "./chat-panel.js";
import { DanmuOverlay } from "./danmu-overlay.js";
import { DanmuSettings } from "./danmu-settings.js";

/** @param {Tools} tools @returns {Panel[]} */
export function startChat(tools) {
  const equip = equipWith(tools);
  const panel = equip("chat-panel", ChatPanel);
  const composer = equip("chat-composer", ChatComposer);
  composer.log = panel.log;
  composer.addEventListener("said", () => panel.render());
  panel.addEventListener("reply", (event) => composer.reply(lineOf(event)));
  panel.addEventListener("retry", (event) => composer.retry(lineOf(event)));
  return [panel, composer, startDanmu(tools)];
}

/** @param {Tools} tools */
function startDanmu({ userId }) {
  const overlay = place("danmu-overlay", DanmuOverlay);
  overlay.userId = userId;
  const settings = place("danmu-settings", DanmuSettings);
  settings.addEventListener("danmu-settings", (event) => overlay.apply(/** @type {CustomEvent} */ (event).detail));
  settings.tell();
  return overlay;
}

/** @param {Event} event @returns {Line} */
const lineOf = (event) => /** @type {CustomEvent} */ (event).detail;
