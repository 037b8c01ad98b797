/** What gifts say. */

import { translator } from "../core/i18n.js";
import { SHARED } from "../core/shared-texts.js";

export const TEXTS = {
  gift_open: { zh: "送礼物", en: "Send a gift" },
  gift_choose: { zh: "选择礼物", en: "Choose a gift" },
  gift_count: { zh: "数量", en: "How many" },
  gift_balance: { zh: "余额 {coins}", en: "You have {coins}" },
  gift_top_up: { zh: "充值", en: "Buy coins" },
  gift_too_dear: { zh: "金币不够，去充值", en: "Not enough: buy coins" },
  gift_claim: { zh: "领 {count} 体验金币", en: "Get {count} demo coins" },
  gift_claimed: { zh: "体验金币已到账", en: "The demo coins are yours" },
  gift_send: { zh: "送出 · {coins}", en: "Send · {coins}" },
  gift_words: { zh: "附一句话，随礼物送到每个人面前", en: "Words with it, for everybody to see" },
  gift_button: { zh: "{gift}，{coins}", en: "{gift}, {coins}" },
  gift_waiting: { zh: "网络断开，连上后自动补发，只扣一次", en: "No connection: sent when it is back, and paid once" },
  gift_sent_late: { zh: "已补发 {gift} ×{count}", en: "Sent now: {gift} ×{count}" },
  gift_refused: { zh: "{gift}没有送出，未扣金币：{reason}", en: "{gift} not sent, no coins taken: {reason}" },
  gift_dropped: { zh: "身份变了，没送出的礼物不再补发", en: "You are somebody else now: gifts that waited are dropped" },
  gift_unreachable: { zh: "礼物没有加载出来，请关闭后再试", en: "The gifts did not load. Close this and try again." },
  gift_again: { zh: "再送 {gift} ×{count}", en: "Send {gift} ×{count} again" },
  gift_combo: { zh: "连送", en: "Again" },
  gift_by: { zh: "送出{gift}", en: "sent {gift}" },
  gift_line: { zh: "{name} 送出 {gift} ×{count}", en: "{name} sent {gift} ×{count}" },
  ranking: { zh: "贡献榜", en: "Top supporters" },
  ranking_open: { zh: "贡献榜，第一名 {name}", en: "Top supporters, first {name}" },
  ranking_you: { zh: "我本场送出 {coins}", en: "You gave {coins} in this live" },
};

export const { t, label, translate } = translator({ ...SHARED, ...TEXTS });
