/** Finding elements, the addresses of the backend's paths, and copying from a field. */

/**
 * The element under `root` that matches. A missing one is a bug, so it throws at once.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const element = root.querySelector(selector);
  if (element instanceof type) return element;
  throw new TypeError(`expected a ${type.name} at ${selector}, got ${element}`);
}

/**
 * Copy what a field holds, and return whether that worked. A page over plain HTTP has no clipboard of its own: the old way still works there.
 * @param {HTMLInputElement} field
 */
export async function copyFrom(field) {
  field.select();
  try {
    if (!navigator.clipboard) return document.execCommand("copy");
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return false;
  }
}

/**
 * The address of one of the backend's paths, such as `/api/gifts`: below the root of its name, or below a path that a proxy in front gave it.
 * @param {string} path
 */
export const below = (path) => new URL(`../../..${path}`, import.meta.url).href;
