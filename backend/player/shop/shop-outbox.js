/** Writes on their way to the shop: each is done once, whatever the line does; pure but for what is handed in. */

/** @import { Outcome, Write } from "./shop-api.js" */

/** A write without an answer yet, by whom it is and what for. @typedef {Write & { user_id: string }} Pending */

/**
 * @typedef {object} Wires
 * @property {(write: Write) => Promise<Outcome<any>>} write
 * @property {() => string} userId
 * @property {() => string} newKey
 * @property {() => Promise<void>} untilRetry resolves when it is worth trying again
 * @property {() => Record<string, Pending>} load what was kept, by the writes' names
 * @property {(pending: Record<string, Pending>) => void} save
 * @property {() => void} onChanged what is on its way, or lost, changed
 */

export class ShopOutbox {
  #wires;
  /** @type {Record<string, Pending>} */
  #pending;
  /** @type {Map<string, Promise<Outcome<any>>>} */
  #running = new Map();
  /** The names of writes whose answer was lost: they are sent again. @type {Set<string>} */
  lost = new Set();

  /** @param {Wires} wires */
  constructor(wires) {
    this.#wires = wires;
    this.#pending = wires.load();
  }

  /** Whether a write of this name has no answer yet. @param {string} name */
  isPending(name) {
    return this.#pending[name] !== undefined;
  }

  /**
   * Send a write until it is answered. While one of this name has no answer, that one is meant, and nothing else is sent: it may have been done.
   * @param {string} name
   * @param {string} path
   * @param {object} body
   * @returns {Promise<Outcome<any>>} done or refused; unreachable only where somebody else uses the page now
   */
  send(name, path, body) {
    const running = this.#running.get(name);
    if (running) return running;
    if (this.#pending[name]?.user_id !== this.#wires.userId()) this.#keep(name, path, body);
    return this.#run(name);
  }

  /** Send again what had no answer when the page was left; null where there is nothing of this name. @param {string} name */
  resume(name) {
    const pending = this.#pending[name];
    if (!pending) return null;
    if (pending.user_id === this.#wires.userId()) return this.#running.get(name) ?? this.#run(name);
    this.#forget(name);
    return null;
  }

  /** Somebody else uses the page now: nothing of the other's is sent again. */
  drop() {
    this.#pending = {};
    this.lost.clear();
    this.#wires.save(this.#pending);
    this.#wires.onChanged();
  }

  /** @param {string} name @param {string} path @param {object} body */
  #keep(name, path, body) {
    this.#pending[name] = { path, body, key: this.#wires.newKey(), user_id: this.#wires.userId() };
    this.#wires.save(this.#pending);
  }

  /** @param {string} name */
  #run(name) {
    const running = this.#deliver(name).finally(() => {
      this.#running.delete(name);
      this.#wires.onChanged();
    });
    this.#running.set(name, running);
    this.#wires.onChanged();
    return running;
  }

  /** @param {string} name @returns {Promise<Outcome<any>>} */
  async #deliver(name) {
    const pending = this.#pending[name];
    while (pending && this.#pending[name] === pending) {
      const outcome = await this.#wires.write(pending);
      if (this.#pending[name] !== pending) break;
      if (outcome.type !== "unreachable") {
        this.#forget(name);
        return outcome;
      }
      this.lost.add(name);
      this.#wires.onChanged();
      await this.#wires.untilRetry();
    }
    return { type: "unreachable" };
  }

  /** @param {string} name */
  #forget(name) {
    delete this.#pending[name];
    this.lost.delete(name);
    this.#wires.save(this.#pending);
  }
}
