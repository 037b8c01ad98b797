/** Every text of the player, in Chinese and English; the language in use is the document's `lang`. */

/** @typedef {"zh" | "en"} Language */
/** @typedef {keyof typeof TEXTS} TextKey */

export const TEXTS = {
  phase_preview: { zh: "未开播", en: "Soon" },
  phase_live: { zh: "直播中", en: "LIVE" },
  phase_paused: { zh: "暂停中", en: "Paused" },
  phase_ended: { zh: "已结束", en: "Ended" },

  slate_loading_title: { zh: "正在进入直播间", en: "Joining the live" },
  slate_loading_hint: { zh: "", en: "" },
  slate_returning_title: { zh: "正在恢复画面", en: "Getting the picture back" },
  slate_returning_hint: { zh: "网络有点慢，不用刷新", en: "The line is slow. No need to reload." },
  slate_preview_title: { zh: "直播即将开始", en: "Starting soon" },
  slate_preview_hint: { zh: "停在这里，开播后自动播放", en: "Stay here: it plays by itself when the host goes live." },
  slate_paused_title: { zh: "主播马上回来", en: "The host will be right back" },
  slate_paused_hint: { zh: "休息一下，精彩继续", en: "A short break. Stay with us." },
  slate_lost_title: { zh: "主播马上回来", en: "The host will be right back" },
  slate_lost_hint: { zh: "主播的画面断开了，恢复后自动播放", en: "The host's line was cut. It plays on by itself." },
  slate_ended_title: { zh: "直播已结束", en: "This live has ended" },
  slate_ended_hint: { zh: "感谢观看，下次再见", en: "Thank you for watching. See you next time." },
  slate_unreachable_title: { zh: "画面暂时连不上", en: "The picture does not get through" },
  slate_unreachable_hint: {
    zh: "正在重试。如果一直不行，当前网络可能拦截了 UDP，请换个网络",
    en: "Trying again. If it stays so, this network may block UDP: try another one.",
  },
  slate_unsupported_title: { zh: "浏览器不支持播放", en: "This browser cannot play the live" },
  slate_unsupported_hint: { zh: "请用新版 Chrome、Edge、Safari 或 Firefox", en: "Use a recent Chrome, Edge, Safari or Firefox." },
  slate_no_room_title: { zh: "没有这个直播间", en: "There is no such room" },
  slate_no_room_hint: { zh: "请核对链接是否完整", en: "Check that the link is complete." },
  slate_outdated_title: { zh: "页面需要更新", en: "This page is out of date" },
  slate_outdated_hint: { zh: "请刷新页面", en: "Reload it to go on." },

  connection_lost: { zh: "连接断开，正在重连…", en: "Connection lost. Reconnecting…" },
  viewers: { zh: "{count} 人在看", en: "{count} watching" },
  host_fallback: { zh: "直播间", en: "Live room" },

  unmute_prompt: { zh: "点击开启声音", en: "Tap for sound" },
  mute: { zh: "静音", en: "Mute" },
  unmute: { zh: "打开声音", en: "Sound on" },
  fullscreen: { zh: "全屏", en: "Full screen" },
  fullscreen_leave: { zh: "退出全屏", en: "Leave full screen" },
  video_label: { zh: "直播画面", en: "Live picture" },
  controls_label: { zh: "播放控制", en: "Playback" },

  card_explaining: { zh: "讲解中", en: "Featured now" },
  card_number: { zh: "{number}号", en: "No. {number}" },
  card_stock: { zh: "库存 {count} 件", en: "{count} in stock" },
  card_stock_low: { zh: "仅剩 {count} 件", en: "Only {count} left" },
  card_sold_out: { zh: "已售罄", en: "Sold out" },
  card_close: { zh: "收起商品卡", en: "Close the card" },
  card_announcement: { zh: "主播正在讲解{number}号：{title}，{price}", en: "Featured now, number {number}: {title}, {price}" },
  card_market_price: { zh: "市场价 {price}", en: "List price {price}" },

  quality_open: { zh: "播放质量：{quality}，查看详情", en: "Playback quality: {quality}. Show details" },
  quality_good: { zh: "流畅", en: "smooth" },
  quality_fair: { zh: "一般", en: "fair" },
  quality_poor: { zh: "卡顿", en: "poor" },
  quality_latency: { zh: "延迟", en: "Latency" },
  quality_latency_measured: { zh: "主播发出到画面播出，实测", en: "From the host's studio to your screen, measured" },
  quality_latency_estimated: { zh: "缓冲与网络，估算", en: "Buffer and network, estimated" },
  quality_latency_unknown: { zh: "正在测量", en: "Measuring" },
  quality_picture: { zh: "画面", en: "Picture" },
  quality_bitrate: { zh: "码率", en: "Bitrate" },
  quality_loss: { zh: "丢包", en: "Loss" },
  quality_rtt: { zh: "往返", en: "Round trip" },
  quality_freezes: { zh: "卡顿次数", en: "Freezes" },
};

/**
 * The first language of the browser's that the player speaks; English where it speaks none.
 * @param {readonly string[]} preferred BCP 47 tags, best first
 * @returns {Language}
 */
export function pickLanguage(preferred) {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split("-")[0];
    if (language === "zh" || language === "en") return language;
  }
  return "en";
}

/** @returns {Language} */
export const language = () => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");

/**
 * A text in the document's language, with `{name}` replaced.
 * @param {TextKey} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  return TEXTS[key][language()].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Fill in every text that the document names: `data-text` its content, `data-label` its accessible name and hint.
 * @param {ParentNode} root
 */
export function translate(root) {
  for (const element of root.querySelectorAll("[data-text]")) {
    element.textContent = t(/** @type {TextKey} */ (element.getAttribute("data-text")));
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    label(element, /** @type {TextKey} */ (element.getAttribute("data-label")));
  }
}

/**
 * Give an element its accessible name, and the same as a hint for the pointer where it is a button.
 * @param {Element} element
 * @param {TextKey} key
 */
export function label(element, key) {
  element.setAttribute("aria-label", t(key));
  if (element instanceof HTMLButtonElement) element.title = t(key);
}
