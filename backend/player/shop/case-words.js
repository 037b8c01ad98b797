/** What may be asked for after the sale, and what a case's state is in words. */

/** @import { Case, CaseKind, Order } from "../core/protocol.js" */
/** @import { SheetTextKey } from "./sheet-texts.js" */

/** What a case can wait for. @typedef {"approved" | "sent_back" | "received" | "refunded" | "exchanged"} NextState */
/** A step of a case's path: gone, the next one, or one after it. @typedef {{ state: Case["state"], mark: "done" | "open" } | { state: NextState, mark: "now" }} Step */

/** @type {CaseKind[]} */
export const KINDS = ["refund_only", "return", "exchange"];

/** @type {Record<CaseKind, Case["state"][]>} */
const PATHS = {
  refund_only: ["requested", "approved", "refunded"],
  return: ["requested", "approved", "sent_back", "received", "refunded"],
  exchange: ["requested", "approved", "sent_back", "received", "exchanged"],
};

/**
 * Units of each line that a new case may be about, as the shop counts them; what comes back must have been sent.
 * @param {Order} order
 * @param {readonly Case[]} cases
 * @param {CaseKind} kind
 * @returns {Map<number, number>}
 */
export function claimable(order, cases, kind) {
  const open = cases.filter(({ closed_at_ms }) => closed_at_ms === null);
  const sent = order.parcels.filter(({ case_id }) => case_id === null);
  return new Map(
    order.lines.map(({ line, quantity, refunded, dropped }) => {
      const free = quantity - refunded - unitsOfLine(open, line);
      const back = unitsOfLine(open.filter((one) => one.kind !== "refund_only"), line);
      const here = unitsOfLine(sent, line) - (refunded - dropped) - back;
      return [line, Math.max(0, kind === "refund_only" ? free : Math.min(free, here))];
    }),
  );
}

/** @param {readonly { lines: { line: number, quantity: number }[] }[]} parts @param {number} wanted */
const unitsOfLine = (parts, wanted) => parts.flatMap(({ lines }) => lines).reduce((sum, { line, quantity }) => sum + (line === wanted ? quantity : 0), 0);

/** Whether any unit is left for a case of this kind. @param {Order} order @param {readonly Case[]} cases @param {CaseKind} kind */
export const hasUnitsFor = (order, cases, kind) => [...claimable(order, cases, kind).values()].some((units) => units > 0);

/** Whether a buyer may ask for something: what nobody paid is called off instead. @param {Order} order @param {readonly Case[]} cases */
export function isClaimable(order, cases) {
  const isPaid = order.payment_state === "paid" || order.payment_state === "part_refunded";
  return order.state !== "cancelled" && isPaid && hasUnitsFor(order, cases, "refund_only");
}

/** What units of lines are worth after all that was paid back before. @param {Order} order @param {ReadonlyMap<number, number>} units */
export function worth({ lines }, units) {
  return lines.reduce((sum, { line, net_minor, quantity, refunded }) => {
    const after = refunded + (units.get(line) ?? 0);
    return sum + share(net_minor, after, quantity) - share(net_minor, refunded, quantity);
  }, 0);
}

/** Rounded down, and exact where the product is beyond what a number holds. @param {number} net @param {number} units @param {number} quantity */
const share = (net, units, quantity) => Number((BigInt(net) * BigInt(units)) / BigInt(quantity));

/** The path of a case, with where it stands on it. @param {Case} one @returns {Step[]} */
export function stepsOf(one) {
  const path = pathOf(one);
  const at = path.indexOf(one.state);
  const isOver = one.closed_at_ms !== null;
  return path.map((state, index) => {
    if (index <= at) return { state, mark: "done" };
    return index === at + 1 && !isOver ? { state: /** @type {NextState} */ (state), mark: "now" } : { state, mark: "open" };
  });
}

/** One that came to another end shows how far it came, and its end. @param {Case} one @returns {Case["state"][]} */
function pathOf({ kind, state, changes, closed_at_ms }) {
  const path = PATHS[kind];
  if (closed_at_ms === null || path.at(-1) === state) return path;
  const reached = new Set(changes.map(({ to_state }) => to_state));
  return [...path.filter((step) => reached.has(step)), state];
}

/** One that came back is made again. @param {Case["refund_state"]} state */
const isUnderWay = (state) => state === "requested" || state === "came_back";

/** One phrase about now, and its colour. @param {Case} one @returns {{ key: SheetTextKey, tone: "warn" | "info" | "ok" | "dim" }} */
export function nowOfCase({ kind, state, refund_state, changes }) {
  switch (state) {
    case "requested":
      return { key: "case_now_requested", tone: "info" };
    case "approved":
      return kind === "refund_only" ? { key: "case_now_refunding", tone: "info" } : { key: "case_now_approved", tone: "warn" };
    case "sent_back":
      return { key: "case_now_sent_back", tone: "info" };
    case "received":
      return { key: kind === "exchange" ? "case_now_replacing" : "case_now_refunding", tone: "info" };
    case "refunded":
      return isUnderWay(refund_state) ? { key: "case_now_refund_asked", tone: "info" } : { key: "case_now_refunded", tone: "ok" };
    case "exchanged":
      return { key: "case_now_exchanged", tone: "ok" };
    case "declined":
      return { key: "case_now_declined", tone: "dim" };
    default:
      return { key: changes.at(-1)?.actor === "timer" ? "case_now_lapsed" : "case_now_withdrawn", tone: "dim" };
  }
}

/** What comes next, with the time that it is due; null where nothing does. @param {Case} one @returns {SheetTextKey | null} */
export function nextOf({ kind, state, is_escalated, due_at_ms, closed_at_ms, refund_state }) {
  if (closed_at_ms !== null) return isUnderWay(refund_state) ? "case_next_refund" : null;
  if (is_escalated) return "case_next_escalated";
  if (due_at_ms === null) return null;
  if (state === "approved" && kind !== "refund_only") return "case_next_send";
  return state === "sent_back" ? "case_next_arrive" : "case_next_answer";
}

/** Whether its buyer is to send the goods. @param {Case} one */
export const isToBeSent = ({ kind, state }) => state === "approved" && kind !== "refund_only";

/** Whether its buyer may give it up. @param {Case} one */
export const isWithdrawable = ({ state }) => state === "requested" || state === "approved";
