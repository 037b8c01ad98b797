import pytest
from aiortc.sdp import SessionDescription

from backend.relay.answer import Format, Local, Stream, choose, dtls_role, write_answer
from backend.relay.dtls import DtlsRole, Fingerprint
from backend.relay.messages import PeerRole
from backend.relay.sdp import SdpError, parse_offer
from tests.backend.relay.test_sdp import CHROMIUM

LOCAL = Local(
    "abcdefgh", "p" * 24, Fingerprint("sha-256", "AA:BB"), [("192.0.2.1", 5000), ("127.0.0.1", 5000)]
)
STREAMS = {"video": Stream(1000, 2000), "audio": Stream(3000, 4000)}
SENDING = CHROMIUM.replace("a=recvonly", "a=sendonly")


def answer(offer_text: str, role: PeerRole) -> tuple[str, SessionDescription]:
    offer = parse_offer(offer_text)
    streams = STREAMS if role is PeerRole.SUBSCRIBER else None
    text = write_answer(offer, choose(offer, role), LOCAL, streams)
    return text, SessionDescription.parse(text)


def test_a_viewer_gets_baseline_h264_with_rtx_and_opus() -> None:
    text, parsed = answer(CHROMIUM, PeerRole.SUBSCRIBER)
    video, audio = parsed.media
    assert [codec.payloadType for codec in video.rtp.codecs] == [108, 109]
    assert [codec.payloadType for codec in audio.rtp.codecs] == [111]
    assert (video.direction, audio.direction) == ("sendonly", "sendonly")
    assert {one.ssrc for one in video.ssrc} == {1000, 2000}
    assert [one.ssrc for one in audio.ssrc] == [3000]
    assert "a=ssrc-group:FID 1000 2000" in text
    assert video.dtls is not None
    assert video.dtls.role == "server"


def test_every_address_is_a_candidate_the_first_the_best() -> None:
    _, parsed = answer(CHROMIUM, PeerRole.SUBSCRIBER)
    for media in parsed.media:
        assert [(one.ip, one.port) for one in media.ice_candidates] == [
            ("192.0.2.1", 5000),
            ("127.0.0.1", 5000),
        ]
        assert media.ice_candidates[0].priority > media.ice_candidates[1].priority
        assert media.ice_candidates_complete
        assert media.ice is not None
        assert media.ice.iceLite


def test_a_publisher_is_told_to_send_and_asked_for_stereo() -> None:
    text, parsed = answer(SENDING, PeerRole.PUBLISHER)
    assert [media.direction for media in parsed.media] == ["recvonly", "recvonly"]
    assert not parsed.media[0].ssrc
    assert "stereo=1" in text
    feedback = {(one.type, one.parameter) for one in parsed.media[0].rtp.codecs[0].rtcpFeedback}
    assert feedback == {("nack", None), ("nack", "pli"), ("ccm", "fir")}, "only what was offered"


def test_nothing_is_answered_that_was_not_offered() -> None:
    text, _ = answer(CHROMIUM, PeerRole.SUBSCRIBER)
    assert "transport-cc" not in text
    assert "extmap" not in text
    assert "red/" not in text


def test_a_section_we_cannot_use_is_rejected_and_the_other_taken() -> None:
    _, parsed = answer(CHROMIUM.replace("H264", "H265"), PeerRole.SUBSCRIBER)
    assert [media.port for media in parsed.media] == [0, 9]
    assert parsed.group[0].items == ["1"]


def test_bundle_only_sections_are_answered_with_the_port_of_the_others() -> None:
    text = CHROMIUM.replace("m=audio 9", "m=audio 0").replace("a=mid:1", "a=mid:1\r\na=bundle-only")
    told, parsed = answer(text, PeerRole.SUBSCRIBER)
    assert [media.port for media in parsed.media] == [9, 9]
    assert parsed.group[0].items == ["0", "1"]
    assert "bundle-only" not in told


