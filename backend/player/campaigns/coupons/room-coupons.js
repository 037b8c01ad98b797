/** The coupons that the room gives out, and how this viewer stands to each: shared by the card in the room and the shop's sheet. */

/** @import { ShownCoupon } from "../../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../../core/socket.js" */
/** @import { Tools } from "../../core/feature.js" */

import { ShopApi } from "../../shop/shop-api.js";

/**
 * What a viewer may do about a coupon: claim it, follow first, watch for `left_ms` more (`share` of it is done), make an account first; or nothing any more.
 * @typedef {{ kind: "claim" | "follow" | "account" | "claimed" | "gone" } | { kind: "watch", left_ms: number, share: number }} Standing
 */

/** A crowd that comes in at once does not ask for its wallets at once. */
const ASK_WITHIN_MS = 1_500;

export class RoomCoupons {
  /** What the room shows, the newest first. @type {readonly ShownCoupon[]} */
  shown = [];
  #tools;
  #api;
  /** The coupons that this viewer claimed, by id. @type {Set<string>} */
  #claimed = new Set();
  /** The key of a claim that has no answer yet, by the coupon's id. @type {Map<string, string>} */
  #keys = new Map();
  /** @type {Set<string>} */
  #claiming = new Set();
  #isFollower = false;
  #isGuest = true;
  #isLive = false;
  #sessionId = "";
  /** See `You.watching_from_ms`. @type {number | null} */
  #watchingFromMs = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {Tools} tools */
  constructor(tools) {
    this.#tools = tools;
    this.#api = new ShopApi(tools);
  }

  /** @param {() => void} listener called when a coupon or the viewer's standing changed */
  onChanged(listener) {
    this.#listeners.add(listener);
  }

  #change() {
    for (const listener of this.#listeners) listener();
  }

  /** The server's time; null while it is not known. */
  now() {
    return this.#tools.clock.now();
  }

  /** @param {RoomEvent} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
        this.#followLive(event.live);
        this.shown = event.coupons;
        // Who saw it come knows what they claimed.
        if (event.coupons.length > 0) this.#askWalletSoon();
        break;
      case "coupons_changed":
        this.shown = event.coupons;
        break;
      case "live_changed":
        this.#followLive(event.live);
        break;
      case "you_changed":
        this.#isFollower = event.you.is_follower;
        this.#watchingFromMs = event.you.watching_from_ms ?? null;
        break;
      case "account_changed":
        this.#isGuest = event.account_name === "";
        break;
      case "viewer_changed":
        this.#claimed.clear();
        this.#keys.clear();
        this.#isFollower = false;
        this.#watchingFromMs = null;
        break;
      default:
        return;
    }
    this.#change();
  }

  /** A session that begins while we are here is watched from its beginning. @param {{ phase: string, session_id: string, started_at_ms: number | null }} live */
  #followLive({ phase, session_id, started_at_ms }) {
    this.#isLive = phase === "live" || phase === "paused";
    if (session_id !== this.#sessionId && this.#sessionId !== "") this.#watchingFromMs = started_at_ms;
    this.#sessionId = session_id;
  }

  /** @param {ShownCoupon} coupon @returns {Standing} */
  standing({ coupon_id, left, condition, watch_s, accounts_only }) {
    if (this.#claimed.has(coupon_id)) return { kind: "claimed" };
    if (left === 0) return { kind: "gone" };
    if (accounts_only && this.#isGuest) return { kind: "account" };
    if (condition === "follow" && !this.#isFollower) return { kind: "follow" };
    const left_ms = condition === "watch" ? watch_s * 1000 - this.#watchedMs() : 0;
    return left_ms > 0 ? { kind: "watch", left_ms, share: 1 - left_ms / (watch_s * 1000) } : { kind: "claim" };
  }

  /** For how long the viewer watched, by the server's clock. */
  #watchedMs() {
    const now_ms = this.now();
    return !this.#isLive || now_ms === null || this.#watchingFromMs === null ? 0 : now_ms - this.#watchingFromMs;
  }

  /** @param {string} coupon_id */
  isClaiming(coupon_id) {
    return this.#claiming.has(coupon_id);
  }

  /**
   * Do what the standing asks for, then claim; null where there is nothing to be said of it.
   * @param {ShownCoupon} coupon
   * @returns {Promise<Answer | null>} why there is none
   */
  async claim(coupon) {
    const { coupon_id } = coupon;
    if (this.#claiming.has(coupon_id)) return null;
    this.#claiming.add(coupon_id);
    this.#change();
    const answer = await this.#claimNow(coupon);
    this.#claiming.delete(coupon_id);
    const hasIt = answer.type === "accepted" || (answer.type === "rejected" && answer.reason === "coupon_already");
    if (hasIt) this.#claimed.add(coupon_id);
    if (answer.type !== "lost") this.#keys.delete(coupon_id);
    this.#change();
    return hasIt ? null : answer;
  }

  /** @param {ShownCoupon} coupon @returns {Promise<Answer>} */
  async #claimNow(coupon) {
    const { coupon_id } = coupon;
    if (this.standing(coupon).kind === "follow") {
      const followed = await this.#tools.act({ type: "follow" });
      if (followed.type !== "accepted") return followed;
    }
    // Where the answer was lost the coupon may be ours: the same key asks for the same one.
    const key = this.#keys.get(coupon_id) ?? newKey();
    this.#keys.set(coupon_id, key);
    return this.#tools.act({ type: "claim_coupon", coupon_id, key });
  }

  #askWalletSoon() {
    window.setTimeout(() => this.#askWallet(), Math.random() * ASK_WITHIN_MS);
  }

  async #askWallet() {
    const outcome = await this.#api.coupons();
    if (outcome.type !== "done") return;
    const { coupons, used, ended } = outcome.value;
    for (const { coupon_id } of [...coupons, ...(used ?? []), ...(ended ?? [])]) this.#claimed.add(coupon_id);
    this.#change();
  }
}

const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
