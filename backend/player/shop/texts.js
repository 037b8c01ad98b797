/** What the shop says. */

import { translator } from "../core/i18n.js";

export const TEXTS = {
  card_explaining: { zh: "讲解中", en: "Featured now" },
  card_number: { zh: "{number}号", en: "No. {number}" },
  card_stock: { zh: "库存 {count} 件", en: "{count} in stock" },
  card_stock_low: { zh: "仅剩 {count} 件", en: "Only {count} left" },
  card_sold_out: { zh: "已售罄", en: "Sold out" },
  card_close: { zh: "收起商品卡", en: "Close the card" },
  card_announcement: { zh: "主播正在讲解{number}号：{title}，{price}", en: "Featured now, number {number}: {title}, {price}" },
  card_buy: { zh: "购买", en: "Buy" },
  card_look: { zh: "查看", en: "View" },
  shop: { zh: "商品", en: "Shop" },
  shop_open: { zh: "商品袋", en: "Open the shop" },
  shop_open_cart: { zh: "商品袋，购物车 {count} 件", en: "Open the shop, items in the cart: {count}" },
  shop_open_news: { zh: "{words}，商家有 {count} 条新留言", en: "{words}, new messages of the shop: {count}" },
  offer: { zh: "购买 {number}号？ {price}", en: "Buy no. {number}? {price}" },
  offer_what: { zh: "购买 {number}号，{what}？ {price}", en: "Buy no. {number}, {what}? {price}" },
  offer_close: { zh: "不购买", en: "Not now" },
  card_from: { zh: "起", en: "and up" },
  card_market_price: { zh: "市场价 {price}", en: "List price {price}" },
};

export const { t, label, translate } = translator(TEXTS);
