/** What an address needs before the shop takes it. */

/** @import { Address } from "../core/protocol.js" */
/** @import { SheetTextKey } from "./sheet-texts.js" */

/** @typedef {"name" | "phone" | "province" | "city" | "district" | "street" | "postcode" | "email"} AddressField */
/** @typedef {{ key: SheetTextKey, count: number }} AddressFault */

/** As many characters as the shop takes. @type {Record<AddressField, number>} */
export const MOST = { name: 64, phone: 32, province: 64, city: 64, district: 64, street: 200, postcode: 16, email: 254 };
const LEAST_DIGITS = 7;
const COUNTRY = "CN";
/** The shop looks closer. */
const EMAIL = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

/** @type {[AddressField, SheetTextKey][]} */
const NEEDED = [
  ["name", "fault_name"],
  ["phone", "fault_phone"],
  ["province", "fault_province"],
  ["city", "fault_city"],
  ["street", "fault_street"],
];

/** @param {Record<AddressField, string>} values @returns {Address} */
export function addressOf(values) {
  const trimmed = Object.entries(values).map(([field, value]) => [field, value.trim()]);
  return { country: COUNTRY, .../** @type {Record<AddressField, string>} */ (Object.fromEntries(trimmed)) };
}

/** @param {string} field @returns {field is AddressField} */
export const isAddressField = (field) => Object.hasOwn(MOST, field);

/** What is wrong, field by field; empty where the address can be sent. @param {Address} address */
export function faultsOf(address) {
  /** @type {Map<AddressField, AddressFault>} */
  const faults = new Map();
  for (const [field, key] of NEEDED) if (address[field] === "") faults.set(field, { key, count: 0 });
  const digits = address.phone.normalize("NFKC").replace(/\P{Nd}/gu, "").length;
  if (address.phone !== "" && digits < LEAST_DIGITS) faults.set("phone", { key: "fault_phone_digits", count: 0 });
  if (address.email !== "" && !EMAIL.test(address.email)) faults.set("email", { key: "fault_email", count: 0 });
  for (const [field, count] of /** @type {[AddressField, number][]} */ (Object.entries(MOST))) {
    if ([...address[field]].length > count) faults.set(field, { key: "fault_too_long", count });
  }
  return faults;
}

/** An address on one line. @param {Address} address */
export const addressText = ({ province, city, district, street }) =>
  [province, city === province ? "" : city, district, street].filter((part) => part !== "").join(" ");

/** Whether two addresses bring a parcel to the same person and place. @param {Address} one @param {Address} other */
export const isSamePlace = (one, other) => one.name === other.name && one.phone === other.phone && addressText(one) === addressText(other);
