/** What a viewer's danmu asks for: "12 M", "12号 M 2件", "3号". Whoever writes more than that wants to chat. */

/** @import { ShopProduct, ShopSku } from "../core/protocol.js" */

import { firstOf, mostOf } from "./sku-choice.js";

/** @typedef {{ number: number, rest: string }} Spoken */
/** @typedef {{ product: ShopProduct, sku: ShopSku, quantity: number }} Wanted */

const SPOKEN = /^(?:(?:我要|要|买|来|i want|want|buy)\s*)?(no\.?|#|第)?\s*(\d{1,3})(?!\d)\s*(号(?:链接)?|#)?\s*(.*)$/;
const QUANTITY = /^(?:[x×*]\s*(\d{1,4})(?!\d)|(\d{1,4})\s*(?:件|个|份|盒|双|pcs?(?![a-z])|x(?![a-z0-9])))/;
const SEPARATORS = /^[\s,，、/+\-。.!！]+/;

/** The number that a danmu begins with; null where it begins with none, or is nothing but a number: "3号" says by itself that a product is meant, "3" does not. @param {string} text @returns {Spoken | null} */
export function spokenIn(text) {
  const found = text.normalize("NFKC").trim().toLowerCase().match(SPOKEN);
  if (!found) return null;
  const [, before = "", number = "", after = "", rest = ""] = found;
  const isMarked = before + after !== "";
  return isMarked || rest !== "" ? { number: Number(number), rest } : null;
}

/** @param {string} text @param {readonly ShopProduct[]} products @returns {Wanted | null} */
export function wantedIn(text, products) {
  const spoken = spokenIn(text);
  const product = products.find(({ number }) => number === spoken?.number);
  if (!spoken || !product) return null;
  const read = readRest(spoken.rest, product.skus);
  if (!read) return null;
  const meant = product.skus.filter(({ specs }) => read.values.every((value) => specs.some(([, own]) => lower(own) === value)));
  const sku = firstOf(meant);
  const most = sku ? mostOf(sku) : 0;
  return sku && most > 0 ? { product, sku, quantity: Math.min(Math.max(1, read.quantity), most) } : null;
}

/**
 * Values of specifications and a quantity, in any order; null where anything else stands there.
 * @param {string} rest
 * @param {readonly ShopSku[]} skus
 */
function readRest(rest, skus) {
  const known = [...new Set(skus.flatMap(({ specs }) => specs.map(([, value]) => lower(value))))].sort((one, other) => other.length - one.length);
  /** @type {string[]} */
  const values = [];
  let quantity = 0;
  let left = rest.replace(SEPARATORS, "");
  while (left !== "") {
    const value = known.find((one) => one !== "" && startsWith(left, one));
    const count = left.match(QUANTITY);
    if (value !== undefined) values.push(value);
    else if (count && quantity === 0) quantity = Number(count[1] ?? count[2]);
    else return null;
    left = left.slice((value ?? count?.[0] ?? "").length).replace(SEPARATORS, "");
  }
  return { values, quantity };
}

/** "m" begins "m 2", and neither "mm" nor "m2". @param {string} text @param {string} word */
function startsWith(text, word) {
  const isCut = /[a-z0-9]$/.test(word) && /^[a-z0-9]/.test(text.slice(word.length));
  return text.startsWith(word) && !isCut;
}

/** @param {string | undefined} word */
const lower = (word) => (word ?? "").normalize("NFKC").trim().toLowerCase();
