/** Starts the features that come after the first frame. */

/** @import { Panel, Tools } from "./core/feature.js" */
/** @import { Command } from "./core/protocol.js" */
/** @import { Answer } from "./core/socket.js" */

import { AccountNotice } from "./account/account-notice.js";
import { startAudience } from "./audience/audience.js";
import { startCoupons } from "./campaigns/coupons/coupons.js";
import { RoomCoupons } from "./campaigns/coupons/room-coupons.js";
import { startRedPackets } from "./campaigns/red_packet/red-packets.js";
import { ChatComposer } from "./chat/chat-composer.js";
import { startDanmu } from "./chat/danmu.js";
import { find } from "./core/dom.js";
import { equipWith } from "./core/feature.js";
import { refusalText } from "./core/rejections.js";
import { loadStyle } from "./core/styles.js";
import { startDraws } from "./campaigns/draw/start.js";
import { startWheels } from "./campaigns/wheel/start.js";
import { startCountdown } from "./countdown/countdown.js";
import { startGifts } from "./gifts/gifts.js";
import { startProfile } from "./profile/profile.js";
import { startBuying } from "./shop/buying.js";

/** In this order, as later ones overrule earlier ones. */
const STYLES = [
  "audience/audience.css",
  "countdown/countdown.css",
  "campaigns/pills.css",
  "campaigns/coupons/coupons.css",
  "campaigns/flash_sale/flash-sale.css",
  "campaigns/red_packet/red-packet.css",
  "gifts/gifts.css",
  "profile/profile.css",
  "campaigns/draw/draw.css",
  "campaigns/wheel/wheel.css",
  "campaigns/auction/auction.css",
];

/** No feature is shown before its style is there. */
export const loadStyles = () => Promise.all(STYLES.map(loadStyle));

/**
 * @param {Tools} tools
 * @returns {Panel[]}
 */
export function startFeatures(tools) {
  const notice = equipWith(tools)("account-notice", AccountNotice);
  const hinting = { ...tools, act: withAccountHint(tools.act, notice) };
  const { more, panels } = startAudience(hinting);
  const coupons = new RoomCoupons(hinting);
  notice.addEventListener("sign-in", (event) => more.openAccount(/** @type {CustomEvent} */ (event).detail));
  document.addEventListener("danmu-refused", (event) => hint(/** @type {CustomEvent<Answer>} */ (event).detail, notice));
  const started = [
    notice,
    ...panels,
    startDanmu(tools),
    ...startProfile(tools),
    ...startCountdown(tools),
    ...startCoupons(coupons),
    ...startRedPackets(hinting),
    ...startGifts(hinting),
    ...startDraws(hinting),
    ...startWheels(hinting),
    startBuying(hinting, coupons),
  ];
  // The chat was there before those who listen to what is said in it.
  find(document, "chat-composer", ChatComposer).retell();
  return started;
}

/**
 * A command that only accounts may give is refused with the way to get one.
 * @param {Tools["act"]} act
 * @param {AccountNotice} notice
 */
function withAccountHint(act, notice) {
  return async (/** @type {Command} */ command) => {
    const answer = await act(command);
    hint(answer, notice);
    return answer;
  };
}

/** @param {Answer} answer @param {AccountNotice} notice */
function hint(answer, notice) {
  if (answer.type === "rejected" && answer.reason === "accounts_only") notice.wantAccount(refusalText(answer));
}
