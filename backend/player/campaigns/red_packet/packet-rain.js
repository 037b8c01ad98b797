/** The rain of packets over the picture: one tap on any of them, or the button, asks for a share. */

import { coinText } from "../../core/coins.js";
import { find } from "../../core/dom.js";
import { CROSS, build } from "../../core/markup.js";
import { PACKET } from "./packet-parts.js";
import { t, translate } from "./texts.js";

/** @import { RedPacketShown } from "../../core/protocol.js" */

/** Place and width (%, px), turn (degrees), time to fall and head start (s): chosen so that they never lie in rows. */
const DROPS = [
  [3, 46, -14, 3.4, 0.2], [70, 40, 18, 3.9, 1.1], [16, 54, 10, 4.4, 2.3], [84, 50, -10, 3.6, 2.9], [30, 44, 16, 4.1, 3.3], [58, 60, -12, 4.8, 0.7],
  [90, 44, 12, 4.2, 1.9], [8, 56, -8, 3.8, 3.6], [44, 62, -6, 4.6, 1.5], [66, 50, 14, 3.5, 2.6], [22, 48, 10, 3.7, 0.9], [50, 42, -16, 4.0, 3.0],
];

export class PacketRain {
  #root;
  #button;

  /** @param {HTMLElement} root @param {() => void} onTap @param {() => void} onClose */
  constructor(root, onTap, onClose) {
    this.#root = root;
    root.append(
      build(
        `<div class="rain__drops" aria-hidden="true"></div>
        <div class="rain__head"><b data-text="packet_rain"></b><span class="rain__left"></span></div>
        <button class="rain__close" type="button" data-label="packet_later">${CROSS}</button>
        <div class="rain__foot"><button class="rain__grab" type="button"><span class="rain__big">${PACKET}</span><span class="rain__word"></span></button><p class="rain__told" role="status"></p></div>`,
        translate,
      ),
    );
    this.#button = find(root, ".rain__grab", HTMLButtonElement);
    this.#button.onclick = onTap;
    find(root, ".rain__close", HTMLButtonElement).onclick = onClose;
    root.addEventListener("keydown", (event) => event.key === "Escape" && onClose());
    find(root, ".rain__drops", HTMLElement).append(...DROPS.map((drop) => falling(drop, onTap)));
  }

  get isShown() {
    return !this.#root.hidden;
  }

  /** Let it rain, and take the keyboard where nobody writes. */
  show() {
    if (this.isShown) return;
    this.#root.hidden = false;
    const { activeElement } = document;
    const isFree = activeElement === null || activeElement === document.body || activeElement.matches(".packet-pill");
    if (isFree) this.#button.focus({ preventScroll: true });
  }

  hide() {
    this.#root.hidden = true;
  }

  /** @param {RedPacketShown} packet @param {boolean} isAsking @param {string} told */
  render({ shares, coins, left }, isAsking, told) {
    const what = coins > 0 ? t("packet_what", { shares, coins: coinText(coins) }) : t("packet_what_coupons", { shares });
    find(this.#root, ".rain__left", HTMLElement).textContent = t("packet_rain_left", { what, left });
    find(this.#root, ".rain__word", HTMLElement).textContent = isAsking ? t("packet_asking") : t("packet_grab");
    this.#button.disabled = isAsking;
    const line = find(this.#root, ".rain__told", HTMLElement);
    // The same words again would be read again.
    if (line.textContent !== (told || t("packet_hint"))) line.textContent = told || t("packet_hint");
  }
}

/** @param {readonly number[]} drop @param {() => void} onTap */
function falling([left = 0, width = 0, turn = 0, falls_s = 0, ahead_s = 0], onTap) {
  const element = document.createElement("span");
  element.className = "rain__drop";
  element.append(build(PACKET));
  element.style.cssText = `left:${left}%;width:${width}px;rotate:${turn}deg;animation-duration:${falls_s}s;animation-delay:-${ahead_s}s`;
  // Falling things are tapped when the finger comes down; when it goes up they are elsewhere.
  element.onpointerdown = (event) => {
    event.preventDefault();
    onTap();
  };
  return element;
}
