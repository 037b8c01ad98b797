// Written by scripts/write_player_types.py from backend/contract; change that, then run the script.

export type ProtocolVersion = 2;

/** How far a bid must go beyond a price, from such a price on, up to the next of the list. */
export interface PriceStep {
  from_minor: number;
  step_minor: number;
}

/** What staff choose of an auction; it is not changed once it was armed. */
export interface AuctionTerms {
  kind: "auction";
  sku_id: string;
  start_minor: number;
  reserve_minor: number | null;
  countdown_s: number;
  duration_s: number;
  needs_follow: boolean;
  account_minutes: number | null;
  per_network: number | null;
  one_a_phone: boolean;
}

/** What came of the bids of an auction. */
export type AuctionOutcome = "awarded" | "offered" | "sold" | "unsold" | "void";

/** A bid as everybody sees it; nobody is ever shown a maximum. */
export interface ShownBid {
  number: number;
  user_id: string;
  after_ms: number;
  price_minor: number;
  leader_id: string;
  is_out: boolean;
  has_moved_end: boolean;
}

/** An auction as everybody sees it; names are in `Campaign.people`, the end in `Campaign.closes_at_ms`. */
export interface AuctionShown {
  kind: "auction";
  spu_id: string;
  sku_id: string;
  currency: string;
  start_minor: number;
  price_minor: number;
  next_minor: number;
  steps: PriceStep[];
  bids: number;
  bidders: number;
  leader_id: string;
  extensions: number;
  most_extensions: number;
  late_s: number;
  has_reserve: boolean;
  is_reserve_met: boolean;
  needs_follow: boolean;
  account_minutes: number | null;
  per_network: number | null;
  one_a_phone: boolean;
  outcome: AuctionOutcome | null;
  winner_id: string;
  log: ShownBid[];
}

/** The winner did not pay: whether one wants the unit. */
export interface AuctionOffer {
  price_minor: number;
  until_ms: number;
}

/** What one has of an auction; nobody else sees it. */
export interface MyBid {
  address_id: string;
  shipping_minor: number;
  max_minor: number;
  is_leading: boolean;
  order_id: string;
  total_minor: number;
  pay_until_ms: number | null;
  offer: AuctionOffer | null;
  is_out: boolean;
  is_barred: boolean;
}

/** Bid; who bids has registered. The same key bids once, so that a lost answer can be asked for again. */
export interface PlaceBid {
  type: "place_bid";
  campaign_id: string;
  max_minor: number;
  key: string;
}

/** What `POST /api/v1/campaigns/{campaign_id}/bid` takes; see `PlaceBid`. */
export interface BidWish {
  max_minor: number;
  key: string;
}

/** What `POST /api/v1/campaigns/{campaign_id}/register` takes, before the first bid; `MyPart` is answered. */
export interface RegisterBidder {
  address_id: string;
}

/** What one says to what the winner did not pay. */
export type OfferAnswer = "accept" | "decline";

/** What `POST /api/v1/campaigns/{campaign_id}/offer` takes; `MyPart` is answered. */
export interface AnswerOffer {
  answer: OfferAnswer;
}

/** How many viewers ask the host to explain a product (求讲解); it falls to 0 when its card is shown. */
export interface ProductRequest {
  product_id: string;
  count: number;
}

/** What only you are told about yourself. */
export interface You {
  user_id: string;
  name: string;
  role: Role;
  is_follower: boolean;
  has_checked_in: boolean;
  mute: Mute | null;
  requested: string[];
  vote: number | null;
  rights: AssistantRight[];
  rights_until_ms: number | null;
  watching_from_ms: number | null;
  draw_words: string[];
  guest: Guest | null;
}

/** Give likes: the taps of the last second or more in one message, at most one message a second. */
export interface SendLikes {
  type: "send_likes";
  count: number;
}

/** Follow the host. */
export interface Follow {
  type: "follow";
}

/** Follow the host no more. */
export interface Unfollow {
  type: "unfollow";
}

/** Ask the host to explain a product (求讲解). */
export interface RequestProduct {
  type: "request_product";
  product_id: string;
}

/** Say "here", once a live session. */
export interface CheckIn {
  type: "check_in";
}

/** Choose the name that others see: 1 to 20 characters, plain text. */
export interface SetNickname {
  type: "set_nickname";
  name: string;
}

/** The session's likes passed a round number. */
export interface LikeMilestoneReached {
  type: "like_milestone_reached";
  likes: number;
}

/** The exact likes of this session, and how many came since the last such event. */
export interface LikesChanged {
  type: "likes_changed";
  total: number;
  recent: number;
}

/** A few of those who joined lately; not who came back within 30 s of leaving. */
export interface JoinsShown {
  type: "joins_shown";
  authors: Author[];
}

/** Which products viewers ask to have explained, the most wanted first, at most 20. */
export interface RequestsChanged {
  type: "requests_changed";
  requests: ProductRequest[];
}

/** How many follow the host. */
export interface FollowersChanged {
  type: "followers_changed";
  followers: number;
}

/** How many checked in in this session. */
export interface CheckInsChanged {
  type: "check_ins_changed";
  check_ins: number;
}

/** What is known of you: sent after each snapshot or resumption, and whenever it changes. */
export interface YouChanged {
  type: "you_changed";
  you: You;
}

/** What a user may do in a room. */
export type Role = "host" | "assistant" | "viewer";

/** What an assistant may do; the host has every right, a viewer none. */
export type AssistantRight = "products" | "prices" | "campaigns" | "chat" | "guests" | "numbers" | "orders" | "refunds" | "payments" | "customers";

/** Who said or did something in the room, as others see them. */
export interface Author {
  user_id: string;
  name: string;
  role: Role;
  is_follower: boolean;
}

/** Why a command was refused; a reason the user can act on. */
export type RejectReason = "forbidden" | "unknown_product" | "not_live" | "already" | "too_fast" | "malformed" | "muted" | "blocked" | "chat_paused" | "followers_only" | "accounts_only" | "slow_mode" | "links_off" | "blocked_word" | "name_unavailable" | "empty" | "too_long" | "is_staff" | "unknown_danmu" | "unknown_user" | "unknown_poll" | "unknown_question" | "unknown_assistant" | "unknown_step" | "unknown_campaign" | "not_open" | "expired" | "none_left" | "not_eligible" | "account_too_new" | "phone_missing" | "phone_used" | "network_full" | "word_unsaid" | "not_bought" | "won_lately" | "bid_too_low" | "not_registered" | "barred" | "guests_closed" | "guest_barred" | "seats_full" | "too_many" | "wrong_code" | "unknown_gift" | "coupon_unknown" | "coupon_by_code" | "coupon_not_yet" | "coupon_ended" | "coupon_none_left" | "coupon_already" | "not_following" | "not_watched" | "unknown_picture" | "not_enough_coins" | "age_unconfirmed" | "conflict" | "unavailable";

/** The kinds, as their terms are tagged. */
export type CampaignKind = "flash_sale" | "red_packet" | "draw" | "wheel" | "auction";

/** Where a campaign is; it leaves each phase but the last two by a timer. */
export type CampaignPhase = "preheat" | "open" | "closing" | "drawing" | "ended" | "void";

/** Why a campaign is over. */
export type EndReason = "time" | "none_left" | "stopped" | "session_ended" | "no_entries";

export type CampaignTerms = FlashSaleTerms | RedPacketTerms | DrawTerms | WheelTerms | AuctionTerms;

export type CampaignDetail = FlashSaleShown | RedPacketShown | DrawShown | WheelShown | AuctionShown;

/** A campaign as everybody sees it. */
export interface Campaign {
  campaign_id: string;
  version: number;
  title: string;
  phase: CampaignPhase;
  opens_at_ms: number;
  closes_at_ms: number;
  end_reason: EndReason | null;
  public_reason: string;
  detail: FlashSaleShown | RedPacketShown | DrawShown | WheelShown | AuctionShown;
  people: Author[];
}

/** A campaign began, moved on, or has other numbers; the highest version counts. */
export interface CampaignChanged {
  type: "campaign_changed";
  campaign: Campaign;
}

/** What `GET /api/v1/campaigns/{campaign_id}/my-part` gives: what one has of a campaign. */
export interface MyPart {
  is_in: boolean;
  coins: number;
  has_won: boolean;
  place: number | null;
  number: number | null;
  is_proven: boolean;
  has_bought: boolean;
  spins: WheelSpin[];
  bid: MyBid | null;
  prize: MyPrize | null;
}

/** What `POST /api/v1/campaigns` takes. */
export interface NewCampaign {
  terms: FlashSaleTerms | RedPacketTerms | DrawTerms | WheelTerms | AuctionTerms;
  title: string;
}

/** What `POST /api/v1/campaigns/{campaign_id}/stop` takes. */
export interface StopCampaign {
  reason: string;
}

/** Which campaign, by the address. */
export interface OneCampaign {
  campaign_id: string;
}

/** What `GET /api/v1/campaigns` gives: those of the room, the newest first. */
export interface CampaignsPage {
  campaigns: Campaign[];
}

/** How many requests ended so. */
export interface RequestCount {
  outcome: string;
  count: number;
}

/** How many requests the server received in a tenth of a second, counted from `opens_at_ms`. */
export interface Arrivals {
  tenth: number;
  count: number;
}

/** What `GET /api/v1/campaigns/{campaign_id}/report` gives; `received` is the sum of `outcomes`. */
export interface CampaignReport {
  campaign: Campaign;
  received: number;
  outcomes: RequestCount[];
  arrivals: Arrivals[];
  people: number;
  coins_out: number;
  gmv_minor: number;
  prizes: PrizeCounts | null;
}

