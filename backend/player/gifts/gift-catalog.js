/** What can be given: asked for when it is first needed, and kept. */

/** @import { Gift, GiftCatalog } from "../core/protocol.js" */

import { below } from "../core/dom.js";
import { language } from "../core/i18n.js";

/** @type {Promise<Map<string, Gift>> | null} */
let asked = null;

/** All gifts by id, the cheapest first. After a failure the next call asks again. @returns {Promise<Map<string, Gift>>} */
export function loadGifts() {
  asked ??= fetchGifts().catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

/** @param {Gift} gift */
export const giftName = (gift) => (language() === "zh" ? gift.name_zh : gift.name_en);

/** @param {Gift} gift */
export function giftImage(gift) {
  const image = document.createElement("img");
  image.src = below(gift.image_url);
  image.alt = "";
  image.decoding = "async";
  image.draggable = false;
  return image;
}

async function fetchGifts() {
  const response = await fetch(below("/api/gifts"));
  if (!response.ok) throw new Error(`expected the gifts, got HTTP ${response.status}`);
  /** @type {GiftCatalog} */
  const { gifts } = await response.json();
  return new Map(gifts.map((gift) => [gift.gift_id, gift]));
}
