/** Tells the room now and then how far we are behind the host, so that the host's "go" meets our button. */

/** @import { Tools } from "../core/feature.js" */
/** @import { MediaStats } from "../core/stats.js" */

/** A crowd must not report all at once, and not often. */
const EVERY_MS = 60_000;
const SPREAD_MS = 15_000;
const MOST_MS = 60_000;

export class PlayoutReport {
  #act;
  #nextAt = 0;

  /** @param {Tools["act"]} act */
  constructor(act) {
    this.#act = act;
  }

  /** @param {Pick<MediaStats, "latency_ms">} stats @param {number} now `performance.now()` */
  apply({ latency_ms }, now) {
    if (latency_ms === null || now < this.#nextAt) return;
    this.#nextAt = now + EVERY_MS + (Math.random() * 2 - 1) * SPREAD_MS;
    this.#act({ type: "report_playout", delay_ms: Math.min(MOST_MS, Math.max(0, Math.round(latency_ms))) });
  }
}
