/** What is said about goods that were won. */

import { translator } from "../../core/i18n.js";

export const TEXTS = {
  prize: { zh: "领取奖品", en: "Claim your prize" },
  prize_worth: { zh: "价值 {price}", en: "Worth {price}" },
  prize_free: { zh: "免费，包邮", en: "Free, shipping included" },
  prize_until: { zh: "请在 {time} 前确认地址，逾期奖品归下一位。", en: "Confirm where it goes before {time}, or the next one gets it." },
  prize_claim: { zh: "确认收货地址，免费", en: "Confirm address, free" },
  prize_claiming: { zh: "正在确认…", en: "Confirming…" },
  prize_address: { zh: "填写收货地址", en: "Add an address" },
  prize_order: { zh: "查看订单", en: "See the order" },
  prize_claimed: { zh: "地址已确认，等待发货。", en: "Your address is confirmed. It will be sent." },
  prize_passed_on: { zh: "没有在期限内确认地址，奖品已归下一位。", en: "The address was not confirmed in time: the next one has it." },
  prize_lapsed: { zh: "没有在期限内确认地址，奖品已退回。", en: "The address was not confirmed in time: the prize went back." },
  prize_given_up: { zh: "订单已取消，奖品已退回。", en: "The order was cancelled: the prize went back." },
  prize_late: { zh: "已过领奖期限。", en: "It is too late to claim it." },
  prize_unsure: { zh: "没有收到答复，请再试一次；奖品只会寄出一份。", en: "No answer came. Try again: only one is sent." },
  prize_failed: { zh: "现在看不到奖品，稍后再来。", en: "The prize does not come through now. Try again later." },
  prize_back: { zh: "返回", en: "Back" },
  prizes_waiting: { zh: "待领取的奖品", en: "Prizes to claim" },
  prizes_claim: { zh: "去领奖", en: "Claim" },
  prizes_until: { zh: "{time} 前有效", en: "Until {time}" },
};

export const { t } = translator(TEXTS);
