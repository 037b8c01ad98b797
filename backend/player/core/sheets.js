/** The sheets over the room: how they open, and how they go. A phone's way back closes a sheet, not the page. */

import { find } from "./dom.js";

/** Stands in the browser's history while sheets are open; one for all of them, as one may open another. */
const ENTRY = { isSheet: true };

/** We go back over the entry ourselves: the `popstate` of it is no wish of the viewer's. */
let isGoingBack = false;

/** @param {HTMLDialogElement} sheet one that was made `closable` */
export function openSheet(sheet) {
  sheet.showModal();
  holdEntry();
}

/** A sheet goes by its own button, by a click beside it, and by the way back. @param {HTMLDialogElement} sheet */
export function closable(sheet) {
  find(sheet, ".sheet__close", HTMLButtonElement).onclick = () => sheet.close();
  sheet.addEventListener("click", ({ target }) => target === sheet && sheet.close());
  sheet.addEventListener("close", dropEntry);
}

addEventListener("popstate", () => {
  const isViewers = !isGoingBack;
  isGoingBack = false;
  if (isViewers && !isEntry()) for (const sheet of openSheets()) sheet.close();
  // One opened while we went back.
  else if (openSheets().length > 0) holdEntry();
  // The way forward to a sheet that is no more.
  else dropEntry();
});
// A page that was loaded anew has its entries still, and no sheet open.
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
  return [...document.querySelectorAll("dialog")].filter(({ open }) => open);
}
