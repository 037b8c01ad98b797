/** What a viewer does with the picture: sound on and off, and the whole screen; by tap and by key. */

import { find } from "./dom.js";
import { label } from "./i18n.js";

/** @typedef {{ type: "sound_changed", is_muted: boolean }} SoundChanged */

/** Commands out: `toggle-sound`. */
export class StageControls extends HTMLElement {
  #prompt = find(this, ".unmute", HTMLButtonElement);
  #sound = find(this, ".sound", HTMLButtonElement);
  #fullscreen = find(this, ".fullscreen", HTMLButtonElement);

  connectedCallback() {
    this.#prompt.onclick = this.#sound.onclick = () => this.#toggleSound();
    this.#fullscreen.onclick = () => this.#toggleFullscreen();
    this.#fullscreen.hidden = !document.fullscreenEnabled;
    document.addEventListener("fullscreenchange", () => this.#showFullscreen());
    document.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** @param {SoundChanged} event */
  apply({ is_muted }) {
    this.#prompt.hidden = !is_muted;
    this.#sound.dataset["muted"] = String(is_muted);
    label(this.#sound, is_muted ? "unmute" : "mute");
  }

  #toggleSound() {
    this.dispatchEvent(new CustomEvent("toggle-sound", { bubbles: true }));
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
