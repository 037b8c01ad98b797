/** Red packets, put together. */

/** @import { Panel, Tools } from "../../core/feature.js" */

import { equipWith } from "../../core/feature.js";
import { RedPacket } from "./red-packet.js";

/** @param {Tools} tools @returns {Panel[]} */
export const startRedPackets = (tools) => [equipWith(tools)("red-packet", RedPacket)];
