/** The parts of the wheel's sheet. */

/** @import { Author, WheelPrize, WheelShown, WheelSpin } from "../../core/protocol.js" */

import { coinText } from "../../core/coins.js";
import { nameOf } from "../../core/person-name.js";
import { el } from "../sheet-parts.js";
import { t } from "./texts.js";

/** Each prize with its stock, and what wins nothing. @param {WheelShown} wheel */
export function prizeList({ prizes, prizes_left, blanks, left }) {
  const rows = prizes.map((prize, at) => line(worth(prize), t("wheel_stock", { stock: prize.stock, left: prizes_left[at] ?? 0 })));
  if (blanks > 0) rows.push(line(t("wheel_blanks"), t("wheel_blank_count", { blanks })));
  const slots = blanks + prizes.reduce((sum, { stock }) => sum + stock, 0);
  return el("section", "wheel__box", el("h3", "", t("wheel_prizes")), el("ul", "wheel__list", ...rows), el("p", "wheel__small", t("wheel_odds", { slots, left })));
}

/** What one spun, the first first. @param {WheelShown} wheel @param {readonly WheelSpin[]} spins */
export function spinList({ prizes }, spins) {
  if (spins.length === 0) return null;
  const rows = spins.map(({ place, prize }) => line(t("wheel_place", { place: place + 1 }), prizes[prize ?? -1]?.name ?? t("wheel_blank")));
  return el("section", "wheel__box", el("h3", "", t("wheel_mine")), el("ol", "wheel__list", ...rows));
}

/** Who won what the host hands over. @param {WheelShown} wheel @param {readonly Author[]} people @param {string} own */
export function winnerList({ prizes, winners }, people, own) {
  if (winners.length === 0) return null;
  const rows = winners.map(({ user_id, prize }) => {
    const person = people.find((one) => one.user_id === user_id);
    return line(user_id === own ? t("wheel_me") : person ? nameOf(person) : user_id, prizes[prize]?.name ?? "");
  });
  return el("section", "wheel__box", el("h3", "", t("wheel_winners")), el("ol", "wheel__list", ...rows));
}

/** How one gets what one won. @param {WheelPrize} prize */
export function handedOver({ coins, coupon_id }) {
  if (coins > 0) return t("wheel_won_coins", { coins: coinText(coins) });
  return t(coupon_id ? "wheel_won_coupon" : "wheel_won_by_hand");
}

/** @param {WheelPrize} prize */
const worth = ({ name, coins }) => (coins > 0 ? `${name} · ${coinText(coins)}` : name);

/** @param {string} what @param {string} more */
const line = (what, more) => el("li", "wheel__line", el("b", "", what), el("span", "", more));
