/** The sheets over the room: how they open and close. A phone's back gesture closes a sheet, not the page. */

import { find } from "./dom.js";
import { CROSS } from "./markup.js";

/** The button by which each sheet closes. */
export const CLOSE = `<button class="sheet__close" type="button" data-label="close">${CROSS}</button>`;

/** Stands in the browser's history while sheets are open; one for all of them, as one may open another. */
const ENTRY = { isSheet: true };

/** The player itself goes back over the entry: the `popstate` that follows is not the viewer's. */
let isGoingBack = false;

/** @param {HTMLDialogElement} sheet one that was made `closable` */
export function openSheet(sheet) {
  sheet.showModal();
  holdEntry();
}

/** A sheet closes by its own button, by a click beside it, and by going back. @param {HTMLDialogElement} sheet */
export function closable(sheet) {
  find(sheet, ".sheet__close", HTMLButtonElement).onclick = () => sheet.close();
  sheet.addEventListener("click", ({ target }) => target === sheet && sheet.close());
  sheet.addEventListener("close", dropEntry);
}

/**
 * Go on once a sheet is closed and the browser's history is back where it was: what opens then has entries of its own.
 * @param {HTMLDialogElement} sheet one that was made `closable`
 * @param {() => void} goOn
 */
export function afterClose(sheet, goOn) {
  sheet.addEventListener("close", () => (isGoingBack ? addEventListener("popstate", () => goOn(), { once: true }) : goOn()), { once: true });
}

addEventListener("popstate", () => {
  const isViewers = !isGoingBack;
  isGoingBack = false;
  if (isViewers && !isEntry()) for (const sheet of openSheets()) sheet.close();
  // A sheet opened while the player went back.
  else if (openSheets().length > 0) holdEntry();
  // Going forward to a sheet that is closed.
  else dropEntry();
});
// A reloaded page still has its history, but no sheet open.
dropEntry();

function holdEntry() {
  if (!isEntry()) history.pushState(ENTRY, "");
}

function dropEntry() {
  if (!isEntry() || isGoingBack || openSheets().length > 0) return;
  isGoingBack = true;
  history.back();
}

function isEntry() {
  return history.state?.isSheet === true;
}

function openSheets() {
  // The shop keeps entries of its own.
  return /** @type {HTMLDialogElement[]} */ ([...document.querySelectorAll("dialog.sheet")]).filter(({ open }) => open);
}
