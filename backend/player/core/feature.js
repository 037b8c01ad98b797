/** How the features of a room reach it, and how its events reach them. */

/** @import { Admission, Command } from "./protocol.js" */
/** @import { Answer, RoomEvent, ServerClock } from "./socket.js" */

import { place } from "./markup.js";

/** @typedef {{ apply(event: RoomEvent): void }} Panel */

/**
 * What the elements are given to reach the room.
 * @typedef {object} Tools
 * @property {string} room
 * @property {ServerClock} clock
 * @property {() => string} userId
 * @property {() => string | null} token what the room knows us by
 * @property {(command: Command) => Promise<Answer>} act
 * @property {(admission: Admission | null) => void} comeBackAs become another user from now on; with null a new guest
 */

/**
 * A function that places an element and gives it the tools.
 * @param {Tools} tools
 */
export function equipWith(tools) {
  /**
   * @template {HTMLElement & { tools: Tools | null }} T
   * @param {string} name
   * @param {import("./markup.js").ElementType<T>} type
   * @returns {T}
   */
  const equip = (name, type) => {
    const element = place(name, type);
    element.tools = tools;
    return element;
  };
  return equip;
}
