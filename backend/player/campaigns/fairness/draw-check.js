/** Computes a draw anew on this device, as `backend/fairness/checks.py` does, from the file that anybody can save. */

import { bytesOf, commitment, digest, fromHex, hashOfNonce, hexOf, hmac, packed } from "./digests.js";

/** Somebody who takes part: pseudonym, hash of the own number, the number (empty: withheld). @typedef {[string, string, string]} Entry */

/** @typedef {{ campaign_id: string, commitment: string, entries: Entry[], format: string, kind: string, mix: string, root: string, secret: string, terms: string, unclaimed: string[], version: number, winners: string[] }} Bundle */

/** What this device noted while the draw went; null: it was not there then. @typedef {{ commitment: string | null, root: string | null, who: string | null, nonce: string | null }} Noted */

/** @typedef {"form" | "noted_commitment" | "noted_root" | "secret" | "list" | "numbers" | "mix" | "winners" | "own_entry" | "own_number"} Step */

/** What came of it: the step that does not hold, or null. @typedef {{ wrong: Step | null, entries: number, proven: number, winners: string[] }} Verdict */

const PER_TURN = 1_000;
const FORMS = { commitment: 64, root: 64, mix: 64, secret: 64 };

/**
 * The draw is as it was published, or the first step that is not.
 * @param {string} text the file, as it came
 * @param {Noted} noted
 * @returns {Promise<Verdict>}
 */
export async function checkDraw(text, noted) {
  const bundle = read(text);
  if (bundle === null) return { wrong: "form", entries: 0, proven: 0, winners: [] };
  return { wrong: await firstWrong(bundle, noted), entries: bundle.entries.length, proven: bundle.entries.filter(([, , nonce]) => nonce !== "").length, winners: bundle.winners };
}

/** @param {Bundle} bundle @param {Noted} noted @returns {Promise<Step | null>} */
async function firstWrong(bundle, noted) {
  const { campaign_id, entries } = bundle;
  if (noted.commitment !== null && noted.commitment !== bundle.commitment) return "noted_commitment";
  if (noted.root !== null && noted.root !== bundle.root) return "noted_root";
  if (commitment("draw", campaign_id, bundle.terms, fromHex(bundle.secret)) !== bundle.commitment) return "secret";
  if (!(await isListed(bundle))) return "list";
  const isTrue = await inTurns(entries, ([, hash, nonce]) => nonce === "" || hashOfNonce(campaign_id, nonce) === hash);
  if (isTrue.includes(false)) return "numbers";
  const numbers = entries.flatMap(([who, , nonce]) => (nonce === "" ? [] : [fromHex(who), fromHex(nonce)]));
  if (hexOf(digest("mix", [bytesOf(campaign_id), fromHex(bundle.root), ...numbers])) !== bundle.mix) return "mix";
  return (await isWon(bundle)) ? own(entries, noted) : "winners";
}

/** @param {readonly Entry[]} entries @param {Noted} noted @returns {Step | null} */
function own(entries, { who, nonce }) {
  if (who === null) return null;
  const mine = entries.find(([one]) => one === who);
  if (mine === undefined) return "own_entry";
  return nonce !== null && mine[2] !== nonce ? "own_number" : null;
}

/** @param {Bundle} bundle */
async function isListed({ entries, root }) {
  const leaves = await inTurns(entries, ([who, hash]) => hexOf(digest("leaf", [fromHex(who), fromHex(hash)])));
  const isSorted = leaves.every((leaf, at) => at === 0 || /** @type {string} */ (leaves[at - 1]) <= leaf);
  const isOnce = new Set(entries.map(([who]) => who)).size === entries.length;
  return isSorted && isOnce && (await rootOf(leaves)) === root;
}

/** One without a neighbour goes up as it is (RFC 6962 §2.1). @param {readonly string[]} leaves sorted */
export async function rootOf(leaves) {
  let level = [...leaves];
  if (level.length === 0) return hexOf(digest("empty", []));
  while (level.length > 1) {
    const pairs = level.filter((_, at) => at % 2 === 0).map((left, at) => ({ left, right: level[2 * at + 1] }));
    level = await inTurns(pairs, ({ left, right }) => (right === undefined ? left : hexOf(digest("node", [fromHex(left), fromHex(right)]))));
  }
  return level[0];
}

/** @param {Bundle} bundle */
async function isWon(bundle) {
  const terms = JSON.parse(bundle.terms);
  if (!Number.isSafeInteger(terms.winners) || typeof terms.needs_presence !== "boolean") return false;
  const key = fromHex(bundle.secret);
  const fixed = [bytesOf(bundle.campaign_id), fromHex(bundle.root), fromHex(bundle.mix)];
  const can = bundle.entries.filter(([, , nonce]) => nonce !== "" || !terms.needs_presence);
  const scored = await inTurns(can, ([who]) => ({ who, score: hexOf(hmac(key, packed("rank", [...fixed, fromHex(who)]))) }));
  const ranked = scored.sort((one, other) => (one.score < other.score ? -1 : 1)).map(({ who }) => who);
  const passed = new Set(bundle.unclaimed);
  const found = ranked.filter((who) => !passed.has(who)).slice(0, terms.winners);
  const first = ranked.slice(0, found.length + bundle.unclaimed.length);
  return same(found, bundle.winners) && same(first.sort(), [...found, ...bundle.unclaimed].sort());
}

/** @param {readonly string[]} some @param {readonly string[]} others */
const same = (some, others) => some.length === others.length && some.every((one, at) => one === others[at]);

/** A page that computes goes on to be drawn: a thousand at a time. @template One, Made @param {readonly One[]} all @param {(one: One) => Made} make */
async function inTurns(all, make) {
  const made = [];
  for (const [at, one] of all.entries()) {
    if (at % PER_TURN === PER_TURN - 1) await new Promise((go) => setTimeout(go));
    made.push(make(one));
  }
  return made;
}

/** The bundle, where the file is exactly as it was written. @param {string} text @returns {Bundle | null} */
function read(text) {
  try {
    const file = JSON.parse(text);
    return canonical(file) + "\n" === text && hasForm(file) && Object.keys(JSON.parse(file.terms)).length > 0 ? file : null;
  } catch {
    return null;
  }
}

/** As Python writes it: keys sorted, no spaces. @param {unknown} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${pairs.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(",")}}`;
}

/** @param {Bundle} file */
function hasForm(file) {
  const isHead = file.format === "livestall-fairness" && file.kind === "draw" && file.version === 1;
  const isEntry = (/** @type {Entry} */ entry) => entry.length === 3 && isHex(entry[0], 32) && isHex(entry[1], 64) && (entry[2] === "" || isHex(entry[2], 32));
  const areHashes = Object.entries(FORMS).every(([name, size]) => isHex(/** @type {Record<string, unknown>} */ (/** @type {unknown} */ (file))[name], size));
  const arePeople = [...file.unclaimed, ...file.winners].every((who) => isHex(who, 32));
  return isHead && areHashes && arePeople && file.entries.every(isEntry) && Object.keys(file).length === 12 && typeof file.campaign_id === "string";
}

/** @param {unknown} value @param {number} size */
const isHex = (value, size) => typeof value === "string" && value.length === size && /^[0-9a-f]*$/.test(value);
