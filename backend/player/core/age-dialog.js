/** Whether the viewer is old enough to buy and to give coins: they say so once, and the shop keeps it. */

/** @import { CoinShop } from "./protocol.js" */

import { below } from "./dom.js";
import { CROSS, build } from "./markup.js";
import { afterClose, closable, openSheet } from "./sheets.js";
import { t } from "./shared-texts.js";

/** @typedef {{ token: () => string | null }} Known */

/**
 * Ask the viewer, unless they said so before.
 * @param {Known} tools
 * @returns {Promise<boolean>} whether they are; false too where the line is down
 */
export async function askAge(tools) {
  const shop = /** @type {CoinShop | null} */ (await send(tools, "GET", "/api/v1/coins"));
  if (shop?.has_confirmed_age) return true;
  return shop ? new Promise((resolve) => ask(tools, shop.age, resolve)) : false;
}

/** @param {Known} tools @param {number} age @param {(isOldEnough: boolean) => void} resolve */
function ask(tools, age, resolve) {
  const sheet = document.createElement("dialog");
  sheet.className = "sheet age";
  const told = part("p", "age__told", "");
  told.setAttribute("role", "status");
  const yes = part("button", "pill age__yes", t("age_yes", { age }));
  const no = part("button", "age__no", t("age_no", { age }));
  const close = part("button", "sheet__close", "");
  close.setAttribute("aria-label", t("close"));
  close.append(build(CROSS));
  const title = part("h2", "", t("age_title"));
  title.id = "age-title";
  sheet.setAttribute("aria-labelledby", title.id);
  sheet.append(title, close, part("p", "age__text", t("age_text", { age })), told, yes, no);
  let isOldEnough = false;
  yes.onclick = async () => {
    yes.setAttribute("disabled", "");
    isOldEnough = (await send(tools, "POST", "/api/v1/me/age", { age })) !== null;
    yes.removeAttribute("disabled");
    if (isOldEnough) sheet.close();
    else told.textContent = t("refusal_lost");
  };
  no.onclick = () => {
    for (const button of [yes, no]) button.hidden = true;
    told.textContent = t("age_minor");
  };
  document.body.append(sheet);
  closable(sheet);
  afterClose(sheet, () => {
    sheet.remove();
    resolve(isOldEnough);
  });
  openSheet(sheet);
}

/** @param {"p" | "h2" | "button"} tag @param {string} className @param {string} text */
function part(tag, className, text) {
  const element = document.createElement(tag);
  if (element instanceof HTMLButtonElement) element.type = "button";
  element.className = className;
  element.textContent = text;
  return element;
}

/** @param {Known} tools @param {string} method @param {string} path @param {object} [body] @returns {Promise<object | null>} null where it did not come */
async function send(tools, method, path, body) {
  try {
    const headers = { Authorization: `Bearer ${tools.token()}`, "Content-Type": "application/json" };
    const response = await fetch(below(path), { method, headers, cache: "no-store", ...(body ? { body: JSON.stringify(body) } : {}) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
