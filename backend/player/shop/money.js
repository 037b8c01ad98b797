/** Amounts for people, from integers of a currency's minor unit: no rounding can creep in. */

import { language } from "../core/i18n.js";

/**
 * Write an amount: 38700 in CNY is ¥387.00.
 * @param {number} minor an integer
 * @param {string} currency ISO 4217
 */
export function money(minor, currency) {
  const { sign, symbol, whole, fraction } = moneyParts(minor, currency);
  return `${sign}${symbol}${whole}${fraction}`;
}

/**
 * Write the price of a list, without decimals that are all zero: 38700 in CNY is ¥387.
 * @param {number} minor an integer
 * @param {string} currency ISO 4217
 */
export function listPrice(minor, currency) {
  const { sign, symbol, whole, fraction } = moneyParts(minor, currency);
  return `${sign}${symbol}${whole}${isZero(fraction) ? "" : fraction}`;
}

/**
 * An amount in parts, for prices whose whole units are set larger; `fraction` begins with its point or is empty.
 * @param {number} minor an integer
 * @param {string} currency ISO 4217
 */
export function moneyParts(minor, currency) {
  const { decimals, symbol } = lookOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = decimals > 0 ? `.${digits.slice(-decimals)}` : "";
  return { sign: minor < 0 ? "−" : "", symbol, whole, fraction };
}

/** @param {string} fraction */
export const isZero = (fraction) => /^\.0*$/.test(fraction);

/** What a currency looks like; a format takes long to make, and a list asks for it a thousand times. @type {Map<string, Look>} */
const looks = new Map();

/** @typedef {{ decimals: number, symbol: string }} Look */

/** @param {string} currency @returns {Look} */
function lookOf(currency) {
  const name = `${language()} ${currency}`;
  const known = looks.get(name);
  if (known) return known;
  const format = new Intl.NumberFormat(language(), { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  const symbol = format.formatToParts(0).find(({ type }) => type === "currency")?.value ?? currency;
  const look = { decimals: format.resolvedOptions().maximumFractionDigits ?? 2, symbol };
  looks.set(name, look);
  return look;
}
