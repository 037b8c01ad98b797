/** Follows the campaign of one kind that matters now, by the server's clock: one start for all. */

/** @import { Campaign, CampaignDetail, CampaignPhase } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */

import { Afterwards, LOOK_MS } from "./afterwards.js";

/** The server's time is known soon after the snapshot. */
const CLOCK_MS = 200;
/** @type {CampaignPhase[]} */
const OVER = ["ended", "void"];

/**
 * What an element shows. `phase` is the clock's where it runs ahead of the room's word: what opens now is open now.
 * `over_ms` is for how long it has been over; 0 before.
 * @template {CampaignDetail} D
 * @typedef {{ campaign: Campaign & { detail: D }, phase: CampaignPhase, left_ms: number, over_ms: number }} Shown
 */

/** @template {CampaignDetail["kind"]} K */
export class CampaignFollower {
  /** @type {Map<string, Campaign>} */
  #campaigns = new Map();
  #afterwards = new Afterwards();
  #sessionId = "";
  #ticking = 0;
  #kind;
  #now;
  #show;

  /**
   * @param {K} kind
   * @param {() => number | null} now the server's time, in ms; null while it is not known
   * @param {(shown: Shown<Extract<CampaignDetail, { kind: K }>> | null) => void} show called at each change and each second
   */
  constructor(kind, now, show) {
    this.#kind = kind;
    this.#now = now;
    this.#show = show;
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "snapshot") {
      this.#sessionId = event.live.session_id;
      this.#campaigns.clear();
      for (const campaign of event.campaigns) this.#put(campaign);
      this.tick();
    } else if (event.type === "campaign_changed" && event.campaign.detail.kind === this.#kind) {
      this.#put(event.campaign);
      this.tick();
    } else if (event.type === "live_changed") this.#follow(event.live.session_id);
  }

  /** A new live begins without the campaigns of the last one. @param {string} sessionId empty while none is on */
  #follow(sessionId) {
    if (sessionId === "" || sessionId === this.#sessionId) return;
    this.#sessionId = sessionId;
    this.#campaigns.clear();
    this.tick();
  }

  /** @param {Campaign} campaign */
  #put(campaign) {
    if (campaign.detail.kind === this.#kind) this.#campaigns.set(campaign.campaign_id, campaign);
  }

  /** The one that runs, the newest first; else the last that ended. */
  get campaign() {
    const all = [...this.#campaigns.values()].sort((a, b) => (a.campaign_id < b.campaign_id ? 1 : -1));
    return all.find((one) => !OVER.includes(one.phase)) ?? all[0] ?? null;
  }

  tick() {
    clearTimeout(this.#ticking);
    const campaign = /** @type {Shown<Extract<CampaignDetail, { kind: K }>>["campaign"] | null} */ (this.campaign);
    if (campaign === null) return this.#show(null);
    const now_ms = this.#now();
    if (now_ms === null) {
      this.#ticking = window.setTimeout(() => this.tick(), CLOCK_MS);
      return;
    }
    const phase = campaign.phase === "preheat" && now_ms >= campaign.opens_at_ms ? "open" : campaign.phase;
    const until_ms = phase === "preheat" ? campaign.opens_at_ms : campaign.closes_at_ms;
    const left_ms = Math.max(0, until_ms - now_ms);
    // At the whole seconds that are left, the last of which is the start itself.
    const isOver = OVER.includes(phase);
    if (isOver || left_ms > 0) this.#ticking = window.setTimeout(() => this.tick(), isOver ? LOOK_MS : left_ms % 1000 || 1000);
    this.#show({ campaign, phase, left_ms, over_ms: isOver ? this.#afterwards.since(campaign, now_ms) : 0 });
  }
}
