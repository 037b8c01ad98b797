/** The tab that the cashier opens in, beside the room's. */

/** @import { Device } from "../core/protocol.js" */

const NAME = "livestall-cashier";

/** Open the cashier, in its tab where there is one already; whether the browser let us. @param {string} url */
export function openCashierTab(url) {
  const tab = window.open(url, NAME);
  tab?.focus();
  return tab !== null;
}

/** The cashier's way back leads to the room, which goes on in the tab that the cashier was opened from. */
export function leaveCashierTab() {
  if (window.name === NAME && window.opener && !window.opener.closed) window.close();
}

/** What the cashier's page is opened on: a phone has the provider's app, elsewhere a code is scanned. @returns {Device} */
export function payingDevice() {
  return /Mobi/.test(navigator.userAgent) ? "phone" : "desktop";
}
