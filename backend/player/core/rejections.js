/** Why the room rejected a command, in the viewer's language. */

/** @import { RejectReason, Role, RoomRules, You } from "./protocol.js" */
/** @import { Answer } from "./socket.js" */

import { t } from "./shared-texts.js";

/** @typedef {keyof typeof import("./shared-texts.js").SHARED} TextKey */
/** What keeps the viewer from writing now; `until_ms` where it ends by itself. @typedef {{ key: TextKey, until_ms: number | null }} Hindrance */

/** @type {Partial<Record<RejectReason, TextKey>>} */
const TEXTS_OF = {
  muted: "refusal_muted",
  blocked: "refusal_blocked",
  chat_paused: "refusal_chat_paused",
  followers_only: "refusal_followers_only",
  accounts_only: "refusal_accounts_only",
  slow_mode: "refusal_slow_mode",
  too_fast: "refusal_too_fast",
  links_off: "refusal_links_off",
  blocked_word: "refusal_blocked_word",
  name_unavailable: "refusal_name_unavailable",
  empty: "refusal_empty",
  too_long: "refusal_too_long",
  not_live: "refusal_not_live",
  unavailable: "refusal_unavailable",
  unknown_gift: "refusal_unknown_gift",
  coupon_unknown: "refusal_coupon_unknown",
  coupon_not_yet: "refusal_coupon_not_yet",
  coupon_ended: "refusal_coupon_ended",
  coupon_none_left: "refusal_coupon_none_left",
  coupon_already: "refusal_coupon_already",
  not_following: "refusal_not_following",
  not_watched: "refusal_not_watched",
  unknown_campaign: "refusal_unknown_campaign",
  not_open: "refusal_not_open",
  expired: "refusal_expired",
  none_left: "refusal_none_left",
  not_eligible: "refusal_not_eligible",
  account_too_new: "refusal_account_too_new",
  phone_missing: "refusal_phone_missing",
  phone_used: "refusal_phone_used",
  network_full: "refusal_network_full",
  word_unsaid: "refusal_word_unsaid",
  not_bought: "refusal_not_bought",
  won_lately: "refusal_won_lately",
  guests_closed: "refusal_guests_closed",
  guest_barred: "refusal_guest_barred",
  seats_full: "refusal_seats_full",
  not_enough_coins: "refusal_not_enough_coins",
  age_unconfirmed: "refusal_age_unconfirmed",
};

/** @param {Answer} answer any but `accepted` */
export function refusalText(answer) {
  if (answer.type === "rejected") return t(TEXTS_OF[answer.reason] ?? "refusal_other");
  return t("refusal_lost");
}

/**
 * What a viewer cannot change by writing something else; null where nothing keeps them.
 * @param {RoomRules} rules
 * @param {You | null} you
 * @param {Role} role
 * @param {number} now_ms the server's time
 * @returns {Hindrance | null}
 */
export function hindrance(rules, you, role, now_ms) {
  if (role !== "viewer") return null;
  const mute = you?.mute;
  if (mute && mute.until_ms === null) return { key: "hindrance_muted_live", until_ms: null };
  if (mute && mute.until_ms !== null && mute.until_ms > now_ms) return { key: "hindrance_muted", until_ms: mute.until_ms };
  if (rules.is_chat_paused) return { key: "refusal_chat_paused", until_ms: null };
  if (rules.followers_only && !you?.is_follower) return { key: "refusal_followers_only", until_ms: null };
  return null;
}

/** Write what is left of a time: 0:45, 2:05. @param {number} ms */
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
