/** How the room presents itself beside title and avatar, which come with the header, put together. */

/** @import { Panel, Tools } from "../core/feature.js" */

import { equipWith } from "../core/feature.js";
import { RoomNotice } from "./room-notice.js";

/**
 * @param {Tools} tools
 * @returns {Panel[]}
 */
export const startProfile = (tools) => [equipWith(tools)("room-notice", RoomNotice)];
