/** Keeps a picture that is played out of a buffer close behind what comes: a little faster where it is late, by a jump where it is very late. */

/** How far behind the newest fragment it plays, where the line is even, and where it is not. */
const LEAST_TARGET_S = 0.35;
const MOST_TARGET_S = 0.9;
const STALL_ADDS_S = 0.15;
const CALM_TAKES_S = 0.0005;
/** So far beyond the target it plays faster; so far behind the newest it jumps. */
const TOLERANCE_S = 0.15;
const MOST_BEHIND_S = 1.2;
/** Nobody hears it: pitch is kept. */
const FASTER = 1.06;

export class Pacemaker {
  #video;
  #isAtWork = false;
  #hasBegun = false;
  #target_s = LEAST_TARGET_S;
  stalls = 0;

  /** @param {HTMLVideoElement} video */
  constructor(video) {
    this.#video = video;
    video.addEventListener("waiting", () => this.#onWaiting());
  }

  /** Another source follows. */
  begin() {
    this.#isAtWork = true;
    this.#hasBegun = false;
  }

  /** The picture comes by another way now. */
  rest() {
    this.#isAtWork = false;
    this.#video.playbackRate = 1;
  }

  /** @param {Pick<TimeRanges, "length" | "start" | "end">} buffered what can be played */
  steer(buffered) {
    const newest = buffered.length - 1;
    if (!this.#isAtWork || newest < 0) return;
    const [start, end] = [buffered.start(newest), buffered.end(newest)];
    const now = this.#video.currentTime;
    const behind_s = end - now;
    // What lies before a gap never goes on; and a page that slept must not show what was.
    if (!this.#hasBegun || now < start || behind_s > MOST_BEHIND_S) return this.#jump(start, end);
    this.#target_s = Math.max(LEAST_TARGET_S, this.#target_s - CALM_TAKES_S);
    const isLate = behind_s > this.#target_s + (this.#video.playbackRate > 1 ? 0 : TOLERANCE_S);
    this.#video.playbackRate = isLate ? FASTER : 1;
  }

  /** @param {number} start @param {number} end */
  #jump(start, end) {
    this.#hasBegun = true;
    this.#video.currentTime = Math.max(start, end - this.#target_s);
    this.#video.playbackRate = 1;
  }

  #onWaiting() {
    if (!this.#isAtWork || !this.#hasBegun || this.#video.seeking) return;
    this.stalls += 1;
    this.#target_s = Math.min(MOST_TARGET_S, this.#target_s + STALL_ADDS_S);
  }
}
