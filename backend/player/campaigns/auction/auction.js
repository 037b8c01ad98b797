/** The auction of the room, as pill and sheet see it: where it stands, what one bid oneself, and what came of it. */

/** @import { AuctionShown, MyBid, MyPart, You } from "../../core/protocol.js" */
/** @import { Answer, RoomEvent } from "../../core/socket.js" */
/** @import { Tools } from "../../core/feature.js" */
/** @import { Outcome, ShopApi } from "../../shop/shop-api.js" */
/** @import { Shown } from "../campaign-follower.js" */

import { nameOf } from "../../core/person-name.js";
import { CampaignFollower } from "../campaign-follower.js";
import { newNonce } from "../fairness/digests.js";
import { stageOf } from "./auction-stage.js";
import { refusalOf, registrationText } from "./bid-refusals.js";
import { t } from "./texts.js";

/** @typedef {Shown<AuctionShown>} ShownAuction */

const TICK_MS = 1_000;
/** @type {MyBid} */
const NOTHING = { address_id: "", shipping_minor: 0, max_minor: 0, is_leading: false, order_id: "", total_minor: 0, pay_until_ms: null, offer: null, is_out: false, is_barred: false };

export class Auction {
  #tools;
  #api;
  /** @type {(() => void)[]} */
  #listeners = [];
  #follower;
  /** @type {ShownAuction | null} */
  #shown = null;
  /** What one has of it; as of nobody while it is not read. */
  mine = NOTHING;
  /** Why the last bid was refused, or what came of it; empty for nothing to say. */
  told = "";
  isBidding = false;
  isFollower = false;
  /** Of a bid whose answer is not known: asked again, it bids no second time. */
  #pending = { key: "", max_minor: 0 };
  #asked = "";
  /** The newest question counts: an older answer does not overtake it. */
  #turn = 0;
  #ticking = 0;

  /** @param {Tools} tools @param {ShopApi} api */
  constructor(tools, api) {
    this.#tools = tools;
    this.#api = api;
    this.#follower = new CampaignFollower("auction", () => tools.clock.now(), (shown) => this.#show(shown));
  }

  /** @param {() => void} listener called at each change, and each second while it runs or something is to be answered */
  onChanged(listener) {
    this.#listeners.push(listener);
  }

  #changed() {
    clearTimeout(this.#ticking);
    const { toAnswerMs } = this;
    // At the whole seconds that are left.
    if (toAnswerMs) this.#ticking = window.setTimeout(() => this.#changed(), toAnswerMs % TICK_MS || TICK_MS);
    for (const listener of this.#listeners) listener();
  }

  get shown() {
    return this.#shown;
  }

  get stage() {
    return this.#shown && stageOf(this.#shown, this.mine, this.#tools.userId());
  }

  /** @param {string} user_id */
  isMe(user_id) {
    return user_id !== "" && user_id === this.#tools.userId();
  }

  /** What the room calls somebody. @param {string} user_id */
  nameOf(user_id) {
    const person = (this.#shown?.campaign.people ?? []).find((one) => one.user_id === user_id);
    return nameOf(person ?? { name: "" });
  }

  /** Time that is left to pay or to answer, in ms; null for neither. */
  get toAnswerMs() {
    const until_ms = this.mine.offer?.until_ms ?? this.mine.pay_until_ms;
    return until_ms === null ? null : Math.max(0, until_ms - (this.#tools.clock.now() ?? Date.now()));
  }

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type === "viewer_changed") this.#forget();
    if (event.type === "snapshot") this.#asked = "";
    if (event.type === "you_changed") this.#onYou(event.you);
    if (event.type === "order_changed" && event.order.order_id === this.mine.order_id) void this.#askPart();
    this.#follower.apply(event);
  }

  /** Who follows now may bid where they could not before. @param {You} you */
  #onYou({ is_follower }) {
    if (is_follower === this.isFollower) return;
    this.isFollower = is_follower;
    this.told = "";
    this.#changed();
  }

  #forget() {
    [this.mine, this.told, this.#asked, this.#pending] = [NOTHING, "", "", { key: "", max_minor: 0 }];
  }

  /** @param {ShownAuction | null} shown */
  #show(shown) {
    const known = this.#shown?.campaign.campaign_id;
    this.#shown = shown;
    if (known !== shown?.campaign.campaign_id) this.#forget();
    if (shown !== null) this.#follow(shown);
    if (shown !== null || known !== undefined) this.#changed();
  }

