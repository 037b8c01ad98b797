"""The face of a kind of campaign in the studio: its words, its form, and how far one of it is."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal

from backend.contract.campaigns import Campaign, CampaignDetail, CampaignKind, CampaignPhase, CampaignTerms
from backend.contract.catalog import ShopProducts
from backend.contract.coupons import Coupon
from backend.contract.sale_settings import SaleSettings
from backend.contract.shop import Product
from widgets.campaigns.campaign_words import phase_name
from widgets.common.retranslate import Retranslated


@dataclass(frozen=True)
class Progress:
    """How far a campaign is.

    Attributes:
        done: of `total`; both 0 where nothing can be counted.
        text: in words, such as "37 of 50 sold".
        acts: what viewers did last, in words, the last first; empty where the kind shows none.
    """

    done: int
    total: int
    text: str
    acts: tuple[str, ...] = ()


class CampaignForm(Retranslated):
    """What staff choose of a kind, within its declared limits.

    Attributes:
        changed: emitted when what is chosen changes.
    """

    changed = Signal()

    def terms(self) -> CampaignTerms | str:
        """Return what is chosen, or what is wrong with it and helps."""
        raise NotImplementedError

    def show_terms(self, terms: CampaignTerms) -> None:
        """Show what was chosen once."""
        raise NotImplementedError

    def is_offered(self) -> bool:
        """Return whether the shop lets campaigns of the kind be started at all."""
        return True

    def show_products(self, products: Sequence[Product]) -> None:
        """Offer these products of the room."""

    def show_coupons(self, coupons: Sequence[Coupon], currency: str) -> None:
        """Offer these coupons of the shop, where the kind gives some away."""

    def show_goods(self, goods: ShopProducts) -> None:
        """Offer these units of the room's products."""

    def show_rules(self, settings: SaleSettings) -> None:
        """Follow how the shop sells."""

    def choose_product(self, product_id: str) -> None:
        """Choose one of the products that are offered."""

    def take_price(self, price: str) -> bool:
        """Put a price in that the shop allows; False where there is none in this form."""
        return False

    def summary(self) -> str:
        """Say in one or two sentences what will happen; empty where nothing can be said yet."""
        return ""


class KindFace(ABC):
    """One kind of campaign.

    Attributes:
        kind: as the contract names it.
        icon_name: of the icon font.
        needs_reason: whether one is stopped with a reason alone.
        is_closable: whether its result can be brought forward.
        has_countdown: whether it is announced first, and opens later.
    """

    kind: ClassVar[CampaignKind]
    icon_name: ClassVar[str]
    needs_reason: ClassVar[bool] = False
    is_closable: ClassVar[bool] = False
    has_countdown: ClassVar[bool] = True

    @abstractmethod
    def name(self) -> str:
        """Return what the kind is called."""

    @abstractmethod
    def hint(self) -> str:
        """Return in a few words what it does."""

    def phase_name(self, phase: CampaignPhase) -> str:
        """Return where one of the kind is."""
        return phase_name(phase)

    @abstractmethod
    def make_form(self) -> CampaignForm:
        """Make a form with usual values."""

    @abstractmethod
    def progress(self, detail: CampaignDetail) -> Progress:
        """Return how far a campaign of the kind is."""

    def progress_of(self, campaign: Campaign) -> Progress:
        """Return how far a campaign is, with the names of whom it shows."""
        return self.progress(campaign.detail)

    @abstractmethod
    def describe(self, terms: CampaignTerms) -> str:
        """Return what was chosen in one line, for a template without a title."""
