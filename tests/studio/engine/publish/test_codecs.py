import av.error
import pytest

from studio.engine.publish.codecs import CODECS, SOFTWARE, EncoderChoice, open_codec, probe_encoders


def test_the_software_encoder_is_always_there_and_last() -> None:
    assert probe_encoders()[-1] == SOFTWARE


def test_only_known_encoders_are_named() -> None:
    assert set(probe_encoders()) <= set(CODECS)


@pytest.mark.parametrize("name", sorted(set(CODECS) - set(probe_encoders())))
def test_what_the_probe_left_out_does_not_open(name: str) -> None:
    with pytest.raises((av.error.FFmpegError, ValueError)):
        open_codec(CODECS[name], (640, 360), fps=30, ceiling_kbps=500, buffer_kbit=250)


def test_the_best_is_chosen_unless_another_that_opens_is_wanted() -> None:
    choice = EncoderChoice(lambda: ["h264_nvenc", "libx264"])
    assert choice.choose("") == "h264_nvenc"
    assert choice.choose("libx264") == "libx264"
    assert choice.choose("h264_qsv") == "h264_nvenc"


def test_a_discarded_encoder_is_chosen_no_more_but_software_stays() -> None:
    choice = EncoderChoice(lambda: ["h264_nvenc", "libx264"])
    choice.choose("")
    choice.discard("h264_nvenc")
    choice.discard("libx264")
    assert choice.choose("h264_nvenc") == "libx264"


def test_the_machine_is_asked_once() -> None:
    asked: list[int] = []
    choice = EncoderChoice(lambda: [asked.append(1) or "libx264"])  # type: ignore[func-returns-value]
    choice.choose("")
    choice.choose("")
    assert len(asked) == 1
