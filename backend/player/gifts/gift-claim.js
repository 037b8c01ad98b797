/** Demo coins, where the room gives some: once a live, to each viewer who asks. */

/** @import { Answer } from "../core/socket.js" */

import { coinNumber } from "../core/coins.js";
import { refusalText } from "../core/rejections.js";
import { t } from "./texts.js";

export class GiftClaim {
  #button;

  /**
   * @param {HTMLButtonElement} button
   * @param {() => Promise<Answer> | undefined} claim
   * @param {(text: string) => void} tell
   */
  constructor(button, claim, tell) {
    this.#button = button;
    button.onclick = async () => {
      button.disabled = true;
      const answer = await claim();
      button.disabled = false;
      const isDone = answer?.type === "accepted" || (answer?.type === "rejected" && answer.reason === "already");
      if (answer) tell(isDone ? t("gift_claimed") : refusalText(answer));
    };
  }

  /** @param {number} coins how many may be had now */
  offer(coins) {
    this.#button.hidden = coins === 0;
    this.#button.textContent = t("gift_claim", { count: coinNumber(coins) });
  }
}
