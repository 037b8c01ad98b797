/** Spin wheels, put together. */

/** @import { Panel, Tools } from "../../core/feature.js" */

import { equipWith } from "../../core/feature.js";
import { SpinWheel } from "./spin-wheel.js";

/** @param {Tools} tools @returns {Panel[]} */
export const startWheels = (tools) => [equipWith(tools)("spin-wheel", SpinWheel)];
