/** What the shop keeps in this browser, by room: writes without an answer and a draft for the tab, the cart and a guest's address for all tabs. */

/** @import { PaymentMethod } from "../core/protocol.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { Pending } from "./shop-outbox.js" */
/** @import { ShopApi } from "./shop-api.js" */

import { below } from "../core/dom.js";
import { Cart } from "./cart.js";
import { ShopOutbox } from "./shop-outbox.js";

const RETRY_MS = 3_000;

/** Backends below other paths of the same name have rooms of the same name. @param {string} room @param {string} what */
export const keyOf = (room, what) => `livestall.shop.${what}.${new URL(below("/")).pathname.slice(1)}${room}`;

/**
 * What is stored; null where there is nothing of use.
 * @param {Storage} storage
 * @param {string} key
 * @returns {any}
 */
export function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** A private window may forbid it: then it lasts as long as the page. @param {Storage} storage @param {string} key @param {unknown} value */
export function store(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is lost but what a reload would have found.
  }
}

/** The tab's writes. @param {ShopApi} api @param {Tools} tools @param {() => void} onChanged */
export function outboxOf(api, tools, onChanged) {
  const key = keyOf(tools.room, "pending");
  return new ShopOutbox({
    write: (write) => api.write(write),
    userId: tools.userId,
    newKey: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
    untilRetry,
    load: () => /** @type {Record<string, Pending>} */ (read(sessionStorage, key) ?? {}),
    save: (pending) => store(sessionStorage, key, pending),
    onChanged,
  });
}

/** The browser's cart of a room; its other tabs change it too. @param {string} room @param {() => void} onChanged */
export function cartOf(room, onChanged) {
  const name = keyOf(room, "cart");
  const cart = new Cart({ load: () => read(localStorage, name), save: (lines) => store(localStorage, name, lines), onChanged });
  addEventListener("storage", ({ key }) => key === name && cart.reload());
  return cart;
}

/** Whether somebody bought in this room with this browser: whom the shop may write to. @param {string} room */
export const hasBought = (room) => read(localStorage, keyOf(room, "bought")) === true;

/** @param {string} room */
export const keepPurchase = (room) => store(localStorage, keyOf(room, "bought"), true);

/** Somebody else uses the browser now. @param {string} room */
export const forgetPurchase = (room) => store(localStorage, keyOf(room, "bought"), null);

/** What is asked for after the sale, as far as it is filled in. @typedef {{ order_id: string, kind: string, units: Record<number, number>, why: string, note: string }} Claim */

/** What is typed and not sent yet: a reload does not lose it. @typedef {{ note: string, method: PaymentMethod, address: Record<string, string>, claim: Claim | null }} Typed */

/** The tab's draft. @param {string} room */
export function draftOf(room) {
  const key = keyOf(room, "draft");
  /** @type {Typed} */
  const blank = { note: "", method: "online", address: {}, claim: null };
  return {
    /** @returns {Typed} */
    get typed() {
      return { ...blank, ...read(sessionStorage, key) };
    },
    /** @param {Partial<Typed>} changed */
    keep(changed) {
      store(sessionStorage, key, { ...this.typed, ...changed });
    },
    clear() {
      store(sessionStorage, key, blank);
    },
  };
}

/** A while, or until the line is back. @returns {Promise<void>} */
function untilRetry() {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer);
      removeEventListener("online", goOn);
      resolve();
    };
    const timer = window.setTimeout(goOn, RETRY_MS);
    addEventListener("online", goOn);
  });
}
