"""The red packet's words in the studio."""

from backend.contract.red_packets import RedPacketShown, RedPacketTerms
from widgets.campaigns.kind_face import Progress
from widgets.campaigns.red_packet.packet_face import PacketFace


def test_the_progress_of_a_packet_is_what_was_claimed() -> None:
    shown = RedPacketShown(shares=5, coins=50, coupon_id="", left=2)
    assert PacketFace().progress(shown) == Progress(3, 5, "3 of 5 claimed")


def test_a_packet_without_a_title_is_described_by_what_it_gives() -> None:
    assert PacketFace().describe(RedPacketTerms(5, 50)) == "50 coins for 5"
    assert PacketFace().describe(RedPacketTerms(5, coupon_id="c")) == "5 coupons"
