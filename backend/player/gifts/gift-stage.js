/** Large gifts over the whole picture, one after the other; where motion is not wanted, a still picture with the words. */

/** @import { Gift, SentGift } from "../core/protocol.js" */
/** @import { RoomEvent } from "../core/socket.js" */
/** @import { Tools } from "../core/feature.js" */
/** @import { Showing } from "./gift-queue.js" */

import { nameOf } from "../core/person-name.js";
import { giftImage, giftName, loadGifts } from "./gift-catalog.js";
import { StageQueue } from "./gift-queue.js";
import { isStale } from "./gift-time.js";
import { t } from "./texts.js";

const PLAY_MS = 3_600;
const SPARKS = 28;
const COLOURS = ["#ffd36b", "#ff5b7f", "#5fd0ff", "#b58cff", "#6ff0b0", "#fff"];

/** How the drawing moves, by the gift's effect. @type {Record<string, Keyframe[]>} */
const MOTIONS = {
  rise: [
    { transform: "translateY(90cqh) rotate(-4deg)", opacity: 1 },
    { transform: "translateY(8cqh) rotate(3deg)", offset: 0.4, easing: "ease-in-out" },
    { transform: "translateY(2cqh) rotate(-3deg)", offset: 0.62, easing: "ease-in" },
    { transform: "translateY(-110cqh) rotate(0)", opacity: 1 },
  ],
  cross: [
    { transform: "translateX(-120cqw) skewX(-4deg)", opacity: 1, easing: "cubic-bezier(.1, .8, .3, 1)" },
    { transform: "translateX(-3cqw)", offset: 0.36 },
    { transform: "translateX(3cqw)", offset: 0.64, easing: "cubic-bezier(.7, 0, .9, .3)" },
    { transform: "translateX(125cqw) skewX(5deg)", opacity: 1 },
  ],
  burst: [
    { transform: "scale(.1)", opacity: 0, easing: "cubic-bezier(.2, 1.5, .4, 1)" },
    { transform: "scale(1.08)", opacity: 1, offset: 0.22 },
    { transform: "scale(1)", opacity: 1, offset: 0.8 },
    { transform: "scale(1.35)", opacity: 0 },
  ],
};
const STILL = [{ opacity: 0 }, { opacity: 1, offset: 0.08 }, { opacity: 1, offset: 0.9 }, { opacity: 0 }];

export class GiftStage extends HTMLElement {
  #queue = new StageQueue();
  #isPlaying = false;
  /** @type {Tools | null} */
  tools = null;

  /** @param {RoomEvent} event */
  apply(event) {
    if (event.type !== "gifts_sent") return;
    for (const gift of event.gifts) this.#offer(gift);
  }

  /** A hidden page skips the gift, so that no queue of gifts plays when the viewer returns. @param {SentGift} gift */
  #offer(gift) {
    const isOwn = gift.author.user_id === this.tools?.userId();
    if (document.hidden || isStale(gift, isOwn, this.tools?.clock)) return;
    this.#queue.offer(gift, isOwn);
    if (!this.#isPlaying) this.#run();
  }

  async #run() {
    this.#isPlaying = true;
    const gifts = await loadGifts().catch(() => new Map());
    for (let showing; (showing = this.#queue.next()); ) {
      const gift = gifts.get(showing.gift.gift_id);
      if (gift && gift.effect in MOTIONS) await this.#play(showing, gift);
    }
    this.#isPlaying = false;
  }

  /** @param {Showing} showing @param {Gift} gift */
  async #play({ gift: { author, count } }, gift) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const words = document.createElement("p");
    words.className = "gift-stage__words";
    words.textContent = t("gift_line", { name: nameOf(author), gift: giftName(gift), count });
    const image = giftImage(gift);
    image.className = "gift-stage__image";
    this.dataset["effect"] = isCalm ? "still" : gift.effect;
    this.dataset["gift"] = gift.gift_id;
    this.replaceChildren(image, words);
    if (!isCalm) this.append(...sparks());
    const timing = { duration: PLAY_MS, fill: /** @type {const} */ ("both") };
    words.animate(STILL, timing);
    await image.animate(isCalm ? STILL : (MOTIONS[gift.effect] ?? STILL), timing).finished.catch(() => {});
    this.replaceChildren();
    delete this.dataset["effect"];
    delete this.dataset["gift"];
  }
}

/** Sparks fly from the middle in all directions. */
function sparks() {
  return Array.from({ length: SPARKS }, (_, number) => {
    const spark = document.createElement("i");
    const angle = (number / SPARKS) * 2 * Math.PI + Math.random() * 0.3;
    const far = 28 + Math.random() * 34;
    spark.style.background = COLOURS[number % COLOURS.length] ?? "";
    const away = `translate(${(Math.cos(angle) * far).toFixed(1)}cqmin, ${(Math.sin(angle) * far).toFixed(1)}cqmin)`;
    const frames = [
      { transform: "translate(0, 0) scale(.4)", opacity: 0 },
      { transform: `${away} scale(1)`, opacity: 1, offset: 0.5 },
      { transform: `${away} translateY(14cqmin) scale(.3)`, opacity: 0 },
    ];
    spark.animate(frames, { duration: 1_500, delay: 500 + Math.random() * 900, easing: "ease-out", fill: "both" });
    return spark;
  });
}
