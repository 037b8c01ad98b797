/** The viewer's controls over the picture: sound and full screen, by tap and by key. */

import { find } from "../core/dom.js";
import { label } from "../core/i18n.js";

/** @typedef {{ type: "sound_changed", is_muted: boolean }} SoundChanged */

/** Commands out: `toggle-sound`. */
export class StageControls extends HTMLElement {
  #prompt = find(this, ".unmute", HTMLButtonElement);
  #sound = find(this, ".sound", HTMLButtonElement);
  #fullscreen = find(this, ".fullscreen", HTMLButtonElement);
  #isMuted = true;
  /** The viewer turned the sound off: then no tap elsewhere turns it on. */
  #isMutedByChoice = false;

  connectedCallback() {
    this.#prompt.onclick = this.#sound.onclick = () => this.#toggleSound();
    this.#fullscreen.onclick = () => this.#toggleFullscreen();
    this.#fullscreen.hidden = !document.fullscreenEnabled;
    document.addEventListener("fullscreenchange", () => this.#showFullscreen());
    document.addEventListener("keydown", (event) => this.#onKey(event));
    document.addEventListener("click", (event) => this.#onTap(event), { capture: true });
  }

  /** @param {SoundChanged} event */
  apply({ is_muted }) {
    this.#isMuted = is_muted;
    this.#prompt.hidden = !is_muted;
    this.#sound.dataset["muted"] = String(is_muted);
    label(this.#sound, is_muted ? "unmute" : "mute");
  }

  #toggleSound() {
    this.#isMutedByChoice = !this.#isMuted;
    // `sound_changed` comes later: two quick taps must not cancel each other out.
    this.#isMuted = !this.#isMuted;
    this.dispatchEvent(new CustomEvent("toggle-sound", { bubbles: true }));
  }

  /** The first tap anywhere gives sound: a browser allows none before, and few look for the button. @param {MouseEvent} event */
  #onTap({ target, detail }) {
    // A key that presses a button is no tap.
    if (detail === 0 || !this.#isMuted || this.#isMutedByChoice) return;
    const isOwn = target instanceof Node && (this.#prompt.contains(target) || this.#sound.contains(target));
    if (!isOwn) this.#toggleSound();
  }

  #toggleFullscreen() {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen({ navigationUI: "hide" });
    // A browser may refuse, and Safari before 16.4 gives no promise; the picture stays as it is.
    Promise.resolve(change).catch(() => {});
  }

  #showFullscreen() {
    const isOn = document.fullscreenElement !== null;
    this.#fullscreen.dataset["on"] = String(isOn);
    label(this.#fullscreen, isOn ? "fullscreen_leave" : "fullscreen");
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const isTaken = event.target instanceof Element && event.target.closest("button, input, textarea, select, a");
    if (isTaken || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === " ") this.#toggleSound();
    else if (event.key === "f") this.#toggleFullscreen();
    else return;
    event.preventDefault();
  }
}
