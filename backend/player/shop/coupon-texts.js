/** What is said of coupons. */

export const TEXTS = {
  coupon_code: { zh: "优惠码", en: "Coupon code" },
  coupon_claim: { zh: "使用", en: "Use it" },
  coupon_used: { zh: "已使用：{title}", en: "It counts: {title}" },
  coupon_kept: { zh: "已领取「{title}」，但这次用不上或已有更划算的", en: "{title} is yours. It does not count here, or another one takes off more." },
  coupon_unknown: { zh: "没有这个优惠码，请核对", en: "There is no such code. Look at it again." },
  coupon_already: { zh: "您已经领过了", en: "You have it already." },
  coupon_none_left: { zh: "已经领完了", en: "All of these were given out." },
  coupon_ended: { zh: "优惠已结束", en: "It is not given out any more." },
  coupon_not_yet: { zh: "优惠还没开始", en: "It is not given out yet." },
};