/** A campaign that can be started again with one click. */
export interface Template {
  template_id: string;
  title: string;
  terms: FlashSaleTerms | RedPacketTerms | DrawTerms | WheelTerms | AuctionTerms;
}

/** What `GET /api/v1/campaign-templates` gives, in the order they were made. */
export interface TemplatesPage {
  templates: Template[];
}

/** Which template, by the address. */
export interface OneTemplate {
  template_id: string;
}

/** What `GET` and `PUT /api/v1/campaign-budget` carry. */
export interface CoinBudget {
  session_coins: number | null;
  given_coins: number;
}

/** The explain card (讲解卡) on air. */
export interface Card {
  product: Product;
  shown_at_ms: number;
}

/** Put the product's card on every viewer's screen, instead of the one that is there. */
export interface ShowCard {
  type: "show_card";
  product_id: string;
}

/** Take the card off. */
export interface HideCard {
  type: "hide_card";
}

/** The card every viewer now sees. */
export interface CardShown {
  type: "card_shown";
  card: Card;
}

/** To staff with the right to products: how long each product was explained in this live session. */
export interface ProductsExplained {
  type: "products_explained";
  times: Record<string, number>;
}

/** No card is on air. */
export interface CardHidden {
  type: "card_hidden";
}

/** Which danmu another one answers (@reply). */
export interface Reply {
  danmu_id: number;
  user_id: string;
  name: string;
}

/** A message of a user in the room (弹幕). */
export interface Danmu {
  danmu_id: number;
  author: Author;
  text: string;
  sent_at_ms: number;
  reply_to: Reply | null;
  coins: number;
}

/** The danmu that stands above the chat until `until_ms`. */
export interface Pinned {
  danmu: Danmu;
  until_ms: number;
}

/** What viewers must keep to; host and assistants need not. */
export interface RoomRules {
  slow_mode_s: number;
  followers_only: boolean;
  links_off: boolean;
  is_chat_paused: boolean;
  version?: number;
  votes_for_accounts?: boolean;
  likes_for_accounts?: boolean;
  follows_for_accounts?: boolean;
}

/** One question of the chat, however many asked it. */
export interface Question {
  question_id: number;
  text: string;
  count: number;
  asked_by: string[];
  last_asked_at_ms: number;
  answer: string | null;
  asker_ids: string[];
}

/** Why a user may not write, and until when; `until_ms` None for the rest of this live session. */
export interface Mute {
  until_ms: number | null;
  reason: string;
}

/** A mute or block in force, as staff see it; `until_ms` None for this session, or for good. */
export interface Sanction {
  user_id: string;
  name: string;
  until_ms: number | null;
  reason: string;
  by_name: string;
  since_ms: number;
  by_id: string;
}

/** Say something; `reply_to` names the danmu it answers. */
export interface SendDanmu {
  type: "send_danmu";
  text: string;
  reply_to?: number | null;
}

/** Take a danmu from every screen. */
export interface DeleteDanmu {
  type: "delete_danmu";
  danmu_id: number;
  reason?: string;
}

/** Undo `DeleteDanmu`. */
export interface RestoreDanmu {
  type: "restore_danmu";
  danmu_id: number;
  reason?: string;
}

/** Keep a user from writing, and take what they wrote from every screen. */
export interface MuteUser {
  type: "mute_user";
  user_id: string;
  seconds: number;
  reason?: string;
}

/** Undo `MuteUser`: what it took away comes back too. */
export interface UnmuteUser {
  type: "unmute_user";
  user_id: string;
  reason?: string;
}

/** Put a user out of the room for good, with all they wrote. */
export interface BlockUser {
  type: "block_user";
  user_id: string;
  reason?: string;
}

/** Undo `BlockUser`: what it took away comes back too. */
export interface UnblockUser {
  type: "unblock_user";
  user_id: string;
  reason?: string;
}

/** Set all the rules of the chat at once; `rules.version` is of those the editor saw. */
export interface SetRoomRules {
  type: "set_room_rules";
  rules: RoomRules;
  reason?: string;
}

/** Set the words no danmu may hold, whatever width, case and spaces: up to 5,000 of 1 to 50 letters. */
export interface SetBlockedWords {
  type: "set_blocked_words";
  words: string[];
  reason?: string;
  version?: number;
}

/** Let a danmu stand above the chat for 5 to 3,600 seconds, instead of the one that stands there. */
export interface PinDanmu {
  type: "pin_danmu";
  danmu_id: number;
  seconds: number;
  reason?: string;
}

/** Take the pinned danmu down. */
export interface UnpinDanmu {
  type: "unpin_danmu";
  reason?: string;
}

/** Answer a folded question once for all who asked; an empty text says that it was answered aloud. */
export interface AnswerQuestion {
  type: "answer_question";
  question_id: number;
  text?: string;
}

export type ModerationCommand = DeleteDanmu | RestoreDanmu | MuteUser | UnmuteUser | BlockUser | UnblockUser | SetRoomRules | SetBlockedWords | PinDanmu | UnpinDanmu;

/** What a moderator did, kept with its reason. */
export interface ModerationAction {
  action_id: number;
  at_ms: number;
  by: Author;
  command: DeleteDanmu | RestoreDanmu | MuteUser | UnmuteUser | BlockUser | UnblockUser | SetRoomRules | SetBlockedWords | PinDanmu | UnpinDanmu;
  reason: string;
  about: string;
  undo: DeleteDanmu | RestoreDanmu | MuteUser | UnmuteUser | BlockUser | UnblockUser | SetRoomRules | SetBlockedWords | PinDanmu | UnpinDanmu | null;
  about_user_id: string;
}

/** The host or an assistant said something: nobody misses it. */
export interface StaffDanmuSent {
  type: "staff_danmu_sent";
  danmu: Danmu;
}

/** What viewers said with their gifts, oldest first: nobody misses it. */
export interface PaidDanmuSent {
  type: "paid_danmu_sent";
  danmu: Danmu[];
}

/** These danmu are gone; take them from the screen and the list. */
export interface DanmuDeleted {
  type: "danmu_deleted";
  danmu_ids: number[];
}

/** These danmu are back, each at its place by `danmu_id`. */
export interface DanmuRestored {
  type: "danmu_restored";
  danmu: Danmu[];
}

/** A danmu stands above the chat now. */
export interface DanmuPinned {
  type: "danmu_pinned";
  pinned: Pinned;
}

/** No danmu stands above the chat: its time is over, or it was taken down. */
export interface DanmuUnpinned {
  type: "danmu_unpinned";
}

/** The rules of the chat as they are now. */
export interface RoomRulesChanged {
  type: "room_rules_changed";
  rules: RoomRules;
}

/** A question of the chat was answered, once for all who asked. */
export interface QuestionAnswered {
  type: "question_answered";
  question: Question;
}

/** What the crowd said since the last such event; under a flood a sample of it. */
export interface DanmuSent {
  type: "danmu_sent";
  danmu: Danmu[];
  total: number;
}

/** Your own danmu, as all see it; it may come in `DanmuSent` too: show it once, by its id. */
export interface DanmuEchoed {
  type: "danmu_echoed";
  danmu: Danmu;
}

/** You are put out of this room; the connection closes, and coming back is of no use. */
export interface YouWereBlocked {
  type: "you_were_blocked";
  reason: string;
}

/** To staff: the unanswered questions, the most asked first, at most 30. */
export interface QuestionsFolded {
  type: "questions_folded";
  questions: Question[];
}

/** To staff: a moderator did something. */
export interface Moderated {
  type: "moderated";
  action: ModerationAction;
}

/** To staff: who is muted and who is blocked. */
export interface SanctionsChanged {
  type: "sanctions_changed";
  muted: Sanction[];
  blocked: Sanction[];
}

/** To staff: the blocked words set in the studio; `file_words` counts those of the server's file. */
export interface BlockedWordsChanged {
  type: "blocked_words_changed";
  words: string[];
  file_words: number;
  version: number;
}

/** What is counted down to, and until when. */
export interface Countdown {
  countdown_id: number;
  title: string;
  ends_at_ms: number;
}

/** Count down before everyone's eyes, in place of a countdown that runs. */
export interface StartCountdown {
  type: "start_countdown";
  title: string;
  seconds: number;
}

/** Take this countdown away before its end; one that has ended already stays so. */
export interface StopCountdown {
  type: "stop_countdown";
  countdown_id: number;
}

/** Let the countdown that was stopped last go on to its own end, as if nobody had stopped it. */
export interface ResumeCountdown {
  type: "resume_countdown";
  countdown_id: number;
}

/** A countdown runs; None where it ended or was stopped. */
export interface CountdownChanged {
  type: "countdown_changed";
  countdown: Countdown | null;
}

export type CountdownCommand = StartCountdown | StopCountdown | ResumeCountdown;

/** What a viewer has to do for a coupon that needs no code. */
export type ClaimCondition = "nothing" | "follow" | "watch";

/** What a coupon takes off. */
export type CouponKind = "fixed" | "percent";

/** What `POST /api/v1/coupons` takes. */
export interface NewCoupon {
  title: string;
  kind: CouponKind;
  begins_at_ms: number;
  ends_at_ms: number;
  quota: number;
  amount_minor: number;
  percent_bp: number;
  cap_minor: number | null;
  minimum_minor: number;
  spu_ids: string[];
  per_buyer: number;
  code: string;
  condition: ClaimCondition;
  watch_s: number;
  accounts_only: boolean;
}

/** Why a coupon cannot be made. */
export type CouponFault = "nothing_off" | "ends_too_early" | "no_watch_time" | "code_and_condition" | "no_title";

