"""A case for every command of every feature: what comes before it, and who gives it."""

from collections.abc import Callable
from typing import NamedTuple

from backend.contract.audience import (
    CheckIn,
    Follow,
    RequestProduct,
    SendLikes,
    SetNickname,
    Unfollow,
)
from backend.contract.base import AssistantRight, Message, Role
from backend.contract.cards import HideCard, ShowCard
from backend.contract.chat import (
    AnswerQuestion,
    BlockUser,
    DeleteDanmu,
    MuteUser,
    PinDanmu,
    RestoreDanmu,
    RoomRules,
    SendDanmu,
    SetBlockedWords,
    SetRoomRules,
    UnblockUser,
    UnmuteUser,
    UnpinDanmu,
)
from backend.contract.countdown import ResumeCountdown, StartCountdown, StopCountdown
from backend.contract.coupons import ClaimCoupon, HideCoupon, ShowCoupon
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.guests import (
    AcceptGuest,
    AnswerInvitation,
    GuestMedia,
    InviteGuest,
    LeaveSeat,
    MoveGuest,
    OpenGuestRequests,
    RemoveGuest,
    RequestSeat,
    SetGuest,
    StartDeviceTest,
    TakeSeat,
)
from backend.contract.live import EndLive, GoLive, PauseLive, ResumeLive
from backend.contract.playout import ReportPlayout
from backend.contract.polls import ClosePoll, OpenPoll, ReopenPoll, Vote
from backend.contract.profile import SetRoomProfile
from backend.contract.protocol import Command, Snapshot
from backend.contract.runofshow import (
    ChangeStep,
    MoveStep,
    NewStep,
    PlanAsRun,
    PlanSteps,
    RemoveStep,
    StartStep,
    StopStep,
)
from backend.contract.shop import EditProduct
from backend.contract.staff import InviteAssistant, RevokeAssistant, SetAssistantRights
from backend.contract.stream import StreamCondition
from backend.features.actor import Actor
from backend.features.audience.people import AskName, ErasePerson, TakeName
from backend.features.feature_set import QueuedCommand
from backend.features.guests.guests import AskSeat, RecordGuestStream
from backend.features.live.live import RecordConditions, RecordPublisher
from backend.features.live.stream_key_log import RecordStreamKey, RecordStreamKeys, RecordTakeOver
from backend.features.staff.assistants import RedeemInvitation
from backend.shop.coins.messages import CoinsCame, GiftPaid

HOST = Actor("host", Role.HOST)
ANNA = Actor("anna", Role.VIEWER)
BERT = Actor("bert", Role.VIEWER)
DORA = Actor("dora", Role.VIEWER)
HELPER = Actor("helper", Role.ASSISTANT)
NEW_HELPER = Actor("helper-2", Role.ASSISTANT)
CODE, NEW_CODE = "ab" * 32, "cd" * 32
PRODUCT = "demo-tea"

AnyCommand = Command | QueuedCommand
Made = AnyCommand | Callable[[Snapshot], AnyCommand]
Step = tuple[Made, Actor]

# Every room of a case has an assistant with all rights.
BASE: list[Step] = [
    (InviteAssistant(CODE, list(AssistantRight), 1, 24), HOST),
    (RedeemInvitation(CODE, "小王"), HELPER),
]


class Case(NamedTuple):
    """A command that is accepted after these steps; for some, Anna has to be there from the first one."""

    command: Made
    actor: Actor = HOST
    before: tuple[Step, ...] = ()
    is_anna_there: bool = False


def rose(snapshot: Snapshot) -> SendGift:
    """A gift with words, in the live session that is on."""
    return SendGift(snapshot.live.session_id, "key-0001", "rose", 1, "辛苦了")


def paid_rose(snapshot: Snapshot) -> GiftPaid:
    """The shop's word that such a gift was paid."""
    return GiftPaid(0, snapshot.live.session_id, "anna", "key-0001", "rose", 1, 1, "辛苦了", 29, 2)


def spoken(*steps: Step) -> tuple[Step, ...]:
    """Steps after a viewer's danmu, which gets the number 1."""
    return ((SendDanmu("怎么洗?"), ANNA), *steps)


