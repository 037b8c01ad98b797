/** The pictures of a product, to swipe or to scroll with the keyboard. */

import { el, icon, picture } from "./parts.js";
import { t } from "./sheet-texts.js";

/** @param {readonly string[]} images */
export function gallery(images) {
  const slides = images.map((path) => el("div", "gallery__slide", icon("bag"), picture(path)));
  if (slides.length === 0) slides.push(el("div", "gallery__slide", icon("bag")));
  const strip = el("div", "gallery__strip", ...slides);
  const box = el("div", "gallery", strip);
  if (images.length > 1) {
    const count = el("span", "gallery__count", `1 / ${images.length}`);
    strip.tabIndex = 0;
    strip.setAttribute("role", "group");
    strip.ariaLabel = t("picture_of", { index: 1, count: images.length });
    strip.onscroll = () => {
      const index = Math.round(strip.scrollLeft / Math.max(1, strip.clientWidth)) + 1;
      count.textContent = `${index} / ${images.length}`;
      strip.ariaLabel = t("picture_of", { index, count: images.length });
    };
    box.append(count);
  }
  return box;
}
