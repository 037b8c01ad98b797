/** Entering the room: the token by which it recognises the viewer, and the request that exchanges it for a ticket. */

/** @import { Admission, Problem } from "./protocol.js" */

import { below } from "./dom.js";

/** The room does not exist: retrying is of no use. */
export class NoRoomError extends Error {}

/** The host has removed this viewer from the room. */
export class BlockedError extends Error {}

/** The room asks to retry later. */
export class LaterError extends Error {
  /** @param {number} wait_s 0 where the room does not say @param {boolean} isHeldBack another viewer at this address was removed; false where this one asked too often */
  constructor(wait_s, isHeldBack) {
    super(`expected to be let in, was told to wait ${wait_s} s`);
    this.wait_s = wait_s;
    this.isHeldBack = isHeldBack;
  }
}

/** The viewer's identity in one room, kept in this browser for all its tabs; an account lets into all rooms of the shop. */
export class Pass {
  #shop;
  #tokenKey;
  accountKey;

  /** @param {string} room */
  constructor(room) {
    // Backends below other paths of the same name have rooms of the same name.
    this.#shop = new URL(below("/")).pathname.slice(1);
    const place = this.#shop + room;
    this.#tokenKey = tokenKey(place);
    this.accountKey = ACCOUNT + place;
  }

  get token() {
    return recall(this.#tokenKey);
  }

  /** By what the room is entered: the account of another room is the same one here. */
  get known() {
    const elsewhere = this.#accounts().find((place) => recall(tokenKey(place)));
    return this.token ?? (elsewhere === undefined ? null : recall(tokenKey(elsewhere)));
  }

  /** The name of the account that the viewer is signed in to; empty for guests. */
  get accountName() {
    return recall(this.accountKey) ?? "";
  }

  /** The account comes last: other tabs listen for it. @param {Admission} admission */
  keep({ token, account_name }) {
    remember(this.#tokenKey, token);
    if (account_name) remember(this.accountKey, account_name);
    else forget(this.accountKey);
  }

  /** Who signs out is signed out of all rooms. */
  drop() {
    forget(this.#tokenKey);
    forget(this.accountKey);
    for (const place of this.#accounts()) {
      forget(tokenKey(place));
      forget(ACCOUNT + place);
    }
  }

  /** The rooms of the shop in which an account is signed in; a longer path is another shop's. */
  #accounts() {
    const start = ACCOUNT + this.#shop;
    return storedKeys()
      .filter((key) => key.startsWith(start) && !key.slice(start.length).includes("/"))
      .map((key) => key.slice(ACCOUNT.length));
  }
}

const ACCOUNT = "livestall.account.";

/** @param {string} place */
function tokenKey(place) {
  return `livestall.token.${place}`;
}

/** @typedef {{ admission: Admission, ended: string }} Entry `ended`: the account that was signed out without the viewer's doing */

/**
 * Enter the room, as the same viewer as last time where the server still knows them.
 * @param {string} room
 * @param {Pass} pass
 * @returns {Promise<Entry>}
 */
export async function enter(room, pass) {
  const token = pass.known;
  let response = await postEnter(room, token);
  if (response.status === 403 && (await problem(response)) === "blocked") throw new BlockedError("expected to be let in, was blocked");
  const isUnknown = token !== null && (response.status === 401 || response.status === 403);
  if (isUnknown && pass.known === token) response = await postEnter(room, null);
  // Meanwhile the viewer signed in or out, here or in another tab: the newer token counts.
  if (pass.known !== token) return enter(room, pass);
  if (response.status === 404) throw new NoRoomError(`expected a room, got none named ${room}`);
  if (response.status === 429) throw new LaterError(Number(response.headers.get("Retry-After") ?? 0), (await problem(response)) === "held_back");
  if (!response.ok) throw new Error(`expected to be let in, got HTTP ${response.status}`);
  /** @type {Admission} */
  const admission = await response.json();
  if (pass.known !== token) return enter(room, pass);
  const ended = admission.account_name ? "" : pass.accountName;
  pass.keep(admission);
  return { admission, ended };
}

/**
 * @param {string} room
 * @param {string | null} token
 */
function postEnter(room, token) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const address = below(`/api/rooms/${encodeURIComponent(room)}/enter`);
  return fetch(address, { method: "POST", headers, cache: "no-store" });
}

/** The word for what went wrong. @param {Response} response */
async function problem(response) {
  /** @type {Problem} */
  const { error } = await response.json();
  return error;
}

/** What a private window forbids to store lasts as long as the page. @type {Map<string, string>} */
const unstored = new Map();

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(key) ?? unstored.get(key) ?? null;
  } catch {
    return unstored.get(key) ?? null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
    unstored.delete(key);
  } catch {
    unstored.set(key, value);
  }
}

/** What is stored, by its keys; nothing where a private window forbids to look. */
function storedKeys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** @param {string} key */
function forget(key) {
  unstored.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // There is nothing stored.
  }
}
