/** One line of the chat as an element. All of its content is set as text, the host's too. */

/** @import { Role } from "../core/protocol.js" */
/** @import { Line } from "./chat-log.js" */

import { coinText } from "../core/coins.js";
import { nameOf } from "../core/person-name.js";
import { refusalText } from "../core/rejections.js";
import { t } from "./texts.js";

/**
 * @param {Line} line
 * @returns {HTMLLIElement}
 */
export function lineElement(line) {
  const item = document.createElement("li");
  item.className = "line";
  item.tabIndex = -1;
  item.dataset["key"] = line.key;
  if (line.danmu_id !== null) item.dataset["danmu"] = String(line.danmu_id);
  item.dataset["state"] = line.state;
  item.dataset["role"] = line.author.role;
  if (line.is_own) item.dataset["own"] = "";
  if (line.coins) item.dataset["paid"] = "";
  if (line.author.role !== "viewer") item.append(badge(line.author.role));
  if (line.key.startsWith("question-")) item.append(part("line__question", t("chat_asked", { question: line.reply_to })));
  else item.append(part("line__name", nameOf(line.author)));
  if (line.coins) item.append(part("line__coins", coinText(line.coins)));
  if (line.reply_to && line.danmu_id !== null) item.append(part("line__reply", `@${line.reply_to}`));
  item.append(part("line__text", line.text));
  if (line.state === "pending") item.append(part("line__note", t("chat_pending")));
  if (line.state === "failed" && line.answer) item.append(part("line__note", refusalText(line.answer)), retry());
  return item;
}

/** @param {Role} role */
export function badge(role) {
  const element = part("badge", t(role === "host" ? "badge_host" : "badge_assistant"));
  element.dataset["role"] = role;
  return element;
}

/** @param {string} className @param {string} text */
function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

function retry() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "line__retry";
  button.textContent = t("chat_retry");
  return button;
}
