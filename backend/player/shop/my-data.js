/** What the shop knows of the buyer: to take along, and to have erased. */

/** @import { Erasure } from "../core/protocol.js" */
/** @import { Outcome, Refusal } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */
/** @import { Ways } from "./sheet-view.js" */
/** @import { View } from "./view-history.js" */

import { numberText } from "./order-words.js";
import { button, el, focusable, note, redraw } from "./parts.js";
import { reasonOf } from "./refusal-note.js";
import { t } from "./sheet-texts.js";
import { SheetView } from "./sheet-view.js";
import { paths } from "./shop-api.js";

const ERASE = "erase";
const FILE = "livestall-my-data.json";
/** The browser has begun to save the file by then. */
const SAVED_WITHIN_MS = 10_000;

export class MyData extends SheetView {
  #isSure = false;
  #isLoading = false;
  /** @type {{ kind: "ok" | "bad", text: string } | null} */
  #told = null;

  /** @param {ShopModel} model @param {Ways} ways */
  constructor(model, ways) {
    super(model, ways, t("my_data"));
  }

  /** @override @param {View} view @param {{ hasWayBack: boolean }} place */
  enter(view, place) {
    super.enter(view, place);
    // Who was erased with their account is somebody else by now, and is still told.
    [this.#isSure, this.#told] = [false, this.model.erased && { kind: "ok", text: doneText(this.model.erased) }];
    this.model.erased = null;
    this.update();
    this.#resume();
  }

  /** What was to be erased when the page was left. */
  async #resume() {
    const resumed = this.model.outbox.resume(ERASE);
    if (resumed) this.#answered(await resumed);
  }

  /** @override */
  update() {
    const told = this.#told;
    redraw(
      this.body,
      this.model.isOffline ? note("warn", "offline", t("offline_orders")) : null,
      this.model.outbox.lost.has(ERASE) ? note("warn", "alert", t("data_erase_lost")) : null,
      told ? note(told.kind, told.kind === "ok" ? "check" : "alert", told.text) : null,
      el("div", "box", el("h3", "box__title", t("data_take")), el("p", "t13 dim", t("data_take_hint")), this.#taker()),
      el("div", "box", el("h3", "box__title", t("data_erase")), el("p", "t13 dim", t("data_erase_hint")), ...this.#erasers()),
    );
  }

  #taker() {
    return this.#button("btn btn--line", this.#isLoading ? t("sending") : t("data_take_do"), "take", () => this.#take());
  }

  #erasers() {
    const isErasing = this.model.outbox.isPending(ERASE);
    if (isErasing) return [this.#button("btn btn--line", t("sending"), "erase", () => {})];
    if (!this.#isSure) return [this.#button("btn btn--line", t("data_erase_do"), "erase", () => this.#ask(true))];
    return [
      note("warn", "alert", t("data_erase_sure")),
      this.#button("btn btn--line", t("data_erase_not"), "erase", () => this.#ask(false)),
      this.#button("btn btn--wide", t("data_erase_yes"), "erase_yes", () => this.#erase()),
    ];
  }

  /** @param {string} className @param {string} words @param {string} name @param {() => void} onTap */
  #button(className, words, name, onTap) {
    const element = button(className, [words], onTap);
    element.disabled = this.model.isOffline || this.#isLoading || this.model.outbox.isPending(ERASE);
    return focusable(element, name);
  }

  /** @param {boolean} isSure */
  #ask(isSure) {
    [this.#isSure, this.#told] = [isSure, null];
    this.update();
  }

  async #take() {
    [this.#isLoading, this.#told] = [true, null];
    this.update();
    const outcome = await this.model.api.myData();
    this.#isLoading = false;
    if (outcome.type === "done") save(outcome.value);
    else this.#told = { kind: "bad", text: outcome.type === "refused" ? whyNot(outcome.refusal, outcome.retry_s) : t("failed_hint") };
    this.update();
  }

  async #erase() {
    this.#answered(await this.model.outbox.send(ERASE, paths.erase(), {}));
  }

  /** @param {Outcome<Erasure>} outcome */
  #answered(outcome) {
    this.#isSure = false;
    if (outcome.type === "done") {
      this.model.book.erase();
      this.model.draft.clear();
      this.#told = { kind: "ok", text: doneText(outcome.value) };
      if (outcome.value.has_account) this.model.leaveAccount(outcome.value);
    }
    if (outcome.type === "refused") this.#told = { kind: "bad", text: whyNot(outcome.refusal, outcome.retry_s) };
    if (outcome.type === "unreachable") this.#told = { kind: "bad", text: t("data_erase_other") };
    this.update();
    this.body.scrollTop = 0;
  }
}

/** @param {object} data */
function save(data) {
  const link = el("a", "");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVED_WITHIN_MS);
}

/** @param {Erasure} erasure */
function doneText({ orders, until_ms, rooms_until_ms }) {
  const day = until_ms === null ? "" : new Date(until_ms).toLocaleDateString();
  const shop = day ? t("data_erased_orders", { count: orders, day }) : t("data_erased");
  if (!rooms_until_ms) return shop;
  const time = new Date(rooms_until_ms).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
  return `${shop}\n${t("data_erased_rooms", { time })}`;
}

/** @param {Refusal} refusal @param {number} retry_s */
function whyNot(refusal, retry_s) {
  const { type, numbers = [], has_bid = false } = refusal;
  if (type !== "unfinished") return reasonOf(refusal, retry_s);
  const orders = numbers.length > 0 ? [t("data_unfinished", { numbers: numbers.map(numberText).join(", ") })] : [];
  return [...orders, ...(has_bid ? [t("data_bids")] : [])].join("\n");
}
