<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About {name}</source>
        <translation>关于 {name}</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>A live-selling studio that a shop runs on its own machines. It needs no cloud account.</source>
        <translation>商家在自己的电脑上运行的直播带货工作室，不需要任何云账号。</translation>
    </message>
    <message>
        <source>Livestall is licensed under Apache-2.0. A bundle that carries x264 falls under the GPL; see NOTICE. Qt is used under the LGPL.</source>
        <translation>Livestall 以 Apache-2.0 许可发布。带有 x264 的安装包适用 GPL，见 NOTICE。Qt 按 LGPL 使用。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AddMenu</name>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
</context>
<context>
    <name>AlarmBanner</name>
    <message>
        <source>Fold</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>另有 {n} 个</translation>
    </message>
</context>
<context>
    <name>AlarmBell</name>
    <message>
        <source>Alarms: {n} new</source>
        <translation>告警：{n} 条新的</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>What was wrong, and for how long</source>
        <translation>出过什么问题，持续多久</translation>
    </message>
</context>
<context>
    <name>AlarmFrame</name>
    <message>
        <source>All that is wrong now</source>
        <translation>当前所有问题</translation>
    </message>
</context>
<context>
    <name>AlarmPopup</name>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Sound for a fault</source>
        <translation>故障提示音</translation>
    </message>
    <message>
        <source>A new fault is heard on this computer, never in the broadcast</source>
        <translation>新故障只在这台电脑上响一声，直播里听不到</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy all of these as text</source>
        <translation>把全部记录复制为文字</translation>
    </message>
    <message>
        <source>Nothing has gone wrong yet. What does is kept here, with what helps.</source>
        <translation>还没有出过问题。以后出的问题和处理办法都会记在这里。</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>lasted {n} s</source>
        <translation>持续 {n} 秒</translation>
    </message>
    <message>
        <source>lasted {time}</source>
        <translation>持续 {time}</translation>
    </message>
</context>
<context>
    <name>ApiTokenRow</name>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Make the token worthless at once</source>
        <translation>令牌立即失效</translation>
    </message>
    <message>
        <source>Made {time}</source>
        <translation>创建于 {time}</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>尚未使用</translation>
    </message>
    <message>
        <source>Last used {time}</source>
        <translation>上次使用 {time}</translation>
    </message>
</context>
<context>
    <name>ApiTokenView</name>
    <message>
        <source>API token for “{name}”</source>
        <translation>“{name}”的 API 令牌</translation>
    </message>
    <message>
        <source>API token</source>
        <translation>API 令牌</translation>
    </message>
    <message>
        <source>The program sends it with each request: Authorization: Bearer …</source>
        <translation>程序每次请求都带上它：Authorization: Bearer …</translation>
    </message>
</context>
<context>
    <name>ApiTokensDialog</name>
    <message>
        <source>API tokens</source>
        <translation>API 令牌</translation>
    </message>
    <message>
        <source>With an API token a program of the shop&apos;s, such as a till, works with products and orders of this room. It is never in the room itself. Give each program a token of its own.</source>
        <translation>店里的程序（如收银台）凭 API 令牌处理本直播间的商品和订单，但不会进入直播间。请给每个程序单独一个令牌。</translation>
    </message>
    <message>
        <source>The tokens are being read.</source>
        <translation>正在读取令牌。</translation>
    </message>
    <message>
        <source>There is no API token yet.</source>
        <translation>还没有 API 令牌。</translation>
    </message>
    <message>
        <source>There are as many tokens as a room can have. Revoke one first.</source>
        <translation>令牌数量已达上限，请先吊销一个。</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>新建令牌…</translation>
    </message>
    <message>
        <source>Make a token for a program</source>
        <translation>为一个程序创建令牌</translation>
    </message>
    <message>
        <source>Revoke the token of “{name}”?</source>
        <translation>吊销“{name}”的令牌？</translation>
    </message>
    <message>
        <source>The program is refused at once, and needs a new token to go on.</source>
        <translation>该程序会立即被拒绝，需要新令牌才能继续。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ApproveDialog</name>
    <message>
        <source>The next step is to refund it. An approval cannot be taken back.</source>
        <translation>下一步是退款。同意后不能撤回。</translation>
    </message>
    <message>
        <source>The buyer then sends the goods back within 7 days, to the address of Settings → Shipping. Where none is set, write it here.</source>
        <translation>买家随后须在 7 天内寄回商品，寄到“设置 → 运费”里的退货地址。没有填过的话，请写在下面。</translation>
    </message>
    <message>
        <source>Word to the buyer, if any</source>
        <translation>给买家的话（可不填）</translation>
    </message>
</context>
<context>
    <name>AssistantBar</name>
    <message>
        <source>How long the broadcast has been live</source>
        <translation>已开播多久</translation>
    </message>
    <message>
        <source>The room you help in</source>
        <translation>你协助的直播间</translation>
    </message>
    <message>
        <source>Viewers in the room now</source>
        <translation>当前在直播间的观众</translation>
    </message>
    <message>
        <source>Orders of this live session</source>
        <translation>本场直播的订单数</translation>
    </message>
    <message>
        <source>What was paid for orders of this live session</source>
        <translation>本场直播订单的成交额</translation>
    </message>
    <message>
        <source>Your name in this room</source>
        <translation>你在此直播间的名字</translation>
    </message>
    <message>
        <source>What the host lets you do here</source>
        <translation>主播允许你在这里做什么</translation>
    </message>
    <message>
        <source>When your rights end by themselves</source>
        <translation>你的权限何时自动结束</translation>
    </message>
    <message>
        <source>{n} watching</source>
        <translation>{n} 人在看</translation>
    </message>
    <message>
        <source>{n} orders</source>
        <translation>{n} 单</translation>
    </message>
    <message>
        <source>No rights</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>● Live {time}</source>
        <translation>● 直播中 {time}</translation>
    </message>
    <message>
        <source>● Paused {time}</source>
        <translation>● 已暂停 {time}</translation>
    </message>
    <message>
        <source>○ Not live</source>
        <translation>○ 未开播</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>至 {time}</translation>
    </message>
</context>
<context>
    <name>AssistantRow</name>
    <message>
        <source>Rights…</source>
        <translation>权限…</translation>
    </message>
    <message>
        <source>Give other rights</source>
        <translation>修改权限</translation>
    </message>
    <message>
        <source>Invitation {n}, not used yet</source>
        <translation>邀请 {n}，尚未使用</translation>
    </message>
    <message>
        <source>May: {rights}</source>
        <translation>权限：{rights}</translation>
    </message>
    <message>
        <source>Here now</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Not here now</source>
        <translation>不在线</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Make the code worthless</source>
        <translation>让邀请码失效</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Put out at once</source>
        <translation>立即移出</translation>
    </message>
    <message>
        <source>Rights until {time}</source>
        <translation>权限有效至 {time}</translation>
    </message>
    <message>
        <source>The code works until {time}</source>
        <translation>邀请码有效至 {time}</translation>
    </message>
</context>
<context>
    <name>AssistantStudio</name>
    <message>
        <source>You are in, but this cannot be kept for the next time: {reason}.</source>
        <translation>你已加入，但无法为下次保存：{reason}。</translation>
    </message>
    <message>
        <source>The viewers&apos; link is on the clipboard.</source>
        <translation>观众链接已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>AssistantView</name>
    <message>
        <source>You help in no room yet.</source>
        <translation>你尚未协助任何直播间。</translation>
    </message>
    <message>
        <source>Ask the host for a link or a code.</source>
        <translation>请向主播索取链接或邀请码。</translation>
    </message>
    <message>
        <source>The host took your rights in this room back.</source>
        <translation>主播收回了你在此直播间的权限。</translation>
    </message>
    <message>
        <source>Your rights in this room have ended, or were taken back.</source>
        <translation>你在此直播间的权限已结束或被收回。</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>原因：{reason}</translation>
    </message>
    <message>
        <source>Ask the host for a new code to go on helping.</source>
        <translation>如需继续协助，请向主播索取新的邀请码。</translation>
    </message>
    <message>
        <source>Join a room…</source>
        <translation>加入直播间…</translation>
    </message>
    <message>
        <source>There is no such room at this address any more.</source>
        <translation>此地址已没有这个直播间。</translation>
    </message>
    <message>
        <source>Is the host&apos;s studio running? Ask the host for the link.</source>
        <translation>主播的工作室在运行吗？请向主播索取链接。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The host&apos;s room is newer than this program.</source>
        <translation>主播的直播间版本比本程序新。</translation>
    </message>
    <message>
        <source>Update it and start it again.</source>
        <translation>请更新本程序并重新启动。</translation>
    </message>
    <message>
        <source>The host&apos;s room is older than this program.</source>
        <translation>主播的直播间版本比本程序旧。</translation>
    </message>
    <message>
        <source>Ask the host to update; it is tried again by itself.</source>
        <translation>请让主播更新；会自动重试。</translation>
    </message>
    <message>
        <source>The connection to the room is lost; what you see may be old.</source>
        <translation>与直播间的连接已断开，所见内容可能不是最新的。</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>会自动重试。</translation>
    </message>
</context>
<context>
    <name>AssistantWindow</name>
    <message>
        <source>{name} — assistant</source>
        <translation>{name} — 助理</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>观众</translation>
    </message>
    <message>
        <source>Live numbers a minute</source>
        <translation>每分钟数据</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Run of show</source>
        <translation>流程单</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>活动</translation>
    </message>
</context>
<context>
    <name>AssistantsDialog</name>
    <message>
        <source>Assistants</source>
        <translation>助理</translation>
    </message>
    <message>
        <source>Not connected: this may be old, and cannot be changed now.</source>
        <translation>未连接：内容可能已过时，现在无法修改。</translation>
    </message>
    <message>
        <source>Invite…</source>
        <translation>邀请…</translation>
    </message>
    <message>
        <source>Make a code that lets one assistant in</source>
        <translation>生成供一名助理使用的邀请码</translation>
    </message>
    <message>
        <source>Not connected. Who helps is shown as soon as the room is reached.</source>
        <translation>未连接。连上直播间后会显示助理名单。</translation>
    </message>
    <message>
        <source>The room has not told who helps. It tells the host alone: the token in Settings → Network must be the host&apos;s.</source>
        <translation>直播间没有告知助理名单。名单只告诉主播：请确认“设置 → 网络”里填的是主播令牌。</translation>
    </message>
    <message>
        <source>Nobody helps yet. An assistant works in this room from another PC, with the rights that you give, for as long as you say.</source>
        <translation>还没有助理。助理可以在另一台电脑上协助本直播间，权限和期限由你决定。</translation>
    </message>
    <message>
        <source>invitation {n}</source>
        <translation>邀请 {n}</translation>
    </message>
</context>
<context>
    <name>AuctionFace</name>
    <message>
        <source>Auction</source>
        <translation>拍卖</translation>
    </message>
    <message>
        <source>One unit for who bids most</source>
        <translation>一件商品，价高者得</translation>
    </message>
    <message>
        <source>Waiting for the payment</source>
        <translation>等待付款</translation>
    </message>
    <message>
        <source>One unit, {seconds} s</source>
        <translation>一件，{seconds} 秒</translation>
    </message>
    <message>
        <source>{bids} bids of {people} people</source>
        <translation>{people} 人出价 {bids} 次</translation>
    </message>
    <message>
        <source>{seconds} s longer</source>
        <translation>已延长 {seconds} 秒</translation>
    </message>
    <message>
        <source>reserve met</source>
        <translation>已到保留价</translation>
    </message>
    <message>
        <source>reserve not met</source>
        <translation>未到保留价</translation>
    </message>
    <message>
        <source>{name} still ahead</source>
        <translation>{name} 仍领先</translation>
    </message>
    <message>
        <source>extended by {seconds} s</source>
        <translation>延长 {seconds} 秒</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>已剔除</translation>
    </message>
    <message>
        <source>{name} leads</source>
        <translation>{name} 领先</translation>
    </message>
    <message>
        <source>won, not paid yet</source>
        <translation>已拍下，待付款</translation>
    </message>
    <message>
        <source>not paid: offered to the next</source>
        <translation>未付款，正在问下一位</translation>
    </message>
    <message>
        <source>sold and paid</source>
        <translation>已成交付款</translation>
    </message>
    <message>
        <source>not sold</source>
        <translation>流拍</translation>
    </message>
    <message>
        <source>called off</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>AuctionForm</name>
    <message>
        <source>Unit</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Start price</source>
        <translation>起拍价</translation>
    </message>
    <message>
        <source>Reserve price</source>
        <translation>保留价</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>倒计时</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>None: sold from the start price on</source>
        <translation>不填：起拍价以上即成交</translation>
    </message>
    <message>
        <source>Only for viewers who follow you</source>
        <translation>仅限关注主播的观众</translation>
    </message>
    <message>
        <source>Choose a unit of this room&apos;s products.</source>
        <translation>请选择本直播间的一件商品。</translation>
    </message>
    <message>
        <source>Write the start price as an amount, such as 99.00.</source>
        <translation>请把起拍价写成金额，如 99.00。</translation>
    </message>
    <message>
        <source>The reserve is below the start price: leave it empty, or raise it.</source>
        <translation>保留价低于起拍价：请留空或调高。</translation>
    </message>
    <message>
        <source>One unit is put aside. After {countdown} bids are taken from {price} on, for {duration}; a bid in the last {late} s adds {late} s, {times} times at most.</source>
        <translation>从库存中留出一件。{countdown}后以 {price} 起拍，时长 {duration}；最后 {late} 秒有人出价就延长 {late} 秒，最多 {times} 次。</translation>
    </message>
    <message>
        <source>Who wins has an order at once and {minutes} minutes to pay; then the next bidder is asked.</source>
        <translation>拍下的人立即生成订单，{minutes} 分钟内付款；不付就问下一位。</translation>
    </message>
    <message>
        <source>Below {price} it is not sold; viewers do not see that price.</source>
        <translation>不到 {price} 不成交；观众看不到这个价。</translation>
    </message>
    <message>
        <source>Auctions are off: under the rules of China they need a licence. Once the shop has one, turn them on in Settings → Selling.</source>
        <translation>拍卖未开启：按中国规则，拍卖需要资质。取得资质后，请在“设置 → 卖货”中开启。</translation>
    </message>
    <message>
        <source>Write the reserve as an amount, or leave it empty.</source>
        <translation>请把保留价写成金额，或留空。</translation>
    </message>
    <message>
        <source>It costs {price} otherwise</source>
        <translation>平时卖 {price}</translation>
    </message>
</context>
<context>
    <name>AudiencePanel</name>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Viewers in the room now</source>
        <translation>现在直播间里的观众</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>峰值</translation>
    </message>
    <message>
        <source>The most viewers at once</source>
        <translation>同时在线的最高人数</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>点赞</translation>
    </message>
    <message>
        <source>Likes in this live session</source>
        <translation>本场直播的点赞数</translation>
    </message>
    <message>
        <source>Followers</source>
        <translation>粉丝</translation>
    </message>
    <message>
        <source>Who follows you</source>
        <translation>关注你的人数</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>Who checked in in this live session</source>
        <translation>本场直播签到的人数</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>求讲解</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Came in: {names}</source>
        <translation>{names} 来了</translation>
    </message>
</context>
<context>
    <name>Audit</name>
    <message>
        <source>by itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>{name} (assistant)</source>
        <translation>{name}（助理）</translation>
    </message>
    <message>
        <source>{name} (viewer)</source>
        <translation>{name}（观众）</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Coins</source>
        <translation>金币</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>直播间</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Avatar</source>
        <translation>头像</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>封面</translation>
    </message>
    <message>
        <source>Coins granted</source>
        <translation>赠送金币</translation>
    </message>
    <message>
        <source>Gift sent</source>
        <translation>送出礼物</translation>
    </message>
    <message>
        <source>Danmu deleted</source>
        <translation>删除弹幕</translation>
    </message>
    <message>
        <source>Danmu restored</source>
        <translation>恢复弹幕</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>禁言</translation>
    </message>
    <message>
        <source>Unmuted</source>
        <translation>解除禁言</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>拉黑</translation>
    </message>
    <message>
        <source>Unblocked</source>
        <translation>解除拉黑</translation>
    </message>
    <message>
        <source>Rules of the chat</source>
        <translation>发言规则</translation>
    </message>
    <message>
        <source>Blocked words</source>
        <translation>屏蔽词</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Unpinned</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Invitation made</source>
        <translation>发出邀请</translation>
    </message>
    <message>
        <source>Invitation used</source>
        <translation>邀请被使用</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>修改权限</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>撤销权限</translation>
    </message>
    <message>
        <source>Ended by time</source>
        <translation>到期结束</translation>
    </message>
    <message>
        <source>Votes: largest share of one address</source>
        <translation>投票：同一地址的最大占比</translation>
    </message>
    <message>
        <source>Likes: largest share of one address</source>
        <translation>点赞：同一地址的最大占比</translation>
    </message>
    <message>
        <source>Follows: largest share of one address</source>
        <translation>关注：同一地址的最大占比</translation>
    </message>
    <message>
        <source>Check-ins: largest share of one address</source>
        <translation>签到：同一地址的最大占比</translation>
    </message>
    <message>
        <source>Product requests: largest share of one address</source>
        <translation>求讲解：同一地址的最大占比</translation>
    </message>
    <message>
        <source>Stream key made</source>
        <translation>创建推流密钥</translation>
    </message>
    <message>
        <source>Stream key revoked</source>
        <translation>吊销推流密钥</translation>
    </message>
    <message>
        <source>Stream key let in again</source>
        <translation>重新允许推流密钥</translation>
    </message>
    <message>
        <source>Broadcast taken over</source>
        <translation>直播画面被接管</translation>
    </message>
    <message>
        <source>Host token renewed</source>
        <translation>更换主播令牌</translation>
    </message>
    <message>
        <source>Demo coins, which nobody paid for</source>
        <translation>演示金币，无人付费</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>购买</translation>
    </message>
    <message>
        <source>New picture</source>
        <translation>换了图片</translation>
    </message>
    <message>
        <source>Picture taken away</source>
        <translation>去掉了图片</translation>
    </message>
    <message>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>没有变化</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>Slow mode</source>
        <translation>慢速模式</translation>
    </message>
    <message>
        <source>Followers only</source>
        <translation>仅粉丝发言</translation>
    </message>
    <message>
        <source>No links</source>
        <translation>禁止链接</translation>
    </message>
    <message>
        <source>Chat paused</source>
        <translation>暂停聊天</translation>
    </message>
    <message>
        <source>Votes: accounts only</source>
        <translation>投票：仅限有账号</translation>
    </message>
    <message>
        <source>Likes: accounts only</source>
        <translation>点赞：仅限有账号</translation>
    </message>
    <message>
        <source>Follows: accounts only</source>
        <translation>关注：仅限有账号</translation>
    </message>
    <message>
        <source>added: {words}</source>
        <translation>新增：{words}</translation>
    </message>
    <message>
        <source>taken out: {words}</source>
        <translation>移除：{words}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{words} and {n} more</source>
        <translation>{words} 等，另有 {n} 个</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Audit log</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>加载更多</translation>
    </message>
    <message>
        <source>Read what is older</source>
        <translation>读取更早的记录</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Keep all of this kind as a table in a file</source>
        <translation>把这一类的全部记录存成表格文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Before → after</source>
        <translation>变更前 → 变更后</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Not read.</source>
        <translation>没有读到。</translation>
    </message>
    <message>
        <source>Nothing yet. Every change of price, stock, coins, rules and rights will stand here, and all that moderators do, with who did it and when.</source>
        <translation>还没有记录。价格、库存、金币、规则和权限的每次变更，以及管理操作，都会记录在这里，包括操作人和时间。</translation>
    </message>
    <message>
        <source>Save the audit log</source>
        <translation>保存操作记录</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>audit-{date}.csv</source>
        <translation>操作记录-{date}.csv</translation>
    </message>
</context>
<context>
    <name>AuditView</name>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存到 {path}</translation>
    </message>
</context>
<context>
    <name>BackendView</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Take a free port</source>
        <translation>换一个空闲端口</translation>
    </message>
</context>
<context>
    <name>BitratePage</name>
    <message>
        <source>Not below</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>Not above</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>The bitrate follows your line between these two. 2,500 kb/s is good for 720p.</source>
        <translation>码率会随线路在上下限之间自动调整。720p 建议 2,500 kb/s。</translation>
    </message>
    <message>
        <source>Send two smaller pictures too</source>
        <translation>同时发送两路更小的画面</translation>
    </message>
    <message>
        <source>Viewers on weak lines get them instead of a picture that stands still. They take up to 660 kb/s more upload, and are left out while your line or computer has no room for them.</source>
        <translation>网络差的观众看小画面，不会卡住。最多多占 660 kb/s 上行；你的网络或电脑跟不上时会自动停发。</translation>
    </message>
    <message>
        <source>The lower bitrate is above the upper one. Lower it, or raise the other.</source>
        <translation>码率下限高于上限。请调低下限或调高上限。</translation>
    </message>
