/** What a viewer has to give with: coins, and a live to give in; pure. */

/** @import { Live, WalletChanged } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Send } from "./gift-outbox.js" */

/** @type {WalletChanged} */
const NO_WALLET = { type: "wallet_changed", coins: 0, given: 0, demo_coins: 0, has_claimed: false };

export class GiftPurse {
  #wallet = NO_WALLET;
  /** The live session; empty before the first snapshot. */
  session = "";
  isLive = false;

  /** @param {RoomEvent} event @returns {boolean} whether it changed anything */
  apply(event) {
    if (event.type === "snapshot" || event.type === "live_changed") this.#onLive(event.live);
    else if (event.type === "wallet_changed") this.#wallet = event;
    else if (event.type === "viewer_changed") this.#wallet = NO_WALLET;
    else return false;
    return true;
  }

  /** How many demo coins may be had now. */
  get claimable() {
    return this.isLive && !this.#wallet.has_claimed ? this.#wallet.demo_coins : 0;
  }

  /**
   * What is left when all that is on its way is paid.
   * @param {readonly Send[]} pending
   * @param {(gift_id: string) => number} price in coins
   */
  left(pending, price) {
    return pending.reduce((left, { gift_id, count }) => left - count * price(gift_id), this.#wallet.coins);
  }

  /** @param {Live} live */
  #onLive({ phase, session_id }) {
    this.isLive = phase === "live" || phase === "paused";
    if (this.session !== "" && session_id !== this.session) this.#wallet = { ...this.#wallet, given: 0, has_claimed: false };
    this.session = session_id;
  }
}
