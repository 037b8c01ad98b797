/** What stands in the chat: each message once, in order, our own at once; pure, and bounded. */

/** @import { Author, Danmu, Question } from "../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../core/socket.js" */

import { nameOf } from "../core/person-name.js";

/**
 * One line of the chat. A line of our own is `pending` until the room has it, or `failed` with the room's answer.
 * @typedef {object} Line
 * @property {string} key the same as long as it is the same line
 * @property {number | null} danmu_id null before the room has it, and for what is no danmu
 * @property {Author} author
 * @property {string} text
 * @property {number} coins what the gift cost that it came with; 0 for none
 * @property {string} reply_to whom it answers; empty where it answers nobody
 * @property {"sent" | "pending" | "failed"} state
 * @property {boolean} is_own
 * @property {Answer | null} answer why it failed
 * @property {number | null} reply_id which danmu it answers
 * @property {string} reply_user_id whom it answers, or who asked; empty where that is nobody
 */

const LINES_AT_MOST = 120;

export class ChatLog {
  #userId;
  #attempts = 0;
  /** Oldest first; what is not sent yet comes last. @type {Line[]} */
  lines = [];
  /** How many danmu this session has had, also those that were not shown here. */
  total = 0;

  /** @param {() => string} userId who we are */
  constructor(userId) {
    this.#userId = userId;
  }

  /** @param {RoomEvent} event */
  apply(event) {
    switch (event.type) {
      case "snapshot":
        this.lines = this.lines.filter(({ state }) => state !== "sent");
        this.total = event.danmu_total;
        return event.danmu.forEach((danmu) => this.#take(danmu));
      case "viewer_changed":
        this.lines = this.lines.filter(({ state }) => state === "sent").map((line) => ({ ...line, is_own: false }));
        return;
      case "danmu_sent":
        this.total = event.total;
        return event.danmu.forEach((danmu) => this.#take(danmu));
      case "staff_danmu_sent":
        this.total++;
        return this.#take(event.danmu);
      case "paid_danmu_sent":
        this.total += event.danmu.length;
        return event.danmu.forEach((danmu) => this.#take(danmu));
      case "danmu_echoed":
        return this.#take(event.danmu, this.#oldestPending());
      case "danmu_restored":
        return event.danmu.forEach((danmu) => this.#take(danmu));
      case "danmu_deleted":
        return this.#delete(new Set(event.danmu_ids));
      case "person_erased":
        return this.#erase(event.user_id);
      case "question_answered":
        return this.#answer(event.question);
    }
  }

  /**
   * Show what we say before the room has it.
   * @param {Pick<Line, "author" | "text" | "reply_to" | "reply_id" | "reply_user_id">} said
   * @returns {string} the line's key, for `fail`
   */
  say(said) {
    const key = `own-${++this.#attempts}`;
    this.#add({ ...said, key, danmu_id: null, coins: 0, state: "pending", is_own: true, answer: null });
    return key;
  }

  /** @param {string} key @param {Answer} answer */
  fail(key, answer) {
    this.lines = this.lines.map((line) => (line.key === key ? { ...line, state: "failed", answer } : line));
  }

  /** @param {string} key */
  forget(key) {
    this.lines = this.lines.filter((line) => line.key !== key);
  }

  /**
   * A danmu of ours takes the place of the line that waited for it: the one with its words, else `otherwise`.
   * @param {Danmu} danmu
   * @param {Line} [otherwise]
   */
  #take(danmu, otherwise) {
    if (!danmu.text || this.lines.some(({ danmu_id }) => danmu_id === danmu.danmu_id)) return;
    const is_own = otherwise !== undefined || danmu.author.user_id === this.#userId();
    const waiting = is_own ? (this.#waitingWith(danmu.text) ?? otherwise) : undefined;
    if (waiting) this.forget(waiting.key);
    this.#add({
      key: waiting?.key ?? `danmu-${danmu.danmu_id}`,
      danmu_id: danmu.danmu_id,
      author: danmu.author,
      text: danmu.text,
      coins: danmu.coins,
      reply_to: danmu.reply_to ? nameOf(danmu.reply_to) : "",
      reply_id: danmu.reply_to?.danmu_id ?? null,
      reply_user_id: danmu.reply_to?.user_id ?? "",
      state: "sent",
      is_own,
      answer: null,
    });
  }

  /** @param {string} text as the room tidied it */
  #waitingWith(text) {
    return this.lines.find(
      (line) => (line.state === "pending" || line.answer?.type === "lost") && line.text.normalize("NFC").trim() === text,
    );
  }

  #oldestPending() {
    return this.lines.find(({ state }) => state === "pending");
  }

  /** @param {Line} line */
  #add(line) {
    let place = this.lines.length;
    while (place > 0 && comesAfter(this.lines[place - 1], line)) place--;
    this.lines.splice(place, 0, line);
    if (this.lines.length > LINES_AT_MOST) this.lines.splice(0, this.lines.length - LINES_AT_MOST);
  }

  /** @param {Set<number>} ids */
  #delete(ids) {
    this.lines = this.lines.filter(({ danmu_id }) => danmu_id === null || !ids.has(danmu_id));
  }

  /** Somebody is gone: with what they said and asked, and with their name where others answered them. @param {string} userId */
  #erase(userId) {
    const kept = this.lines.filter(
      ({ author, key, reply_user_id }) => author.user_id !== userId && !(key.startsWith("question-") && reply_user_id === userId),
    );
    this.lines = kept.map((line) => (line.reply_user_id === userId ? { ...line, reply_to: nameOf({ name: "" }) } : line));
  }

  /** @param {Question} question */
  #answer({ question_id, text, answer, asker_ids }) {
    if (!answer || this.lines.some(({ key }) => key === `question-${question_id}`)) return;
    /** @type {Author} */
    const author = { user_id: "", name: "", role: "host", is_follower: false };
    const told = { danmu_id: null, coins: 0, reply_id: null, reply_user_id: asker_ids?.[0] ?? "", is_own: false, answer: null };
    this.#add({ ...told, key: `question-${question_id}`, author, text: answer, reply_to: text, state: "sent" });
  }
}

/** @param {Line | undefined} line @param {Line} other */
function comesAfter(line, other) {
  if (!line || other.state !== "sent") return false;
  if (line.state !== "sent") return true;
  return line.danmu_id !== null && other.danmu_id !== null && line.danmu_id > other.danmu_id;
}