</context>
<context>
    <name>BlockedWordsDialog</name>
    <message>
        <source>Blocked words</source>
        <translation>屏蔽词</translation>
    </message>
    <message>
        <source>Blocked words, one a line</source>
        <translation>屏蔽词，每行一个</translation>
    </message>
    <message>
        <source>One a line. Width, case and spaces make no difference.</source>
        <translation>每行一个，不区分全角半角、大小写和空格。</translation>
    </message>
    <message>
        <source>{n} more in the server&apos;s file</source>
        <translation>服务器的词库里还有 {n} 个</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Add the words of a text file</source>
        <translation>加入文本文件里的词</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Import blocked words</source>
        <translation>导入屏蔽词</translation>
    </message>
    <message>
        <source>Text files (*.txt *.csv)</source>
        <translation>文本文件 (*.txt *.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>The file cannot be read: {detail}</source>
        <translation>无法读取文件：{detail}</translation>
    </message>
    <message>
        <source>{n} words added</source>
        <translation>已加入 {n} 个词</translation>
    </message>
    <message>
        <source>“{word}” is longer than {n} letters</source>
        <translation>“{word}”超过 {n} 个字</translation>
    </message>
    <message>
        <source>Only {n} words are possible</source>
        <translation>最多 {n} 个词</translation>
    </message>
    <message>
        <source>Words: {n}</source>
        <translation>{n} 个词</translation>
    </message>
</context>
<context>
    <name>Books</name>
    <message>
        <source>WeChat Pay</source>
        <translation>微信支付</translation>
    </message>
    <message>
        <source>Alipay</source>
        <translation>支付宝</translation>
    </message>
    <message>
        <source>Stripe (cards)</source>
        <translation>Stripe（银行卡）</translation>
    </message>
    <message>
        <source>Sandbox (play money)</source>
        <translation>沙盒（模拟币）</translation>
    </message>
    <message>
        <source>Bank transfer</source>
        <translation>银行转账</translation>
    </message>
    <message>
        <source>Cash on delivery</source>
        <translation>货到付款</translation>
    </message>
    <message>
        <source>It names no payment of this shop.</source>
        <translation>没有对应的本店付款。</translation>
    </message>
    <message>
        <source>The same payment was paid a second time.</source>
        <translation>同一笔付款被付了两次。</translation>
    </message>
    <message>
        <source>The provider counts it for another payment, too.</source>
        <translation>服务商把它也算作另一笔付款。</translation>
    </message>
    <message>
        <source>{came} came where {due} was to be paid.</source>
        <translation>应付 {due}，实到 {came}。</translation>
    </message>
    <message>
        <source>It was to be paid in {currency}.</source>
        <translation>本应以 {currency} 付款。</translation>
    </message>
    <message>
        <source>It went to the account {other}, not to the shop&apos;s {own}.</source>
        <translation>打到了账号 {other}，不是本店的 {own}。</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已留下</translation>
    </message>
    <message>
        <source>to settle again: a refund came back, {amount} is here</source>
        <translation>需重新处理：退款被退回，还有 {amount}</translation>
    </message>
    <message>
        <source>to settle; {amount} went back already</source>
        <translation>待处理；{amount} 已退回</translation>
    </message>
    <message>
        <source>to settle</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>{outcome} by {name}, {time}: {note}</source>
        <translation>{outcome}，{name}，{time}：{note}</translation>
    </message>
    <message>
        <source>Paid here, not there</source>
        <translation>本店已付，对方未付</translation>
    </message>
    <message>
        <source>Paid there, not here</source>
        <translation>对方已付，本店未付</translation>
    </message>
    <message>
        <source>Another amount</source>
        <translation>金额不同</translation>
    </message>
    <message>
        <source>Not in the journal</source>
        <translation>账簿里没有</translation>
    </message>
    <message>
        <source>Refund waits</source>
        <translation>退款未到</translation>
    </message>
    <message>
        <source>Refund came back</source>
        <translation>退款被退回</translation>
    </message>
    <message>
        <source>Could not be compared</source>
        <translation>无法核对</translation>
    </message>
    <message>
        <source>Look at the provider&apos;s statement before anything is sent.</source>
        <translation>发货前请先核对服务商的账单。</translation>
    </message>
    <message>
        <source>Nothing: the money is taken in now. The order is paid, or the money goes back.</source>
        <translation>无需处理：现已入账，订单转为已付，或自动退款。</translation>
    </message>
    <message>
        <source>What came is put aside: give it back or keep it, and settle it under “Matches nothing”.</source>
        <translation>款项已暂存：请退回或留下，并在“对不上的钱”中登记。</translation>
    </message>
    <message>
        <source>Let whoever runs the server check it with “main.py check”, and restore a backup if needed.</source>
        <translation>请让维护服务器的人运行“main.py check”检查，必要时从备份恢复。</translation>
    </message>
    <message>
        <source>Not given back for an hour: look whether the account at the provider has the money.</source>
        <translation>一小时还没退出：请看服务商账户余额是否足够。</translation>
    </message>
    <message>
        <source>It did not reach the buyer. Give the same sum back in the provider&apos;s console: the shop takes that for this refund.</source>
        <translation>钱没有到买家手里。请在支付平台后台退同样的金额，店铺会把它记为这笔退款。</translation>
    </message>
    <message>
        <source>The provider is off or does not answer: compare again later, or look at its statement.</source>
        <translation>服务商未开通或没有回应：请稍后再核对，或查看其账单。</translation>
    </message>
</context>
<context>
    <name>BooksDialog</name>
    <message>
        <source>Books</source>
        <translation>账目</translation>
    </message>
    <message>
        <source>Matches nothing</source>
        <translation>对不上的钱</translation>
    </message>
    <message>
        <source>Compared with providers</source>
        <translation>与服务商对账</translation>
    </message>
    <message>
        <source>Sums a day</source>
        <translation>每日结算</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>BooksPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>BooksView</name>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>there is no room</source>
        <translation>还没有直播间</translation>
    </message>
</context>
<context>
    <name>CampaignCard</name>
    <message>
        <source>Stop…</source>
        <translation>结束…</translation>
    </message>
    <message>
        <source>End it before its time</source>
        <translation>提前结束</translation>
    </message>
    <message>
        <source>Draw now</source>
        <translation>立即开奖</translation>
    </message>
    <message>
        <source>Let nobody in any more, and draw at once</source>
        <translation>停止参加，马上开奖</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>What viewers did last</source>
        <translation>观众最近的动作</translation>
    </message>
    <message>
        <source>viewers are {s} s behind</source>
        <translation>观众画面晚 {s} 秒</translation>
    </message>
    <message>
        <source>Say “go” now</source>
        <translation>现在喊“开始”</translation>
    </message>
    <message>
        <source>Say “go” in {n} s</source>
        <translation>{n} 秒后喊“开始”</translation>
    </message>
</context>
<context>
    <name>CampaignDialog</name>
    <message>
        <source>New: {kind}</source>
        <translation>新建：{kind}</translation>
    </message>
    <message>
        <source>Save as template</source>
        <translation>存为模板</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show it to the room now (Ctrl+Enter)</source>
        <translation>现在就让直播间看到（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Change to {price}</source>
        <translation>改成 {price}</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
</context>
<context>
    <name>Campaigns</name>
    <message>
        <source>Opens in</source>
        <translation>距开始</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>正在收尾</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>开奖中</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Called off</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Announce</source>
        <translation>开始预热</translation>
    </message>
    <message>
        <source>Open now</source>
        <translation>立即开始</translation>
    </message>
    <message>
        <source>Time is up</source>
        <translation>时间到</translation>
    </message>
    <message>
        <source>All gone</source>
        <translation>已抢完</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>提前结束</translation>
    </message>
    <message>
        <source>The live ended</source>
        <translation>直播已结束</translation>
    </message>
    <message>
        <source>Nobody took part</source>
        <translation>无人参与</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>Before the start</source>
        <translation>还没开始</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>迟到</translation>
    </message>
    <message>
        <source>Had theirs already</source>
        <translation>已经领过</translation>
    </message>
    <message>
        <source>After all was gone</source>
        <translation>抢完之后</translation>
    </message>
    <message>
        <source>Did not meet the conditions</source>
        <translation>未满足条件</translation>
    </message>
    <message>
        <source>Account too new</source>
        <translation>账号太新</translation>
    </message>
    <message>
        <source>No phone in the address book</source>
        <translation>地址簿里没有手机号</translation>
    </message>
    <message>
        <source>Phone already took part</source>
        <translation>手机号已参加过</translation>
    </message>
    <message>
        <source>Network full</source>
        <translation>同一网络人数已满</translation>
    </message>
    <message>
        <source>Had as many of the coupon as one gets</source>
        <translation>优惠券已领满</translation>
    </message>
    <message>
        <source>Had no account</source>
        <translation>没有账号</translation>
    </message>
    <message>
        <source>Did not follow</source>
        <translation>没有关注</translation>
    </message>
    <message>
        <source>Had not watched long enough</source>
        <translation>观看时长不够</translation>
    </message>
    <message>
        <source>Had not said the word</source>
        <translation>没有发口令</translation>
    </message>
    <message>
        <source>Had neither bought nor said the word</source>
        <translation>没有下单，也没有发口令</translation>
    </message>
    <message>
        <source>Won in the last 30 days</source>
        <translation>30 天内中过奖</translation>
    </message>
    <message>
        <source>Of the staff</source>
        <translation>工作人员</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>被禁言</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>被拉黑</translation>
    </message>
    <message>
        <source>Too fast</source>
        <translation>太频繁</translation>
    </message>
    <message>
        <source>Age not confirmed</source>
        <translation>未确认年龄</translation>
    </message>
    <message>
        <source>Bid too low</source>
        <translation>出价太低</translation>
    </message>
    <message>
        <source>Had not said where it goes</source>
        <translation>还没登记收货地址</translation>
    </message>
    <message>
        <source>Left won auctions unpaid before</source>
        <translation>曾两次拍下不付款</translation>
    </message>
    <message>
        <source>Bid too often</source>
        <translation>出价次数过多</translation>
    </message>
    <message>
        <source>The server was too busy</source>
        <translation>服务器太忙</translation>
    </message>
    <message>
        <source>The server did not answer: {detail}. Check that it runs, then try again.</source>
        <translation>服务器没有回应：{detail}。请确认它在运行，然后重试。</translation>
    </message>
    <message>
        <source>The shop does not take this: {detail}</source>
        <translation>店铺没有接受：{detail}</translation>
    </message>
    <message>
        <source>You are not live. Go live first: campaigns belong to a live.</source>
        <translation>还没有开播。请先开播，活动属于一场直播。</translation>
    </message>
    <message>
        <source>One of this kind runs already. Wait for its end, or stop it.</source>
        <translation>同类活动正在进行。请等它结束，或先停止它。</translation>
    </message>
    <message>
        <source>This would give away more coins than the cap of one live allows. Give fewer coins.</source>
        <translation>超出了一场直播可送金币的上限。请少送一些。</translation>
    </message>
    <message>
        <source>The server does not know this kind yet. Update the server.</source>
        <translation>服务器还不支持这种活动。请升级服务器。</translation>
    </message>
    <message>
        <source>People took part in it. Say why it is called off.</source>
        <translation>已经有人参加。请写明取消的原因。</translation>
    </message>
    <message>
        <source>It is over already.</source>
        <translation>它已经结束了。</translation>
    </message>
    <message>
        <source>It is closed already: who won is being found.</source>
        <translation>已经截止，正在开奖。</translation>
    </message>
    <message>
        <source>There is no result to bring forward. Stop it instead.</source>
        <translation>没有可以提前公布的结果，请改用停止。</translation>
    </message>
    <message>
        <source>You may not do this. Ask the host for the right to campaigns.</source>
        <translation>你没有这个权限。请向主播申请活动权限。</translation>
    </message>
    <message>
        <source>The coupon is stopped or over, or too few of it are left. Choose or make another one.</source>
        <translation>这张优惠券已停发、已结束或余量不够。请换一张，或新建一张。</translation>
    </message>
    <message>
        <source>The product is not on sale in this room. Put it into the room first.</source>
        <translation>这件商品没有在本直播间上架。请先上架。</translation>
    </message>
    <message>
        <source>A set made of other products cannot be sold so. Choose a single product.</source>
        <translation>由其他商品组成的套装不能这样卖，请选单个商品。</translation>
    </message>
    <message>
        <source>Either coins or a product is won. Choose one of them.</source>
        <translation>奖品要么是金币，要么是商品，请只选一种。</translation>
    </message>
    <message>
        <source>Under the rules of China a prize is worth {price} at most. Choose another product.</source>
        <translation>按中国的规定，奖品价值不得超过 {price}。请换一件商品。</translation>
    </message>
    <message>
        <source>Who buys nothing must have a way in, too: give a word that they say instead.</source>
        <translation>没有下单的人也要能参加：请填写口令。</translation>
    </message>
    <message>
        <source>Auctions are off: under the rules of China they need a licence. Once the shop has one, the host turns them on in Settings → Selling.</source>
        <translation>拍卖未开启：按中国规则，拍卖需要资质。取得资质后，由主播在“设置 → 卖货”中开启。</translation>
    </message>
    <message>
        <source>Who wins an auction pays online. Turn online payment on in Settings → Selling.</source>
        <translation>拍下的人要在线付款。请在“设置 → 卖货”中开启在线支付。</translation>
    </message>
    <message>
        <source>The reserve is below the start price. Raise it, or leave it empty.</source>
        <translation>保留价低于起拍价，请调高或留空。</translation>
    </message>
    <message>
        <source>The winner is paying it now. Wait for that.</source>
        <translation>拍下的人正在付款，请稍等。</translation>
    </message>
    <message>
        <source>There is not so much free stock. Take fewer units, or add stock.</source>
        <translation>可用库存不够。请减少件数，或补充库存。</translation>
    </message>
    <message>
        <source>A product stands in it twice. Take one of them out.</source>
        <translation>同一件商品出现了两次。请去掉一个。</translation>
    </message>
    <message>
        <source>The flash price must be below the usual price of every specification.</source>
        <translation>秒杀价必须低于每个规格的平时价。</translation>
    </message>
    <message>
        <source>Below the lowest price you set for it: {price}.</source>
        <translation>低于你给它定的底价 {price}。</translation>
    </message>
    <message>
        <source>It was sold or offered for {price} lately: by the rules on price reductions the flash price may not be above that.</source>
        <translation>它最近卖过或标过 {price}，按降价规则，秒杀价不能高于这个价。</translation>
    </message>
    <message>
        <source>Who comes when it opens could not watch that long. Ask for less watching, or keep it open longer.</source>
        <translation>一开始就来的人也看不满这么久。请缩短观看要求，或延长开放时间。</translation>
    </message>
    <message>
        <source>What was chosen does not fit together. Check what is given away.</source>
        <translation>所选内容不相符。请检查送出的东西。</translation>
    </message>
    <message>
        <source>One viewer could win more of a coupon than one buyer may have. Allow fewer spins.</source>
        <translation>一个人可能转到超过每人限领数的券。请减少每人次数。</translation>
    </message>
    <message>
        <source>There must be a coin for each packet: give more coins, or fewer packets.</source>
        <translation>每个红包至少 1 金币：请增加金币或减少个数。</translation>
    </message>
    <message>
        <source>Give each prize a short name.</source>
        <translation>请给每个奖品写一个简短的名字。</translation>
    </message>
    <message>
        <source>Too many prizes and blanks. Take fewer.</source>
        <translation>奖品和空格太多了。请减少一些。</translation>
    </message>
    <message>
        <source>Too many coins for one wheel. Give fewer.</source>
        <translation>一个转盘的金币太多了。请少送一些。</translation>
    </message>
    <message>
        <source>Too many prizes to hand over yourself. Give coins or coupons for some of them.</source>
        <translation>要自己发的奖品太多了。请把一部分改成金币或优惠券。</translation>
    </message>
    <message>
        <source>The coupon chosen before</source>
        <translation>之前选的优惠券</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
</context>
<context>
    <name>CampaignsPanel</name>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>发起活动</translation>
    </message>
    <message>
        <source>Go live first: campaigns belong to a live.</source>
        <translation>请先开播：活动属于一场直播。</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>新建…</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Delete the template</source>
        <translation>删除模板</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
</context>
<context>
    <name>CampaignsView</name>
    <message>
        <source>it has not started yet</source>
        <translation>还没有启动</translation>
    </message>
    <message>
        <source>The template is saved.</source>
        <translation>模板已保存。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Template deleted: {title}</source>
        <translation>已删除模板：{title}</translation>
    </message>
    <message>
        <source>Template deleted</source>
        <translation>已删除模板</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>The report was not saved: {detail}.</source>
        <translation>报告没有保存：{detail}。</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>CancelDialog</name>
    <message>
        <source>Cancel the order</source>
        <translation>取消订单</translation>
    </message>
    <message>
        <source>The buyer sees the reason. What was held for the order can be sold again.</source>
        <translation>买家会看到原因。为此订单占用的库存将释放，可继续销售。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Give a reason: the buyer asks for it otherwise.</source>
        <translation>请填写原因，否则买家还会来问。</translation>
    </message>
</context>
<context>
    <name>CapFields</name>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>件数</translation>
    </message>
</context>
<context>
    <name>Carrier</name>
    <message>
        <source>SF Express</source>
        <translation>顺丰速运</translation>
    </message>
    <message>
        <source>ZTO Express</source>
        <translation>中通快递</translation>
    </message>
    <message>
        <source>YTO Express</source>
        <translation>圆通速递</translation>
    </message>
    <message>
        <source>STO Express</source>
        <translation>申通快递</translation>
    </message>
    <message>
        <source>Yunda Express</source>
        <translation>韵达快递</translation>
    </message>
    <message>
        <source>JD Logistics</source>
        <translation>京东物流</translation>
    </message>
    <message>
        <source>J&amp;T Express</source>
        <translation>极兔速递</translation>
    </message>
    <message>
        <source>EMS</source>
        <translation>邮政 EMS</translation>
    </message>
    <message>
        <source>Deppon</source>
        <translation>德邦快递</translation>
    </message>
</context>
<context>
    <name>CarrierFields</name>
    <message>
        <source>Carrier</source>
        <translation>快递公司</translation>
    </message>
    <message>
        <source>Tracking number</source>
        <translation>运单号</translation>
    </message>
    <message>
        <source>A scanner can type it</source>
        <translation>可用扫码枪录入</translation>
    </message>
    <message>
        <source>Name the carrier.</source>
        <translation>请填写快递公司。</translation>
    </message>
    <message>
        <source>Give the tracking number: the buyer follows the parcel by it.</source>
        <translation>请填写运单号：买家靠它查包裹。</translation>
    </message>
</context>
<context>
    <name>Case</name>
    <message>
        <source>Case</source>
        <translation>售后</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Worth</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Whose turn</source>
        <translation>轮到谁</translation>
    </message>
    <message>
        <source>Refund only</source>
        <translation>仅退款</translation>
    </message>
    <message>
        <source>Return and refund</source>
        <translation>退货退款</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>换货</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Goods came back</source>
        <translation>确认收到退货</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>Send a replacement</source>
        <translation>补发商品</translation>
    </message>
    <message>
        <source>Your turn</source>
        <translation>待你处理</translation>
    </message>
    <message>
        <source>The buyer&apos;s turn</source>
        <translation>待买家处理</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>{left} left to answer</source>
        <translation>还有 {left} 须答复</translation>
    </message>
    <message>
        <source>{left} left to send it back</source>
        <translation>买家还有 {left} 寄回</translation>
    </message>
    <message>
        <source>{left} left</source>
        <translation>还剩 {left}</translation>
    </message>
    <message>
        <source>1 piece</source>
        <translation>1 件</translation>
    </message>
    <message>
        <source>{n} pieces</source>
        <translation>{n} 件</translation>
    </message>
    <message>
        <source>The provider is paying it back</source>
        <translation>支付渠道正在退款</translation>
    </message>
    <message>
        <source>The money is back with the buyer</source>
        <translation>钱已退给买家</translation>
    </message>
    <message>
        <source>The money did not reach the buyer and came back: see the books</source>
        <translation>钱没有到买家手里，已退回店铺：请看账目</translation>
    </message>
    <message>
        <source>Sent back by {how}</source>
        <translation>已寄回：{how}</translation>
    </message>
</context>
<context>
    <name>CaseCard</name>
    <message>
        <source>“{reason}”</source>
        <translation>“{reason}”</translation>
    </message>
    <message>
        <source>{step}…</source>
        <translation>{step}…</translation>
    </message>
</context>
<context>
    <name>CaseList</name>
    <message>
        <source>Cases</source>
        <translation>售后</translation>
    </message>
    <message>
        <source>No case holds these words.</source>
        <translation>没有包含这些词的售后。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>When a buyer asks for a refund, a return or an exchange, it stands here.</source>
        <translation>买家申请退款、退货或换货时，会显示在这里。</translation>
    </message>
    <message>
        <source>No cases</source>
        <translation>没有售后</translation>
    </message>
</context>
<context>
    <name>CasePictures</name>
    <message>
        <source>Picture {n} of the buyer, large</source>
        <translation>看买家的第 {n} 张大图</translation>
    </message>
</context>
<context>
    <name>CasesView</name>
    <message>
        <source>Case of order {number}: {kind}</source>
        <translation>订单 {number} 申请售后：{kind}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>ChatPanel</name>
    <message>
        <source>Moderation</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主播</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助理</translation>
    </message>
    <message>
        <source>Follower</source>
        <translation>粉丝</translation>
    </message>
    <message>
        <source>{n} coins</source>
        <translation>{n} 金币</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Pin for 5 minutes</source>
        <translation>置顶 5 分钟</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>弹幕</translation>
    </message>
    <message>
        <source>Nobody has written yet. What you write here everybody sees.</source>
        <translation>还没有人发言。你在这里写的，所有人都能看到。</translation>
    </message>
    <message>
        <source>Nobody has written yet.</source>
        <translation>还没有人发言。</translation>
    </message>
    <message>
        <source>Mute for 1 minute</source>
        <translation>禁言 1 分钟</translation>
    </message>
    <message>
        <source>Mute for 10 minutes</source>
        <translation>禁言 10 分钟</translation>
    </message>
    <message>
        <source>Mute for this live session</source>
        <translation>本场禁言</translation>
    </message>
    <message>
        <source>Block for good</source>
        <translation>永久拉黑</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>With a reason…</source>
        <translation>附上理由…</translation>
    </message>
    <message>
        <source>{n} new</source>
        <translation>{n} 条新消息</translation>
    </message>
    <message>
        <source>Go to the newest</source>
        <translation>回到最新</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>提问</translation>
    </message>
</context>
<context>
    <name>ChatRulesBar</name>
    <message>
        <source>Slow mode</source>
        <translation>慢速模式</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Followers only</source>
        <translation>仅粉丝发言</translation>
    </message>
    <message>
        <source>No links</source>
        <translation>禁止链接</translation>
    </message>
    <message>
        <source>Accounts only</source>
        <translation>仅限有账号的观众</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>点赞</translation>
    </message>
    <message>
        <source>Follows</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Blocked words…</source>
        <translation>屏蔽词…</translation>
    </message>
    <message>
        <source>Rules of the chat</source>
        <translation>发言规则</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Slow mode {n} s</source>
        <translation>慢速模式 {n} 秒</translation>
    </message>
    <message>
        <source>Some for accounts only</source>
        <translation>部分仅限有账号</translation>
    </message>
    <message>
        <source>Open to all</source>
        <translation>所有人可以发言</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Let viewers write again</source>
        <translation>让观众重新发言</translation>
    </message>
    <message>
        <source>Pause chat</source>
        <translation>暂停发言</translation>
    </message>
    <message>
        <source>Let no viewer write for now</source>
        <translation>暂时不让观众发言</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Countdown stopped</source>
        <translation>倒计时已停止</translation>
    </message>
    <message>
        <source>Poll ended</source>
        <translation>投票已结束</translation>
    </message>
    <message>
        <source>Deleted: {about}</source>
        <translation>已删除：{about}</translation>
    </message>
    <message>
        <source>{about} is muted for this live session</source>
        <translation>{about} 已被本场禁言</translation>
    </message>
    <message>
        <source>{about} is muted for {n} min</source>
        <translation>{about} 已被禁言 {n} 分钟</translation>
    </message>
    <message>
        <source>{about} is blocked</source>
        <translation>已拉黑 {about}</translation>
    </message>
    <message>
        <source>Pinned: {about}</source>
        <translation>已置顶：{about}</translation>
    </message>
    <message>
        <source>Unpinned: {about}</source>
        <translation>已取消置顶：{about}</translation>
    </message>
    <message>
        <source>{n} words are blocked now</source>
        <translation>现有 {n} 个屏蔽词</translation>
    </message>
    <message>
        <source>Not connected: nothing was sent. Try again in a moment.</source>
        <translation>未连接，没有发出。请稍后再试。</translation>
    </message>
</context>
<context>
    <name>CodeDialog</name>
    <message>
        <source>Invitation</source>
        <translation>邀请</translation>
    </message>
    <message>
        <source>This is shown only once: nobody keeps the code. If it gets lost, take the invitation back and invite anew. It lets one person in, within {span}.</source>
        <translation>仅显示这一次：邀请码不会保存。如果丢失，请收回邀请后重新邀请。限一人使用，{span}内有效。</translation>
    </message>
    <message>
        <source>The link works on this computer only. For another PC choose Settings → Network → Let phones on this network watch, then invite anew.</source>
        <translation>此链接只能在本机使用。要在另一台电脑上使用，请先打开“设置 → 网络 → 允许同一网络的手机观看”，然后重新邀请。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>邀请码</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>复制邀请码</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>On the other PC type this, then enter the link, or the address and the code:</source>
        <translation>在另一台电脑上运行以下命令，然后输入链接，或者输入地址和邀请码：</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>QR code of the link</source>
        <translation>链接的二维码</translation>
    </message>
    <message>
        <source>Pass this on to your assistant</source>
        <translation>请把以下内容交给助理</translation>
    </message>
    <message>
        <source>I passed it on</source>
        <translation>我已转交</translation>
    </message>
</context>
<context>
    <name>CoinsPage</name>
    <message>
        <source>Coins</source>
        <translation>金币</translation>
    </message>
    <message>
        <source>Viewers can buy coins</source>
        <translation>观众可以购买金币</translation>
    </message>
    <message>
        <source>Viewers give gifts with coins. They pay for coins as for goods, and must have said that they are 18. A refund takes back the coins that are not given yet.</source>
        <translation>观众用金币送礼物。金币和商品一样付款，购买前要确认年满 18 周岁。退款会收回还没送出的金币。</translation>
    </message>
    <message>
        <source>Package {n}</source>
        <translation>套餐 {n}</translation>
    </message>
    <message>
        <source>A package without coins is not offered. Orders that stand keep their price.</source>
        <translation>金币数为空的套餐不出售。已有订单的价格不变。</translation>
    </message>
    <message>
        <source>Package {n} has no price. Write one, such as 6 or 6.50.</source>
        <translation>套餐 {n} 没有价格。请填写，例如 6 或 6.50。</translation>
    </message>
    <message>
        <source>Two packages have the same number of coins. Change one of them.</source>
        <translation>有两个套餐的金币数相同，请改一个。</translation>
    </message>
    <message>
        <source>There is no package to buy. Write one, or turn coins off.</source>
        <translation>没有可买的套餐。请填一个，或关闭金币购买。</translation>
    </message>
</context>
<context>
    <name>Collapsible</name>
    <message>
        <source>Reset “{title}”</source>
        <translation>重置“{title}”</translation>
    </message>
</context>
<context>
    <name>ColorField</name>
    <message>
        <source>Choose a color</source>
        <translation>选择颜色</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Write to everybody</source>
        <translation>对大家说点什么</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Do not reply</source>
        <translation>不回复了</translation>
    </message>
    <message>
        <source>The host lets you read here, not write</source>
        <translation>主播只允许你阅读，不能发言</translation>
    </message>
    <message>
        <source>Reply to {name}</source>
        <translation>回复 {name}</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>Conflict</name>
    <message>
        <source>Slow mode</source>
        <translation>慢速模式</translation>
    </message>
    <message>
        <source>Followers only</source>
        <translation>仅粉丝发言</translation>
    </message>
    <message>
        <source>No links</source>
        <translation>禁止链接</translation>
    </message>
    <message>
        <source>Chat paused</source>
        <translation>暂停弹幕</translation>
    </message>
    <message>
        <source>Votes: accounts only</source>
        <translation>投票：仅限有账号</translation>
    </message>
    <message>
        <source>Likes: accounts only</source>
        <translation>点赞：仅限有账号</translation>
    </message>
    <message>
        <source>Follows: accounts only</source>
        <translation>关注：仅限有账号</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>Avatar</source>
        <translation>头像</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>封面</translation>
    </message>
    <message>
        <source>Your picture</source>
        <translation>你的图片</translation>
    </message>
    <message>
        <source>Another picture</source>
        <translation>另一张图片</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>屏蔽</translation>
    </message>
    <message>
        <source>Not blocked</source>
        <translation>不屏蔽</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>还有 {n} 个</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>{who} changed the rules of the chat {when}, before yours came.</source>
        <translation>{who}{when}修改了聊天规则，早于你的修改。</translation>
    </message>
    <message>
        <source>{who} changed the blocked words {when}, before yours came.</source>
        <translation>{who}{when}修改了屏蔽词，早于你的修改。</translation>
    </message>
    <message>
        <source>{who} changed title, pictures or notice of the room {when}, before yours came.</source>
        <translation>{who}{when}修改了直播间的标题、图片或公告，早于你的修改。</translation>
    </message>
    <message>
        <source>{who} changed “{title}” {when}, before yours came.</source>
        <translation>{who}{when}修改了“{title}”，早于你的修改。</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>有人</translation>
    </message>
    <message>
        <source>meanwhile</source>
        <translation>刚才</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation> 在 {time} </translation>
    </message>
</context>
<context>
    <name>Copied</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>CountdownBox</name>
    <message>
        <source>Countdown</source>
        <translation>倒计时</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Count down…</source>
        <translation>开始倒计时…</translation>
    </message>
    <message>
        <source>Count down before everyone&apos;s eyes</source>
        <translation>所有观众都会看到倒计时</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Take the countdown away</source>
        <translation>撤下倒计时</translation>
    </message>
    <message>
        <source>No countdown</source>
        <translation>没有倒计时</translation>
    </message>
</context>
<context>
    <name>CountdownDialog</name>
    <message>
        <source>Count down</source>
        <translation>倒计时</translation>
    </message>
    <message>
        <source>Such as: until the draw</source>
        <translation>例如：距开奖</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Until what</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Count down before everyone&apos;s eyes</source>
        <translation>所有观众都会看到倒计时</translation>
    </message>
</context>
<context>
    <name>CouponFields</name>
    <message>
        <source>Viewers read it</source>
        <translation>观众会看到</translation>
    </message>
    <message>
        <source>An amount</source>
        <translation>固定金额</translation>
    </message>
    <message>
        <source>A percentage</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>{currency}, no limit where empty</source>
        <translation>{currency}，不填则不封顶</translation>
    </message>
    <message>
        <source>{currency}, no minimum where empty</source>
        <translation>{currency}，不填则无门槛</translation>
    </message>
    <message>
        <source>For who types a code</source>
        <translation>凭优惠码领取</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>6 to 32 letters, digits and -</source>
        <translation>6 到 32 个字母、数字或 -</translation>
    </message>
    <message>
        <source>Only for viewers with an account</source>
        <translation>仅限有账号的观众</translation>
    </message>
    <message>
        <source>A guest can come again as another guest, and claim again</source>
        <translation>游客可以换个身份再来领一次</translation>
    </message>
    <message>
        <source>All products of the shop</source>
        <translation>全店商品</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Takes off</source>
        <translation>优惠方式</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>减多少</translation>
    </message>
    <message>
        <source>How many percent</source>
        <translation>减百分之几</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多减</translation>
    </message>
    <message>
        <source>From a sum of</source>
        <translation>满多少可用</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Who gets it</source>
        <translation>谁可以领</translation>
    </message>
    <message>
        <source>Watch for</source>
        <translation>观看时长</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>优惠码</translation>
    </message>
    <message>
        <source>How many in all</source>
        <translation>总共发放</translation>
    </message>
    <message>
        <source>How many each</source>
        <translation>每人限领</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Give the coupon a title.</source>
        <translation>请填写优惠券名称。</translation>
    </message>
    <message>
        <source>“{text}” is no amount.</source>
        <translation>“{text}”不是金额。</translation>
    </message>
    <message>
        <source>Fill in how much it takes off.</source>
        <translation>请填写减多少。</translation>
    </message>
    <message>
        <source>A code has 6 to 32 letters, digits and -.</source>
        <translation>优惠码为 6 到 32 个字母、数字或 -。</translation>
    </message>
    <message>
        <source>Choose the products that it is for.</source>
        <translation>请选择可用的商品。</translation>
    </message>
</context>
<context>
    <name>CouponRow</name>
    <message>
        <source>Take off</source>
        <translation>撤下</translation>
    </message>
    <message>
        <source>Take the card off; the coupon is given out on</source>
        <translation>撤下券卡；优惠券仍可领取</translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation>停止发放…</translation>
    </message>
    <message>
        <source>Give no more of it out</source>
        <translation>不再发放</translation>
    </message>
    <message>
        <source>For {n} minutes</source>
        <translation>展示 {n} 分钟</translation>
    </message>
    <message>
        <source>{claimed} of {quota} claimed · {used} used</source>
        <translation>已领 {claimed} / {quota} · 已用 {used}</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>{time} 截止</translation>
    </message>
    <message>
        <source>from {time}</source>
        <translation>{time} 起</translation>
    </message>
    <message>
        <source>Viewers see its card, and claim it there</source>
        <translation>观众会看到券卡，点击即可领取</translation>
    </message>
    <message>
        <source>Who gets it types its code: say the code</source>
        <translation>凭优惠码领取：请直接报出优惠码</translation>
    </message>
    <message>
        <source>It is not given out now</source>
        <translation>现在不在发放</translation>
    </message>
    <message>
        <source>Show in the room</source>
        <translation>发到直播间</translation>
    </message>
</context>
<context>
    <name>Coupons</name>
    <message>
        <source>Given out</source>
        <translation>发放中</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>All given out</source>
        <translation>已领完</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>{amount} off</source>
        <translation>立减 {amount}</translation>
    </message>
    <message>
        <source>{percent}% off</source>
        <translation>减 {percent}%</translation>
    </message>
    <message>
        <source>{amount} at most</source>
        <translation>最多减 {amount}</translation>
    </message>
    <message>
        <source>from {amount} on</source>
        <translation>满 {amount} 可用</translation>
    </message>
    <message>
        <source>For everybody</source>
        <translation>人人可领</translation>
    </message>
    <message>
        <source>For followers</source>
        <translation>关注可领</translation>
    </message>
    <message>
        <source>For watching this live</source>
        <translation>看直播可领</translation>
    </message>
    <message>
        <source>By the code {code}</source>
        <translation>凭优惠码 {code}</translation>
    </message>
    <message>
        <source>For watching {time}</source>
        <translation>看满 {time} 可领</translation>
    </message>
    <message>
        <source>accounts only</source>
        <translation>仅限有账号</translation>
    </message>
    <message>
        <source>1 product</source>
        <translation>1 件商品可用</translation>
    </message>
    <message>
        <source>{n} products</source>
        <translation>{n} 件商品可用</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>A coupon takes something off: fill in how much.</source>
        <translation>优惠券要有优惠：请填写减多少。</translation>
    </message>
    <message>
        <source>It ends before it begins. Choose a later end.</source>
        <translation>结束早于开始，请改晚一些。</translation>
    </message>
    <message>
        <source>Say for how long one watches first.</source>
        <translation>请填写要看多久。</translation>
    </message>
    <message>
        <source>Who types a code has to do nothing else: choose one of the two.</source>
        <translation>优惠码和领取条件只能选一个。</translation>
    </message>
    <message>
        <source>Give the coupon a title that viewers can read.</source>
        <translation>请填写观众能看懂的名称。</translation>
    </message>
    <message>
        <source>None of the products that it is for is on sale.</source>
        <translation>可用的商品都没有在售。</translation>
    </message>
    <message>
        <source>No single product costs as much as the coupon asks for: only several together do.</source>
        <translation>没有单件商品达到使用门槛，要买多件才用得上。</translation>
    </message>
    <message>
        <source>All that it is for costs its lowest allowed price already, so nothing would come off.</source>
        <translation>可用商品已经是最低限价，用券也不会再减。</translation>
    </message>
</context>
<context>
    <name>CouponsDialog</name>
    <message>
        <source>Coupons</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Viewers claim a coupon in the room or type its code, and the checkout takes the best one that they hold. A coupon outlives the live session; its card in the room does not.</source>
        <translation>观众在直播间领取或输入优惠码，结算时自动使用最优的一张。下播后领到的券仍然有效，直播间里的券卡会撤下。</translation>
    </message>
    <message>
        <source>New coupon…</source>
        <translation>新建优惠券…</translation>
    </message>
    <message>
        <source>There is no coupon yet. Make one, then show it in the room while you are live.</source>
        <translation>还没有优惠券。新建一张，开播后发到直播间。</translation>
    </message>
    <message>
        <source>The coupons are being read.</source>
        <translation>正在读取优惠券。</translation>
    </message>
    <message>
        <source>Stop “{title}”?</source>
        <translation>停止发放“{title}”？</translation>
    </message>
    <message>
        <source>No more of it is given out. Those that viewers hold count until they end.</source>
        <translation>不再发放。观众已领的券到期前仍然有效。</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>停止发放</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>CouponsView</name>
    <message>
        <source>Viewers see its card now.</source>
        <translation>观众已经能看到券卡。</translation>
    </message>
    <message>
        <source>Not connected: nothing was sent. Try again in a moment.</source>
        <translation>未连接，没有发出。请稍后再试。</translation>
    </message>
    <message>
        <source>The coupon is made.</source>
        <translation>优惠券已建好。</translation>
    </message>
    <message>
        <source>No more of it is given out.</source>
        <translation>已停止发放。</translation>
    </message>
    <message>
        <source>there is no room</source>
        <translation>没有直播间</translation>
    </message>
</context>
<context>
    <name>Courier</name>
    <message>
        <source>The file is larger than {mb} MB. Export the orders in smaller parts.</source>
        <translation>文件超过 {mb} MB。请分批导出。</translation>
    </message>
    <message>
        <source>The file has more than {rows} rows. Divide it into several.</source>
        <translation>文件超过 {rows} 行。请拆成几个文件。</translation>
    </message>
    <message>
        <source>The file is no table that can be read. Save it as XLSX, or as CSV (UTF-8).</source>
        <translation>无法识别这个文件。请另存为 XLSX 或 CSV（UTF-8）。</translation>
    </message>
    <message>
        <source>The file is of the old Excel form (XLS). Save it as XLSX, then import that.</source>
        <translation>这是旧版 Excel 文件（XLS）。请另存为 XLSX 后再导入。</translation>
    </message>
    <message>
        <source>no order number of 15 digits stands there</source>
        <translation>没有 15 位订单号</translation>
    </message>
    <message>
        <source>a spreadsheet shortened the number; format its column as text and fill it in again</source>
        <translation>号码被表格软件截短了；请把该列设为文本后重新填写</translation>
    </message>
    <message>
        <source>no order of this room with this number waits to be sent</source>
        <translation>这个房间没有此单号的待发货订单</translation>
    </message>
    <message>
        <source>the order cannot be sent now</source>
        <translation>订单现在不能发货</translation>
    </message>
    <message>
        <source>the tracking number is missing</source>
        <translation>缺少运单号</translation>
    </message>
    <message>
        <source>a tracking number has 4 to 64 letters and digits; correct it</source>
        <translation>运单号应为 4 到 64 位字母或数字，请更正</translation>
    </message>
    <message>
        <source>an earlier line has this order already; send further parcels by hand</source>
        <translation>前面已有这个订单；其余包裹请手动发货</translation>
    </message>
    <message>
        <source>an earlier line has this tracking number for another address; correct one of them</source>
        <translation>前面有同一运单号寄往其他地址，请更正其中一行</translation>
    </message>
    <message>
        <source>Line {line}, {number}: {reason}</source>
        <translation>第 {line} 行，{number}：{reason}</translation>
    </message>
    <message>
        <source>No columns for order number (订单号) and tracking number (运单号). Name them so in the head.</source>
        <translation>没有“订单号”和“运单号”两列，请在表头这样命名。</translation>
    </message>
    <message>
        <source>No order waits to be sent: there is nothing to write.</source>
        <translation>没有待发货的订单，无需导出。</translation>
    </message>
    <message>
        <source>You see addresses in part only. Ask the host for the right to customers.</source>
        <translation>你只能看到部分地址。请向主播申请客户权限。</translation>
    </message>
    <message>
        <source>{name} is saved, with {n} orders.</source>
        <translation>{name} 已保存，共 {n} 个订单。</translation>
    </message>
    <message>
        <source>{name} was not saved ({reason}). Close it in other programs, or choose another folder.</source>
        <translation>{name} 未能保存（{reason}）。请在其他程序中关闭它，或换一个文件夹。</translation>
    </message>
    <message>
        <source>{name} was not read ({reason}). Choose it again.</source>
        <translation>{name} 未能读取（{reason}）。请重新选择。</translation>
    </message>
</context>
<context>
    <name>DeclineDialog</name>
    <message>
        <source>The buyer sees the reason. They can open another case while the time for it runs.</source>
        <translation>买家会看到原因；在售后期内可以再次申请。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Give a reason: the buyer is owed one.</source>
        <translation>请填写原因：买家有权知道。</translation>
    </message>
</context>
<context>
    <name>DeviceField</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>{name} (not there)</source>
        <translation>{name}（未接入）</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>First camera</source>
        <translation>第一个摄像头</translation>
    </message>
    <message>
        <source>Default microphone</source>
        <translation>默认麦克风</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Screens, windows and files are chosen in the Sources panel.</source>
        <translation>屏幕、窗口和文件请在“来源”面板中选择。</translation>
    </message>
</context>
<context>
    <name>DifferencesDialog</name>
    <message>
        <source>Changed meanwhile</source>
        <translation>已被修改</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>保留对方的</translation>
    </message>
    <message>
        <source>Leave everything as it is now</source>
        <translation>一切保持现状</translation>
    </message>
    <message>
        <source>Use mine</source>
        <translation>用我的</translation>
    </message>
    <message>
        <source>Overwrite what they did with what you wanted</source>
        <translation>用你的修改覆盖对方的修改</translation>
    </message>
    <message>
        <source>Somebody else was first</source>
        <translation>已有人先改了</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>你的</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>对方的</translation>
    </message>
    <message>
        <source>What is different</source>
        <translation>不同之处</translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Detach or attach this panel</source>
        <translation>浮动或停靠此面板</translation>
    </message>
    <message>
        <source>Close this panel</source>
        <translation>关闭此面板</translation>
    </message>
</context>
<context>
    <name>DrawFace</name>
    <message>
        <source>Draw</source>
        <translation>福袋抽奖</translation>
    </message>
    <message>
        <source>Equal odds, and anybody can check them</source>
        <translation>机会均等，人人可核对</translation>
    </message>
    <message>
        <source>{n} won of {entries}</source>
        <translation>{entries} 人参加，{n} 人中奖</translation>
    </message>
    <message>
        <source>{proven} of {entries} random numbers are in</source>
        <translation>收到 {proven}/{entries} 份随机数</translation>
    </message>
    <message>
        <source>{n} taking part · sealed as {seal}</source>
        <translation>{n} 人参加 · 承诺 {seal} 已公布</translation>
    </message>
</context>
<context>
    <name>DrawForm</name>
    <message>
        <source>Prize</source>
        <translation>奖品</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Winners</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>Coins for each</source>
        <translation>每份金币</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>开放时间</translation>
    </message>
    <message>
        <source>Word to say</source>
        <translation>评论口令</translation>
    </message>
    <message>
        <source>Watched for</source>
        <translation>看满</translation>
    </message>
    <message>
        <source>What is won, such as: a cup</source>
        <translation>奖品是什么，例如：保温杯</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>None: you hand the prize over</source>
        <translation>无，奖品另行发放</translation>
    </message>
    <message>
        <source>No matter how long</source>
        <translation>不要求</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Who bought in this live need not say the word</source>
        <translation>本场下过单的不用发口令</translation>
    </message>
    <message>
        <source>Only who follows you</source>
        <translation>须关注主播</translation>
    </message>
    <message>
        <source>Only who is there when it is drawn can win</source>
        <translation>开奖时须在直播间</translation>
    </message>
    <message>
        <source>Leave out who won in the last {days} days</source>
        <translation>近 {days} 天中过奖的不参加</translation>
    </message>
    <message>
        <source>Say what is won.</source>
        <translation>请写明奖品。</translation>
    </message>
    <message>
        <source>The product of the template is not on sale here. Choose another one, or none.</source>
        <translation>模板里的商品在本直播间没有在售。请另选一件，或选“无”。</translation>
    </message>
    <message>
        <source>{left} of this product are free: draw fewer winners, or add stock.</source>
        <translation>这件商品还有 {left} 件可用：请减少中奖人数，或补充库存。</translation>
    </message>
    <message>
        <source>Who buys nothing must have a way in, too: give a word that they say instead.</source>
        <translation>没有下单的人也要能参加：请填写口令。</translation>
    </message>
    <message>
        <source>Who comes when it opens could not watch that long: keep it open at least 2 minutes longer than one must watch.</source>
        <translation>开始时才来的人看不够这么久：开放时间至少要比观看要求长 2 分钟。</translation>
    </message>
    <message>
        <source>It opens at once and is sealed. After {time} the list is fixed, the viewers&apos; devices mix in numbers, and {winners} win by chance; everybody can check it.</source>
        <translation>立即开始，种子随即封存。{time}后锁定名单，观众的设备混入随机数，抽出 {winners} 份；人人可以核对。</translation>
    </message>
    <message>
        <source>{winners} units are put aside. Who wins has {hours} hours to say where it goes, and pays nothing; then the next one has it, and at last the stock.</source>
        <translation>会先留出 {winners} 件。中奖者在 {hours} 小时内填写地址，免费寄出；逾期归下一名，仍无人领取则退回库存。</translation>
    </message>
    <message>
        <source>It gives away {coins} coins.</source>
        <translation>共送出 {coins} 金币。</translation>
    </message>
</context>
<context>
    <name>EditProductForm</name>
    <message>
        <source>Edit product</source>
        <translation>编辑商品</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>On the shelf</source>
        <translation>上架</translation>
    </message>
</context>
<context>
    <name>Effects</name>
    <message>
        <source>Beauty</source>
        <translation>美颜</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>磨皮</translation>
    </message>
    <message>
        <source>Whiten</source>
        <translation>美白</translation>
    </message>
    <message>
        <source>Rosy</source>
        <translation>红润</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>Face shape</source>
        <translation>脸型</translation>
    </message>
    <message>
        <source>Slim face</source>
        <translation>瘦脸</translation>
    </message>
    <message>
        <source>Larger eyes</source>
        <translation>大眼</translation>
    </message>
    <message>
        <source>Narrow nose</source>
        <translation>瘦鼻</translation>
    </message>
    <message>
        <source>Chin</source>
        <translation>下巴</translation>
    </message>
    <message>
        <source>Mouth</source>
        <translation>嘴型</translation>
    </message>
    <message>
        <source>Make-up</source>
        <translation>美妆</translation>
    </message>
    <message>
        <source>Lips</source>
        <translation>口红</translation>
    </message>
    <message>
        <source>Lip color</source>
        <translation>口红颜色</translation>
    </message>
    <message>
        <source>Blush</source>
        <translation>腮红</translation>
    </message>
    <message>
        <source>Blush color</source>
        <translation>腮红颜色</translation>
    </message>
    <message>
        <source>Brows</source>
        <translation>眉毛</translation>
    </message>
    <message>
        <source>Looks and color</source>
        <translation>滤镜与调色</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>纯色</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>滤镜</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Natural</source>
        <translation>自然</translation>
    </message>
    <message>
        <source>Bright</source>
        <translation>明亮</translation>
    </message>
    <message>
        <source>Porcelain</source>
        <translation>瓷肌</translation>
    </message>
    <message>
        <source>Peach</source>
        <translation>蜜桃</translation>
    </message>
    <message>
        <source>Milk tea</source>
        <translation>奶茶</translation>
    </message>
    <message>
        <source>Cream</source>
        <translation>奶油</translation>
    </message>
    <message>
        <source>Warm sun</source>
        <translation>暖阳</translation>
    </message>
    <message>
        <source>Fresh</source>
        <translation>清新</translation>
    </message>
    <message>
        <source>Vivid</source>
        <translation>鲜艳</translation>
    </message>
    <message>
        <source>Jewel</source>
        <translation>珠宝</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>胶片</translation>
    </message>
    <message>
        <source>Teal and orange</source>
        <translation>青橙</translation>
    </message>
    <message>
        <source>Vintage</source>
        <translation>复古</translation>
    </message>
    <message>
        <source>Dusk</source>
        <translation>暮色</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>黑白</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>自选文件</translation>
    </message>
    <message>
        <source>Look file</source>
        <translation>滤镜文件</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>色温</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>锐度</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>虚化</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>虚化程度</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>影棚</translation>
    </message>
    <message>
        <source>Dawn</source>
        <translation>晨曦</translation>
    </message>
    <message>
        <source>Evening lights</source>
        <translation>夜色灯光</translation>
    </message>
    <message>
        <source>By the window</source>
        <translation>窗边</translation>
    </message>
    <message>
        <source>Picture file</source>
        <translation>图片文件</translation>
    </message>
    <message>
        <source>Video file</source>
        <translation>视频文件</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>填充方式</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>铺满</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>完整显示</translation>
    </message>
    <message>
        <source>Background color</source>
        <translation>背景颜色</translation>
    </message>
    <message>
        <source>Green screen</source>
        <translation>绿幕</translation>
    </message>
    <message>
        <source>Key color</source>
        <translation>抠像颜色</translation>
    </message>
    <message>
        <source>No green screen</source>
        <translation>不使用绿幕</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>手动选择</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>幕布颜色</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>边缘柔和</translation>
    </message>
    <message>
        <source>Spill removal</source>
        <translation>去溢色</translation>
    </message>
    <message>
        <source>Stickers</source>
        <translation>贴纸</translation>
    </message>
    <message>
        <source>Glasses</source>
        <translation>眼镜</translation>
    </message>
    <message>
        <source>Cat ears</source>
        <translation>猫耳</translation>
    </message>
    <message>
        <source>Hat</source>
        <translation>帽子</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Auto framing</source>
        <translation>自动构图</translation>
    </message>
    <message>
        <source>Closeness</source>
        <translation>拉近程度</translation>
    </message>
    <message>
        <source>Radiant</source>
        <translation>元气</translation>
    </message>
    <message>
        <source>full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>plain edges</source>
        <translation>边缘从简</translation>
    </message>
    <message>
        <source>coarse mask</source>
        <translation>粗略抠像</translation>
    </message>
    <message>
        <source>light beauty</source>
        <translation>轻量美颜</translation>
    </message>
    <message>
        <source>24 frames</source>
        <translation>24 帧</translation>
    </message>
    <message>
        <source>networks</source>
        <translation>识别模型</translation>
    </message>
    <message>
        <source>matte</source>
        <translation>抠像</translation>
    </message>
    <message>
        <source>Choose the file.</source>
        <translation>请选择文件。</translation>
    </message>
    <message>
        <source>The file {name} cannot be read. Put it back and allow reading it, or choose another one.</source>
        <translation>无法读取文件 {name}。请放回文件并允许读取，或选择其他文件。</translation>
    </message>
    <message>
        <source>The file {name} is too large: at most {expected} are read. Make it smaller.</source>
        <translation>文件 {name} 太大：最多读取 {expected}。请缩小后再试。</translation>
    </message>
    <message>
        <source>The file {name} is no picture that can be read. Choose a PNG, JPEG or WebP file.</source>
        <translation>文件 {name} 不是可读取的图片。请选择 PNG、JPEG 或 WebP 文件。</translation>
    </message>
    <message>
        <source>The file {name} is no video that can be played. Choose another one.</source>
        <translation>文件 {name} 不是可播放的视频。请选择其他文件。</translation>
    </message>
    <message>
        <source>Line {line}: there is no LUT_3D_SIZE before this. Choose a .cube file with a 3D look.</source>
        <translation>第 {line} 行：此前没有 LUT_3D_SIZE。请选择含 3D 滤镜的 .cube 文件。</translation>
    </message>
    <message>
        <source>Line {line}: the look&apos;s size must be {expected}, not “{got}”. Export it in another size.</source>
        <translation>第 {line} 行：滤镜尺寸应为 {expected}，而不是“{got}”。请以其他尺寸导出。</translation>
    </message>
    <message>
        <source>Line {line}: this is a 1D look. Export it as a 3D look.</source>
        <translation>第 {line} 行：这是 1D 滤镜。请导出为 3D 滤镜。</translation>
    </message>
    <message>
        <source>Line {line}: DOMAIN_MIN is not below DOMAIN_MAX. Export the look again.</source>
        <translation>第 {line} 行：DOMAIN_MIN 不小于 DOMAIN_MAX。请重新导出滤镜。</translation>
    </message>
    <message>
        <source>Line {line}: three numbers belong here, not “{got}”. Export the look again.</source>
        <translation>第 {line} 行：此处应为三个数字，而不是“{got}”。请重新导出滤镜。</translation>
    </message>
    <message>
        <source>Line {line}: {expected} colors belong to this size, not {got}. Export the look again.</source>
        <translation>第 {line} 行：该尺寸应有 {expected} 个颜色，而不是 {got} 个。请重新导出滤镜。</translation>
    </message>
    <message>
        <source>The colors go up to {got}, beyond {expected}. Export the look with values from 0 to 1.</source>
        <translation>颜色值高达 {got}，超出 {expected}。请以 0 到 1 的数值导出滤镜。</translation>
    </message>
    <message>
        <source>Line {line}: {got} must stand before the first color. Export the look again.</source>
        <translation>第 {line} 行：{got} 必须位于第一个颜色之前。请重新导出滤镜。</translation>
    </message>
</context>
<context>
    <name>EffectsPanel</name>
    <message>
        <source>Hold to see the picture without effects (viewers do not)</source>
        <translation>按住查看原图（观众看不到）</translation>
    </message>
    <message>
        <source>Compare before and after side by side (viewers do not see it)</source>
        <translation>左右对比前后效果（观众看不到）</translation>
    </message>
    <message>
        <source>Low delay: one frame less delay, a little more CPU</source>
        <translation>低延迟：少一帧延迟，略多占用处理器</translation>
    </message>
    <message>
        <source>Reset all effects of this source</source>
        <translation>重置此来源的全部效果</translation>
    </message>
    <message>
        <source>Effects of the camera</source>
        <translation>摄像头的效果</translation>
    </message>
    <message>
        <source>Effects of the screen</source>
        <translation>屏幕的效果</translation>
    </message>
    <message>
        <source>Effects of the window</source>
        <translation>窗口的效果</translation>
    </message>
    <message>
        <source>Effects of {name}</source>
        <translation>{name} 的效果</translation>
    </message>
    <message>
        <source>Effects of the test pattern</source>
        <translation>测试图的效果</translation>
    </message>
    <message>
        <source>Effects of the demo portrait</source>
        <translation>演示人像的效果</translation>
    </message>
</context>
<context>
    <name>EffectsStatus</name>
    <message>
        <source>Quality adapted</source>
        <translation>画质已自动调整</translation>
    </message>
    <message>
        <source>Step {number}: {name}, to keep the frames coming</source>
        <translation>第 {number} 级：{name}，以保证画面流畅</translation>
    </message>
    <message>
        <source>Full quality</source>
        <translation>完整画质</translation>
    </message>
    <message>
        <source>Frames took {frame} ms; {budget} ms is what they may take.</source>
        <translation>每帧用时 {frame} 毫秒，上限为 {budget} 毫秒。</translation>
    </message>
    <message>
        <source>Frames took {frame} ms; {budget} ms is what they may take. Dearest: {part}, {cost} ms.</source>
        <translation>每帧用时 {frame} 毫秒，上限为 {budget} 毫秒。最耗时：{part}，{cost} 毫秒。</translation>
    </message>
    <message>
        <source>{cost} ms a frame</source>
        <translation>每帧 {cost} 毫秒</translation>
    </message>
    <message>
        <source>networks {cost} ms</source>
        <translation>识别模型 {cost} 毫秒</translation>
    </message>
    <message>
        <source>mask {cost} ms</source>
        <translation>抠像 {cost} 毫秒</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>跳过 {count} 帧</translation>
    </message>
</context>
<context>
    <name>EndDialog</name>
    <message>
        <source>The flash sale has {time} left.</source>
        <translation>秒杀还剩 {time}。</translation>
    </message>
    <message>
        <source>1 is watching.</source>
        <translation>有 1 人正在看。</translation>
    </message>
    <message>
        <source>{n} are watching.</source>
        <translation>{n} 人正在看。</translation>
    </message>
    <message>
        <source>1 is watching, the flash sale has {time} left.</source>
        <translation>1 人正在看，秒杀还剩 {time}。</translation>
    </message>
    <message>
        <source>{n} are watching, the flash sale has {time} left.</source>
        <translation>{n} 人正在看，秒杀还剩 {time}。</translation>
    </message>
</context>
<context>
    <name>EngineView</name>
    <message>
        <source>Capture runs again.</source>
        <translation>采集已恢复。</translation>
    </message>
    <message>
        <source>Capture and broadcast stopped by an error of their own.</source>
        <translation>采集与推流因内部错误停止。</translation>
    </message>
    <message>
        <source>They are being started again; viewers see a slate until then.</source>
        <translation>正在自动重启，其间观众看到垫片画面。</translation>
    </message>
    <message>
        <source>Capture is being started again</source>
        <translation>正在重新启动采集</translation>
    </message>
    <message>
        <source>The picture is missing: viewers see a slate.</source>
        <translation>没有画面：观众看到的是垫片。</translation>
    </message>
    <message>
        <source>No picture from the source</source>
        <translation>来源没有画面</translation>
    </message>
    <message>
        <source>The sound is missing.</source>
        <translation>没有声音。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The server does not take the broadcast.</source>
        <translation>服务器拒绝了推流。</translation>
    </message>
    <message>
        <source>The line for the broadcast is lost; connecting again.</source>
        <translation>推流线路断开，正在重连。</translation>
    </message>
    <message>
        <source>Another studio has taken over the broadcast.</source>
        <translation>另一个工作室接管了推流。</translation>
    </message>
    <message>
        <source>“{name}” has taken over the broadcast.</source>
        <translation>“{name}”接管了推流。</translation>
    </message>
    <message>
        <source>Viewers see its picture. This studio has stopped sending, and stays in the room with chat and products.</source>
        <translation>观众现在看到的是它的画面。本工作室已停止推流，仍留在直播间，可继续管理聊天和商品。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回推流</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>由它继续</translation>
    </message>
</context>
<context>
    <name>EntryRulesFields</name>
    <message>
        <source>Accounts at least</source>
        <translation>账号注册满</translation>
    </message>
    <message>
        <source>On one network at most</source>
        <translation>同一网络最多</translation>
    </message>
    <message>
        <source> min old</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>None needed: guests too</source>
        <translation>不限：游客也可参加</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>One a phone number</source>
        <translation>每个手机号一个</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export for a courier</source>
        <translation>导出快递单</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Numbers are written as text. The courier&apos;s file comes back by “Import tracking”.</source>
        <translation>号码按文本写入。快递公司返回的文件用“导入运单号”导入。</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Look in:</source>
        <translation>查找范围：</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>文件类型：</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Take the file away</source>
        <translation>移除文件</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
</context>
<context>
    <name>FilterList</name>
    <message>
        <source>Filters</source>
        <translation>音频滤镜</translation>
    </message>
    <message>
        <source>Sound goes from top to bottom; drag a filter to another place</source>
        <translation>声音自上而下经过；拖动可改变次序</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>添加滤镜</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>FlashSale</name>
    <message>
        <source>Flash sale</source>
        <translation>秒杀</translation>
    </message>
    <message>
        <source>Few units for less, one start for all</source>
        <translation>限量限时，倒计时齐开</translation>
    </message>
    <message>
        <source>{taken} of {quota} taken · {sold} paid, {reserved} unpaid</source>
        <translation>已抢 {taken} / {quota} · 已付 {sold}，待付 {reserved}</translation>
    </message>
    <message>
        <source>{units} units, {seconds} s</source>
        <translation>{units} 件，{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>FlashSaleForm</name>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Flash price</source>
        <translation>秒杀价</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>专用库存</translation>
    </message>
    <message>
        <source>For each buyer</source>
        <translation>每人限购</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>预热倒计时</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>开抢时长</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Choose a product of this room.</source>
        <translation>请选择直播间里的商品。</translation>
    </message>
    <message>
        <source>Write the flash price as an amount, such as 99.00.</source>
        <translation>请填写秒杀价，例如 99.00。</translation>
    </message>
    <message>
        <source>It costs {price}: the flash price must be below that.</source>
        <translation>现价 {price}，秒杀价要低于现价。</translation>
    </message>
    <message>
        <source>{units} units of the stock are put aside.</source>
        <translation>从库存划出 {units} 件。</translation>
    </message>
    <message>
        <source>After {countdown} it opens for everybody at once, for {duration} or until all are paid.</source>
        <translation>预热 {countdown}，所有人同一刻解锁；{duration}或抢完为止。</translation>
    </message>
    <message>
        <source>What is not paid within {minutes} minutes comes back.</source>
        <translation>未付的 {minutes} 分钟后回池。</translation>
    </message>
    <message>
        <source>Below {price}</source>
        <translation>低于 {price}</translation>
    </message>
</context>
<context>
    <name>GiftBar</name>
    <message>
        <source>{name} sent {gift} ×{count}</source>
        <translation>{name} 送出{gift} ×{count}</translation>
    </message>
</context>
<context>
    <name>GiftBox</name>
    <message>
        <source>Latest gifts</source>
        <translation>最新礼物</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>贡献榜</translation>
    </message>
    <message>
        <source>Gifts</source>
        <translation>礼物</translation>
    </message>
    <message>
        <source>Gifts · {gifts} · {coins} coins</source>
        <translation>礼物 · {gifts} 件 · {coins} 金币</translation>
    </message>
    <message>
        <source>No gifts in this live session yet.</source>
        <translation>本场直播还没有人送礼物。</translation>
    </message>
    <message>
        <source>{n} coins</source>
        <translation>{n} 金币</translation>
    </message>
</context>
<context>
    <name>GiftNames</name>
    <message>
        <source>en</source>
        <comment>language of gift names</comment>
        <translation>zh</translation>
    </message>
</context>
<context>
    <name>GreyRows</name>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>HealthButton</name>
    <message>
        <source>Statistics</source>
        <translation>实时数据</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>流畅</translation>
    </message>
    <message>
        <source>Strained</source>
        <translation>不太流畅</translation>
    </message>
    <message>
        <source>Poor</source>
        <translation>卡顿</translation>
    </message>
    <message>
        <source>How picture and line do; click for all figures</source>
        <translation>画面和线路的状况；点击查看全部数据</translation>
    </message>
</context>
<context>
    <name>HostTokenView</name>
    <message>
        <source>Renew the host token?</source>
        <translation>更换主播令牌？</translation>
    </message>
    <message>
        <source>Every other studio and program that has the host token is signed out at once. A broadcast of yours is interrupted for a moment. Viewers, assistants and stream keys stay.</source>
        <translation>其他持有主播令牌的工作室和程序会立即下线，你正在进行的直播会短暂中断。观众、助理和推流密钥不受影响。</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>更换</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The host token is new; every older one has ended.</source>
        <translation>主播令牌已更换，旧令牌全部失效。</translation>
    </message>
</context>
<context>
    <name>Hotkeys</name>
    <message>
        <source>Go live or end</source>
        <translation>开始或结束直播</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>暂停或恢复直播</translation>
    </message>
    <message>
        <source>Mute or unmute the microphone</source>
        <translation>麦克风静音开关</translation>
    </message>
    <message>
        <source>Start or stop recording</source>
        <translation>开始或停止录制</translation>
    </message>
    <message>
        <source>Pause the recording or go on</source>
        <translation>暂停或继续录制</translation>
    </message>
    <message>
        <source>Mark a chapter in the recording</source>
        <translation>在录制中标记章节</translation>
    </message>
    <message>
        <source>Save the last 30 seconds</source>
        <translation>保存最近 30 秒</translation>
    </message>
    <message>
        <source>Take the card off</source>
        <translation>取消讲解</translation>
    </message>
    <message>
        <source>Write in the chat</source>
        <translation>发弹幕</translation>
    </message>
    <message>
        <source>Pause the chat or let it go on</source>
        <translation>暂停或恢复发言</translation>
    </message>
    <message>
        <source>Search products</source>
        <translation>搜索商品</translation>
    </message>
    <message>
        <source>Show the effects</source>
        <translation>显示效果面板</translation>
    </message>
    <message>
        <source>Compare before and after the effects</source>
        <translation>对比效果前后</translation>
    </message>
    <message>
        <source>Show the products</source>
        <translation>显示商品</translation>
    </message>
    <message>
        <source>Show the orders</source>
        <translation>打开订单</translation>
    </message>
    <message>
        <source>Show the campaigns</source>
        <translation>打开活动面板</translation>
    </message>
    <message>
        <source>Show the coupons</source>
        <translation>打开优惠券</translation>
    </message>
    <message>
        <source>Copy the viewers&apos; link</source>
        <translation>复制观看链接</translation>
    </message>
    <message>
        <source>Help in another room</source>
        <translation>协助另一个直播间</translation>
    </message>
    <message>
        <source>Play a media file</source>
        <translation>播放媒体文件</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Edit the layout</source>
        <translation>编辑布局</translation>
    </message>
    <message>
        <source>Hide or show the mixer</source>
        <translation>隐藏或显示混音器</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>List the hotkeys</source>
        <translation>快捷键列表</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Show or take off card {n}</source>
        <translation>讲解或取消 {n} 号商品</translation>
    </message>
    <message>
        <source>Edit the chosen product</source>
        <translation>编辑选中的商品</translation>
    </message>
</context>
<context>
    <name>HotkeysDialog</name>
    <message>
        <source>Hotkeys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>The text has {count} characters. It can have {most}.</source>
        <translation>文字有 {count} 个字，最多 {most} 个。</translation>
    </message>
    <message>
        <source>Expected a whole number from {least} to {most}, not &quot;{text}&quot;.</source>
        <translation>应为 {least} 到 {most} 的整数，而不是“{text}”。</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; has more decimals than can be kept.</source>
        <translation>“{text}”的小数位太多。</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is more than {most}.</source>
        <translation>“{text}”超过了 {most}。</translation>
    </message>
    <message>
        <source>Expected yes or no, not &quot;{text}&quot;.</source>
        <translation>应填“是”或“否”（yes / no），而不是“{text}”。</translation>
    </message>
    <message>
        <source>Each text can have {most} characters.</source>
        <translation>每一项最多 {most} 个字。</translation>
    </message>
    <message>
        <source>There are {count} texts. There can be {most}.</source>
        <translation>有 {count} 项，最多 {most} 项。</translation>
    </message>
    <message>
        <source>Expected a number such as 49 or 49.90, not &quot;{text}&quot;.</source>
        <translation>应为数字，例如 49 或 49.90，而不是“{text}”。</translation>
    </message>
    <message>
        <source>A line needs a product, a title or a code. Fill in one of them.</source>
        <translation>每行需要商品编号、标题或货号，请填其中一个。</translation>
    </message>
    <message>
        <source>An option is a name and a value. Fill in both, or none.</source>
        <translation>规格要有名称和值，请都填上，或都留空。</translation>
    </message>
    <message>
        <source>Another line of its product is refused, and a product is taken whole.</source>
        <translation>同一商品的另一行有问题，整个商品都不导入。</translation>
    </message>
    <message>
        <source>Another product of the file has the code {code} too. Change one.</source>
        <translation>文件里另一个商品也用了货号 {code}，请改掉一个。</translation>
    </message>
    <message>
        <source>A line needs a handle: it says which product it is of.</source>
        <translation>每行需要 handle，用来说明属于哪个商品。</translation>
    </message>
    <message>
        <source>A variation needs its parent: a code, or id: and a number.</source>
        <translation>变体需要填父商品：货号，或 id: 加数字。</translation>
    </message>
    <message>
        <source>Products of the type &quot;{text}&quot; are not taken.</source>
        <translation>不支持“{text}”类型的商品。</translation>
    </message>
    <message>
        <source>There is no price. Fill it in.</source>
        <translation>没有价格，请填上。</translation>
    </message>
    <message>
        <source>A new SKU needs a price. Fill it in.</source>
        <translation>新规格需要价格，请填上。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>On the shelf</source>
        <translation>上架</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Specifications</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Reference price</source>
        <translation>划线价</translation>
    </message>
    <message>
        <source>Floor price</source>
        <translation>底价</translation>
    </message>
    <message>
        <source>Limit per buyer</source>
        <translation>每人限购</translation>
    </message>
    <message>
        <source>Weight in g</source>
        <translation>重量（克）</translation>
    </message>
    <message>
        <source>Tax in 1/100 %</source>
        <translation>税率（万分之一）</translation>
    </message>
    <message>
        <source>On sale</source>
        <translation>在售</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>A new product needs a line with a price.</source>
        <translation>新商品至少要有一行带价格。</translation>
    </message>
    <message>
        <source>A new product needs a title. Fill it in.</source>
        <translation>新商品需要标题，请填上。</translation>
    </message>
    <message>
        <source>Orders hold more of {sku} than would be left. Count again.</source>
        <translation>订单占用的 {sku} 比剩下的多，请重新盘点。</translation>
    </message>
    <message>
        <source>A SKU of &quot;{title}&quot; has the code {code}. Give this one another.</source>
        <translation>“{title}”的一个规格已用货号 {code}，请换一个。</translation>
    </message>
    <message>
        <source>The reference price must be the lowest price of the 30 days before this one: {price}. Enter that, or leave it empty.</source>
        <translation>划线价只能是本次售价之前 30 天内的最低售价：{price}。请填写该价格，或留空。</translation>
    </message>
    <message>
        <source>The reference price must be the lowest price that was paid in the 7 days before this one, else the last one that was paid: {price}. Enter that, or leave it empty.</source>
        <translation>划线价只能是本次售价之前 7 天内的最低成交价；7 天内没有成交时，是最后一次成交价：{price}。请填写该价格，或留空。</translation>
    </message>
    <message>
        <source>Before this price no higher one was asked for or paid that may be crossed out. Leave the reference price empty.</source>
        <translation>在本次售价之前，没有可以划线的更高售价或成交价。请将划线价留空。</translation>
    </message>
    <message>
        <source>The room shows {most} products already. Take some out.</source>
        <translation>直播间已有 {most} 件商品，请先移出几件。</translation>
    </message>
    <message>
        <source>The product changed meanwhile. Import the line again.</source>
        <translation>商品刚被别人改过，请重新导入这一行。</translation>
    </message>
    <message>
        <source>The lines of the product have codes of several products. Part them.</source>
        <translation>这个商品的各行用了不同商品的货号，请分开。</translation>
    </message>
    <message>
        <source>The SKU stands in two lines. Leave one of them out.</source>
        <translation>这个规格出现在两行，请去掉一行。</translation>
    </message>
    <message>
        <source>This is no JSON file as an export gives it. Export once more.</source>
        <translation>这不是导出的 JSON 文件。请重新导出一次。</translation>
    </message>
    <message>
        <source>A text of the file is too long, or it has too many products.</source>
        <translation>文件里有文字过长，或者商品太多。</translation>
    </message>
    <message>
        <source>The file&apos;s prices are in {0}, the shop&apos;s in {1}.</source>
        <translation>文件的价格是 {0}，店铺用的是 {1}。</translation>
    </message>
    <message>
        <source>The file has more than {0} SKUs. Split it.</source>
        <translation>文件超过 {0} 个 SKU，请拆成几个文件。</translation>
    </message>
    <message>
        <source>The file&apos;s letters cannot be read. Save it as CSV UTF-8.</source>
        <translation>文件的文字无法识别，请另存为 CSV UTF-8。</translation>
    </message>
    <message>
        <source>The file is no whole CSV. Is a quote not closed?</source>
        <translation>CSV 文件不完整，是不是有引号没有闭合？</translation>
    </message>
    <message>
        <source>The file has more than {0} columns. Leave out what is no product&apos;s.</source>
        <translation>文件超过 {0} 列，请去掉与商品无关的列。</translation>
    </message>
    <message>
        <source>The file has no line with the names of its columns.</source>
        <translation>文件没有列名那一行。</translation>
    </message>
    <message>
        <source>The column &quot;{0}&quot; stands twice. Leave one of them out.</source>
        <translation>“{0}”这一列出现了两次，请去掉一列。</translation>
    </message>
    <message>
        <source>The file has more than {0} lines. Split it.</source>
        <translation>文件超过 {0} 行，请拆成几个文件。</translation>
    </message>
    <message>
        <source>A cell in line {0} is too long. Is a quote not closed?</source>
        <translation>第 {0} 行有单元格过长，是不是有引号没有闭合？</translation>
    </message>
    <message>
        <source>The names of the columns are not known. An export shows ours; files of Shopify and WooCommerce are taken as they export them.</source>
        <translation>列名无法识别。可先导出一份看看本店的列名；Shopify 和 WooCommerce 导出的文件可以直接用。</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import products</source>
        <translation>导入商品</translation>
    </message>
    <message>
        <source>Take the stock in the file for a count</source>
        <translation>以文件中的库存为盘点数</translation>
    </message>
    <message>
        <source>Fetch pictures from their links</source>
        <translation>按链接下载图片</translation>
    </message>
    <message>
        <source>List new products in the room</source>
        <translation>新商品加入直播间</translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation>撤销导入</translation>
    </message>
    <message>
        <source>What others changed or bought since stays</source>
        <translation>之后被修改或售出的部分保持不变</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Import: {name}</source>
        <translation>导入：{name}</translation>
    </message>
    <message>
        <source>{n} lines</source>
        <translation>{n} 行</translation>
    </message>
    <message>
        <source>Nothing is written yet. {lines}</source>
        <translation>尚未写入，共 {lines}</translation>
    </message>
    <message>
        <source>Imported. {lines}</source>
        <translation>已导入，共 {lines}</translation>
    </message>
    <message>
        <source>{n} pictures fetched, {bad} not</source>
        <translation>已下载 {n} 张图片，{bad} 张失败</translation>
    </message>
    <message>
        <source>Import {n} products</source>
        <translation>导入 {n} 件商品</translation>
    </message>
    <message>
        <source>Nothing was imported.</source>
        <translation>没有导入任何商品。</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>lines left out</source>
        <translation>行未导入</translation>
    </message>
</context>
<context>
    <name>ImportLines</name>
    <message>
        <source>Lines</source>
        <translation>文件各行</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>变更内容</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>不变</translation>
    </message>
</context>
<context>
    <name>InviteDialog</name>
    <message>
        <source>Invite an assistant</source>
        <translation>邀请助理</translation>
    </message>
    <message>
        <source>Give what is needed and no more; you can change it at any time.</source>
        <translation>只给必要的权限，之后随时可以修改。</translation>
    </message>
    <message>
        <source>Then they end by themselves</source>
        <translation>到期自动失效</translation>
    </message>
    <message>
        <source>It lets one person in, once, and is worth nothing afterwards</source>
        <translation>限一人使用一次，用后即失效</translation>
    </message>
    <message>
        <source>The rights last</source>
        <translation>权限期限</translation>
    </message>
    <message>
        <source>The code works for</source>
        <translation>邀请码有效期</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Make the code</source>
        <translation>生成邀请码</translation>
    </message>
</context>
<context>
    <name>ItemForm</name>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>JoinDialog</name>
    <message>
        <source>Help in a room</source>
        <translation>协助直播间</translation>
    </message>
    <message>
        <source>What the others call you</source>
        <translation>大家如何称呼你</translation>
    </message>
    <message>
        <source>Link or address</source>
        <translation>链接或地址</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>邀请码</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的名字</translation>
    </message>
    <message>
        <source>The host makes the link with its code under Live → Assistants. It works once.</source>
        <translation>链接和邀请码由主播在“直播 → 助理”中生成，只能使用一次。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>This is no room&apos;s address. Paste the link the host gave you.</source>
        <translation>这不是直播间的地址，请粘贴主播给你的链接。</translation>
    </message>
    <message>
        <source>A code has ten letters and digits. Look at it once more.</source>
        <translation>邀请码由十个字母和数字组成，请再核对一次。</translation>
    </message>
</context>
<context>
    <name>JoinView</name>
    <message>
        <source>The room cannot be reached at {url}. Check the address and the network.</source>
        <translation>无法连接 {url} 的直播间，请检查地址和网络。</translation>
    </message>
    <message>
        <source>The code is unknown, used, or out of date. Ask the host for a new one.</source>
        <translation>邀请码不存在、已被使用或已过期，请向主播索取新的。</translation>
    </message>
    <message>
        <source>There is no such room at this address. Paste the link the host gave you.</source>
        <translation>此地址没有这个直播间，请粘贴主播给你的链接。</translation>
    </message>
    <message>
        <source>This name cannot be used. Choose another one, up to {n} characters.</source>
        <translation>这个名字不能使用，请换一个，最多 {n} 个字。</translation>
    </message>
    <message>
        <source>There were too many tries. Wait {n} seconds and try again.</source>
        <translation>尝试次数过多，请等待 {n} 秒后再试。</translation>
    </message>
</context>
<context>
    <name>LabelsDialog</name>
    <message>
        <source>Category and tags</source>
        <translation>分类和标签</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Several: they stay as they are</source>
        <translation>各不相同：保持不变</translation>
    </message>
    <message>
        <source>with commas</source>
        <translation>用逗号分隔</translation>
    </message>
    <message>
        <source>{tag} · {n} of {all}</source>
        <translation>{tag} · {n}/{all}</translation>
    </message>
    <message>
        <source>Category and tags of {n} products</source>
        <translation>{n} 个商品的分类和标签</translation>
    </message>
    <message>
        <source>Category and tags of {title}</source>
        <translation>“{title}”的分类和标签</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Further tags</source>
        <translation>新增标签</translation>
    </message>
    <message>
        <source>A product has at most {n} tags.</source>
        <translation>每个商品最多 {n} 个标签。</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
</context>
<context>
    <name>LargePicture</name>
    <message>
        <source>Picture of the buyer</source>
        <translation>买家的图片</translation>
    </message>
</context>
<context>
    <name>LegalPage</name>
    <message>
        <source>Business licence</source>
        <translation>营业执照</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系我们</translation>
    </message>
    <message>
        <source>Terms of sale</source>
        <translation>服务条款</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私政策</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>退换货说明</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Viewers read this text from now on</source>
        <translation>从现在起观众看到这段文字</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回修改</translation>
    </message>
    <message>
        <source>Show the text as it is published</source>
        <translation>恢复为已发布的文字</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Plain text. A line that begins with # and a space is a heading. Viewers find what is written below the products and in the checkout.</source>
        <translation>纯文本。以 # 加空格开头的一行是标题。写好的页面，观众在商品列表下方和结算页能找到。</translation>
    </message>
    <message>
        <source>The text is being published.</source>
        <translation>正在发布…</translation>
    </message>
    <message>
        <source>The text is being read.</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>A text has at most {n} characters. Shorten it.</source>
        <translation>最多 {n} 个字，请缩短。</translation>
    </message>
    <message>
        <source>Not published yet.</source>
        <translation>还没有发布。</translation>
    </message>
    <message>
        <source>Published {time}</source>
        <translation>{time} 发布</translation>
    </message>
    <message>
        <source>The shop has not written this page yet: viewers see no link to it.</source>
        <translation>店铺还没有写这一页，观众看不到它的链接。</translation>
    </message>
    <message>
        <source>Not published yet: {names}. Publish it, or take it back.</source>
        <translation>还没有发布：{names}。请发布，或撤回修改。</translation>
    </message>
</context>
<context>
    <name>LinesView</name>
    <message>
        <source>Viewers miss parts of the picture: they get lost on the way to the server.</source>
        <translation>观众的画面有缺失：数据在上传到服务器的途中丢失。</translation>
    </message>
    <message>
        <source>Use a cable instead of Wi-Fi, or set a smaller upper bitrate in Settings → Bitrate.</source>
        <translation>请用网线代替 Wi-Fi，或在“设置 → 码率”里调低上限。</translation>
    </message>
    <message>
        <source>Close other programs on the server&apos;s computer, connect it by cable, or set a smaller upper bitrate in Settings → Bitrate.</source>
        <translation>请关掉服务器所在电脑上的其他程序，给它接网线，或在“设置 → 码率”里调低上限。</translation>
    </message>
    <message>
        <source>The server cannot send all of the picture to its viewers.</source>
        <translation>服务器来不及把画面全部发给观众。</translation>
    </message>
</context>
<context>
    <name>ListDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ListPages</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>LiveBar</name>
    <message>
        <source>How long the broadcast has been live</source>
        <translation>已直播多久</translation>
    </message>
    <message>
        <source>watching</source>
        <translation>在看</translation>
    </message>
    <message>
        <source>Viewers in the room now</source>
        <translation>直播间现在的人数</translation>
    </message>
    <message>
        <source>orders</source>
        <translation>单</translation>
    </message>
    <message>
        <source>Orders of this live session</source>
        <translation>本场直播的订单数</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>成交</translation>
    </message>
    <message>
        <source>What was paid for orders of this live session</source>
        <translation>本场直播订单的成交额</translation>
    </message>
    <message>
        <source>The viewers&apos; link and its QR code</source>
        <translation>观看链接和二维码</translation>
    </message>
    <message>
        <source>The viewers&apos; link works only on this computer; see Settings → Network</source>
        <translation>观看链接只能在这台电脑上打开；见“设置 → 网络”</translation>
    </message>
    <message>
        <source>No server</source>
        <translation>服务器未连接</translation>
    </message>
    <message>
        <source>Off air</source>
        <translation>未开播</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>连接中…</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>直播中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>重连中…</translation>
    </message>
    <message>
        <source>Left open</source>
        <translation>上一场未结束</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>分享</translation>
    </message>
</context>
<context>
    <name>LiveControls</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Viewers see “back soon” until you resume</source>
        <translation>恢复之前，观众看到“马上回来”</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续直播</translation>
    </message>
    <message>
        <source>Go on after the pause</source>
        <translation>结束暂停，继续直播</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>End the broadcast for everybody</source>
        <translation>为所有人结束直播</translation>
    </message>
    <message>
        <source>Every viewer sees that it is over.</source>
        <translation>每位观众都会看到直播结束。</translation>
    </message>
    <message>
        <source>To step away, pause instead.</source>
        <translation>想离开一会儿请用“暂停”。</translation>
    </message>
    <message>
        <source>End the broadcast?</source>
        <translation>结束直播？</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>继续直播</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>结束直播</translation>
    </message>
    <message>
        <source>Publish to the session that is still open</source>
        <translation>继续向尚未结束的场次推流</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>接着播</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>开始直播</translation>
    </message>
    <message>
        <source>Begin the broadcast</source>
        <translation>开始直播</translation>
    </message>
</context>
<context>
    <name>LiveNumbers</name>
    <message>
        <source>directly</source>
        <translation>直接进入</translation>
    </message>
    <message>
        <source>by your link</source>
        <translation>主播链接</translation>
    </message>
    <message>
        <source>by QR code</source>
        <translation>扫码</translation>
    </message>
    <message>
        <source>by viewers&apos; sharing</source>
        <translation>观众分享</translation>
    </message>
    <message>
        <source>by a viewer&apos;s link</source>
        <translation>观众链接</translation>
    </message>
    <message>
        <source>otherwise</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>{n} coins in all</source>
        <translation>共 {n} 金币</translation>
    </message>
    <message>
        <source>{amount} paid</source>
        <translation>已付 {amount}</translation>
    </message>
    <message>
        <source>Viewers came {list}</source>
        <translation>进场来源：{list}</translation>
    </message>
    <message>
        <source>Viewers</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Joins</source>
        <translation>进场</translation>
    </message>
    <message>
        <source>Danmu</source>
        <translation>弹幕</translation>
    </message>
    <message>
        <source>Likes</source>
        <translation>点赞</translation>
    </message>
    <message>
        <source>Follows</source>
        <translation>关注</translation>
    </message>
    <message>
        <source>Gifts</source>
        <translation>礼物</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>The host does not show you the numbers.</source>
        <translation>主播没有向你开放数据。</translation>
    </message>
    <message>
        <source>peak {n}</source>
        <translation>峰值 {n}</translation>
    </message>
    <message>
        <source>{n} in all</source>
        <translation>共 {n}</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Viewers see its picture now. If that is not wanted, revoke its key in Live → Stream keys, or let the other in again there.</source>
        <translation>观众现在看到的是它的画面。如果不希望这样，请在“直播 → 推流密钥”中吊销它的密钥，或重新允许另一个推流。</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续直播</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>The room is still live, but this studio sends no picture.</source>
        <translation>房间仍在直播中，但本工作室没有推送画面。</translation>
    </message>
    <message>
        <source>Continue to send yours, or end the broadcast.</source>
        <translation>可以继续推送画面，或结束这场直播。</translation>
    </message>
    <message>
        <source>The viewers&apos; link is on the clipboard.</source>
        <translation>观看链接已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The server does not let this studio in.</source>
        <translation>服务器拒绝本工作室进入。</translation>
    </message>
    <message>
        <source>Check address, room and host token in Settings → Network. It said: {detail}</source>
        <translation>请在“设置 → 网络”中检查地址、房间和主播令牌。对方说：{detail}</translation>
    </message>
    <message>
        <source>The server is newer than this studio.</source>
        <translation>服务器的版本比本工作室新。</translation>
    </message>
    <message>
        <source>Update the studio and start it again; viewers keep watching.</source>
        <translation>请更新工作室并重新启动；观众仍可继续观看。</translation>
    </message>
    <message>
        <source>The server is older than this studio.</source>
        <translation>服务器的版本比本工作室旧。</translation>
    </message>
    <message>
        <source>Update Livestall on the server; it is tried again by itself.</source>
        <translation>请更新服务器上的 Livestall；会自动重试。</translation>
    </message>
    <message>
        <source>The connection to the server is lost; viewers keep watching.</source>
        <translation>与服务器的连接断开，观众仍可观看。</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>会自动重试。</translation>
    </message>
</context>
<context>
    <name>MailPage</name>
    <message>
        <source>The shop does not take this: {detail}</source>
        <translation>店铺不收这个设置：{detail}</translation>
    </message>
    <message>
        <source>The server did not answer: {detail}. Check that it runs, then try again.</source>
        <translation>服务器没有应答：{detail}。请确认它在运行，然后重试。</translation>
    </message>
    <message>
        <source>E-mails</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>发送测试</translation>
    </message>
    <message>
        <source>Send an e-mail as typed here</source>
        <translation>按这里填写的设置发一封邮件</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Try those that were given up for another day</source>
        <translation>把放弃的邮件再试一天</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>邮件服务器</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>From address</source>
        <translation>发件地址</translation>
    </message>
    <message>
        <source>From name</source>
        <translation>发件人名称</translation>
    </message>
    <message>
        <source>Test to</source>
        <translation>测试收件人</translation>
    </message>
    <message>
        <source>Give the address that e-mails come from, or empty the mail server to send none.</source>
        <translation>请填发件地址；不想发邮件就把邮件服务器清空。</translation>
    </message>
    <message>
        <source>The test is being sent; this can take half a minute.</source>
        <translation>正在发送测试，最多需要半分钟。</translation>
    </message>
    <message>
        <source>TLS from the start (usual)</source>
        <translation>TLS（常用）</translation>
    </message>
    <message>
        <source>STARTTLS</source>
        <translation>STARTTLS</translation>
    </message>
    <message>
        <source>None (a server in this network alone)</source>
        <translation>不加密（仅限本网络内的服务器）</translation>
    </message>
    <message>
        <source>Off: buyers get no e-mails.</source>
        <translation>未开启：买家收不到邮件。</translation>
    </message>
    <message>
        <source>E-mails that wait: {n}.</source>
        <translation>等待发送：{n} 封。</translation>
    </message>
    <message>
        <source>Given up after a day or refused: {n}.</source>
        <translation>超过一天或被拒收而放弃：{n} 封。</translation>
    </message>
    <message>
        <source>On: none waits.</source>
        <translation>已开启，没有等待发送的邮件。</translation>
    </message>
    <message>
        <source>No password yet. Write two lines into {file} on the server&apos;s computer, readable by its owner alone: the mail server&apos;s name, then its password. They count at once.</source>
        <translation>还没有密码。请在服务器那台电脑的 {file} 里写两行（只许所有者读取）：第一行邮件服务器名，第二行密码。写好立即生效。</translation>
    </message>
    <message>
        <source>The password that was found is for {host}, and goes to no other server. Give that one above, or have the new server and its password written into {file} on the server&apos;s computer.</source>
        <translation>找到的密码是给 {host} 的，不会发给别的服务器。请在上面填这个服务器，或者请人把新服务器名和它的密码写进服务器那台电脑的 {file}。</translation>
    </message>
    <message>
        <source>A password was found, for {host}.</source>
        <translation>已找到 {host} 的密码。</translation>
    </message>
    <message>
        <source>Sent. Look into that mailbox, and into its spam.</source>
        <translation>已发送。请查看该邮箱，也看看垃圾邮件。</translation>
    </message>
    <message>
        <source>The mail server cannot be reached. Check its name and port, then test again.</source>
        <translation>连不上邮件服务器。请检查名称和端口，再测试一次。</translation>
    </message>
    <message>
        <source>The line would not be encrypted so. Choose another encryption or port.</source>
        <translation>这样连接不会加密。请换一种加密方式或端口。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not for this name. Give the name that your mail provider names.</source>
        <translation>服务器的证书与名称不符。请填写邮箱服务商给出的服务器名称。</translation>
    </message>
    <message>
        <source>There is a user but no password. Put the password in its place first, as said under the user.</source>
        <translation>填了用户名但没有密码。请先按用户名下面的说明放好密码。</translation>
    </message>
    <message>
        <source>The password on the server&apos;s computer is for another mail server, and goes to no other. Nothing was sent.</source>
        <translation>服务器那台电脑上的密码是给另一个邮件服务器的，不会发给别的服务器。什么都没有发出。</translation>
    </message>
    <message>
        <source>The server refuses user or password. Many providers want a password made for programs, which their web page gives.</source>
        <translation>服务器拒绝了用户名或密码。许多邮箱需要在网页上生成专用的“授权码”作为密码。</translation>
    </message>
    <message>
        <source>The server does not send from this address. Use the mailbox that you log in with.</source>
        <translation>服务器不允许用这个地址发信。请使用登录的那个邮箱。</translation>
    </message>
    <message>
        <source>The server does not deliver to this address. Check it, or test with another.</source>
        <translation>服务器不能投递到这个地址。请检查地址，或换一个测试。</translation>
    </message>
    <message>
        <source>The server answered, but did not take the e-mail. Look up its words.</source>
        <translation>服务器有应答，但没有接收邮件。请查询它的说明。</translation>
    </message>
</context>
<context>
    <name>MailView</name>
    <message>
        <source>it has not started yet</source>
        <translation>还没有启动</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{name} — live-selling studio</source>
        <translation>{name} — 直播带货工作室</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Live numbers a minute</source>
        <translation>每分钟数据</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>弹幕</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>观众</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Run of show</source>
        <translation>流程单</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>活动</translation>
    </message>
</context>
<context>
    <name>MarkBar</name>
    <message>
        <source>Remark for the shop&apos;s people</source>
        <translation>给店员的备注</translation>
    </message>
    <message>
        <source>Remark; the buyer does not see it</source>
        <translation>备注（买家看不到）</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Flag this order for the shop&apos;s people</source>
        <translation>为店员标记这个订单</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Live</source>
        <translation>直播(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Recordings…</source>
        <translation>录像…</translation>
    </message>
    <message>
        <source>Other platforms…</source>
        <translation>其他平台…</translation>
    </message>
    <message>
        <source>Books…</source>
        <translation>账目…</translation>
    </message>
    <message>
        <source>Room…</source>
        <translation>直播间…</translation>
    </message>
    <message>
        <source>Assistants…</source>
        <translation>助理…</translation>
    </message>
    <message>
        <source>Stream keys…</source>
        <translation>推流密钥…</translation>
    </message>
    <message>
        <source>API tokens…</source>
        <translation>API 令牌…</translation>
    </message>
    <message>
        <source>Webhooks…</source>
        <translation>Webhook…</translation>
    </message>
    <message>
        <source>Audit log…</source>
        <translation>操作记录…</translation>
    </message>
    <message>
        <source>Renew the host token…</source>
        <translation>更换主播令牌…</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Show the log files</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>About {name}</source>
        <translation>关于 {name}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>MixerPanel</name>
    <message>
        <source>Sound level</source>
        <translation>音量电平</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Volume; a double click sets it to 0 dB</source>
        <translation>音量，双击恢复到 0 dB</translation>
    </message>
    <message>
        <source>You speak while muted: {keys}</source>
        <translation>静音中，你在说话：按 {keys} 取消静音</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>无声音</translation>
    </message>
    <message>
        <source>Do not say so for 10 minutes</source>
        <translation>10 分钟内不再提醒</translation>
    </message>
    <message>
        <source>Filters: {n} at work</source>
        <translation>滤镜：{n} 个在用</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>音频滤镜</translation>
    </message>
    <message>
        <source>How loud the last 3 seconds are to viewers; speech sounds best at {target} LUFS</source>
        <translation>最近 3 秒观众听到的响度；说话以 {target} LUFS 最合适</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Media file</source>
        <translation>媒体文件</translation>
    </message>
    <message>
        <source>Demo music</source>
        <translation>演示音乐</translation>
    </message>
    <message>
        <source>Test tone</source>
        <translation>测试音</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
</context>
<context>
    <name>MixerStrip</name>
    <message>
        <source>Sound level of {name}</source>
        <translation>{name}的音量电平</translation>
    </message>
    <message>
        <source>Volume of {name}</source>
        <translation>{name}的音量</translation>
    </message>
    <message>
        <source>Volume; a double click sets it to 0 dB</source>
        <translation>音量，双击恢复到 0 dB</translation>
    </message>
    <message>
        <source>Unmute {name}</source>
        <translation>取消{name}静音</translation>
    </message>
    <message>
        <source>Mute {name}</source>
        <translation>{name}静音</translation>
    </message>
    <message>
        <source>Filters of {name}: {n} at work</source>
        <translation>{name}的滤镜：{n} 个启用</translation>
    </message>
    <message>
        <source>Filters of {name}</source>
        <translation>{name}的滤镜</translation>
    </message>
    <message>
        <source>Take {name} off the mixer</source>
        <translation>从调音台移除{name}</translation>
    </message>
</context>
<context>
    <name>MixerStrips</name>
    <message>
        <source>Add a sound</source>
        <translation>添加声音</translation>
    </message>
    <message>
        <source>Let one more microphone, music or file sound</source>
        <translation>再加一路麦克风、音乐或文件的声音</translation>
    </message>
    <message>
        <source>Further sounds</source>
        <translation>其他声音</translation>
    </message>
    <message>
        <source>Default microphone</source>
        <translation>默认麦克风</translation>
    </message>
    <message>
        <source>Sound of the media file</source>
        <translation>媒体文件的声音</translation>
    </message>
    <message>
        <source>Demo music</source>
        <translation>演示音乐</translation>
    </message>
    <message>
        <source>Test tone</source>
        <translation>测试音</translation>
    </message>
</context>
<context>
    <name>ModelBanner</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>{count} networks for beauty, background and stickers are not here yet ({size} MB).</source>
        <translation>美颜、背景和贴纸用的 {count} 个模型还没有下载（{size} MB）。</translation>
    </message>
    <message>
        <source>Without their networks beauty, background and stickers do not work, or not as well. Looks and the green screen do.</source>
        <translation>缺少模型时，美颜、背景和贴纸不能用，或效果较差；滤镜和绿幕可以用。</translation>
    </message>
    <message>
        <source>Fetching networks ({size} MB)…</source>
        <translation>正在下载识别模型（{size} MB）…</translation>
    </message>
</context>
<context>
    <name>ModerationDialog</name>
    <message>
        <source>Moderate</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>刷屏</translation>
    </message>
    <message>
        <source>Insult</source>
        <translation>辱骂</translation>
    </message>
    <message>
        <source>Advertising</source>
        <translation>广告</translation>
    </message>
    <message>
        <source>False information</source>
        <translation>不实信息</translation>
    </message>
</context>
<context>
    <name>ModerationList</name>
    <message>
        <source>What you and your assistants do in the chat stands here, with its undo.</source>
        <translation>你和助理在聊天里的管理操作会列在这里，可以撤销。</translation>
    </message>
    <message>
        <source>Moderation</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>{about} is blocked</source>
        <translation>{about} 已被拉黑</translation>
    </message>
    <message>
        <source>{about} is muted for this live session</source>
        <translation>{about} 本场禁言中</translation>
    </message>
    <message>
        <source>{about} is muted until {time}</source>
        <translation>{about} 禁言至 {time}</translation>
    </message>
    <message>
        <source>Deleted: {about}</source>
        <translation>已删除：{about}</translation>
    </message>
    <message>
        <source>Restored: {about}</source>
        <translation>已恢复：{about}</translation>
    </message>
    <message>
        <source>Muted: {about}</source>
        <translation>已禁言：{about}</translation>
    </message>
    <message>
        <source>Unmuted: {about}</source>
        <translation>已解除禁言：{about}</translation>
    </message>
    <message>
        <source>Blocked: {about}</source>
        <translation>已拉黑：{about}</translation>
    </message>
    <message>
        <source>Unblocked: {about}</source>
        <translation>已解除拉黑：{about}</translation>
    </message>
    <message>
        <source>Pinned: {about}</source>
        <translation>已置顶：{about}</translation>
    </message>
    <message>
        <source>Unpinned: {about}</source>
        <translation>已取消置顶：{about}</translation>
    </message>
    <message>
        <source>Changed the blocked words</source>
        <translation>修改了屏蔽词</translation>
    </message>
    <message>
        <source>Changed the rules of the chat</source>
        <translation>修改了聊天规则</translation>
    </message>
</context>
<context>
    <name>ModerationRow</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤销这次操作</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>On this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>On a server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Let phones on this network watch</source>
        <translation>允许同一网络的手机观看</translation>
    </message>
    <message>
        <source>Listens on all addresses of this computer instead of itself alone</source>
        <translation>监听本机所有地址，而不只是本机自己</translation>
    </message>
    <message>
        <source>0 takes a free one at every start</source>
        <translation>填 0 则每次启动使用空闲端口</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Host token</source>
        <translation>主播令牌</translation>
    </message>
    <message>
        <source>The server&apos;s address must begin with http:// or https://.</source>
        <translation>服务器地址必须以 http:// 或 https:// 开头。</translation>
    </message>
    <message>
        <source>Give the room and the host token; the server&apos;s operator has both.</source>
        <translation>请填写房间和主播令牌，可向服务器管理员索取。</translation>
    </message>
</context>
<context>
    <name>NewCouponDialog</name>
    <message>
        <source>New coupon</source>
        <translation>新建优惠券</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Make it all the same</source>
        <translation>仍然新建</translation>
    </message>
    <message>
        <source>Make the coupon</source>
        <translation>新建</translation>
    </message>
</context>
<context>
    <name>NewProductForm</name>
    <message>
        <source>New product</source>
        <translation>新商品</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>On the shelf</source>
        <translation>上架</translation>
    </message>
    <message>
        <source>In this room</source>
        <translation>本直播间</translation>
    </message>
</context>
<context>
    <name>NewTokenDialog</name>
    <message>
        <source>New API token</source>
        <translation>新建 API 令牌</translation>
    </message>
    <message>
        <source>Till at the counter</source>
        <translation>柜台收银机</translation>
    </message>
    <message>
        <source>What will use the token?</source>
        <translation>谁来使用这个令牌？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Make the token</source>
        <translation>创建令牌</translation>
    </message>
</context>
<context>
    <name>NewWebhookDialog</name>
    <message>
        <source>New webhook</source>
        <translation>新建 Webhook</translation>
    </message>
    <message>
        <source>Address of the program</source>
        <translation>程序的地址</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add the webhook</source>
        <translation>添加 Webhook</translation>
    </message>
</context>
<context>
    <name>NewestMessages</name>
    <message>
        <source>Open the chat</source>
        <translation>打开弹幕</translation>
    </message>
    <message>
        <source>Newest messages</source>
        <translation>最新弹幕</translation>
    </message>
    <message>
        <source>Nobody has written yet.</source>
        <translation>还没有人发言。</translation>
    </message>
</context>
<context>
    <name>OnAirStrip</name>
    <message>
        <source>Take the card off every viewer&apos;s screen</source>
        <translation>从所有观众的屏幕上取下讲解卡</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>取消讲解</translation>
    </message>
    <message>
        <source>On air for {time}</source>
        <translation>已讲解 {time}</translation>
    </message>
    <message>
        <source>Press Explain to show a card to everybody</source>
        <translation>点击“讲解”，向所有观众弹出讲解卡</translation>
    </message>
    <message>
        <source>To show cards you need the right to products; ask the host for it</source>
        <translation>弹出讲解卡需要商品权限，请向主播申请</translation>
    </message>
    <message>
        <source>No card on air</source>
        <translation>没有讲解中的商品</translation>
    </message>
    <message>
        <source>On air</source>
        <translation>讲解中</translation>
    </message>
</context>
<context>
    <name>Order</name>
    <message>
        <source>Host</source>
        <translation>主播</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>定时器</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>Parcel</source>
        <translation>包裹</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>售后</translation>
    </message>
    <message>
        <source>{axis}: {step}</source>
        <translation>{axis}：{step}</translation>
    </message>
    <message>
        <source>Sandbox cashier</source>
        <translation>沙箱收银台</translation>
    </message>
    <message>
        <source>being prepared</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>waiting for the buyer</source>
        <translation>等待买家</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>已付</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation>买家</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Parcels</source>
        <translation>包裹</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>waits {n} days</source>
        <translation>已等 {n} 天</translation>
    </message>
    <message>
        <source>waits {n} h</source>
        <translation>已等 {n} 小时</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>待付款</translation>
    </message>
    <message>
        <source>To ship</source>
        <translation>待发货</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>运输中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Cases to answer</source>
        <translation>待处理售后</translation>
    </message>
    <message>
        <source>open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>unpaid</source>
        <translation>待付款</translation>
    </message>
    <message>
        <source>part refunded</source>
        <translation>部分退款</translation>
    </message>
    <message>
        <source>refunded</source>
        <translation>已退款</translation>
    </message>
    <message>
        <source>Online payment</source>
        <translation>在线支付</translation>
    </message>
    <message>
        <source>Bank transfer</source>
        <translation>银行转账</translation>
    </message>
    <message>
        <source>Cash on delivery</source>
        <translation>货到付款</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>已打包</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>运输中</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>requested</source>
        <translation>已申请</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>sent back</source>
        <translation>已寄回</translation>
    </message>
    <message>
        <source>received</source>
        <translation>已收货</translation>
    </message>
    <message>
        <source>exchanged</source>
        <translation>已换货</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>nothing to send</source>
        <translation>无需发货</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>未打包</translation>
    </message>
    <message>
        <source>shipped {sent}/{units}</source>
        <translation>运输中 {sent}/{units}</translation>
    </message>
    <message>
        <source>{kinds} kinds, {units} pieces</source>
        <translation>{kinds} 种 {units} 件</translation>
    </message>
</context>
<context>
    <name>OrderDetail</name>
    <message>
        <source>Choose an order to see all of it.</source>
        <translation>选一个订单，查看全部内容。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the order&apos;s number</source>
        <translation>复制单号</translation>
    </message>
    <message>
        <source>Ship…  S</source>
        <translation>发货…  S</translation>
    </message>
    <message>
        <source>Hand the order to a carrier (S)</source>
        <translation>交给快递发货（S）</translation>
    </message>
    <message>
        <source>Cancel…</source>
        <translation>取消…</translation>
    </message>
    <message>
        <source>Call the order off, with a reason</source>
        <translation>填写原因并取消订单</translation>
    </message>
    <message>
        <source>Refund…</source>
        <translation>退款…</translation>
    </message>
    <message>
        <source>Give money back, or call a paid order off</source>
        <translation>退款，或取消已付款的订单</translation>
    </message>
    <message>
        <source>Mark as paid…</source>
        <translation>确认收款…</translation>
    </message>
    <message>
        <source>The money of this order is there</source>
        <translation>这个订单的钱已到账</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Coins: nothing is sent</source>
        <translation>金币，无需发货</translation>
    </message>
    <message>
        <source>A case of this order is open: decide it there, the money follows.</source>
        <translation>这个订单有进行中的售后：请在售后里处理，退款随之完成。</translation>
    </message>
    <message>
        <source>Messages with the buyer</source>
        <translation>与买家的留言</translation>
    </message>
    <message>
        <source>Messages with the buyer, {n} unread</source>
        <translation>与买家的留言，{n} 条未读</translation>
    </message>
    <message>
        <source>The order&apos;s number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>The address</source>
        <translation>地址</translation>
    </message>
</context>
<context>
    <name>OrderFiles</name>
    <message>
        <source>Address in parts (Chinese heads)</source>
        <translation>地址分列（中文表头）</translation>
    </message>
    <message>
        <source>Address in one cell (Chinese heads)</source>
        <translation>地址合为一列（中文表头）</translation>
    </message>
    <message>
        <source>Between countries (English heads)</source>
        <translation>国际件（英文表头）</translation>
    </message>
    <message>
        <source>Excel (XLSX)</source>
        <translation>Excel（XLSX）</translation>
    </message>
    <message>
        <source>CSV (UTF-8)</source>
        <translation>CSV（UTF-8）</translation>
    </message>
    <message>
        <source>Packing slips</source>
        <translation>装箱单</translation>
    </message>
    <message>
        <source>Picking list</source>
        <translation>拣货单</translation>
    </message>
    <message>
        <source>All orders that wait to be sent</source>
        <translation>全部待发货订单</translation>
    </message>
    <message>
        <source>The {n} selected orders</source>
        <translation>选中的 {n} 个订单</translation>
    </message>
    <message>
        <source>Table for a courier…</source>
        <translation>快递表格…</translation>
    </message>
    <message>
        <source>{paper} (PDF)…</source>
        <translation>{paper}（PDF）…</translation>
    </message>
    <message>
        <source>Export for a courier</source>
        <translation>导出快递单</translation>
    </message>
    <message>
        <source>Import tracking</source>
        <translation>导入运单号</translation>
    </message>
</context>
<context>
    <name>OrderList</name>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>No order holds these words.</source>
        <translation>没有订单包含这些词。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>No order stands here at the moment.</source>
        <translation>目前没有这种状态的订单。</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里是空的</translation>
    </message>
    <message>
        <source>Show all orders</source>
        <translation>显示全部订单</translation>
    </message>
    <message>
        <source>When a viewer buys, the order stands here a moment later.</source>
        <translation>观众下单后，订单马上会出现在这里。</translation>
    </message>
    <message>
        <source>No orders yet</source>
        <translation>还没有订单</translation>
    </message>
</context>
<context>
    <name>OrderSheet</name>
    <message>
        <source>Note of the buyer</source>
        <translation>买家留言</translation>
    </message>
    <message>
        <source>Attempts to pay</source>
        <translation>支付记录</translation>
    </message>
    <message>
        <source>to be paid until {time}</source>
        <translation>须在 {time} 前付款</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>付款</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>运输中</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>已打包</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Parcels</source>
        <translation>包裹</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Shipping</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Tax, contained</source>
        <translation>其中税费</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>实付</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Of that not given back</source>
        <translation>其中尚未退回</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>The address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Ship to</source>
        <translation>收货地址</translation>
    </message>
    <message>
        <source>{n} pieces</source>
        <translation>{n} 件</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>查物流</translation>
    </message>
    <message>
        <source>Follow the parcel in the browser: {link}</source>
        <translation>在浏览器中查物流：{link}</translation>
    </message>
    <message>
        <source>History: time, who, what</source>
        <translation>历史（时间 · 谁 · 什么）</translation>
    </message>
</context>
<context>
    <name>OrderThread</name>
    <message>
        <source>Messages with the buyer</source>
        <translation>与买家的留言</translation>
    </message>
    <message>
        <source>Write to the buyer (Enter sends)</source>
        <translation>写给买家（回车发送）</translation>
    </message>
    <message>
        <source>Message to the buyer</source>
        <translation>给买家的留言</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send the message to the buyer (Enter)</source>
        <translation>把留言发给买家（回车）</translation>
    </message>
    <message>
        <source>No messages yet. What you write, the buyer sees at once.</source>
        <translation>还没有留言。写下的话，买家马上就能看到。</translation>
    </message>
    <message>
        <source>Older messages</source>
        <translation>更早的留言</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>店家</translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation>买家</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>These orders are not shown to you ({detail}).</source>
        <translation>你看不到这些订单（{detail}）。</translation>
    </message>
    <message>
        <source>Assistants ask the host for the right to orders; the host checks Settings → Network.</source>
        <translation>助理请向主播申请订单权限；主播请检查“设置 → 网络”。</translation>
    </message>
    <message>
        <source>This server has no shop ({detail}).</source>
        <translation>这个服务器没有商店（{detail}）。</translation>
    </message>
    <message>
        <source>Update Livestall on the server, then try again.</source>
        <translation>请更新服务器上的 Livestall，然后重试。</translation>
    </message>
    <message>
        <source>The orders could not be read ({detail}).</source>
        <translation>订单读取失败（{detail}）。</translation>
    </message>
    <message>
        <source>Check the line to the server, then try again.</source>
        <translation>请检查与服务器的连接，然后重试。</translation>
    </message>
    <message>
        <source>No answer came ({detail}). Try again: what was done already is not done twice.</source>
        <translation>没有收到回应（{detail}）。请重试：已完成的操作不会重复执行。</translation>
    </message>
    <message>
        <source>The case does not allow it any more: somebody may have been faster. Close this, look again.</source>
        <translation>这个售后现在不能这样处理：可能别人先处理了。请关闭后再看一次。</translation>
    </message>
    <message>
        <source>The order does not allow this any more: somebody may have been faster. Close this, look again.</source>
        <translation>这个订单现在不能这样处理：可能别人先处理了。请关闭后再看一次。</translation>
    </message>
    <message>
        <source>Less of it is left to send than this parcel would hold. Close this and look again.</source>
        <translation>待发的数量少于这个包裹要装的。请关闭后再看一次。</translation>
    </message>
    <message>
        <source>More would be for sale again than came back. Lower the numbers.</source>
        <translation>重新上架的数量多于退回的数量。请减少数量。</translation>
    </message>
    <message>
        <source>So much of the shipping is not left to pay back. Enter less, or nothing.</source>
        <translation>剩余可退的运费没有这么多。请填少一些，或不填。</translation>
    </message>
    <message>
        <source>The buyer has {left} coins left: the others were given away. Take back no more than these.</source>
        <translation>买家只剩 {left} 金币，其余已经送出。最多只能收回这些。</translation>
    </message>
    <message>
        <source>Not enough of it is in stock. Add stock first, or pay the money back instead.</source>
        <translation>库存不足。请先补库存，或改为退款。</translation>
    </message>
    <message>
        <source>It is not there any more. Close this and read the list again (F5).</source>
        <translation>它已不存在。请关闭后刷新列表（F5）。</translation>
    </message>
    <message>
        <source>You need the right to orders. Ask the host for it.</source>
        <translation>你需要订单权限，请向主播申请。</translation>
    </message>
    <message>
        <source>Not connected to a room.</source>
        <translation>尚未连接直播间。</translation>
    </message>
    <message>
        <source>The orders come as soon as there is one.</source>
        <translation>连接后订单会自动出现。</translation>
    </message>
    <message>
        <source>You need the right to orders.</source>
        <translation>你需要订单权限。</translation>
    </message>
    <message>
        <source>Ask the host for it.</source>
        <translation>请向主播申请。</translation>
    </message>
</context>
<context>
    <name>OrdersButton</name>
    <message>
        <source>Orders · {n} new</source>
        <translation>订单 · {n} 新</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>1 case</source>
        <translation>1 个售后</translation>
    </message>
    <message>
        <source>{n} cases</source>
        <translation>{n} 个售后</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 条消息</translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation>{n} 条消息</translation>
    </message>
    <message>
        <source>Show the orders (Ctrl+R)</source>
        <translation>查看订单（Ctrl+R）</translation>
    </message>
</context>
<context>
    <name>OrdersHead</name>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Number, phone, buyer, goods</source>
        <translation>单号、手机号、买家、商品</translation>
    </message>
    <message>
        <source>Search orders</source>
        <translation>搜索订单</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Read the orders again (F5)</source>
        <translation>重新读取订单（F5）</translation>
    </message>
    <message>
        <source>Tracking…</source>
        <translation>运单号…</translation>
    </message>
    <message>
        <source>Import tracking numbers from a courier&apos;s file</source>
        <translation>从快递公司的文件导入运单号</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Courier&apos;s table, packing slips, picking list</source>
        <translation>快递表格、装箱单、拣货单</translation>
    </message>
    <message>
        <source>{n} orders</source>
        <translation>{n} 单</translation>
    </message>
    <message>
        <source>1 order</source>
        <translation>1 单</translation>
    </message>
    <message>
        <source> · {amount} paid</source>
        <translation> · {amount} 已付</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>提示音开</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>提示音关</translation>
    </message>
    <message>
        <source>Whether a new order makes a short sound</source>
        <translation>新订单是否发出提示音</translation>
    </message>
</context>
<context>
    <name>OrdersView</name>
    <message>
        <source>New order {number}: {amount}</source>
        <translation>新订单 {number}：{amount}</translation>
    </message>
    <message>
        <source>{n} new orders</source>
        <translation>{n} 个新订单</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>OrdersWindow</name>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Shipped: {number}</source>
        <translation>已发货：{number}</translation>
    </message>
    <message>
        <source>{n} orders</source>
        <translation>{n} 单</translation>
    </message>
    <message>
        <source>Nothing more to ship here.</source>
        <translation>没有要发货的订单了。</translation>
    </message>
    <message>
        <source>On the clipboard: {what}</source>
        <translation>已复制：{what}</translation>
    </message>
    <message>
        <source>Ship…</source>
        <translation>发货…</translation>
    </message>
    <message>
        <source>Mark as paid…</source>
        <translation>确认收款…</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>复制单号</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Copy as a table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Refund…</source>
        <translation>退款…</translation>
    </message>
    <message>
        <source>Cancel the order…</source>
        <translation>取消订单…</translation>
    </message>
</context>
<context>
    <name>PackageFields</name>
    <message>
        <source>Coins</source>
        <translation>金币</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>coins for</source>
        <translation>金币，价格</translation>
    </message>
</context>
<context>
    <name>PacketFace</name>
    <message>
        <source>Red packet</source>
        <translation>红包</translation>
    </message>
    <message>
        <source>Shuffled beforehand, the odds are equal</source>
        <translation>先打乱，机会均等</translation>
    </message>
    <message>
        <source>{claimed} of {shares} claimed</source>
        <translation>已抢 {claimed} / {shares}</translation>
    </message>
    <message>
        <source>{n} coupons</source>
        <translation>{n} 张优惠券</translation>
    </message>
    <message>
        <source>{coins} coins for {shares}</source>
        <translation>{coins} 金币，{shares} 个</translation>
    </message>
</context>
<context>
    <name>PacketForm</name>
    <message>
        <source>Packets</source>
        <translation>红包个数</translation>
    </message>
    <message>
        <source>Gives</source>
        <translation>送出</translation>
    </message>
    <message>
        <source>Coins, all together</source>
        <translation>金币总数</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>倒计时</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>开放时长</translation>
    </message>
    <message>
        <source>Coins, split by chance</source>
        <translation>金币，随机分配</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Only who follows you</source>
        <translation>仅限关注者</translation>
    </message>
    <message>
        <source>There must be a coin for each packet: give more coins, or fewer packets.</source>
        <translation>每个红包至少 1 金币：请增加金币或减少个数。</translation>
    </message>
    <message>
        <source>{coins} coins are set aside and split into {shares} packets by chance. It rains for everybody at the same moment in {countdown} s; what nobody took after {duration} s goes back.</source>
        <translation>预留 {coins} 金币，随机分成 {shares} 个并打乱；{countdown} 秒后所有人同时开抢，{duration} 秒后没抢完的退回。</translation>
    </message>
    <message>
        <source>{shares} coupons are set aside. It rains for everybody at the same moment in {countdown} s; what nobody took after {duration} s goes back.</source>
        <translation>预留 {shares} 张优惠券；{countdown} 秒后所有人同时开抢，{duration} 秒后没抢完的退回。</translation>
    </message>
</context>
<context>
    <name>PaidDialog</name>
    <message>
        <source>Mark as paid</source>
        <translation>确认收款</translation>
    </message>
    <message>
        <source>{method}: confirm that {amount} is there.</source>
        <translation>{method}：请确认 {amount} 已到账。</translation>
    </message>
    <message>
        <source>Such as the reference on the bank&apos;s statement</source>
        <translation>例如银行流水号</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>PaperDialog</name>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
</context>
<context>
    <name>Papers</name>
    <message>
        <source>Packing slip</source>
        <translation>装箱单</translation>
    </message>
    <message>
        <source>Ordered {time}</source>
        <translation>下单时间 {time}</translation>
    </message>
    <message>
        <source>Note of the buyer</source>
        <translation>买家留言</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>{n} pieces in all</source>
        <translation>共 {n} 件</translation>
    </message>
    <message>
        <source>Picking list</source>
        <translation>拣货单</translation>
    </message>
    <message>
        <source>{orders} orders · {units} pieces · {time}</source>
        <translation>{orders} 个订单 · {units} 件 · {time}</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 个</translation>
    </message>
</context>
<context>
    <name>PartDialog</name>
    <message>
        <source>Copy a part</source>
        <translation>截取片段</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Chapter</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Nothing is encoded anew, so it begins up to 2 s earlier.</source>
        <translation>不重新编码，因此开头可能早最多 2 秒。</translation>
    </message>
    <message>
        <source>Copy…</source>
        <translation>复制…</translation>
    </message>
    <message>
        <source>Choose where to</source>
        <translation>选择保存位置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>PaymentsPage</name>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The folder of the file with the keys</source>
        <translation>密钥文件所在的文件夹</translation>
    </message>
    <message>
        <source>The keys of these services stand in the file {file} on the computer where the server runs. What you change there counts from the server&apos;s next start.</source>
        <translation>这些支付方式的密钥写在服务器所在电脑的文件 {file} 里，改动后从服务器下次启动起生效。</translation>
    </message>
    <message>
        <source>The server does not say which providers there are: {cause}. Check that it runs, then open the settings again.</source>
        <translation>服务器没有给出支付渠道：{cause}。请确认它在运行，再重新打开设置。</translation>
    </message>
</context>
<context>
    <name>PaymentsView</name>
    <message>
        <source>it has not started yet</source>
        <translation>它还没有启动</translation>
    </message>
</context>
<context>
    <name>Person</name>
    <message>
        <source>Deleted user</source>
        <translation>已注销用户</translation>
    </message>
</context>
<context>
    <name>PictureGallery</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The first one stands for the product. Drag to order; Delete takes one out.</source>
        <translation>第一张为主图。拖动排序，按 Delete 移除。</translation>
    </message>
    <message>
        <source>A product has at most {n} pictures.</source>
        <translation>每个商品最多 {n} 张图片。</translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message>
        <source>9:16 upright, 720 × 1280 (phones)</source>
        <translation>9:16 竖屏，720 × 1280（手机）</translation>
    </message>
    <message>
        <source>16:9 wide, 1280 × 720</source>
        <translation>16:9 横屏，1280 × 720</translation>
    </message>
    <message>
        <source>{n} a second</source>
        <translation>每秒 {n} 帧</translation>
    </message>
    <message>
        <source>Automatic: the best that opens</source>
        <translation>自动：选用可用的最佳编码器</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>A change while live makes viewers see a short gap.</source>
        <translation>直播中更改会让观众看到短暂中断。</translation>
    </message>
</context>
<context>
    <name>PictureWell</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture: choose, drop or paste</source>
        <translation>图片：选择、拖入或粘贴</translation>
    </message>
    <message>
        <source>Click to choose a file, drop one here, or paste with Ctrl+V</source>
        <translation>点击选择文件，拖到这里，或用 Ctrl+V 粘贴</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}</source>
        <translation>无法读取文件：{reason}</translation>
    </message>
    <message>
        <source>This is no PNG, JPEG or WebP picture of at most {n} MB.</source>
        <translation>这不是 {n} MB 以内的 PNG、JPEG 或 WebP 图片。</translation>
    </message>
</context>
<context>
    <name>PinnedBar</name>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pinned for {time} more</source>
        <translation>还会置顶 {time}</translation>
    </message>
</context>
<context>
    <name>PollBox</name>
    <message>
        <source>Poll</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>New poll…</source>
        <translation>新投票…</translation>
    </message>
    <message>
        <source>Ask the room</source>
        <translation>发起投票</translation>
    </message>
    <message>
        <source>End the poll</source>
        <translation>结束投票</translation>
    </message>
    <message>
        <source>Take no more votes and show the result</source>
        <translation>不再接受投票并公布结果</translation>
    </message>
    <message>
        <source>{n} votes</source>
        <translation>{n} 票</translation>
    </message>
    <message>
        <source>No poll yet</source>
        <translation>还没有投票</translation>
    </message>
    <message>
        <source>Ended · {votes}</source>
        <translation>已结束 · {votes}</translation>
    </message>
</context>
<context>
    <name>PollDialog</name>
    <message>
        <source>Ask the room</source>
        <translation>发起投票</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>选填</translation>
    </message>
    <message>
        <source>Answer {n}</source>
        <translation>选项 {n}</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>Until I end it</source>
        <translation>手动结束</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>开放时长</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>PresetBar</name>
    <message>
        <source>Save these settings as a preset</source>
        <translation>将当前设置存为预设</translation>
    </message>
    <message>
        <source>Rename or delete this preset</source>
        <translation>重命名或删除此预设</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>存为预设</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Rename the preset</source>
        <translation>重命名预设</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete the preset?</source>
        <translation>删除此预设？</translation>
    </message>
    <message>
        <source>“{name}” is gone for good; the picture stays as it is.</source>
        <translation>“{name}”将被永久删除，画面保持不变。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>PresetView</name>
    <message>
        <source>The preset cannot be kept: {error}</source>
        <translation>预设无法保存：{error}</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>No picture yet</source>
        <translation>还没有画面</translation>
    </message>
    <message>
        <source>Choose a source on the left</source>
        <translation>请在左侧选择来源</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>直播中</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>CONNECTING</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>RECONNECTING</source>
        <translation>重连中</translation>
    </message>
    <message>
        <source>PREVIEW</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Preview of the broadcast</source>
        <translation>直播画面预览</translation>
    </message>
</context>
<context>
    <name>PricesDialog</name>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Change prices</source>
        <translation>改价</translation>
    </message>
    <message>
        <source>By percent</source>
        <translation>按百分比</translation>
    </message>
    <message>
        <source>By an amount</source>
        <translation>按金额</translation>
    </message>
    <message>
        <source>Prices of {n} products</source>
        <translation>{n} 件商品的价格</translation>
    </message>
    <message>
        <source>Prices of {title}</source>
        <translation>{title} 的价格</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变动</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Amount in {sign}</source>
        <translation>金额（{sign}）</translation>
    </message>
    <message>
        <source>Write by how many percent, such as -15 or +5.</source>
        <translation>请输入涨跌百分比，如 -15 或 +5。</translation>
    </message>
    <message>
        <source>Write by how much, such as -10 or +5.</source>
        <translation>请输入涨跌金额，如 -10 或 +5。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>Buyers may have their data erased. Addresses go at once; orders keep name, phone and address for so long after their end. Who asked before keeps the time they were told.</source>
        <translation>买家可以要求删除个人信息。地址簿立即删除；订单上的姓名、电话和地址在订单结束后保留这么久。之前已申请的买家仍按当时告知的期限。</translation>
    </message>
    <message>
        <source>Orders keep names for</source>
        <translation>订单保留姓名</translation>
    </message>
    <message>
        <source>China&apos;s law asks for at least {n} days (three years after the end of an order, E-Commerce Law Art. 31); other places ask for more, mostly for the books.</source>
        <translation>中国法律要求至少 {n} 天（《电子商务法》第三十一条：交易完成之日起不少于三年）；其他地区因账簿要求往往更久。</translation>
    </message>
    <message>
        <source>Below {n} days, which China&apos;s law asks for (E-Commerce Law Art. 31). Ask your tax adviser before you save this.</source>
        <translation>少于中国法律要求的 {n} 天（《电子商务法》第三十一条）。保存前请先咨询财税顾问。</translation>
    </message>
</context>
<context>
    <name>PrizeRow</name>
    <message>
        <source>Coins</source>
        <translation>金币</translation>
    </message>
    <message>
        <source>A coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Given by you</source>
        <translation>主播发放</translation>
    </message>
    <message>
        <source>What can be won</source>
        <translation>奖品名称</translation>
    </message>
    <message>
        <source>Choose a coupon</source>
        <translation>选择优惠券</translation>
    </message>
    <message>
        <source>× </source>
        <comment>how many of a prize there are</comment>
        <translation>× </translation>
    </message>
    <message>
        <source>Prize</source>
        <translation>奖品</translation>
    </message>
    <message>
        <source>How many there are</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>What it gives</source>
        <translation>发放方式</translation>
    </message>
    <message>
        <source>Coins each</source>
        <translation>每份金币</translation>
    </message>
    <message>
        <source>The coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Remove this prize</source>
        <translation>删除这个奖品</translation>
    </message>
</context>
<context>
    <name>Product</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>from {price}</source>
        <translation>{price} 起</translation>
    </message>
    <message>
        <source>{n} of {most} characters</source>
        <translation>{n} / {most} 字</translation>
    </message>
    <message>
        <source>With 0 it is sold out</source>
        <translation>为 0 时显示已售罄</translation>
    </message>
    <message>
        <source>A product needs a title</source>
        <translation>商品必须有标题</translation>
    </message>
    <message>
        <source>{n} characters: only {most_title} are possible</source>
        <translation>共 {n} 字，最多 {most_title} 字</translation>
    </message>
    <message>
        <source>Price ({sign})</source>
        <translation>价格（{sign}）</translation>
    </message>
    <message>
        <source>Flash {price}</source>
        <translation>秒杀 {price}</translation>
    </message>
    <message>
        <source>Such as {example}</source>
        <translation>例如 {example}</translation>
    </message>
    <message>
        <source>Write a price such as {example}</source>
        <translation>请输入价格，如 {example}</translation>
    </message>
    <message>
        <source>At most {most_price}</source>
        <translation>最高 {most_price}</translation>
    </message>
    <message>
        <source>Write a whole number, such as 120</source>
        <translation>请填写整数，例如 120</translation>
    </message>
    <message>
        <source>At most {most_stock}</source>
        <translation>最多 {most_stock}</translation>
    </message>
    <message>
        <source>A code has at most 64 characters</source>
        <translation>编码最多 64 个字符</translation>
    </message>
    <message>
        <source>Write how many a buyer may have, such as 2; empty for no limit</source>
        <translation>请输入每人限购数量，如 2；留空为不限购</translation>
    </message>
    <message>
        <source>You need the right to prices; ask the host for it</source>
        <translation>需要价格权限，请向主播申请</translation>
    </message>
    <message>
        <source>You need the right to products; ask the host for it</source>
        <translation>需要商品权限，请向主播申请</translation>
    </message>
    <message>
        <source>It is sold in several specifications, each with its own</source>
        <translation>该商品有多种规格，各有各的价格和库存</translation>
    </message>
</context>
<context>
    <name>ProductDialog</name>
    <message>
        <source>Edit product</source>
        <translation>编辑商品</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No. {n}. Every screen follows as soon as it is saved.</source>
        <translation>{n} 号商品。保存后所有屏幕立即更新。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Somebody else changed this meanwhile, to {value}</source>
        <translation>刚才有人把它改成了 {value}</translation>
    </message>
    <message>
        <source>Somebody else changed this meanwhile</source>
        <translation>刚才有人修改了它</translation>
    </message>
</context>
<context>
    <name>ProductEditor</name>
    <message>
        <source>Not connected: it may not have been saved. Look again in a moment.</source>
        <translation>未连接：可能没有保存，请稍后再看。</translation>
    </message>
    <message>
        <source>Not connected: the product may not have been changed. Look again in a moment.</source>
        <translation>未连接：商品可能没有修改，请稍后再看。</translation>
    </message>
</context>
<context>
    <name>ProductForm</name>
    <message>
        <source>with commas</source>
        <translation>用逗号分隔</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>A description has at most {n} characters.</source>
        <translation>描述最多 {n} 个字符。</translation>
    </message>
    <message>
        <source>A product has at most {n} tags.</source>
        <translation>每个商品最多 {n} 个标签。</translation>
    </message>
</context>
<context>
    <name>ProductPanel</name>
    <message>
        <source>Explain</source>
        <translation>讲解</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>取消讲解</translation>
    </message>
    <message>
        <source>{n} left</source>
        <translation>库存 {n}</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>已售罄</translation>
    </message>
    <message>
        <source>shown {time}</source>
        <translation>讲解 {time}</translation>
    </message>
    <message>
        <source>{n} asked</source>
        <translation>{n} 人求讲解</translation>
    </message>
    <message>
        <source>Search products</source>
        <translation>搜索商品</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Search, or a number and Enter to explain</source>
        <translation>搜索；输入编号按回车即讲解</translation>
    </message>
    <message>
        <source>Flash sale…</source>
        <translation>秒杀…</translation>
    </message>
    <message>
        <source>The products come as soon as the server is there.</source>
        <translation>服务器就绪后显示商品。</translation>
    </message>
    <message>
        <source>No products yet. Start with --demo for five demo products.</source>
        <translation>还没有商品。用 --demo 启动可得到五个演示商品。</translation>
    </message>
    <message>
        <source>Nothing found. Clear the search to see all products.</source>
        <translation>没有找到。清空搜索可查看全部商品。</translation>
    </message>
</context>
<context>
    <name>ProductView</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Card taken off: {title}</source>
        <translation>已取消讲解：{title}</translation>
    </message>
    <message>
        <source>Not connected: the card was not changed. Try again in a moment.</source>
        <translation>未连接：讲解卡没有改变。请稍后再试。</translation>
    </message>
</context>
<context>
    <name>Products</name>
    <message>
        <source>The products could not be read ({detail}).</source>
        <translation>无法读取商品（{detail}）。</translation>
    </message>
    <message>
        <source>Check the line to the server, then try again.</source>
        <translation>请检查与服务器的连接，然后重试。</translation>
    </message>
    <message>
        <source>Not connected to a room.</source>
        <translation>尚未连接直播间。</translation>
    </message>
    <message>
        <source>The products come as soon as there is one.</source>
        <translation>连接后即显示商品。</translation>
    </message>
    <message>
        <source>You need the right to products or to prices.</source>
        <translation>需要商品或改价权限。</translation>
    </message>
    <message>
        <source>Ask the host for it.</source>
        <translation>请向主播申请。</translation>
    </message>
    <message>
        <source>Not connected: it may not have been saved. Look again in a moment.</source>
        <translation>未连接：可能没有保存，请稍后再看。</translation>
    </message>
    <message>
        <source>The product is not there any more. Refresh the list.</source>
        <translation>该商品已不存在，请刷新列表。</translation>
    </message>
    <message>
        <source>Another editor was faster. Look again, then try once more.</source>
        <translation>已有人先改了，请查看后再试。</translation>
    </message>
    <message>
        <source>Another SKU has this code. Choose another one ({detail})</source>
        <translation>该编码已被其他规格使用，请换一个（{detail}）</translation>
    </message>
    <message>
        <source>The product cannot be so: {detail}</source>
        <translation>商品不能这样设置：{detail}</translation>
    </message>
    <message>
        <source>The reference price must be the lowest price of the 30 days before this one: {price}. Enter that, or leave it empty.</source>
        <translation>划线价只能是本次售价之前 30 天内的最低售价：{price}。请填写该价格，或留空。</translation>
    </message>
    <message>
        <source>The reference price must be the lowest price that was paid in the 7 days before this one, else the last one that was paid: {price}. Enter that, or leave it empty.</source>
        <translation>划线价只能是本次售价之前 7 天内的最低成交价；7 天内没有成交时，是最后一次成交价：{price}。请填写该价格，或留空。</translation>
    </message>
    <message>
        <source>Before this price no higher one was asked for or paid that may be crossed out. Leave the reference price empty.</source>
        <translation>在本次售价之前，没有可以划线的更高售价或成交价。请将划线价留空。</translation>
    </message>
    <message>
        <source>You may not do this. Ask the host for the right ({detail})</source>
        <translation>你没有此权限，请向主播申请（{detail}）</translation>
    </message>
    <message>
        <source>There is not so much in stock: {detail}</source>
        <translation>库存不足：{detail}</translation>
    </message>
    <message>
        <source>Choose a JPEG, PNG or WebP picture ({detail})</source>
        <translation>请选择 JPEG、PNG 或 WebP 图片（{detail}）</translation>
    </message>
    <message>
        <source>The picture is too large. Choose a smaller one ({detail})</source>
        <translation>图片太大，请换一张小一些的（{detail}）</translation>
    </message>
    <message>
        <source>This is no file of products: {detail}</source>
        <translation>这不是能导入的商品文件。先用“导出…”看看列名怎么写；Shopify、WooCommerce 导出的文件也可以。（{detail}）</translation>
    </message>
    <message>
        <source>A room shows at most 500 products. Take one out first.</source>
        <translation>一个直播间最多展示 500 件商品，请先移出一件。</translation>
    </message>
    <message>
        <source>Kept off the shelf, because there are orders of it: {titles}</source>
        <translation>已有订单，改为下架保留：{titles}</translation>
    </message>
    <message>
        <source>Not taken back, because others changed or bought it since: {titles}</source>
        <translation>未撤销（之后已被修改或售出）：{titles}</translation>
    </message>
    <message>
        <source>{n} not changed: {titles}. {detail}</source>
        <translation>{n} 件未修改：{titles}。{detail}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>你的修改</translation>
    </message>
    <message>
        <source>Enter saves and goes down · Esc restores</source>
        <translation>Enter 保存并到下一行 · Esc 还原</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>SKUs</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>划线价</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>已售</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>In this room</source>
        <translation>本直播间</translation>
    </message>
    <message>
        <source>Off shelf</source>
        <translation>下架</translation>
    </message>
    <message>
        <source>Sold out</source>
        <translation>售罄</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低库存</translation>
    </message>
    <message>
        <source>On shelf</source>
        <translation>上架</translation>
    </message>
    <message>
        <source>On sale</source>
        <translation>在售</translation>
    </message>
    <message>
        <source>{n} SKUs</source>
        <translation>{n} 个规格</translation>
    </message>
    <message>
        <source>from {amount}</source>
        <translation>{amount} 起</translation>
    </message>
    <message>
        <source>not in this room</source>
        <translation>不在本直播间</translation>
    </message>
    <message>
        <source>{n} reserved</source>
        <translation>占用 {n}</translation>
    </message>
    <message>
        <source>Opening stock</source>
        <translation>期初</translation>
    </message>
    <message>
        <source>Moved by hand</source>
        <translation>手动调整</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Held for an order</source>
        <translation>订单占用</translation>
    </message>
    <message>
        <source>Given up by an order</source>
        <translation>订单释放</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>退货入库</translation>
    </message>
    <message>
        <source>Sent in exchange</source>
        <translation>换货发出</translation>
    </message>
    <message>
        <source>Taken for a flash sale</source>
        <translation>划入秒杀</translation>
    </message>
    <message>
        <source>Bought in a flash sale</source>
        <translation>秒杀售出</translation>
    </message>
    <message>
        <source>Back from a flash sale</source>
        <translation>秒杀退回</translation>
    </message>
    <message>
        <source>Taken for an auction</source>
        <translation>拍卖占用</translation>
    </message>
    <message>
        <source>Won in an auction</source>
        <translation>拍卖成交</translation>
    </message>
    <message>
        <source>Back from an auction</source>
        <translation>拍卖退回</translation>
    </message>
    <message>
        <source>Now called {new}</source>
        <translation>已改名为 {new}</translation>
    </message>
    <message>
        <source>{title}: now {amount}</source>
        <translation>{title}：现价 {amount}</translation>
    </message>
    <message>
        <source>Stock of {title} saved</source>
        <translation>{title} 的库存已保存</translation>
    </message>
    <message>
        <source>Added: {new}</source>
        <translation>已添加：{new}</translation>
    </message>
    <message>
        <source>Saved: {title}</source>
        <translation>已保存：{title}</translation>
    </message>
    <message>
        <source>Picture of {title} saved</source>
        <translation>{title} 的图片已保存</translation>
    </message>
    <message>
        <source>Prices of {title} changed</source>
        <translation>已修改 {title} 的价格</translation>
    </message>
    <message>
        <source>Prices are as before</source>
        <translation>价格已恢复</translation>
    </message>
    <message>
        <source>Category and tags of {title} saved</source>
        <translation>“{title}”的分类和标签已保存</translation>
    </message>
    <message>
        <source>Category and tags are as before</source>
        <translation>分类和标签已恢复</translation>
    </message>
    <message>
        <source>In this room: {title}</source>
        <translation>已加入本直播间：{title}</translation>
    </message>
    <message>
        <source>Not in this room any more: {title}</source>
        <translation>已移出本直播间：{title}</translation>
    </message>
    <message>
        <source>On the shelf: {title}</source>
        <translation>已上架：{title}</translation>
    </message>
    <message>
        <source>Off the shelf, in no room on sale: {title}</source>
        <translation>已下架，所有直播间停售：{title}</translation>
    </message>
    <message>
        <source>Deleted: {title}</source>
        <translation>已删除：{title}</translation>
    </message>
    <message>
        <source>The import is taken back</source>
        <translation>已撤销导入</translation>
    </message>
    <message>
        <source>Moved: {title}</source>
        <translation>已移动：{title}</translation>
    </message>
    <message>
        <source>Prices of {n} products changed</source>
        <translation>已修改 {n} 件商品的价格</translation>
    </message>
    <message>
        <source>Category and tags of {n} products saved</source>
        <translation>已保存 {n} 个商品的分类和标签</translation>
    </message>
    <message>
        <source>{n} products on the shelf</source>
        <translation>{n} 件商品已上架</translation>
    </message>
    <message>
        <source>{n} products off the shelf, in no room on sale</source>
        <translation>{n} 件商品已下架，所有直播间停售</translation>
    </message>
    <message>
        <source>{n} products not in this room any more</source>
        <translation>{n} 件商品已移出本直播间</translation>
    </message>
    <message>
        <source>{n} products deleted</source>
        <translation>已删除 {n} 件商品</translation>
    </message>
    <message>
        <source>{n} products in this room</source>
        <translation>{n} 件商品已在本直播间</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}</source>
        <translation>无法写入 {path}：{reason}</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存到 {path}</translation>
    </message>
</context>
<context>
    <name>ProductsDialogs</name>
    <message>
        <source>“{title}” goes for good. What was ordered once is kept off the shelf instead.</source>
        <translation>“{title}”将被永久删除；有过订单的商品改为下架保留。</translation>
    </message>
    <message>
        <source>{n} products go for good. What was ordered once is kept off the shelf instead.</source>
        <translation>{n} 件商品将被永久删除；有过订单的商品改为下架保留。</translation>
    </message>
    <message>
        <source>Delete?</source>
        <translation>删除？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Another editor changed “{title}” before yours came.</source>
        <translation>在你保存之前，已有人修改了“{title}”。</translation>
    </message>
</context>
<context>
    <name>ProductsFiles</name>
    <message>
        <source>Import products</source>
        <translation>导入商品</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}</source>
        <translation>无法读取文件：{reason}</translation>
    </message>
    <message>
        <source>The file is empty, or larger than {n} MB.</source>
        <translation>文件为空，或大于 {n} MB。</translation>
    </message>
    <message>
        <source>Export products</source>
        <translation>导出商品</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Products ({patterns})</source>
        <translation>商品 ({patterns})</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>products-{date}.csv</source>
        <translation>商品-{date}.csv</translation>
    </message>
