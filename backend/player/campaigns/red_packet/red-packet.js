/** The room's red packet: announced, raining from one instant on for all, and what one got of it. */

/** @import { MyPart } from "../../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../../core/socket.js" */
/** @import { Tools } from "../../core/feature.js" */

import { coinText } from "../../core/coins.js";
import { find } from "../../core/dom.js";
import { countdown, refusalText } from "../../core/rejections.js";
import { Afterwards, LOOK_MS, isGone } from "../afterwards.js";
import { Told, followHost, readPart } from "../my-part.js";
import { placePill } from "../pills.js";
import { PacketModel } from "./packet-model.js";
import { PACKET } from "./packet-parts.js";
import { PacketRain } from "./packet-rain.js";
import { PacketSheet } from "./packet-sheet.js";
import { t, translate } from "./texts.js";

/** A screen reader says the time left at these seconds, not at each. */
const ANNOUNCED_S = [60, 30, 10, 3];
/** The server's time is known soon after the snapshot. */
const CLOCK_MS = 200;
/** Who does not take part sees the picture again. */
const RAIN_MS = 20_000;
/** A page whose clock is a little early asks again so often. */
const EARLY_AT_MOST = 5;

export class RedPacket extends HTMLElement {
  static within = ".frame";
  static translate = translate;
  static markup = `
    <button class="packet-pill" type="button" hidden>${PACKET}<span></span></button>
    <section class="rain" data-label="packet_rain" hidden></section>
    <dialog class="sheet packet" data-label="packet"></dialog>
    <p class="packet__said" role="status"></p>
  `;

