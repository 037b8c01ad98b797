/** What following, likes, polls, sharing and the like say. */

import { translator } from "../core/i18n.js";
import { SHARED } from "../core/shared-texts.js";

export const TEXTS = {
  like: { zh: "点赞，已有 {count} 个", en: "Like, {count} so far" },
  like_milestone: { zh: "点赞突破 {count}", en: "{count} likes!" },
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
  poll: { zh: "投票", en: "Poll" },
  poll_left: { zh: "剩 {time}", en: "{time} left" },
  poll_answers: { zh: "投票选项", en: "Answers of the poll" },
  poll_closed: { zh: "投票结束", en: "Closed" },
  more: { zh: "更多", en: "More" },
  nickname: { zh: "昵称", en: "Your name" },
  nickname_save: { zh: "保存", en: "Save" },
  nickname_saved: { zh: "昵称已保存", en: "Name saved" },
  check_in: { zh: "签到", en: "Check in" },
  checked_in: { zh: "已签到", en: "Checked in" },
  check_ins: { zh: "{count} 人已签到", en: "{count} checked in" },
};

export const { t, label, translate } = translator({ ...SHARED, ...TEXTS });
