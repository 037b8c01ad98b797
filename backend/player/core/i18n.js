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

  chat_label: { zh: "聊天与互动", en: "Chat and more" },
  chat_title: { zh: "聊天", en: "Chat" },
  chat_list_label: { zh: "聊天消息：上下键选择，回车回复", en: "Messages: arrow keys choose, Enter replies" },
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
  refusal_muted: { zh: "你已被禁言", en: "You are muted" },
  refusal_blocked: { zh: "你已被移出直播间", en: "You were put out of this room" },
  refusal_chat_paused: { zh: "主播暂停了聊天", en: "The host paused the chat" },
  refusal_followers_only: { zh: "关注主播后才能发言", en: "Only followers may write" },
  refusal_accounts_only: { zh: "主播只允许有账号的观众这样做：请登录或注册", en: "The host asks for an account here: sign in, or create one" },
  refusal_slow_mode: { zh: "慢速模式，请稍候再发", en: "Slow mode: wait a moment" },
  refusal_too_fast: { zh: "太快了，请稍等一下", en: "Too fast: wait a moment" },
  refusal_links_off: { zh: "这里不能发链接", en: "No links here" },
  refusal_blocked_word: { zh: "含有屏蔽词", en: "It has a blocked word" },
  refusal_name_unavailable: { zh: "这个名字属于别人或被保留，请换一个", en: "This name is another's or reserved. Choose another one" },
  refusal_empty: { zh: "没有可显示的文字", en: "Nothing readable in it" },
  refusal_too_long: { zh: "最多 100 个字", en: "100 characters at most" },
  refusal_not_live: { zh: "现在没有直播", en: "Nothing is live now" },
  refusal_unknown_gift: { zh: "没有这个礼物", en: "There is no such gift" },
  refusal_unavailable: { zh: "直播间正在恢复，请稍后再试", en: "The room is recovering: try again in a moment" },
  refusal_other: { zh: "没有成功，请再试一次", en: "That did not work: try again" },
  refusal_lost: { zh: "网络断开，没有发出", en: "No connection: not sent" },
  hindrance_muted: { zh: "你已被禁言，还有 {time}", en: "You are muted, {time} left" },
  hindrance_muted_live: { zh: "你在本场直播中被禁言", en: "You are muted for this live" },

  like: { zh: "点赞，已有 {count} 个", en: "Like, {count} so far" },
  like_milestone: { zh: "点赞突破 {count}", en: "{count} likes!" },
  gift_open: { zh: "送礼物", en: "Send a gift" },
  gift_choose: { zh: "选择礼物", en: "Choose a gift" },
  gift_count: { zh: "数量", en: "How many" },
  gift_coins: { zh: "{count} 金币", en: "{count} coins" },
  gift_coin: { zh: "{count} 金币", en: "{count} coin" },
  gift_balance: { zh: "余额 {coins}", en: "You have {coins}" },
  gift_claim: { zh: "领 {count} 体验金币", en: "Get {count} demo coins" },
  gift_claimed: { zh: "体验金币已到账", en: "The demo coins are yours" },
  gift_send: { zh: "送出 · {coins}", en: "Send · {coins}" },
  gift_words: { zh: "附一句话，随礼物送到每个人面前", en: "Words with it, for everybody to see" },
  gift_button: { zh: "{gift}，{coins}", en: "{gift}, {coins}" },
  gift_poor: { zh: "金币不够", en: "Not enough coins" },
  gift_waiting: { zh: "网络断开，连上后自动补发，只扣一次", en: "No connection: sent when it is back, and paid once" },
  gift_sent_late: { zh: "已补发 {gift} ×{count}", en: "Sent now: {gift} ×{count}" },
  gift_refused: { zh: "{gift}没有送出，未扣金币：{reason}", en: "{gift} not sent, no coins taken: {reason}" },
  gift_dropped: { zh: "身份变了，没送出的礼物不再补发", en: "You are somebody else now: gifts that waited are dropped" },
  gift_unreachable: { zh: "礼物没有加载出来，请关闭后再试", en: "The gifts did not load. Close this and try again." },
  gift_again: { zh: "再送 {gift} ×{count}", en: "Send {gift} ×{count} again" },
  gift_combo: { zh: "连送", en: "Again" },
  gift_by: { zh: "送出{gift}", en: "sent {gift}" },
  gift_line: { zh: "{name} 送出 {gift} ×{count}", en: "{name} sent {gift} ×{count}" },
  ranking: { zh: "贡献榜", en: "Top supporters" },
  ranking_open: { zh: "贡献榜，第一名 {name}", en: "Top supporters, first {name}" },
  ranking_you: { zh: "我本场送出 {coins}", en: "You gave {coins} in this live" },
  follow: { zh: "关注", en: "Follow" },
  following: { zh: "已关注", en: "Following" },
  followers: { zh: "{count} 人关注", en: "{count} followers" },
  share: { zh: "分享", en: "Share" },
  assist_title: { zh: "你被邀请做助理", en: "You are invited to help" },
  assist_how: {
    zh: "请在电脑上打开 Livestall 的助理工作室（make run ARGS=assist），把这个链接粘贴进去。链接只能使用一次，请勿转发。",
    en: "On a computer, start Livestall's studio for assistants (make run ARGS=assist) and paste this link there. It works once: do not pass it on.",
  },
  share_title: { zh: "分享直播间", en: "Share this room" },
  share_copy: { zh: "复制链接", en: "Copy link" },
  share_copied: { zh: "链接已复制", en: "Link copied" },
  share_copy_yourself: { zh: "请长按链接复制", en: "Select the link and copy it" },
  share_scan: { zh: "用手机扫码进入直播间", en: "Scan to watch on a phone" },
  share_link: { zh: "直播间链接", en: "The room's link" },
  close: { zh: "关闭", en: "Close" },

  ask_open: { zh: "求讲解", en: "Ask for a product" },
  ask_title: { zh: "想听主播讲哪个", en: "What should the host show next?" },
  ask: { zh: "求讲解", en: "Ask" },
  asked: { zh: "已求讲解", en: "Asked" },
  ask_done: { zh: "已告诉主播", en: "The host sees it" },
  ask_count: { zh: "{count} 人想听", en: "{count} asked" },
  poll: { zh: "投票", en: "Poll" },
  poll_left: { zh: "剩 {time}", en: "{time} left" },
  poll_closed: { zh: "投票结束", en: "Closed" },
  more: { zh: "更多", en: "More" },
  nickname: { zh: "昵称", en: "Your name" },
  nickname_save: { zh: "保存", en: "Save" },
  nickname_saved: { zh: "昵称已保存", en: "Name saved" },
  check_in: { zh: "签到", en: "Check in" },
  checked_in: { zh: "已签到", en: "Checked in" },
  check_ins: { zh: "{count} 人已签到", en: "{count} checked in" },
  account: { zh: "账号", en: "Account" },
  account_why: { zh: "登录后，换设备也有关注和金币", en: "Keep follows, coins and name on all your devices" },
  account_open: { zh: "登录 / 注册", en: "Sign in" },
  account_who: { zh: "已登录：{name}", en: "Signed in as {name}" },
  account_ended: {
    zh: "{name} 在这里已退出登录：密码改过，或登录过期了",
    en: "{name} was signed out here: the password was changed, or the sign-in ran out.",
  },
  account_unloaded: { zh: "没有加载出来，请再试一次", en: "It did not load. Try again." },
  account_busy: { zh: "请稍候…", en: "One moment…" },
  account_wait: { zh: "{seconds} 秒后可再试", en: "Try again in {seconds} s" },
  account_name: { zh: "名字", en: "Name" },
  account_name_new: { zh: "名字，聊天里也显示它", en: "Name, shown in the chat too" },
  sign_in: { zh: "登录", en: "Sign in" },
  sign_in_hint: {
    zh: "登录后换成账号的关注和金币，游客的不合并",
    en: "You go on with the account's follows, coins and name. What you have as a guest is not merged.",
  },
  sign_in_instead: { zh: "已有账号？去登录", en: "Have an account? Sign in" },
  sign_up: { zh: "注册账号", en: "Create an account" },
  sign_up_hint: { zh: "现在的关注和金币都会留在账号里", en: "What you follow and your coins stay with you." },
  sign_up_instead: { zh: "没有账号？注册一个", en: "No account yet? Create one" },
  sign_out: { zh: "退出登录", en: "Sign out" },
  signed_out: { zh: "已退出登录", en: "Signed out" },
  back: { zh: "返回", en: "Back" },
  password: { zh: "密码", en: "Password" },
  password_old: { zh: "当前密码", en: "Current password" },
  password_new: { zh: "新密码，8 到 128 个字符", en: "New password, 8 to 128 characters" },
  password_chosen: { zh: "密码，8 到 128 个字符", en: "Password, 8 to 128 characters" },
  password_show: { zh: "显示密码", en: "Show the password" },
  password_change: { zh: "修改密码", en: "Change the password" },
  password_change_hint: { zh: "改好后，其他设备都要重新登录", en: "All your other devices will have to sign in again." },
  password_changed: { zh: "密码已修改，其他设备都要重新登录", en: "Password changed. All your other devices must sign in again." },
  fault_name_missing: { zh: "请填写名字，1 到 20 个字", en: "Enter a name of 1 to 20 characters." },
  fault_name_long: { zh: "名字有 {count} 个字，最多 20 个，请改短些", en: "The name has {count} characters. Shorten it to 20." },
  fault_name_unreadable: { zh: "这个名字显示不出来，请换一个", en: "Nothing of this name can be shown. Choose another one." },
  fault_name_taken: {
    zh: "这个名字不能用：已有人用、被保留或太像别人的。请换一个；如果是你的，请登录",
    en: "This name is not available: taken, reserved, or too much like another. Choose another one, or sign in if it is yours.",
  },
  fault_password_missing: { zh: "请填写密码", en: "Enter a password." },
  fault_password_short: { zh: "密码只有 {count} 个字符，至少要 8 个", en: "{count} so far: a password has at least 8 characters." },
  fault_password_long: { zh: "密码有 {count} 个字符，最多 128 个", en: "The password has {count} characters. Shorten it to 128." },
  fault_password_same: { zh: "和当前密码一样，请换一个", en: "This is your current password. Choose another one." },
  fault_password_wrong: { zh: "当前密码不对，请检查后再试", en: "This is not your current password. Check it and try again." },
  fault_password_refused: { zh: "直播间不收这个密码，请换一个", en: "The room does not take this password. Choose another one." },
  fault_wrong: { zh: "名字或密码不对，请检查后再试", en: "Name or password is wrong. Check both and try again." },
  fault_staff: { zh: "账号是给观众用的；主播和助理请用自己的链接进来", en: "Accounts are for viewers. Staff come in by their own link." },
  fault_too_often: { zh: "试得太频繁了，请等 {seconds} 秒再试", en: "Too many tries. Wait {seconds} s, then try again." },
  fault_crowded: { zh: "现在登录的人太多，请等 {seconds} 秒再试", en: "Many sign in just now. Wait {seconds} s, then try again." },
  fault_unreachable: { zh: "网络断开了，没有成功。请检查网络后再试", en: "No connection. Check it and try again." },
  fault_failed: { zh: "直播间出了问题，没有成功。请稍后再试", en: "Something failed in the room. Try again in a moment." },
  fault_reentered: { zh: "刚才和直播间断开了，现在已重新进入，请再试一次", en: "The room had lost you and has let you in again. Try once more." },
  fault_signed_out: { zh: "你已退出登录，请重新登录", en: "You were signed out. Sign in again." },
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
 * Write a count shortly where it is large: 980, 1.2万 (zh), 12.3K (en).
 * @param {number} value
 * @param {string} locale
 */
export const count = (value, locale) => new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);

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
