/** Starts the features that come after the first frame. */

/** @import { Panel, Tools } from "./core/feature.js" */
/** @import { Command } from "./core/protocol.js" */

import { AccountNotice } from "./account/account-notice.js";
import { startAudience } from "./audience/audience.js";
import { startCoupons } from "./campaigns/coupons/coupons.js";
import { RoomCoupons } from "./campaigns/coupons/room-coupons.js";
import { startRedPackets } from "./campaigns/red_packet/red-packets.js";
import { startChat } from "./chat/chat.js";
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
  "core/shared.css",
  "chat/chat.css",
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
  keepAboveKeyboard();
  return [
    notice,
    ...panels,
    ...startChat(hinting),
    ...startProfile(tools),
    ...startCountdown(tools),
    ...startCoupons(coupons),
    ...startRedPackets(hinting),
    ...startGifts(hinting),
    ...startDraws(hinting),
    ...startWheels(hinting),
    startBuying(hinting, coupons),
  ];
}

/**
 * A command that only accounts may give is refused with the way to get one.
 * @param {Tools["act"]} act
 * @param {AccountNotice} notice
 */
function withAccountHint(act, notice) {
  return async (/** @type {Command} */ command) => {
    const answer = await act(command);
    if (answer.type === "rejected" && answer.reason === "accounts_only") notice.wantAccount(refusalText(answer));
    return answer;
  };
}

/** A phone's keyboard covers the page: the field one writes in moves up, the picture stays where it is. */
function keepAboveKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const follow = () => {
    const covered = Math.max(0, window.innerHeight - view.height - view.offsetTop);
    document.documentElement.style.setProperty("--keyboard", `${view.scale > 1 ? 0 : Math.round(covered)}px`);
    // Safari scrolls even a page that cannot scroll, to show the field.
    if (covered > 0) scrollTo(0, 0);
  };
  view.addEventListener("resize", follow);
  view.addEventListener("scroll", follow);
}
