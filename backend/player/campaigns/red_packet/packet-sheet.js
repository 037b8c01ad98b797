/** The packet's sheet: what is to come, what one got, who was lucky, and whether all was as it was sealed. */

/** @import { PacketModel } from "./packet-model.js" */

import { coinNumber, coinText } from "../../core/coins.js";
import { find } from "../../core/dom.js";
import { build } from "../../core/markup.js";
import { countdown } from "../../core/rejections.js";
import { CLOSE, closable, openSheet } from "../../core/sheets.js";
import { entryRules } from "../entry_rules/entry-rules.js";
import { SHIELD, TICK, button, el, renew } from "../sheet-parts.js";
import { wrongIn } from "./packet-check.js";
import { luckList, seconds } from "./packet-parts.js";
import { t, translate } from "./texts.js";

/** What the viewer may do from the sheet. @typedef {{ claim: () => void, follow: () => void, confirmAge: () => void, userId: () => string, now: () => number | null }} Does */
/** What is known of the conditions. @typedef {{ isFollower: boolean, isOfAge: boolean }} Known */

export class PacketSheet {
  #dialog;
  #does;
  #told = "";
  #known = { isFollower: false, isOfAge: false };
  /** Checking takes a moment, and is done once a packet. @type {{ key: string, text: string, isFine: boolean } | null} */
  #checked = null;