  /** @param {ShownAuction} shown */
  #follow({ campaign, phase }) {
    const { leader_id, outcome, winner_id } = campaign.detail;
    // While it is open one's own part changes by one's own bids alone, here or on another page; later with each step.
    const isUnknown = this.isMe(leader_id) && this.mine.max_minor === 0;
    const step = [campaign.campaign_id, phase === "preheat" || phase === "open" ? isUnknown : [phase, outcome, winner_id, campaign.version]].join();
    if (this.#asked === step) return;
    this.#asked = step;
    void this.#askPart();
  }

  /** Bid up to an amount, once however often one taps. @param {number} max_minor */
  async bid(max_minor) {
    const campaign = this.#shown?.campaign;
    if (this.isBidding || !campaign) return;
    [this.isBidding, this.told] = [true, ""];
    if (this.#pending.max_minor !== max_minor) this.#pending = { key: newNonce(), max_minor };
    this.#changed();
    const { key } = this.#pending;
    const answer = await this.#tools.act({ type: "place_bid", campaign_id: campaign.campaign_id, max_minor, key });
    if (answer.type === "accepted" || answer.type === "rejected") this.#pending = { key: "", max_minor: 0 };
    await this.#askPart();
    this.isBidding = false;
    if (this.#shown?.campaign.campaign_id === campaign.campaign_id) this.told = this.#refusal(answer, max_minor);
    this.#changed();
    if (answer.type === "rejected" && answer.reason === "age_unconfirmed") await this.#confirmAge(max_minor);
  }

  /** @param {Answer} answer @param {number} max_minor */
  #refusal(answer, max_minor) {
    const detail = this.#shown?.campaign.detail;
    // The answer to a bid that counts was lost, and the auction ended before it was asked again.
    if (answer.type === "rejected" && answer.reason === "expired" && this.mine.max_minor >= max_minor) return "";
    return detail ? refusalOf(answer, detail, this.mine.max_minor) : "";
  }

  /** @param {number} max_minor */
  async #confirmAge(max_minor) {
    const { askAge } = await import("../../core/age-dialog.js");
    if (await askAge(this.#tools)) await this.bid(max_minor);
  }

  /** Say where it goes, and learn what that costs. @param {string} address_id @returns {Promise<Outcome<MyPart> | null>} */
  async register(address_id) {
    const outcome = await this.#write("register", { address_id });
    if (outcome?.type === "done") this.told = "";
    if (outcome?.type === "refused") this.told = registrationText(outcome.refusal, outcome.retry_s);
    return outcome;
  }

  /** @param {"accept" | "decline"} answer */
  async answerOffer(answer) {
    if (this.isBidding) return;
    [this.isBidding, this.told] = [true, ""];
    this.#changed();
    const outcome = await this.#write("offer", { answer });
    this.isBidding = false;
    if (outcome?.type === "refused") this.told = t("auction_offer_gone");
    if (outcome?.type === "unreachable") this.told = t("auction_unsure");
    if (outcome?.type !== "done") await this.#askPart();
    this.#changed();
  }

  /** @param {string} act @param {object} body @returns {Promise<Outcome<MyPart> | null>} */
  async #write(act, body) {
    const campaign_id = this.#shown?.campaign.campaign_id;
    if (campaign_id === undefined) return null;
    const turn = ++this.#turn;
    const outcome = await this.#api.write({ path: pathOf(campaign_id, act), body, key: newNonce() });
    if (outcome.type === "done") this.#take(campaign_id, turn, outcome.value);
    return outcome;
  }

  async #askPart() {
    const campaign_id = this.#shown?.campaign.campaign_id;
    if (campaign_id === undefined) return;
    const turn = ++this.#turn;
    const outcome = await this.#api.myPart(campaign_id);
    if (outcome.type === "done") this.#take(campaign_id, turn, outcome.value);
  }

  /** @param {string} campaign_id @param {number} turn @param {MyPart} part */
  #take(campaign_id, turn, part) {
    if (turn !== this.#turn || this.#shown?.campaign.campaign_id !== campaign_id) return;
    this.mine = part.bid ?? NOTHING;
    this.#changed();
  }
}

/** @param {string} campaign_id @param {string} act */
const pathOf = (campaign_id, act) => `/api/v1/campaigns/${encodeURIComponent(campaign_id)}/${act}`;
