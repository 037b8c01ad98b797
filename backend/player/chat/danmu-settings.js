/** How a viewer wants the danmu: on or off, size, opacity, density; kept in this browser. */

import { find } from "../core/dom.js";
import { recall, remember } from "../core/entry.js";
import { translate } from "./texts.js";

/** `is_chosen` where the viewer turned them on or off. @typedef {{ is_on: boolean, size: "small" | "medium" | "large", density: "few" | "half" | "many", opacity: number, is_chosen: boolean }} Settings */
/** @typedef {{ type: "danmu_settings_changed", settings: Settings }} DanmuSettingsChanged */

const KEY = "livestall.danmu";
/** @type {Settings} */
export const DEFAULTS = { is_on: true, size: "medium", density: "half", opacity: 90, is_chosen: false };

/** Events out: `danmu-settings` with a `DanmuSettingsChanged`. */
export class DanmuSettings extends HTMLElement {
  static translate = translate;
  static markup = `
    <form><h3 data-text="danmu_settings"></h3>
    <label class="row"><span data-text="danmu_on"></span><input type="checkbox" name="is_on"></label>
    <fieldset class="row"><legend data-text="danmu_size"></legend>
      <label><input type="radio" name="size" value="small"><span data-text="danmu_small"></span></label>
      <label><input type="radio" name="size" value="medium"><span data-text="danmu_medium"></span></label>
      <label><input type="radio" name="size" value="large"><span data-text="danmu_large"></span></label></fieldset>
    <fieldset class="row"><legend data-text="danmu_density"></legend>
      <label><input type="radio" name="density" value="few"><span data-text="danmu_few"></span></label>
      <label><input type="radio" name="density" value="half"><span data-text="danmu_half"></span></label>
      <label><input type="radio" name="density" value="many"><span data-text="danmu_many"></span></label></fieldset>
    <label class="row"><span data-text="danmu_opacity"></span><input type="range" name="opacity" min="20" max="100" step="5"></label></form>
  `;

  #form = find(this, "form", HTMLFormElement);
  // Upright the chat lies over the picture already: danmu are off there until they are chosen.
  #upright = matchMedia("(orientation: portrait)");
  #isChosen = false;

  connectedCallback() {
    this.#show();
    this.#form.oninput = ({ target }) => this.#choose(target);
    this.#form.onsubmit = (event) => event.preventDefault();
    this.#upright.addEventListener("change", () => {
      if (this.#isChosen) return;
      this.#show();
      this.tell();
    });
  }

  tell() {
    /** @type {DanmuSettingsChanged} */
    const detail = { type: "danmu_settings_changed", settings: this.#read() };
    this.dispatchEvent(new CustomEvent("danmu-settings", { detail }));
  }

  /** @param {EventTarget | null} changed */
  #choose(changed) {
    if (changed instanceof HTMLInputElement && changed.name === "is_on") this.#isChosen = true;
    remember(KEY, JSON.stringify(this.#read()));
    this.tell();
  }

  #show() {
    const kept = readSettings(recall(KEY));
    this.#isChosen = kept.is_chosen;
    this.#fill(kept.is_chosen ? kept : { ...kept, is_on: !this.#upright.matches });
  }

  #read() {
    const values = new FormData(this.#form);
    return tidy({
      is_on: values.has("is_on"),
      size: values.get("size"),
      density: values.get("density"),
      opacity: Number(values.get("opacity")),
      is_chosen: this.#isChosen,
    });
  }

  /** @param {Settings} settings */
  #fill({ is_on, size, density, opacity }) {
    find(this.#form, "[name=is_on]", HTMLInputElement).checked = is_on;
    find(this.#form, `[name=size][value=${size}]`, HTMLInputElement).checked = true;
    find(this.#form, `[name=density][value=${density}]`, HTMLInputElement).checked = true;
    find(this.#form, "[name=opacity]", HTMLInputElement).value = String(opacity);
  }
}

/**
 * What was kept, as far as it is of use.
 * @param {string | null} kept
 * @returns {Settings}
 */
function readSettings(kept) {
  try {
    const read = kept === null ? null : JSON.parse(kept);
    return tidy(read !== null && typeof read === "object" ? read : {});
  } catch {
    return DEFAULTS;
  }
}

/** @param {Record<keyof Settings, unknown>} given @returns {Settings} */
function tidy({ is_on, size, density, opacity, is_chosen }) {
  return {
    is_on: typeof is_on === "boolean" ? is_on : DEFAULTS.is_on,
    size: size === "small" || size === "medium" || size === "large" ? size : DEFAULTS.size,
    density: density === "few" || density === "half" || density === "many" ? density : DEFAULTS.density,
    opacity: typeof opacity === "number" && opacity >= 20 && opacity <= 100 ? opacity : DEFAULTS.opacity,
    // What was kept before this was: only who turned them off had surely chosen.
    is_chosen: typeof is_chosen === "boolean" ? is_chosen : is_on === false,
  };
}
