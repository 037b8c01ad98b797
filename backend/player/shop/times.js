/** Times as the shop writes them. */

import { language } from "../core/i18n.js";

const DAY_MS = 86_400_000;

/** The time of day: 15:24. @param {number} at_ms */
export const clockTime = (at_ms) => format(at_ms, { hour: "2-digit", minute: "2-digit", hour12: false });

/** The day and the time, the day left out where it is today. @param {number} at_ms @param {number} now_ms */
export function dayTime(at_ms, now_ms) {
  if (Math.abs(now_ms - at_ms) < DAY_MS && new Date(at_ms).getDate() === new Date(now_ms).getDate()) return clockTime(at_ms);
  return format(at_ms, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
}

/** The whole date and time, for what is kept. @param {number} at_ms */
export const fullDate = (at_ms) => format(at_ms, { dateStyle: "long", timeStyle: "short" });

/** What is left of a time: 14:32, 2:05:00 from an hour on. @param {number} ms */
export function leftText(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const tail = `${two(minutes % 60)}:${two(seconds % 60)}`;
  return minutes < 60 ? tail : `${Math.floor(minutes / 60)}:${tail}`;
}

/** @param {number} at_ms @param {Intl.DateTimeFormatOptions} how */
const format = (at_ms, how) => new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", how).format(at_ms);

/** @param {number} value */
const two = (value) => String(value).padStart(2, "0");
