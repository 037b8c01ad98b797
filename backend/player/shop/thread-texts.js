/** What buyer and shop say around what they write to each other. */

export const TEXTS = {
  thread: { zh: "联系商家", en: "Messages with the shop" },
  thread_unread: { zh: "联系商家，{count} 条未读", en: "Messages with the shop, {count} unread" },
  thread_new: { zh: "{count} 条新留言", en: "{count} new" },
  orders_unread: { zh: "我的订单，有新留言", en: "My orders, new messages" },
  thread_empty: { zh: "还没有留言", en: "No messages yet" },
  thread_empty_hint: { zh: "关于这张订单，有什么想问的可以写在这里", en: "Ask the shop anything about this order." },
  thread_older: { zh: "更早的留言", en: "Earlier messages" },
  thread_field: { zh: "写给商家", en: "Write to the shop" },
  thread_send: { zh: "发送", en: "Send" },
  thread_shop: { zh: "商家", en: "Shop" },
  thread_me: { zh: "我", en: "You" },
  thread_too_fast: { zh: "写得太快了，请稍等一会儿再发", en: "You wrote a lot just now. Wait a moment, then send." },
  thread_full: { zh: "这张订单不能再留言了", en: "This order takes no more messages." },
  thread_refused: { zh: "没有发出，请改一改再发", en: "Not sent. Change it, and send again." },
  thread_offline: { zh: "网络断开，连上后可以继续留言", en: "You are offline. You can write once the network is back." },
};