</context>
<context>
    <name>ProductsFoot</name>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Out of the room</source>
        <translation>移出直播间</translation>
    </message>
    <message>
        <source>Into the room</source>
        <translation>加入直播间</translation>
    </message>
    <message>
        <source>Price…</source>
        <translation>改价…</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>分类标签…</translation>
    </message>
    <message>
        <source>Stock…</source>
        <translation>调库存…</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>图片…</translation>
    </message>
    <message>
        <source>Off shelf</source>
        <translation>下架</translation>
    </message>
    <message>
        <source>On shelf</source>
        <translation>上架</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>{n} selected</source>
        <translation>已选 {n} 件</translation>
    </message>
</context>
<context>
    <name>ProductsHead</name>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Number, title, code</source>
        <translation>编号、标题、条码</translation>
    </message>
    <message>
        <source>Search products</source>
        <translation>搜索商品</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Read the products again (F5)</source>
        <translation>重新读取商品 (F5)</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Add and change products by a file</source>
        <translation>用文件新增和修改商品</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save all products as a file</source>
        <translation>把所有商品保存为文件</translation>
    </message>
    <message>
        <source>New product</source>
        <translation>新商品</translation>
    </message>
    <message>
        <source>Add a product (Ctrl+N)</source>
        <translation>添加商品 (Ctrl+N)</translation>
    </message>
    <message>
        <source>{n} in this room, {all} in the shop</source>
        <translation>本直播间 {n} 件，全店 {all} 件</translation>
    </message>
