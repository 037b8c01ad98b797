/** SHA-256 and HMAC of our own, as `backend/fairness/digests.py` has them: `crypto.subtle` is missing on a page over http, as a shop in a LAN has it. */

const SCHEME = "livestall/1";
const BLOCK = 64;
const ROUNDS = fractions(64, 1 / 3);
const START = fractions(8, 1 / 2);
const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const encoder = new TextEncoder();
const schedule = new Int32Array(BLOCK);

/** The first 32 bits of the fractional parts of roots of the first primes (FIPS 180-4 §4.2.2, §5.3.3). @param {number} count @param {number} power */
function fractions(count, power) {
  const found = [];
  for (let number = 2; found.length < count; number += 1) {
    if (isPrime(number)) found.push(((number ** power) % 1) * 2 ** 32);
  }
  return Int32Array.from(found, (value) => Math.floor(value) | 0);
}

/** @param {number} number */
function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
}

/** @param {number} word @param {number} by */
const turn = (word, by) => (word >>> by) | (word << (32 - by));

/** One block into the state (FIPS 180-4 §6.2.2). @param {Int32Array} state @param {DataView} view @param {number} offset */
function compress(state, view, offset) {
  for (let at = 0; at < 16; at += 1) schedule[at] = view.getInt32(offset + 4 * at);
  for (let at = 16; at < 64; at += 1) {
    const early = /** @type {number} */ (schedule[at - 15]);
    const late = /** @type {number} */ (schedule[at - 2]);
    const small = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const large = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    schedule[at] = /** @type {number} */ (schedule[at - 16]) + small + /** @type {number} */ (schedule[at - 7]) + large;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at += 1) {
    const added = /** @type {number} */ (ROUNDS[at]) + /** @type {number} */ (schedule[at]);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + added) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const words = [a, b, c, d, e, f, g, h];
  for (let at = 0; at < 8; at += 1) state[at] = /** @type {number} */ (state[at]) + /** @type {number} */ (words[at]);
}

/** @param {Uint8Array} bytes @returns {Uint8Array} */
export function sha256(bytes) {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = START.slice();
  for (let offset = 0; offset < padded.length; offset += BLOCK) compress(state, view, offset);
  const found = new DataView(new ArrayBuffer(32));
  for (let at = 0; at < 8; at += 1) found.setInt32(4 * at, /** @type {number} */ (state[at]));
  return new Uint8Array(found.buffer);
}

/** HMAC-SHA256 (RFC 2104). @param {Uint8Array} key at most a block @param {Uint8Array} message @returns {Uint8Array} */
export function hmac(key, message) {
  const padded = (/** @type {number} */ by) => new Uint8Array(BLOCK).fill(by).map((byte, at) => byte ^ (key[at] ?? 0));
  return sha256(joined([padded(0x5c), sha256(joined([padded(0x36), message]))]));
}

/** @param {readonly Uint8Array[]} parts */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Label and parts, each after its length in 4 bytes. @param {string} label @param {readonly Uint8Array[]} parts */
export function packed(label, parts) {
  const every = [bytesOf(`${SCHEME}/${label}`), ...parts];
  const all = new Uint8Array(every.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(all.buffer);
  let at = 0;
  for (const part of every) {
    view.setUint32(at, part.length);
    all.set(part, at + 4);
    at += 4 + part.length;
  }
  return all;
}

/** @param {string} label @param {readonly Uint8Array[]} parts */
export const digest = (label, parts) => sha256(packed(label, parts));

/** @param {string} text */
export const bytesOf = (text) => encoder.encode(text);

/** @param {Uint8Array} bytes */
export function hexOf(bytes) {
  let hex = "";
  for (const byte of bytes) hex += PAIRS[byte];
  return hex;
}

/** @param {string} hex */
export function fromHex(hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (digitAt(hex, 2 * at) << 4) | digitAt(hex, 2 * at + 1);
  return bytes;
}

/** @param {string} hex @param {number} at */
function digitAt(hex, at) {
  const code = hex.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}

/** What is published when a campaign opens. @param {string} kind @param {string} campaign_id @param {string} terms @param {Uint8Array} secret */
export const commitment = (kind, campaign_id, terms, secret) => hexOf(digest("commitment", [bytesOf(kind), bytesOf(campaign_id), bytesOf(terms), secret]));

/** A random number of this device: `crypto.getRandomValues` is there over http too. @returns {string} 32 hexadecimal digits */
export const newNonce = () => hexOf(crypto.getRandomValues(new Uint8Array(16)));

/** What stands for it until entries are closed. @param {string} campaign_id @param {string} nonce */
export const hashOfNonce = (campaign_id, nonce) => hexOf(digest("nonce", [bytesOf(campaign_id), fromHex(nonce)]));

/** Who somebody is in the list of one draw. @param {string} campaign_id @param {string} user_id */
export const pseudonym = (campaign_id, user_id) => hexOf(digest("who", [bytesOf(campaign_id), bytesOf(user_id)])).slice(0, 32);
