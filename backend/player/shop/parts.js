/** The parts that the shop's sheets are made of. Text stays text, whatever others wrote. */

import { below } from "../core/dom.js";
import { isZero, listPrice, moneyParts } from "./money.js";
import { t } from "./sheet-texts.js";

/** @typedef {Node | string | null} Child */

/** Outlines on a grid of 24. */
const ICONS = {
  alert: "M12 4l9 16H3zM12 10v4.5M12 17.2v.1",
  back: "M15 5l-7 7 7 7",
  bag: "M5 8h14l1 12H4zM8.5 10V7a3.5 3.5 0 0 1 7 0v3",
  cart: "M8.2 20a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0M16.2 20a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0M2.5 4h3l2.6 11h10l2-8H6.3",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 7v5l3.5 2",
  copy: "M8 8h12v12H8zM4 16V4h12",
  cross: "M6 6l12 12M18 6L6 18",
  forward: "M9 5l7 7-7 7",
  less: "M5 12h14",
  more: "M12 5v14M5 12h14",
  muted: "M4 9v6h4l5 4V5L8 9zM16.5 9.5l5 5m0-5l-5 5",
  offline: "M2 8.500A15 15 0 0 1 22 8.500M5.500 12a10 10 0 0 1 13 0M9 15.500a5 5 0 0 1 6 0M12 19v.1M4 3l16 18",
  orders: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9.500 8.500h5M9.500 12.500h5",
  parcel: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  place: "M12 21s7-6.500 7-11.500a7 7 0 0 0-14 0C5 14.500 12 21 12 21zM9.500 9.500a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0-5 0",
  print: "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
  returning: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3",
  safe: "M12 3l7.500 3v5.500c0 4.500-3 8-7.500 9.500-4.500-1.500-7.500-5-7.500-9.500V6zM8.500 12l2.500 2.500 4.500-5",
  sound: "M4 9v6h4l5 4V5L8 9zM16 8.5a5 5 0 0 1 0 7M18.5 6a8.5 8.5 0 0 1 0 12",
  talk: "M4 5h16v11H11l-4 4v-4H4z",
  ticket: "M3 7h18v3.5a1.5 1.5 0 0 0 0 3V17H3v-3.5a1.5 1.5 0 0 0 0-3zM14.5 8v1.5M14.5 11.3v1.4M14.5 14.5V16",
  trash: "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5",
};
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {keyof typeof ICONS} IconName */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** @param {IconName} name */
export function icon(name, className = "icon") {
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.setAttribute("class", className);
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(path);
  return drawing;
}

/** @param {string} className @param {Child[]} children @param {() => void} onTap */
export function button(className, children, onTap) {
  const element = el("button", className, ...children);
  element.type = "button";
  element.onclick = onTap;
  return element;
}

/** A button that is a drawing alone. @param {IconName} name @param {string} label @param {() => void} onTap */
export function tool(name, label, onTap) {
  const element = button("tool", [icon(name)], onTap);
  element.setAttribute("aria-label", label);
  element.title = label;
  return element;
}

/** A sign on a tool that something is new behind it; its label says so in words. @param {HTMLButtonElement} element */
export function dotted(element) {
  element.append(el("span", "tool__dot"));
  return element;
}

/** The price of a list, its whole units larger. @param {number} minor @param {string} currency */
export function price(minor, currency, className = "price") {
  const { symbol, whole, fraction } = moneyParts(minor, currency);
  return el("span", className, el("i", "", symbol), whole, isZero(fraction) ? null : el("small", "", fraction));
}

/** An amount that is to be paid, with all its decimals. @param {number} minor @param {string} currency */
export function amount(minor, currency, className = "price") {
  const { sign, symbol, whole, fraction } = moneyParts(minor, currency);
  return el("span", className, sign, el("i", "", symbol), whole, el("small", "", fraction));
}

/** A price that something was compared with. @param {number} minor @param {string} currency */
export function was(minor, currency) {
  const element = el("s", "was", listPrice(minor, currency));
  element.setAttribute("aria-label", t("reference_price", { price: listPrice(minor, currency) }));
  return element;
}

/** A picture; where there is none, or it does not come, a drawing stands there. @param {string | undefined} path */
export function thumb(path, className = "thumb") {
  const box = el("span", className, icon("bag"));
  if (path) box.append(picture(path));
  return box;
}

/** @param {string} path */
export function picture(path) {
  const image = el("img", "");
  image.alt = "";
  image.loading = "lazy";
  image.decoding = "async";
  image.onerror = () => image.remove();
  image.src = below(path);
  return image;
}

/** @param {"warn" | "info" | "ok" | "bad"} kind @param {IconName} name @param {string} text */
export function note(kind, name, text) {
  const element = el("p", `note note--${kind}`, icon(name, "icon icon--s"), el("span", "grow", text));
  element.setAttribute("role", kind === "bad" || kind === "warn" ? "alert" : "status");
  return element;
}

/**
 * How many, by one less or one more.
 * @param {{ count: number, least: number, most: number, name: string, words: { less: string, more: string }, onChanged: (by: number) => void }} what
 */
export function stepper({ count, least, most, name, words, onChanged }) {
  const less = focusable(button("", [icon("less", "icon icon--s")], () => onChanged(-1)), `less ${name}`.trim());
  const more = focusable(button("", [icon("more", "icon icon--s")], () => onChanged(1)), `more ${name}`.trim());
  less.ariaLabel = words.less;
  more.ariaLabel = words.more;
  less.disabled = count <= least;
  more.disabled = count >= most;
  const shown = el("b", "", String(count));
  shown.setAttribute("role", "status");
  return el("span", "stepper end", less, shown, more);
}

/** A line of a sum: what, and how much. @param {string} what @param {Child} much @param {string} [why] */
export function sumLine(what, much, why, className = "") {
  return el("div", className, el("dt", "", what, why ? el("small", "", why) : null), el("dd", "", much));
}

/** What stands where there is nothing to show. @param {IconName} name @param {string} title @param {string} text @param {Child} [action] */
export const empty = (name, title, text, action = null) =>
  el("div", "empty", el("span", "empty__art", icon(name, "icon")), el("h3", "", title), el("p", "", text), action);

/** The shape of rows to come. @param {number} count */
export function skeletons(count) {
  return Array.from({ length: count }, () =>
    el("div", "goods", el("span", "sk sk--thumb"), el("span", "goods__body", el("span", "sk sk--long"), el("span", "sk sk--short"), el("span", "sk sk--foot"))),
  );
}

/**
 * Put other children in, and leave the keyboard's focus on what has the same `data-focus`.
 * @param {HTMLElement} parent
 * @param {Child[]} children
 */
export function redraw(parent, ...children) {
  const active = document.activeElement;
  const focused = parent.contains(active) ? active?.getAttribute("data-focus") : null;
  parent.replaceChildren(...children.filter((child) => child !== null));
  if (!focused) return;
  const again = parent.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/** Name an element so that `redraw` finds it again. @template {HTMLElement} T @param {T} element @param {string} name @returns {T} */
export function focusable(element, name) {
  element.dataset["focus"] = name;
  return element;
}
