/** What a viewer has of a campaign and does for it, as all kinds ask the shop and the room. */

/** @import { MyPart } from "../core/protocol.js" */
/** @import { Tools } from "../core/feature.js" */

import { below } from "../core/dom.js";
import { refusalText } from "../core/rejections.js";

/** @param {Tools | null} tools @param {string} campaign_id @returns {Promise<MyPart | null>} null where there is no answer */
export async function readPart(tools, campaign_id) {
  try {
    const headers = { Authorization: `Bearer ${tools?.token()}` };
    const response = await fetch(below(`/api/v1/campaigns/${encodeURIComponent(campaign_id)}/my-part`), { headers, cache: "no-store" });
    return response.ok ? /** @type {MyPart} */ (await response.json()) : null;
  } catch {
    return null;
  }
}

/** Follow the host, as a campaign asks for it. @param {Tools | null} tools @returns {Promise<string>} why it did not work; empty where it did */
export async function followHost(tools) {
  const answer = await tools?.act({ type: "follow" });
  return answer === undefined || answer.type === "accepted" ? "" : refusalText(answer);
}

/** What a viewer is told about what they did: it counts as long as the campaign is where it was. */
export class Told {
  #text = "";
  #at = "";

  /** @param {string} text empty for nothing @param {string} at where the campaign is */
  say(text, at) {
    [this.#text, this.#at] = [text, at];
  }

  /** @param {string} at where the campaign is now */
  read(at) {
    return at === this.#at ? this.#text : "";
  }
}
