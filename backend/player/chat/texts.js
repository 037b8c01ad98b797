/** What the chat and the danmu say. */

import { translator } from "../core/i18n.js";
import { SHARED } from "../core/shared-texts.js";

export const TEXTS = {
  chat_title: { zh: "聊天", en: "Chat" },
  chat_list_label: { zh: "聊天消息：上下键选择，回车回复", en: "Messages: arrow keys choose, Enter replies" },
  chat_empty: { zh: "还没有人说话，来打个招呼吧", en: "Nobody has said anything yet. Say hello!" },
  chat_newer: { zh: "有新消息", en: "New messages" },
  chat_pending: { zh: "发送中", en: "sending" },
  chat_retry: { zh: "重发", en: "Send again" },
  chat_said: { zh: "{name}：{text}", en: "{name}: {text}" },
  chat_asked: { zh: "答「{question}」", en: "On “{question}”" },
  pinned: { zh: "置顶", en: "Pinned" },
  badge_host: { zh: "主播", en: "Host" },
  badge_assistant: { zh: "助理", en: "Staff" },
  entered: { zh: "{names} 来了", en: "{names} joined" },
  list_comma: { zh: "、", en: ", " },
  you: { zh: "我", en: "You" },
  say_something: { zh: "说点什么…", en: "Chat…" },
  send: { zh: "发送", en: "Send" },
  emoji: { zh: "表情", en: "Emoji" },
  reply_to: { zh: "回复 {name}", en: "Reply to {name}" },
  reply_cancel: { zh: "取消回复", en: "Do not reply" },
  slow_mode: { zh: "慢速模式：每 {seconds} 秒一条", en: "Slow mode: one message every {seconds} s" },
  retry_in: { zh: "（{time}）", en: " ({time})" },
  danmu_settings: { zh: "弹幕", en: "Comments on the picture" },
  danmu_on: { zh: "显示弹幕", en: "Show them" },
  danmu_size: { zh: "大小", en: "Size" },
  danmu_small: { zh: "小", en: "Small" },
  danmu_medium: { zh: "中", en: "Medium" },
  danmu_large: { zh: "大", en: "Large" },
  danmu_density: { zh: "密度", en: "Density" },
  danmu_few: { zh: "少", en: "Few" },
  danmu_half: { zh: "适中", en: "Some" },
  danmu_many: { zh: "多", en: "Many" },
  danmu_opacity: { zh: "不透明度", en: "Opacity" },
};

export const { t, label, translate } = translator({ ...SHARED, ...TEXTS });