</context>
<context>
    <name>ProductsList</name>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>No product fits search and filter.</source>
        <translation>没有商品符合搜索和筛选。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Show all products</source>
        <translation>显示全部商品</translation>
    </message>
    <message>
        <source>A title, a price and a stock are enough; viewers can buy it at once.</source>
        <translation>只需标题、价格和库存，观众马上可以购买。</translation>
    </message>
    <message>
        <source>Add your first product</source>
        <translation>添加第一个商品</translation>
    </message>
    <message>
        <source>New product…</source>
        <translation>新商品…</translation>
    </message>
    <message>
        <source>No products yet</source>
        <translation>还没有商品</translation>
    </message>
    <message>
        <source>Whoever has the right to products adds them.</source>
        <translation>由有商品权限的人添加。</translation>
    </message>
</context>
<context>
    <name>ProductsWindow</name>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Imported: {n} products</source>
        <translation>已导入 {n} 个商品</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>再次编辑</translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message>
        <source>Room</source>
        <translation>直播间</translation>
    </message>
    <message>
        <source>Such as the name of your shop</source>
        <translation>例如店铺的名字</translation>
    </message>
    <message>
        <source>Such as: free shipping tonight, flash sale at 8</source>
        <translation>例如：今晚全场包邮，8 点秒杀</translation>
    </message>
    <message>
        <source>Avatar</source>
        <translation>头像</translation>
    </message>
    <message>
        <source>Square, beside the title</source>
        <translation>方形，显示在标题旁</translation>
    </message>
    <message>
        <source>Upright, before the show and where the link is shared</source>
        <translation>竖版，开播前显示，也用于分享链接的预览</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>封面</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Show it to every viewer at once</source>
        <translation>立即展示给所有观众</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>As viewers see it before the show</source>
        <translation>观众开播前看到的样子</translation>
    </message>
