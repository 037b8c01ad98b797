import pytest
from aiortc import RTCConfiguration, RTCPeerConnection
from hypothesis import given
from hypothesis import strategies as st

from backend.relay.answer import Local, choose, write_answer
from backend.relay.dtls import Fingerprint
from backend.relay.messages import PeerRole
from backend.relay.sdp import parse_offer
from studio.engine.publish.layers import RIDS
from studio.engine.publish.peer import audio_codecs, refined, video_codecs
from studio.engine.publish.simulcast import (
    REPAIRED_RID_URI,
    RID_URI,
    AcceptedLayers,
    NoExtensionIdError,
    accepted_layers,
    offer_layers,
)

ANSWER = [
    "v=0",
    "m=audio 9 UDP/TLS/RTP/SAVPF 96",
    "a=mid:1",
    "m=video 9 UDP/TLS/RTP/SAVPF 101",
    "a=mid:0",
    f"a=extmap:4 {RID_URI}",
    f"a=extmap:5 {REPAIRED_RID_URI}",
    "a=rid:h recv",
    "a=rid:m recv",
    "a=rid:l recv",
    "a=simulcast:recv h;m;l",
]


def answer(*without: str, add: str = "") -> str:
    lines = [line for line in ANSWER if not any(each in line for each in without)]
    return "\r\n".join([*lines, add]) + "\r\n"


async def plain_offer() -> str:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connection.addTransceiver("video", direction="sendonly").setCodecPreferences(video_codecs())
    connection.addTransceiver("audio", direction="sendonly").setCodecPreferences(audio_codecs())
    await connection.setLocalDescription(await connection.createOffer())
    await connection.close()
    return refined(connection.localDescription.sdp)


async def test_the_video_section_alone_offers_the_layers_under_free_ids() -> None:
    plain = await plain_offer()
    lines = offer_layers(plain, RIDS).split("\r\n")
    added = [line for line in lines if line not in plain.split("\r\n")]
    assert added[2:] == ["a=rid:h send", "a=rid:m send", "a=rid:l send", "a=simulcast:send h;m;l"]
    assert [line.split(" ")[1] for line in added[:2]] == [RID_URI, REPAIRED_RID_URI]
    before = {line.split(" ")[0] for line in plain.split("\r\n") if line.startswith("a=extmap:")}
    assert not before & {line.split(" ")[0] for line in added[:2]}
    sections = "\r\n".join(lines).split("m=")
    assert [RID_URI in section for section in sections] == [section[:5] == "video" for section in sections]


async def test_one_layer_is_offered_without_a_word_of_layers() -> None:
    plain = await plain_offer()
    assert offer_layers(plain, ["h"]) == plain


async def test_an_offer_in_which_no_ids_are_free_is_an_error() -> None:
    full = await plain_offer() + "".join(f"a=extmap:{number} urn:x:{number}\r\n" for number in range(1, 14))
    with pytest.raises(NoExtensionIdError):
        offer_layers(full, RIDS)


async def test_our_own_relay_takes_all_layers() -> None:
    offer = parse_offer(offer_layers(await plain_offer(), RIDS))
    local = Local("u" * 8, "p" * 24, Fingerprint("sha-256", "AA"), [("127.0.0.1", 9)])
    taken = accepted_layers(write_answer(offer, choose(offer, PeerRole.PUBLISHER), local, None), RIDS)
    assert taken.rids == RIDS
    assert taken.repaired_rid_id is not None


def test_an_answer_that_takes_the_layers_says_under_which_ids() -> None:
    assert accepted_layers(answer(), RIDS) == AcceptedLayers(("h", "m", "l"), 4, 5)
    assert accepted_layers(answer(REPAIRED_RID_URI), RIDS) == AcceptedLayers(("h", "m", "l"), 4, None)


@pytest.mark.parametrize("missing", ["a=simulcast", RID_URI, "a=rid:h"])
def test_an_answer_that_lacks_what_layers_need_takes_one_stream(missing: str) -> None:
    assert accepted_layers(answer(missing), RIDS) == AcceptedLayers()


def test_layers_that_the_answer_leaves_out_or_pauses_are_not_taken() -> None:
    assert accepted_layers(answer("a=rid:m"), RIDS).rids == ("h", "l")
    paused = answer("a=simulcast", add="a=simulcast:recv h;~m;l,x")
    assert accepted_layers(paused, RIDS).rids == ("h", "l")
    assert accepted_layers(answer("a=simulcast", add="a=simulcast:recv h;~m;~l"), RIDS) == AcceptedLayers()


@given(st.lists(st.sampled_from(ANSWER) | st.text("am=rid:simulcast extp;,~hml 045\t", max_size=40)))
def test_no_answer_however_odd_is_an_error_or_gives_what_was_not_offered(lines: list[str]) -> None:
    taken = accepted_layers("\r\n".join(lines), ("h", "l"))
    assert taken.rids in ((), ("h", "l"))
