import pytest

from backend.relay.answer import Format, choose
from backend.relay.messages import PeerRole
from backend.relay.sdp import parse_offer
from backend.relay.simulcast import MAX_LAYERS, SimulcastOffer
from tests.backend.relay.running import running_relay
from tests.support.layered_stream import SIMULCAST_LINES, layered_offer

RID = "4 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"


def told(*attributes: str) -> SimulcastOffer:
    offer = SimulcastOffer()
    for attribute in attributes:
        offer.apply(*attribute.split(":", 1))
    return offer


def test_the_layers_stand_in_the_order_of_the_offer() -> None:
    offer = told(f"extmap:{RID}", "rid:a send", "rid:b send", "simulcast:send b;a")
    assert offer.layers(96) == ("b", "a")
    assert offer.answer_lines(("b", "a")) == [
        "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
        "a=rid:b recv",
        "a=rid:a recv",
        "a=simulcast:recv b;a",
    ]


def test_of_alternatives_the_first_counts_and_a_paused_one_is_taken() -> None:
    offer = told(f"extmap:{RID}", "rid:a send", "rid:b send", "rid:c send", "simulcast:recv x send ~a,b;c")
    assert offer.layers(96) == ("a", "c")


def test_a_layer_bound_to_another_format_is_not_taken() -> None:
    offer = told(
        f"extmap:{RID}", "rid:a send pt=96", "rid:b send pt=97,98;max-width=640", "simulcast:send a;b"
    )
    assert offer.layers(97) == ("b",)


def test_more_layers_than_anybody_needs_are_left_out() -> None:
    rids = [f"r{number}" for number in range(40)]
    offer = told(f"extmap:{RID}", *(f"rid:{rid} send" for rid in rids), f"simulcast:send {';'.join(rids)}")
    assert offer.layers(96) == tuple(rids[:MAX_LAYERS])


@pytest.mark.parametrize(
    "attributes",
    [
        ("rid:a send", "simulcast:send a"),
        (f"extmap:{RID}", "simulcast:send a"),
        (f"extmap:{RID}", "rid:a send"),
        (f"extmap:{RID}", "rid:a send", "simulcast:send a"),
        (f"extmap:{RID}", "rid:a recv", "simulcast:send a"),
        (f"extmap:{RID}", "rid:a! send", "simulcast:send a!"),
        (f"extmap:{RID}", "rid:a send", "simulcast:send"),
        ("extmap:999 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", "rid:a send", "simulcast:send a"),
        ("extmap:", "rid:", "simulcast:", "ssrc-group:FID 1", "ssrc-group:FID x y"),
    ],
)
def test_what_is_not_whole_is_one_stream(attributes: tuple[str, ...]) -> None:
    offer = told(*attributes)
    assert offer.layers(96) == ()
    assert offer.resend_ssrcs == {}


async def test_the_answer_takes_the_layers_of_a_publisher() -> None:
    async with running_relay() as relay:
        text = layered_offer(relay.client())
        answer = relay.accepted(PeerRole.PUBLISHER, text).sdp.split("\r\n")
        assert [line.replace(" send", " recv").replace(":send", ":recv") for line in SIMULCAST_LINES] == [
            line for line in answer if line.startswith(("a=extmap", "a=rid", "a=simulcast"))
        ]
        video, _ = choose(parse_offer(text), PeerRole.PUBLISHER)
        assert video.format() == Format(108, 109, ("h", "m", "l"), (4, 5))


async def test_a_viewers_offer_has_no_layers() -> None:
    async with running_relay() as relay:
        text = layered_offer(relay.client()).replace("a=sendonly", "a=sendrecv")
        video, _ = choose(parse_offer(text), PeerRole.SUBSCRIBER)
        assert video.format() == Format(108, 109)
