/** Whether a gift is still worth showing: after a break the room sends what was missed, and it is old by then. */

/** @import { SentGift } from "../core/protocol.js" */
/** @import { ServerClock } from "../core/socket.js" */

const OTHERS_MS = 15_000;
const OWN_MS = 60_000;

/** @param {SentGift} gift @param {boolean} isOwn @param {ServerClock | undefined} clock */
export function isStale(gift, isOwn, clock) {
  const now = clock?.now() ?? null;
  return now !== null && now - gift.sent_at_ms > (isOwn ? OWN_MS : OTHERS_MS);
}
