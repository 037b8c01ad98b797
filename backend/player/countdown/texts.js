/** What a countdown says. */

import { translator } from "../core/i18n.js";

export const TEXTS = {
  countdown: { zh: "倒计时", en: "Countdown" },
  countdown_left: { zh: "{title}：还剩 {seconds} 秒", en: "{title}: {seconds} s left" },
  countdown_over: { zh: "时间到", en: "Time's up" },
};

export const { t, label, translate } = translator(TEXTS);
