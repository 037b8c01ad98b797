"""The draw as a kind of campaign in the studio."""

from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from typing_extensions import override

from backend.contract.campaigns import CampaignDetail, CampaignKind, CampaignTerms
from backend.contract.draws import DrawShown, DrawTerms
from widgets.campaigns.draw.draw_form import DrawForm
from widgets.campaigns.kind_face import CampaignForm, KindFace, Progress


class DrawFace(KindFace):
    """Who takes part may win; everybody can check who did."""

    kind: ClassVar = CampaignKind.DRAW
    icon_name: ClassVar = "fa5s.dice"
    needs_reason: ClassVar = True
    is_closable: ClassVar = True
    has_countdown: ClassVar = False

    @override
    def name(self) -> str:
        return QCoreApplication.translate("DrawFace", "Draw")

    @override
    def hint(self) -> str:
        return QCoreApplication.translate("DrawFace", "Equal odds, and anybody can check them")

    @override
    def make_form(self) -> CampaignForm:
        return DrawForm()

    @override
    def progress(self, detail: CampaignDetail) -> Progress:
        if not isinstance(detail, DrawShown):
            return Progress(0, 0, "")
        translate = QCoreApplication.translate
        if detail.winners:
            won = translate("DrawFace", "{n} won of {entries}")
            text = won.format(n=len(detail.winners), entries=detail.entries)
            return Progress(0, 0, _with_goods(text, detail))
        if detail.root:
            numbers = translate("DrawFace", "{proven} of {entries} random numbers are in")
            text = numbers.format(proven=detail.proven, entries=detail.entries)
            return Progress(detail.proven, detail.entries, text)
        entries = translate("DrawFace", "{n} taking part · sealed as {seal}")
        seal = f"{detail.commitment[:4]}…{detail.commitment[-4:]}"
        return Progress(0, 0, _with_goods(entries.format(n=detail.entries, seal=seal), detail))

    @override
    def describe(self, terms: CampaignTerms) -> str:
        if not isinstance(terms, DrawTerms):
            return ""
        return f"{terms.prize} × {terms.winners}"


def _with_goods(text: str, detail: DrawShown) -> str:
    """Name the product that is won, where there is one."""
    return text if detail.goods is None else f"{detail.goods.title} × {detail.terms.winners} · {text}"