/** Why a coupon would take nothing off as prices are now; it can be made all the same. */
export type CouponWarning = "no_products" | "minimum_above_prices" | "nothing_above_floors";

/** What `POST /api/v1/coupons/check` gives. */
export interface CouponCheck {
  warnings: CouponWarning[];
}

/** A coupon as staff see it. */
export interface Coupon {
  coupon_id: string;
  wish: NewCoupon;
  claimed: number;
  used: number;
  is_stopped: boolean;
  created_at_ms: number;
}

/** What `GET /api/v1/coupons` gives, the newest first; `currency` is the shop's (ISO 4217). */
export interface CouponsPage {
  coupons: Coupon[];
  currency: string;
}

/** A coupon that a buyer holds, for one order. */
export interface HeldCoupon {
  grant_id: string;
  coupon_id: string;
  title: string;
  kind: CouponKind;
  amount_minor: number;
  percent_bp: number;
  cap_minor: number | null;
  minimum_minor: number;
  spu_ids: string[];
  begins_at_ms: number;
  ends_at_ms: number;
}

/** What `GET /api/v1/my-coupons` gives. */
export interface MyCoupons {
  coupons: HeldCoupon[];
  used: HeldCoupon[];
  ended: HeldCoupon[];
  currency: string;
}

/** What `POST /api/v1/my-coupons` takes: which coupon, or its code. */
export interface AskCoupon {
  coupon_id: string;
  code: string;
}

/** Which coupon, by the address. */
export interface OneCoupon {
  coupon_id: string;
}

/** A coupon that a room shows to claim; see `NewCoupon`. */
export interface ShownCoupon {
  coupon_id: string;
  title: string;
  kind: CouponKind;
  amount_minor: number;
  percent_bp: number;
  cap_minor: number | null;
  minimum_minor: number;
  currency: string;
  products: number;
  condition: ClaimCondition;
  watch_s: number;
  accounts_only: boolean;
  ends_at_ms: number;
  until_ms: number;
  left: number;
}

/** Show a coupon to the room, to be claimed, until a time; the same one again for longer. */
export interface ShowCoupon {
  type: "show_coupon";
  coupon_id: string;
  seconds: number;
}

/** Take a coupon's card away; the coupon is given out as before where it is asked for. */
export interface HideCoupon {
  type: "hide_coupon";
  coupon_id: string;
}

/** Get a coupon, once its condition is met. */
export interface ClaimCoupon {
  type: "claim_coupon";
  coupon_id: string;
  key: string;
}

/** What the room shows to claim now, the newest first. */
export interface CouponsChanged {
  type: "coupons_changed";
  coupons: ShownCoupon[];
}

export type CouponCommand = ShowCoupon | HideCoupon | ClaimCoupon;

/** What staff choose of a draw; it is not changed once it is open. All conditions must be met. */
export interface DrawTerms {
  kind: "draw";
  prize: string;
  winners: number;
  prize_coins: number;
  sku_id: string;
  word: string;
  bought_or_word: boolean;
  needs_follow: boolean;
  watched_s: number;
  needs_presence: boolean;
  excludes_winners: boolean;
  account_minutes: number | null;
  per_network: number | null;
  one_a_phone: boolean;
  duration_s: number;
  countdown_s: number;
}

/** Who won. */
export interface DrawWinner {
  user_id: string;
  number: number;
}

/** A draw as everybody sees it. */
export interface DrawShown {
  kind: "draw";
  terms: DrawTerms;
  terms_text: string;
  entries: number;
  commitment: string;
  root: string;
  proven: number;
  drawn_at_ms: number | null;
  winners: DrawWinner[];
  goods: PrizeGoods | null;
}

/** Take part in a draw. */
export interface EnterDraw {
  type: "enter_draw";
  campaign_id: string;
  nonce_hash: string;
}

/** Reveal the number that one entered with, once the list of entries is fixed; hexadecimal. */
export interface RevealNonce {
  type: "reveal_nonce";
  campaign_id: string;
  nonce: string;
}

/** What `POST /api/v1/campaigns/{campaign_id}/enter` takes; see `EnterDraw`. */
export interface DrawEntry {
  nonce_hash: string;
}

/** What `POST /api/v1/campaigns/{campaign_id}/reveal` takes; see `RevealNonce`. */
export interface DrawNonce {
  nonce: string;
}

export type DrawCommand = EnterDraw | RevealNonce;

/** A person asked to be erased: whatever is shown of their name and their words goes. */
export interface PersonErased {
  type: "person_erased";
  user_id: string;
}

/** What a SKU costs in the sale, and how many units are sold so. */
export interface FlashPrice {
  sku_id: string;
  price_minor: number;
  quota: number;
}

/** What staff choose of a flash sale; it is not changed once it was armed. */
export interface FlashSaleTerms {
  kind: "flash_sale";
  spu_id: string;
  prices: FlashPrice[];
  per_buyer: number | null;
  countdown_s: number;
  duration_s: number;
}

/** A SKU in the sale, as everybody sees it. */
export interface FlashOffer {
  sku_id: string;
  price_minor: number;
  left: number;
  reference_minor: number | null;
  quota: number;
}

/** A flash sale as everybody sees it. */
export interface FlashSaleShown {
  kind: "flash_sale";
  spu_id: string;
  offers: FlashOffer[];
  per_buyer: number | null;
  reserved: number;
  sold: number;
}

/** How a gift is shown; all but a banner fill the screen. */
export type GiftEffect = "banner" | "rise" | "cross" | "burst";

/** A gift as the catalogue lists it. */
export interface Gift {
  gift_id: string;
  name_zh: string;
  name_en: string;
  coins: number;
  effect: GiftEffect;
  image_url: string;
}

/** What `GET /api/gifts` gives, the cheapest first. */
export interface GiftCatalog {
  gifts: Gift[];
}

/** Gifts of one kind that a viewer sent at once. */
export interface SentGift {
  sent_id: number;
  author: Author;
  gift_id: string;
  count: number;
  coins: number;
  combo_id: number;
  combo: number;
  sent_at_ms: number;
}

/** What a viewer gave in this session, in coins. */
export interface Contributor {
  author: Author;
  coins: number;
}

/** Who gave most in this session. */
export interface Ranking {
  contributors: Contributor[];
  coins: number;
  gifts: number;
}

/** Send gifts, and pay for them. */
export interface SendGift {
  type: "send_gift";
  session_id: string;
  key: string;
  gift_id: string;
  count?: number;
  text?: string;
}

/** Get coins for nothing, once a live session, where the backend runs as a demo. */
export interface ClaimDemoCoins {
  type: "claim_demo_coins";
}

export type GiftCommand = SendGift | ClaimDemoCoins;

/** Gifts of one or several viewers; of those that make one combo only the last stands here. */
export interface GiftsSent {
  type: "gifts_sent";
  gifts: SentGift[];
}

/** Who gave most, at most once a second. */
export interface RankingChanged {
  type: "ranking_changed";
  ranking: Ranking;
}

/** Your coins: sent after each snapshot or resumption, and whenever they change, in whichever room. */
export interface WalletChanged {
  type: "wallet_changed";
  coins: number;
  given: number;
  demo_coins: number;
  has_claimed: boolean;
}

/** What a guest sends. */
export type GuestMedia = "video" | "audio";

/** How far a guest has come. */
export type GuestPhase = "queued" | "invited" | "accepted" | "testing" | "countdown" | "on_air" | "dropped";

/** Why somebody is a guest no more. */
export type GuestEnd = "left" | "declined" | "timed_out" | "kicked" | "lost" | "blocked" | "live_ended";

/** A viewer on the way to a seat, or in one. */
export interface Guest {
  user_id: string;
  name: string;
  media: GuestMedia;
  phase: GuestPhase;
  since_ms: number;
  until_ms: number | null;
  seat: number | null;
  is_streaming: boolean;
  is_muted: boolean;
  is_hidden: boolean;
}

/** Ask to come on air. */
export interface RequestSeat {
  type: "request_seat";
  media: GuestMedia;
}

/** Come on air as invited, or decline; `EXPIRED` where no invitation is open. */
export interface AnswerInvitation {
  type: "answer_invitation";
  is_accepted: boolean;
  media?: GuestMedia;
}

/** Try camera and microphone; again while testing, for another `ANSWER_S`. */
export interface StartDeviceTest {
  type: "start_device_test";
}

/** The devices work: be on air after `COUNTDOWN_S`. */
export interface TakeSeat {
  type: "take_seat";
}

/** Be a guest no more, whatever the phase; done where one is none. */
export interface LeaveSeat {
  type: "leave_seat";
}

/** Let viewers ask to come on air, or no more; who waits already still waits. */
export interface OpenGuestRequests {
  type: "open_guest_requests";
  is_open: boolean;
}

/** Invite a viewer who is in the room; one who was kept from asking may again. */
export interface InviteGuest {
  type: "invite_guest";
  user_id: string;
}

/** Give a waiting viewer a seat. */
export interface AcceptGuest {
  type: "accept_guest";
  user_id: string;
}

/** Decline who waits, take an invitation back, or take the seat away. */
export interface RemoveGuest {
  type: "remove_guest";
  user_id: string;
  is_barred?: boolean;
}

/** Mute or hide a guest who has a seat, or let them be heard and seen again. */
export interface SetGuest {
  type: "set_guest";
  user_id: string;
  is_muted: boolean;
  is_hidden: boolean;
}

/** Give a guest another seat; who has it takes theirs. */
export interface MoveGuest {
  type: "move_guest";
  user_id: string;
  seat: number;
}

