/** The room's spin wheel: announced, spun from one instant on for all, and what one won. */

/** @import { Campaign, CampaignPhase, MyPart, WheelShown, WheelSpin } from "../../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../../core/socket.js" */
/** @import { Tools } from "../../core/feature.js" */
/** @import { Shown } from "../campaign-follower.js" */

import { find } from "../../core/dom.js";
import { build } from "../../core/markup.js";
import { countdown, refusalText } from "../../core/rejections.js";
import { isGone } from "../afterwards.js";
import { CampaignFollower } from "../campaign-follower.js";
import { newNonce } from "../fairness/digests.js";
import { Told, followHost, readPart } from "../my-part.js";
import { placePill } from "../pills.js";
import { t, translate } from "./texts.js";
import { WheelSheet } from "./wheel-sheet.js";

const ICON = '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9.500" fill="#ffd978"/><path d="M12 2.500v19M2.500 12h19M5.300 5.300l13.400 13.400M18.700 5.300L5.300 18.700" stroke="#b3123a" stroke-width="1.600"/><circle cx="12" cy="12" r="2.600" fill="#b3123a"/></svg>';

/** @type {Partial<Record<import("../../core/protocol.js").RejectReason, keyof typeof import("./texts.js").TEXTS>>} */
const REFUSALS = { is_staff: "wheel_staff", already: "wheel_none_for_you" };

export class SpinWheel extends HTMLElement {
  static within = ".frame";
  static translate = translate;
  static markup = `
    <button class="wheel-pill" type="button" hidden><span></span></button>
    <dialog class="sheet wheel" data-label="wheel"></dialog>
    <p class="wheel__said" role="status"></p>
  `;

