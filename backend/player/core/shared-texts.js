/** What several features say: a sheet's button, coins, and why the room refused something. */

import { translator } from "./i18n.js";

export const SHARED = {
  refusal_muted: { zh: "你已被禁言", en: "You are muted" },
  refusal_blocked: { zh: "你已被移出直播间", en: "You were put out of this room" },
  refusal_chat_paused: { zh: "主播暂停了聊天", en: "The host paused the chat" },
  refusal_followers_only: { zh: "关注主播后才能发言", en: "Only followers may write" },
  refusal_accounts_only: { zh: "主播只允许有账号的观众这样做：请登录或注册", en: "The host asks for an account here: sign in, or create one" },
  refusal_slow_mode: { zh: "慢速模式，请稍候再发", en: "Slow mode: wait a moment" },
  refusal_too_fast: { zh: "太快了，请稍等一下", en: "Too fast: wait a moment" },
  refusal_links_off: { zh: "这里不能发链接", en: "No links here" },
  refusal_blocked_word: { zh: "含有屏蔽词", en: "It has a blocked word" },
  refusal_name_unavailable: { zh: "这个名字属于别人或被保留，请换一个", en: "This name is another's or reserved. Choose another one" },
  refusal_empty: { zh: "没有可显示的文字", en: "Nothing readable in it" },
  refusal_too_long: { zh: "最多 100 个字", en: "100 characters at most" },
  refusal_not_live: { zh: "现在没有直播", en: "Nothing is live now" },
  refusal_unknown_gift: { zh: "没有这个礼物", en: "There is no such gift" },
  refusal_unavailable: { zh: "直播间正在恢复，请稍后再试", en: "The room is recovering: try again in a moment" },
  refusal_other: { zh: "没有成功，请再试一次", en: "That did not work: try again" },
  refusal_lost: { zh: "网络断开，没有发出", en: "No connection: not sent" },
  hindrance_muted: { zh: "你已被禁言，还有 {time}", en: "You are muted, {time} left" },
  hindrance_muted_live: { zh: "你在本场直播中被禁言", en: "You are muted for this live" },
  coins: { zh: "{count} 金币", en: "{count} coins" },
  coin: { zh: "{count} 金币", en: "{count} coin" },
  refusal_not_enough_coins: { zh: "金币不够", en: "Not enough coins" },
  person_erased: { zh: "已注销用户", en: "Deleted user" },
  refusal_age_unconfirmed: { zh: "要先确认年龄", en: "Confirm your age first" },
  age_title: { zh: "确认年龄", en: "How old are you?" },
  age_text: { zh: "金币要花真钱，所以购买和赠送都须年满 {age} 周岁。只问一次。", en: "Coins cost real money, so buying and giving them is for people of {age} and over. You are asked once." },
  age_yes: { zh: "我已年满 {age} 周岁", en: "I am {age} or older" },
  age_no: { zh: "我未满 {age} 周岁", en: "I am under {age}" },
  age_minor: { zh: "未成年人不能充值，也不能送礼。看直播、聊天不受影响。", en: "Under that age you can neither buy coins nor give gifts. Watching and chatting stay as they are." },
  close: { zh: "关闭", en: "Close" },
};

export const { t, label, translate } = translator(SHARED);
