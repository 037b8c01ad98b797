/** Both of the player's languages: how a part of it says its texts, and the texts that stand before the first frame. */

/** @typedef {"zh" | "en"} Language */
/** @typedef {{ zh: string, en: string }} Text */

/** What stands before the first frame: the slates, the header and the controls. */
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
  slate_sound_title: { zh: "只有声音", en: "Sound only" },
  slate_sound_hint: { zh: "画面还没有传来，来了会自动显示", en: "No picture comes through. It shows by itself when it does." },
  slate_no_h264_title: { zh: "浏览器缺少 H.264 解码", en: "No H.264 in this browser" },
  slate_no_h264_hint: {
    zh: "Firefox 请在“扩展 → 插件”启用 OpenH264（新装的要先下载它），再刷新；或换用 Chrome、Edge、Safari",
    en: "Firefox: turn on OpenH264 under Add-ons → Plugins (a new one downloads it first), then reload. Or use Chrome, Edge or Safari.",
  },
  slate_unsupported_title: { zh: "浏览器不支持播放", en: "This browser cannot play the live" },
  slate_unsupported_hint: { zh: "请用新版 Chrome、Edge、Safari 或 Firefox", en: "Use a recent Chrome, Edge, Safari or Firefox." },
  slate_no_room_title: { zh: "没有这个直播间", en: "There is no such room" },
  slate_no_room_hint: { zh: "请核对链接是否完整", en: "Check that the link is complete." },
  slate_outdated_title: { zh: "页面需要更新", en: "This page is out of date" },
  slate_outdated_hint: { zh: "请刷新页面", en: "Reload it to go on." },
  slate_blocked_title: { zh: "你已被移出直播间", en: "You were put out of this room" },
  slate_blocked_hint: { zh: "主播不再让你进入", en: "The host does not let you in any more." },
  slate_held_back_title: { zh: "请稍等再进入", en: "Wait a moment to come in" },
  slate_held_back_hint: {
    zh: "你所在的网络刚有人被移出直播间，新来的访客要等到 {time}；到时会自动进入，不用刷新",
    en: "Somebody on your network was just put out, so new guests wait until {time}. Then it goes on by itself; no need to reload.",
  },

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
  chat_label: { zh: "聊天与互动", en: "Chat and more" },
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

/** The language in use is the document's `lang`. @returns {Language} */
export const language = () => (document.documentElement.lang.startsWith("zh") ? "zh" : "en");

/**
 * The functions by which a feature shows its texts in the document's language; other keys than theirs do not type-check.
 * @template {string} Key
 * @param {Record<Key, Text>} texts
 */
export function translator(texts) {
  /**
   * A text, with `{name}` replaced.
   * @param {Key} key
   * @param {Record<string, string | number>} [values]
   */
  const t = (key, values = {}) => texts[key][language()].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

  /**
   * Give an element its accessible name, and the same as a hint for the pointer where it is a button.
   * @param {Element} element
   * @param {Key} key
   */
  const label = (element, key) => {
    element.setAttribute("aria-label", t(key));
    if (element instanceof HTMLButtonElement) element.title = t(key);
  };

  /**
   * Fill in every text that the markup names: `data-text` its content, `data-label` its accessible name and hint.
   * @param {ParentNode} root
   */
  const translate = (root) => {
    for (const element of root.querySelectorAll("[data-text]")) element.textContent = t(keyOf(element, "data-text"));
    for (const element of root.querySelectorAll("[data-label]")) label(element, keyOf(element, "data-label"));
  };

  /** @param {Element} element @param {string} name */
  const keyOf = (element, name) => /** @type {Key} */ (element.getAttribute(name));

  return { t, label, translate };
}

export const { t, label, translate } = translator(TEXTS);

/**
 * Write a count shortly where it is large: 980, 1.2万 (zh), 12.3K (en).
 * @param {number} value
 * @param {string} locale
 */
export const count = (value, locale) => new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
