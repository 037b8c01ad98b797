/** The boxes of coins. */

/** @import { CoinMove, CoinShop } from "../core/protocol.js" */

import { coinNumber, coinText } from "../core/coins.js";
import { listPrice } from "./money.js";
import { button, el, focusable } from "./parts.js";
import { t } from "./sheet-texts.js";
import { dayTime } from "./times.js";

/** @param {number} coins */
export function walletBox(coins) {
  return el("div", "box box--row coins__wallet", el("span", "coins__mark"), el("span", "grow t14 dim", t("coins_have")), el("span", "coins__have", coinNumber(coins)));
}

/** @param {CoinShop} shop @param {number} chosen @param {(coins: number) => void} onChosen */
export function packagesBox({ packages, currency }, chosen, onChosen) {
  const buttons = packages.map(({ coins, price_minor }) => {
    const words = el("span", "coins__count", el("span", "coins__mark"), coinText(coins));
    const one = button("coins__package", [words, el("span", "t13 dim", listPrice(price_minor, currency))], () => onChosen(coins));
    one.setAttribute("aria-pressed", String(coins === chosen));
    return focusable(one, `coins ${coins}`);
  });
  const list = el("div", "coins__packages", ...buttons);
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", t("coins_choose"));
  return list;
}

/** @param {readonly CoinMove[]} moves @param {number} now_ms @param {(() => void) | null} onEarlier */
export function movesBox(moves, now_ms, onEarlier) {
  const rows = moves.map(({ kind, coins, at_ms }) =>
    el(
      "li",
      "inline coins__move",
      el("span", "grow stack", el("span", "t14", kindText(kind)), el("span", "t12 dimmer", dayTime(at_ms, now_ms))),
      el("span", `strong${coins > 0 ? " tone--ok" : ""}`, `${coins > 0 ? "+" : "−"}${coinNumber(Math.abs(coins))}`),
    ),
  );
  return el(
    "section",
    "box",
    el("h3", "box__title", t("coins_history")),
    rows.length > 0 ? el("ul", "shop__list", ...rows) : el("p", "t13 dimmer", t("coins_history_none")),
    onEarlier ? focusable(button("btn btn--line", [t("coins_earlier")], onEarlier), "earlier") : null,
  );
}

/** @param {string} kind */
function kindText(kind) {
  switch (kind) {
    case "coins_bought":
    case "coins_returned":
    case "gift":
    case "gift_returned":
    case "grant_demo":
    case "packet_share":
    case "draw_prize":
    case "wheel_share":
      return t(`coins_moved_${kind}`);
    default:
      return t("coins_moved_other");
  }
}
