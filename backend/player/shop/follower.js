/** Asks again and again while a view is open and the page is seen: every 3 s, and on return. */

const EVERY_MS = 3_000;
const TICK_MS = 1_000;

export class Follower {
  #ask;
  #tick;
  #asking = 0;
  #ticking = 0;
  #isAsking = false;
  #isWantedAgain = false;
  #onReturn = () => this.#isSeen() && this.askNow();

  /** @param {() => Promise<void>} ask @param {() => void} tick called once a second, for clocks */
  constructor(ask, tick) {
    this.#ask = ask;
    this.#tick = tick;
  }

  start() {
    if (this.#asking) return;
    this.#asking = window.setInterval(this.#onReturn, EVERY_MS);
    this.#ticking = window.setInterval(this.#tick, TICK_MS);
    document.addEventListener("visibilitychange", this.#onReturn);
    addEventListener("focus", this.#onReturn);
    addEventListener("online", this.#onReturn);
  }

  stop() {
    clearInterval(this.#asking);
    clearInterval(this.#ticking);
    this.#asking = this.#ticking = 0;
    document.removeEventListener("visibilitychange", this.#onReturn);
    removeEventListener("focus", this.#onReturn);
    removeEventListener("online", this.#onReturn);
  }

  #isSeen() {
    return !document.hidden && this.#asking !== 0;
  }

  /** One question at a time: what changes while one is on its way is asked for after it. */
  async askNow() {
    this.#isWantedAgain = this.#isAsking;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      do {
        this.#isWantedAgain = false;
        await this.#ask();
      } while (this.#isWantedAgain);
    } finally {
      this.#isAsking = false;
    }
  }
}
