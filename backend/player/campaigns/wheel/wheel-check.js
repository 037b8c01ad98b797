/** Whether a wheel was as it was sealed, computed on this device as `backend/fairness/deck.py` does; pure. */

/** @import { Campaign, MyPart, WheelPrize, WheelShown } from "../../core/protocol.js" */

import { commitment, fromHex } from "../fairness/digests.js";
import { drawsOf, shuffle } from "../fairness/draws.js";

const BLANK = -1;

/** What does not hold, or null where all does. @typedef {"noted" | "seal" | "own" | "list"} Wrong */

/** The slots in their order: the number of a prize, or -1. @param {string} campaign_id @param {readonly number[]} stocks @param {number} blanks @param {string} secret hexadecimal */
export function deckOf(campaign_id, stocks, blanks, secret) {
  const deck = stocks.flatMap((stock, prize) => Array.from({ length: stock }, () => prize));
  deck.push(...Array.from({ length: blanks }, () => BLANK));
  shuffle(deck, drawsOf(campaign_id, fromHex(secret)));
  return deck;
}

/** What is published before anybody spins. @param {string} campaign_id @param {readonly WheelPrize[]} prizes @param {number} blanks @param {string} secret */
export function sealOf(campaign_id, prizes, blanks, secret) {
  // The keys in the order of the alphabet.
  const terms = { blanks, prizes: prizes.map(({ coins, coupon_id, name, stock }) => ({ coins, coupon_id, name, stock })) };
  return commitment("wheel", campaign_id, JSON.stringify(terms), fromHex(secret));
}

/**
 * @param {Campaign} campaign one that is over
 * @param {WheelShown} wheel
 * @param {MyPart | null} part what one spun
 * @param {string | null} noted the seal that this page saw before the start; null where it was not there yet
 * @returns {Wrong | null}
 */
export function wrongIn({ campaign_id }, wheel, part, noted) {
  const { prizes, blanks, secret, winners } = wheel;
  if (noted !== null && noted !== wheel.commitment) return "noted";
  if (sealOf(campaign_id, prizes, blanks, secret) !== wheel.commitment) return "seal";
  const deck = deckOf(campaign_id, prizes.map(({ stock }) => stock), blanks, secret);
  if (part?.spins.some(({ place, prize }) => deck[place] !== (prize ?? BLANK))) return "own";
  return winners.every(({ place, prize }) => deck[place] === prize) ? null : "list";
}
