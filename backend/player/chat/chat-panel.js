/** The chat as a list: the history, new messages, the pinned message, and who joined. */

/** @import { Pinned } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { Line } from "./chat-log.js" */

import { find } from "../core/dom.js";
import { nameOf } from "../core/person-name.js";
import { lineElement } from "./chat-line.js";
import { ChatLog } from "./chat-log.js";
import { t, translate } from "./texts.js";

const AT_END_PX = 40;
const ANNOUNCE_EVERY_MS = 4_000;
const ENTRY_MS = 3_000;

/** Events out: `reply` and `retry`, each with a `Line`. */
export class ChatPanel extends HTMLElement {
  static translate = translate;
  static markup = `
    <h2 class="chat__title"><span data-text="chat_title"></span> <span class="chat__total"></span></h2>
    <p class="pinned" hidden><span class="pinned__mark" data-text="pinned"></span><span class="pinned__name"></span><span class="pinned__text"></span></p>
    <ol class="chat__list" tabindex="0" data-label="chat_list_label"></ol>
    <p class="chat__empty" data-text="chat_empty"></p>
    <button class="chat__newer" type="button" data-text="chat_newer" hidden></button>
    <p class="entry"></p>
    <p class="chat__announcement" aria-live="polite"></p>
  `;

  #list = find(this, ".chat__list", HTMLOListElement);
  #newer = find(this, ".chat__newer", HTMLButtonElement);
  log = new ChatLog(() => this.tools?.userId() ?? "");
  /** What each element shows. @type {Map<string, { line: Line, element: HTMLLIElement }>} */
  #shown = new Map();
  #isRendering = false;
  /** Whether the list scrolls to its end with each message; not while the viewer has scrolled back. */
  #isFollowing = true;
  #announcedTo = 0;
  #hidingPinned = 0;
  #hidingEntry = 0;
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    this.#list.onclick = (event) => this.#onChosen(event);
    this.#list.onmousedown = (event) => keepWriting(event);
    this.#list.onkeydown = (event) => this.#onKey(event);
    this.#list.onscroll = () => this.#onScroll();
    this.#newer.onclick = () => this.scrollToEnd();
    new ResizeObserver(() => this.#isFollowing && this.scrollToEnd()).observe(this.#list);
    setInterval(() => this.#announce(), ANNOUNCE_EVERY_MS);
  }

  /** @param {RoomEvent} event */
  apply(event) {
    this.log.apply(event);
    if (event.type === "snapshot") this.#pin(event.pinned);
    if (event.type === "danmu_pinned") this.#pin(event.pinned);
    if (event.type === "danmu_unpinned") this.#pin(null);
    if (event.type === "joins_shown") this.#enter(event.authors.map(nameOf));
    if (event.type === "person_erased") find(this, ".entry", HTMLElement).textContent = "";
    this.render();
  }

  /** However much came, the list is drawn once a frame. */
  render() {
    if (this.#isRendering) return;
    this.#isRendering = true;
    requestAnimationFrame(() => {
      this.#isRendering = false;
      this.#draw();
    });
  }

  #onScroll() {
    this.#isFollowing = this.#isAtEnd();
    if (this.#isFollowing) this.#newer.hidden = true;
  }

  scrollToEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#newer.hidden = true;
  }

  #draw() {
    const before = this.#list.lastElementChild;
    const keys = new Set(this.log.lines.map(({ key }) => key));
    for (const [key, { element }] of this.#shown) if (!keys.has(key)) this.#drop(key, element);
    this.log.lines.forEach((line, index) => this.#place(line, index));
    find(this, ".chat__total", HTMLElement).textContent = this.log.total > 0 ? String(this.log.total) : "";
    if (this.#isFollowing || this.log.lines.at(-1)?.state === "pending") this.scrollToEnd();
    else if (this.#list.lastElementChild !== before) this.#newer.hidden = false;
  }

  /** @param {string} key @param {Element} element */
  #drop(key, element) {
    element.remove();
    this.#shown.delete(key);
  }

  /** @param {Line} line @param {number} index */
  #place(line, index) {
    let shown = this.#shown.get(line.key);
    if (shown?.line !== line) {
      const element = lineElement(line);
      shown?.element.replaceWith(element);
      shown = { line, element };
      this.#shown.set(line.key, shown);
    }
    const there = this.#list.children[index] ?? null;
    if (there !== shown.element) this.#list.insertBefore(shown.element, there);
  }

  #isAtEnd() {
    return this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < AT_END_PX;
  }

  /** @param {Event} event */
  #onChosen({ target }) {
    const element = target instanceof Element ? target.closest("li") : null;
    const line = this.log.lines.find(({ key }) => key === element?.dataset["key"]);
    if (!line || !(target instanceof Element)) return;
    if (target.matches(".line__retry")) this.dispatchEvent(new CustomEvent("retry", { detail: line }));
    else if (line.danmu_id !== null) this.dispatchEvent(new CustomEvent("reply", { detail: line }));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const now = document.activeElement?.closest(".line");
    if (event.key === "Enter" && event.target === now) return this.#onChosen(event);
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const next = event.key === "ArrowUp" ? now?.previousElementSibling : now?.nextElementSibling;
    const chosen = now ? next : this.#list.lastElementChild;
    if (chosen instanceof HTMLElement) chosen.focus();
    event.preventDefault();
  }

  /** @param {Pinned | null} pinned */
  #pin(pinned) {
    clearTimeout(this.#hidingPinned);
    find(this, ".pinned", HTMLElement).hidden = pinned === null;
    if (!pinned) return;
    find(this, ".pinned__name", HTMLElement).textContent = nameOf(pinned.danmu.author);
    find(this, ".pinned__text", HTMLElement).textContent = pinned.danmu.text;
    const left_ms = pinned.until_ms - (this.tools?.clock.now() ?? Date.now());
    this.#hidingPinned = window.setTimeout(() => this.#pin(null), Math.max(0, left_ms));
  }

  /** @param {string[]} names */
  #enter(names) {
    if (names.length === 0) return;
    clearTimeout(this.#hidingEntry);
    const entry = find(this, ".entry", HTMLElement);
    entry.textContent = t("entered", { names: names.slice(0, 3).join(t("list_comma")) });
    this.#hidingEntry = window.setTimeout(() => (entry.textContent = ""), ENTRY_MS);
  }

  /** Announce the last few messages to screen readers, not each of a flood. */
  #announce() {
    const fresh = this.log.lines.filter(({ danmu_id, is_own }) => !is_own && (danmu_id ?? 0) > this.#announcedTo);
    this.#announcedTo = Math.max(this.#announcedTo, ...fresh.map(({ danmu_id }) => danmu_id ?? 0));
    const said = fresh.slice(-3).map(({ author, text }) => t("chat_said", { name: nameOf(author), text }));
    find(this, ".chat__announcement", HTMLElement).textContent = said.join("\n");
  }
}

/** A click on a line must not close what one writes in: the list would move under the pointer, and the click miss. @param {Event} event */
function keepWriting(event) {
  if (document.activeElement instanceof HTMLInputElement) event.preventDefault();
}
