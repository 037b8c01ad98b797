/** What a flash sale says. */

import { translator } from "../../core/i18n.js";

export const TEXTS = {
  flash: { zh: "限时秒杀", en: "Flash sale" },
  flash_starts: { zh: "距开抢", en: "Starts in" },
  flash_ends: { zh: "距结束", en: "Ends in" },
  flash_over: { zh: "已结束", en: "Over" },
  flash_gone: { zh: "秒杀已抢完", en: "All flash units are taken" },
  flash_gone_hint: { zh: "未付款的会放回来，到结束为止", en: "Units that are not paid come back until the end." },
  flash_left: { zh: "还剩 {left} 件，共 {quota} 件", en: "{left} of {quota} left" },
  flash_limit: { zh: "每人限 {count} 件", en: "{count} for each buyer" },
  flash_five_minutes: { zh: "抢到后 5 分钟内付款", en: "5 minutes to pay" },
  flash_held: { zh: "抢到后为你保留 5 分钟，请在此之前付款", en: "It is kept for you for 5 minutes. Pay within that time." },
  flash_hint: { zh: "打开收银台完成付款，秒杀件保留 5 分钟", en: "Opens the cashier. The flash units are kept for 5 minutes." },
  flash_one_start: { zh: "按服务器时间开始，所有人同一刻解锁", en: "It opens by the server's time, for everybody at once." },
  flash_get_ready: { zh: "准备", en: "Get ready" },
  flash_prepare: { zh: "准备抢购 {price}", en: "Get ready for {price}" },
  flash_opens: { zh: "{time} 后开抢", en: "Opens in {time}" },
  flash_grab: { zh: "立即抢购 {amount}", en: "Get it for {amount}" },
  flash_buy: { zh: "抢购", en: "Get it" },
  flash_announced: { zh: "{title} 秒杀 {price}，{seconds} 秒后开抢", en: "Flash sale of {title} at {price}: it opens in {seconds} s" },
  flash_opened: { zh: "{title} 开抢了，秒杀价 {price}", en: "The flash sale of {title} is open: {price}" },
  flash_not_open: { zh: "早了 {time}，秒杀还没开始", en: "{time} too early: the flash sale has not begun" },
  flash_late: { zh: "晚了 {time}，秒杀已经结束", en: "{time} too late: the flash sale is over" },
  flash_sold_out: { zh: "被抢完了，其他人比你快了一步", en: "Others were faster: all flash units are taken" },
  flash_few: { zh: "秒杀只剩 {left} 件了", en: "Only {left} flash units are left" },
  flash_limit_reached: { zh: "这场秒杀每人限购 {limit} 件（同账号、电话、地址）", en: "Each buyer gets {limit} of this sale, counted by account, phone and address" },
  flash_usual: { zh: "没有扣款。下面是现在的价格，要买请确认", en: "No money has moved. This is what it costs now, if you still want it." },
};

export const { t, label, translate } = translator(TEXTS);
