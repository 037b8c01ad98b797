/** What the law wants to be said: duties, taxes by rate, withdrawal. */

export const TEXTS = {
  duty_amount: { zh: "确认下单并承担付款义务 {amount}", en: "Order with obligation to pay {amount}" },
  changed_duty: { zh: "按新价下单并承担付款义务 {amount}", en: "Order with obligation to pay the new {amount}" },
  tax_rate: { zh: "其中税费 {rate}", en: "Tax included, {rate}" },
  tax_rate_net: { zh: "含税货款 {amount}", en: "of goods for {amount}" },
  withdrawal: { zh: "撤回合同", en: "Withdraw from the contract" },
  withdrawal_open: { zh: "在此撤回合同", en: "Withdraw from the contract" },
  withdrawal_what: { zh: "撤回哪些商品", en: "From which goods" },
  withdrawal_who: { zh: "声明", en: "Your statement" },
  withdrawal_words: { zh: "我（{name}）撤回订单 {number} 中以下商品的购买合同。", en: "I, {name}, withdraw from the contract of order {number} for these goods." },
  withdrawal_hint: { zh: "收货后 14 天内撤回，不必说明理由。", en: "Within 14 days of delivery, without giving a reason." },
  withdrawal_shipping: { zh: "按实付计算；整单撤回时，运费一并退还", en: "From what you paid; with the whole order, shipping too" },
  withdrawal_next: { zh: "下一步", en: "Continue" },
  withdrawal_sure: { zh: "请确认：确认后声明立即送达店铺，您会得到回执。", en: "Please confirm: your statement reaches the shop at once, and you get a receipt." },
  withdrawal_back: { zh: "返回修改", en: "Change it" },
  withdrawal_do: { zh: "确认撤回", en: "Confirm the withdrawal" },
  withdrawal_reason: { zh: "撤回合同", en: "Withdrawal from the contract" },
  withdrawal_none: { zh: "请至少选择一件商品", en: "Choose at least one piece." },
  withdrawal_received: { zh: "撤回声明已于 {time} 送达店铺，本页即回执，可以打印或存为 PDF。", en: "Your withdrawal reached the shop at {time}. This page is the receipt: print it, or keep it as a PDF." },
  case_receipt: { zh: "申请回执", en: "Receipt of your request" },
  case_receipt_print: { zh: "打印回执", en: "Print the receipt" },
};