/** Who is on air beside the host, by seat, and whether viewers may ask to be. */
export interface GuestsChanged {
  type: "guests_changed";
  guests: Guest[];
  are_requests_open: boolean;
}

/** To staff: everybody who waits, is invited or has a seat; the longest waiting first. */
export interface GuestQueueChanged {
  type: "guest_queue_changed";
  guests: Guest[];
}

/** To one who was a guest: why it is over, and whether they may ask again. */
export interface GuestEnded {
  type: "guest_ended";
  reason: GuestEnd;
  is_barred: boolean;
}

export type GuestCommand = RequestSeat | AnswerInvitation | StartDeviceTest | TakeSeat | LeaveSeat | OpenGuestRequests | InviteGuest | AcceptGuest | RemoveGuest | SetGuest | MoveGuest;

/** What happened in a span of time, counted from the session's event log. */
export interface Activity {
  joins: number;
  danmu: number;
  likes: number;
  follows: number;
  gifts: number;
  coins: number;
  orders: number;
  gmv_minor: number;
}

/** One minute of a session; `viewers` is the most that were in the room at once. */
export interface MinuteStats {
  started_at_ms: number;
  viewers: number;
  activity: Activity;
}

/** How many joined by links with this tag; an empty one means by a link without. */
export interface SourceCount {
  source: string;
  joins: number;
}

/** How the live session is doing, for staff. */
export interface LiveStats {
  at_ms: number;
  viewers: number;
  peak: number;
  followers: number;
  total: Activity;
  last_minute: Activity;
  sources: SourceCount[];
  currency: string;
}

/** To staff who may see the numbers, once a second: how the live session is doing. */
export interface LiveStatsChanged {
  type: "live_stats_changed";
  stats: LiveStats;
}

/** Where the live session stands; the player shows each in its own way. */
export type LivePhase = "preview" | "live" | "paused" | "ended";

/** The live session (场次) of a room. */
export interface Live {
  phase: LivePhase;
  session_id: string;
  started_at_ms: number | null;
  is_publishing: boolean;
  reason: string;
  conditions: StreamCondition[];
}

/** How many viewers are in the room: connections of distinct viewers; no robots, no invented numbers. */
export interface Presence {
  viewers: number;
  peak: number;
}

/** Begin a live session; while one is live or paused it goes on instead. */
export interface GoLive {
  type: "go_live";
}

/** Say that the host will be right back. */
export interface PauseLive {
  type: "pause_live";
}

/** Go on after a pause. */
export interface ResumeLive {
  type: "resume_live";
}

/** End the live session. */
export interface EndLive {
  type: "end_live";
}

/** The live session changed: it began, paused, ended, lost its publisher or got it back. */
export interface LiveChanged {
  type: "live_changed";
  live: Live;
}

/** How many are in the room, at most once a second. */
export interface PresenceChanged {
  type: "presence_changed";
  presence: Presence;
}

/** A picture that the shop keeps. */
export interface Picture {
  name: string;
  path: string;
  thumbnail: string;
}

/** What `POST /api/v1/pictures` gives; the same picture again has the same name. */
export interface StoredPicture {
  picture: Picture;
  width: number;
  height: number;
}

/** What a deletion of pictures took away. */
export interface PicturesRemoval {
  deleted: string[];
}

/** A viewer's player says how far it is behind, about once a minute. */
export interface ReportPlayout {
  type: "report_playout";
  delay_ms: number;
}

/** To staff who run campaigns, when it changes: how far the viewers are behind. */
export interface PlayoutChanged {
  type: "playout_changed";
  median_ms: number;
}

/** One answer of a poll and how many chose it. */
export interface PollOption {
  text: string;
  votes: number;
}

/** A question to the room with 2 to 6 answers; one vote a user, which stands. */
export interface Poll {
  poll_id: number;
  question: string;
  options: PollOption[];
  ends_at_ms: number | null;
  is_closed: boolean;
}

/** Ask the room; the poll that is open closes. */
export interface OpenPoll {
  type: "open_poll";
  question: string;
  options: string[];
  seconds?: number;
}

/** Choose an answer, by its index; the first choice stands. */
export interface Vote {
  type: "vote";
  poll_id: number;
  option: number;
}

/** Take no more votes. */
export interface ClosePoll {
  type: "close_poll";
  poll_id: number;
}

/** Let the last poll take votes again, as if nobody had closed it; the votes that it has stand. */
export interface ReopenPoll {
  type: "reopen_poll";
  poll_id: number;
}

/** A poll takes votes, for the first time or again; of the same poll, the votes that were given stand. */
export interface PollOpened {
  type: "poll_opened";
  poll: Poll;
}

/** A poll's result. */
export interface PollClosed {
  type: "poll_closed";
  poll: Poll;
}

/** The votes of the open poll so far. */
export interface PollChanged {
  type: "poll_changed";
  poll: Poll;
}

/** Where a prize is. */
export type PrizeState = "waiting" | "claimed" | "passed_on" | "lapsed" | "given_up";

/** The product of which a unit is won, as it was when the draw opened. */
export interface PrizeGoods {
  sku_id: string;
  spu_id: string;
  title: string;
  specs: string[][];
  image_url: string;
  price_minor: number;
  currency: string;
}

/** A prize of goods that one won. */
export interface MyPrize {
  campaign_id: string;
  prize: string;
  state: PrizeState;
  claim_until_ms: number;
  order_id: string;
  goods: PrizeGoods;
}

/** What `GET /api/v1/me/prizes` gives: those of the caller's that wait, the first to lapse first. */
export interface MyPrizes {
  prizes: MyPrize[];
}

/** What `POST /api/v1/campaigns/{campaign_id}/prize` takes: an entry of the caller's address book. */
export interface ClaimPrize {
  address_id: string;
}

/** What became of a draw's units; once it is drawn, all but `passed_on` add up to how many there were. */
export interface PrizeCounts {
  waiting: number;
  claimed: number;
  returned: number;
  passed_on: number;
}

/** How a room presents itself; what is not set is empty, or None. */
export interface RoomProfile {
  title: string;
  notice: string;
  avatar: Picture | null;
  cover: Picture | null;
  version: number;
}

/** Set how the room presents itself; what is empty is taken away. The host's alone. */
export interface SetRoomProfile {
  type: "set_room_profile";
  version: number;
  title?: string;
  notice?: string;
  avatar?: string;
  cover?: string;
}

/** The room presents itself so from now on. */
export interface RoomProfileChanged {
  type: "room_profile_changed";
  profile: RoomProfile;
}

/** What staff choose of a red packet. */
export interface RedPacketTerms {
  kind: "red_packet";
  shares: number;
  coins: number;
  coupon_id: string;
  countdown_s: number;
  duration_s: number;
  needs_follow: boolean;
  account_minutes: number | null;
  per_network: number | null;
  one_a_phone: boolean;
}

/** Who got how many coins, as everybody sees it. */
export interface LuckyShare {
  user_id: string;
  coins: number;
  place: number;
  after_ms: number;
}

/** A red packet as everybody sees it. */
export interface RedPacketShown {
  kind: "red_packet";
  shares: number;
  coins: number;
  coupon_id: string;
  left: number;
  needs_follow: boolean;
  account_minutes: number | null;
  per_network: number | null;
  one_a_phone: boolean;
  commitment: string;
  secret: string;
  best: LuckyShare[];
  emptied_after_ms: number | null;
}

/** Take a share of a red packet; each person gets one. */
export interface ClaimPacket {
  type: "claim_packet";
  campaign_id: string;
}

/** A step, and how it went in this live session, or in the last one. */
export interface RunStep {
  step_id: number;
  title: string;
  minutes: number;
  product_id: string;
  product_title: string;
  began_at_ms: number;
  actual_ms: number;
  note: string;
}

/** All steps in their order; `current_id` is of the one that runs, 0 for none. */
export interface RunOfShow {
  steps: RunStep[];
  current_id: number;
}

/** A step to be planned. */
export interface NewStep {
  minutes: number;
  title?: string;
  product_id?: string;
  note?: string;
}

/** Add steps before another one; 0 adds them at the end. There are at most `MOST_STEPS`. */
export interface PlanSteps {
  type: "plan_steps";
  steps: NewStep[];
  before_id?: number;
}

/** Give a step another title, other minutes and another note; see `NewStep`. None leaves the note. */
export interface ChangeStep {
  type: "change_step";
  step_id: number;
  minutes: number;
  title?: string;
  note?: string | null;
}

/** Put a step before another one; 0 puts it at the end. */
export interface MoveStep {
  type: "move_step";
  step_id: number;
  before_id?: number;
}

/** Take a step out of the plan; where it runs, it stops. */
export interface RemoveStep {
  type: "remove_step";
  step_id: number;
}

/** Go to a step: its product's card is shown, and the card of the step that ran is taken off. */
export interface StartStep {
  type: "start_step";
  step_id: number;
}

/** Stop this step, with its card; one that does not run any more stays so. */
export interface StopStep {
  type: "stop_step";
  step_id: number;
}

/** Plan each step that was run with the minutes it took. */
export interface PlanAsRun {
  type: "plan_as_run";
}

/** To staff with the right to products: the run of show as it is now. */
export interface RunOfShowChanged {
  type: "run_of_show_changed";
  run: RunOfShow;
}

export type RunCommand = PlanSteps | ChangeStep | MoveStep | RemoveStep | StartStep | StopStep | PlanAsRun;

/** A product as a card shows it. */
export interface Product {
  product_id: string;
  number: number;
  title: string;
  price_minor: number;
  reference_minor: number | null;
  stock: number;
  image_url: string;
  version: number;
  currency: string;
  sku_count: number;
  is_from: boolean;
}

