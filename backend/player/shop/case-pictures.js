/** The pictures of a case: attached by its buyer, made smaller here, and shown large by a tap. */

/** @import { Case } from "../core/protocol.js" */
/** @import { Refusal } from "./shop-api.js" */
/** @import { ShopModel } from "./shop-model.js" */

import { button, el, focusable, icon, redraw } from "./parts.js";
import { reasonOf } from "./refusal-note.js";
import { t } from "./sheet-texts.js";

/** As many as the shop takes. */
export const MOST_PICTURES = 6;
const TYPES = "image/jpeg,image/png,image/webp";
/** More than the shop keeps of a side, and far below what it takes. */
const LONGEST = 2000;
const QUALITY = 0.9;

/** A picture small enough to be sent from anywhere, without what the camera wrote beside it. @param {Blob} file @returns {Promise<Blob>} */
async function smaller(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const share = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    const canvas = el("canvas", "");
    [canvas.width, canvas.height] = [Math.round(bitmap.width * share), Math.round(bitmap.height * share)];
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return made ?? file;
  } catch {
    return file; // the shop says what is wrong with it
  }
}

export class CasePictures {
  element = el("div", "box");
  #model;
  #input = el("input", "");
  #list = el("ul", "shots");
  #told = el("p", "t12 tone--bad");
  #large = el("dialog", "shots__large");
  #isSending = false;
  /** @type {Case | null} */
  #case = null;
  /** By case and name: a picture is asked for once. @type {Map<string, Promise<string>>} */
  #urls = new Map();

  /** @param {ShopModel} model @param {(one: Case) => void} onChanged called with the case as the shop has it then */
  constructor(model, onChanged) {
    this.#model = model;
    this.onChanged = onChanged;
    this.#input.type = "file";
    this.#input.accept = TYPES;
    this.#input.multiple = true;
    this.#input.hidden = true;
    this.#input.onchange = () => this.#send([...(this.#input.files ?? [])]);
    this.#told.setAttribute("role", "alert");
    this.#large.onclick = () => this.#large.close();
    this.element.append(el("h3", "box__title", t("case_pictures")), this.#list, this.#told, this.#input, this.#large);
  }

  /** @param {Case} one */
  show(one) {
    if (this.#case?.case_id !== one.case_id) this.#tell("");
    this.#case = one;
    const isOpen = one.closed_at_ms === null;
    this.element.hidden = !isOpen && one.pictures.length === 0;
    const left = MOST_PICTURES - one.pictures.length;
    redraw(this.#list, ...one.pictures.map((name, index) => this.#shot(one, name, index)), isOpen && left > 0 ? this.#adder(left) : null);
  }

  /** @param {Case} one @param {string} name @param {number} index */
  #shot(one, name, index) {
    const image = el("img", "shots__image");
    image.alt = "";
    this.#url(one.case_id, "thumbnails", name).then((url) => (image.src = url), () => {});
    const open = focusable(button("shots__one", [image], () => this.#open(one.case_id, name)), name);
    open.ariaLabel = t("case_picture_open", { number: index + 1 });
    return el("li", "", open);
  }

  /** @param {number} left */
  #adder(left) {
    const words = this.#isSending ? t("sending") : t("case_pictures_add", { count: left });
    const add = focusable(button("shots__add", [icon("more", "icon icon--s"), el("span", "t12", words)], () => this.#input.click()), "add_pictures");
    add.disabled = this.#isSending || this.#model.isOffline;
    return el("li", "", add);
  }

  /** @param {string} case_id @param {"pictures" | "thumbnails"} size @param {string} name */
  #url(case_id, size, name) {
    const path = `/api/v1/cases/${encodeURIComponent(case_id)}/${size}/${encodeURIComponent(name)}`;
    const known = this.#urls.get(path);
    if (known) return known;
    const asked = this.#model.api.file(path).then((blob) => URL.createObjectURL(blob));
    this.#urls.set(path, asked);
    asked.catch(() => this.#urls.delete(path));
    return asked;
  }

  /** @param {string} case_id @param {string} name */
  async #open(case_id, name) {
    const image = el("img", "");
    image.alt = t("case_pictures");
    redraw(this.#large, image);
    try {
      image.src = await this.#url(case_id, "pictures", name);
      this.#large.showModal();
    } catch {
      this.#tell(t("failed_hint"));
    }
  }

  /** One after the other: the first that is refused ends it. @param {File[]} files */
  async #send(files) {
    const one = this.#case;
    this.#input.value = "";
    if (!one || files.length === 0 || this.#isSending) return;
    this.#isSending = true;
    this.#tell("");
    this.show(one);
    let after = one;
    for (const file of files.slice(0, MOST_PICTURES - one.pictures.length)) {
      const outcome = await this.#model.api.attach(one.case_id, await smaller(file));
      if (outcome.type === "done") after = outcome.value;
      else {
        this.#tell(outcome.type === "refused" ? refusalText(outcome.refusal, outcome.retry_s) : t("case_pictures_lost"));
        break;
      }
    }
    this.#isSending = false;
    // Another case may be shown by now.
    if (this.#case?.case_id === one.case_id) this.onChanged(after);
  }

  /** @param {string} words */
  #tell(words) {
    this.#told.textContent = words;
    this.#told.hidden = words === "";
  }
}

/** @param {Refusal} refusal @param {number} retry_s */
function refusalText(refusal, retry_s) {
  return refusal.type === "not_a_picture" ? t("case_picture_bad") : reasonOf(refusal, retry_s);
}
