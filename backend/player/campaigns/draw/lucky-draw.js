/** The room's draw: conditions ticked off live, entering, the number of this device, and the result. */

/** @import { Campaign, CampaignPhase, DrawShown, MyPart, You } from "../../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../../core/socket.js" */
/** @import { Tools } from "../../core/feature.js" */

import { find } from "../../core/dom.js";
import { build } from "../../core/markup.js";
import { countdown, refusalText } from "../../core/rejections.js";
import { isGone } from "../afterwards.js";
import { CampaignFollower } from "../campaign-follower.js";
import { hashOfNonce, newNonce } from "../fairness/digests.js";
import { Told, followHost, readPart } from "../my-part.js";
import { placePill } from "../pills.js";
import { DrawNotes } from "./draw-notes.js";
import { BAG } from "./draw-parts.js";
import { DrawSheet } from "./draw-sheet.js";
import { t, translate } from "./texts.js";

/** Devices do not all reveal in the same instant. */
const SPREAD_MS = 800;
const AGAIN_MS = 1_500;
const TICK_MS = 1_000;

export class LuckyDraw extends HTMLElement {
  static within = ".frame";
  static translate = translate;
  static markup = `
    <button class="draw-pill" type="button" hidden><span></span></button>
    <dialog class="sheet draw" data-label="draw"></dialog>
    <p class="draw__said" role="status"></p>
  `;