/** Change a product; None leaves a field as it is. */
export interface EditProduct {
  type: "edit_product";
  product_id: string;
  version: number;
  title?: string | null;
  price_minor?: number | null;
  stock?: number | null;
  stock_from?: number | null;
  reason?: string;
}

/** A product as it is now, on air or not. */
export interface ProductChanged {
  type: "product_changed";
  product: Product;
}

/** Another editor was first: who, when, and what there is now; what does not concern it is None. */
export interface Conflict {
  by: Author | null;
  at_ms: number;
  version: number;
  product: Product | null;
  rules: RoomRules | null;
  words: string[] | null;
  profile: RoomProfile | null;
}

/** The catalogue changed; read it again. */
export interface ProductsChanged {
  type: "products_changed";
}

/** What `GET /api/rooms/<room>/products` gives, in the host's order. */
export interface Catalog {
  products: Product[];
}

/** An order in a line. */
export interface OrderBrief {
  order_id: string;
  version: number;
  state: OrderState;
  payment_state: PaymentState;
  total_minor: number;
  currency: string;
}

/** To the buyer, and to staff with the right to orders: an order is now so. */
export interface OrderChanged {
  type: "order_changed";
  order: OrderBrief;
  is_new: boolean;
  case_state: CaseState | null;
  message_side: MessageSide | null;
}

/** What is left of a SKU; see `ProductStock`. */
export interface SkuStock {
  sku_id: string;
  left: number;
}

/** What can be bought of a product, all SKUs together and each. */
export interface ProductStock {
  spu_id: string;
  left: number;
  skus: SkuStock[];
}

/** What is left of these products now. */
export interface StockChanged {
  type: "stock_changed";
  products: ProductStock[];
}

/** To staff with the right to products, as stock moves: exactly what is left of these products now. */
export interface StockCounted {
  type: "stock_counted";
  left: Record<string, number>;
}

/** An assistant, or an invitation that nobody has used yet. */
export interface Assistant {
  grant_id: number;
  user_id: string;
  name: string;
  rights: AssistantRight[];
  since_ms: number;
  until_ms: number;
  code_until_ms: number | null;
  is_online: boolean;
}

/** Let who knows a code be an assistant of this room; the host alone may. */
export interface InviteAssistant {
  type: "invite_assistant";
  code_digest: string;
  rights: AssistantRight[];
  code_hours: number;
  grant_hours: number;
}

/** Give an assistant these rights instead, at once; the host alone may. */
export interface SetAssistantRights {
  type: "set_assistant_rights";
  grant_id: number;
  rights: AssistantRight[];
}

/** Take an invitation or all rights back, at once; the host alone may. */
export interface RevokeAssistant {
  type: "revoke_assistant";
  grant_id: number;
  reason?: string;
}

/** To the host: who may help, and who is invited; those who were there first come first. */
export interface AssistantsChanged {
  type: "assistants_changed";
  assistants: Assistant[];
}

/** You are no assistant any more; the connection closes, and coming back is of no use. */
export interface YouWereDismissed {
  type: "you_were_dismissed";
  cause: string;
  reason: string;
}

export type AssistantCommand = InviteAssistant | SetAssistantRights | RevokeAssistant;

/** Why viewers do not see or hear all; `SOUND_ONLY` is no fault: nothing else was offered. */
export type StreamCondition = "backward_timestamps" | "no_keyframes" | "no_video" | "sound_only";

/** Why a viewer does not get all of a stream. */
export type LineTrouble = "own_line" | "uplink" | "relay";

/** How many viewers get the layer of this height: the shorter side of its pictures, in pixels. */
export interface LayerViewers {
  height: number;
  viewers: number;
}

/** Which layer of the picture one viewer gets. */
export interface ViewerLayer {
  heights: number[];
  height: number;
  choice: number | null;
  is_held_down: boolean;
}

/** Which height a viewer wants at most; None leaves it to their line. */
export interface ChosenLayer {
  height: number | null;
}

/** How a room's stream reaches those who watch it. */
export interface ViewerLines {
  viewers: number;
  own_line: number;
  uplink: number;
  relay: number;
  layers: LayerViewers[];
}

/** To the host: a publisher displaced another; both are names of stream keys, empty for a studio. */
export interface StreamTakenOver {
  type: "stream_taken_over";
  by: string;
  before: string;
}

/** A prize of a wheel. One that gives neither coins nor a coupon is handed over by staff. */
export interface WheelPrize {
  name: string;
  stock: number;
  coins: number;
  coupon_id: string;
}

/** What staff choose of a wheel; it has `MOST_SLOTS` slots at most. */
export interface WheelTerms {
  kind: "wheel";
  prizes: WheelPrize[];
  blanks: number;
  spins_each: number;
  needs_follow: boolean;
  account_minutes: number | null;
  per_network: number | null;
  one_a_phone: boolean;
  countdown_s: number;
  duration_s: number;
}

/** Who won a prize that staff hand over. */
export interface WheelWinner {
  user_id: string;
  prize: number;
  place: number;
}

/** A wheel as everybody sees it. */
export interface WheelShown {
  kind: "wheel";
  prizes: WheelPrize[];
  blanks: number;
  spins_each: number;
  left: number;
  prizes_left: number[];
  needs_follow: boolean;
  account_minutes: number | null;
  per_network: number | null;
  one_a_phone: boolean;
  commitment: string;
  secret: string;
  winners: WheelWinner[];
}

/** What came of a spin. */
export interface WheelSpin {
  key: string;
  place: number;
  prize: number | null;
}

/** Spin a wheel; the same key spins once, so that a lost answer can be asked for again. */
export interface SpinWheel {
  type: "spin_wheel";
  campaign_id: string;
  key: string;
}

/** What `POST /api/v1/campaigns/{campaign_id}/spin` takes; see `SpinWheel`. */
export interface SpinKey {
  key: string;
}

/** What `POST /api/rooms/<room>/enter` gives: who you are, and how to come in. */
export interface Admission {
  token: string;
  role: Role;
  user_id: string;
  ticket: string;
  socket_path: string;
  whep_path: string;
  account_name: string;
  live_path: string;
}

/** What `POST /api/rooms/<room>/account` and `/sign-in` take; passwords have 8 to 128 characters. */
export interface Credentials {
  name: string;
  password: string;
}

/** What `POST /api/rooms/<room>/account/password` takes. */
export interface NewPassword {
  old: string;
  new: string;
}

/** What `POST /api/rooms/<room>/assist` takes: a code that the host gave, and a name to go by. */
export interface Redemption {
  code: string;
  name: string;
}

/** A rejection over HTTP: a word for programs and a sentence with cause and remedy for people. */
export interface Problem {
  error: string;
  message: string;
  by: string;
}

/** Whose rules of selling at a distance the shop follows. */
export type Profile = "CN" | "EU" | "other";

/** How much of the stock a buyer may hold without having paid: by account, by phone and by address. */
export interface UnpaidCap {
  orders: number;
  units: number;
}

/** What `GET /api/v1/settings` gives and `PUT` takes, as a whole. */
export interface SaleSettings {
  currency: string;
  methods: PaymentMethod[];
  unpaid: UnpaidCap;
  unpaid_guest: UnpaidCap;
  profile: Profile;
  transfer_text: string;
  is_currency_locked: boolean;
  has_auction_licence: boolean;
}

/** One choice of a product's specifications: what is bought. */
export interface ShopSku {
  sku_id: string;
  specs: string[][];
  price_minor: number;
  reference_minor: number | null;
  left: number;
  limit_per_buyer: number | null;
}

/** A product (SPU) of a room's listing. */
export interface ShopProduct {
  spu_id: string;
  number: number;
  title: string;
  description: string;
  images: string[];
  skus: ShopSku[];
}

/** What `GET /api/v1/rooms/<room>/products` gives: the room's listing, in the host's order. */
export interface ShopProducts {
  currency: string;
  products: ShopProduct[];
}

/** So many coins for a price, in the minor unit of the shop's currency. */
export interface CoinPackage {
  coins: number;
  price_minor: number;
}

/** What `GET /api/v1/settings/coins` gives and `PUT` takes, as a whole. */
export interface CoinSettings {
  is_on: boolean;
  packages: CoinPackage[];
  currency: string;
}

/** What `GET /api/v1/coins` gives. */
export interface CoinShop {
  coins: number;
  is_on: boolean;
  currency: string;
  packages: CoinPackage[];
  methods: PaymentMethod[];
  age: number;
  has_confirmed_age: boolean;
}

/** What `POST /api/v1/coin-orders` takes: one package, as the buyer saw it. */
export interface BuyCoins {
  coins: number;
  price_minor: number;
  method: PaymentMethod;
}

/** What `POST /api/v1/me/age` takes: the caller says that they are at least so old. */
export interface ConfirmAge {
  age: number;
}

/** That somebody confirmed their age, and when they first did. */
export interface ConfirmedAge {
  age: number;
  at_ms: number;
}

/** Coins that the caller got or gave. */
export interface CoinMove {
  move_id: number;
  kind: string;
  coins: number;
  at_ms: number;
  order_id: string;
}

/** What `GET /api/v1/coins/history` gives, the newest first. */
export interface CoinHistory {
  coins: number;
  moves: CoinMove[];
  next: number | null;
}

/** What `POST /api/v1/gifts` takes; see `SendGift`. The Idempotency-Key is its key. */
export interface GiveGift {
  session_id: string;
  gift_id: string;
  count: number;
  text: string;
}

