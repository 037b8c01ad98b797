"""The sampled events that say what a snapshot says: for clients that may have missed the last of them."""

from backend.contract.audience import CheckInsChanged, FollowersChanged, LikesChanged, RequestsChanged
from backend.contract.chat import DanmuSent
from backend.contract.gifts import RankingChanged
from backend.contract.live import PresenceChanged
from backend.contract.polls import PollChanged
from backend.contract.protocol import Sampled, SampledEvent, Snapshot
from backend.contract.shop_events import StockChanged


def totals_of(snapshot: Snapshot) -> Sampled:
    """Return the message that brings a client's totals up to a snapshot."""
    events: list[SampledEvent] = [
        PresenceChanged(snapshot.presence),
        DanmuSent([], snapshot.danmu_total),
        LikesChanged(snapshot.likes, 0),
        FollowersChanged(snapshot.followers),
        CheckInsChanged(snapshot.check_ins),
        RequestsChanged(snapshot.requests),
        RankingChanged(snapshot.ranking),
    ]
    if snapshot.poll is not None and not snapshot.poll.is_closed:
        events.append(PollChanged(snapshot.poll))
    if snapshot.stock:
        events.append(StockChanged(snapshot.stock))
    return Sampled(events)
