/** Lanes in which danmu fly from right to left without ever touching; pure: widths and times in, a lane out. */

/** Between two danmu of a lane, in CSS pixels. */
const GAP_PX = 28;

/** @typedef {{ started_ms: number, width: number }} Flight */

export class DanmuLanes {
  /** The last one of each lane. @type {(Flight | null)[]} */
  #lanes = [];

  /**
   * @param {number} stage_px how wide the stage is
   * @param {number} flight_ms how long each takes from the right edge until it has left at the left: wide ones fly faster
   */
  constructor(stage_px, flight_ms) {
    this.stage_px = stage_px;
    this.flight_ms = flight_ms;
  }

  /** Lanes that go away take no more; what flies in them flies on. @param {number} count */
  resize(count) {
    this.#lanes = Array.from({ length: count }, (_, lane) => this.#lanes[lane] ?? null);
  }

  /**
   * The topmost lane that is free for one of this width, and taken by it from now on; null where none is.
   * @param {number} width
   * @param {number} now_ms
   */
  take(width, now_ms) {
    const lane = this.#lanes.findIndex((last) => last === null || this.#isClear(last, width, now_ms));
    if (lane < 0) return null;
    this.#lanes[lane] = { started_ms: now_ms, width };
    return lane;
  }

  /**
   * Whether the last one is wholly in, and will have left before one that starts now catches up.
   * @param {Flight} last
   * @param {number} width
   * @param {number} now_ms
   */
  #isClear(last, width, now_ms) {
    const entered_ms = last.started_ms + (this.flight_ms * (last.width + GAP_PX)) / (this.stage_px + last.width);
    const left_ms = last.started_ms + this.flight_ms;
    const arrives_ms = now_ms + (this.flight_ms * (this.stage_px - GAP_PX)) / (this.stage_px + width);
    return now_ms >= entered_ms && arrives_ms >= left_ms;
  }
}
