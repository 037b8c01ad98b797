/** What the room is asked about accounts, over HTTP. */

/** @import { Admission } from "../core/protocol.js" */
/** @import { Values, View } from "./account-rules.js" */
/** @import { Tools } from "../core/feature.js" */

import { below } from "../core/dom.js";

/** `retry_s` is 0 where the room says nothing of it. @typedef {{ type: "done", admission: Admission } | { type: "refused", status: number, retry_s: number } | { type: "unreachable" }} Outcome */

/** @type {Record<Exclude<View, "account">, string>} */
const PATHS = { sign_in: "sign-in", sign_up: "account", password: "account/password" };
const PATIENCE_MS = 15_000;

/**
 * @param {Tools} tools
 * @param {Exclude<View, "account">} view
 * @param {Values} values
 * @returns {Promise<Outcome>}
 */
export async function ask(tools, view, values) {
  const token = tools.token();
  try {
    const response = await fetch(below(`/api/rooms/${encodeURIComponent(tools.room)}/${PATHS[view]}`), {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(values),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return { type: "done", admission: await response.json() };
    return { type: "refused", status: response.status, retry_s: Number(response.headers.get("Retry-After")) || 0 };
  } catch {
    return { type: "unreachable" };
  }
}
