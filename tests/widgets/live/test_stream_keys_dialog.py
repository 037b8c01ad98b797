import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.stream_keys import MAX_NAME, MOST_KEYS, StreamKey
from tests.widgets.conftest import Record
from widgets.common.confirm import ConfirmDialog
from widgets.common.name_dialog import NameDialog
from widgets.live.stream_keys_dialog import StreamKeysDialog

OBS = StreamKey("k1", "<b>OBS</b>", 1_700_000_000_000, 1_700_100_000_000)
PHONE = StreamKey("k2", "Phone", 1_700_000_000_000)


@pytest.fixture
def dialog(qtbot: QtBot) -> StreamKeysDialog:
    host = QWidget()
    qtbot.addWidget(host)
    made = StreamKeysDialog(host)
    made.host = host  # type: ignore[attr-defined]  # else it goes
    made.open()
    return made


def test_the_stream_keys_dialog_shows_what_has_a_key_and_when_it_was_used(dialog: StreamKeysDialog) -> None:
    dialog.show_keys([OBS, PHONE])
    obs, phone = (dialog.rows.rows[key] for key in ("k1", "k2"))
    assert (obs.name.text(), obs.name.textFormat()) == ("<b>OBS</b>", Qt.TextFormat.PlainText)
    assert "Made 2023-11-1" in obs.times.text()
    assert "Last used 2023-11-1" in obs.times.text()
    assert "Not used yet" in phone.times.text()


def test_a_key_is_made_by_its_name(dialog: StreamKeysDialog, record: Record) -> None:
    wanted = record(dialog.make_wanted)
    assert not dialog.add_button.isEnabled(), "before the keys are known"
    dialog.show_keys([])
    assert "no stream key yet" in dialog.rows.empty.text()
    dialog.add_button.click()
    (asked,) = dialog.findChildren(NameDialog)
    assert asked.name.maxLength() == MAX_NAME
    asked.name.setText("  收银台 OBS ")
    asked.accept_button.click()
    assert wanted == [("收银台 OBS",)]


def test_a_key_is_revoked_after_a_question(dialog: StreamKeysDialog, record: Record) -> None:
    wanted = record(dialog.revoke_wanted)
    dialog.show_keys([OBS, PHONE])
    dialog.rows.rows["k2"].revoke_button.click()
    (asked,) = dialog.findChildren(ConfirmDialog)
    assert wanted == []
    asked.accept_button.click()
    assert wanted == [(PHONE,)]


def test_a_room_full_of_keys_says_so(dialog: StreamKeysDialog) -> None:
    dialog.show_keys([StreamKey(f"k{number}", f"camera {number}", 1) for number in range(MOST_KEYS)])
    assert not dialog.add_button.isEnabled()
    assert "Revoke one first" in dialog.add_button.toolTip()


def test_what_went_wrong_is_told_below_the_list(dialog: StreamKeysDialog) -> None:
    dialog.show_note("No.", "bad")
    assert (dialog.note.text(), dialog.note.isHidden()) == ("No.", False)
    dialog.show_note("", "")
    assert dialog.note.isHidden()


def test_a_key_that_was_displaced_can_be_let_in_again(dialog: StreamKeysDialog, record: Record) -> None:
    held_back = StreamKey("k3", "OBS 3", 1, is_held_back=True)
    wanted = record(dialog.let_in_wanted)
    dialog.show_keys([OBS, StreamKey("k2", "Phone", 1, is_publishing=True), held_back])
    shown = [dialog.rows.rows[key] for key in ("k1", "k2", "k3")]
    assert [one.let_in_button.isHidden() for one in shown] == [True, True, False]
    assert [one.standing.text() for one in shown] == [
        "",
        "Broadcasts now",
        "Displaced: it is refused for now",
    ]
    shown[2].let_in_button.click()
    assert wanted == [(held_back,)]
