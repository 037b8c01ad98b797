/** What the live says after the first frame; what stands before it is in `core/i18n.js`. */

import { translator } from "../core/i18n.js";

export const TEXTS = {
  quality_open: { zh: "播放质量：{quality}，查看详情", en: "Playback quality: {quality}. Show details" },
  quality_details: { zh: "播放数据", en: "Playback figures" },
  quality_good: { zh: "流畅", en: "smooth" },
  quality_fair: { zh: "一般", en: "fair" },
  quality_poor: { zh: "卡顿", en: "poor" },
  quality_line: { zh: "线路弱", en: "Weak line" },
  quality_line_title: { zh: "你的线路较弱", en: "Your line is weak" },
  quality_line_hint: { zh: "画面会卡一点，好转后自动恢复；换个网络会更流畅", en: "The picture may stop now and then, and recovers by itself. Another network plays more smoothly." },
  quality_held_title: { zh: "你的线路较弱：{height}p", en: "Your line is weak: {height}p" },
  quality_held_hint: { zh: "声音不受影响，线路好转后自动恢复", en: "The sound is not affected. It recovers by itself." },
  quality_held: { zh: "线路变弱，画面已降为 {height}p", en: "Slower line: now {height}p" },
  quality_back: { zh: "线路恢复，画面已回到 {height}p", en: "Your line has recovered: {height}p again" },
  quality_choice: { zh: "清晰度", en: "Picture quality" },
  quality_auto: { zh: "自动", en: "Auto" },
  quality_backup: { zh: "备用线路", en: "Backup line" },
  quality_tcp: { zh: "这个网络拦截了 UDP，已改走 TCP", en: "This network blocks UDP: now over TCP" },
  quality_tcp_hint: { zh: "比直播晚约 1 秒，恢复后自动切回", en: "About a second behind the live. It goes back by itself when UDP gets through." },
  quality_behind: { zh: "延迟 {seconds} 秒", en: "{seconds} s behind" },
  quality_hls: { zh: "改用 HLS 播放，比直播晚约 8 秒", en: "Playing by HLS, about 8 s behind" },
  quality_hls_hint: { zh: "换新版浏览器或换个网络，延迟会更短", en: "A newer browser or another network is closer to the live." },
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

export const { t, label, translate } = translator(TEXTS);
