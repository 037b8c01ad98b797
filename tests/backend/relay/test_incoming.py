import random

from backend.relay.answer import Format
from backend.relay.incoming import LEARN_S, Incoming
from backend.relay.picture_size import PictureSize
from backend.relay.rtp import RtpPacket
from backend.relay.track import Track
from tests.support.layered_stream import parameters


def incoming(rid: str) -> Incoming:
    return Incoming(Track("video", random.Random(1)), Format(96, 97, (rid,) if rid else ()), rid)


def packet(payload: bytes) -> RtpPacket:
    return RtpPacket(0, 96, 1, 1, 1, payload)


def test_a_layer_learns_its_size_and_not_oftener_than_an_encoder_says_it() -> None:
    layer = incoming("h")
    layer.learn(packet(parameters(640, 360)), 10.0)
    layer.learn(packet(parameters(180, 320)), 10.0 + LEARN_S / 2)
    assert layer.size == PictureSize(640, 360)
    layer.learn(packet(b"\x65" + bytes(9)), 10.0 + 2 * LEARN_S)
    layer.learn(packet(parameters(180, 320)), 10.0 + 2 * LEARN_S)
    assert layer.size == PictureSize(180, 320)


def test_of_a_stream_without_layers_nothing_is_read() -> None:
    stream = incoming("")
    stream.learn(packet(parameters(640, 360)), 10.0)
    assert stream.size is None


def test_a_layer_that_gives_no_keyframe_is_asked_ever_more_rarely() -> None:
    layer, asked = incoming("h"), []
    for tenth in range(600):
        if layer.may_be_asked(tenth / 10):
            layer.on_asked(tenth / 10)
            asked.append(tenth / 10)
    assert asked == [0.0, 1.0, 3.0, 7.0, 15.0, 31.0, 47.0]
    layer.on_answered()
    assert layer.may_be_asked(60.0)