</context>
<context>
    <name>ProfilePicture</name>
    <message>
        <source>Take the picture away: {name}</source>
        <translation>去掉图片：{name}</translation>
    </message>
</context>
<context>
    <name>ProfilePreview</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Starting soon</source>
        <translation>直播即将开始</translation>
    </message>
    <message>
        <source>Live room</source>
        <translation>直播间</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>未开播</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>公告</translation>
    </message>
</context>
<context>
    <name>ProfileView</name>
    <message>
        <source>Not connected to the room yet. Try again in a moment.</source>
        <translation>还没有连上直播间，请稍后再试。</translation>
    </message>
    <message>
        <source>Not connected: it may not have been saved. What you wrote is still here; try again.</source>
        <translation>没有连接：可能没有保存。你写的内容还在，请再试一次。</translation>
    </message>
</context>
<context>
    <name>Project</name>
    <message>
        <source>The scenes were damaged. They were set aside as {path}, and the newest backup is used.</source>
        <translation>场景文件已损坏，已移到 {path}，现在使用最新的备份。</translation>
    </message>
    <message>
        <source>The scenes are of a newer version of this program. They were set aside as {path}.</source>
        <translation>场景文件来自本程序的更新版本，已移到 {path}。</translation>
    </message>
    <message>
        <source>The scenes in {path} cannot be read. Check who may read them.</source>
        <translation>无法读取 {path} 中的场景，请检查读取权限。</translation>
    </message>
    <message>
        <source>The disk is full, so the scenes in {path} cannot be saved. Free some space.</source>
        <translation>磁盘已满，无法保存 {path} 中的场景，请腾出一些空间。</translation>
    </message>
    <message>
        <source>The scenes in {path} cannot be saved. Check who may write there, or use --data.</source>
        <translation>无法保存 {path} 中的场景，请检查写入权限，或使用 --data。</translation>
    </message>