_LIVE: Step = (GoLive(), HOST)
_POLL: Step = (OpenPoll("哪个好?", ["红", "绿"]), HOST)
_COUNTDOWN: Step = (StartCountdown("距开奖", 600), HOST)
_QUEUED: tuple[Step, ...] = (
    _LIVE,
    (OpenGuestRequests(is_open=True), HOST),
    (RequestSeat(GuestMedia.VIDEO), ANNA),
)
_SEATED: tuple[Step, ...] = (*_QUEUED, (AcceptGuest("anna"), HOST))
_TESTING: tuple[Step, ...] = (*_SEATED, (StartDeviceTest(), ANNA))
_COUPON: Step = (ShowCoupon("coupon-1", 600), HOST)
_RUN: Step = (PlanSteps([NewStep(3, "开场"), NewStep(10, product_id=PRODUCT)]), HOST)
_FOLLOWERS = RoomRules(0, followers_only=True, links_off=False, is_chat_paused=False)

CASES: dict[type[Message], Case] = {
    GoLive: Case(GoLive(), before=((CheckIn(), ANNA), _POLL, (Vote(1, 0), ANNA))),
    PauseLive: Case(PauseLive(), before=(_LIVE,)),
    ResumeLive: Case(ResumeLive(), before=(_LIVE, (PauseLive(), HOST))),
    EndLive: Case(EndLive(), before=(_LIVE, (ShowCard(PRODUCT), HOST), _COUNTDOWN, _COUPON)),
    RecordPublisher: Case(RecordPublisher(is_publishing=True)),
    RecordConditions: Case(
        RecordConditions([StreamCondition.NO_VIDEO]), before=((RecordPublisher(is_publishing=True), HOST),)
    ),
    ShowCard: Case(ShowCard(PRODUCT), HELPER, before=((RequestProduct(PRODUCT), ANNA),)),
    HideCard: Case(HideCard(), before=((ShowCard(PRODUCT), HOST),)),
    EditProduct: Case(EditProduct(PRODUCT, 1, stock=7), HELPER, before=((ShowCard(PRODUCT), HOST),)),
    SendDanmu: Case(SendDanmu("你好"), ANNA),
    DeleteDanmu: Case(DeleteDanmu(1), before=spoken()),
    RestoreDanmu: Case(RestoreDanmu(1), before=spoken((DeleteDanmu(1), HOST))),
    MuteUser: Case(MuteUser("anna", 60, "ads"), HELPER, before=spoken()),
    UnmuteUser: Case(UnmuteUser("anna"), before=spoken((MuteUser("anna", 60), HOST))),
    BlockUser: Case(BlockUser("bert", "spam"), before=((SendDanmu("加我"), BERT),)),
    UnblockUser: Case(UnblockUser("bert"), before=((SendDanmu("加我"), BERT), (BlockUser("bert"), HOST))),
    SetRoomRules: Case(SetRoomRules(_FOLLOWERS)),
    SetBlockedWords: Case(SetBlockedWords(["微信"])),
    PinDanmu: Case(PinDanmu(1, 60), before=spoken()),
    UnpinDanmu: Case(UnpinDanmu(), before=spoken((PinDanmu(1, 60), HOST))),
    AnswerQuestion: Case(AnswerQuestion(1, "手洗"), before=spoken()),
    SendLikes: Case(SendLikes(10), ANNA),
    Follow: Case(Follow(), ANNA),
    Unfollow: Case(Unfollow(), ANNA, before=((Follow(), ANNA),)),
    CheckIn: Case(CheckIn(), ANNA),
    ReportPlayout: Case(ReportPlayout(400), ANNA),
    SetNickname: Case(SetNickname("小茶"), ANNA),
    RequestProduct: Case(RequestProduct(PRODUCT), ANNA),
    OpenPoll: Case(OpenPoll("?", ["a", "b"]), before=(_POLL, (Vote(1, 0), ANNA))),
    Vote: Case(Vote(1, 1), ANNA, before=(_POLL,)),
    ClosePoll: Case(ClosePoll(1), before=(_POLL, (Vote(1, 0), ANNA))),
    ReopenPoll: Case(ReopenPoll(1), before=(_POLL, (Vote(1, 0), ANNA), (ClosePoll(1), HOST))),
    StartCountdown: Case(StartCountdown("最后一轮", 60), HELPER, before=(_COUNTDOWN,)),
    StopCountdown: Case(StopCountdown(1), before=(_COUNTDOWN,)),
    ResumeCountdown: Case(ResumeCountdown(1), HELPER, before=(_COUNTDOWN, (StopCountdown(1), HOST))),
    ShowCoupon: Case(ShowCoupon("coupon-2", 60), HELPER, before=(_LIVE, _COUPON)),
    HideCoupon: Case(HideCoupon("coupon-1"), HELPER, before=(_LIVE, _COUPON)),
    ClaimCoupon: Case(ClaimCoupon("coupon-1", "key-0001"), ANNA, before=(_LIVE, _COUPON)),
    PlanSteps: Case(PlanSteps([NewStep(5, "抽奖")], 2), HELPER, before=(_RUN,)),
    ChangeStep: Case(ChangeStep(1, 4, "欢迎"), HELPER, before=(_RUN,)),
    MoveStep: Case(MoveStep(2, 1), HELPER, before=(_RUN,)),
    RemoveStep: Case(RemoveStep(2), HELPER, before=(_RUN, (StartStep(2), HOST))),
    StartStep: Case(StartStep(2), HELPER, before=(_RUN, (StartStep(1), HOST))),
    StopStep: Case(StopStep(2), HELPER, before=(_RUN, (StartStep(2), HOST))),
    PlanAsRun: Case(PlanAsRun(), HELPER, before=(_RUN, (StartStep(1), HOST), (StopStep(1), HOST))),
    SetRoomProfile: Case(
        SetRoomProfile(1, "青禾生活", "今晚包邮", "ab" * 20 + ".webp"),
        before=((SetNickname("青禾生活"), ANNA),),
    ),
    OpenGuestRequests: Case(OpenGuestRequests(is_open=True), HELPER),
    RequestSeat: Case(RequestSeat(GuestMedia.AUDIO), ANNA, before=_QUEUED[:2]),
    InviteGuest: Case(InviteGuest("anna"), HELPER, before=(_LIVE,), is_anna_there=True),
    AnswerInvitation: Case(
        AnswerInvitation(is_accepted=True),
        ANNA,
        before=(_LIVE, (InviteGuest("anna"), HOST)),
        is_anna_there=True,
    ),
    AcceptGuest: Case(AcceptGuest("anna"), HELPER, before=_QUEUED),
    StartDeviceTest: Case(StartDeviceTest(), ANNA, before=_SEATED),
    RecordGuestStream: Case(RecordGuestStream("anna", is_streaming=True), before=_TESTING),
    AskSeat: Case(AskSeat(), ANNA, before=_SEATED),
    TakeSeat: Case(TakeSeat(), ANNA, before=_TESTING),
    SetGuest: Case(SetGuest("anna", is_muted=True, is_hidden=False), HELPER, before=_TESTING),
    MoveGuest: Case(MoveGuest("anna", 3), HELPER, before=_TESTING),
    RemoveGuest: Case(RemoveGuest("anna", is_barred=True), HELPER, before=_TESTING),
    LeaveSeat: Case(LeaveSeat(), ANNA, before=_QUEUED),
    ClaimDemoCoins: Case(ClaimDemoCoins(), ANNA, before=(_LIVE,)),
    SendGift: Case(rose, ANNA, before=(_LIVE, (ClaimDemoCoins(), ANNA))),
    CoinsCame: Case(CoinsCame(0, "s", "anna", 30, "demo", 30, 1), before=(_LIVE,)),
    GiftPaid: Case(paid_rose, before=(_LIVE,)),
    InviteAssistant: Case(InviteAssistant(NEW_CODE, [AssistantRight.CHAT], 1, 24)),
    RedeemInvitation: Case(
        RedeemInvitation(NEW_CODE, "小李"),
        NEW_HELPER,
        before=((InviteAssistant(NEW_CODE, [AssistantRight.CHAT], 1, 24), HOST),),
    ),
    SetAssistantRights: Case(SetAssistantRights(1, [AssistantRight.PRODUCTS]), before=spoken()),
    RevokeAssistant: Case(
        RevokeAssistant(2), before=((InviteAssistant(NEW_CODE, [AssistantRight.CHAT], 1, 24), HOST),)
    ),
    RecordStreamKey: Case(RecordStreamKey("made", "OBS")),
    RecordStreamKeys: Case(RecordStreamKeys(["OBS"], ["OBS"])),
    RecordTakeOver: Case(RecordTakeOver("OBS", "")),
    ErasePerson: Case(
        ErasePerson("dora"),
        before=((SendDanmu("怎么洗?"), DORA), (PinDanmu(1, 60), HOST), (DeleteDanmu(1), HOST)),
    ),
    AskName: Case(AskName("小茶"), ANNA),
    TakeName: Case(TakeName("小茶"), ANNA, before=((SetNickname("小茶"), BERT),)),
}


def made(command: Made, snapshot: Snapshot) -> AnyCommand:
    """Return the command, in the room as it is."""
    return command(snapshot) if callable(command) else command
