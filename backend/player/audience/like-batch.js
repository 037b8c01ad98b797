/** Likes gathered into at most one message a second; pure but for the timer handed in. */

/** @import { Answer } from "../core/socket.js" */

export const SEND_EVERY_MS = 1_050;

export class LikeBatch {
  #send;
  #later;
  #count = 0;
  #isWaiting = false;

  /**
   * @param {(count: number) => Promise<Answer>} send
   * @param {(run: () => void, ms: number) => void} later `setTimeout`, or a test's own
   */
  constructor(send, later) {
    this.#send = send;
    this.#later = later;
  }

  /** The first after a quiet time goes at once, what follows with the next message. */
  add() {
    this.#count++;
    if (!this.#isWaiting) this.#flush();
  }

  async #flush() {
    this.#isWaiting = true;
    const count = this.#count;
    this.#count = 0;
    const sent = count > 0 ? this.#send(count) : null;
    const answered = await sent;
    // Refused for coming too early: they were not counted, so they go again. A lost answer may have been counted.
    const isEarly = answered?.type === "rejected" && answered.reason === "too_fast";
    if (isEarly) this.#count += count;
    this.#later(() => this.#goOn(), Math.max(SEND_EVERY_MS, isEarly ? answered.retry_ms : 0));
  }

  #goOn() {
    if (this.#count > 0) this.#flush();
    else this.#isWaiting = false;
  }
}