  #pill = find(this, ".wheel-pill", HTMLButtonElement);
  #sheet = new WheelSheet(find(this, "dialog", HTMLDialogElement), {
    spin: () => void this.#spin(),
    follow: () => void this.#followHost(),
  });
  #follower = new CampaignFollower("wheel", () => this.tools?.clock.now() ?? null, (shown) => this.#show(shown));
  /** @type {{ campaign: Campaign, wheel: WheelShown, phase: CampaignPhase, left_ms: number, over_ms: number } | null} */
  #shown = null;
  /** @type {MyPart | null} */
  #part = null;
  /** The seal that this page saw before the start. @type {string | null} */
  #noted = null;
  /** What the last spin came to. @type {WheelSpin | null} */
  #result = null;
  /** Of a spin whose answer is not known: asked again, it spins no second time. */
  #key = "";
  #isFollower = false;
  #isAsking = false;
  #told = new Told();
  #asked = "";
  #greeted = "";
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    this.#pill.prepend(build(ICON));
    placePill(this, this.#pill);
    this.#pill.onclick = () => {
      this.#sheet.open();
      this.#render();
    };
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "you_changed") this.#isFollower = event.you.is_follower;
    if (event.type === "viewer_changed") [this.#part, this.#result, this.#asked, this.#key] = [null, null, "", ""];
    if (event.type === "snapshot") this.#asked = "";
    if (event.type === "you_changed" || event.type === "viewer_changed") this.#render();
    else this.#follower.apply(event);
  }

  /** @param {Shown<WheelShown> | null} shown */
  #show(shown) {
    const known = this.#shown?.campaign.campaign_id;
    this.#shown = shown && { campaign: shown.campaign, wheel: shown.campaign.detail, phase: shown.phase, left_ms: shown.left_ms, over_ms: shown.over_ms };
    if (known !== shown?.campaign.campaign_id) [this.#part, this.#result, this.#noted, this.#key] = [null, null, null, ""];
    if (shown !== null) this.#follow(shown);
    this.#render();
  }

  /** @param {Shown<WheelShown>} shown */
  #follow({ campaign, phase }) {
    if (phase === "preheat") this.#noted ??= campaign.detail.commitment ?? null;
    if (phase !== "preheat" && this.#asked !== this.#step) {
      this.#asked = this.#step;
      void this.#askPart();
    }
    if (phase === "open" && this.#greeted !== campaign.campaign_id) {
      this.#greeted = campaign.campaign_id;
      this.#say(t("wheel_said_open"));
    }
  }

  /** Where the wheel is, for what is told about it. */
  get #step() {
    return `${this.#shown?.campaign.campaign_id} ${this.#shown?.phase}`;
  }

  async #followHost() {
    this.#told.say(await followHost(this.tools), this.#step);
    this.#render();
  }

  /** One at a time, however often one taps. */
  async #spin() {
    const { campaign, wheel } = this.#shown ?? {};
    if (this.#isAsking || campaign === undefined || wheel === undefined || !this.tools) return;
    [this.#isAsking, this.#result] = [true, null];
    this.#told.say("", "");
    this.#key ||= newNonce();
    const key = this.#key;
    this.#render();
    const answer = await this.tools.act({ type: "spin_wheel", campaign_id: campaign.campaign_id, key });
    const isForAge = answer.type === "rejected" && answer.reason === "age_unconfirmed";
    const spin = isForAge ? null : await this.#made(campaign.campaign_id, key);
    if (spin !== null) await this.#sheet.turn(wheel, spin);
    this.#isAsking = false;
    if (this.#shown?.campaign.campaign_id === campaign.campaign_id) this.#take(answer, spin);
    this.#render();
    if (isForAge) await this.#confirmAge();
  }

  /** Where the answer was lost, it may have been made all the same. @param {string} campaign_id @param {string} key */
  async #made(campaign_id, key) {
    const part = await readPart(this.tools, campaign_id);
    const spin = part?.spins.find((one) => one.key === key) ?? null;
    if (spin !== null) this.#part = part;
    return spin;
  }

  /** @param {Answer} answer @param {WheelSpin | null} spin */
  #take(answer, spin) {
    this.#result = spin;
    if (spin !== null) {
      this.#key = "";
      return;
    }
    if (answer.type === "accepted") return;
    if (answer.type === "rejected" && answer.reason === "age_unconfirmed") return;
    const text = answer.type === "rejected" ? REFUSALS[answer.reason] : undefined;
    this.#told.say(text === undefined ? refusalText(answer) : t(text), this.#step);
  }

  async #confirmAge() {
    if (!this.tools) return;
    const { askAge } = await import("../../core/age-dialog.js");
    if (await askAge(this.tools)) await this.#spin();
  }

  async #askPart() {
    const campaign_id = this.#shown?.campaign.campaign_id;
    if (campaign_id === undefined) return;
    const part = await readPart(this.tools, campaign_id);
    // What is being spun is not to be read before the disc stands still.
    if (part === null || this.#isAsking || this.#shown?.campaign.campaign_id !== campaign_id) return;
    this.#part = part;
    this.#render();
  }

  #render() {
    this.#renderPill();
    if (this.#shown === null) return;
    this.#sheet.render({ ...this.#shown, part: this.#part, noted: this.#noted, isFollower: this.#isFollower, isAsking: this.#isAsking, result: this.#result, told: this.#shown.phase === "ended" ? "" : this.#told.read(this.#step), own: this.tools?.userId() ?? "" });
  }

  #renderPill() {
    const shown = this.#shown;
    const hasWon = this.#part?.spins.some(({ prize }) => prize !== null) ?? false;
    this.#pill.hidden = shown === null || isGone(shown.over_ms, hasWon);
    if (shown === null) return;
    const isOn = shown.phase === "preheat" || (shown.phase === "open" && shown.left_ms > 0);
    const over = t(shown.phase === "void" ? "wheel_void" : "wheel_over");
    find(this.#pill, "span", HTMLElement).textContent = isOn ? t("wheel_pill_open", { time: countdown(shown.left_ms) }) : over;
  }

  /** For a screen reader. @param {string} text */
  #say(text) {
    find(this, ".wheel__said", HTMLElement).textContent = text;
  }
}