/** Gifts that were given and shown. */
export interface GivenGift {
  session_id: string;
  gift_id: string;
  count: number;
}

/** A place that a parcel can be sent to, in plain text. */
export interface Address {
  country: string;
  province: string;
  city: string;
  district: string;
  street: string;
  name: string;
  phone: string;
  postcode: string;
  email: string;
}

/** An address in a buyer's book. */
export interface SavedAddress {
  address_id: string;
  address: Address;
  is_default: boolean;
}

/** What `GET /api/v1/addresses` gives: the buyer's own, the default first. */
export interface AddressBook {
  addresses: SavedAddress[];
}

/** What `POST /api/v1/addresses` takes. */
export interface SaveAddress {
  address: Address;
  address_id: string | null;
  is_default: boolean;
}

/** Where an order stands; its payment and its parcels have states of their own. */
export type OrderState = "open" | "completed" | "cancelled";

/** What was paid for an order, and given back. */
export type PaymentState = "unpaid" | "paid" | "part_refunded" | "refunded";

/** Where a parcel is. */
export type ParcelState = "packed" | "shipped" | "delivered";

/** How an order is paid: by a provider, or so that the shop's people see to it. */
export type PaymentMethod = "online" | "transfer" | "cash_on_delivery";

/** In which language a buyer hears of an order. */
export type BuyerLanguage = "zh" | "en";

/** Which of an order's states changed. */
export type OrderAxis = "order" | "payment" | "parcel" | "case";

/** How many units of a SKU are wanted; lines of the same SKU count as one. */
export interface WantedLine {
  sku_id: string;
  quantity: number;
}

/** What `POST /api/v1/quotes` takes. */
export interface AskQuote {
  lines: WantedLine[];
  country: string;
  province: string;
  address: Address | null;
  address_id: string | null;
  grant_id: string | null;
  campaign_id: string | null;
}

/** A line with its price. */
export interface QuotedLine {
  sku_id: string;
  title: string;
  specs: string[][];
  image_url: string;
  quantity: number;
  unit_minor: number;
  reference_minor: number | null;
  discount_minor: number;
  net_minor: number;
  left: number;
  campaign_id: string;
}

/** The coupon that a sum was reckoned with, and what it takes off. */
export interface UsedCoupon {
  grant_id: string;
  coupon_id: string;
  title: string;
  discount_minor: number;
}

/** The exact sum of what is wanted. */
export interface Quote {
  hash: string;
  currency: string;
  lines: QuotedLine[];
  goods_minor: number;
  discount_minor: number;
  shipping_minor: number;
  tax_minor: number;
  total_minor: number;
  methods: PaymentMethod[];
  sent_along: string[];
  names_duty: boolean;
  coupon: UsedCoupon | null;
}

/** What `POST /api/v1/orders` takes. */
export interface PlaceOrder {
  lines: WantedLine[];
  quote_hash: string;
  method: PaymentMethod;
  address: Address | null;
  address_id: string | null;
  note: string;
  language: BuyerLanguage | null;
  grant_id: string | null;
}

/** A line as it was when the order was placed. */
export interface OrderLine {
  line: number;
  sku_id: string;
  spu_id: string;
  quantity: number;
  title: string;
  specs: string[][];
  image_url: string;
  list_minor: number;
  reference_minor: number | null;
  unit_minor: number;
  discount_minor: number;
  net_minor: number;
  tax_rate_bp: number;
  refunded: number;
  dropped: number;
  campaign_id: string;
}

/** One step in an order's history. */
export interface OrderChange {
  version: number;
  axis: OrderAxis;
  from_state: string;
  to_state: string;
  actor: string;
  reason: string;
  at_ms: number;
}

/** How many units of an order's line a parcel holds, or a refund is about. */
export interface ParcelLine {
  line: number;
  quantity: number;
}

/** A parcel of an order. */
export interface Parcel {
  parcel_id: string;
  carrier: string;
  tracking: string;
  state: ParcelState;
  lines: ParcelLine[];
  shipped_at_ms: number | null;
  delivered_at_ms: number | null;
  case_id: string | null;
}

/** What staff noted on an order for each other. */
export interface OrderMark {
  remark: string;
  is_flagged: boolean;
  by: string;
  at_ms: number;
  order_id: string;
}

/** An order as its buyer and the shop's people see it. */
export interface Order {
  order_id: string;
  number: string;
  buyer_id: string;
  room_id: string;
  state: OrderState;
  payment_state: PaymentState;
  method: PaymentMethod;
  currency: string;
  goods_minor: number;
  discount_minor: number;
  shipping_minor: number;
  tax_minor: number;
  total_minor: number;
  address: Address;
  note: string;
  version: number;
  created_at_ms: number;
  expires_at_ms: number | null;
  paid_at_ms: number | null;
  closed_at_ms: number | null;
  lines: OrderLine[];
  changes: OrderChange[];
  parcels: Parcel[];
  grant_id: string | null;
  mark: OrderMark | null;
  unread: number | null;
  coins: number;
  money_left_minor: number;
  shipping_left_minor: number;
}

/** What `GET /api/v1/orders` gives, the newest first. */
export interface OrdersPage {
  orders: Order[];
  next: string | null;
}

/** What `POST /api/v1/orders/<order>/cancel` takes. */
export interface CancelOrder {
  reason: string;
}

/** What `POST /api/v1/orders/<order>/paid` takes: staff saw the money of a transfer, or cash. */
export interface MarkPaid {
  reason: string;
}

/** What `POST /api/v1/orders/<order>/mark` takes: what staff note on it for each other. */
export interface MarkOrder {
  remark: string;
  is_flagged: boolean;
}

/** What `POST /api/v1/orders/<order>/parcels` takes. */
export interface ShipOrder {
  carrier: string;
  tracking: string;
  lines: ParcelLine[] | null;
}

/** What `POST /api/v1/orders/<order>/delivered` takes. */
export interface ConfirmDelivery {
  parcel_id: string | null;
}

/** What `POST /api/v1/order-lookups` takes. */
export interface FindOrder {
  number: string;
  phone: string;
}

/** An order as one sees it who knows its number and its phone: what it is, not who bought it. */
export interface FoundOrder {
  number: string;
  state: OrderState;
  payment_state: PaymentState;
  method: PaymentMethod;
  currency: string;
  goods_minor: number;
  discount_minor: number;
  shipping_minor: number;
  tax_minor: number;
  total_minor: number;
  address: Address;
  created_at_ms: number;
  expires_at_ms: number | null;
  paid_at_ms: number | null;
  closed_at_ms: number | null;
  lines: OrderLine[];
  parcels: Parcel[];
}

/** Who speaks. */
export type MessageSide = "buyer" | "shop";

/** A message. */
export interface OrderMessage {
  order_id: string;
  number: number;
  side: MessageSide;
  text: string;
  at_ms: number;
  by: string;
}

/** What `POST /api/v1/orders/<order>/messages` takes. */
export interface WriteMessage {
  text: string;
}

/** What `GET /api/v1/orders/<order>/messages` gives, the newest first. */
export interface MessagesPage {
  messages: OrderMessage[];
  unread: number;
  next: number | null;
}

/** What `POST /api/v1/orders/<order>/messages/read` takes: the caller's side has read up to this one. */
export interface MessagesRead {
  number: number;
}

/** How many messages the caller's side has not read: of an order, or of all their orders. */
export interface Unread {
  unread: number;
}

/** What a buyer asks for. */
export type CaseKind = "refund_only" | "return" | "exchange";

/** Where a case stands; the last four are its ends. */
export type CaseState = "requested" | "approved" | "sent_back" | "received" | "refunded" | "exchanged" | "declined" | "withdrawn";

/** Where the money of a case is. */
export type RefundState = "none" | "requested" | "done" | "came_back";

/** How many units of an order's line a case is about. */
export interface CaseLine {
  line: number;
  quantity: number;
  restocked: number;
}

/** One step in a case's history. */
export interface CaseChange {
  version: number;
  from_state: string;
  to_state: CaseState;
  actor: string;
  reason: string;
  at_ms: number;
}

/** A case as its buyer and the shop's people see it. */
export interface Case {
  case_id: string;
  order_id: string;
  order_number: string;
  buyer_id: string;
  room_id: string;
  kind: CaseKind;
  state: CaseState;
  reason: string;
  currency: string;
  goods_minor: number;
  shipping_minor: number;
  carrier: string;
  tracking: string;
  is_escalated: boolean;
  due_at_ms: number | null;
  refund_state: RefundState;
  version: number;
  created_at_ms: number;
  closed_at_ms: number | null;
  lines: CaseLine[];
  changes: CaseChange[];
  pictures: string[];
  return_to: string;
}

/** What `GET /api/v1/cases` gives, the newest first. */
export interface CasesPage {
  cases: Case[];
  next: string | null;
}

/** What `POST /api/v1/orders/<order>/cases` takes; lines of the same number count as one. */
export interface OpenCase {
  kind: CaseKind;
  lines: ParcelLine[];
  reason: string;
}

/** What `POST /api/v1/cases/<case>/approve` and `…/withdraw` take. */
export interface AnswerCase {
  reason: string;
}

/** What `POST /api/v1/cases/<case>/decline` takes: the buyer is owed a reason. */
export interface DeclineCase {
  reason: string;
}

/** What `POST /api/v1/cases/<case>/send-back` and `…/replace` take. */
export interface SendBack {
  carrier: string;
  tracking: string;
}

/** What `POST /api/v1/cases/<case>/receive` takes. */
export interface ReceiveCase {
  restock: ParcelLine[];
  reason: string;
}

/** What `POST /api/v1/cases/<case>/refund` takes. */
export interface RefundCase {
  shipping_minor: number | null;
  reason: string;
}

