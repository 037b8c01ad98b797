"""What a client knows of its room: a snapshot, and what each event makes of it."""

import msgspec

from backend.contract import (
    audience,
    campaigns,
    cards,
    chat,
    countdown,
    coupons,
    gifts,
    guests,
    insights,
    live,
    playout,
    polls,
    profile,
    runofshow,
    shop,
    shop_events,
    staff,
)
from backend.contract.base import Role
from backend.contract.erasing import PersonErased
from backend.contract.gifts import Ranking
from backend.contract.live import Live
from backend.contract.protocol import (
    Event,
    Private,
    Reliable,
    Sampled,
    ServerMessage,
    Snapshot,
    StaffSnapshot,
)
from backend.contract.words_of import erase_words

SHOWN_DANMU = 50
SHOWN_ACTIONS = 100


class ClientView:
    """Follows one connection.

    Attributes:
        room, you, wallet: what all know, and what is private to the user.
        staff, assistants: what staff, and the host alone, see besides.
    """

    def __init__(self) -> None:
        self.room: Snapshot | None = None
        self.you: audience.You | None = None
        self.wallet: gifts.WalletChanged | None = None
        self.staff: StaffSnapshot | None = None
        self.assistants: list[staff.Assistant] = []

    def apply(self, message: ServerMessage) -> None:
        """Take a message of the server in."""
        match message:
            case Snapshot():
                self.room = message
            case Reliable(seq=seq, event=event):
                self._change_room(seq=seq)
                self._apply_event(event)
            case Sampled(events=events):
                for sampled in events:
                    self._apply_event(sampled)
            case Private(event=event):
                self._apply_event(event)
            case _:
                pass

    def _change_room(self, **changes: object) -> None:
        if self.room is not None:
            self.room = msgspec.structs.replace(self.room, **changes)

    def _change_you(self, **changes: object) -> None:
        if self.you is not None:
            self.you = msgspec.structs.replace(self.you, **changes)

    def _change_staff(self, **changes: object) -> None:
        if self.staff is not None:
            self.staff = msgspec.structs.replace(self.staff, **changes)

    def _apply_event(self, event: Event) -> None:
        ways = (
            self._apply_show,
            self._apply_boxes,
            self._apply_danmu,
            self._apply_people,
            self._apply_private,
            self._apply_shop,
        )
        for apply in ways:
            apply(event)

    def _apply_show(self, event: Event) -> None:
        match event:
            case live.LiveChanged(live=now):
                if self.room is not None and now.session_id != self.room.live.session_id:
                    self._begin_session(now)
                if now.phase is live.LivePhase.ENDED:
                    self._change_you(watching_from_ms=None)
                self._change_room(live=now)
            case cards.CardShown(card=card):
                self._change_room(card=card)
            case cards.CardHidden():
                self._change_room(card=None)
            case shop.ProductChanged(product=product):
                shown = self.room.card if self.room else None
                if shown is not None and shown.product.product_id == product.product_id:
                    self._change_room(card=msgspec.structs.replace(shown, product=product))
            case live.PresenceChanged(presence=presence):
                self._change_room(presence=presence)

    def _apply_boxes(self, event: Event) -> None:
        match event:
            case polls.PollOpened(poll=poll):
                before = self.room.poll if self.room else None
                self._change_room(poll=poll)
                if before is None or before.poll_id != poll.poll_id:
                    self._change_you(vote=None)
            case polls.PollClosed(poll=poll) | polls.PollChanged(poll=poll):
                self._change_room(poll=poll)
            case coupons.CouponsChanged(coupons=shown):
                self._change_room(coupons=shown)
            case countdown.CountdownChanged(countdown=running):
                self._change_room(countdown=running)
            case guests.GuestsChanged(guests=on_air, are_requests_open=are_open):
                self._change_room(guests=on_air, are_guest_requests_open=are_open)
            case profile.RoomProfileChanged(profile=presented):
                self._change_room(profile=presented)

    def _begin_session(self, now: Live) -> None:
        self._change_room(poll=None, ranking=Ranking(), likes=0, danmu_total=0, check_ins=0, requests=[])
        self._change_you(has_checked_in=False, requested=[], vote=None)
        if self.you is not None and self.you.role is Role.VIEWER:
            self._change_you(watching_from_ms=now.started_at_ms)
        if self.wallet is not None:
            self.wallet = msgspec.structs.replace(self.wallet, given=0, has_claimed=False)

    def _apply_danmu(self, event: Event) -> None:
        match event:
            case chat.DanmuSent(danmu=danmu, total=total):
                self._add_danmu(danmu)
                self._change_room(danmu_total=total)
            case chat.PaidDanmuSent(danmu=danmu) | chat.DanmuRestored(danmu=danmu):
                self._add_danmu(danmu)
            case chat.StaffDanmuSent(danmu=one) | chat.DanmuEchoed(danmu=one):
                self._add_danmu([one])
            case chat.DanmuDeleted(danmu_ids=gone):
                kept = self.room.danmu if self.room else []
                self._change_room(danmu=[one for one in kept if one.danmu_id not in gone])
            case chat.DanmuPinned(pinned=pinned):
                self._change_room(pinned=pinned)
            case chat.DanmuUnpinned():
                self._change_room(pinned=None)
            case chat.RoomRulesChanged(rules=rules):
                self._change_room(rules=rules)

    def _add_danmu(self, danmu: list[chat.Danmu]) -> None:
        known = {one.danmu_id: one for one in (self.room.danmu if self.room else [])}
        known |= {one.danmu_id: one for one in danmu}
        self._change_room(danmu=[known[number] for number in sorted(known)][-SHOWN_DANMU:])

    def _apply_people(self, event: Event) -> None:
        match event:
            case audience.LikesChanged(total=total):
                self._change_room(likes=total)
            case audience.FollowersChanged(followers=followers):
                self._change_room(followers=followers)
            case audience.CheckInsChanged(check_ins=check_ins):
                self._change_room(check_ins=check_ins)
            case audience.RequestsChanged(requests=requests):
                self._change_room(requests=requests)
            case PersonErased(user_id=user_id):
                self.room = erase_words(self.room, user_id)
                self.staff = erase_words(self.staff, user_id)
                self.assistants = erase_words(self.assistants, user_id)
            case gifts.RankingChanged(ranking=ranking):
                self._change_room(ranking=ranking)

    def _apply_private(self, event: Event) -> None:
        match event:
            case audience.YouChanged(you=you):
                self.you = you
            case gifts.WalletChanged():
                self.wallet = event
            case StaffSnapshot():
                self.staff = event
            case staff.AssistantsChanged(assistants=assistants):
                self.assistants = assistants
            case chat.QuestionsFolded(questions=questions):
                self._change_staff(questions=questions)
            case chat.Moderated(action=action):
                actions = [*(self.staff.actions if self.staff else []), action]
                self._change_staff(actions=actions[-SHOWN_ACTIONS:])
            case chat.SanctionsChanged(muted=muted, blocked=blocked):
                self._change_staff(muted=muted, blocked=blocked)
            case chat.BlockedWordsChanged():
                self._change_staff(
                    blocked_words=event.words, file_words=event.file_words, words_version=event.version
                )
            case insights.LiveStatsChanged(stats=stats):
                self._change_staff(stats=stats)

    def _apply_shop(self, event: Event) -> None:
        match event:
            case shop_events.StockChanged(products=products):
                known = {one.spu_id: one for one in (self.room.stock if self.room else [])}
                for product in products:
                    known.pop(product.spu_id, None)
                    known[product.spu_id] = product
                self._change_room(stock=list(known.values()))
            case campaigns.CampaignChanged(campaign=campaign):
                self._change_campaigns(campaign)
            case cards.ProductsExplained(times=times):
                self._change_staff(explained=times)
            case guests.GuestQueueChanged(guests=all_guests):
                self._change_staff(guests=all_guests)
            case playout.PlayoutChanged(median_ms=median_ms):
                self._change_staff(playout_ms=median_ms)
            case runofshow.RunOfShowChanged(run=run):
                self._change_staff(run=run)
            case shop_events.OrderChanged(order=order) if self.staff is not None:
                orders = {one.order_id: one for one in self.staff.orders} | {order.order_id: order}
                newest = sorted(orders.values(), key=lambda one: one.order_id)
                self._change_staff(orders=newest[-shop_events.RECENT_ORDERS :])

    def _change_campaigns(self, campaign: campaigns.Campaign) -> None:
        known = {one.campaign_id: one for one in (self.room.campaigns if self.room else [])}
        if campaign.phase in campaigns.OVER:
            known.pop(campaign.campaign_id, None)
        known[campaign.campaign_id] = campaign
        over = [one.campaign_id for one in known.values() if one.phase in campaigns.OVER]
        for campaign_id in over[: -campaigns.MOST_OVER]:
            del known[campaign_id]
        self._change_room(campaigns=list(known.values()))
