"""The kind flash sale in the studio."""

from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.contract.campaigns import CampaignDetail, CampaignKind, CampaignTerms
from backend.contract.flash_sale import FlashSaleShown, FlashSaleTerms
from widgets.campaigns.flash_sale.flash_sale_form import FlashSaleForm
from widgets.campaigns.kind_face import CampaignForm, KindFace, Progress


class FlashSaleFace(KindFace):
    """Some units for less, for some minutes."""

    kind: ClassVar = CampaignKind.FLASH_SALE
    icon_name: ClassVar = "fa5s.bolt"

    @override
    def name(self) -> str:
        return QCoreApplication.translate("FlashSale", "Flash sale")

    @override
    def hint(self) -> str:
        return QCoreApplication.translate("FlashSale", "Few units for less, one start for all")

    @override
    def make_form(self) -> CampaignForm:
        return FlashSaleForm()

    @override
    def progress(self, detail: CampaignDetail) -> Progress:
        if not isinstance(detail, FlashSaleShown):
            return Progress(0, 0, "")
        quota = sum(offer.quota for offer in detail.offers)
        taken = detail.sold + detail.reserved
        text = QCoreApplication.translate(
            "FlashSale", "{taken} of {quota} taken · {sold} paid, {reserved} unpaid"
        )
        return Progress(
            taken, quota, text.format(taken=taken, quota=quota, sold=detail.sold, reserved=detail.reserved)
        )

    @override
    def describe(self, terms: CampaignTerms) -> str:
        if not isinstance(terms, FlashSaleTerms):
            return ""
        units = sum(one.quota for one in terms.prices)
        text = QCoreApplication.translate("FlashSale", "{units} units, {seconds} s")
        return text.format(units=units, seconds=terms.duration_s)