</context>
<context>
    <name>ProviderRow</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Ask {provider} something harmless with the shop&apos;s keys</source>
        <translation>用店铺的密钥向{provider}发一个无害的请求</translation>
    </message>
    <message>
        <source>The server did not answer: {cause}. Check that it runs, then test again.</source>
        <translation>服务器没有应答：{cause}。请确认它在运行，再测试一次。</translation>
    </message>
    <message>
        <source>WeChat Pay</source>
        <translation>微信支付</translation>
    </message>
    <message>
        <source>Alipay</source>
        <translation>支付宝</translation>
    </message>
    <message>
        <source>Stripe (cards)</source>
        <translation>Stripe（银行卡）</translation>
    </message>
    <message>
        <source>Sandbox (play money)</source>
        <translation>沙箱（测试款）</translation>
    </message>
    <message>
        <source>on, no real money</source>
        <translation>已开启，不收真钱</translation>
    </message>
    <message>
        <source>on</source>
        <translation>已开启</translation>
    </message>
    <message>
        <source>off: another provider has keys</source>
        <translation>已关闭：其他渠道已有密钥</translation>
    </message>
    <message>
        <source>off, though it has keys</source>
        <translation>已关闭，但有密钥</translation>
    </message>
    <message>
        <source>off: it has no keys</source>
        <translation>已关闭：没有密钥</translation>
    </message>
    <message>
        <source>To try purchases with play money too, add “sandbox” to the line “on” at the top of the file below, as in: on = [&quot;wechat&quot;, &quot;sandbox&quot;]. Then start the server again.</source>
        <translation>想同时用模拟付款试下单，请在下方文件顶部的“on”一行加上“sandbox”，例如：on = [&quot;wechat&quot;, &quot;sandbox&quot;]，然后重启服务器。</translation>
    </message>
    <message>
        <source>The line “on” of the file below leaves it out: add “{provider}” there, then start the server again.</source>
        <translation>下方文件的“on”一行没有列出它：请加上“{provider}”，然后重启服务器。</translation>
    </message>
    <message>
        <source>To turn it on, copy {keys} from its console into [{provider}] of the file below, then start the server again.</source>
        <translation>要开通，请从它的商户后台把 {keys} 填进下面文件的 [{provider}] 一节，再重启服务器。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>the merchant number</source>
        <translation>商户号</translation>
    </message>
    <message>
        <source>the app ID</source>
        <translation>应用 ID</translation>
    </message>
    <message>
        <source>the certificate&apos;s serial number</source>
        <translation>证书序列号</translation>
    </message>
    <message>
        <source>your private key</source>
        <translation>你的私钥</translation>
    </message>
    <message>
        <source>the API v3 key</source>
        <translation>API v3 密钥</translation>
    </message>
    <message>
        <source>its public key</source>
        <translation>它的公钥</translation>
    </message>
    <message>
        <source>the secret key</source>
        <translation>私密密钥</translation>
    </message>
    <message>
        <source>the publishable key</source>
        <translation>可公开密钥</translation>
    </message>
    <message>
        <source>none came yet; payments are asked about all the same</source>
        <translation>还没有收到过；付款结果照样会主动查询</translation>
    </message>
    <message>
        <source>the last one came {when}</source>
        <translation>最近一次收到于 {when}</translation>
    </message>
    <message>
        <source>Webhooks go to {url}: {came}</source>
        <translation>回调地址 {url}：{came}</translation>
    </message>
    <message>
        <source>It works: it answered as it should.</source>
        <translation>可以使用：应答正常。</translation>
    </message>
    <message>
        <source>It cannot be reached. Check the server&apos;s way to the internet, then test again.</source>
        <translation>连不上它。请检查服务器的外网连接，再测试一次。</translation>
    </message>
    <message>
        <source>It refuses the shop&apos;s keys. Copy them again from its console: number and private key.</source>
        <translation>它不认店铺的密钥。请从它的商户后台重新复制商户号（或应用号）和私钥。</translation>
    </message>
    <message>
        <source>Its answer is not signed with the key that the shop has of it. Copy its public key, not your own, again from its console.</source>
        <translation>它的应答不是用店铺所存的公钥对应的密钥签名的。请从它的商户后台重新复制它的公钥（不是你自己的）。</translation>
    </message>
    <message>
        <source>The keys are right, but the shop has no contract for this. Sign it in its console.</source>
        <translation>密钥没有问题，但店铺没有开通这项产品。请在它的商户后台签约。</translation>
    </message>
    <message>
        <source>It answered, but not as it should. Test again in a while, or look up its words.</source>
        <translation>它应答了，但不正常。请稍后再测试，或按它的原话查询。</translation>
    </message>
</context>
<context>
    <name>QuestionList</name>
    <message>
        <source>Questions from the chat come together here, the most asked first.</source>
        <translation>弹幕里的提问会汇总在这里，问得最多的排在最前。</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>提问</translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Write one answer for all who asked</source>
        <translation>写一次回答，所有提问的人都能看到</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>I answered it aloud</source>
        <translation>我已口头回答</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} 和另外 {n} 人</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>not paid in time</source>
        <translation>超时未付款</translation>
    </message>
    <message>
        <source>the money came after all</source>
        <translation>取消后又收到付款</translation>
    </message>
    <message>
        <source>the coins are in the wallet</source>
        <translation>金币已到账</translation>
    </message>
    <message>
        <source>sent 10 days ago</source>
        <translation>发货已满 10 天</translation>
    </message>
    <message>
        <source>delivered 7 days ago</source>
        <translation>签收已满 7 天</translation>
    </message>
    <message>
        <source>not sent back in time</source>
        <translation>逾期未寄回</translation>
    </message>
    <message>
        <source>nobody answered in time</source>
        <translation>逾期无人处理</translation>
    </message>
    <message>
        <source>shipping that was kept for other orders of the same parcel</source>
        <translation>曾为同一包裹的其他订单保留的运费</translation>
    </message>
    <message>
        <source>given back by the shop</source>
        <translation>店铺退款</translation>
    </message>
    <message>
        <source>the refund did not reach the buyer</source>
        <translation>退款没有到买家手里</translation>
    </message>
    <message>
        <source>given back in the provider&apos;s console</source>
        <translation>在支付平台后台退款</translation>
    </message>
</context>
<context>
    <name>ReceiveDialog</name>
    <message>
        <source>How many of them are for sale again? The others stay out of the stock.</source>
        <translation>其中多少件可以重新上架？其余的不计入库存。</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>For sale again: {title}</source>
        <translation>重新上架：{title}</translation>
    </message>
    <message>
        <source>of {n}</source>
        <translation>共 {n} 件</translation>
    </message>
</context>
<context>
    <name>ReconciliationPage</name>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
    <message>
        <source>Payments of</source>
        <translation>付款时间</translation>
    </message>
    <message>
        <source>Compare now</source>
        <translation>立即对账</translation>
    </message>
    <message>
        <source>Ask the providers for each of these payments</source>
        <translation>逐笔向服务商查询</translation>
    </message>
    <message>
        <source>What does not match</source>
        <translation>对不上的付款</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>The last {n} days</source>
        <translation>最近 {n} 天</translation>
    </message>
    <message>
        <source>Nothing was compared yet. “Compare now” asks the providers for each payment, and takes in money that only they know of.</source>
        <translation>还没有对账。点“立即对账”会逐笔向服务商查询，并把只有对方知道的款项入账。</translation>
    </message>
    <message>
        <source>No online payment was begun in this time.</source>
        <translation>这段时间没有在线付款。</translation>
    </message>
    <message>
        <source>All {n} payments match. {rest}</source>
        <translation>{n} 笔付款全部对得上。{rest}</translation>
    </message>
    <message>
        <source>{n} payments compared, {m} do not match. {rest}</source>
        <translation>核对了 {n} 笔，{m} 笔对不上。{rest}</translation>
    </message>
    <message>
        <source>Older ones of this time were not compared: choose a shorter time.</source>
        <translation>更早的没有核对：请缩短时间范围。</translation>
    </message>
</context>
<context>
    <name>RecordButton</name>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Record to this computer (Ctrl+Shift+R)</source>
        <translation>录制到这台电脑（Ctrl+Shift+R）</translation>
    </message>
    <message>
        <source>Recording paused</source>
        <translation>录制已暂停</translation>
    </message>
    <message>
        <source>The recording is paused; click to end it</source>
        <translation>录制已暂停；点击结束</translation>
    </message>
    <message>
        <source>Recording; click to end it (Ctrl+Shift+R)</source>
        <translation>正在录制；点击结束（Ctrl+Shift+R）</translation>
    </message>
    <message>
        <source>Recording: {figures}</source>
        <translation>正在录制：{figures}</translation>
    </message>
</context>
<context>
    <name>RecordingPage</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose another folder for recordings</source>
        <translation>为录像选择其他文件夹</translation>
    </message>
    <message>
        <source>Record every broadcast</source>
        <translation>每场直播都录制</translation>
    </message>
    <message>
        <source>A recording begins when you go live and ends with the broadcast</source>
        <translation>开播时开始录制，直播结束时停止</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>New file after</source>
        <translation>每隔多久换文件</translation>
    </message>
    <message>
        <source>New file at</source>
        <translation>多大换文件</translation>
    </message>
    <message>
        <source>The picture is the one that is broadcast, not encoded a second time. A recording ends by itself before the disk is full.</source>
        <translation>录的就是直播的画面，不会再编码一次。磁盘快满时录制会自动结束。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>录像文件夹</translation>
    </message>
</context>
<context>
    <name>RecordingView</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Nothing is recorded, so nothing is marked.</source>
        <translation>没有在录制，因此没有标记。</translation>
    </message>
    <message>
        <source>Mark {n}</source>
        <translation>标记 {n}</translation>
    </message>
    <message>
        <source>Marked at {time}</source>
        <translation>已在 {time} 标记</translation>
    </message>
    <message>
        <source>{time} replay</source>
        <translation>{time} 回放</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Between products</source>
        <translation>商品之间</translation>
    </message>
    <message>
        <source>Recorded: {name}</source>
        <translation>已录制：{name}</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>Nothing to save: the last seconds are kept while you are live or recording.</source>
        <translation>没有可保存的内容：只有在直播或录制时才会保留最近几十秒。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Make room, or choose a folder on another disk in Settings → Recording.</source>
        <translation>请腾出空间，或在“设置 → 录制”中选择其他磁盘上的文件夹。</translation>
    </message>
</context>
<context>
    <name>Recordings</name>
    <message>
        <source>The disk is full: nothing is recorded.</source>
        <translation>磁盘已满：没有录制。</translation>
    </message>
    <message>
        <source>Make room, or choose a folder on another disk in Settings → Recording.</source>
        <translation>请腾出空间，或在“设置 → 录制”中选择其他磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>The recording cannot be written.</source>
        <translation>录像无法写入。</translation>
    </message>
    <message>
        <source>Check the folder in Settings → Recording.</source>
        <translation>请检查“设置 → 录制”中的文件夹。</translation>
    </message>
    <message>
        <source>The recording ended: nothing encodes the picture.</source>
        <translation>录制已结束：没有编码器可用。</translation>
    </message>
    <message>
        <source>Choose another encoder in Settings → Picture.</source>
        <translation>请在“设置 → 画面”中选择其他编码器。</translation>
    </message>
    <message>
        <source>The disk is nearly full: the recording ends in less than a minute.</source>
        <translation>磁盘快满了：录制将在一分钟内结束。</translation>
    </message>
    <message>
        <source>The disk is nearly full: the recording ends in about {n} min.</source>
        <translation>磁盘快满了：录制约 {n} 分钟后结束。</translation>
    </message>
    <message>
        <source>The disk is too slow: {n} pictures were not recorded.</source>
        <translation>磁盘太慢：有 {n} 帧没有录下来。</translation>
    </message>
</context>
<context>
    <name>RecordingsDialog</name>
    <message>
        <source>Recordings</source>
        <translation>录像</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play it in the system&apos;s player</source>
        <translation>用系统播放器播放</translation>
    </message>
    <message>
        <source>Copy a part…</source>
        <translation>截取片段…</translation>
    </message>
    <message>
        <source>Copy a part into another file, as it is</source>
        <translation>把一段原样复制到另一个文件</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>There are no recordings yet. Record in the live bar makes one.</source>
        <translation>还没有录像。点直播栏里的“录制”即可开始。</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>{n} chapters</source>
        <translation>{n} 个章节</translation>
    </message>
    <message>
        <source>Recording now</source>
        <translation>正在录制</translation>
    </message>
</context>
<context>
    <name>RecordingsView</name>
    <message>
        <source>{name} part</source>
        <translation>{name} 片段</translation>
    </message>
    <message>
        <source>Copy a part</source>
        <translation>截取片段</translation>
    </message>
    <message>
        <source>Videos (*.mp4)</source>
        <translation>视频 (*.mp4)</translation>
    </message>
    <message>
        <source>The part was not copied: {detail}</source>
        <translation>片段没有复制：{detail}</translation>
    </message>
    <message>
        <source>Copied: {name}</source>
        <translation>已复制：{name}</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>RefundCaseDialog</name>
    <message>
        <source>{amount} for the goods go back by the way they came ({method}).</source>
        <translation>货款 {amount} 按原路退回（{method}）。</translation>
    </message>
    <message>
        <source>Empty: all of it, if nothing was ever sent</source>
        <translation>不填：从未发货时退全部运费</translation>
    </message>
    <message>
        <source>Shipping to pay back, at most {amount}</source>
        <translation>退运费，最多 {amount}</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Write a sum from 0 to {most}, or nothing.</source>
        <translation>请填 0 到 {most} 之间的金额，或不填。</translation>
    </message>
</context>
<context>
    <name>RefundDialog</name>
    <message>
        <source>Shipping to pay back, at most {amount}</source>
        <translation>退运费，最多 {amount}</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>All of it, and cancel the order: nothing was sent yet</source>
        <translation>全部退款并取消订单：还没有发货</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The money goes back the way it came. Units that were not sent can be sold again.</source>
        <translation>款项原路退回。未发货的商品可以重新出售。</translation>
    </message>
    <message>
        <source>The money goes back the way it came. All units went back already.</source>
        <translation>钱按原路退回。商品都已退款。</translation>
    </message>
    <message>
        <source>Units of {title}</source>
        <translation>{title} 的件数</translation>
    </message>
    <message>
        <source>Empty: all of it, if nothing was ever sent and nothing is left</source>
        <translation>留空：从未发货且全部退款时退全部运费</translation>
    </message>
    <message>
        <source>Goods: {amount}, and the shipping that no other order of the parcel needs</source>
        <translation>商品：{amount}，运费也一并退回（合并发货时，其他订单仍要付的部分除外）</translation>
    </message>
    <message>
        <source>Goods: {amount}</source>
        <translation>商品金额：{amount}</translation>
    </message>
    <message>
        <source>Goods: {amount} · Shipping: {shipping} · In all: {sum}</source>
        <translation>商品：{amount} · 运费：{shipping} · 合计：{sum}</translation>
    </message>
    <message>
        <source>Give a reason: the buyer sees it.</source>
        <translation>请填写原因：买家会看到。</translation>
    </message>
    <message>
        <source>Write a sum from 0 to {most} for the shipping, or nothing.</source>
        <translation>运费请填 0 到 {most} 之间的金额，或留空。</translation>
    </message>
    <message>
        <source>Choose at least one unit that is paid back, or write a sum for the shipping.</source>
        <translation>至少选一件要退款的商品，或填写要退的运费。</translation>
    </message>
    <message>
        <source>Choose at least one unit that is paid back.</source>
        <translation>请至少选择一件要退款的商品。</translation>
    </message>
