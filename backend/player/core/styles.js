/** Styles that come when they are needed. */

/** Nothing that needs a style is shown before it is there. @param {string} name its path below the player's folder @returns {Promise<void>} */
export function loadStyle(name) {
  const href = new URL(`../${name}`, import.meta.url).href;
  const link = asked(href) ?? add(href);
  if (link.sheet) return Promise.resolve();
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error(`expected the style at ${href}`));
    });
  });
}

/** @param {string} href @returns {HTMLLinkElement | undefined} */
function asked(href) {
  return [...document.querySelectorAll("link")].find((link) => link.rel === "stylesheet" && link.href === href);
}

/** @param {string} href */
function add(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return link;
}
