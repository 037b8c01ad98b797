"""The windows and dialogs that walks over all widgets open."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from backend.contract.base import AssistantRight
from backend.contract.campaigns import CampaignPhase, CampaignReport, RequestCount
from backend.contract.profile import RoomProfile
from backend.contract.shop import Conflict, EditProduct
from studio.engine.messages.restreaming import RestreamChanged, RestreamState
from studio.engine.messages.values import Devices
from studio.window.assistant_window import AssistantWindow
from studio.window.main_window import MainWindow
from tests.widgets.campaigns.sample_face import campaign
from tests.widgets.cases import case
from tests.widgets.entries import entry
from tests.widgets.full_windows import full_assistant_window, full_main_window
from tests.widgets.orders import paid, shipped
from tests.widgets.people import ASSISTANT, NOON_MS, danmu
from tests.widgets.products import SHELF
from tests.widgets.record.recordings import recording
from tests.widgets.shop.books.entries import ITEM
from tests.widgets.staff_products import TEA
from widgets.audience.poll_dialog import PollDialog
from widgets.campaigns.campaign_dialog import CampaignDialog
from widgets.campaigns.coupons.coupons_dialog import CouponsDialog
from widgets.campaigns.coupons.new_coupon_dialog import NewCouponDialog
from widgets.campaigns.kind_face import KindFace
from widgets.campaigns.kind_faces import FACES
from widgets.campaigns.report_dialog import ReportDialog
from widgets.campaigns.stop_dialog import StopDialog
from widgets.chat.blocked_words_dialog import BlockedWordsDialog
from widgets.chat.moderation_actions import DanmuAction
from widgets.chat.moderation_dialog import ModerationDialog
from widgets.common.name_dialog import NameDialog
from widgets.countdown.countdown_dialog import CountdownDialog
from widgets.live.stream_key_dialog import MadeKey, StreamKeyDialog
from widgets.live.stream_keys_dialog import StreamKeysDialog
from widgets.profile.profile_dialog import ProfileDialog
from widgets.programs.api_tokens_dialog import ApiTokensDialog
from widgets.programs.new_token_dialog import NewTokenDialog
from widgets.programs.new_webhook_dialog import NewWebhookDialog
from widgets.programs.webhooks_dialog import WebhooksDialog
from widgets.record.part_dialog import PartDialog
from widgets.record.recordings_dialog import RecordingsDialog
from widgets.restream.target import Target
from widgets.restream.target_dialog import TargetDialog
from widgets.restream.targets_dialog import TargetsDialog
from widgets.runofshow.step_dialog import StepDialog
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import SettingsValues
from widgets.shop.books.books_dialog import BooksDialog
from widgets.shop.books.settle_dialog import SettleDialog
from widgets.shop.case_dialogs import (
    ApproveDialog,
    DeclineDialog,
    ReceiveDialog,
    RefundCaseDialog,
    ReplaceDialog,
)
from widgets.shop.conflict_dialog import ConflictDialog
from widgets.shop.conflicts import Difference
from widgets.shop.file_dialogs import ExportDialog
from widgets.shop.import_dialog import ImportDialog
from widgets.shop.import_file import ImportFile
from widgets.shop.labels_dialog import LabelsDialog
from widgets.shop.orders_window import OrdersWindow
from widgets.shop.prices_dialog import PricesDialog
from widgets.shop.product_dialog import ProductDialog
from widgets.shop.product_form import EditProductForm, NewProductForm
from widgets.shop.products_window import ProductsWindow
from widgets.shop.reason_dialogs import CancelDialog, PaidDialog
from widgets.shop.refund_dialog import RefundDialog
from widgets.shop.ship_dialog import ShipDialog
from widgets.shop.stock_dialog import StockDialog
from widgets.staff.assistants_dialog import AssistantsDialog
from widgets.staff.audit_dialog import AuditDialog
from widgets.staff.code_dialog import CodeDialog, MadeCode
from widgets.staff.invite_dialog import InviteDialog
from widgets.staff.join_dialog import JoinDialog
from widgets.staff.revoke_dialog import RevokeDialog
from widgets.staff.rights_dialog import RightsDialog

WINDOWS: dict[str, Callable[[QWidget], QWidget]] = {
    "main": lambda _parent: MainWindow(QIcon()),
    "assistant": lambda _parent: AssistantWindow(QIcon()),
    "orders": lambda _parent: OrdersWindow(QIcon()),
    "products": lambda _parent: ProductsWindow(QIcon()),
    "settings": lambda parent: SettingsDialog(SettingsValues(), Devices(), parent),
    "books": BooksDialog,
    "poll": PollDialog,
    "countdown": CountdownDialog,
    "step": lambda parent: StepDialog(parent, SHELF, None, 0),
    "product": lambda parent: ProductDialog(parent, SHELF[0], list(AssistantRight)),
    "stock": lambda parent: StockDialog(parent, entry(1), 0),
    "prices": lambda parent: PricesDialog(parent, [entry(1)]),
}

SHIPPED = shipped(1)
MADE = MadeCode("7KQ2M-04XRT", "http://192.168.1.20:8787/r/main#assist=7KQ2M-04XRT", "1 day", is_local=True)
KEY = MadeKey("OBS", "lsk-secret", "http://192.168.1.20:8787/whip/main", is_local=True)
OVER = campaign(phase=CampaignPhase.ENDED)
REPORT = CampaignReport(OVER, 5, [RequestCount("accepted", 3)], [], 3, 30, 0)
ALL = frozenset(AssistantRight)


def full_recordings(parent: QWidget) -> QWidget:
    """Two recordings, of which one grows."""
    made = RecordingsDialog(parent, Path("/home/li/Videos/Livestall"))
    made.show_paths(["/v/a.mp4", "/v/b.mp4"])
    made.show_recording(recording("/v/a.mp4", is_growing=True))
    made.show_recording(recording("/v/b.mp4", seconds=0.0))
    return made


def full_platforms(parent: QWidget) -> QWidget:
    """Two platforms, of which one does not answer."""
    made = TargetsDialog(parent)
    made.show_targets((Target("t1", "B站", "rtmp://a/b"), Target("t2", "YouTube", "rtmp://c/d")))
    made.show_state(RestreamChanged("t1", RestreamState.RECONNECTING, "silent"))
    return made


def _campaign_dialog(face: KindFace) -> Callable[[QWidget], QWidget]:
    return lambda parent: CampaignDialog(parent, face, SHELF)


# Qt deletes them with their parents: whoever makes one keeps its parent.
DIALOGS: dict[str, Callable[[QWidget], QWidget]] = {
    "full main": lambda _parent: full_main_window(),
    "full assistant": lambda _parent: full_assistant_window(),
    "room": lambda parent: ProfileDialog(parent, RoomProfile()),
    "recordings": full_recordings,
    "part": lambda parent: PartDialog(parent, recording()),
    "platforms": full_platforms,
    "platform": lambda parent: TargetDialog(parent, Target("t1", "", "")),
    "stream keys": StreamKeysDialog,
    "stream key": lambda parent: StreamKeyDialog(parent, KEY),
    "api tokens": ApiTokensDialog,
    "new token": NewTokenDialog,
    "webhooks": WebhooksDialog,
    "new webhook": NewWebhookDialog,
    "assistants": AssistantsDialog,
    "invite": InviteDialog,
    "code": lambda parent: CodeDialog(parent, MADE),
    "rights": lambda parent: RightsDialog(parent, "Wang", list(AssistantRight)),
    "revoke": lambda parent: RevokeDialog(parent, 1, "Wang"),
    "join": JoinDialog,
    "audit": AuditDialog,
    "blocked words": lambda parent: BlockedWordsDialog(parent, ["spam"], 1),
    "moderation": lambda parent: ModerationDialog(parent, danmu(1), [(DanmuAction.DELETE, "Delete")]),
    "name": lambda parent: NameDialog(parent, "Save as a preset", "Save"),
    "new product": lambda parent: NewProductForm(parent, "CNY", ALL),
    "edit product": lambda parent: EditProductForm(parent, TEA, "CNY", ALL, {}),
    "conflict": lambda parent: ConflictDialog(
        parent,
        EditProduct("p1", 1, price_minor=7700),
        Conflict(ASSISTANT, NOON_MS, 4, product=SHELF[0]),
        [Difference("Price", "¥77", "¥129")],
    ),
    "import": lambda parent: ImportDialog(parent, ImportFile("autumn.csv", b"title,price", "k")),
    "labels": lambda parent: LabelsDialog(parent, [entry(1)]),
    "ship": lambda parent: ShipDialog(parent, paid(1)),
    "refund": lambda parent: RefundDialog(parent, paid(1)),
    "cancel": lambda parent: CancelDialog(parent, paid(1)),
    "paid": lambda parent: PaidDialog(parent, paid(1)),
    "export": lambda parent: ExportDialog(parent, 3),
    "settle": lambda parent: SettleDialog(parent, ITEM),
    "approve": lambda parent: ApproveDialog(parent, case(), SHIPPED),
    "decline": lambda parent: DeclineDialog(parent, case(), SHIPPED),
    "receive": lambda parent: ReceiveDialog(parent, case(), SHIPPED),
    "refund case": lambda parent: RefundCaseDialog(parent, case(), SHIPPED),
    "replace": lambda parent: ReplaceDialog(parent, case(), SHIPPED),
    "coupons": CouponsDialog,
    "new coupon": lambda parent: NewCouponDialog(parent, "CNY", []),
    "stop campaign": lambda parent: StopDialog(parent, "Evening draw", needs_reason=True),
    "report": lambda parent: ReportDialog(parent, FACES[1], REPORT, "CNY"),
    **{f"new {face.kind.value}": _campaign_dialog(face) for face in FACES},
}
