/** Which gifts are shown when: a few banners at once, one full-screen gift after the other; pure, the time is handed in. */

/** @import { SentGift } from "../core/protocol.js" */

/** @typedef {{ gift: SentGift, isOwn: boolean }} Showing */
/** A banner on screen; `until` grows with each gift of its combo. @typedef {Showing & { since: number, until: number }} Banner */

const LANES = 2;
export const SHOWN_MS = 4_000;
/** While others wait a banner makes room sooner. */
export const HURRIED_MS = 1_600;
export const WAITING_AT_MOST = 40;
export const STAGE_AT_MOST = 12;

/** Banners: those of a combo are one, the own go first, and of too many the cheapest is passed over. */
export class GiftLanes {
  /** @type {(Banner | null)[]} */
  lanes = Array(LANES).fill(null);
  /** @type {Showing[]} */
  #waiting = [];

  /** @param {SentGift} gift @param {boolean} isOwn @param {number} now ms */
  offer(gift, isOwn, now) {
    const shown = this.lanes.find((banner) => banner?.gift.combo_id === gift.combo_id);
    if (shown) {
      if (gift.combo > shown.gift.combo) Object.assign(shown, { gift, until: now + SHOWN_MS });
      return;
    }
    enqueue(this.#waiting, { gift, isOwn }, WAITING_AT_MOST);
  }

  /** Take down what was long enough there, and put up what waits. @param {number} now ms */
  tick(now) {
    this.lanes = this.lanes.map((banner) => {
      const isOver = banner && (now >= banner.until || (this.#waiting.length > 0 && !banner.isOwn && now >= banner.until - SHOWN_MS + HURRIED_MS));
      const stays = isOver ? null : banner;
      const next = stays ? null : this.#waiting.shift();
      return next ? { ...next, since: now, until: now + SHOWN_MS } : stays;
    });
    return this.lanes;
  }

  get isEmpty() {
    return this.#waiting.length === 0 && this.lanes.every((banner) => banner === null);
  }
}

/** Full-screen gifts that wait for their turn. */
export class StageQueue {
  /** @type {Showing[]} */
  #waiting = [];

  /** @param {SentGift} gift @param {boolean} isOwn */
  offer(gift, isOwn) {
    enqueue(this.#waiting, { gift, isOwn }, STAGE_AT_MOST);
  }

  /** @returns {Showing | undefined} */
  next() {
    return this.#waiting.shift();
  }
}

/** @param {Showing[]} waiting @param {Showing} showing @param {number} atMost */
function enqueue(waiting, showing, atMost) {
  const same = waiting.find(({ gift }) => gift.combo_id === showing.gift.combo_id);
  if (same) {
    if (showing.gift.combo > same.gift.combo) same.gift = showing.gift;
    return;
  }
  const place = showing.isOwn ? waiting.findIndex(({ isOwn }) => !isOwn) : -1;
  waiting.splice(place < 0 ? waiting.length : place, 0, showing);
  if (waiting.length <= atMost) return;
  const others = waiting.filter(({ isOwn }) => !isOwn);
  const cheapest = others.reduce((least, one) => (one.gift.coins < least.gift.coins ? one : least), others[0] ?? showing);
  waiting.splice(waiting.indexOf(cheapest), 1);
}
