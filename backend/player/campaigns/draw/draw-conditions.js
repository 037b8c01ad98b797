/** The conditions of a draw, and which of them this viewer meets now; pure. */

/** @import { DrawTerms, You } from "../../core/protocol.js" */

/** @typedef {"follow" | "word" | "watch" | "presence"} Condition */

/** One of them; `left_s`: of watching. @typedef {{ name: Condition, isMet: boolean, left_s: number }} Standing */

/**
 * @param {DrawTerms} terms
 * @param {You | null} you
 * @param {string} campaign_id
 * @param {number} now_ms the server's time
 * @param {boolean} hasBought in this live session
 * @returns {Standing[]} in the order in which they are shown; being there is seen at the draw alone
 */
export function standing(terms, you, campaign_id, now_ms, hasBought) {
  /** @type {Standing[]} */
  const all = [];
  if (terms.needs_follow) all.push({ name: "follow", isMet: you?.is_follower ?? false, left_s: 0 });
  if (terms.word.trim() !== "") {
    const hasSaid = you?.draw_words?.includes(campaign_id) ?? false;
    all.push({ name: "word", isMet: hasSaid || ((terms.bought_or_word ?? false) && hasBought), left_s: 0 });
  }
  if (terms.watched_s > 0) {
    const left_s = Math.max(0, terms.watched_s - watched(you, now_ms));
    all.push({ name: "watch", isMet: left_s === 0, left_s });
  }
  if (terms.needs_presence) all.push({ name: "presence", isMet: true, left_s: 0 });
  return all;
}

/** Seconds of this live that one watched. @param {You | null} you @param {number} now_ms */
function watched(you, now_ms) {
  const from_ms = you?.watching_from_ms ?? null;
  return from_ms === null ? 0 : Math.max(0, Math.floor((now_ms - from_ms) / 1000));
}

/** How many are not met yet. @param {readonly Standing[]} all */
export const missing = (all) => all.filter(({ isMet }) => !isMet).length;
