/** The draw's sheet: what is won, what is missing, how it is drawn, who won, and whether all was as it was sealed. */

/** @import { Campaign, CampaignPhase, DrawShown, MyPart, You } from "../../core/protocol.js" */
/** @import { Tools } from "../../core/feature.js" */
/** @import { Note } from "./draw-notes.js" */

import { find } from "../../core/dom.js";
import { build } from "../../core/markup.js";
import { countdown } from "../../core/rejections.js";
import { CLOSE, afterClose, closable, openSheet } from "../../core/sheets.js";
import { entryRules } from "../entry_rules/entry-rules.js";
import { button, el, ends, renew } from "../sheet-parts.js";
import { missing, standing } from "./draw-conditions.js";
import { bar, condition, entryNumber, prize, prizeText, shield, steps, winnerList, wonText } from "./draw-parts.js";
import { DrawProof } from "./draw-proof.js";
import { t, translate } from "./texts.js";

/** What the viewer may do from the sheet. @typedef {{ enter: () => void, follow: () => void, claim: (campaign_id: string) => void, say: (word: string) => void, tools: () => Tools | null, changed: () => void }} Does */

/** All that is shown. @typedef {{ campaign: Campaign, draw: DrawShown, phase: CampaignPhase, left_ms: number, now_ms: number, part: MyPart | null, note: Note, you: You | null, isAsking: boolean, told: string }} View */

export class DrawSheet {
  #dialog;
  #does;
  #proof;
  #told = "";

  /** @param {HTMLDialogElement} dialog @param {Does} does */
  constructor(dialog, does) {
    this.#dialog = dialog;
    this.#does = does;
    this.#proof = new DrawProof(does.tools, does.changed);
    dialog.append(build(`<header class="draw__hero">${CLOSE}<h2></h2><p class="draw__clock" role="timer"></p><p class="draw__line"></p></header><div class="draw__body"></div><footer class="draw__foot"></footer>`, translate));
    closable(dialog);
  }

  get isOpen() {
    return this.#dialog.open;
  }

  open() {
    if (!this.isOpen) openSheet(this.#dialog);
  }

  close() {
    this.#dialog.close();
  }

  /** @param {View} view */
  render(view) {
    if (!this.isOpen) return;
    this.#told = view.told;
    if (view.phase === "void") this.#showVoid(view);
    else if (view.phase === "ended") this.#showResult(view);
    else if (view.phase !== "open" || view.left_ms === 0) this.#showDrawing(view);
    else if (view.part?.is_in) this.#showJoined(view);
    else this.#showOpen(view);
  }

  /** @param {View} view */
  #showOpen(view) {
    const { campaign, draw, left_ms, now_ms, part, you } = view;
    this.#head(titleOf(campaign, draw), t("draw_soon", { entries: draw.entries }), countdown(left_ms));
    const all = standing(draw.terms, you, campaign.campaign_id, now_ms, part?.has_bought ?? false);
    const rules = [...entryRules(draw.terms), ...(draw.terms.excludes_winners ? [t("draw_excludes")] : [])];
    this.#fill(prize(draw), this.#conditions(draw, all), ...rules.map((line) => el("p", "draw__small", line)), shield(t("draw_sealed", { seal: ends(draw.commitment) })));
    const count = missing(all);
    const text = count > 0 ? t("draw_missing", { count }) : t(view.isAsking ? "draw_entering" : "draw_enter");
    const main = button("draw__main", text, this.#does.enter);
    main.disabled = count > 0;
    // Without `disabled` the focus stays where it is; who taps again while it is asked asks nothing.
    main.setAttribute("aria-disabled", String(main.disabled || view.isAsking));
    this.#foot(main);
  }

  /** @param {View} view */
  #showJoined({ draw, left_ms, part }) {
    // Who has just entered is counted a moment later.
    const entries = Math.max(draw.entries, part?.number ?? 0);
    this.#head(t("draw_joined"), t("draw_soon_joined", { entries }), countdown(left_ms));
    const done = condition(1, true, t("draw_all_done"), t("draw_chance", { winners: draw.terms.winners, entries }));
    this.#fill(prize(draw), el("ul", "draw__box", done), shield(t("draw_number", { number: entryNumber(part?.number ?? 0) })));
    this.#foot(button("draw__main draw__main--soft", t("draw_back"), () => this.close()));
  }