</context>
<context>
    <name>ReplaceDialog</name>
    <message>
        <source>The same goods leave the stock once more.</source>
        <translation>同样的商品将再次出库。</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Result: {name}</source>
        <translation>结果：{name}</translation>
    </message>
    <message>
        <source>Requests over time</source>
        <translation>请求随时间</translation>
    </message>
    <message>
        <source>Requests by tenths of a second from the start</source>
        <translation>从开始起每 0.1 秒的请求</translation>
    </message>
    <message>
        <source>Save CSV…</source>
        <translation>保存 CSV…</translation>
    </message>
    <message>
        <source>Save JSON…</source>
        <translation>保存 JSON…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation>{n} 人</translation>
    </message>
    <message>
        <source>{n} coins given</source>
        <translation>送出 {n} 金币</translation>
    </message>
    <message>
        <source>{sum} paid</source>
        <translation>已付 {sum}</translation>
    </message>
    <message>
        <source>{n} prizes claimed</source>
        <translation>已领取 {n} 份</translation>
    </message>
    <message>
        <source>{n} not claimed yet</source>
        <translation>待领取 {n} 份</translation>
    </message>
    <message>
        <source>{n} went to the next rank</source>
        <translation>{n} 份顺延给下一名</translation>
    </message>
    <message>
        <source>{n} back in the stock</source>
        <translation>退回库存 {n} 份</translation>
    </message>
    <message>
        <source>Requests received, all together</source>
        <translation>收到请求合计</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <source>The settings in {path} are damaged ({detail}). They were set aside as {aside}, and the defaults are used.</source>
        <translation>设置文件 {path} 已损坏（{detail}）。已另存为 {aside}，现使用默认设置。</translation>
    </message>
    <message>
        <source>The disk is full, so the settings in {path} cannot be kept. Free some space.</source>
        <translation>磁盘已满，无法保存设置 {path}。请清理出一些空间。</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read ({detail}). Check who may read them.</source>
        <translation>无法读取设置 {path}（{detail}）。请检查读取权限。</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be kept ({detail}). Check who may write there, or use --data.</source>
        <translation>无法保存设置 {path}（{detail}）。请检查写入权限，或用 --data 指定其他文件夹。</translation>
    </message>
    <message>
        <source>The source gives nothing. Check its cable, and whether another program uses it.</source>
        <translation>来源没有数据。请检查连接线，以及是否被其他程序占用。</translation>
    </message>
    <message>
        <source>The picture does not change any more. Unplug the camera and plug it in again.</source>
        <translation>画面卡住不动。请重新插拔摄像头。</translation>
    </message>
    <message>
        <source>The picture is black. Take off the lens cap, or allow the capture.</source>
        <translation>画面是黑的。请取下镜头盖，或允许采集。</translation>
    </message>
    <message>
        <source>The device is not there. Plug it in; it is opened as soon as it comes.</source>
        <translation>找不到设备。请插上，插上后会自动打开。</translation>
    </message>
    <message>
        <source>The file cannot be read. Choose another one.</source>
        <translation>文件无法读取。请换一个。</translation>
    </message>
    <message>
        <source>The window was closed. Open it again, or choose another one.</source>
        <translation>窗口已关闭。请重新打开，或换一个。</translation>
    </message>
    <message>
        <source>The capture ended. Check the cable, and close other programs that use the device.</source>
        <translation>采集中断。请检查连接线，并关闭占用设备的其他程序。</translation>
    </message>
    <message>
        <source>The picture is too large to be loaded. Make it smaller, or choose another one.</source>
        <translation>图片太大，无法加载。请缩小图片，或选择其他文件。</translation>
    </message>
    <message>
        <source>The file is not there any more. Put it back, or choose another one.</source>
        <translation>文件已不在原处，请放回去，或选择别的文件。</translation>
    </message>
    <message>
        <source>The file has no picture, not even a cover. Choose a video or a picture.</source>
        <translation>这个文件没有画面，也没有封面。请选择视频或图片。</translation>
    </message>
    <message>
        <source>The system does not allow the capture. Allow it in the system&apos;s privacy settings.</source>
        <translation>系统不允许采集。请在系统的隐私设置中允许。</translation>
    </message>
    <message>
        <source>The screen cannot be reached any more. Is its server running?</source>
        <translation>屏幕已无法访问。显示服务是否还在运行？</translation>
    </message>
    <message>
        <source>The picture&apos;s source has no sound. Choose a microphone, or a file with sound.</source>
        <translation>画面来源没有声音。请选择麦克风，或带声音的文件。</translation>
    </message>
    <message>
        <source>An error inside ended it; it is started again.</source>
        <translation>因内部错误中断，正在重新启动。</translation>
    </message>
    <message>
        <source>The server refuses the host token. Copy it anew into Settings → Network.</source>
        <translation>服务器拒绝了主播令牌。请在“设置 → 网络”中重新填写。</translation>
    </message>
    <message>
        <source>The server knows no such room. Check it in Settings → Network.</source>
        <translation>服务器上没有这个房间。请在“设置 → 网络”中检查。</translation>
    </message>
    <message>
        <source>The address takes no broadcast. Check it in Settings → Network.</source>
        <translation>这个地址不接受推流。请在“设置 → 网络”中检查。</translation>
    </message>
    <message>
        <source>The address is not valid. Check it in Settings → Network.</source>
        <translation>地址无效。请在“设置 → 网络”中检查。</translation>
    </message>
    <message>
        <source>The server takes neither H.264 nor Opus.</source>
        <translation>服务器不支持 H.264 或 Opus。</translation>
    </message>
    <message>
        <source>Somebody else publishes in this room. End that broadcast first.</source>
        <translation>这个房间正有别人推流。请先结束那一场直播。</translation>
    </message>
    <message>
        <source>The server is busy or starting; it is tried again.</source>
        <translation>服务器繁忙或正在启动，会自动重试。</translation>
    </message>
    <message>
        <source>The server does not answer. Check the network; it is tried again.</source>
        <translation>服务器没有响应。请检查网络，会自动重试。</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check the network; it is tried again.</source>
        <translation>无法连接服务器。请检查网络，会自动重试。</translation>
    </message>
    <message>
        <source>No way for the picture was found. Allow UDP through the firewall; it is tried again.</source>
        <translation>找不到传输画面的通路。请让防火墙放行 UDP，会自动重试。</translation>
    </message>
    <message>
        <source>The server takes nothing any more. Check the network; it is tried again.</source>
        <translation>服务器不再接收数据。请检查网络，会自动重试。</translation>
    </message>
    <message>
        <source>The encoder cannot be opened. Choose another one in Settings → Picture.</source>
        <translation>编码器无法打开。请在“设置 → 画面”中换一个。</translation>
    </message>
    <message>
        <source>The server gave an unexpected answer; it is tried again.</source>
        <translation>服务器返回了意外的应答，会自动重试。</translation>
    </message>
    <message>
        <source>The server could not be told that the broadcast is over.</source>
        <translation>无法通知服务器直播已结束。</translation>
    </message>
    <message>
        <source>An error inside ended it; it is tried again.</source>
        <translation>因内部错误中断，会自动重试。</translation>
    </message>
    <message>
        <source>The connection broke; it is tried again.</source>
        <translation>连接中断，会自动重试。</translation>
    </message>
    <message>
        <source>Viewers see about one picture a second: the encoder sends B-frames.</source>
        <translation>观众每秒只能看到大约一帧画面：编码器发送了 B 帧。</translation>
    </message>
    <message>
        <source>Set B-frames to 0 in the program that publishes (OBS: tune zerolatency).</source>
        <translation>请在推流软件中把 B 帧设为 0（OBS：微调选 zerolatency）。</translation>
    </message>
    <message>
        <source>Viewers who come see no picture: the encoder sends no keyframes.</source>
        <translation>新进来的观众看不到画面：编码器没有发送关键帧。</translation>
    </message>
    <message>
        <source>Set the keyframe interval to 2 s in the program that publishes.</source>
        <translation>请在推流软件中把关键帧间隔设为 2 秒。</translation>
    </message>
    <message>
        <source>Viewers hear you and see nothing: the picture of the stream is missing.</source>
        <translation>观众只能听到声音，看不到画面：推流里缺少画面。</translation>
    </message>
    <message>
        <source>Check the camera and the encoder of the program that publishes.</source>
        <translation>请检查推流软件的摄像头和编码器。</translation>
    </message>
    <message>
        <source>The stream has sound only; viewers see no picture.</source>
        <translation>推流只有声音，观众看不到画面。</translation>
    </message>
    <message>
        <source>You may not do that in this room.</source>
        <translation>你在这个房间没有这项权限。</translation>
    </message>
    <message>
        <source>This product is not in the room any more.</source>
        <translation>这个商品已不在房间里。</translation>
    </message>
    <message>
        <source>The room is not live.</source>
        <translation>房间没有在直播。</translation>
    </message>
    <message>
        <source>That is so already.</source>
        <translation>已经是这样了。</translation>
    </message>
    <message>
        <source>That was too fast. Wait a moment and try again.</source>
        <translation>操作太快了。请稍等再试。</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile.</source>
        <translation>其他人刚刚修改过。</translation>
    </message>
    <message>
        <source>The server could not keep it. Is its disk full? Its log names the cause.</source>
        <translation>服务器无法保存。磁盘是否已满？原因见其日志。</translation>
    </message>
    <message>
        <source>The server did not understand. Is it of the same version?</source>
        <translation>服务器无法识别这个操作。请检查版本是否一致。</translation>
    </message>
    <message>
        <source>This user is muted.</source>
        <translation>该用户已被禁言。</translation>
    </message>
    <message>
        <source>This user is blocked.</source>
        <translation>该用户已被拉黑。</translation>
    </message>
    <message>
        <source>The chat is paused.</source>
        <translation>评论区已暂停。</translation>
    </message>
    <message>
        <source>Only followers may write now.</source>
        <translation>当前仅粉丝可发言。</translation>
    </message>
    <message>
        <source>Only who has an account may do this.</source>
        <translation>只有注册了账号的观众才能这样做。</translation>
    </message>
    <message>
        <source>Slow mode is on. Wait a moment and try again.</source>
        <translation>慢速模式已开启，请稍候再试。</translation>
    </message>
    <message>
        <source>Links are not allowed here.</source>
        <translation>此处不允许发送链接。</translation>
    </message>
    <message>
        <source>The text holds a blocked word.</source>
        <translation>内容包含屏蔽词。</translation>
    </message>
    <message>
        <source>This name is another&apos;s, or too much like one. Choose another one.</source>
        <translation>这个名字属于别人，或与别人的太像。请换一个。</translation>
    </message>
    <message>
        <source>There is no text.</source>
        <translation>没有内容。</translation>
    </message>
    <message>
        <source>The text is too long.</source>
        <translation>内容过长。</translation>
    </message>
    <message>
        <source>Host and assistants cannot be muted or blocked.</source>
        <translation>不能禁言或拉黑主播和助理。</translation>
    </message>
    <message>
        <source>This danmu is not in the room any more.</source>
        <translation>这条弹幕已不存在。</translation>
    </message>
    <message>
        <source>This user is not known here.</source>
        <translation>未找到该用户。</translation>
    </message>
    <message>
        <source>This poll is not open any more.</source>
        <translation>该投票已结束。</translation>
    </message>
    <message>
        <source>This question is not in the list any more.</source>
        <translation>该问题已不在列表中。</translation>
    </message>
    <message>
        <source>This invitation or assistant is not there any more.</source>
        <translation>该邀请或助理已不存在。</translation>
    </message>
    <message>
        <source>This step is not in the run of show any more.</source>
        <translation>流程单里已没有这一步。</translation>
    </message>
    <message>
        <source>This campaign is not in the room any more.</source>
        <translation>活动已不在直播间。</translation>
    </message>
    <message>
        <source>Its time is over.</source>
        <translation>已经过了结束时间。</translation>
    </message>
    <message>
        <source>There are as many as there can be. Take one back first.</source>
        <translation>数量已达上限，请先撤回一个。</translation>
    </message>
    <message>
        <source>The picture is not on the server any more. Choose it again.</source>
        <translation>服务器上已没有这张图片，请重新选择。</translation>
    </message>
    <message>
        <source>All seats are taken. Remove a guest first.</source>
        <translation>麦位已满，请先移走一位连麦嘉宾。</translation>
    </message>
    <message>
        <source>There is no such coupon any more.</source>
        <translation>这张优惠券已经不在了。</translation>
    </message>
    <message>
        <source>Who gets this coupon types its code: say the code.</source>
        <translation>这张优惠券凭优惠码领取：请直接报出优惠码。</translation>
    </message>
    <message>
        <source>This coupon is not given out yet.</source>
        <translation>这张优惠券还没开始发放。</translation>
    </message>
    <message>
        <source>This coupon is not given out any more.</source>
        <translation>这张优惠券已停止发放。</translation>
    </message>
    <message>
        <source>All of these coupons were given out.</source>
        <translation>这张优惠券已经领完了。</translation>
    </message>
    <message>
        <source>The code is unknown, used, or out of date.</source>
        <translation>邀请码未知、已使用或已过期。</translation>
    </message>
    <message>
        <source>The room refused it: {reason}.</source>
        <translation>房间拒绝了操作：{reason}。</translation>
    </message>
    <message>
        <source>Port {port} is taken by another program, so viewers cannot come in.</source>
        <translation>端口 {port} 被其他程序占用，观众无法进入。</translation>
    </message>
    <message>
        <source>Close that program, or let the studio take a free port.</source>
        <translation>请关闭那个程序，或换一个空闲端口。</translation>
    </message>
    <message>
        <source>The server cannot start.</source>
        <translation>服务器无法启动。</translation>
    </message>
    <message>
        <source>The server stopped by itself.</source>
        <translation>服务器意外停止。</translation>
    </message>
    <message>
        <source>It is being started again; viewers come back by themselves.</source>
        <translation>正在自动重启，观众会自动回来。</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>服务器没有响应。</translation>
    </message>
    <message>
        <source>It is being started again.</source>
        <translation>正在自动重启。</translation>
    </message>
    <message>
        <source>The disk of the data folder is full. Free some space.</source>
        <translation>数据文件夹所在的磁盘已满，请清出一些空间。</translation>
    </message>
    <message>
        <source>Check that you may write to the data folder. It said: {detail}</source>
        <translation>请检查是否有权写入数据文件夹。服务器报告：{detail}</translation>
    </message>
    <message>
        <source>Another Livestall works with the same data. Close it, or wait until it has ended.</source>
        <translation>另一个 Livestall 正在使用同一份数据。请关闭它，或等它结束。</translation>
    </message>
    <message>
        <source>You may not use port {port}. Choose one above 1023 in Settings → Network.</source>
        <translation>没有权限使用端口 {port}。请在“设置 → 网络”中选择大于 1023 的端口。</translation>
    </message>
    <message>
        <source>The database cannot be used. It said: {detail}</source>
        <translation>无法使用数据库。服务器报告：{detail}</translation>
    </message>
    <message>
        <source>The media relay did not start. The logs in the data folder tell why.</source>
        <translation>媒体中继没有启动，原因见数据文件夹中的日志。</translation>
    </message>
    <message>
        <source>The broadcast was ended by another host.</source>
        <translation>直播已被另一位主播结束。</translation>
    </message>
    <message>
        <source>The broadcast was paused by another host.</source>
        <translation>直播已被另一位主播暂停。</translation>
    </message>
    <message>
        <source>The broadcast was resumed by another host.</source>
        <translation>直播已被另一位主播恢复。</translation>
    </message>
    <message>
        <source>“{by}” has taken over the broadcast from “{before}”.</source>
        <translation>“{by}”已从“{before}”接管直播画面。</translation>
    </message>
    <message>
        <source>“{by}” has taken over the broadcast from a studio.</source>
        <translation>“{by}”已从一台直播工作台接管直播画面。</translation>
    </message>
    <message>
        <source>A studio has taken over the broadcast from “{before}”.</source>
        <translation>一台直播工作台已从“{before}”接管直播画面。</translation>
    </message>
    <message>
        <source>A studio has taken over the broadcast from another one.</source>
        <translation>一台直播工作台已从另一台接管直播画面。</translation>
    </message>
    <message>
        <source>The server shows the audit log to the host alone. Check the host token in Settings → Network. It said: {detail}</source>
        <translation>服务器只向主播提供操作记录。请检查“设置 → 网络”里的主播令牌。服务器答复：{detail}</translation>
    </message>
    <message>
        <source>The audit log could not be read ({detail}). Check the line to the server, then try again.</source>
        <translation>读不到操作记录（{detail}）。请检查与服务器的连接，然后重试。</translation>
    </message>
    <message>
        <source>The host token was not renewed. Check it in Settings → Network. The server said: {detail}</source>
        <translation>主播令牌没有更换。请在“设置 → 网络”中检查令牌。服务器返回：{detail}</translation>
    </message>
    <message>
        <source>The host token was not renewed: the server was not reached ({detail}). Try again.</source>
        <translation>主播令牌没有更换：无法连接服务器（{detail}）。请重试。</translation>
    </message>
    <message>
        <source>A stream key of this name is there already. Choose another name.</source>
        <translation>已有同名的推流密钥。请换一个名称。</translation>
    </message>
    <message>
        <source>Nobody could read this name. Choose another one.</source>
        <translation>这个名称无法辨认。请换一个。</translation>
    </message>
    <message>
        <source>The server was not reached ({detail}). Check the line to it, then try again.</source>
        <translation>无法连接服务器（{detail}）。请检查与服务器的连接，然后重试。</translation>
    </message>
    <message>
        <source>The server lets the host alone see stream keys. Check the host token in Settings → Network. It said: {detail}</source>
        <translation>只有主播可以查看推流密钥。请检查“设置 → 网络”中的主播令牌。服务器的说明：{detail}</translation>
    </message>
    <message>
        <source>The disk is full, so {path} was not written. Free some space, or choose another folder.</source>
        <translation>磁盘已满，{path} 没有写入。请腾出空间，或者换一个文件夹。</translation>
    </message>
    <message>
        <source>You may not write {path}. Choose another folder.</source>
        <translation>没有权限写入 {path}，请换一个文件夹。</translation>
    </message>
    <message>
        <source>{path} could not be written ({detail}). Choose another folder.</source>
        <translation>{path} 无法写入（{detail}），请换一个文件夹。</translation>
    </message>
    <message>
        <source>An API token of this name is there already. Choose another name.</source>
        <translation>已有同名的 API 令牌，请换一个名字。</translation>
    </message>
    <message>
        <source>Webhooks go to this address already. Delete that one first.</source>
        <translation>已有发往此地址的 Webhook，请先删除那一个。</translation>
    </message>
    <message>
        <source>Webhooks cannot go to this address. It begins with https://, or is one of this computer or its network, where the server allows those. The server said: {detail}</source>
        <translation>Webhook 不能发往此地址。地址须以 https:// 开头；若服务器允许，也可以是本机或局域网地址。服务器说：{detail}</translation>
    </message>
    <message>
        <source>The server lets the host alone change this. Check the host token in Settings → Network. It said: {detail}</source>
        <translation>服务器只允许主播更改此项。请检查 设置 → 网络 中的主播令牌。服务器说：{detail}</translation>
    </message>
    <message>
        <source>The text could not be read ({detail}). Check Settings → Network, then open this again.</source>
        <translation>读取失败（{detail}）。请检查“设置 → 网络”，再重新打开。</translation>
    </message>
    <message>
        <source>The shop does not take this text: {detail}</source>
        <translation>店铺不收这段文字：{detail}</translation>
    </message>
    <message>
        <source>No answer came ({detail}). The text is still here: check the line, then try again.</source>
        <translation>没有收到回应（{detail}）。文字还在，请检查网络后再试。</translation>
    </message>
    <message>
        <source>The shop does not answer ({detail}). Check Settings → Network, then try again.</source>
        <translation>店铺没有回应（{detail}）。请检查“设置 → 网络”，再试一次。</translation>
    </message>
    <message>
        <source>A flash sale or an auction has prices in the old currency. Stop it or wait until it is over, then save again.</source>
        <translation>还有限时秒杀或拍卖用着原来的货币。请先停止它，或等它结束，再保存。</translation>
    </message>
    <message>
        <source>The shop has sold in its currency and keeps it. Choose the old one again.</source>
        <translation>店铺已经用原来的货币卖出过商品，不能再换。请改回原来的货币。</translation>
    </message>
    <message>
        <source>The books were asked too often: comparing asks each provider. Wait a minute, then try again.</source>
        <translation>核对得太频繁了：每次核对都要逐个询问支付渠道。请等一分钟再试。</translation>
    </message>
    <message>
        <source>The books could not be read ({detail}). Check the line, then try again.</source>
        <translation>账目读取失败（{detail}）。请检查网络后重试。</translation>
    </message>
    <message>
        <source>No answer came ({detail}). Settle it again: it is noted once, however often you try.</source>
        <translation>没有收到回应（{detail}）。请再登记一次：无论试几次只记一笔。</translation>
    </message>
    <message>
        <source>Somebody settled it before: {detail} Close this and look at “Settled”.</source>
        <translation>已有人处理过：{detail}。请关闭后查看“已处理”。</translation>
    </message>
    <message>
        <source>The coupons could not be read ({detail}). Check the line, then try again.</source>
        <translation>无法读取优惠券（{detail}）。请检查网络后重试。</translation>
    </message>
    <message>
        <source>No answer came ({detail}). Look at the list before you try again.</source>
        <translation>没有收到回应（{detail}）。请先看看列表，再重试。</translation>
    </message>
    <message>
        <source>Another coupon has this code. Choose another one.</source>
        <translation>已有优惠券使用这个优惠码，请换一个。</translation>
    </message>
    <message>
        <source>The shop does not take this: {detail}</source>
        <translation>店铺不接受：{detail}</translation>
    </message>
    <message>
        <source>You may not see or change coupons. The host of the shop&apos;s first room does, and gives the right to campaigns under Live → Assistants.</source>
        <translation>你无权查看或修改优惠券。首个直播间的主播可以，并可在“直播 → 助理”中授予活动权限。</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}. Choose another folder, then save again.</source>
        <translation>无法写入 {path}：{reason}。请换一个文件夹再保存。</translation>
    </message>
    <message>
        <source>You may not see the books. The host of the shop&apos;s first room does, and gives the right to payments under Live → Assistants.</source>
        <translation>你没有查看账目的权限。店铺首个直播间的主播可以查看，并能在“直播 → 助理”里授予“收款”权限。</translation>
    </message>
    <message>
        <source>No answer came ({detail}). What you typed is still here: check the line, then try again.</source>
        <translation>没有收到回应（{detail}）。填写的内容还在：请检查网络后重试。</translation>
    </message>
    <message>
        <source>This counts for the whole shop, with all its rooms. The host of the shop&apos;s first room sees to it: ask them.</source>
        <translation>这一项对整个店铺和所有直播间都生效，由店铺第一个直播间的主播管理，请联系对方。</translation>
    </message>
</context>
<context>
    <name>RequestList</name>
    <message>
        <source>Nobody asks for a product now.</source>
        <translation>现在没有人求讲解。</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>求讲解</translation>
    </message>
</context>
<context>
    <name>RequestRow</name>
    <message>
        <source>Explain</source>
        <translation>讲解</translation>
    </message>
    <message>
        <source>Show this product&apos;s card to everybody now</source>
        <translation>现在向所有人展示这件商品的讲解卡</translation>
    </message>
</context>
<context>
    <name>Restream</name>
    <message>
        <source>Off air</source>
        <translation>未推流</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>连接中…</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>推流中</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>正在重试</translation>
    </message>
    <message>
        <source>the platform does not answer</source>
        <translation>平台没有回应</translation>
    </message>
    <message>
        <source>the server is not who it says it is (its certificate)</source>
        <translation>服务器的证书无效，身份无法确认</translation>
    </message>
    <message>
        <source>nothing encodes the picture</source>
        <translation>没有编码器可用</translation>
    </message>
    <message>
        <source>the platform ended the connection or refused it</source>
        <translation>平台断开或拒绝了连接</translation>
    </message>
</context>
<context>
    <name>RestreamView</name>
    <message>
        <source>The platforms could not be saved: {detail}</source>
        <translation>平台设置无法保存：{detail}</translation>
    </message>
    <message>
        <source>{name}: {reason}; it is tried again.</source>
        <translation>{name}：{reason}；正在重试。</translation>
    </message>
    <message>
        <source>Check server and stream key in Live → Other platforms; your own viewers notice nothing.</source>
        <translation>请在“直播 → 其他平台”中检查服务器和推流码；你自己的观众不受影响。</translation>
    </message>
</context>
<context>
    <name>RevokeDialog</name>
    <message>
        <source>Revoke the rights of {name}?</source>
        <translation>撤销{name}的权限？</translation>
    </message>
    <message>
        <source>{name} is put out at once, and needs a new invitation to help again.</source>
        <translation>{name}会被立即移出，需要新的邀请才能再来协助。</translation>
    </message>
    <message>
        <source>Take the invitation back?</source>
        <translation>收回这个邀请？</translation>
    </message>
    <message>
        <source>Its code lets nobody in any more.</source>
        <translation>它的邀请码将不能再使用。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Reason (optional); the assistant reads it</source>
        <translation>原因（可选），助理会看到</translation>
    </message>
    <message>
        <source>Reason (optional)</source>
        <translation>原因（可选）</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
</context>
<context>
    <name>Rights</name>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>营销活动</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Guests</source>
        <translation>连麦</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>顾客</translation>
    </message>
    <message>
        <source>Show explain cards, change titles and stock</source>
        <translation>讲解卡，修改标题和库存</translation>
    </message>
    <message>
        <source>Change prices, also while the card is on air</source>
        <translation>修改价格，讲解中也可以</translation>
    </message>
    <message>
        <source>For campaigns and coupons</source>
        <translation>用于活动和优惠券</translation>
    </message>
    <message>
        <source>Write as an assistant, moderate, pin, answer, ask polls</source>
        <translation>以助理身份发言、管理、置顶、回答、发起投票</translation>
    </message>
    <message>
        <source>For guests on air; nothing needs it yet</source>
        <translation>用于连麦嘉宾，目前还没有用到</translation>
    </message>
    <message>
        <source>See the live numbers</source>
        <translation>查看实时数据</translation>
    </message>
    <message>
        <source>See this room&apos;s orders, ship, cancel, confirm payments</source>
        <translation>查看本直播间订单，发货、取消、确认收款</translation>
    </message>
    <message>
        <source>Give money back, and cancel paid orders</source>
        <translation>退款，取消已付款的订单</translation>
    </message>
    <message>
        <source>See settlements, and settle money that matches no order</source>
        <translation>查看结算，处理对不上订单的款项</translation>
    </message>
    <message>
        <source>See names, phones and addresses on orders in full, as shipping needs them</source>
        <translation>查看订单上完整的姓名、电话和地址，发货需要</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>RightsDialog</name>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Rights of {who}</source>
        <translation>{who}的权限</translation>
    </message>
    <message>
        <source>They count at once, also where somebody is at work.</source>
        <translation>立即生效，对方正在操作时也一样。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>RoomWindow</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Edit the layout (F9)</source>
        <translation>编辑布局（F9）</translation>
    </message>
</context>
<context>
    <name>RunMenus</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add a step for every other product</source>
        <translation>为其余商品各添一步</translation>
    </message>
    <message>
        <source>Plan with the minutes that steps took</source>
        <translation>用实际时长作为新计划</translation>
    </message>
</context>
<context>
    <name>RunPanel</name>
    <message>
        <source>Took {time}</source>
        <translation>实际 {time}</translation>
    </message>
    <message>
        <source>{time} over</source>
        <translation>超时 {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩 {time}</translation>
    </message>
    <message>
        <source>The product is not in the room any more</source>
        <translation>商品已不在本直播间</translation>
    </message>
    <message>
        <source>Shows the card</source>
        <translation>自动弹讲解卡</translation>
    </message>
    <message>
        <source>Run of show</source>
        <translation>流程单</translation>
    </message>
    <message>
        <source>Add a step…</source>
        <translation>添加步骤…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Undo the last edit</source>
        <translation>撤销上一步编辑</translation>
    </message>
    <message>
        <source>Undo the last edit (Ctrl+Z)</source>
        <translation>撤销上一步编辑（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Stop this step</source>
        <translation>结束这一步</translation>
    </message>
    <message>
        <source>Stop this step and take its card off</source>
        <translation>结束这一步并取下讲解卡</translation>
    </message>
    <message>
        <source>+{n} min</source>
        <translation>+{n} 分钟</translation>
    </message>
    <message>
        <source>Plan more minutes for this step</source>
        <translation>给这一步多留几分钟</translation>
    </message>
    <message>
        <source>Next step (N)</source>
        <translation>下一步 (N)</translation>
    </message>
    <message>
        <source>Start the next step and show its card</source>
        <translation>开始下一步并弹出讲解卡</translation>
    </message>
    <message>
        <source>End (N)</source>
        <translation>结束 (N)</translation>
    </message>
    <message>
        <source>For the run of show you need the right to products; ask the host for it</source>
        <translation>查看流程单需要商品权限，请向主播申请</translation>
    </message>
    <message>
        <source>Step {time} over</source>
        <translation>本步超时 {time}</translation>
    </message>
    <message>
        <source>{time} behind</source>
        <translation>比计划慢 {time}</translation>
    </message>
    <message>
        <source>{time} ahead</source>
        <translation>比计划快 {time}</translation>
    </message>
    <message>
        <source>Ends {time}</source>
        <translation>预计 {time} 结束</translation>
    </message>
    <message>
        <source>On plan</source>
        <translation>与计划一致</translation>
    </message>
    <message>
        <source>No steps yet. Add with + what you want to show, with minutes: Next step then shows its card.</source>
        <translation>还没有步骤。点上方的 + 把要讲的商品和分钟数排进来，点“下一步”就自动弹讲解卡。</translation>
    </message>
    <message>
        <source>1 step · {minutes} min</source>
        <translation>1 步 · {minutes} 分钟</translation>
    </message>
    <message>
        <source>{n} steps · {minutes} min</source>
        <translation>{n} 步 · {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Not connected: nothing was sent. Try again in a moment.</source>
        <translation>未连接：什么也没有发送。请稍后再试。</translation>
    </message>
    <message>
        <source>Over its time: {title}</source>
        <translation>已超时：{title}</translation>
    </message>
</context>
<context>
    <name>Scenes</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Media file</source>
        <translation>媒体文件</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Demo portrait</source>
        <translation>演示人像</translation>
    </message>
    <message>
        <source>Solid color</source>
        <translation>纯色</translation>
    </message>
    <message>
        <source>Test pattern</source>
        <translation>测试图</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>粗体</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>Crop bottom (%)</source>
        <translation>裁下边 (%)</translation>
    </message>
    <message>
        <source>Crop left (%)</source>
        <translation>裁左边 (%)</translation>
    </message>
    <message>
        <source>Crop right (%)</source>
        <translation>裁右边 (%)</translation>
    </message>
    <message>
        <source>Crop top (%)</source>
        <translation>裁上边 (%)</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填满</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Height (%)</source>
        <translation>高 (%)</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>居左</translation>
    </message>
    <message>
        <source>Line color</source>
        <translation>描边颜色</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>左右翻转</translation>
    </message>
    <message>
        <source>Opacity (%)</source>
        <translation>不透明度 (%)</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>描边</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>底板颜色</translation>
    </message>
    <message>
        <source>Panel behind the text</source>
        <translation>文字底板</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>居右</translation>
    </message>
    <message>
        <source>Rotation (°)</source>
        <translation>旋转 (°)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>完整显示</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>拉伸</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>上下翻转</translation>
    </message>
    <message>
        <source>Width (%)</source>
        <translation>宽 (%)</translation>
    </message>
    <message>
        <source>X (%)</source>
        <translation>X (%)</translation>
    </message>
    <message>
        <source>Y (%)</source>
        <translation>Y (%)</translation>
    </message>
</context>
<context>
    <name>ScenesPanel</name>
    <message>
        <source>Scenes</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>In this scene</source>
        <translation>本场景来源</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>New empty scene; viewers do not see it yet</source>
        <translation>新建空场景，观众暂时看不到</translation>
    </message>
    <message>
        <source>Copy this scene; viewers do not see the copy yet</source>
        <translation>复制本场景，观众暂时看不到副本</translation>
    </message>
    <message>
        <source>Remove this scene</source>
        <translation>删除本场景</translation>
    </message>
    <message>
        <source>Add to this scene</source>
        <translation>添加到本场景</translation>
    </message>
    <message>
        <source>Take out of this scene (Delete)</source>
        <translation>从本场景移除 (Delete)</translation>
    </message>
    <message>
        <source>A click shows a scene to the viewers; F2 renames it</source>
        <translation>单击把场景切给观众看；F2 重命名</translation>
    </message>
    <message>
        <source>What is in the scene, the topmost first</source>
        <translation>场景中的来源，最上层在前</translation>
    </message>
    <message>
        <source>Drag to change the order; V shows or hides, L locks</source>
        <translation>拖动可调整层次；V 显示或隐藏，L 锁定</translation>
    </message>
    <message>
        <source>Name of the source</source>
        <translation>来源名称</translation>
    </message>
    <message>
        <source>Scene {n}</source>
        <translation>场景 {n}</translation>
    </message>
</context>
<context>
    <name>SecretDialog</name>
    <message>
        <source>It is shown only once: nobody keeps it. If it gets lost, make another one.</source>
        <translation>仅显示这一次，任何地方都不保存。如果丢失，请重新创建。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>I copied it</source>
        <translation>我已复制</translation>
    </message>
</context>
<context>
    <name>SellingPage</name>
    <message>
        <source>Selling</source>
        <translation>卖货</translation>
    </message>
    <message>
        <source>China</source>
        <translation>中国</translation>
    </message>
    <message>
        <source>European Union</source>
        <translation>欧盟</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>其他地区</translation>
    </message>
    <message>
        <source>Bank, account number, name of its owner</source>
        <translation>开户行、账号、户名</translation>
    </message>
    <message>
        <source>Rules of</source>
        <translation>适用规则</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>Ways to pay</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>Transfers go to</source>
        <translation>收款账户</translation>
    </message>
    <message>
        <source>Online, by what is on under Payments</source>
        <translation>在线支付，用“收款”页中已开通的</translation>
    </message>
    <message>
        <source>Bank transfer: kept for 3 days</source>
        <translation>银行转账：商品保留 3 天</translation>
    </message>
    <message>
        <source>Cash on delivery: sent before the money</source>
        <translation>货到付款：先发货后收款</translation>
    </message>
    <message>
        <source>The shop has the licence that auctions need</source>
        <translation>店铺有拍卖资质，开启拍卖</translation>
    </message>
    <message>
        <source>Auctions</source>
        <translation>拍卖</translation>
    </message>
    <message>
        <source>Unpaid, account</source>
        <translation>未付上限（会员）</translation>
    </message>
    <message>
        <source>Unpaid, guest</source>
        <translation>未付上限（游客）</translation>
    </message>
    <message>
        <source>So much may one buyer hold without having paid: by account, by phone and by address.</source>
        <translation>同一买家未付款时最多可占用这么多，按账号、电话、地址分别计算。</translation>
    </message>
    <message>
        <source>Choose at least one way to pay: without one nobody can buy.</source>
        <translation>请至少选一种付款方式，否则没人能下单。</translation>
    </message>
    <message>
        <source>Write where transfers go, or turn bank transfer off.</source>
        <translation>请填写收款账户，或取消银行转账。</translation>
    </message>
    <message>
        <source>Where transfers go has at most {n} characters. Shorten it.</source>
        <translation>收款账户最多 {n} 个字，请缩短。</translation>
    </message>
    <message>
        <source>Buyers may send goods back until {n} days after the day of delivery.</source>
        <translation>签收次日起 {n} 天内，买家可以退货。</translation>
    </message>
    <message>
        <source>Locked by the first order: orders, refunds and the books are in this currency.</source>
        <translation>首单后已锁定：订单、退款和账目都用这种货币。</translation>
    </message>
    <message>
        <source>The first order locks it. Prices keep their digits: look at them after a change.</source>
        <translation>首单后锁定。更换后价格数字不变，请逐一核对。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>码率</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>卖货</translation>
    </message>
    <message>
        <source>Shipping</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Coins</source>
        <translation>金币</translation>
    </message>
    <message>
        <source>E-mails</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Legal pages</source>
        <translation>法律页面</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close without changing anything</source>
        <translation>关闭，不做任何更改</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the settings</source>
        <translation>关闭设置</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep these settings and use them from now on</source>
        <translation>保存这些设置并立即使用</translation>
    </message>
</context>
<context>
    <name>SettleDialog</name>
    <message>
        <source>Settle the money</source>
        <translation>处理这笔钱</translation>
    </message>
    <message>
        <source>{amount} from {way}, {time}</source>
        <translation>{amount}，来自{way}，{time}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>It was returned to where it came from</source>
        <translation>已原路退回</translation>
    </message>
    <message>
        <source>It is kept as income that belongs to no order</source>
        <translation>留作与订单无关的收入</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>This notes it in the books, once. It moves no money itself.</source>
        <translation>只在账上登记一次，不会动用资金。</translation>
    </message>
    <message>
        <source>What was found out, such as the reference of the transfer</source>
        <translation>查到的情况，如转账流水号</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Choose what became of the money.</source>
        <translation>请选择这笔钱怎么处理了。</translation>
    </message>
    <message>
        <source>Write a note: whoever looks at the books later asks for it.</source>
        <translation>请写备注：以后查账的人要看。</translation>
    </message>
</context>
<context>
    <name>SettlementsPage</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Way to pay</source>
        <translation>付款方式</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Matched nothing</source>
        <translation>对不上</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>退款</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>净额</translation>
    </message>
    <message>
        <source>Movements</source>
        <translation>笔数</translation>
    </message>
    <message>
        <source>The last {n} days</source>
        <translation>最近 {n} 天</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>保存为 CSV…</translation>
    </message>
    <message>
        <source>Keep these lines as a table in a file</source>
        <translation>把这些行存成表格文件</translation>
    </message>
    <message>
        <source>Sums a day</source>
        <translation>每日结算</translation>
    </message>
    <message>
        <source>No money came or went in this time.</source>
        <translation>这段时间没有收支。</translation>
    </message>
    <message>
        <source>Net of these days: {nets}</source>
        <translation>这些天净额：{nets}</translation>
    </message>
    <message>
        <source>Save the sums a day</source>
        <translation>保存每日结算</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>settlement-{date}.csv</source>
        <translation>每日结算-{date}.csv</translation>
    </message>
</context>
<context>
    <name>SharePopup</name>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Copy the viewers&apos; link</source>
        <translation>复制观看链接</translation>
    </message>
    <message>
        <source>Viewers&apos; link</source>
        <translation>观看链接</translation>
    </message>
    <message>
        <source>The link comes once the server runs</source>
        <translation>服务器就绪后显示链接</translation>
    </message>
    <message>
        <source>QR code of the viewers&apos; link</source>
        <translation>观看链接的二维码</translation>
    </message>
    <message>
        <source>Scan it with a phone to watch</source>
        <translation>用手机扫码观看</translation>
    </message>
    <message>
        <source>Only on this computer; see Settings → Network</source>
        <translation>仅本机可看，见“设置 → 网络”</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>The panels have new places; your old layout was set aside. F9 changes it.</source>
        <translation>面板有了新的位置，原来的布局没有沿用。按 F9 可以调整。</translation>
    </message>
    <message>
        <source>Something went wrong inside: {error}. The log files tell more.</source>
        <translation>内部出错：{error}。详情见日志文件。</translation>
    </message>
</context>
<context>
    <name>ShipDialog</name>
    <message>
        <source>Ship</source>
        <translation>发货</translation>
    </message>
    <message>
        <source>Ship, next order  Ctrl+Enter</source>
        <translation>发货并处理下一单  Ctrl+Enter</translation>
    </message>
    <message>
        <source>The parcel is empty: put at least one piece into it.</source>
        <translation>包裹是空的：请至少装一件。</translation>
    </message>
</context>
<context>
    <name>ShipLines</name>
    <message>
        <source>Units of {title}</source>
        <translation>{title} 的数量</translation>
    </message>
    <message>
        <source>of {n}</source>
        <translation>共 {n} 件</translation>
    </message>
</context>
<context>
    <name>ShipTogether</name>
    <message>
        <source>More goes to this address. Send it in the same parcel:</source>
        <translation>还有订单寄往同一地址，可合并发货：</translation>
    </message>
</context>
<context>
    <name>ShippingFields</name>
    <message>
        <source>Delivered to</source>
        <translation>可配送</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>按件数</translation>
    </message>
    <message>
        <source>Weight in grams</source>
        <translation>按重量（克）</translation>
    </message>
    <message>
        <source>All of it; or such as 新疆, 西藏</source>
        <translation>全国；或如：新疆，西藏</translation>
    </message>
    <message>
        <source>How the names begin, with commas between them</source>
        <translation>填名称开头即可，用逗号隔开</translation>
    </message>
    <message>
        <source>never</source>
        <translation>不包邮</translation>
    </message>
    <message>
        <source>Country, two letters</source>
        <translation>国家代码，两个字母</translation>
    </message>
    <message>
        <source>Provinces</source>
        <translation>省份</translation>
    </message>
    <message>
        <source>Country, provinces</source>
        <translation>国家、省份</translation>
    </message>
    <message>
        <source>Counted by</source>
        <translation>计费方式</translation>
    </message>
    <message>
        <source>The first</source>
        <translation>首件/首重</translation>
    </message>
    <message>
        <source>Each further</source>
        <translation>续件/续重</translation>
    </message>
    <message>
        <source>Free from</source>
        <translation>满额包邮</translation>
    </message>
    <message>
        <source>{step}: costs</source>
        <translation>{step}：运费</translation>
    </message>
    <message>
        <source>costs</source>
        <translation>运费</translation>
    </message>
</context>
<context>
    <name>ShippingPage</name>
    <message>
        <source>Shipping</source>
        <translation>运费</translation>
    </message>
    <message>
        <source>Add a place</source>
        <translation>添加地区</translation>
    </message>
    <message>
        <source>Take the chosen place away</source>
        <translation>删除所选地区</translation>
    </message>
    <message>
        <source>Move up: it counts before the others</source>
        <translation>上移：优先于其他地区</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>The first place that fits counts.</source>
        <translation>从上往下，第一个符合的地区生效。</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Name, phone, address</source>
        <translation>姓名、电话、地址</translation>
    </message>
    <message>
        <source>Returns go to</source>
        <translation>退货地址</translation>
    </message>
    <message>
        <source>Buyers see it once you have accepted what they send back.</source>
        <translation>同意退换货后，买家才看得到。</translation>
    </message>
    <message>
        <source>Everywhere else</source>
        <translation>其他地区</translation>
    </message>
    <message>
        <source>Where returns go has at most {n} characters. Shorten it.</source>
        <translation>退货地址最多 {n} 个字，请缩短。</translation>
    </message>
    <message>
        <source>not delivered to</source>
        <translation>不配送</translation>
    </message>
    <message>
        <source>not complete</source>
        <translation>未填完整</translation>
    </message>
    <message>
        <source>free</source>
        <translation>包邮</translation>
    </message>
    <message>
        <source>{first}, then {further}</source>
        <translation>首 {first}，续 {further}</translation>
    </message>
    <message>
        <source>{fees}; free from {amount}</source>
        <translation>{fees}；满 {amount} 包邮</translation>
    </message>
    <message>
        <source>Write the country as two letters, such as CN or DE.</source>
        <translation>国家请填两个字母的代码，如 CN、DE。</translation>
    </message>
    <message>
        <source>Too many provinces, or too long names: split them in two places.</source>
        <translation>省份太多或名称太长，请拆成两个地区。</translation>
    </message>
    <message>
        <source>Write what a step costs, such as 12 or 8.50; 0 for nothing.</source>
        <translation>请填写运费，如 12 或 8.50；免费填 0。</translation>
    </message>
    <message>
        <source>Write from which sum sending is free, or leave it empty.</source>
        <translation>请填写满多少包邮，或留空。</translation>
    </message>
</context>
<context>
    <name>ShopDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShopPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Ask the shop again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Show what the shop has</source>
        <translation>恢复为店铺现有的设置</translation>
    </message>
    <message>
        <source>Save in the shop</source>
        <translation>存到店铺</translation>
    </message>
    <message>
        <source>It holds from now on</source>
        <translation>保存后立即生效</translation>
    </message>
    <message>
        <source>Saved in the shop.</source>
        <translation>店铺已保存。</translation>
    </message>
    <message>
        <source>The shop is being asked…</source>
        <translation>正在读取店铺设置…</translation>
    </message>
    <message>
        <source>It is being saved…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>尚未保存。</translation>
    </message>
    <message>
        <source>Not saved yet: {page}. Save it in the shop, or take it back.</source>
        <translation>“{page}”尚未保存：请存到店铺，或撤销。</translation>
    </message>
</context>
<context>
    <name>ShopSettingsView</name>
    <message>
        <source>it has not started yet</source>
        <translation>服务器尚未启动</translation>
    </message>
</context>
<context>
    <name>SkuMatrix</name>
    <message>
        <source>Fill down</source>
        <translation>向下填充</translation>
    </message>
    <message>
        <source>Give all rows what stands in the current field</source>
        <translation>把当前单元格的内容填到所有行</translation>
    </message>
    <message>
        <source>SKUs</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>So far</source>
        <translation>原规格</translation>
    </message>
    <message>
        <source>On sale</source>
        <translation>在售</translation>
    </message>
    <message>
        <source>{n} SKUs</source>
        <translation>{n} 个规格</translation>
    </message>
    <message>
        <source>{n} on sale</source>
        <translation>{n} 个在售</translation>
    </message>
    <message>
        <source>{n} new</source>
        <translation>{n} 个新增</translation>
    </message>
    <message>
        <source>{n} on sale again</source>
        <translation>{n} 个恢复销售</translation>
    </message>
    <message>
        <source>{n} retired</source>
        <translation>{n} 个停售</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>retires</source>
        <translation>停售</translation>
    </message>
    <message>
        <source>Give each specification a name and a value.</source>
        <translation>每个规格项都要有名称和取值。</translation>
    </message>
    <message>
        <source>A product has at most {n} SKUs: take some values out.</source>
        <translation>每个商品最多 {n} 个规格组合，请减少取值。</translation>
    </message>
</context>
<context>
    <name>Skus</name>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>划线价</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>底价</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限购</translation>
    </message>
</context>
<context>
    <name>SliderField</name>
    <message>
        <source>A double click resets it</source>
        <translation>双击重置</translation>
    </message>
    <message>
        <source>Reset “{title}”</source>
        <translation>重置“{title}”</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <source>High-pass</source>
        <translation>高通</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>频率</translation>
    </message>
    <message>
        <source>Noise suppression</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>降低量</translation>
    </message>
    <message>
        <source>Noise floor</source>
        <translation>噪声底</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>噪声门</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Attack</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>释放时间</translation>
    </message>
    <message>
        <source>Compressor</source>
        <translation>压缩器</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>压缩比</translation>
    </message>
    <message>
        <source>Make-up gain</source>
        <translation>补偿增益</translation>
    </message>
    <message>
        <source>Equalizer</source>
        <translation>均衡器</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>低音</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中音</translation>
    </message>
    <message>
        <source>Middle frequency</source>
        <translation>中音频率</translation>
    </message>
    <message>
        <source>Treble</source>
        <translation>高音</translation>
    </message>
    <message>
        <source>Limiter</source>
        <translation>限幅器</translation>
    </message>
    <message>
        <source>Ceiling</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Pan: left or right</source>
        <translation>声像：偏左或偏右</translation>
    </message>
    <message>
        <source>Mono: the same on both sides</source>
        <translation>单声道：左右相同</translation>
    </message>
    <message>
        <source>Sync offset: later or earlier than the picture</source>
        <translation>同步偏移：比画面晚或早</translation>
    </message>
</context>
<context>
    <name>SourcesPanel</name>
    <message>
        <source>Video sources</source>
        <translation>画面来源</translation>
    </message>
    <message>
        <source>What viewers see: click one to switch to it</source>
        <translation>观众看到的画面：点击即切换</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Sound source</source>
        <translation>声音来源</translation>
    </message>
    <message>
        <source>What viewers hear</source>
        <translation>观众听到的声音</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>No camera: plug one in</source>
        <translation>没有摄像头，请插上</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>No screen can be captured</source>
        <translation>没有可采集的屏幕</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>No window is open</source>
        <translation>没有打开的窗口</translation>
    </message>
    <message>
        <source>Whole screen</source>
        <translation>整个屏幕</translation>
    </message>
    <message>
        <source>Files and built-in</source>
        <translation>文件与内置</translation>
    </message>
    <message>
        <source>Media file…</source>
        <translation>媒体文件…</translation>
    </message>
    <message>
        <source>Demo portrait</source>
        <translation>演示人像</translation>
    </message>
    <message>
        <source>Test pattern</source>
        <translation>测试图</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>无声音</translation>
    </message>
    <message>
        <source>Default microphone</source>
        <translation>默认麦克风</translation>
    </message>
    <message>
        <source>Sound of the media file</source>
        <translation>媒体文件的声音</translation>
    </message>
    <message>
        <source>Demo music</source>
        <translation>演示音乐</translation>
    </message>
    <message>
        <source>Test tone</source>
        <translation>测试音</translation>
    </message>
    <message>
        <source>{name} (unplugged)</source>
        <translation>{name}（已拔出）</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>No good picture or sound; trying again</source>
        <translation>画面或声音异常，正在重试</translation>
    </message>
    <message>
        <source>Could not be opened; trying again</source>
        <translation>无法打开，正在重试</translation>
    </message>
    <message>
        <source>Choose a media file</source>
        <translation>选择媒体文件</translation>
    </message>
    <message>
        <source>Video (*.mp4 *.mov *.mkv *.webm *.avi *.flv *.ts *.m4v)</source>
        <translation>视频 (*.mp4 *.mov *.mkv *.webm *.avi *.flv *.ts *.m4v)</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.avif)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.avif)</translation>
    </message>
    <message>
        <source>Music with a cover (*.mp3 *.flac *.m4a *.ogg)</source>
        <translation>带封面的音乐 (*.mp3 *.flac *.m4a *.ogg)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Spans</name>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