/** Where an attempt stands; a paid one stays paid, whatever is refunded later. */
export type AttemptState = "created" | "pending" | "paid" | "failed" | "closed";

/** What the buyer pays at: a computer shows a code to scan, a phone opens the provider's app. */
export type Device = "desktop" | "phone";

/** What `POST /api/v1/orders/<order>/attempts` takes. */
export interface NewAttempt {
  provider: string;
  device: Device;
}

/** A provider that the shop takes payments with. */
export interface ProviderOn {
  provider: string;
  is_test: boolean;
}

/** What `GET /api/v1/payment-methods` gives: those that are on, the proposed one first. */
export interface PaymentMethods {
  providers: ProviderOn[];
  transfer_text: string;
}

/** What became of a question to a provider. */
export type ProviderFinding = "works" | "unreachable" | "keys_refused" | "not_genuine" | "not_allowed" | "fails";

/** A provider that there is. */
export interface ProviderStatus {
  provider: string;
  is_on: boolean;
  has_keys: boolean;
  is_test: boolean;
  webhook_url: string;
  last_webhook_at_ms: number | null;
}

/** What `GET /api/v1/payments/providers` gives: those that are on first. */
export interface ProviderStatuses {
  providers: ProviderStatus[];
  keys_file: string;
}

/** What `POST /api/v1/payments/providers/<provider>/check` gives. */
export interface ProviderCheck {
  provider: string;
  finding: ProviderFinding;
  detail: string;
}

/** Which provider, by the address. */
export interface OneProvider {
  provider: string;
}

/** One try to pay an order with one provider. */
export interface Attempt {
  attempt_id: string;
  order_id: string;
  provider: string;
  amount_minor: number;
  currency: string;
  state: AttemptState;
  pay_path: string;
  expires_at_ms: number;
  device: Device;
}

/** What `GET /api/v1/orders/<order>/attempts` gives, the newest first. */
export interface Attempts {
  attempts: Attempt[];
}

/** Which attempt, by the address. */
export interface OneAttempt {
  attempt_id: string;
}

/** What a webhook is answered with: what became of it, in a word. */
export interface WebhookReceipt {
  result: string;
}

/** What became of money that matched nothing. */
export type SuspenseOutcome = "returned" | "kept";

/** Money that came and matches nothing; staff must look at it. */
export interface SuspenseItem {
  suspense_id: number;
  provider: string;
  ref: string;
  amount_minor: number;
  currency: string;
  reason: string;
  at_ms: number;
  attempt_id: string;
  outcome: SuspenseOutcome | null;
  note: string;
  settled_by: string | null;
  settled_at_ms: number | null;
  returned_minor: number;
}

/** What `GET /api/v1/suspense` gives, the newest first. */
export interface Suspense {
  items: SuspenseItem[];
}

/** Who the buyer is here. */
export interface MyProfile {
  user_id: string;
  room_id: string;
  account_name: string;
  created_at_ms: number | null;
  coins: number;
}

/** An attempt to pay an order, without what opens its cashier. */
export interface MyAttempt {
  order_id: string;
  provider: string;
  amount_minor: number;
  currency: string;
  state: AttemptState;
  created_at_ms: number;
  paid_at_ms: number | null;
}

/** That the buyer entered a draw; `number` is the entry's, 1 for the first. */
export interface MyDrawEntry {
  campaign_id: string;
  title: string;
  at_ms: number;
  number: number;
  has_won: boolean;
  prize: MyPrize | null;
}

/** A share of a red packet that the buyer got; `coins` is 0 where it was a coupon. */
export interface MyPacketClaim {
  campaign_id: string;
  title: string;
  at_ms: number;
  coins: number;
}

/** A spin that the buyer made; `prize` is empty for a blank. */
export interface MyWheelSpin {
  campaign_id: string;
  title: string;
  at_ms: number;
  prize: string;
}

/** An auction that the buyer may bid in, or could. */
export interface MyAuction {
  campaign_id: string;
  title: string;
  at_ms: number;
  max_minor: number;
  is_unpaid: boolean;
}

/** What `GET /api/v1/me/data` gives: all that the shop knows of the caller. */
export interface MyData {
  profile: MyProfile;
  addresses: SavedAddress[];
  orders: Order[];
  cases: Case[];
  attempts: MyAttempt[];
  messages: OrderMessage[];
  coupons: HeldCoupon[];
  coin_moves: CoinMove[];
  age: ConfirmedAge | null;
  draw_entries: MyDrawEntry[];
  packet_claims: MyPacketClaim[];
  wheel_spins: MyWheelSpin[];
  auctions: MyAuction[];
}

/** What `POST /api/v1/me/erase` did. */
export interface Erasure {
  addresses: number;
  orders: number;
  until_ms: number | null;
  coupons: number;
  has_account: boolean;
  rooms_until_ms: number;
}

/** What `GET /api/v1/settings/privacy` gives and `PUT` takes. */
export interface PrivacySettings {
  order_days: number;
}

/** Which text, by the last part of its page's address. */
export type LegalName = "licence" | "contact" | "terms" | "privacy" | "returns";

/** A text as the shop wrote it. */
export interface LegalText {
  name: LegalName;
  text: string;
  updated_at_ms: number | null;
}

/** What `GET /api/v1/legal-texts` gives: those that are written; `/legal/<name>` shows each. */
export interface LegalNames {
  names: LegalName[];
  profile: Profile;
}

/** What `PUT /api/v1/legal-texts/<name>` takes; an empty text takes its page away. */
export interface WriteLegalText {
  text: string;
}

/** Which text, by the address. */
export interface OneLegalText {
  name: LegalName;
}

/** A refusal of the API. Some kinds have further members, such as the quote that counts now. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
}

/** `quote_changed`: the sum is not the one that the buyer saw; this one counts now. */
export interface QuoteChangedProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  quote: Quote;
}

/** The buyer saw the price of a flash sale, and does not get it. */
export interface FlashProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  campaign_id: string;
  sku_id: string;
  ms: number;
  left: number;
  limit: number;
  quote: Quote;
}

/** `below_floor`, `no_reduction`: a flash sale may not have this price. */
export interface CampaignPriceProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  allowed: string;
}

/** `sold_out`: less is left of a SKU than is wanted. */
export interface SoldOutProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  sku_id: string;
  left: number;
}

/** `limit_reached`: the buyer would have more of a SKU than one buyer may. */
export interface LimitReachedProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  sku_id: string;
  limit: number;
  left: number;
}

/** `method_off`: the shop does not take this way to pay; these it takes. */
export interface MethodProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  methods: PaymentMethod[];
}

/** `unpaid_limit`: the buyer would hold more of the stock without having paid than one buyer may. */
export interface UnpaidProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  most_orders: number;
  most_units: number;
  is_guest: boolean;
}

/** `currency_locked`: the shop has sold in this currency; `campaign_runs`: a campaign has prices in it. */
export interface CurrencyProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  currency: string;
}

/** `settled_already`: somebody settled the money before; this is how. */
export interface SuspenseProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  item: SuspenseItem;
}

/** `sku_unavailable`: there is no such SKU, or it is not on sale. */
export interface SkuProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  sku_id: string;
}

/** `not_allowed_now`: the order's state does not allow the step; this is how it stands. */
export interface OrderProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  order: Order;
}

/** `not_in_order`: a parcel cannot hold more of a line than is left to send. */
export interface ParcelProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  line: number;
  left: number;
}

/** `bad_address`: a field of the address is wrong. */
export interface AddressProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  field: string;
}

/** `case_not_allowed_now`: the case's state does not allow the step; this is how it stands. */
export interface CaseProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  case: Case;
}

/** `not_claimable`: a case cannot be about so many units of a line. */
export interface CaseLineProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  line: number;
  left: number;
}

/** `shipping_too_much`: more of the shipping is to go back than is left of it. */
export interface ShippingProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  left_minor: number;
}

/** `coins_spent`: more coins are to be taken back than the buyer has. */
export interface CoinsSpentProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  left: number;
}

/** `package_gone`: the shop does not sell such coins at this price; this is what it sells. */
export interface PackageProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  is_on: boolean;
  packages: CoinPackage[];
}

/** `age_unconfirmed`: the person must say first that they are so old; `too_young`: they are not. */
export interface AgeProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  age: number;
}

/** `window_over`: the return window of a completed order is over. */
export interface WindowProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  ended_at_ms: number;
}

/** `unfinished`: orders or cases of the buyer are open, or an auction in which they bid. */
export interface UnfinishedProblem {
  type: string;
  title: string;
  status: number;
  detail: string;
  numbers: string[];
  has_bid: boolean;
}

export type ChatCommand = SendDanmu | SendLikes | Follow | Unfollow | RequestProduct | CheckIn | SetNickname | OpenPoll | Vote | ClosePoll | ReopenPoll | StartCountdown | StopCountdown | ResumeCountdown | ShowCoupon | HideCoupon | ClaimCoupon | AnswerQuestion | SendGift | ClaimDemoCoins | ClaimPacket | EnterDraw | RevealNonce | SpinWheel | PlaceBid | DeleteDanmu | RestoreDanmu | MuteUser | UnmuteUser | BlockUser | UnblockUser | SetRoomRules | SetBlockedWords | PinDanmu | UnpinDanmu | InviteAssistant | SetAssistantRights | RevokeAssistant | EditProduct | PlanSteps | ChangeStep | MoveStep | RemoveStep | StartStep | StopStep | PlanAsRun | SetRoomProfile | ReportPlayout | RequestSeat | AnswerInvitation | StartDeviceTest | TakeSeat | LeaveSeat | OpenGuestRequests | InviteGuest | AcceptGuest | RemoveGuest | SetGuest | MoveGuest;

