"""The windows in the middle of a show: with products, messages, campaigns and what else panels list."""

from typing import Final

from PySide6.QtGui import QIcon

from backend.contract.audience import ProductRequest, RequestsChanged
from backend.contract.base import AssistantRight
from backend.contract.campaigns import Campaign, CampaignPhase, Template
from backend.contract.cards import Card
from backend.contract.chat import DanmuPinned, DanmuSent, Pinned
from backend.contract.insights import Activity, LiveStats, LiveStatsChanged
from backend.contract.polls import Poll, PollOpened, PollOption
from backend.contract.red_packets import RedPacketTerms
from backend.contract.runofshow import RunOfShow, RunStep
from studio.engine.messages.values import Device, Devices
from studio.project.project import SoundFilter, Strip
from studio.window.assistant_window import AssistantWindow
from studio.window.main_window import MainWindow
from studio.window.room_window import RoomWindow
from tests.widgets.campaigns.sample_face import campaign
from tests.widgets.people import NOON_MS, danmu
from tests.widgets.products import product
from tests.widgets.stage.sample_project import sample_project
from widgets.common.stage import Stage
from widgets.stage.mixer_strip import ShownStrip

MESSAGES: Final = 40
PRODUCTS: Final = [
    product(1, "西湖龙井明前特级绿茶礼盒装 250 克（含手提袋）"),
    product(2, "Velvet matte lipstick, number nine: maple leaf in autumn", stock=0),
    product(3, "Running shoes", stock=4),
    *(product(number, f"Osmanthus oolong no. {number}") for number in range(4, 13)),
]
LONG: Final = "这个颜色适合黄皮吗？ Does it come in a smaller size too, and how long does shipping take?"
CAMERA: Final = Device("c", "HD Pro Webcam C920 (046d:082d) 高清摄像头")
BEGAN_MS: Final = NOON_MS - 200_000
STEPS: Final = [
    RunStep(
        1,
        "开场问候 and what is new today, with a word on shipping",
        3,
        began_at_ms=BEGAN_MS,
        actual_ms=180_000,
    ),
    RunStep(2, "", 10, "p1", "Green tea", began_at_ms=NOON_MS),
    RunStep(3, "draw", 5),
]
STRIPS: Final = [
    ShownStrip(Strip("music", "music", -14.0, filters=(SoundFilter("gate"),)), "Demo music"),
    ShownStrip(Strip("second", "mic", is_muted=True), "USB microphone on the arm", "It was unplugged."),
    ShownStrip(Strip("film", "film", 12.0), "opening-film-of-the-spring-sale.mp4"),
]


def full_main_window() -> MainWindow:
    """The host's window while viewers watch."""
    made = MainWindow(QIcon())
    made.sources.show_offer(Devices(cameras=[CAMERA]))
    made.scenes.show_project(sample_project())
    made.mixer.strips.show_strips(STRIPS)
    _fill(made)
    made.live_bar.show_link("http://192.168.1.4:8000/r/main")
    made.live_bar.show_stage(Stage.LIVE)
    made.live_bar.show_progress(36_005, 12_284)
    return made


def full_assistant_window() -> AssistantWindow:
    """An assistant's window while viewers watch."""
    made = AssistantWindow(QIcon())
    _fill(made)
    made.show_rights(list(AssistantRight))
    return made


def _fill(window: RoomWindow) -> None:
    window.products.show_catalog(PRODUCTS)
    window.products.show_card(Card(PRODUCTS[0], NOON_MS))
    window.run.show_catalog(PRODUCTS)
    window.run.show_run(RunOfShow(STEPS, 2))
    window.audience.show_catalog(PRODUCTS)
    window.campaigns.show_products(PRODUCTS, "CNY")
    window.campaigns.show_campaigns(campaigns())
    window.campaigns.show_templates(
        [Template("t", "整点抽奖：一盒明前龙井 and a cup", RedPacketTerms(10, 5000))]
    )
    said = [danmu(number, LONG if number % 3 else "") for number in range(1, MESSAGES + 1)]
    events = (
        DanmuSent(said, MESSAGES),
        DanmuPinned(Pinned(danmu(7, LONG), NOON_MS + 600_000)),
        RequestsChanged([ProductRequest("p1", 12)]),
        PollOpened(
            Poll(1, LONG, [PollOption("Longjing", 4), PollOption("Oolong 乌龙", 6)], NOON_MS, is_closed=False)
        ),
        LiveStatsChanged(_stats()),
    )
    for event in events:
        window.chat.apply(event)
        window.audience.apply(event)
        window.numbers.apply(event)
    window.chat.list.flush()
    for panel in (window.products, window.run, window.campaigns, window.chat, window.audience):
        panel.show_time(NOON_MS + 61_000)


def campaigns() -> list[Campaign]:
    """One that runs, and one of each end."""
    return [
        campaign("c-1", title="晚间红包 for everybody who is still awake"),
        campaign("c-2", CampaignPhase.PREHEAT),
        campaign("c-3", CampaignPhase.ENDED, title="开播红包"),
    ]


def _stats() -> LiveStats:
    total = Activity(12_000, 34_000, 100_000, 932, 400, 150_000, orders=326, gmv_minor=4_826_000)
    return LiveStats(NOON_MS, 12_284, 20_000, 900, total, total, currency="CNY")
