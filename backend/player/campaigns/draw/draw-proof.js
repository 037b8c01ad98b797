/** What this device found out about a result, in plain words, and the files for whoever wants to do it alone. */

/** @import { Campaign, DrawShown, MyPart } from "../../core/protocol.js" */
/** @import { Tools } from "../../core/feature.js" */
/** @import { Noted, Verdict } from "../fairness/draw-check.js" */
/** @import { Note } from "./draw-notes.js" */

import { below } from "../../core/dom.js";
import { button, el, ends } from "../sheet-parts.js";
import { shield, steps } from "./draw-parts.js";
import { t } from "./texts.js";

/** The draw, and what this viewer has of it. @typedef {{ campaign: Campaign, draw: DrawShown, part: MyPart | null, note: Note }} Known */

export class DrawProof {
  #tools;
  #changed;
  /** Done once a result. @type {{ key: string, text: string | null, verdict: Verdict | null }} */
  #done = { key: "", text: null, verdict: null };
  #isBusy = false;

  /** @param {() => Tools | null} tools @param {() => void} changed */
  constructor(tools, changed) {
    this.#tools = tools;
    this.#changed = changed;
  }

  /** @param {Known} known @returns {HTMLElement} */
  render(known) {
    if (this.#done.key !== keyOf(known) && !this.#isBusy) void this.#check(known);
    const { verdict, text } = this.#done;
    if (this.#isBusy || this.#done.key !== keyOf(known)) return el("section", "draw__box", shield(t("draw_checking")));
    if (verdict === null) return el("section", "draw__box", shield(t("draw_unread"), "bad"));
    const files = el("p", "draw__files", button("draw__link", t("draw_data"), () => save(`draw-${known.campaign.campaign_id}.json`, text ?? "")), button("draw__link", t("draw_script"), () => void this.#saveScript()));
    const words = verdict.wrong === null ? this.#found(known, verdict) : el("p", "draw__wrong", t(`draw_wrong_${verdict.wrong}`));
    const head = shield(t(verdict.wrong === null ? "draw_checked" : "draw_failed"), verdict.wrong === null ? "fine" : "bad");
    return el("section", "draw__box draw__proof", head, words, el("p", "draw__small", t("draw_proof_not")), files, el("p", "draw__small", t("draw_script_how")));
  }

  /** @param {Known} known @param {Verdict} verdict */
  #found({ draw, part, note }, { entries, proven, winners }) {
    const seed = note.commitment === null ? t("draw_proof_seed_late", { seal: ends(draw.commitment) }) : t("draw_proof_seed");
    const own = part?.is_in ? t(part.is_proven ? "draw_proof_own" : "draw_proof_own_entry") : null;
    const lines = [seed, t("draw_proof_list", { entries }), t("draw_proof_numbers", { proven, withheld: entries - proven }), ...(own === null ? [] : [own]), t("draw_proof_result", { winners: winners.length })];
    return steps(lines.map((line) => [true, line]));
  }

  /** @param {Known} known */
  async #check(known) {
    this.#isBusy = true;
    const key = keyOf(known);
    const text = await this.#fetch(`/api/v1/campaigns/${encodeURIComponent(known.campaign.campaign_id)}/bundle`);
    const verdict = text === null ? null : await this.#verdict(known, text);
    this.#done = { key, text, verdict };
    this.#isBusy = false;
    this.#changed();
  }

  /** @param {Known} known @param {string} text @returns {Promise<Verdict>} */
  async #verdict({ campaign, draw, part, note }, text) {
    const [{ checkDraw }, { pseudonym }] = await Promise.all([import("../fairness/draw-check.js"), import("../fairness/digests.js")]);
    const who = part?.is_in ? pseudonym(campaign.campaign_id, this.#tools()?.userId() ?? "") : null;
    // What the room shows counts where this page was not there at the time.
    const noted = /** @satisfies {Noted} */ ({ commitment: note.commitment ?? draw.commitment, root: note.root ?? draw.root, who, nonce: note.isRevealed ? note.nonce : null });
    const verdict = await checkDraw(text, noted);
    const names = draw.winners.map(({ user_id }) => pseudonym(campaign.campaign_id, user_id));
    const isShown = names.length === verdict.winners.length && names.every((name, at) => name === verdict.winners[at]);
    return verdict.wrong === null && !isShown ? { ...verdict, wrong: "winners" } : verdict;
  }

  async #saveScript() {
    const text = await this.#fetch("/api/v1/draw-verifier");
    if (text !== null) save("verify_draw.py", text);
  }

  /** @param {string} path @returns {Promise<string | null>} */
  async #fetch(path) {
    try {
      const response = await fetch(below(path), { headers: { Authorization: `Bearer ${this.#tools()?.token()}` }, cache: "no-store" });
      return response.ok ? await response.text() : null;
    } catch {
      return null;
    }
  }
}

/** @param {Known} known */
const keyOf = ({ campaign, part }) => `${campaign.campaign_id} ${campaign.version} ${part?.is_in} ${part?.is_proven}`;

/** @param {string} name @param {string} text */
function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