  /** @param {HTMLDialogElement} dialog @param {Does} does */
  constructor(dialog, does) {
    this.#dialog = dialog;
    this.#does = does;
    dialog.append(build(`<header class="packet__hero">${CLOSE}<p class="packet__from"></p><h2 class="packet__big"></h2><p class="packet__line"></p></header><div class="packet__body"></div><footer class="packet__foot"></footer>`, translate));
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

  /** @param {PacketModel} model @param {Known} known @param {string} told */
  render(model, known, told) {
    const { campaign, packet } = model;
    if (campaign === null || packet === null || !this.isOpen) return;
    [this.#known, this.#told] = [known, told];
    const stage = model.stage(this.#does.now());
    if (model.part?.is_in) this.#showOwn(model);
    else if (stage === "waiting") this.#showWaiting(model);
    else if (stage === "open") this.#showOpen(model);
    else this.#showOver(model);
    find(this.#dialog, ".packet__from", HTMLElement).textContent = campaign.title || t("packet_of_host");
  }

  /** @param {PacketModel} model */
  #showWaiting({ campaign, packet }) {
    const left = campaign && packet ? campaign.opens_at_ms - (this.#does.now() ?? 0) : 0;
    if (packet === null) return;
    this.#head(countdown(left), t("packet_opens_for_all", { what: whatOf(packet) }), true);
    this.#fill(this.#conditions(packet), note(t("packet_shuffled")));
    const opens = button("packet__main", t("packet_opens_in", { seconds: Math.max(0, Math.ceil(left / 1000)) }), () => {});
    opens.disabled = true;
    this.#foot(opens);
  }

  /** @param {PacketModel} model */
  #showOpen({ packet }) {
    if (packet === null) return;
    this.#head(t("packet_open"), t("packet_rain_left", { what: whatOf(packet), left: packet.left }));
    this.#fill(this.#conditions(packet), this.#list(packet), note(t("packet_shuffled")));
    this.#foot(button("packet__main", t("packet_grab"), this.#does.claim));
  }

  /** @param {PacketModel} model */
  #showOwn(model) {
    const { packet, part } = model;
    if (packet === null || part === null) return;
    const isCoins = packet.coins > 0;
    this.#head(isCoins ? coinNumber(part.coins) : t("packet_coupon"), t(isCoins ? "packet_in_wallet" : "packet_in_coupons"));
    if (isCoins) find(this.#dialog, ".packet__big", HTMLElement).append(el("small", "", t("packet_coins")));
    this.#fill(this.#list(packet, model), this.#proof(model));
    this.#foot(button("packet__main", t("packet_nice"), () => this.close()));
  }

  /** @param {PacketModel} model */
  #showOver(model) {
    const { campaign, packet } = model;
    if (campaign === null || packet === null) return;
    const time = packet.emptied_after_ms;
    const isGone = packet.left === 0;
    const line = isGone && time !== null ? t("packet_gone_in", { shares: packet.shares, seconds: seconds(time) }) : campaign.public_reason || t("packet_rest_back", { left: packet.left });
    this.#head(t(isGone ? "packet_gone" : campaign.phase === "void" ? "packet_void" : "packet_over"), line);
    this.#fill(this.#list(packet, model), this.#proof(model));
    this.#foot(button("packet__main packet__main--soft", t("packet_all_right"), () => this.close()));
  }

  /** @param {string} big @param {string} line @param {boolean} [isClock] */
  #head(big, line, isClock = false) {
    const title = find(this.#dialog, ".packet__big", HTMLElement);
    title.textContent = big;
    title.dataset["clock"] = String(isClock);
    find(this.#dialog, ".packet__line", HTMLElement).textContent = line;
  }

  /** @param {...(Node | null)} parts */
  #fill(...parts) {
    const told = this.#told === "" ? null : el("p", "packet__told", this.#told);
    told?.setAttribute("role", "status");
    renew(find(this.#dialog, ".packet__body", HTMLElement), told, ...parts);
  }

  /** @param {HTMLButtonElement} main */
  #foot(main) {
    renew(find(this.#dialog, ".packet__foot", HTMLElement), main);
  }

  /** @param {import("../../core/protocol.js").RedPacketShown} packet @param {PacketModel} [model] */
  #list({ shares, coins, left, best }, model) {
    if (best.length === 0) return null;
    const taken = t("packet_taken", { taken: shares - left, shares });
    const head = el("div", "packet__row", el("h3", "", t("packet_luck")), el("span", "packet__taken", coins > 0 ? t("packet_taken_of", { taken, coins: coinText(coins) }) : taken));
    return el("section", "packet__box", head, luckList(best, model?.campaign?.people ?? [], this.#does.userId(), coins > 0));
  }

  /** @param {import("../../core/protocol.js").RedPacketShown} packet */
  #conditions(packet) {
    const { coins, needs_follow } = packet;
    const { isFollower, isOfAge } = this.#known;
    const rows = [
      needs_follow ? condition(t(isFollower ? "packet_followed" : "packet_follow"), isFollower, t("packet_do_follow"), this.#does.follow) : null,
      coins > 0 ? condition(t(isOfAge ? "packet_of_age" : "packet_age"), isOfAge, t("packet_do_age"), this.#does.confirmAge) : null,
      ...entryRules(packet).map((line) => condition(line)),
    ].filter((row) => row !== null);
    return rows.length === 0 ? null : el("ul", "packet__box packet__conditions", ...rows);
  }

  /** What this device found out about the split, once the secret is known. @param {PacketModel} model */
  #proof({ campaign, packet, part, noted }) {
    if (campaign === null || packet === null || packet.commitment === "") return null;
    if (packet.secret === "") return note(t("packet_check_later"));
    const key = `${campaign.campaign_id} ${campaign.version} ${part?.place}`;
    if (this.#checked?.key !== key) {
      const wrong = wrongIn(campaign, packet, part, noted);
      this.#checked = { key, isFine: wrong === null, text: wrong !== null ? t(`packet_wrong_${wrong}`) : t(noted === null ? "packet_proved_late" : "packet_proved") };
    }
    return note(this.#checked.text, this.#checked.isFine ? "fine" : "bad");
  }
}

/** @param {import("../../core/protocol.js").RedPacketShown} packet */
export const whatOf = ({ shares, coins }) => (coins > 0 ? t("packet_what", { shares, coins: coinText(coins) }) : t("packet_what_coupons", { shares }));

/** @param {string} text @param {"info" | "fine" | "bad"} [kind] */
function note(text, kind = "info") {
  const element = el("p", "packet__note", build(SHIELD), el("span", "", text));
  element.dataset["kind"] = kind;
  return element;
}

/** @param {string} text @param {boolean | null} [isMet] null where only the shop knows @param {string} [toDo] @param {() => void} [does] */
function condition(text, isMet = null, toDo = "", does = () => {}) {
  const mark = el("span", "packet__mark");
  if (isMet) mark.append(build(TICK));
  const row = el("li", "packet__condition", mark, el("span", "", text));
  if (isMet === false) row.append(button("packet__do", toDo, does));
  row.dataset["met"] = String(isMet);
  return row;
}
