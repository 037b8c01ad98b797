/** What the audience does besides chatting and giving, put together. */

/** @import { Panel, Tools } from "../core/feature.js" */

import { equipWith } from "../core/feature.js";
import { place } from "../core/markup.js";
import { AssistNote } from "./assist-note.js";
import { FollowButton } from "./follow-button.js";
import { LikeButton } from "./like-button.js";
import { MoreSheet } from "./more-sheet.js";
import { PollCard } from "./poll-card.js";
import { ShareSheet } from "./share-sheet.js";

/**
 * `more` leads to the account, too.
 * @param {Tools} tools
 * @returns {{ more: MoreSheet, panels: Panel[] }}
 */
export function startAudience(tools) {
  place("share-sheet", ShareSheet);
  place("assist-note", AssistNote);
  const equip = equipWith(tools);
  const more = equip("more-sheet", MoreSheet);
  const panels = [
    equip("follow-button", FollowButton),
    equip("like-button", LikeButton),
    equip("poll-card", PollCard),
    more,
  ];
  return { more, panels };
}
