/** The disc: a sector a prize and one for what wins nothing, and how it turns to what was won. */

/** @import { WheelShown } from "../../core/protocol.js" */

import { t } from "./texts.js";

const COLOURS = ["#d01b3f", "#5b36b8", "#c2570c", "#0b6b42", "#1f55c4", "#a0246f", "#7a5a00", "#0e6a75"];
const BLANK_COLOUR = "#4a4658";
const TURNS = 5;
const TURN_MS = 4_200;
/** Where a page that is not seen would wait for the end of its animation. */
const LATE_MS = 800;

export class WheelDisc {
  #disc;
  #shown = "";
  #angle = 0;

  /** @param {HTMLElement} disc */
  constructor(disc) {
    this.#disc = disc;
  }

  /** @param {WheelShown} wheel */
  render(wheel) {
    const names = namesOf(wheel);
    const shown = JSON.stringify(names);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const step = 360 / names.length;
    const colours = names.map((_, at) => `${at < wheel.prizes.length ? COLOURS[at] : BLANK_COLOUR} ${at * step}deg ${(at + 1) * step}deg`);
    this.#disc.style.background = `conic-gradient(${colours.join(", ")})`;
    this.#disc.replaceChildren(
      ...names.map((name, at) => {
        const sector = document.createElement("span");
        sector.textContent = name;
        sector.style.rotate = `${(at + 0.5) * step}deg`;
        // As wide as the sector is where the name stands.
        const width = names.length > 3 ? Math.tan(Math.PI / names.length) * 0.68 : 0.6;
        sector.style.paddingInline = `${50 * (1 - width)}%`;
        return sector;
      }),
    );
  }

  /** Turn until a prize, or null for none, is under the pointer at the top. @param {WheelShown} wheel @param {number | null} prize */
  async turnTo(wheel, prize) {
    const count = namesOf(wheel).length;
    const middle = ((prize ?? count - 1) + 0.5) * (360 / count);
    const from = this.#angle;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#angle = (isCalm ? 0 : from - (from % 360) + 360 * TURNS) + 360 - middle;
    this.#disc.style.rotate = `${this.#angle}deg`;
    if (isCalm) return;
    const turning = this.#disc.animate([{ rotate: `${from}deg` }, { rotate: `${this.#angle}deg` }], { duration: TURN_MS, easing: "cubic-bezier(.12, .7, .1, 1)" });
    await Promise.race([turning.finished, new Promise((go) => setTimeout(go, TURN_MS + LATE_MS))]);
  }
}

/** @param {WheelShown} wheel */
const namesOf = ({ prizes, blanks }) => [...prizes.map(({ name }) => name), ...(blanks > 0 ? [t("wheel_blank")] : [])];
