/** The field a viewer writes in: text, emoji, a reply; where nothing can be sent, it says why. */

/** @import { Author, Role, RoomRules, You } from "../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { ChatLog, Line } from "./chat-log.js" */

import { find } from "../core/dom.js";
import { CROSS } from "../core/markup.js";
import { nameOf } from "../core/person-name.js";
import { countdown, hindrance, refusalText } from "../core/rejections.js";
import { t, translate } from "./texts.js";

const LETTERS_AT_MOST = 100;
const EMOJI = ["😀", "😂", "😍", "🥰", "😮", "😭", "👍", "👏", "🙏", "🔥", "🎉", "❤️"];

/** Events out: `said`, when the log has a new line or an old one changed; for other features `danmu-accepted` with the text that the room took, and `danmu-refused` with its answer. */
export class ChatComposer extends HTMLElement {
  static translate = translate;
  static markup = `
    <form class="composer" autocomplete="off">
      <p class="composer__notice" role="status"></p>
      <button class="composer__reply" type="button" hidden><span></span>
        ${CROSS}</button>
      <div class="composer__emoji" role="group" data-label="emoji"></div>
      <div class="composer__line">
        <input class="composer__input" type="text" enterkeyhint="send" data-label="say_something">
        <span class="composer__count" aria-hidden="true"></span>
        <button class="composer__send" type="submit" data-text="send"></button>
      </div>
    </form>
  `;

  #form = find(this, "form", HTMLFormElement);
  #input = find(this, ".composer__input", HTMLInputElement);
  #send = find(this, ".composer__send", HTMLButtonElement);
  #notice = find(this, ".composer__notice", HTMLElement);
  /** @type {RoomRules} */
  #rules = { slow_mode_s: 0, followers_only: false, links_off: false, is_chat_paused: false };
  /** @type {You | null} */
  #you = null;
  /** @type {Line | null} */
  #replyTo = null;
  /** What the room said last, and until when it holds. @type {{ answer: Answer, until_ms: number } | null} */
  #refused = null;
  /** What became of the last words. @type {CustomEvent<string | Answer> | null} */
  #announced = null;
  /** @type {Tools | null} */
  tools = null;
  /** @type {ChatLog | null} */
  log = null;

  connectedCallback() {
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#say(this.#input.value, this.#replyTo);
    };
    this.#input.oninput = () => this.#render();
    this.#input.addEventListener("keydown", ({ key }) => key === "Escape" && this.#leave());
    find(this, ".composer__reply", HTMLButtonElement).onclick = () => this.reply(null);
    this.#makeEmoji();
    setInterval(() => this.#render(), 1_000);
    this.#render();
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "snapshot") this.#rules = event.rules;
    else if (event.type === "room_rules_changed") this.#rules = event.rules;
    else if (event.type === "you_changed") this.#you = event.you;
    else if (event.type === "viewer_changed") this.#you = this.#refused = null;
    else return;
    this.#render();
  }

  /** @param {Line | null} line whom to answer */
  reply(line) {
    this.#replyTo = line;
    const chip = find(this, ".composer__reply", HTMLButtonElement);
    chip.hidden = line === null;
    const words = line ? t("reply_to", { name: nameOf(line.author) }) : "";
    find(chip, "span", HTMLElement).textContent = words;
    chip.ariaLabel = `${words} · ${t("reply_cancel")}`;
    if (line) this.#input.focus();
  }

  #leave() {
    if (this.#replyTo) this.reply(null);
    else this.#input.blur();
  }

  /** Say again what failed. @param {Line} line */
  retry(line) {
    this.log?.forget(line.key);
    this.#say(line.text, null, line);
  }

  /** @param {string} given @param {Line | null} replyTo @param {Line} [again] */
  async #say(given, replyTo, again) {
    const text = given.trim();
    if (text === "" || [...text].length > LETTERS_AT_MOST || !this.log || !this.tools) return;
    const reply_id = again?.reply_id ?? replyTo?.danmu_id ?? null;
    const reply_to = again?.reply_to ?? replyTo?.author.name ?? "";
    const reply_user_id = again?.reply_user_id ?? replyTo?.author.user_id ?? "";
    const key = this.log.say({ author: this.#author(), text, reply_to, reply_id, reply_user_id });
    if (!again) this.#input.value = "";
    this.reply(null);
    this.#tell();
    const answer = await this.tools.act({ type: "send_danmu", text, reply_to: reply_id });
    if (answer.type !== "accepted") this.#onRefused(key, answer);
    else this.#announce("danmu-accepted", text);
    this.#tell();
  }

  /** @param {string} key @param {Answer} answer */
  #onRefused(key, answer) {
    this.log?.fail(key, answer);
    const retry_ms = answer.type === "rejected" ? answer.retry_ms : 0;
    this.#refused = { answer, until_ms: performance.now() + Math.max(retry_ms, 4_000) };
    this.#announce("danmu-refused", answer);
  }

  /** Say once more what became of the last words: who listens now came after them. */
  retell() {
    if (this.#announced) this.#announce(this.#announced.type, this.#announced.detail);
  }

  /** @param {string} type @param {string | Answer} detail */
  #announce(type, detail) {
    this.#announced = new CustomEvent(type, { detail, bubbles: true });
    this.dispatchEvent(this.#announced);
  }

  #tell() {
    this.#render();
    this.dispatchEvent(new CustomEvent("said"));
  }

  /** @returns {Author} */
  #author() {
    const { user_id = "", name = t("you"), role = "viewer", is_follower = false } = this.#you ?? {};
    return { user_id, name, role, is_follower };
  }

  #render() {
    /** @type {Role} */
    const role = this.#you?.role ?? "viewer";
    const now_ms = this.tools?.clock.now() ?? Date.now();
    const hindered = hindrance(this.#rules, this.#you, role, now_ms);
    const notice = hindered
      ? t(hindered.key, { time: countdown((hindered.until_ms ?? now_ms) - now_ms) })
      : this.#refusal() || (this.#rules.slow_mode_s > 0 && role === "viewer" ? t("slow_mode", { seconds: this.#rules.slow_mode_s }) : "");
    if (this.#notice.textContent !== notice) this.#notice.textContent = notice;
    this.#input.disabled = hindered !== null;
    this.#input.placeholder = hindered ? notice : t("say_something");
    const letters = [...this.#input.value.trim()].length;
    const count = find(this, ".composer__count", HTMLElement);
    count.textContent = letters > 0 ? `${letters}/${LETTERS_AT_MOST}` : "";
    count.dataset["over"] = String(letters > LETTERS_AT_MOST);
    this.#send.disabled = letters === 0 || letters > LETTERS_AT_MOST || hindered !== null;
  }

  #refusal() {
    if (!this.#refused || performance.now() > this.#refused.until_ms) return "";
    const { answer, until_ms } = this.#refused;
    const isTimed = answer.type === "rejected" && answer.retry_ms > 0;
    const left = isTimed ? t("retry_in", { time: countdown(until_ms - performance.now()) }) : "";
    return refusalText(answer) + left;
  }

  #makeEmoji() {
    const row = find(this, ".composer__emoji", HTMLElement);
    for (const emoji of EMOJI) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = emoji;
      // The keyboard of a phone stays open.
      button.onpointerdown = (event) => event.preventDefault();
      button.onclick = () => {
        this.#input.setRangeText(emoji, this.#input.selectionStart ?? 0, this.#input.selectionEnd ?? 0, "end");
        this.#input.focus();
        this.#render();
      };
      row.append(button);
    }
  }
}
