/** What the buyer of an order and the shop write to each other. */

/** @import { OrderMessage } from "../core/protocol.js" */
/** @import { Outcome } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { Follower } from "./follower.js";
import { button, el, empty, focusable, note, redraw, skeletons } from "./parts.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";
import { dayTime } from "./times.js";

/** As many characters as the shop takes. */
const MOST = 500;

export class OrderThread extends SheetView {
  #orderId = "";
  /** The oldest first; null before they were read. @type {OrderMessage[] | null} */
  #messages = null;
  /** @type {number | null} */
  #next = null;
  #hasFailed = false;
  #refused = "";
  #top = el("div", "shop__parts");
  #list = el("ol", "thread");
  #field = el("input", "thread__field");
  #send = el("button", "btn btn--s", t("thread_send"));
  #follower = new Follower(() => this.#load(), () => {});

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("thread"));
    this.coverPicture("dock");
    this.scrollByKeys();
    // Around the list: a list that is a log itself is no list to a screen reader.
    const log = el("div", "thread__log", this.#list);
    log.setAttribute("role", "log");
    log.ariaLabel = t("thread");
    this.#field.maxLength = MOST;
    this.#field.autocomplete = "off";
    this.#field.enterKeyHint = "send";
    this.#field.placeholder = this.#field.ariaLabel = t("thread_field");
    this.#field.oninput = () => this.#layButton();
    const form = el("form", "thread__form", this.#field, this.#send);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.#write();
    };
    this.body.append(this.#top, log);
    this.layFoot(form);
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    if (view.name !== "messages") return;
    if (this.#orderId !== view.order_id) {
      [this.#messages, this.#next, this.#field.value] = [null, null, ""];
    }
    [this.#orderId, this.#refused] = [view.order_id, ""];
    this.update();
    this.#resume();
    this.#load();
    this.#follower.start();
  }

  /** @override */
  leave() {
    this.#follower.stop();
  }

  /** @override @param {string} order_id */
  onOrder(order_id) {
    if (order_id === this.#orderId) this.#follower.askNow();
  }

  async #load() {
    const order_id = this.#orderId;
    const outcome = await this.model.api.messages(order_id, null);
    if (order_id !== this.#orderId) return;
    this.#hasFailed = outcome.type !== "done";
    if (outcome.type !== "done") return this.update();
    const fresh = outcome.value.messages.toReversed();
    const known = this.#messages;
    const isNews = known === null || known.at(-1)?.number !== fresh.at(-1)?.number;
    if (isNews) {
      const older = known?.filter(({ number }) => number < (fresh[0]?.number ?? 0)) ?? [];
      if (older.length === 0) this.#next = outcome.value.next;
      this.#messages = [...older, ...fresh];
    }
    this.update();
    if (isNews) this.body.scrollTop = this.body.scrollHeight;
    const newest = fresh.at(-1);
    // What nobody looks at is not read.
    if (newest && outcome.value.unread > 0 && !document.hidden) await this.#markRead(order_id, newest.number);
  }

  /** @param {string} order_id @param {number} number */
  async #markRead(order_id, number) {
    await this.model.api.markRead(order_id, number);
    await this.model.loadUnread();
  }

  async #loadOlder() {
    const order_id = this.#orderId;
    const outcome = await this.model.api.messages(order_id, this.#next);
    if (order_id !== this.#orderId || outcome.type !== "done") return;
    this.#messages = [...outcome.value.messages.toReversed(), ...(this.#messages ?? [])];
    this.#next = outcome.value.next;
    this.update();
  }

  get #place() {
    return `message ${this.#orderId}`;
  }

  async #resume() {
    const order_id = this.#orderId;
    const resumed = this.model.outbox.resume(this.#place);
    if (resumed) await this.#answered(order_id, await resumed);
  }

  async #write() {
    const text = this.#field.value.trim();
    if (!text || this.#send.disabled) return;
    this.#refused = "";
    const order_id = this.#orderId;
    const sending = this.model.outbox.send(this.#place, paths.message(order_id), { text });
    this.#layButton();
    await this.#answered(order_id, await sending);
  }

  /** @param {string} order_id @param {Outcome<OrderMessage>} outcome */
  async #answered(order_id, outcome) {
    // Another order's thread may be open by now, with words of its own in the field.
    if (order_id !== this.#orderId) return;
    if (outcome.type === "done") {
      this.#field.value = "";
      await this.#follower.askNow();
    } else if (outcome.type === "refused") this.#refused = refusedText(outcome.refusal.type);
    this.update();
    this.#field.focus();
  }

  /** @override */
  update() {
    const messages = this.#messages;
    this.body.ariaBusy = String(!messages && !this.#hasFailed);
    this.#layButton();
    if (!messages) {
      redraw(this.#list);
      return redraw(this.#top, ...(this.#hasFailed ? [this.#failure()] : skeletons(3)));
    }
    redraw(
      this.#top,
      this.model.isOffline ? note("warn", "offline", t("thread_offline")) : null,
      this.#refused ? note("warn", "alert", this.#refused) : null,
      messages.length === 0 ? empty("talk", t("thread_empty"), t("thread_empty_hint")) : null,
      this.#next === null ? null : focusable(button("btn btn--line", [t("thread_older")], () => this.#loadOlder()), "older"),
    );
    this.#layMessages(messages);
  }

  /** What stands there already stays: a reader of the screen is told what is new alone. @param {OrderMessage[]} messages */
  #layMessages(messages) {
    const shown = new Map([...this.#list.children].map((row) => [row.id, row]));
    const rows = messages.map((message) => shown.get(idOf(message)) ?? this.#row(message));
    const isSame = rows.length === this.#list.children.length && rows.every((row, index) => row === this.#list.children[index]);
    if (!isSame) this.#list.replaceChildren(...rows);
  }

  /** @param {OrderMessage} message */
  #row(message) {
    const isMine = message.side === "buyer";
    const row = el(
      "li",
      `thread__row${isMine ? " thread__row--mine" : ""}`,
      el("span", "thread__who", `${t(isMine ? "thread_me" : "thread_shop")} · ${dayTime(message.at_ms, this.model.now())}`),
      el("p", "thread__text", message.text),
    );
    row.id = idOf(message);
    return row;
  }

  #failure() {
    return empty("alert", t("failed_title"), t("failed_hint"), button("btn", [t("again")], () => this.#load()));
  }

  #layButton() {
    this.#send.disabled = this.model.isOffline || this.#field.value.trim() === "" || this.model.outbox.isPending(this.#place);
  }
}

/** @param {OrderMessage} message */
const idOf = ({ order_id, number }) => `message-${order_id}-${number}`;

/** @param {string} type of the refusal */
function refusedText(type) {
  if (type === "too_fast") return t("thread_too_fast");
  return t(type === "thread_full" ? "thread_full" : "thread_refused");
}
