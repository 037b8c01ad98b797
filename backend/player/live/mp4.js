/** What the player reads of fragmented MP4 (ISO/IEC 14496-12): which codecs an init segment needs, and the time of day of a fragment. */

/** @param {Uint8Array} data @param {number} at */
const kindAt = (data, at) => String.fromCharCode(...data.subarray(at, at + 4));

/** @param {Uint8Array} data */
export const isInit = (data) => kindAt(data, 4) === "ftyp";

/** The MIME type of an init segment (RFC 6381): profile, constraints and level stand at the begin of `avcC`. @param {Uint8Array} init */
export function codecsOf(init) {
  for (let at = 4; at < init.length - 8; at += 1) {
    if (kindAt(init, at) !== "avcC") continue;
    const level = [...init.subarray(at + 5, at + 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `video/mp4; codecs="avc1.${level},mp4a.40.2"`;
  }
  return "";
}

/**
 * What `prft` at a fragment's begin says (§8.16.5): a time of day, in ms since 1900, and its place in the video track, in seconds.
 * @param {Uint8Array} fragment
 */
export function referenceOf(fragment) {
  if (fragment.length < 32 || kindAt(fragment, 4) !== "prft") return null;
  const view = new DataView(fragment.buffer, fragment.byteOffset);
  const day_ms = (view.getUint32(16) + view.getUint32(20) / 2 ** 32) * 1000;
  return { day_ms, at_s: Number(view.getBigUint64(24)) / 90_000 };
}
