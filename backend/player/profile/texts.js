/** What stands around the room's notice. */

import { translator } from "../core/i18n.js";

export const TEXTS = {
  notice: { zh: "公告", en: "Notice" },
  notice_open: { zh: "展开公告", en: "Show the whole notice" },
  notice_close: { zh: "收起公告", en: "Show less of the notice" },
};

export const { t, label, translate } = translator(TEXTS);
