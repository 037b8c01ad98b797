/** Which SKU is meant by a choice of colour, size and the like. */

/** @import { ShopProduct, ShopSku } from "../core/protocol.js" */

/** A value for each specification's name. @typedef {Record<string, string>} Choice */

/** The most units that an order's line may have. */
const MOST_UNITS = 9999;
const EXACT_BELOW = 10;

/**
 * The specifications with their values, in the shop's order.
 * @param {readonly ShopSku[]} skus
 * @returns {{ name: string, values: string[] }[]}
 */
export function specsOf(skus) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const sku of skus) for (const [name, value] of pairs(sku)) found.set(name, (found.get(name) ?? new Set()).add(value));
  return [...found].map(([name, values]) => ({ name, values: [...values] }));
}

/** @param {ShopSku} sku @returns {Choice} */
export const choiceOf = (sku) => Object.fromEntries(pairs(sku));

/** The SKU that has all of these values. @param {readonly ShopSku[]} skus @param {Choice} choice */
export function skuOf(skus, choice) {
  return skus.find((sku) => pairs(sku).every(([name, value]) => choice[name] === value));
}

/**
 * How many units can be had with a value, what stands before it chosen as it is; what comes after it is still open.
 * @param {readonly ShopSku[]} skus
 * @param {Choice} choice
 * @param {string} name
 * @param {string} value
 */
export function leftWith(skus, choice, name, value) {
  return matching(skus, choice, name, value).reduce((sum, { left }) => sum + left, 0);
}

/**
 * Choose a value: what comes after it stays where that can be bought, and moves to what can where not.
 * @param {readonly ShopSku[]} skus
 * @param {Choice} choice
 * @param {string} name
 * @param {string} value
 * @returns {Choice}
 */
export function choose(skus, choice, name, value) {
  const wanted = { ...choice, [name]: value };
  if ((skuOf(skus, wanted)?.left ?? 0) > 0) return wanted;
  const first = firstOf(matching(skus, choice, name, value));
  return first ? choiceOf(first) : wanted;
}

/** The SKUs with a value and all that is chosen before it. @param {readonly ShopSku[]} skus @param {Choice} choice @param {string} name @param {string} value */
function matching(skus, choice, name, value) {
  const names = specsOf(skus).map((spec) => spec.name);
  const before = names.slice(0, names.indexOf(name));
  return skus.filter((sku) => {
    const own = choiceOf(sku);
    return own[name] === value && before.every((one) => own[one] === choice[one]);
  });
}

/** Choose the first SKU that can be bought; where all are sold out, the first. @param {readonly ShopSku[]} skus */
export const firstOf = (skus) => skus.find(({ left }) => left > 0) ?? skus[0];

/** The most units of a SKU that one buyer can have. @param {ShopSku} sku */
export const mostOf = (sku) => Math.max(0, Math.min(sku.left, sku.limit_per_buyer ?? MOST_UNITS, MOST_UNITS));

/**
 * What is left after the room said so: exactly where few are, else by the steps 10, 20, 50, 100, 200 …, within which what was read before is nearer.
 * @param {number} before
 * @param {number} told
 */
export function stillLeft(before, told) {
  const next = String(told).startsWith("2") ? told * 2.5 : told * 2;
  const isInStep = told >= EXACT_BELOW && before >= told && before < next;
  return isInStep ? before : told;
}

/** Units that can be bought of all SKUs together. @param {ShopProduct} product */
export const leftOf = (product) => product.skus.reduce((sum, { left }) => sum + left, 0);

/** The values of a SKU on one line: "Pine / L"; empty where there is no choice. @param {readonly string[][]} specs */
export const specText = (specs) => specs.map(([, value]) => value ?? "").join(" / ");

/** @param {ShopSku} sku @returns {[string, string][]} */
const pairs = (sku) => sku.specs.map(([name, value]) => [name ?? "", value ?? ""]);
