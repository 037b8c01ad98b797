/** What an order's states are in words. */

/** @import { Order } from "../core/protocol.js" */
/** @import { SheetTextKey } from "./sheet-texts.js" */

/** One phrase about now, and its colour. @param {Pick<Order, "state" | "payment_state" | "method" | "parcels">} order @returns {{ key: SheetTextKey, tone: "price" | "info" | "ok" | "dim" }} */
export function nowOf(order) {
  if (order.payment_state === "refunded") return { key: "now_refunded", tone: "dim" };
  if (order.state === "cancelled") return { key: "now_cancelled", tone: "dim" };
  if (order.state === "completed") return { key: "now_completed", tone: "ok" };
  if (order.parcels.some(({ state }) => state === "shipped")) return { key: "now_shipped", tone: "info" };
  if (order.parcels.length > 0 && order.parcels.every(({ state }) => state === "delivered")) return { key: "now_delivered", tone: "ok" };
  if (order.payment_state !== "unpaid") return { key: "now_packing", tone: "info" };
  if (order.method === "online") return { key: "now_to_pay", tone: "price" };
  return order.method === "transfer" ? { key: "now_transfer", tone: "price" } : { key: "now_cash", tone: "info" };
}

/** @param {Order} order */
export const isUnpaid = ({ state, payment_state }) => state === "open" && payment_state === "unpaid";

/** Whether its buyer can pay it here. @param {Order} order */
export const isPayable = (order) => isUnpaid(order) && order.method === "online";

/** Whether its buyer may call it off. @param {Order} order */
export const isCancellable = (order) => isUnpaid(order) && order.parcels.length === 0;

/** Where its parcels are. @param {Pick<Order, "parcels">} order @returns {SheetTextKey} */
export function parcelKeyOf({ parcels }) {
  if (parcels.length === 0) return "parcel_none";
  if (parcels.every(({ state }) => state === "delivered")) return "parcel_delivered";
  return parcels.some(({ state }) => state !== "packed") ? "parcel_shipped" : "parcel_packed";
}

/** Units of all lines. @param {readonly { quantity: number }[]} lines */
export const unitsOf = (lines) => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Write a number of 15 digits as it is read out. @param {string} number */
export const numberText = (number) => (number.length === 15 ? `${number.slice(0, 6)} ${number.slice(6, 11)} ${number.slice(11)}` : number);
