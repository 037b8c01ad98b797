/** The pills of all campaigns that run, one below the other at the edge of the picture: none needs to know of another. */

import { el } from "./sheet-parts.js";

/** Put a campaign's pill among those that are there. @param {HTMLElement} element the campaign's, over the picture @param {HTMLButtonElement} pill */
export function placePill(element, pill) {
  const frame = element.parentElement ?? element;
  let rail = frame.querySelector(".pills");
  if (rail === null) {
    rail = el("div", "pills");
    frame.append(rail);
  }
  rail.append(pill);
}
