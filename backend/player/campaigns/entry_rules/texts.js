/** What the rules say of who may take part in a campaign. */

import { translator } from "../../core/i18n.js";

export const TEXTS = {
  entry_account: { zh: "需要有账号", en: "For who has an account" },
  entry_account_since: { zh: "账号须注册满 {minutes} 分钟", en: "For accounts of at least {minutes} min" },
  entry_phone: { zh: "每个手机号一次：地址簿里要有手机号", en: "One a phone: have yours in your address book" },
  entry_network: { zh: "同一网络最多 {most} 人", en: "At most {most} people on one network" },
};

export const { t } = translator(TEXTS);
