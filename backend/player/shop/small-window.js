/** The live in a small window while a page of the shop covers the picture: dragged to a corner, tapped to go back. */

import { find } from "../core/dom.js";
import { button, el, icon } from "./parts.js";
import { t } from "./sheet-texts.js";

/** @typedef {"top" | "bottom"} Upright */
/** @typedef {"left" | "right"} Sideways */

/** Only there a page covers the picture; elsewhere the picture stands beside the shop. */
const IS_COVERED = matchMedia("(max-width: 899px) and (min-height: 520px)");
/** A finger that moved less has tapped. */
const DRAG_FROM_PX = 8;
const SNAP_MS = 300;

export class SmallWindow {
  #stage = find(document, "video-stage", HTMLElement);
  #source = find(this.#stage, "video", HTMLVideoElement);
  #video = el("video", "");
  #words = el("span", "mini__words");
  #box = el("div", "mini");
  #sound;
  #back;
  #reopen;
  #isWanted = false;
  #isClosed = false;
  #wasMuted = false;
  /** Where the finger took hold of it; null while it is not held. @type {{ x: number, y: number } | null} */
  #hold = null;
  #wasDragged = false;
  /** Of which source there is a copy. */
  #copied = "";
  /** @type {MediaStream | null} */
  #copy = null;
  element = el("div", "minis");

  /** @param {() => void} onReturn */
  constructor(onReturn) {
    this.#video.muted = this.#video.autoplay = this.#video.playsInline = true;
    this.#video.disablePictureInPicture = true;
    this.#video.ariaHidden = "true";
    this.#back = button("mini__back", [], () => this.#onTap(onReturn));
    this.#back.ariaLabel = t("back_to_live");
    const close = button("mini__close", [icon("cross", "icon icon--s")], () => this.#close());
    close.ariaLabel = t("mini_close");
    this.#sound = button("mini__sound", [], () => {});
    this.#reopen = button("btn btn--s mini__reopen", [t("back_to_live")], onReturn);
    this.#box.setAttribute("role", "group");
    this.#box.ariaLabel = t("mini");
    this.#box.append(this.#video, this.#words, this.#back, close, this.#sound);
    this.element.append(this.#box, this.#reopen);
    this.#place("bottom", "left");
    this.#listen();
    this.#draw();
  }

  #listen() {
    this.#sound.onpointerdown = () => (this.#wasMuted = this.#source.muted);
    this.#sound.onclick = ({ detail }) => this.#toggleSound(detail === 0 ? this.#source.muted : this.#wasMuted);
    this.#back.onpointerdown = (event) => this.#take(event);
    this.#back.onpointermove = (event) => this.#drag(event);
    this.#back.onpointerup = () => this.#release();
    this.#back.onpointercancel = () => this.#release();
    this.#back.onkeydown = (event) => this.#onKey(event);
    this.#source.addEventListener("volumechange", () => this.#drawSound());
    this.#stage.addEventListener("picture", () => this.#draw());
    new MutationObserver(() => this.#draw()).observe(this.#stage, { attributeFilter: ["data-slate"] });
    IS_COVERED.addEventListener("change", () => this.#draw());
  }

  /** A page covers the picture from now on, or nothing does any more. @param {boolean} isCovered */
  cover(isCovered) {
    if (!isCovered) this.#isClosed = false;
    this.#isWanted = isCovered;
    this.#draw();
  }

  /** The sound goes on where it was: this picture is silent. */
  #draw() {
    const stream = this.#isWanted && IS_COVERED.matches ? this.#stream() : null;
    this.element.hidden = stream === null;
    this.#box.hidden = this.#isClosed;
    this.#reopen.hidden = !this.#isClosed;
    const shown = this.#isClosed ? null : stream;
    if (this.#video.srcObject !== shown) this.#video.srcObject = shown;
    const slate = this.#stage.dataset["slate"] ?? "none";
    this.#box.dataset["slate"] = slate;
    this.#words.textContent = slate === "none" ? t("mini_live") : find(this.#stage, ".slate__title", HTMLElement).textContent;
    this.#drawSound();
  }

  /** What the stage plays; where it plays fragments, a copy, which Safari cannot make. */
  #stream() {
    const { srcObject, src } = this.#source;
    if (srcObject || !src) return srcObject;
    if (this.#copied !== src) {
      this.#copied = src;
      this.#copy = /** @type {{ captureStream?: () => MediaStream }} */ (this.#source).captureStream?.() ?? null;
    }
    return this.#copy;
  }

  #drawSound() {
    const isMuted = this.#source.muted;
    this.#sound.replaceChildren(icon(isMuted ? "muted" : "sound", "icon icon--s"));
    this.#sound.ariaLabel = t(isMuted ? "mini_unmute" : "mini_mute");
  }

  /** The first tap anywhere gives sound by itself: this one is not to take it away again. @param {boolean} wasMuted */
  #toggleSound(wasMuted) {
    if (this.#source.muted === wasMuted) find(document, "stage-controls .sound", HTMLButtonElement).click();
  }

  #close() {
    this.#isClosed = true;
    this.#draw();
    this.#reopen.focus();
  }