  /** @param {View} view */
  #showDrawing({ draw, now_ms }) {
    const isFixed = draw.root !== "";
    this.#head(t("draw_drawing"), isFixed ? t("draw_locked", { entries: draw.entries }) : t("draw_closing"), "", true);
    const seconds = Math.max(0, Math.ceil(((draw.drawn_at_ms ?? now_ms) - now_ms) / 1000));
    const left = draw.entries - draw.proven;
    /** @type {[boolean, string][]} */
    const rows = [[isFixed, isFixed ? t("draw_root", { root: ends(draw.root) }) : t("draw_closing")]];
    if (isFixed) rows.push([true, t("draw_proven", { proven: draw.proven })]);
    if (isFixed && left > 0) rows.push([false, t("draw_waiting", { left, seconds })]);
    this.#fill(steps(rows));
    this.#foot(button("draw__main draw__main--soft", t("draw_back"), () => this.close()));
  }

  /** @param {View} view */
  #showResult({ campaign, draw, now_ms, part, note }) {
    const hasWon = part?.has_won ?? false;
    const own = this.#does.tools()?.userId() ?? "";
    const goods = part?.prize ?? null;
    const none = draw.entries === 0 ? t("draw_no_entries") : t("draw_nobody");
    const head = hasWon ? t("draw_won") : draw.winners.length === 0 ? none : t(part?.is_in ? "draw_lost" : "draw_result");
    this.#head(head, hasWon ? wonText(draw, goods, now_ms) : goods ? prizeText(goods, now_ms) : t("draw_took_part", { entries: draw.entries }));
    const list = draw.winners.length === 0 ? null : el("section", "draw__box", el("h3", "", t("draw_winners")), winnerList(draw, campaign.people ?? [], own));
    this.#fill(prize(draw), list, draw.entries === 0 ? null : this.#proof.render({ campaign, draw, part, note }));
    const claim = () => this.#does.claim(campaign.campaign_id);
    if (goods?.state === "waiting") this.#foot(button("draw__main", t("draw_claim"), claim));
    else if (goods?.state === "claimed") this.#foot(button("draw__main draw__main--soft", t("draw_order"), claim));
    else this.#foot(button(`draw__main${hasWon && !goods ? "" : " draw__main--soft"}`, t("draw_back"), () => this.close()));
  }

  /** Leave the sheet, and then go on. @param {() => void} goOn */
  closeFor(goOn) {
    afterClose(this.#dialog, goOn);
    this.close();
  }

  /** @param {View} view */
  #showVoid({ campaign, draw }) {
    this.#head(t("draw_void"), t("draw_took_part", { entries: draw.entries }));
    this.#fill(el("section", "draw__box", el("h3", "", t("draw_reason")), el("p", "draw__reason", campaign.public_reason)));
    this.#foot(button("draw__main draw__main--soft", t("draw_all_right"), () => this.close()));
  }

  /** @param {DrawShown} draw @param {readonly import("./draw-conditions.js").Standing[]} all */
  #conditions(draw, all) {
    const rows = all.map(({ name, isMet, left_s }, at) => {
      const done = t("draw_done");
      switch (name) {
        case "follow":
          return condition(at + 1, isMet, t("draw_follow"), isMet ? done : "", isMet ? null : button("draw__do", t("draw_do_follow"), this.#does.follow));
        case "word": {
          const [word, isEither] = [draw.terms.word.trim(), draw.terms.bought_or_word ?? false];
          const text = t(isEither ? "draw_word_or_bought" : "draw_word", { word });
          const detail = isMet ? done : isEither ? t("draw_word_free") : "";
          return condition(at + 1, isMet, text, detail, isMet ? null : button("draw__do", t("draw_do_word"), () => this.#does.say(word)));
        }
        case "watch": {
          const left = t("draw_watched", { time: countdown(left_s * 1000) });
          return condition(at + 1, isMet, t("draw_watch", { time: countdown(draw.terms.watched_s * 1000) }), isMet ? done : left, isMet ? null : bar(1 - left_s / draw.terms.watched_s, left));
        }
        case "presence":
          return condition(at + 1, true, t("draw_presence"), t("draw_presence_how"));
      }
    });
    return rows.length === 0 ? null : el("ul", "draw__box", ...rows);
  }

  /** @param {string} title @param {string} line @param {string} [clock] @param {boolean} [isTurning] */
  #head(title, line, clock = "", isTurning = false) {
    find(this.#dialog, "h2", HTMLElement).textContent = title;
    find(this.#dialog, ".draw__line", HTMLElement).textContent = line;
    const time = find(this.#dialog, ".draw__clock", HTMLElement);
    time.textContent = clock;
    time.hidden = clock === "" && !isTurning;
    time.dataset["turning"] = String(isTurning);
  }

  /** @param {...(Node | null)} parts */
  #fill(...parts) {
    const told = this.#told === "" ? null : el("p", "draw__told", this.#told);
    told?.setAttribute("role", "status");
    renew(find(this.#dialog, ".draw__body", HTMLElement), told, ...parts);
  }

  /** @param {HTMLButtonElement} main */
  #foot(main) {
    renew(find(this.#dialog, ".draw__foot", HTMLElement), main);
  }
}

/** @param {Campaign} campaign @param {DrawShown} draw */
const titleOf = ({ title }, { terms }) => t("draw_for", { title: title || t("draw"), winners: terms.winners });
