/** What the account says while its sheet is closed. */

import { translator } from "../core/i18n.js";
import { SHARED } from "../core/shared-texts.js";

export const TEXTS = {
  account: { zh: "账号", en: "Account" },
  account_why: { zh: "登录后，换设备也有关注和金币", en: "Keep follows, coins and name on all your devices" },
  account_open: { zh: "登录 / 注册", en: "Sign in" },
  account_who: { zh: "已登录：{name}", en: "Signed in as {name}" },
  account_ended: {
    zh: "{name} 在这里已退出登录：密码改过，或登录过期了",
    en: "{name} was signed out here: the password was changed, or the sign-in ran out.",
  },
  account_unloaded: { zh: "没有加载出来，请再试一次", en: "It did not load. Try again." },
  sign_in: { zh: "登录", en: "Sign in" },
  signed_out: { zh: "已退出登录", en: "Signed out" },
};

export const { t, label, translate } = translator({ ...SHARED, ...TEXTS });