</context>
<context>
    <name>SpecList</name>
    <message>
        <source>Specification</source>
        <translation>规格项</translation>
    </message>
    <message>
        <source>Let buyers choose, such as by colour or size</source>
        <translation>让买家选择，例如颜色、尺码</translation>
    </message>
</context>
<context>
    <name>SpecRow</name>
    <message>
        <source>such as Colour</source>
        <translation>例如颜色</translation>
    </message>
    <message>
        <source>Values with commas, such as red, blue</source>
        <translation>取值用逗号分隔，例如 红，蓝</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>规格项</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Remove this specification</source>
        <translation>移除该规格项</translation>
    </message>
</context>
<context>
    <name>StaffView</name>
    <message>
        <source>The connection broke before the room answered. If the invitation stands in the list, take it back: its code is lost. Then invite anew.</source>
        <translation>直播间还没有答复，连接就断了。如果名单里有这个邀请，请收回它（邀请码已丢失），然后重新邀请。</translation>
    </message>
    <message>
        <source>The connection broke before the room answered. The list will show how it is.</source>
        <translation>直播间还没有答复，连接就断了。请以名单为准。</translation>
    </message>
    <message>
        <source>Not connected: nothing was sent. Try again in a moment.</source>
        <translation>未连接：没有发出任何内容，请稍后再试。</translation>
    </message>
</context>
<context>
    <name>StatsPanel</name>
    <message>
        <source>FPS</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>码率</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返时延</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Made late</source>
        <translation>渲染迟到</translation>
    </message>
    <message>
        <source>Frames that were ready too late since the start</source>
        <translation>启动以来过晚完成的帧</translation>
    </message>
    <message>
        <source>Encoded late</source>
        <translation>编码跳过</translation>
    </message>
    <message>
        <source>Frames that the encoder skipped because it was busy</source>
        <translation>编码器因繁忙跳过的帧</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>丢帧</translation>
    </message>
    <message>
        <source>Frames that were not sent because the line was too slow</source>
        <translation>因线路太慢没有发出的帧</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>丢包</translation>
    </message>
    <message>
        <source>Packets that got lost on the way to the relay</source>
        <translation>发往转发服务途中丢失的数据包</translation>
    </message>
    <message>
        <source>A/V offset</source>
        <translation>音画偏差</translation>
    </message>
    <message>
        <source>How much later the sound is than the picture</source>
        <translation>声音比画面晚多少</translation>
    </message>
    <message>
        <source>at your ceiling</source>
        <translation>已达设定上限</translation>
    </message>
    <message>
        <source>limited by the line</source>
        <translation>受线路限制</translation>
    </message>
    <message>
        <source>packets get lost</source>
        <translation>丢包，已降低</translation>
    </message>
    <message>
        <source>trying for more</source>
        <translation>正在尝试提高</translation>
    </message>
    <message>
        <source>packets pile up</source>
        <translation>排队，已降低</translation>
    </message>
    <message>
        <source>off air</source>
        <translation>未推流</translation>
    </message>
    <message>
        <source>Percent of one core: window + picture + server = {sum}</source>
        <translation>单核百分比：窗口 + 画面 + 服务器 = {sum}</translation>
    </message>
    <message>
        <source>own line weak: {n}</source>
        <translation>观众自身网络弱：{n}</translation>
    </message>
    <message>
        <source>lost between you and the server: {n}</source>
        <translation>上传途中丢失：{n}</translation>
    </message>
    <message>
        <source>the server cannot keep up: {n}</source>
        <translation>服务器发送跟不上：{n}</translation>
    </message>
    <message>
        <source>no trouble known</source>
        <translation>暂无异常</translation>
    </message>
    <message>
        <source>Receiving the picture: {n}</source>
        <translation>正在收看：{n}</translation>
    </message>
    <message>
        <source>Sent: {layers}</source>
        <translation>已发送：{layers}</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 帧</translation>
    </message>
    <message>
        <source>{n} frames</source>
        <translation>{n} 帧</translation>
    </message>
</context>
<context>
    <name>StepDialog</name>
    <message>
        <source>Add a step</source>
        <translation>添加步骤</translation>
    </message>
    <message>
        <source>Change the step</source>
        <translation>修改步骤</translation>
    </message>
    <message>
        <source>No product: words alone</source>
        <translation>不关联商品，只写文字</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>What to say; only staff see it</source>
        <translation>口播要点，仅工作人员可见</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划时长</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Empty: the product&apos;s title</source>
        <translation>留空则用商品标题</translation>
    </message>
    <message>
        <source>Such as: welcome, draw</source>
        <translation>例如：开场、抽奖</translation>
    </message>
    <message>
        <source>A note has at most {n} characters.</source>
        <translation>备注最多 {n} 个字。</translation>
    </message>
</context>
<context>
    <name>StockDialog</name>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Add or take out</source>
        <translation>增减</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>SKU</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Movements</source>
        <translation>库存流水</translation>
    </message>
    <message>
        <source>Stock of {title}</source>
        <translation>{title} 的库存</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Give a reason: the ledger keeps it.</source>
        <translation>请填写原因，会记入流水。</translation>
    </message>
    <message>
        <source>Write how many came or went, such as +20 or -3.</source>
        <translation>请输入增减数量，如 +20 或 -3。</translation>
    </message>
    <message>
        <source>Only {n} are left that could be taken out.</source>
        <translation>最多只能减 {n} 件。</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>增减</translation>
    </message>
    <message>
        <source>{n} by the books, {held} held</source>
        <translation>账面 {n} 件，其中占用 {held} 件</translation>
    </message>
    <message>
        <source>{n} left now</source>
        <translation>现有 {n} 件</translation>
    </message>
    <message>
        <source>No movements yet</source>
        <translation>还没有流水</translation>
    </message>
</context>
<context>
    <name>StopDialog</name>
    <message>
        <source>Stop “{name}”?</source>
        <translation>结束“{name}”？</translation>
    </message>
    <message>
        <source>It ends now for everybody. What it still held goes back.</source>
        <translation>活动将立即对所有人结束，未送出的部分退回。</translation>
    </message>
    <message>
        <source>Why? Viewers read this</source>
        <translation>原因？观众会看到</translation>
    </message>
    <message>
        <source>Let it run</source>
        <translation>继续进行</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>结束</translation>
    </message>
</context>
<context>
    <name>StreamKeyDialog</name>
    <message>
        <source>Stream key</source>
        <translation>推流密钥</translation>
    </message>
    <message>
        <source>The key is shown only once: nobody keeps it. If it gets lost, revoke it and make another one.</source>
        <translation>密钥只显示这一次，任何地方都不保存。如果丢失，请吊销后重新创建。</translation>
    </message>
    <message>
        <source>The address works on this computer only. For a program on another PC choose Settings → Network → Let phones on this network watch; the list of stream keys then shows the address.</source>
        <translation>该地址只在本机有效。要让另一台电脑上的程序推流，请选择“设置 → 网络 → 允许同一网络的手机观看”，之后推流密钥列表会显示新地址。</translation>
    </message>
    <message>
        <source>Server (WHIP address)</source>
        <translation>服务器（WHIP 地址）</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Stream key (bearer token)</source>
        <translation>推流密钥（Bearer 令牌）</translation>
    </message>
    <message>
        <source>Copy the key</source>
        <translation>复制密钥</translation>
    </message>
    <message>
        <source>In OBS Studio: Settings → Stream → Service: WHIP.</source>
        <translation>在 OBS Studio 中：设置 → 直播 → 服务：WHIP。</translation>
    </message>
    <message>
        <source>I copied it</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Stream key for “{name}”</source>
        <translation>“{name}”的推流密钥</translation>
    </message>
</context>
<context>
    <name>StreamKeyRow</name>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Make the key worthless at once</source>
        <translation>使密钥立即失效</translation>
    </message>
    <message>
        <source>It may take over the broadcast, as if nothing had happened</source>
        <translation>允许它重新接管直播画面</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>重新允许</translation>
    </message>
    <message>
        <source>Made {time}</source>
        <translation>创建于 {time}</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>尚未使用</translation>
    </message>
    <message>
        <source>Last used {time}</source>
        <translation>上次使用 {time}</translation>
    </message>
    <message>
        <source>Broadcasts now</source>
        <translation>正在推流</translation>
    </message>
    <message>
        <source>Displaced: it is refused for now</source>
        <translation>已被接管：暂时拒绝推流</translation>
    </message>
</context>
<context>
    <name>StreamKeysDialog</name>
    <message>
        <source>Stream keys</source>
        <translation>推流密钥</translation>
    </message>
    <message>
        <source>With a stream key another program, such as OBS Studio, broadcasts into this room. It can do nothing else. Give each program a key of its own.</source>
        <translation>其他程序（例如 OBS Studio）可以凭推流密钥向本直播间推流，除此之外不能做任何事。请为每个程序单独创建密钥。</translation>
    </message>
    <message>
        <source>Server (WHIP address)</source>
        <translation>服务器（WHIP 地址）</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>The keys are being read.</source>
        <translation>正在读取密钥。</translation>
    </message>
    <message>
        <source>There is no stream key yet.</source>
        <translation>还没有推流密钥。</translation>
    </message>
    <message>
        <source>There are as many keys as a room can have. Revoke one first.</source>
        <translation>密钥数量已达上限。请先吊销一个。</translation>
    </message>
    <message>
        <source>New key…</source>
        <translation>新建密钥…</translation>
    </message>
    <message>
        <source>Make a key for one program</source>
        <translation>为一个程序创建密钥</translation>
    </message>
    <message>
        <source>What will broadcast with the key?</source>
        <translation>用这个密钥推流的是什么？</translation>
    </message>
    <message>
        <source>Make the key</source>
        <translation>创建密钥</translation>
    </message>
    <message>
        <source>OBS on the counter PC</source>
        <translation>收银台电脑上的 OBS</translation>
    </message>
    <message>
        <source>Revoke the key of “{name}”?</source>
        <translation>吊销“{name}”的密钥？</translation>
    </message>
    <message>
        <source>What it broadcasts ends at once, and it needs a new key to begin again.</source>
        <translation>它的推流会立即结束，之后需要新的密钥才能再次推流。</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>StripDialog</name>
    <message>
        <source>Sound of “{name}”</source>
        <translation>“{name}”的声音</translation>
    </message>
    <message>
        <source>Filters for a voice</source>
        <translation>人声滤镜</translation>
    </message>
    <message>
        <source>No filter: the sound is sent as it comes. “Filters for a voice” is a good beginning.</source>
        <translation>没有滤镜：声音原样送出。可先用“人声滤镜”。</translation>
    </message>
</context>
<context>
    <name>StripsView</name>
    <message>
        <source>No sound</source>
        <translation>无声音</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Demo music</source>
        <translation>演示音乐</translation>
    </message>
    <message>
        <source>Test tone</source>
        <translation>测试音</translation>
    </message>
    <message>
        <source>This sounds already, or there is no media file on air.</source>
        <translation>这路声音已经在调音台上，或者画面里没有媒体文件。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The sound is off the mixer.</source>
        <translation>已从调音台移除。</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Close while live?</source>
        <translation>直播中，确定关闭？</translation>
    </message>
    <message>
        <source>This ends the broadcast for every viewer.</source>
        <translation>关闭会为所有观众结束直播。</translation>
    </message>
    <message>
        <source>End and close</source>
        <translation>结束并关闭</translation>
    </message>
    <message>
        <source>Stay live</source>
        <translation>继续直播</translation>
    </message>
</context>
<context>
    <name>SuspensePage</name>
    <message>
        <source>Came</source>
        <translation>到账时间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Why it matches nothing</source>
        <translation>为什么对不上</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Which money</source>
        <translation>哪些款项</translation>
    </message>
    <message>
        <source>Load more</source>
        <translation>加载更多</translation>
    </message>
    <message>
        <source>Read what is older</source>
        <translation>读取更早的</translation>
    </message>
    <message>
        <source>Settle…</source>
        <translation>处理…</translation>
    </message>
    <message>
        <source>Note that it was returned, or is kept</source>
        <translation>登记为已退回或留下</translation>
    </message>
    <message>
        <source>Money that matches nothing</source>
        <translation>对不上的钱</translation>
    </message>
    <message>
        <source>Nothing to settle. Money that comes twice or in another amount, or names no order, stands here until somebody notes what became of it.</source>
        <translation>没有待处理的款项。重复、金额不符或找不到订单的钱会列在这里，直到有人登记处理结果。</translation>
    </message>
    <message>
        <source>Nothing here.</source>
        <translation>这里没有内容。</translation>
    </message>
</context>
<context>
    <name>TargetDialog</name>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Stream key</source>
        <translation>推流码</translation>
    </message>
    <message>
        <source>The platform shows both where you create a live there. Keep the key secret.</source>
        <translation>在平台创建直播时会显示这两项。请勿泄露推流码。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The server&apos;s address must begin with rtmp:// or rtmps://, without spaces.</source>
        <translation>服务器地址必须以 rtmp:// 或 rtmps:// 开头，且不含空格。</translation>
    </message>
</context>
<context>
    <name>TargetsDialog</name>
    <message>
        <source>Other platforms</source>
        <translation>其他平台</translation>
    </message>
    <message>
        <source>What is checked gets every broadcast from its beginning to its end: the same picture, not encoded a second time. It needs as much of your uplink again.</source>
        <translation>勾选的平台会同步收到每场直播：同一画面，不会再编码一次，但每个平台都要占用同样多的上行带宽。</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Send to one more platform</source>
        <translation>再推到一个平台</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Forget this platform and its key</source>
        <translation>删除这个平台和它的推流码</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ThreadsView</name>
    <message>
        <source>{n} buyers wrote about their orders</source>
        <translation>{n} 位买家有新留言</translation>
    </message>
    <message>
        <source>A buyer wrote about order {number}</source>
        <translation>订单 {number} 的买家有新留言</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>TrackingDialog</name>
    <message>
        <source>Write {n} parcels</source>
        <translation>写入 {n} 个包裹</translation>
    </message>
    <message>
        <source>Import tracking</source>
        <translation>导入运单号</translation>
    </message>
    <message>
        <source>{n} lines are refused:</source>
        <translation>{n} 行未通过：</translation>
    </message>
    <message>
        <source>Carrier of the {n} lines that name none</source>
        <translation>{n} 行没有写快递公司，统一为</translation>
    </message>
    <message>
        <source>Import tracking · {file}</source>
        <translation>导入运单 · {file}</translation>
    </message>
    <message>
        <source>No parcel can be written from this file.</source>
        <translation>这个文件没有可写入的包裹。</translation>
    </message>
    <message>
        <source>{n} parcels can be written. Nothing is written yet.</source>
        <translation>可写入 {n} 个包裹，目前尚未写入。</translation>
    </message>
    <message>
        <source>Name the carrier of the lines that name none.</source>
        <translation>请填写没写快递公司的行用哪家快递。</translation>
    </message>
    <message>
        <source>Writing: {done} of {n}</source>
        <translation>正在写入：{done} / {n}</translation>
    </message>
    <message>
        <source>{n} parcels were written.</source>
        <translation>已写入 {n} 个包裹。</translation>
    </message>
    <message>
        <source>{n} parcels were not written:</source>
        <translation>{n} 个包裹未写入：</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>WebhookRow</name>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Send once more what was given up after a day</source>
        <translation>把一天后放弃的消息再发一次</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Send nothing there any more</source>
        <translation>不再向那里发送</translation>
    </message>
    <message>
        <source>Nothing was sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>Taken {time}</source>
        <translation>{time} 已接收</translation>
    </message>
    <message>
        <source>Answered {status} {time}</source>
        <translation>{time} 应答 {status}</translation>
    </message>
    <message>
        <source>Not reached {time}: {why}</source>
        <translation>{time} 未能送达：{why}</translation>
    </message>
    <message>
        <source>{count} wait</source>
        <translation>{count} 条等待发送</translation>
    </message>
</context>
<context>
    <name>WebhookView</name>
    <message>
        <source>Secret of the webhooks to {url}</source>
        <translation>发往 {url} 的 Webhook 密钥</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>The program checks signatures with it, as Standard Webhooks has it.</source>
        <translation>程序用它按 Standard Webhooks 规范校验签名。</translation>
    </message>
    <message>
        <source>{count} messages are sent again.</source>
        <translation>正在重新发送 {count} 条消息。</translation>
    </message>
    <message>
        <source>Nothing was given up: what waits is sent by itself.</source>
        <translation>没有被放弃的消息；等待中的会自动发送。</translation>
    </message>
</context>
<context>
    <name>Webhooks</name>
    <message>
        <source>Order paid</source>
        <translation>订单已付款</translation>
    </message>
    <message>
        <source>Order shipped</source>
        <translation>订单已发货</translation>
    </message>
    <message>
        <source>Order refunded</source>
        <translation>订单已退款</translation>
    </message>
</context>
<context>
    <name>WebhooksDialog</name>
    <message>
        <source>Webhooks</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>A webhook tells a program of the shop&apos;s that an order was paid, shipped or refunded. It is signed, and sent again for a day until the program takes it.</source>
        <translation>Webhook 会告诉店里的程序订单已付款、发货或退款。消息带签名，一天之内会反复发送，直到程序接收。</translation>
    </message>
    <message>
        <source>The webhooks are being read.</source>
        <translation>正在读取 Webhook。</translation>
    </message>
    <message>
        <source>There is no webhook yet.</source>
        <translation>还没有 Webhook。</translation>
    </message>
    <message>
        <source>There are as many webhooks as a room can have. Delete one first.</source>
        <translation>Webhook 数量已达上限，请先删除一个。</translation>
    </message>
    <message>
        <source>New webhook…</source>
        <translation>新建 Webhook…</translation>
    </message>
    <message>
        <source>Tell a program of orders</source>
        <translation>把订单告诉一个程序</translation>
    </message>
    <message>
        <source>Delete this webhook?</source>
        <translation>删除这个 Webhook？</translation>
    </message>
    <message>
        <source>Nothing is sent to {url} any more; what waits is dropped.</source>
        <translation>不再向 {url} 发送；等待中的消息会被丢弃。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>WheelFace</name>
    <message>
        <source>Spin wheel</source>
        <translation>转盘</translation>
    </message>
    <message>
        <source>Prizes with a stock, a few spins each</source>
        <translation>奖品有库存，每人转几次</translation>
    </message>
    <message>
        <source>{spun} of {slots} spun · {left} prizes left</source>
        <translation>已转 {spun}/{slots} · 奖品剩 {left}</translation>
    </message>
</context>
<context>
    <name>WheelForm</name>
    <message>
        <source>Prizes</source>
        <translation>奖品</translation>
    </message>
    <message>
        <source>Add a prize</source>
        <translation>添加奖品</translation>
    </message>
    <message>
        <source>Slots that win nothing</source>
        <translation>没有奖品的格数</translation>
    </message>
    <message>
        <source>Spins for each viewer</source>
        <translation>每人可转次数</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>倒计时</translation>
    </message>
    <message>
        <source>Open for</source>
        <translation>开放时长</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Only for viewers who follow you</source>
        <translation>仅限关注主播的观众</translation>
    </message>
    <message>
        <source>Say which coupon can be won.</source>
        <translation>请填写优惠券编号。</translation>
    </message>
    <message>
        <source>Give each prize a name.</source>
        <translation>请给每个奖品起名。</translation>
    </message>
    <message>
        <source>Prizes and blanks together can be {most} at most.</source>
        <translation>奖品和没有奖品的格子合计最多 {most} 个。</translation>
    </message>
    <message>
        <source>You can hand over {most} prizes at most.</source>
        <translation>由主播发放的奖品最多 {most} 个。</translation>
    </message>
    <message>
        <source>{won} of {slots} spins win something; the order is sealed before it is announced.</source>
        <translation>{slots} 格中有 {won} 格中奖；预热前顺序已经封存。</translation>
    </message>
    <message>
        <source>{coins} coins are set aside; what is left comes back.</source>
        <translation>先划出 {coins} 金币，没发完的退回。</translation>
    </message>
</context>
<context>
    <name>_Popup</name>
    <message>
        <source>Statistics</source>
        <translation>实时数据</translation>
    </message>
</context>
<context>
    <name>_Sheet</name>
    <message>
        <source>Close this panel</source>
        <translation>关闭这个面板</translation>
    </message>
</context>
</TS>
