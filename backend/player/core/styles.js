/** Styles that come when they are needed. */

/** Nothing that needs a style is shown before it is there. @param {string} name its path below the player's folder @returns {Promise<void>} */
export function loadStyle(name) {
  const href = new URL(`../${name}`, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`expected the style at ${href}`));
    };
    document.head.append(link);
  });
}
