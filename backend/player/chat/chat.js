/** The chat, asked for beside the picture: the list and the field one writes in. */

/** @import { Panel, Tools } from "../core/feature.js" */
/** @import { Line } from "./chat-log.js" */

import { equipWith } from "../core/feature.js";
import { loadStyle } from "../core/styles.js";
import { ChatComposer } from "./chat-composer.js";
import { ChatPanel } from "./chat-panel.js";

/** @param {Tools} tools @returns {Promise<Panel[]>} */
export async function startChat(tools) {
  await Promise.all(["core/shared.css", "chat/chat.css"].map(loadStyle));
  const equip = equipWith(tools);
  const panel = equip("chat-panel", ChatPanel);
  const composer = equip("chat-composer", ChatComposer);
  composer.log = panel.log;
  composer.addEventListener("said", () => panel.render());
  panel.addEventListener("reply", (event) => composer.reply(lineOf(event)));
  panel.addEventListener("retry", (event) => composer.retry(lineOf(event)));
  keepAboveKeyboard();
  return [panel, composer];
}

/** @param {Event} event @returns {Line} */
const lineOf = (event) => /** @type {CustomEvent} */ (event).detail;

/** A phone's keyboard covers the page: the field one writes in moves up, the picture stays where it is. */
function keepAboveKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const follow = () => {
    const covered = Math.max(0, window.innerHeight - view.height - view.offsetTop);
    document.documentElement.style.setProperty("--keyboard", `${view.scale > 1 ? 0 : Math.round(covered)}px`);
    // Safari scrolls even a page that cannot scroll, to show the field.
    if (covered > 0) scrollTo(0, 0);
  };
  view.addEventListener("resize", follow);
  view.addEventListener("scroll", follow);
}
