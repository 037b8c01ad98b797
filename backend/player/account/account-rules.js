/** What is wrong with an account's form, before it is sent and after: each fault with its field, its cause and its remedy; pure. */

/** @import { Outcome } from "./account-requests.js" */

/** @typedef {keyof typeof import("./sheet-texts.js").TEXTS} TextKey */
/** @typedef {"sign_in" | "sign_up" | "account" | "password"} View */
/** @typedef {Record<string, string>} Values what was typed, by the field's name */
/** At no field, where `field` is empty; `wait_s` is how long to wait. @typedef {{ field: string, key: TextKey, values: Record<string, number>, wait_s: number }} Fault */

const NAME_AT_MOST = 20;
const PASSWORD_AT_LEAST = 8;
const PASSWORD_AT_MOST = 128;
/** Where the server says nothing of it. */
const WAIT_S = 3;

/**
 * What can be said without asking the room; each field's first fault.
 * @param {Values} values
 * @returns {Fault[]}
 */
export function faultsOf(values) {
  const found = [];
  for (const [field, value] of Object.entries(values)) {
    const made = field === "name" ? nameFault(value) : passwordFault(field, value);
    if (made) found.push(made);
  }
  const { old, new: chosen } = values;
  if (found.length === 0 && chosen !== undefined && chosen === old) found.push(fault("new", "fault_password_same"));
  return found;
}

/** The room counts what others will read. @param {string} name */
function nameFault(name) {
  const count = lettersOf(name.normalize("NFC").replace(/[\s\u2800\u3164\uffa0]+/g, " ").replace(/\p{Default_Ignorable_Code_Point}/gu, "").trim());
  if (count === 0) return fault("name", "fault_name_missing");
  return count > NAME_AT_MOST ? fault("name", "fault_name_long", { count }) : null;
}

/** @param {string} field @param {string} password */
function passwordFault(field, password) {
  const count = lettersOf(password);
  if (count === 0) return fault(field, "fault_password_missing");
  if (count < PASSWORD_AT_LEAST) return fault(field, "fault_password_short", { count });
  return count > PASSWORD_AT_MOST ? fault(field, "fault_password_long", { count }) : null;
}

/** Code points, as the room counts them. @param {string} text */
const lettersOf = (text) => [...text].length;

/**
 * Why the room did not do it.
 * @param {View} view
 * @param {Exclude<Outcome, { type: "done" }>} outcome
 * @returns {Fault}
 */
export function faultFrom(view, outcome) {
  if (outcome.type === "unreachable") return fault("", "fault_unreachable");
  const wait_s = outcome.retry_s || WAIT_S;
  switch (outcome.status) {
    case 401:
      return fault("", view === "password" ? "fault_signed_out" : "fault_reentered");
    case 403:
      if (view === "sign_up") return fault("", "fault_staff");
      return view === "password" ? fault("old", "fault_password_wrong") : fault("password", "fault_wrong");
    case 409:
      return fault("name", "fault_name_taken");
    case 422:
      return view === "password" ? fault("new", "fault_password_refused") : fault("name", "fault_name_unreadable");
    case 429:
      return fault("", "fault_too_often", { seconds: wait_s }, wait_s);
    case 503:
      return fault("", "fault_crowded", { seconds: wait_s }, wait_s);
    default:
      return fault("", "fault_failed");
  }
}

/**
 * @param {string} field
 * @param {TextKey} key
 * @param {Record<string, number>} values
 * @returns {Fault}
 */
const fault = (field, key, values = {}, wait_s = 0) => ({ field, key, values, wait_s });