def test_feedback_offered_for_all_formats_is_granted_to_the_one_that_is_taken() -> None:
    text = CHROMIUM.replace("a=rtcp-fb:108 nack pli", "a=rtcp-fb:* goog-remb")
    assert "a=rtcp-fb:108 goog-remb" in answer(text, PeerRole.SUBSCRIBER)[0]


def test_a_second_video_and_a_data_channel_are_rejected() -> None:
    video = CHROMIUM[CHROMIUM.index("m=video") : CHROMIUM.index("m=audio")]
    data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:3\r\n"
    more = CHROMIUM.replace("BUNDLE 0 1", "BUNDLE 0 1 2 3") + video.replace("a=mid:0", "a=mid:2") + data
    offer = parse_offer(more)
    choices = choose(offer, PeerRole.SUBSCRIBER)
    assert [choice.format() for choice in choices] == [Format(108, 109), Format(111, 0), None, None]
    text = write_answer(offer, choices, LOCAL, STREAMS)
    assert "m=application 0 UDP/DTLS/SCTP webrtc-datachannel" in text


def test_high_profile_alone_will_do() -> None:
    kept = "\r\n".join(line for line in CHROMIUM.split("\r\n") if "42e01f" not in line)
    _, parsed = answer(kept, PeerRole.SUBSCRIBER)
    assert parsed.media[0].rtp.codecs[0].payloadType == 103


def test_without_a_codec_in_common_the_refusal_names_ours() -> None:
    offer = parse_offer(CHROMIUM.replace("H264", "VP9").replace("opus", "PCMU"))
    with pytest.raises(SdpError) as raised:
        choose(offer, PeerRole.SUBSCRIBER)
    assert (raised.value.status, raised.value.error) == (415, "no_common_codec")
    assert "H.264" in raised.value.message


@pytest.mark.parametrize(
    ("old", "new", "error", "told"),
    [
        ("H264", "VP8", "no_common_video_codec", "the offer has red, rtx, ulpfec, vp8. Choose H.264"),
        ("packetization-mode=1", "packetization-mode=0", "no_common_video_codec", "packetization-mode=1;"),
        ("opus", "PCMU", "no_common_audio_codec", "the offer has g722, pcmu, red. Choose Opus"),
        ("H264", "<b>&", "no_common_video_codec", "the offer has red, rtx, ulpfec, vp8. Choose"),
    ],
)
def test_a_publisher_half_of_which_cannot_be_taken_is_refused_with_the_reason(
    old: str, new: str, error: str, told: str
) -> None:
    with pytest.raises(SdpError) as raised:
        choose(parse_offer(SENDING.replace(old, new)), PeerRole.PUBLISHER)
    assert (raised.value.status, raised.value.error) == (415, error)
    assert told in raised.value.message


def test_a_publisher_of_sound_alone_is_taken() -> None:
    at = SENDING.index("m=video")
    text = SENDING[:at].replace("BUNDLE 0 1", "BUNDLE 1") + SENDING[SENDING.index("m=audio") :]
    (choice,) = choose(parse_offer(text), PeerRole.PUBLISHER)
    assert choice.format() == Format(111, 0)
    rejected = SENDING.replace("m=video 9", "m=video 0").replace("BUNDLE 0 1", "BUNDLE 1")
    assert [one.format() for one in choose(parse_offer(rejected), PeerRole.PUBLISHER)] == [
        None,
        Format(111, 0),
    ]


def test_one_who_wants_to_watch_where_one_publishes_is_refused() -> None:
    for text, role in ((CHROMIUM, PeerRole.PUBLISHER), (SENDING, PeerRole.SUBSCRIBER)):
        with pytest.raises(SdpError) as raised:
            choose(parse_offer(text), role)
        assert (raised.value.status, raised.value.error) == (400, "wrong_direction")


def test_we_are_the_dtls_server_wherever_we_may() -> None:
    for setup, role in (
        ("actpass", DtlsRole.SERVER),
        ("active", DtlsRole.SERVER),
        ("passive", DtlsRole.CLIENT),
    ):
        assert dtls_role(parse_offer(CHROMIUM.replace("actpass", setup))) is role
