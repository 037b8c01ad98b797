/** Gifts on their way to the room: one after the other, each paid once, whatever the line does; pure but for what is handed in. */

/** @import { SendGift } from "../core/protocol.js" */
/** @import { Answer } from "../core/socket.js" */

/** @typedef {{ session_id: string, key: string, gift_id: string, count: number, text: string }} Send */

/**
 * @typedef {object} Wires
 * @property {(command: SendGift) => Promise<Answer>} act
 * @property {() => Promise<void>} untilOpen resolves when the line to the room is open
 * @property {(ms: number) => Promise<void>} wait
 * @property {() => string} newKey
 * @property {() => void} onChanged what is on its way, or whether it waits for the line, changed
 * @property {(send: Send, answer: Answer) => void} onAnswered accepted or rejected
 */

const COUNT_AT_MOST = 999;
const EARLY_AT_MOST = 5;

export class GiftOutbox {
  #wires;
  /** The first of them is being sent. @type {Send[]} */
  #sends = [];
  #isSending = false;
  /** Whether the line broke while a gift was on its way. */
  isLost = false;

  /** @param {Wires} wires */
  constructor(wires) {
    this.#wires = wires;
  }

  /** Everything whose answer is not there yet. @returns {readonly Send[]} */
  get pending() {
    return this.#sends;
  }

  /**
   * Taps that come while an earlier gift is on its way go together, but for those with words.
   * @param {string} session_id
   * @param {string} gift_id
   * @param {number} count
   * @param {string} text words that go with it
   */
  give(session_id, gift_id, count, text = "") {
    const last = this.#sends.at(-1);
    const mayJoin = !text && !last?.text && this.#sends.length > 1 && last?.gift_id === gift_id && last.session_id === session_id;
    if (last && mayJoin && last.count + count <= COUNT_AT_MOST) last.count += count;
    else this.#sends.push({ session_id, key: this.#wires.newKey(), gift_id, count, text });
    this.#wires.onChanged();
    if (!this.#isSending) this.#run();
  }

  /** Gifts without an answer are not sent again: the page acts for another user now. */
  drop() {
    this.#sends = [];
    this.isLost = false;
    this.#wires.onChanged();
  }

  async #run() {
    this.#isSending = true;
    for (let send; (send = this.#sends[0]); ) {
      const answer = await this.#deliver(send);
      if (this.#sends[0] !== send) continue;
      this.#sends.shift();
      this.#wires.onAnswered(send, answer);
      this.#wires.onChanged();
    }
    this.#isSending = false;
  }

  /** The same key each time: whether the room took it before, it counts once. @param {Send} send @returns {Promise<Answer>} */
  async #deliver(send) {
    for (let early = 0; ; ) {
      if (this.#sends[0] !== send) return { type: "lost" };
      const answer = await this.#wires.act({ type: "send_gift", ...send });
      if (answer.type === "lost") await this.#untilBack();
      else if (answer.type === "rejected" && answer.reason === "too_fast" && early++ < EARLY_AT_MOST) await this.#wires.wait(answer.retry_ms);
      else return answer;
    }
  }

  async #untilBack() {
    this.isLost = true;
    this.#wires.onChanged();
    await this.#wires.untilOpen();
    this.isLost = false;
    this.#wires.onChanged();
  }
}

/** A key that no other send has. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
