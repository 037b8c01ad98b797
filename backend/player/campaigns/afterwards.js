/** How long a campaign that is over stays over the picture. */

const MINUTE_MS = 60_000;
/** How often one that is over is looked at, as it goes at some time. */
export const LOOK_MS = 30_000;
/** For everybody who wants to see how it ended. */
export const STAYS_MS = 3 * MINUTE_MS;
/** For who won something by it. */
export const STAYS_WON_MS = 15 * MINUTE_MS;

export class Afterwards {
  /** When each was seen to be over, by its id. @type {Map<string, number>} */
  #seen = new Map();

  /**
   * For how long one that is over has been so. One that was over before this page came is so since its time was up at the latest.
   * @param {{ campaign_id: string, closes_at_ms: number }} campaign
   * @param {number} now_ms the server's time
   */
  since(campaign, now_ms) {
    const { campaign_id, closes_at_ms } = campaign;
    const seen_ms = this.#seen.get(campaign_id) ?? now_ms;
    this.#seen.set(campaign_id, seen_ms);
    return Math.max(0, now_ms - Math.min(seen_ms, closes_at_ms));
  }
}

/** Whether it may go. @param {number} over_ms for how long it has been over @param {boolean} hasWon */
export const isGone = (over_ms, hasWon) => over_ms >= (hasWon ? STAYS_WON_MS : STAYS_MS);
