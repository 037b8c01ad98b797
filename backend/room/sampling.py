"""What many do at once, made fit for a screen: totals add up, danmu are sampled, the true counts stay."""

from typing import Final

from backend.contract.audience import JoinsShown, LikesChanged
from backend.contract.base import Author
from backend.contract.chat import Danmu, DanmuDeleted, DanmuSent
from backend.contract.protocol import ChatSampledEvent, ReliableEvent
from backend.contract.shop_events import ProductStock, StockChanged

DANMU_A_TICK: Final = 5
JOINS_A_TICK: Final = 1


class Sampler:
    """Gathers the crowd's events between two ticks of `SampledFeed` and hands over a few.

    At ten ticks a second a room shows up to 50 danmu a second, more than anybody can read. Of more, those
    spread evenly over the tick are shown, so the newest is always among them.
    """

    def __init__(self) -> None:
        self._danmu: list[Danmu] = []
        self._danmu_total: int | None = None
        self._likes: LikesChanged | None = None
        self._joined: list[Author] = []
        self._stock: dict[str, ProductStock] = {}
        self._latest: dict[type, ChatSampledEvent] = {}

    def offer(self, event: ChatSampledEvent) -> None:
        """Add an event; of totals and rankings the latest is enough."""
        match event:
            case DanmuSent(danmu=danmu, total=total):
                self._danmu += danmu
                self._danmu_total = total
            case LikesChanged(total=total, recent=recent):
                before = self._likes.recent if self._likes else 0
                self._likes = LikesChanged(total, before + recent)
            case JoinsShown(authors=authors):
                self._joined = [*self._joined, *authors][-JOINS_A_TICK:]
            case StockChanged(products=products):
                self._stock |= {product.spu_id: product for product in products}
            case _:
                self._latest[type(event)] = event

    def retract(self, event: ReliableEvent) -> None:
        """Show no more what an event takes away before its tick."""
        if isinstance(event, DanmuDeleted):
            self._danmu = [danmu for danmu in self._danmu if danmu.danmu_id not in event.danmu_ids]

    def take(self) -> list[ChatSampledEvent]:
        """Hand over what is to be delivered now; see `backend.room.feed.Source`."""
        events: list[ChatSampledEvent] = []
        if self._danmu_total is not None:
            events.append(DanmuSent(_spread(self._danmu), self._danmu_total))
        if self._likes:
            events.append(self._likes)
        if self._joined:
            events.append(JoinsShown(self._joined))
        if self._stock:
            events.append(StockChanged(list(self._stock.values())))
        events += self._latest.values()
        self._danmu, self._danmu_total, self._likes = [], None, None
        self._joined, self._stock, self._latest = [], {}, {}
        return events


def _spread(danmu: list[Danmu]) -> list[Danmu]:
    if len(danmu) <= DANMU_A_TICK:
        return danmu
    return [danmu[len(danmu) * place // DANMU_A_TICK - 1] for place in range(1, DANMU_A_TICK + 1)]
