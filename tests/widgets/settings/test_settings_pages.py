from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from studio.engine.messages.values import Device, Devices
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from widgets.settings.settings_pages import BitratePage, DevicesPage, LanguagePage, NetworkPage, PicturePage
from widgets.settings.settings_values import BackendPlace, Orientation, SettingsValues

REMOTE = SettingsValues(
    backend_place=BackendPlace.REMOTE,
    remote_url="https://shop.example",
    remote_room="main",
    remote_token="secret",
)
OFFER = Devices(cameras=[Device("cam", "Webcam")], microphones=[Device("mic", "Yeti")])


def test_each_page_gives_back_its_own_part_only(qtbot: QtBot) -> None:
    values = replace(
        REMOTE, fps=25, encoder="libx264", port=9000, floor_kbps=300, language="en", sends_layers=False
    )
    pages = [
        PicturePage(values),
        BitratePage(values),
        DevicesPage(values, OFFER),
        NetworkPage(values),
        LanguagePage(values),
    ]
    for page in pages:
        qtbot.addWidget(page)
        assert page.applied_to(values) == values
        assert page.fault() == ""


def test_the_canvas_can_be_laid_on_its_side(qtbot: QtBot) -> None:
    page = PicturePage(SettingsValues())
    qtbot.addWidget(page)
    page.orientation.setCurrentIndex(page.orientation.findData(Orientation.LANDSCAPE.value))

    assert page.applied_to(SettingsValues()).orientation is Orientation.LANDSCAPE


def test_a_floor_above_the_ceiling_is_refused_with_a_remedy(qtbot: QtBot) -> None:
    page = BitratePage(SettingsValues())
    qtbot.addWidget(page)
    page.floor.setValue(3000)

    assert "Lower it" in page.fault()


def test_smaller_pictures_can_be_left_out(qtbot: QtBot) -> None:
    page = BitratePage(SettingsValues())
    qtbot.addWidget(page)
    assert page.layers.isChecked()
    page.layers.click()

    assert not page.applied_to(SettingsValues()).sends_layers


def test_devices_are_chosen_by_their_id(qtbot: QtBot) -> None:
    page = DevicesPage(SettingsValues(), OFFER)
    qtbot.addWidget(page)
    page.camera.setCurrentIndex(page.camera.findText("Webcam"))
    page.microphone.setCurrentIndex(page.microphone.findText("Yeti"))
    taken = page.applied_to(SettingsValues())

    assert taken.picture == VideoSpec(VideoKind.CAMERA, "cam")
    assert taken.sound == AudioSpec(AudioKind.MICROPHONE, "mic")


def test_a_screen_on_air_is_not_turned_into_a_camera(qtbot: QtBot) -> None:
    values = SettingsValues(picture=VideoSpec(VideoKind.SCREEN, "one"), sound=AudioSpec(AudioKind.NONE))
    page = DevicesPage(values, OFFER)
    qtbot.addWidget(page)

    assert page.applied_to(values) == values


@pytest.mark.parametrize(
    "values",
    [
        replace(REMOTE, remote_url="shop.example"),
        replace(REMOTE, remote_room=" "),
        replace(REMOTE, remote_token=""),
    ],
)
def test_a_server_needs_address_room_and_token(qtbot: QtBot, values: SettingsValues) -> None:
    page = NetworkPage(values)
    qtbot.addWidget(page)

    assert page.fault()


def test_what_does_not_matter_is_not_shown(qtbot: QtBot) -> None:
    page = NetworkPage(SettingsValues())
    qtbot.addWidget(page)
    page.show()
    assert (page.port.isVisible(), page.token.isVisible()) == (True, False)
    page.place.setCurrentIndex(page.place.findData(BackendPlace.REMOTE.value))

    assert (page.port.isVisible(), page.token.isVisible()) == (False, True)


def test_a_token_is_not_shown_in_clear(qtbot: QtBot) -> None:
    page = NetworkPage(REMOTE)
    qtbot.addWidget(page)

    assert "secret" not in page.token.displayText()


def test_a_slash_at_the_end_of_an_address_is_forgiven(qtbot: QtBot) -> None:
    page = NetworkPage(replace(REMOTE, remote_url="https://shop.example/"))
    qtbot.addWidget(page)

    assert page.applied_to(REMOTE).remote_url == "https://shop.example"


def test_a_language_is_chosen_by_its_own_name(qtbot: QtBot) -> None:
    page = LanguagePage(SettingsValues())
    qtbot.addWidget(page)
    page.language.setCurrentIndex(page.language.findText("简体中文"))

    assert page.applied_to(SettingsValues()).language == "zh_CN"
