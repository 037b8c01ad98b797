/** What this device noted of a draw while it went: without that, a result could only be compared with itself. */

/**
 * @typedef {object} Note
 * @property {string | null} commitment as it was seen while the draw was open
 * @property {string | null} root as it was seen before a number was revealed
 * @property {string} nonce the number that this device drew; empty before it enters
 * @property {boolean} isRevealed whether the shop took the number
 * @property {boolean} isCelebrated whether the viewer was shown that they won
 */

const PREFIX = "livestall.draw.";
/** @type {Note} */
const NOTHING = { commitment: null, root: null, nonce: "", isRevealed: false, isCelebrated: false };

/** @param {string} room @param {string} user_id @param {string} campaign_id */
const keyOf = (room, user_id, campaign_id) => `${PREFIX}${room}.${user_id}.${campaign_id}`;

export class DrawNotes {
  #room;
  /** What is kept where the browser keeps nothing. @type {Map<string, Note>} */
  #here = new Map();

  /** @param {string} room */
  constructor(room) {
    this.#room = room;
  }

  /** @param {string} user_id @param {string} campaign_id @returns {Note} */
  read(user_id, campaign_id) {
    const key = keyOf(this.#room, user_id, campaign_id);
    try {
      return { ...NOTHING, ...this.#here.get(key), ...JSON.parse(localStorage.getItem(key) ?? "{}") };
    } catch {
      return { ...NOTHING, ...this.#here.get(key) };
    }
  }

  /** @param {string} user_id @param {string} campaign_id @param {Partial<Note>} change @returns {Note} */
  write(user_id, campaign_id, change) {
    const key = keyOf(this.#room, user_id, campaign_id);
    const note = { ...this.read(user_id, campaign_id), ...change };
    this.#here.set(key, note);
    try {
      localStorage.setItem(key, JSON.stringify(note));
    } catch {
      // A private window keeps it as long as the page.
    }
    return note;
  }
}
