"""Who is named in a campaign: the shop knows them by their ids, the room by their names."""

from backend.contract.auctions import AuctionShown
from backend.contract.campaigns import CampaignDetail
from backend.contract.draws import DrawShown
from backend.contract.red_packets import RedPacketShown
from backend.contract.wheels import WheelShown


def named_in(detail: CampaignDetail) -> list[str]:
    """Return the ids of people whose names everybody sees."""
    match detail:
        case RedPacketShown(best=best):
            return [one.user_id for one in best]
        case DrawShown(winners=winners):
            return [one.user_id for one in winners]
        case WheelShown(winners=winners):
            return list(dict.fromkeys(one.user_id for one in winners))
        case AuctionShown(leader_id=leader_id, winner_id=winner_id, log=log):
            bidders = [user_id for bid in log for user_id in (bid.user_id, bid.leader_id)]
            return [user_id for user_id in dict.fromkeys([leader_id, winner_id, *bidders]) if user_id]
        case _:
            return []
