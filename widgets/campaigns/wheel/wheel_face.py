"""The face of the spin wheel in the studio."""

from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.contract.campaigns import CampaignDetail, CampaignKind, CampaignTerms
from backend.contract.wheels import WheelShown, WheelTerms
from widgets.campaigns.kind_face import CampaignForm, KindFace, Progress
from widgets.campaigns.wheel.wheel_form import WheelForm


class WheelFace(KindFace):
    """Prizes with a stock; each spin takes the next slot of an order that is sealed beforehand."""

    kind: ClassVar = CampaignKind.WHEEL
    icon_name: ClassVar = "fa5s.dharmachakra"

    @override
    def name(self) -> str:
        return QCoreApplication.translate("WheelFace", "Spin wheel")

    @override
    def hint(self) -> str:
        return QCoreApplication.translate("WheelFace", "Prizes with a stock, a few spins each")

    @override
    def make_form(self) -> CampaignForm:
        return WheelForm()

    @override
    def progress(self, detail: CampaignDetail) -> Progress:
        if not isinstance(detail, WheelShown):
            return Progress(0, 0, "")
        prizes = sum(prize.stock for prize in detail.prizes)
        slots, left = prizes + detail.blanks, sum(detail.prizes_left)
        text = QCoreApplication.translate("WheelFace", "{spun} of {slots} spun · {left} prizes left")
        spun = slots - detail.left
        return Progress(spun, slots, text.format(spun=spun, slots=slots, left=left))

    @override
    def describe(self, terms: CampaignTerms) -> str:
        if not isinstance(terms, WheelTerms):
            return ""
        return " · ".join(f"{prize.name} ×{prize.stock}" for prize in terms.prizes)