export type LiveCommand = ShowCard | HideCard | GoLive | PauseLive | ResumeLive | EndLive;

export type Command = ShowCard | HideCard | GoLive | PauseLive | ResumeLive | EndLive | SendDanmu | SendLikes | Follow | Unfollow | RequestProduct | CheckIn | SetNickname | OpenPoll | Vote | ClosePoll | ReopenPoll | StartCountdown | StopCountdown | ResumeCountdown | ShowCoupon | HideCoupon | ClaimCoupon | AnswerQuestion | SendGift | ClaimDemoCoins | ClaimPacket | EnterDraw | RevealNonce | SpinWheel | PlaceBid | DeleteDanmu | RestoreDanmu | MuteUser | UnmuteUser | BlockUser | UnblockUser | SetRoomRules | SetBlockedWords | PinDanmu | UnpinDanmu | InviteAssistant | SetAssistantRights | RevokeAssistant | EditProduct | PlanSteps | ChangeStep | MoveStep | RemoveStep | StartStep | StopStep | PlanAsRun | SetRoomProfile | ReportPlayout | RequestSeat | AnswerInvitation | StartDeviceTest | TakeSeat | LeaveSeat | OpenGuestRequests | InviteGuest | AcceptGuest | RemoveGuest | SetGuest | MoveGuest;

/** The first message: what the client has seen. `epoch` is empty and `seq` 0 when it has seen nothing. */
export interface Join {
  type: "join";
  epoch?: string;
  seq?: number;
}

/** Keeps the connection and measures the clock: `sent_at_ms`, of the client's own clock, comes back. */
export interface Ping {
  type: "ping";
  sent_at_ms: number;
}

/** A command, under a number of the client's by which the answer names it. */
export interface Act {
  type: "act";
  request_id: number;
  command: ShowCard | HideCard | GoLive | PauseLive | ResumeLive | EndLive | SendDanmu | SendLikes | Follow | Unfollow | RequestProduct | CheckIn | SetNickname | OpenPoll | Vote | ClosePoll | ReopenPoll | StartCountdown | StopCountdown | ResumeCountdown | ShowCoupon | HideCoupon | ClaimCoupon | AnswerQuestion | SendGift | ClaimDemoCoins | ClaimPacket | EnterDraw | RevealNonce | SpinWheel | PlaceBid | DeleteDanmu | RestoreDanmu | MuteUser | UnmuteUser | BlockUser | UnblockUser | SetRoomRules | SetBlockedWords | PinDanmu | UnpinDanmu | InviteAssistant | SetAssistantRights | RevokeAssistant | EditProduct | PlanSteps | ChangeStep | MoveStep | RemoveStep | StartStep | StopStep | PlanAsRun | SetRoomProfile | ReportPlayout | RequestSeat | AnswerInvitation | StartDeviceTest | TakeSeat | LeaveSeat | OpenGuestRequests | InviteGuest | AcceptGuest | RemoveGuest | SetGuest | MoveGuest;
}

export type ClientMessage = Join | Ping | Act;

/** To staff, after each snapshot or resumption: all that only staff see, as far as their rights go. */
export interface StaffSnapshot {
  type: "staff_snapshot";
  stats: LiveStats | null;
  minutes: MinuteStats[];
  questions: Question[];
  actions: ModerationAction[];
  muted: Sanction[];
  blocked: Sanction[];
  blocked_words: string[];
  file_words: number;
  words_version: number;
  orders: OrderBrief[];
  run: RunOfShow | null;
  explained: Record<string, number>;
  playout_ms: number | null;
  guests: Guest[];
}

export type ChatReliableEvent = StaffDanmuSent | PaidDanmuSent | DanmuDeleted | DanmuRestored | DanmuPinned | DanmuUnpinned | RoomRulesChanged | PollOpened | PollClosed | CountdownChanged | CouponsChanged | QuestionAnswered | LikeMilestoneReached | GiftsSent | ProductChanged | RoomProfileChanged | PersonErased | CampaignChanged | GuestsChanged;

export type ChatSampledEvent = DanmuSent | LikesChanged | JoinsShown | RequestsChanged | PollChanged | FollowersChanged | CheckInsChanged | RankingChanged | StockChanged;

export type PrivateEvent = DanmuEchoed | YouChanged | WalletChanged | YouWereBlocked | QuestionsFolded | Moderated | SanctionsChanged | BlockedWordsChanged | LiveStatsChanged | StaffSnapshot | AssistantsChanged | YouWereDismissed | StreamTakenOver | OrderChanged | StockCounted | RunOfShowChanged | ProductsExplained | PlayoutChanged | GuestQueueChanged | GuestEnded;

export type ReliableEvent = CardShown | CardHidden | LiveChanged | ProductsChanged | StaffDanmuSent | PaidDanmuSent | DanmuDeleted | DanmuRestored | DanmuPinned | DanmuUnpinned | RoomRulesChanged | PollOpened | PollClosed | CountdownChanged | CouponsChanged | QuestionAnswered | LikeMilestoneReached | GiftsSent | ProductChanged | RoomProfileChanged | PersonErased | CampaignChanged | GuestsChanged;

export type SampledEvent = PresenceChanged | DanmuSent | LikesChanged | JoinsShown | RequestsChanged | PollChanged | FollowersChanged | CheckInsChanged | RankingChanged | StockChanged;

export type Event = CardShown | CardHidden | LiveChanged | ProductsChanged | StaffDanmuSent | PaidDanmuSent | DanmuDeleted | DanmuRestored | DanmuPinned | DanmuUnpinned | RoomRulesChanged | PollOpened | PollClosed | CountdownChanged | CouponsChanged | QuestionAnswered | LikeMilestoneReached | GiftsSent | ProductChanged | RoomProfileChanged | PersonErased | CampaignChanged | GuestsChanged | PresenceChanged | DanmuSent | LikesChanged | JoinsShown | RequestsChanged | PollChanged | FollowersChanged | CheckInsChanged | RankingChanged | StockChanged | DanmuEchoed | YouChanged | WalletChanged | YouWereBlocked | QuestionsFolded | Moderated | SanctionsChanged | BlockedWordsChanged | LiveStatsChanged | StaffSnapshot | AssistantsChanged | YouWereDismissed | StreamTakenOver | OrderChanged | StockCounted | RunOfShowChanged | ProductsExplained | PlayoutChanged | GuestQueueChanged | GuestEnded;

/** The server's first words on a connection. */
export interface Hello {
  type: "hello";
  protocol: number;
  server_time_ms: number;
  role: Role;
  user_id: string;
}

/** All that a newcomer needs: the state as of `seq` of this `epoch`. */
export interface Snapshot {
  type: "snapshot";
  epoch: string;
  seq: number;
  title: string;
  live: Live;
  card: Card | null;
  presence: Presence;
  danmu: Danmu[];
  danmu_total: number;
  likes: number;
  pinned: Pinned | null;
  rules: RoomRules;
  poll: Poll | null;
  countdown: Countdown | null;
  followers: number;
  check_ins: number;
  requests: ProductRequest[];
  ranking: Ranking;
  stock: ProductStock[];
  profile: RoomProfile;
  coupons: ShownCoupon[];
  campaigns: Campaign[];
  guests: Guest[];
  are_guest_requests_open: boolean;
}

/** What the client missed follows, each event with its own seq, up to `seq`. */
export interface Resumed {
  type: "resumed";
  epoch: string;
  seq: number;
}

/** An event nobody may miss; `seq` grows by one. */
export interface Reliable {
  type: "reliable";
  seq: number;
  event: CardShown | CardHidden | LiveChanged | ProductsChanged | StaffDanmuSent | PaidDanmuSent | DanmuDeleted | DanmuRestored | DanmuPinned | DanmuUnpinned | RoomRulesChanged | PollOpened | PollClosed | CountdownChanged | CouponsChanged | QuestionAnswered | LikeMilestoneReached | GiftsSent | ProductChanged | RoomProfileChanged | PersonErased | CampaignChanged | GuestsChanged;
}

/** Events a slow client may miss. */
export interface Sampled {
  type: "sampled";
  events: (PresenceChanged | DanmuSent | LikesChanged | JoinsShown | RequestsChanged | PollChanged | FollowersChanged | CheckInsChanged | RankingChanged | StockChanged)[];
}

/** An event for you, or for the staff, alone; it has no number and is not sent again. */
export interface Private {
  type: "private";
  event: DanmuEchoed | YouChanged | WalletChanged | YouWereBlocked | QuestionsFolded | Moderated | SanctionsChanged | BlockedWordsChanged | LiveStatsChanged | StaffSnapshot | AssistantsChanged | YouWereDismissed | StreamTakenOver | OrderChanged | StockCounted | RunOfShowChanged | ProductsExplained | PlayoutChanged | GuestQueueChanged | GuestEnded;
}

/** The answer to `Ping`. */
export interface Pong {
  type: "pong";
  sent_at_ms: number;
  server_time_ms: number;
}

/** The command was carried out; its effect comes as an event. */
export interface Accepted {
  type: "accepted";
  request_id: number;
}

/** The command was refused and changed nothing; only its sender gets this. */
export interface Rejected {
  type: "rejected";
  request_id: number;
  reason: RejectReason;
  retry_ms: number;
  conflict: Conflict | null;
}

export type ServerMessage = Hello | Snapshot | Resumed | Reliable | Sampled | Private | Pong | Accepted | Rejected;
