/** Where the backend lies: at the root of its name, or below a path that a proxy in front gave it. */

/** The address of one of the backend's paths, such as `/api/gifts`. @param {string} path */
export const below = (path) => new URL(`../..${path}`, import.meta.url).href;
