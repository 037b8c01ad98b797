/** A viewer's face, as nobody has a picture: the first letter of the name on a colour of their own. */

/** @import { Author } from "./protocol.js" */

/** @param {Author} author */
export function avatar({ user_id, name }) {
  const element = document.createElement("span");
  element.className = "avatar";
  element.textContent = [...name][0] ?? "";
  element.style.setProperty("--hue", String(hueOf(user_id)));
  element.setAttribute("aria-hidden", "true");
  return element;
}

/** @param {string} text */
function hueOf(text) {
  let hash = 7;
  for (const letter of text) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}
