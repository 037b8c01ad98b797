"""The contract with the insides of aiortc and aioice: says which name is gone in a new release."""

import inspect

import aioice.ice
from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpSender
from aiortc.rtcdtlstransport import RTCDtlsTransport, RtpRouter

from studio.engine.publish.aiortc_adapter import advertise_loopback, with_loopback
from studio.engine.publish.peer import audio_codecs, refined, video_codecs


def parameters(function: object) -> list[str]:
    assert callable(function)
    return list(inspect.signature(function).parameters)


def test_the_transport_sends_and_routes_as_we_use_it() -> None:
    assert inspect.iscoroutinefunction(RTCDtlsTransport._send_rtp)
    assert parameters(RTCDtlsTransport._send_rtp) == ["self", "data"]
    assert parameters(RTCDtlsTransport._register_rtp_sender) == ["self", "sender", "parameters"]
    assert parameters(RTCDtlsTransport._unregister_rtp_sender) == ["self", "sender"]
    assert "_ssrc" in inspect.getsource(RTCDtlsTransport._register_rtp_sender)
    assert "_handle_rtcp_packet" in inspect.getsource(RTCDtlsTransport._handle_rtcp_data)
    assert parameters(RtpRouter.route_rtcp) == ["self", "packet"]


async def test_a_sender_looks_up_what_we_replace_on_itself() -> None:
    for name in ("send", "stop", "_handle_rtcp_packet"):
        assert inspect.iscoroutinefunction(getattr(RTCRtpSender, name)), name
    assert "sender.send(" in inspect.getsource(RTCPeerConnection)
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    sender = connection.addTransceiver("video", direction="sendonly").sender
    assert isinstance(sender._ssrc, int)
    assert isinstance(sender._rtx_ssrc, int)
    assert vars(sender)
    await connection.close()


def test_ice_looks_addresses_up_in_its_module() -> None:
    assert set(parameters(aioice.ice.get_host_addresses)) == {"use_ipv4", "use_ipv6"}
    assert "get_host_addresses(" in inspect.getsource(aioice.ice.Connection.gather_candidates)


def test_loopback_comes_first_once_and_only_for_ipv4() -> None:
    wrapped = with_loopback(lambda **_: ["192.0.2.1"])
    assert wrapped(use_ipv4=True, use_ipv6=False) == ["127.0.0.1", "192.0.2.1"]
    assert wrapped(use_ipv4=False, use_ipv6=True) == ["192.0.2.1"]
    advertise_loopback()
    advertise_loopback()
    assert aioice.ice.get_host_addresses(use_ipv4=True, use_ipv6=False).count("127.0.0.1") == 1


def test_we_offer_one_profile_of_h264_with_retransmission_and_opus() -> None:
    assert [codec.mimeType for codec in video_codecs()] == ["video/rtx", "video/H264"] or [
        codec.mimeType for codec in video_codecs()
    ] == ["video/H264", "video/rtx"]
    assert [codec.mimeType for codec in audio_codecs()] == ["audio/opus"]


async def test_the_offer_is_send_only_stereo_and_has_one_fingerprint_a_section() -> None:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connection.addTransceiver("video", direction="sendonly").setCodecPreferences(video_codecs())
    connection.addTransceiver("audio", direction="sendonly").setCodecPreferences(audio_codecs())
    await connection.setLocalDescription(await connection.createOffer())
    lines = refined(connection.localDescription.sdp).split("\r\n")
    await connection.close()
    assert lines.count("a=sendonly") == 2
    assert "a=group:BUNDLE 0 1" in lines
    assert [line.split(" ")[0] for line in lines if "fingerprint" in line] == ["a=fingerprint:sha-256"] * 2
    assert sum("profile-level-id" in line for line in lines) == 1
    assert any(line.startswith("a=fmtp:") and "stereo=1" in line for line in lines)