  #model = new PacketModel();
  #rain = new PacketRain(find(this, ".rain", HTMLElement), () => this.#claim(), () => this.#endRain());
  #sheet = new PacketSheet(find(this, "dialog", HTMLDialogElement), {
    claim: () => this.#claim(),
    follow: () => void this.#followHost(),
    confirmAge: () => this.#confirmAge(),
    userId: () => this.tools?.userId() ?? "",
    now: () => this.#now(),
  });
  #pill = find(this, ".packet-pill", HTMLButtonElement);
  #known = { isFollower: false, isOfAge: false };
  #isAsking = false;
  #isLearning = false;
  #told = new Told();
  #afterwards = new Afterwards();
  /** The packet whose rain is over, or that the viewer put away. */
  #rained = "";
  #ticking = 0;
  #raining = 0;
  #said = "";
  /** @type {Tools | null} */
  tools = null;

  connectedCallback() {
    placePill(this, this.#pill);
    this.#pill.onclick = () => this.#open();
    find(this, "dialog", HTMLDialogElement).addEventListener("close", () => this.#render());
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "you_changed") this.#known.isFollower = event.you.is_follower;
    else if (event.type === "connection_changed" && event.state === "open") this.#told.say("", "");
    else if (!this.#model.apply(event)) return;
    // What a page got before it was loaded again.
    if ((event.type === "snapshot" || event.type === "viewer_changed") && this.#stage() !== "waiting") this.#learnPart();
    this.#render();
  }

  /** It does not rain for who may have a share already. */
  async #learnPart() {
    this.#isLearning = true;
    await this.#askPart();
    this.#isLearning = false;
    this.#render();
  }

  #now() {
    return this.tools?.clock.now() ?? null;
  }

  #stage() {
    return this.#model.stage(this.#now());
  }

  #open() {
    this.#sheet.open();
    this.#render();
    if (this.#model.part === null && this.#stage() !== "waiting") this.#askPart();
  }

  /** Where the packet is, for what is told about it. */
  get #step() {
    return `${this.#model.campaign?.campaign_id} ${this.#stage()}`;
  }

  async #followHost() {
    this.#told.say(await followHost(this.tools), this.#step);
    this.#render();
  }

  /** One request at a time, however often one taps. */
  async #claim() {
    const campaign_id = this.#model.campaign?.campaign_id;
    if (this.#isAsking || campaign_id === undefined || !this.tools) return;
    this.#isAsking = true;
    this.#told.say("", "");
    this.#render();
    const answer = await this.#answerTo(campaign_id, this.tools);
    this.#isAsking = false;
    await this.#take(answer);
    this.#render();
  }

  /** @param {string} campaign_id @param {Tools} tools @returns {Promise<Answer>} */
  async #answerTo(campaign_id, tools) {
    for (let early = 0; ; early += 1) {
      const answer = await tools.act({ type: "claim_packet", campaign_id });
      if (answer.type !== "rejected" || answer.reason !== "not_open" || early === EARLY_AT_MOST) return answer;
      await new Promise((resolve) => setTimeout(resolve, Math.min(answer.retry_ms, 1_000)));
    }
  }

  /** @param {Answer} answer */
  async #take(answer) {
    if (answer.type === "rejected" && answer.reason === "age_unconfirmed") return this.#confirmAge(true);
    // Where the answer was lost the share may be one's own all the same.
    const part = await this.#askPart();
    const isOver = answer.type === "rejected" && ["none_left", "expired", "already"].includes(answer.reason);
    if (!part?.is_in && !isOver && answer.type !== "accepted") {
      this.#told.say(answer.type === "rejected" && answer.reason === "is_staff" ? t("packet_staff") : refusalText(answer), this.#step);
      return;
    }
    this.#endRain();
    this.#sheet.open();
    const coins = part?.is_in ? t("packet_got", { what: (this.#model.packet?.coins ?? 0) > 0 ? coinText(part.coins) : t("packet_coupon") }) : t("packet_gone");
    this.#say(coins);
  }

  /** @param {boolean} [isToClaim] */
  async #confirmAge(isToClaim = false) {
    if (!this.tools) return;
    const { askAge } = await import("../../core/age-dialog.js");
    this.#known.isOfAge = await askAge(this.tools);
    this.#render();
    if (isToClaim && this.#known.isOfAge) await this.#claim();
  }

  /** @returns {Promise<MyPart | null>} */
  async #askPart() {
    const campaign_id = this.#model.campaign?.campaign_id;
    if (campaign_id === undefined) return null;
    const part = await readPart(this.tools, campaign_id);
    if (part === null || this.#model.campaign?.campaign_id !== campaign_id) return null;
    this.#model.part = part;
    this.#render();
    return part;
  }

  #endRain() {
    this.#rained = this.#model.campaign?.campaign_id ?? "";
    this.#rain.hide();
    this.#render();
  }

  #render() {
    clearTimeout(this.#ticking);
    const { campaign, packet } = this.#model;
    const stage = this.#stage();
    if (campaign === null || packet === null) this.#rain.hide();
    else if (stage === "none") this.#ticking = window.setTimeout(() => this.#render(), CLOCK_MS);
    else this.#follow(stage);
    this.#renderPill(stage);
    if (campaign === null || packet === null) return;
    const told = stage === "over" ? "" : this.#told.read(this.#step);
    this.#rain.render(packet, this.#isAsking, told);
    this.#sheet.render(this.#model, this.#known, this.#rain.isShown ? "" : told);
  }

  /** @param {import("./packet-model.js").Stage} stage */
  #follow(stage) {
    const { campaign } = this.#model;
    const now = this.#now();
    const at = this.#model.nextAt(now);
    if (campaign === null || now === null) return;
    if (at !== null) {
      // At the very instant, and once a second before it.
      const left = at - now;
      this.#ticking = window.setTimeout(() => this.#render(), stage === "waiting" ? Math.max(1, Math.min(left, left % 1000 || 1000)) : Math.max(1, left));
      if (stage === "waiting") this.#sayTime(Math.ceil(left / 1000));
    } else this.#ticking = window.setTimeout(() => this.#render(), LOOK_MS);
    if (this.#model.mayClaim(now) && !this.#isLearning && this.#rained !== campaign.campaign_id) this.#letRain(campaign.campaign_id);
    else if (this.#rain.isShown && !this.#isAsking) this.#rain.hide();
  }

  /** @param {string} campaign_id */
  #letRain(campaign_id) {
    if (this.#rain.isShown) return;
    this.#sheet.close();
    this.#rain.show();
    this.#say(t("packet_open_said"));
    clearTimeout(this.#raining);
    this.#raining = window.setTimeout(() => this.#model.campaign?.campaign_id === campaign_id && this.#endRain(), RAIN_MS);
  }

  /** @param {import("./packet-model.js").Stage} stage */
  #renderPill(stage) {
    const { campaign, packet, part, wasSeen } = this.#model;
    const now = this.#now();
    this.#pill.hidden = campaign === null || packet === null || now === null || stage === "none" || this.#rain.isShown;
    if (campaign === null || packet === null || now === null) return;
    const isIn = part?.is_in ?? false;
    if (stage === "over" && ((!wasSeen && !isIn) || isGone(this.#afterwards.since(campaign, now), isIn))) this.#pill.hidden = true;
    const words = part?.is_in ? t("packet_mine") : stage === "open" ? t("packet_left", { left: packet.left }) : t("packet_result");
    const text = stage === "waiting" ? countdown(campaign.opens_at_ms - now) : words;
    find(this.#pill, "span", HTMLElement).textContent = text;
    this.#pill.setAttribute("aria-label", t("packet_pill", { state: text }));
  }

  /** @param {number} left */
  #sayTime(left) {
    const isNew = this.#said === "" || !this.#said.startsWith(this.#model.campaign?.campaign_id ?? "");
    if (!isNew && !ANNOUNCED_S.includes(left)) return;
    this.#said = `${this.#model.campaign?.campaign_id} ${left}`;
    this.#say(t("packet_soon", { seconds: left }));
  }

  /** For a screen reader. @param {string} text */
  #say(text) {
    find(this, ".packet__said", HTMLElement).textContent = text;
  }
}
