/** What an element is made of comes with the element's module: index.html has its place alone, and not even that of one that says `within`. */

import { find } from "./dom.js";

/**
 * An element's class; where it has children from the start, with their markup, in which no foreign text stands, and what fills in their texts.
 * `within` selects the parent that it is appended to; an element without has its place in index.html.
 * @template {HTMLElement} T
 * @typedef {{ new (): T, within?: string, markup?: string, translate?: (root: ParentNode) => void }} ElementType
 */

/** The cross of buttons that close something. */
export const CROSS = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="2.400" stroke-linecap="round"/></svg>';

/**
 * Fill the element's place in the page with its markup, then bring it to life.
 * @template {HTMLElement} T
 * @param {string} name
 * @param {ElementType<T>} type
 * @returns {T}
 */
export function place(name, type) {
  if (!customElements.get(name)) {
    if (type.within !== undefined) find(document, type.within, HTMLElement).append(document.createElement(name));
    if (type.markup !== undefined) find(document, name, HTMLElement).replaceChildren(build(type.markup, type.translate));
    customElements.define(name, type);
  }
  return find(document, name, type);
}

/** @param {string} markup of our own @param {ElementType<HTMLElement>["translate"]} [translate] */
export function build(markup, translate) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  translate?.(template.content);
  return template.content;
}
