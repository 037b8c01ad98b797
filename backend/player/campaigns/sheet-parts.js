/** What the sheets of all campaigns are made of, and how they change without losing the focus or a press. */

export const TICK = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.500l4.500 4.500L19 7.500" fill="none" stroke="currentColor" stroke-width="2.500" stroke-linecap="round" stroke-linejoin="round"/></svg>';
export const SHIELD =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3l7.500 3v5.500c0 4.500-3 8-7.500 9.500-4.500-1.500-7.500-5-7.500-9.500V6z" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linejoin="round"/><path d="M8.500 12l2.500 2.500 4.500-5" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linecap="round" stroke-linejoin="round"/></svg>';

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} className @param {...(string | Node | null)} children
 */
export function el(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** @param {string} className @param {string} text @param {() => void} onClick */
export function button(className, text, onClick) {
  const element = el("button", className, text);
  element.type = "button";
  element.onclick = onClick;
  return element;
}

/** The ends of a long number: 9f2c…71ab. @param {string} hex */
export const ends = (hex) => `${hex.slice(0, 4)}…${hex.slice(-4)}`;

/**
 * Show these parts in a box of a sheet. A sheet passes here each second: what is there already stays the same element, so that
 * it keeps the focus, and a press that is under way.
 * @param {HTMLElement} box
 * @param {...(Node | null)} parts
 */
export function renew(box, ...parts) {
  const hadFocus = box.contains(document.activeElement);
  renewNodes(box, parts.filter((part) => part !== null));
  // What had it is gone: a keyboard goes on at the sheet's main button.
  const main = (box.closest("dialog") ?? box).querySelector("footer button:enabled");
  if (hadFocus && !box.contains(document.activeElement) && main instanceof HTMLElement) main.focus();
}

/** @param {Node} box @param {readonly Node[]} parts */
function renewNodes(box, parts) {
  const there = [...box.childNodes];
  let at = 0;
  for (const part of parts) {
    const found = there.findIndex((node, place) => place >= at && isAlike(node, part));
    const node = there[found];
    if (node === undefined) {
      box.insertBefore(part, there[at] ?? null);
      continue;
    }
    for (; at < found; at += 1) there[at]?.remove();
    become(node, part);
    at += 1;
  }
  for (const node of there.slice(at)) node.remove();
}

/** @param {Node} node @param {Node} part */
function isAlike(node, part) {
  if (!(node instanceof Element) || !(part instanceof Element)) return node.nodeType === part.nodeType;
  return node.tagName === part.tagName && node.getAttribute("class") === part.getAttribute("class");
}

/** @param {Node} node @param {Node} part */
function become(node, part) {
  if (!(node instanceof Element) || !(part instanceof Element)) {
    if (node.nodeValue !== part.nodeValue) node.nodeValue = part.nodeValue;
    return;
  }
  for (const { name } of [...node.attributes]) if (!part.hasAttribute(name)) node.removeAttribute(name);
  // The page's policy takes a style from no attribute.
  for (const { name, value } of part.attributes) if (name !== "style" && node.getAttribute(name) !== value) node.setAttribute(name, value);
  if (node instanceof HTMLElement && part instanceof HTMLElement) {
    if (node.style.cssText !== part.style.cssText) node.style.cssText = part.style.cssText;
    node.onclick = part.onclick;
  }
  renewNodes(node, [...part.childNodes]);
}
