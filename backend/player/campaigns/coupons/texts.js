/** What is said of coupons in the room. */

import { translator } from "../../core/i18n.js";

export const TEXTS = {
  coupon: { zh: "优惠券", en: "Coupon" },
  coupon_close: { zh: "收起优惠券", en: "Put the coupon away" },
  coupon_all: { zh: "全部优惠券（{count}）", en: "All coupons ({count})" },
  worth_percent: { zh: "{worth} 折", en: "{worth}% off" },
  worth_free: { zh: "免单", en: "Free" },
  worth_from: { zh: "满 {price} 可用", en: "From {price}" },
  worth_any: { zh: "无门槛", en: "No minimum" },
  worth_cap: { zh: "最多减 {price}", en: "{price} at most" },
  left_none: { zh: "已领完", en: "All given out" },
  left_few: { zh: "仅剩 {count} 张", en: "Only {count} left" },
  left_many: { zh: "还剩 {count}+ 张", en: "{count}+ left" },
  claim: { zh: "领取", en: "Claim" },
  claim_follow: { zh: "关注并领", en: "Follow & claim" },
  claim_account: { zh: "登录后领", en: "Sign in" },
  claim_gone: { zh: "领完", en: "Gone" },
  claiming: { zh: "领取中…", en: "Claiming…" },
  claimed: { zh: "已领取", en: "Claimed" },
  claimed_hint: { zh: "结算时自动用最优的一张", en: "The checkout takes the best one by itself" },
  condition_follow: { zh: "关注后领取", en: "For followers" },
  condition_watch: { zh: "看满 {minutes} 分钟领取", en: "Watch {minutes} min" },
  condition_watch_s: { zh: "看满 {seconds} 秒领取", en: "Watch {seconds} s" },
  condition_account: { zh: "有账号的观众可领", en: "For viewers with an account" },
  announced: { zh: "主播发券：{title}，{worth}", en: "A coupon: {title}, {worth}" },
  announced_claimed: { zh: "已领取「{title}」", en: "{title} is yours" },
};

export const { t, label, translate } = translator(TEXTS);
