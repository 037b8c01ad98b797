/** Puts together what the room's people do; asked for after the first frame. */

/** @import { Admission, Command } from "./core/protocol.js" */
/** @import { Answer, ServerClock } from "./core/socket.js" */
/** @import { Panel } from "./main.js" */
/** @import { Line } from "./chat/chat-log.js" */

/**
 * What the elements are given to reach the room.
 * @typedef {object} Tools
 * @property {string} room
 * @property {ServerClock} clock
 * @property {() => string} userId
 * @property {() => string | null} token what the room knows us by
 * @property {(command: Command) => Promise<Answer>} act
 * @property {(admission: Admission | null) => void} comeBackAs be somebody else from now on; with null a new guest
 */

import { AccountNotice } from "./account/account-notice.js";
import { AssistNote } from "./audience/assist-note.js";
import { FollowButton } from "./audience/follow-button.js";
import { LikeButton } from "./audience/like-button.js";
import { MoreSheet } from "./audience/more-sheet.js";
import { PollCard } from "./audience/poll-card.js";
import { RequestSheet } from "./audience/request-sheet.js";
import { ShareSheet } from "./audience/share-sheet.js";
import { ChatComposer } from "./chat/chat-composer.js";
import { ChatPanel } from "./chat/chat-panel.js";
import { DanmuOverlay } from "./chat/danmu-overlay.js";
import { DanmuSettings } from "./chat/danmu-settings.js";
import { find } from "./core/dom.js";
import { refusalText } from "./core/rejections.js";
import { loadStyle } from "./core/styles.js";
import { GiftBanners } from "./gifts/gift-banners.js";
import { GiftRanking } from "./gifts/gift-ranking.js";
import { GiftSheet } from "./gifts/gift-sheet.js";
import { GiftStage } from "./gifts/gift-stage.js";

/**
 * @param {Tools} tools
 * @returns {Panel[]}
 */
export function startPeople(tools) {
  customElements.define("share-sheet", ShareSheet);
  customElements.define("assist-note", AssistNote);
  customElements.define("danmu-overlay", DanmuOverlay);
  customElements.define("danmu-settings", DanmuSettings);
  const equip = equipWith({ ...tools, act });
  const panel = equip("chat-panel", ChatPanel);
  const composer = equip("chat-composer", ChatComposer);
  const overlay = find(document, "danmu-overlay", DanmuOverlay);
  overlay.userId = tools.userId;
  connectChat(panel, composer);
  connectSettings(overlay);
  const more = equip("more-sheet", MoreSheet);
  const notice = equip("account-notice", AccountNotice);
  /** What only accounts may do is refused with the way to get one. @param {Command} command */
  async function act(command) {
    const answer = await tools.act(command);
    if (answer.type === "rejected" && answer.reason === "accounts_only") notice.wantAccount(refusalText(answer));
    return answer;
  }
  notice.addEventListener("sign-in", (event) => more.openAccount(/** @type {CustomEvent} */ (event).detail));
  keepAboveKeyboard();
  return [
    panel,
    composer,
    overlay,
    equip("follow-button", FollowButton),
    equip("like-button", LikeButton),
    equip("gift-sheet", GiftSheet),
    equip("gift-banners", GiftBanners),
    equip("gift-stage", GiftStage),
    equip("gift-ranking", GiftRanking),
    equip("poll-card", PollCard),
    equip("request-sheet", RequestSheet),
    more,
    notice,
  ];
}

/** @param {Tools} tools */
function equipWith(tools) {
  /**
   * @template {HTMLElement & { tools: Tools | null }} T
   * @param {string} name
   * @param {new () => T} type
   * @returns {T}
   */
  const equip = (name, type) => {
    customElements.define(name, type);
    const element = find(document, name, type);
    element.tools = tools;
    return element;
  };
  return equip;
}

/** @param {ChatPanel} panel @param {ChatComposer} composer */
function connectChat(panel, composer) {
  composer.log = panel.log;
  composer.addEventListener("said", () => panel.render());
  panel.addEventListener("reply", (event) => composer.reply(lineOf(event)));
  panel.addEventListener("retry", (event) => composer.retry(lineOf(event)));
}

/** @param {Event} event @returns {Line} */
const lineOf = (event) => /** @type {CustomEvent} */ (event).detail;

/** @param {DanmuOverlay} overlay */
function connectSettings(overlay) {
  const settings = find(document, "danmu-settings", DanmuSettings);
  settings.addEventListener("danmu-settings", (event) => overlay.apply(/** @type {CustomEvent} */ (event).detail));
  settings.tell();
}

/** The first frame does not wait for these styles, and nothing of ours is shown before they are there. */
export const loadStyles = () => Promise.all(["people.css", "gifts/gifts.css"].map(loadStyle));

/** A phone's keyboard covers the page: what one writes in moves up, the picture stays where it is. */
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
