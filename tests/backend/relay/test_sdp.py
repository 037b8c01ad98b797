import random

import pytest

from backend.relay.sdp import MAX_SDP_BYTES, SdpError, parse_offer

# What a Chromium 140 offers to watch, shortened by lines of a kind that is there already.
CHROMIUM = """v=0
o=- 6893267534923467 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=extmap-allow-mixed
a=msid-semantic: WMS
m=video 9 UDP/TLS/RTP/SAVPF 96 97 103 104 107 108 109 114 115
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:Xf3q
a=ice-pwd:1vM9v0lqXwQ6vJf8o3q5r7uJ
a=ice-options:trickle
a=fingerprint:sha-256 @DIGEST@
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:toffset
a=recvonly
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:103 H264/90000
a=rtcp-fb:103 goog-remb
a=rtcp-fb:103 transport-cc
a=rtcp-fb:103 ccm fir
a=rtcp-fb:103 nack
a=rtcp-fb:103 nack pli
a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f
a=rtpmap:104 rtx/90000
a=fmtp:104 apt=103
a=rtpmap:107 H264/90000
a=rtcp-fb:107 nack
a=fmtp:107 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f
a=rtpmap:108 H264/90000
a=rtcp-fb:108 nack
a=rtcp-fb:108 nack pli
a=rtcp-fb:108 ccm fir
a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
a=rtpmap:109 rtx/90000
a=fmtp:109 apt=108
a=rtpmap:114 red/90000
a=rtpmap:115 ulpfec/90000
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:Xf3q
a=ice-pwd:1vM9v0lqXwQ6vJf8o3q5r7uJ
a=fingerprint:sha-256 @DIGEST@
a=setup:actpass
a=mid:1
a=recvonly
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
""".replace("@DIGEST@", ":".join(["2E"] * 32)).replace("\n", "\r\n")


def problem(sdp: str) -> SdpError:
    with pytest.raises(SdpError) as raised:
        parse_offer(sdp)
    return raised.value


def test_a_browsers_offer_is_understood() -> None:
    offer = parse_offer(CHROMIUM)
    assert (offer.ufrag, offer.setup, offer.bundle) == ("Xf3q", "actpass", ("0", "1"))
    assert len(offer.fingerprints) == 1
    video, audio = offer.media
    assert (video.kind, video.mid, video.direction, video.has_rtcp_mux) == ("video", "0", "recvonly", True)
    assert video.codecs[108].name == "h264"
    assert video.codecs[108].parameters["packetization-mode"] == "1"
    assert video.codecs[108].feedback == {"nack", "nack pli", "ccm fir"}
    assert (audio.codecs[111].clock_rate, audio.codecs[111].channels) == (48000, 2)


def test_attributes_of_the_session_stand_for_all_media() -> None:
    lines = [
        line for line in CHROMIUM.split("\r\n") if not line.startswith(("a=setup", "a=finger", "a=ice-ufrag"))
    ]
    lines[4:4] = ["a=setup:active", "a=ice-ufrag:abcd", "a=fingerprint:sha-256 AA:BB"]
    offer = parse_offer("\r\n".join(lines))
    assert (offer.setup, offer.ufrag, offer.fingerprints[0].value) == ("active", "abcd", "AA:BB")


@pytest.mark.parametrize(
    ("removed", "told"),
    [
        ("a=ice-ufrag", "ice-ufrag"),
        ("a=setup", "setup"),
        ("a=fingerprint", "fingerprint"),
        ("m=", "neither audio nor video"),
        ("v=", "v=0"),
    ],
)
def test_an_offer_without_its_essentials_is_refused_by_name(removed: str, told: str) -> None:
    error = problem("\r\n".join(line for line in CHROMIUM.split("\r\n") if not line.startswith(removed)))
    assert (error.status, error.error) == (400, "malformed_sdp")
    assert told in error.message


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("a=rtcp-mux", "a=x-rtcp-mux", "rtcp_mux_required"),
        ("a=group:BUNDLE 0 1", "a=group:BUNDLE 0", "bundle_required"),
        ("UDP/TLS/RTP/SAVPF", "RTP/AVP", "malformed_sdp"),
        ("a=ice-ufrag:Xf3q", "a=ice-ufrag:a b", "malformed_sdp"),
        ("s=-", "s=-\r\na=ice-lite", "ice_lite"),
        ("a=setup:actpass", "a=setup:holdconn", "malformed_sdp"),
        ("a=mid:0", "a=mid:ü", "malformed_sdp"),
        ("m=audio 9", "m=audio nine", "malformed_sdp"),
    ],
)
def test_what_cannot_work_is_refused_with_a_reason(old: str, new: str, error: str) -> None:
    told = problem(CHROMIUM.replace(old, new))
    assert (told.status, told.error) == (400, error)


def test_a_rejected_section_needs_nothing() -> None:
    offer = parse_offer(CHROMIUM.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1", "BUNDLE 0"))
    assert not offer.media[1].is_offered


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("".join(f"a=fingerprint:sha-256 {number}\r\n" for number in range(17)), "16 different fingerprints"),
        ("a=fmtp:9 " + "x;" * 40 + "\r\n", "32 parameters"),
        ("".join(f"a=fmtp:9 x{number}=1\r\n" for number in range(40)), "32 parameters"),
        ("".join(f"a=rtcp-fb:9 x{number}\r\n" for number in range(40)), "32 kinds of feedback"),
        ("".join(f"a=rtcp-fb:* x{number}\r\n" for number in range(40)), "32 kinds of feedback"),
        ("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=rtcp-mux\r\n" * 33, "m=audio"),
        ("a=x" + "x" * 4096 + "\r\n", "4096 characters"),
        ("\r\n" * 1000, "1000 lines"),
    ],
)
def test_each_part_of_an_offer_is_bounded(more: str, told: str) -> None:
    error = problem(CHROMIUM + more)
    assert (error.status, error.error) == (400, "malformed_sdp")
    assert told in error.message


def test_a_bundle_only_section_is_offered_like_any_other() -> None:
    text = CHROMIUM.replace("m=audio 9", "m=audio 0").replace("a=mid:1", "a=mid:1\r\na=bundle-only")
    audio = parse_offer(text).media[1]
    assert (audio.port, audio.is_offered) == (0, True)
    without_transport = text[: text.rindex("a=rtcp-mux")] + text[text.rindex("a=rtcp-mux") + 12 :]
    assert parse_offer(without_transport).media[1].is_offered
    outside = parse_offer(text.replace("BUNDLE 0 1", "BUNDLE 0"))
    assert not outside.media[1].is_offered


def test_a_novel_is_too_long() -> None:
    assert problem("v=0" + "a" * MAX_SDP_BYTES).status == 413


def test_no_offer_at_all_makes_the_reader_fail_in_another_way() -> None:
    dice = random.Random(13)
    refused = 0
    for _ in range(1500):
        text = list(CHROMIUM)
        for _ in range(dice.randrange(1, 30)):
            text[dice.randrange(len(text))] = chr(
                dice.choice((10, 13, 32, 47, 58, 61, dice.randrange(0x3000)))
            )
        lines = "".join(text).split("\n")
        dice.shuffle(lines) if dice.random() < 0.3 else None
        try:
            parse_offer("\n".join(lines))
        except SdpError:
            refused += 1
    assert refused > 300