  #pill = find(this, ".draw-pill", HTMLButtonElement);
  #sheet = new DrawSheet(find(this, "dialog", HTMLDialogElement), {
    enter: () => void this.#enter(),
    follow: () => void this.#followHost(),
    claim: (campaign_id) => this.#sheet.closeFor(() => document.dispatchEvent(new CustomEvent("prize-wanted", { detail: campaign_id }))),
    say: (word) => void this.#sayWord(word),
    tools: () => this.tools,
    changed: () => this.#render(),
  });
  #follower = new CampaignFollower("draw", () => this.tools?.clock.now() ?? null, (shown) => this.#show(shown));
  /** @type {{ campaign: Campaign, draw: DrawShown, phase: CampaignPhase, left_ms: number, over_ms: number } | null} */
  #shown = null;
  /** @type {MyPart | null} */
  #part = null;
  /** @type {You | null} */
  #you = null;
  /** @type {DrawNotes | null} */
  #kept = null;
  #isAsking = false;
  #told = new Told();
  #asked = "";
  /** The draw whose number is on its way. */
  #revealing = "";
  #greeted = "";
  #ticking = 0;
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    this.#pill.prepend(build(BAG));
    placePill(this, this.#pill);
    this.#pill.onclick = () => {
      this.#sheet.open();
      this.#render();
      // One may have bought since, or said where the prize goes.
      if (this.#shown?.draw.terms.bought_or_word || this.#isWaiting) void this.#askPart();
    };
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "you_changed") this.#you = event.you;
    if (event.type === "viewer_changed") [this.#part, this.#asked] = [null, ""];
    if (event.type === "snapshot") this.#asked = "";
    if (event.type === "order_changed" && this.#isWaiting) void this.#askPart();
    if (event.type === "you_changed" || event.type === "viewer_changed") this.#render();
    else this.#follower.apply(event);
  }

  /** Whether goods wait for an address. */
  get #isWaiting() {
    return this.#part?.prize?.state === "waiting";
  }

  get #notes() {
    return (this.#kept ??= new DrawNotes(this.tools?.room ?? ""));
  }

  /** @param {import("../campaign-follower.js").Shown<DrawShown> | null} shown */
  #show(shown) {
    const known = this.#shown?.campaign.campaign_id;
    this.#shown = shown && { campaign: shown.campaign, draw: shown.campaign.detail, phase: shown.phase, left_ms: shown.left_ms, over_ms: shown.over_ms };
    if (known !== this.#shown?.campaign.campaign_id) [this.#part, this.#asked] = [null, ""];
    if (this.#shown !== null) this.#follow(this.#shown);
    this.#render();
  }

  /** @param {NonNullable<LuckyDraw["shown"]>} shown */
  #follow({ campaign, draw, phase }) {
    const note = this.#note;
    if (phase === "open" && note.commitment === null && draw.commitment) this.#write({ commitment: draw.commitment });
    // Before a number is revealed: afterwards a list could have been made to fit it.
    if (phase === "drawing" && note.root === null && draw.root) this.#write({ root: draw.root });
    // Who won may be another one later, where goods were not claimed.
    const asked = phase === "ended" ? `${this.#step} ${campaign.version}` : this.#step;
    if (this.#asked !== asked) {
      this.#asked = asked;
      void this.#askPart().then(() => this.#go());
    } else this.#go();
    if (phase === "open" && this.#greeted !== campaign.campaign_id) {
      this.#greeted = campaign.campaign_id;
      this.#say(t("draw_said_open", { prize: draw.terms.prize }));
    }
  }

  /** Where the draw is, for what is told about it. */
  get #step() {
    return `${this.#shown?.campaign.campaign_id} ${this.#shown?.phase}`;
  }

  get shown() {
    return this.#shown;
  }

  get #note() {
    return this.#notes.read(this.tools?.userId() ?? "", this.#shown?.campaign.campaign_id ?? "");
  }

  /** @param {Partial<import("./draw-notes.js").Note>} change */
  #write(change) {
    this.#notes.write(this.tools?.userId() ?? "", this.#shown?.campaign.campaign_id ?? "", change);
  }

  /** What is to be done now that it is known whether one takes part. */
  #go() {
    const { campaign, draw, phase } = this.#shown ?? {};
    if (campaign === undefined || draw === undefined || !this.#part?.is_in) return;
    const note = this.#note;
    if (phase === "drawing" && draw.root && !note.isRevealed && !this.#part.is_proven && note.nonce) void this.#reveal(campaign.campaign_id);
    if (phase === "ended" && this.#part.has_won && !note.isCelebrated) {
      this.#write({ isCelebrated: true });
      if (document.querySelector("dialog[open]") === null) this.#sheet.open();
      this.#say(t("draw_said_won", { prize: draw.terms.prize }));
      this.#render();
    }
  }

  async #enter() {
    const campaign_id = this.#shown?.campaign.campaign_id;
    if (this.#isAsking || campaign_id === undefined || !this.tools) return;
    this.#isAsking = true;
    this.#told.say("", "");
    this.#render();
    const nonce = this.#note.nonce || newNonce();
    this.#write({ nonce });
    const answer = await this.tools.act({ type: "enter_draw", campaign_id, nonce_hash: hashOfNonce(campaign_id, nonce) });
    this.#isAsking = false;
    await this.#take(answer);
    this.#render();
  }

  /** @param {Answer} answer */
  async #take(answer) {
    if (answer.type === "rejected" && answer.reason === "age_unconfirmed" && this.tools) {
      const { askAge } = await import("../../core/age-dialog.js");
      if (await askAge(this.tools)) await this.#enter();
      return;
    }
    // Where the answer was lost one may take part all the same.
    const part = await this.#askPart();
    if (part?.is_in || answer.type === "accepted") return;
    this.#told.say(answer.type === "rejected" && answer.reason === "is_staff" ? t("draw_staff") : refusalText(answer), this.#step);
  }

  /** @param {string} word */
  async #sayWord(word) {
    const answer = await this.tools?.act({ type: "send_danmu", text: word, reply_to: null });
    this.#told.say(answer && answer.type !== "accepted" ? refusalText(answer) : "", this.#step);
    this.#render();
  }

  async #followHost() {
    this.#told.say(await followHost(this.tools), this.#step);
    this.#render();
  }

  /** @param {string} campaign_id */
  async #reveal(campaign_id) {
    if (this.#revealing === campaign_id) return;
    this.#revealing = campaign_id;
    await new Promise((go) => setTimeout(go, Math.random() * SPREAD_MS));
    const nonce = this.#note.nonce;
    const answer = await this.tools?.act({ type: "reveal_nonce", campaign_id, nonce });
    if (answer?.type === "accepted") {
      this.#write({ isRevealed: true });
      await this.#askPart();
    } else if (answer?.type !== "rejected") {
      await new Promise((go) => setTimeout(go, AGAIN_MS));
      this.#revealing = "";
      this.#go();
    }
  }

  /** @returns {Promise<MyPart | null>} */
  async #askPart() {
    const campaign_id = this.#shown?.campaign.campaign_id;
    if (campaign_id === undefined) return null;
    const part = await readPart(this.tools, campaign_id);
    if (part === null || this.#shown?.campaign.campaign_id !== campaign_id) return null;
    this.#part = part;
    this.#render();
    return part;
  }

  #render() {
    clearTimeout(this.#ticking);
    const shown = this.#shown;
    const now_ms = this.tools?.clock.now() ?? null;
    this.#renderPill();
    if (shown === null || now_ms === null) return;
    this.#sheet.render({ ...shown, now_ms, part: this.#part, note: this.#note, you: this.#you, isAsking: this.#isAsking, told: shown.phase === "ended" ? "" : this.#told.read(this.#step) });
    // The time that is waited for numbers is not the follower's.
    if (this.#sheet.isOpen && shown.phase === "drawing") this.#ticking = window.setTimeout(() => this.#render(), TICK_MS);
  }

  #renderPill() {
    const shown = this.#shown;
    const isOver = shown?.phase === "ended" || shown?.phase === "void";
    this.#pill.hidden = shown === null || shown.phase === "preheat" || (!this.#isWaiting && isGone(shown.over_ms, this.#part?.has_won ?? false));
    if (shown === null) return;
    const time = countdown(shown.left_ms);
    const open = t(this.#part?.is_in ? "draw_pill_in" : "draw_pill_open", { time });
    const over = shown.phase === "void" ? t("draw_void") : t(this.#isWaiting ? "draw_pill_claim" : this.#part?.has_won ? "draw_pill_won" : "draw_result");
    const text = isOver ? over : shown.phase === "open" && shown.left_ms > 0 ? open : t("draw_drawing");
    find(this.#pill, "span", HTMLElement).textContent = text;
    this.#pill.dataset["phase"] = shown.phase;
  }

  /** For a screen reader. @param {string} text */
  #say(text) {
    find(this, ".draw__said", HTMLElement).textContent = text;
  }
}
