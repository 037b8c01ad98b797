/** Coming in: the token by which the room knows us again, and the request that makes a ticket of it. */

/** @import { Admission, Problem } from "./protocol.js" */

/** The room does not exist: asking again is of no use. */
export class NoRoomError extends Error {}

/** The host put us out of this room. */
export class BlockedError extends Error {}

/**
 * Ask to be let in, as the same viewer as last time where the server still knows us.
 * @param {string} room
 * @returns {Promise<Admission>}
 */
export async function enter(room) {
  const key = `livestall.token.${room}`;
  const token = recall(key);
  let response = await postEnter(room, token);
  if (response.status === 403 && (await problem(response)) === "blocked") throw new BlockedError("expected to be let in, was blocked");
  if (token && (response.status === 401 || response.status === 403)) response = await postEnter(room, null);
  if (response.status === 404) throw new NoRoomError(`expected a room, got none named ${room}`);
  if (!response.ok) throw new Error(`expected to be let in, got HTTP ${response.status}`);
  /** @type {Admission} */
  const admission = await response.json();
  remember(key, admission.token);
  return admission;
}

/**
 * @param {string} room
 * @param {string | null} token
 */
function postEnter(room, token) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  return fetch(`/api/rooms/${encodeURIComponent(room)}/enter`, { method: "POST", headers, cache: "no-store" });
}

/** The word for what went wrong. @param {Response} response */
async function problem(response) {
  /** @type {Problem} */
  const { error } = await response.json();
  return error;
}

/** Private windows may forbid storage: then we are a new viewer each time. @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // See `recall`.
  }
}
