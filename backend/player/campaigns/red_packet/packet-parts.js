/** The parts of the packet's sheet and of the rain. */

/** @import { Author, LuckyShare } from "../../core/protocol.js" */

import { avatar } from "../../core/avatar.js";
import { coinText } from "../../core/coins.js";
import { nameOf } from "../../core/person-name.js";
import { el } from "../sheet-parts.js";
import { t } from "./texts.js";

/** A packet, drawn. */
export const PACKET =
  '<svg viewBox="0 0 60 78" aria-hidden="true"><rect x="2" y="2" width="56" height="74" rx="8" fill="#d01b3f"/><path d="M2 10a8 8 0 0 1 8-8h40a8 8 0 0 1 8 8v18c-16 14-40 14-56 0z" fill="#e8395a"/><circle cx="30" cy="38" r="11" fill="#ffd978"/><path d="M30 32v12M26 36l4 3 4-3M26 41h8" stroke="#9c5a00" stroke-width="2" fill="none" stroke-linecap="round"/></svg>';

/** Who got how much, the luckiest first. @param {readonly LuckyShare[]} best @param {readonly Author[]} people @param {string} own @param {boolean} isCoins */
export function luckList(best, people, own, isCoins) {
  const rows = best.map((share, at) => {
    const person = people.find(({ user_id }) => user_id === share.user_id);
    const isOwn = share.user_id === own;
    const name = isOwn ? t("packet_me") : person ? nameOf(person) : share.user_id;
    const luckiest = at === 0 && isCoins && best.length > 1 ? el("em", "luck__best", t("packet_best")) : null;
    const face = avatar({ user_id: share.user_id, name, role: "viewer", is_follower: false });
    const row = el("li", "luck__row", face, el("span", "luck__name", el("b", "", name), luckiest), el("span", "luck__time", t("packet_after", { seconds: seconds(share.after_ms) })));
    if (isCoins) row.append(el("strong", "", coinText(share.coins)));
    if (isOwn) row.dataset["own"] = "";
    return row;
  });
  return el("ol", "luck", ...rows);
}

/** @param {number} ms */
export const seconds = (ms) => (ms / 1000).toFixed(1);
