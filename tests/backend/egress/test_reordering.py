from backend.egress.reordering import MOST_WAITING, Reordering
from backend.relay.rtp import RtpPacket

WAIT_S = 0.25


def packet(number: int) -> RtpPacket:
    return RtpPacket(0, 102, number & 0xFFFF, 0, 1, b"")


def numbers(due: list[RtpPacket | None]) -> list[int | None]:
    return [one.sequence_number if one else None for one in due]


def test_packets_in_order_are_due_at_once_across_the_wrap() -> None:
    order = Reordering(WAIT_S)
    due = [numbers(order.put(packet(number), 0.0)) for number in (65_534, 65_535, 65_536, 65_537)]
    assert due == [[65_534], [65_535], [0], [1]]


def test_a_packet_that_comes_late_takes_its_place_and_a_second_copy_is_left_out() -> None:
    order = Reordering(WAIT_S)
    assert numbers(order.put(packet(1), 0.0)) == [1]
    assert numbers(order.put(packet(3), 0.01)) == []
    assert numbers(order.put(packet(4), 0.02)) == []
    assert numbers(order.put(packet(2), 0.2)) == [2, 3, 4]
    assert numbers(order.put(packet(3), 0.21)) == []


def test_what_is_missing_too_long_is_told_as_a_gap() -> None:
    order = Reordering(WAIT_S)
    order.put(packet(1), 0.0)
    assert numbers(order.put(packet(3), 0.1)) == []
    assert numbers(order.put(packet(5), 0.36)) == [None, 3]
    assert numbers(order.put(packet(4), 0.4)) == [4, 5]


def test_a_long_burst_does_not_wait_for_time() -> None:
    order = Reordering(WAIT_S)
    order.put(packet(0), 0.0)
    due = [order.put(packet(number), 0.0) for number in range(2, MOST_WAITING + 3)]
    assert due[-2] == []
    assert due[-1][0] is None
    assert len(due[-1]) == MOST_WAITING + 2
