"""The red packet as a kind of campaign in the studio."""

from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.contract.campaigns import CampaignDetail, CampaignKind, CampaignTerms
from backend.contract.red_packets import RedPacketShown, RedPacketTerms
from widgets.campaigns.kind_face import CampaignForm, KindFace, Progress
from widgets.campaigns.red_packet.packet_form import PacketForm


class PacketFace(KindFace):
    """Coins or coupons for the first who tap, shared out by chance beforehand."""

    kind: ClassVar = CampaignKind.RED_PACKET
    icon_name: ClassVar = "fa5s.envelope"

    @override
    def name(self) -> str:
        return QCoreApplication.translate("PacketFace", "Red packet")

    @override
    def hint(self) -> str:
        return QCoreApplication.translate("PacketFace", "Shuffled beforehand, the odds are equal")

    @override
    def make_form(self) -> CampaignForm:
        return PacketForm()

    @override
    def progress(self, detail: CampaignDetail) -> Progress:
        if not isinstance(detail, RedPacketShown):
            return Progress(0, 0, "")
        claimed = detail.shares - detail.left
        text = QCoreApplication.translate("PacketFace", "{claimed} of {shares} claimed")
        return Progress(claimed, detail.shares, text.format(claimed=claimed, shares=detail.shares))

    @override
    def describe(self, terms: CampaignTerms) -> str:
        if not isinstance(terms, RedPacketTerms):
            return ""
        if terms.coupon_id:
            return QCoreApplication.translate("PacketFace", "{n} coupons").format(n=terms.shares)
        text = QCoreApplication.translate("PacketFace", "{coins} coins for {shares}")
        return text.format(coins=terms.coins, shares=terms.shares)
