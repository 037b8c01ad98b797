/** What the account's sheet says; loaded when it is opened. */

import { translator } from "../core/i18n.js";
import { SHARED } from "../core/shared-texts.js";
import { TEXTS as CLOSED } from "./texts.js";

export const TEXTS = {
  account_busy: { zh: "请稍候…", en: "One moment…" },
  account_wait: { zh: "{seconds} 秒后可再试", en: "Try again in {seconds} s" },
  account_name: { zh: "名字", en: "Name" },
  account_name_new: { zh: "名字，聊天里也显示它", en: "Name, shown in the chat too" },
  sign_in_hint: {
    zh: "登录后换成账号的关注和金币，游客的不合并",
    en: "You go on with the account's follows, coins and name. What you have as a guest is not merged.",
  },
  sign_in_instead: { zh: "已有账号？去登录", en: "Have an account? Sign in" },
  sign_up: { zh: "注册账号", en: "Create an account" },
  sign_up_hint: { zh: "现在的关注和金币都会留在账号里", en: "What you follow and your coins stay with you." },
  sign_up_instead: { zh: "没有账号？注册一个", en: "No account yet? Create one" },
  sign_out: { zh: "退出登录", en: "Sign out" },
  back: { zh: "返回", en: "Back" },
  password: { zh: "密码", en: "Password" },
  password_old: { zh: "当前密码", en: "Current password" },
  password_new: { zh: "新密码，8 到 128 个字符", en: "New password, 8 to 128 characters" },
  password_chosen: { zh: "密码，8 到 128 个字符", en: "Password, 8 to 128 characters" },
  password_show: { zh: "显示密码", en: "Show the password" },
  password_change: { zh: "修改密码", en: "Change the password" },
  password_change_hint: { zh: "改好后，其他设备都要重新登录", en: "All your other devices will have to sign in again." },
  password_changed: { zh: "密码已修改，其他设备都要重新登录", en: "Password changed. All your other devices must sign in again." },
  fault_name_missing: { zh: "请填写名字，1 到 20 个字", en: "Enter a name of 1 to 20 characters." },
  fault_name_long: { zh: "名字有 {count} 个字，最多 20 个，请改短些", en: "The name has {count} characters. Shorten it to 20." },
  fault_name_unreadable: { zh: "这个名字显示不出来，请换一个", en: "Nothing of this name can be shown. Choose another one." },
  fault_name_taken: {
    zh: "这个名字不能用：已有人用、被保留或太像别人的。请换一个；如果是你的，请登录",
    en: "This name is not available: taken, reserved, or too much like another. Choose another one, or sign in if it is yours.",
  },
  fault_password_missing: { zh: "请填写密码", en: "Enter a password." },
  fault_password_short: { zh: "密码只有 {count} 个字符，至少要 8 个", en: "{count} so far: a password has at least 8 characters." },
  fault_password_long: { zh: "密码有 {count} 个字符，最多 128 个", en: "The password has {count} characters. Shorten it to 128." },
  fault_password_same: { zh: "和当前密码一样，请换一个", en: "This is your current password. Choose another one." },
  fault_password_wrong: { zh: "当前密码不对，请检查后再试", en: "This is not your current password. Check it and try again." },
  fault_password_refused: { zh: "直播间不收这个密码，请换一个", en: "The room does not take this password. Choose another one." },
  fault_wrong: { zh: "名字或密码不对，请检查后再试", en: "Name or password is wrong. Check both and try again." },
  fault_staff: { zh: "账号是给观众用的；主播和助理请用自己的链接进来", en: "Accounts are for viewers. Staff come in by their own link." },
  fault_too_often: { zh: "试得太频繁了，请等 {seconds} 秒再试", en: "Too many tries. Wait {seconds} s, then try again." },
  fault_crowded: { zh: "现在登录的人太多，请等 {seconds} 秒再试", en: "Many sign in just now. Wait {seconds} s, then try again." },
  fault_unreachable: { zh: "网络断开了，没有成功。请检查网络后再试", en: "No connection. Check it and try again." },
  fault_failed: { zh: "直播间出了问题，没有成功。请稍后再试", en: "Something failed in the room. Try again in a moment." },
  fault_reentered: { zh: "刚才和直播间断开了，现在已重新进入，请再试一次", en: "The room had lost you and has let you in again. Try once more." },
  fault_signed_out: { zh: "你已退出登录，请重新登录", en: "You were signed out. Sign in again." },
};

export const { t, label, translate } = translator({ ...SHARED, ...CLOSED, ...TEXTS });