  /** @param {() => void} onReturn */
  #onTap(onReturn) {
    if (!this.#wasDragged) onReturn();
    this.#wasDragged = false;
  }

  /** @param {PointerEvent} event */
  #take({ clientX, clientY, pointerId }) {
    this.#wasDragged = false;
    this.#hold = { x: clientX, y: clientY };
    this.#back.setPointerCapture(pointerId);
  }

  /** @param {PointerEvent} event */
  #drag({ clientX, clientY }) {
    if (!this.#hold || this.#isDocked) return;
    const [x, y] = [clientX - this.#hold.x, clientY - this.#hold.y];
    this.#wasDragged ||= Math.hypot(x, y) >= DRAG_FROM_PX;
    if (!this.#wasDragged) return;
    this.#box.dataset["dragged"] = "";
    this.#box.style.translate = `${x}px ${y}px`;
  }

  /** It comes to rest in the corner that is nearest. */
  #release() {
    this.#hold = null;
    if (!this.#wasDragged) return;
    const { left, top, width, height } = this.#box.getBoundingClientRect();
    this.#snap(top + height / 2 < innerHeight / 2 ? "top" : "bottom", left + width / 2 < innerWidth / 2 ? "left" : "right");
  }

  /** Beside a field it stands in the page's head, and stays there. */
  get #isDocked() {
    return getComputedStyle(this.#box).getPropertyValue("--docked").trim() === "1";
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const [upright, sideways] = (this.#box.dataset["corner"] ?? "").split(" ");
    /** @type {Record<string, [Upright, Sideways]>} */
    const moves = {
      ArrowUp: ["top", /** @type {Sideways} */ (sideways)],
      ArrowDown: ["bottom", /** @type {Sideways} */ (sideways)],
      ArrowLeft: [/** @type {Upright} */ (upright), "left"],
      ArrowRight: [/** @type {Upright} */ (upright), "right"],
    };
    const move = moves[event.key];
    if (!move || this.#isDocked) return;
    event.preventDefault();
    this.#snap(...move);
  }

  /** @param {Upright} upright @param {Sideways} sideways */
  #snap(upright, sideways) {
    const from = this.#box.getBoundingClientRect();
    this.#place(upright, sideways);
    const to = this.#box.getBoundingClientRect();
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#box.animate([{ translate: `${from.left - to.left}px ${from.top - to.top}px` }, { translate: "0 0" }], { duration: isCalm ? 0 : SNAP_MS, easing: "cubic-bezier(.2, .8, .2, 1)" });
  }

  /** @param {Upright} upright @param {Sideways} sideways */
  #place(upright, sideways) {
    this.#box.dataset["corner"] = `${upright} ${sideways}`;
    delete this.#box.dataset["dragged"];
    this.#box.style.translate = "";
  }
}
