/** The wheel's sheet: the disc, the button, what can be won and what one spun, and whether all was as it was sealed. */

/** @import { Campaign, CampaignPhase, MyPart, WheelShown, WheelSpin } from "../../core/protocol.js" */
/** @import { Wrong } from "./wheel-check.js" */

import { find } from "../../core/dom.js";
import { build } from "../../core/markup.js";
import { countdown } from "../../core/rejections.js";
import { CLOSE, closable, openSheet } from "../../core/sheets.js";
import { entryRules } from "../entry_rules/entry-rules.js";
import { button, el, ends, renew } from "../sheet-parts.js";
import { t, translate } from "./texts.js";
import { wrongIn } from "./wheel-check.js";
import { WheelDisc } from "./wheel-disc.js";
import { handedOver, prizeList, spinList, winnerList } from "./wheel-parts.js";

const MARKUP = `
  <header class="wheel__head">${CLOSE}<h2></h2><p class="wheel__line-left"></p></header>
  <div class="wheel__body">
    <div class="wheel__stage" aria-hidden="true"><div class="wheel__disc"></div><i class="wheel__pointer"></i></div>
    <p class="wheel__told" role="status"></p>
    <div class="wheel__parts"></div>
  </div>
  <footer class="wheel__foot"><button class="wheel__main" type="button"></button></footer>`;

/** All that is shown. @typedef {{ campaign: Campaign, wheel: WheelShown, phase: CampaignPhase, left_ms: number, part: MyPart | null, noted: string | null, isFollower: boolean, isAsking: boolean, result: WheelSpin | null, told: string, own: string }} View */

export class WheelSheet {
  #dialog;
  #disc;
  #does;
  #isTurning = false;
  /** The device needs a moment for it: done once a result. @type {{ key: string, wrong: Wrong | null }} */
  #checked = { key: "", wrong: null };

  /** @param {HTMLDialogElement} dialog @param {{ spin: () => void, follow: () => void }} does */
  constructor(dialog, does) {
    this.#dialog = dialog;
    this.#does = does;
    dialog.append(build(MARKUP, translate));
    this.#disc = new WheelDisc(find(dialog, ".wheel__disc", HTMLElement));
    closable(dialog);
  }

  get isOpen() {
    return this.#dialog.open;
  }

  open() {
    if (!this.isOpen) openSheet(this.#dialog);
  }

  /** Turn to what was spun. @param {WheelShown} wheel @param {WheelSpin} spin */
  async turn(wheel, spin) {
    this.#isTurning = true;
    await this.#disc.turnTo(wheel, spin.prize);
    this.#isTurning = false;
  }

  /** @param {View} view */
  render(view) {
    if (!this.isOpen) return;
    const { campaign, wheel, phase } = view;
    this.#disc.render(wheel);
    find(this.#dialog, "h2", HTMLElement).textContent = campaign.title || t("wheel");
    find(this.#dialog, ".wheel__line-left", HTMLElement).textContent = this.#line(view);
    const told = find(this.#dialog, ".wheel__told", HTMLElement);
    const text = this.#isTurning ? "" : this.#told(view);
    if (told.textContent !== text) told.textContent = text;
    told.dataset["won"] = String(view.result?.prize != null && !view.told);
    // What is won is not to be read before the disc stands still.
    if (!this.#isTurning && !view.isAsking) this.#fill(view);
    this.#showMain(view, phase === "open" && view.left_ms > 0 && this.#left(view) > 0 && wheel.left > 0);
  }

  /** @param {View} view */
  #left({ wheel, part }) {
    return Math.max(0, wheel.spins_each - (part?.spins.length ?? 0));
  }

  /** @param {View} view */
  #line(view) {
    const { phase, left_ms, wheel } = view;
    const time = countdown(left_ms);
    if (phase === "preheat") return t("wheel_soon", { time });
    if (phase === "void") return t("wheel_void");
    if (phase !== "open" || left_ms === 0 || wheel.left === 0) return t("wheel_over");
    const left = this.#left(view);
    if (left === 0) return t("wheel_none_for_you");
    return left === 1 ? t("wheel_left_one", { time }) : t("wheel_left", { left, time });
  }

  /** @param {View} view */
  #told({ told, result, wheel, phase, campaign }) {
    if (told) return told;
    if (phase === "void") return campaign.public_reason;
    if (result === null) return "";
    const prize = wheel.prizes[result.prize ?? -1];
    return prize === undefined ? t("wheel_lost") : `${t("wheel_won", { prize: prize.name })} · ${handedOver(prize)}`;
  }

  /** @param {View} view */
  #fill(view) {
    const { campaign, wheel, part, own, isFollower } = view;
    const conditions = [];
    if (wheel.needs_follow && !isFollower) conditions.push(el("p", "wheel__condition", el("span", "", t("wheel_needs_follow")), button("wheel__do", t("wheel_follow"), this.#does.follow)));
    conditions.push(...entryRules(wheel).map((line) => el("p", "wheel__condition", line)));
    const parts = [...conditions, spinList(wheel, part?.spins ?? []), prizeList(wheel), winnerList(wheel, campaign.people ?? [], own), this.#proof(view)];
    renew(find(this.#dialog, ".wheel__parts", HTMLElement), ...parts);
  }

  /** @param {View} view */
  #proof(view) {
    const { campaign, wheel, part, noted } = view;
    if (!wheel.secret) return el("p", "wheel__small wheel__seal", t("wheel_sealed", { seal: ends(wheel.commitment) }));
    const key = `${campaign.campaign_id} ${campaign.version} ${part?.spins.length}`;
    if (this.#checked.key !== key) this.#checked = { key, wrong: wrongIn(campaign, wheel, part, noted) };
    const { wrong } = this.#checked;
    const slots = wheel.blanks + wheel.prizes.reduce((sum, { stock }) => sum + stock, 0);
    const fine = noted === null ? t("wheel_proof_late", { slots, seal: ends(wheel.commitment) }) : t("wheel_proof", { slots });
    const count = part?.spins.length ?? 0;
    const head = el("h3", "", t(wrong === null ? "wheel_checked" : "wheel_failed"));
    const box = el("section", "wheel__box wheel__proof", head, el("p", "", wrong === null ? fine : t(`wheel_wrong_${wrong}`)), wrong === null && count > 0 ? el("p", "", t("wheel_proof_own", { count })) : null, el("p", "wheel__small", t("wheel_proof_not")));
    box.dataset["kind"] = wrong === null ? "fine" : "bad";
    return box;
  }

  /** @param {View} view @param {boolean} maySpin */
  #showMain({ phase, part, isAsking }, maySpin) {
    const main = find(this.#dialog, ".wheel__main", HTMLButtonElement);
    const isBusy = isAsking || this.#isTurning;
    const spin = t((part?.spins.length ?? 0) > 0 ? "wheel_again" : "wheel_spin");
    main.textContent = isBusy ? t("wheel_spinning") : maySpin || phase === "preheat" ? spin : t("wheel_back");
    // Without `disabled` the focus stays where it is.
    main.setAttribute("aria-disabled", String(isBusy || phase === "preheat"));
    main.dataset["soft"] = String(!maySpin && phase !== "preheat" && !isBusy);
    main.onclick = () => {
      if (isBusy || phase === "preheat") return;
      if (maySpin) this.#does.spin();
      else this.#dialog.close();
    };
  }
}
