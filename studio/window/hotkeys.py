"""All hotkeys in one place: their actions and keys."""

from collections.abc import Container
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence


class Hotkey(StrEnum):
    """What a key can do."""

    TOGGLE_LIVE = "toggle_live"
    TOGGLE_PAUSE = "toggle_pause"
    TOGGLE_MUTE = "toggle_mute"
    TOGGLE_RECORDING = "toggle_recording"
    PAUSE_RECORDING = "pause_recording"
    ADD_CHAPTER = "add_chapter"
    SAVE_REPLAY = "save_replay"
    HIDE_CARD = "hide_card"
    WRITE = "write"
    TOGGLE_CHAT = "toggle_chat"
    SEARCH = "search"
    EFFECTS = "effects"
    COMPARE = "compare"
    PRODUCTS = "products"
    ORDERS = "orders"
    CAMPAIGNS = "campaigns"
    COUPONS = "coupons"
    COPY_LINK = "copy_link"
    JOIN = "join"
    OPEN_FILE = "open_file"
    SETTINGS = "settings"
    EDIT_LAYOUT = "edit_layout"
    HIDE_BAND = "hide_band"
    FULL_SCREEN = "full_screen"
    HELP = "help"
    QUIT = "quit"


KEYS: Final[dict[Hotkey, str]] = {
    Hotkey.TOGGLE_LIVE: "Ctrl+L",
    Hotkey.TOGGLE_PAUSE: "Ctrl+P",
    Hotkey.TOGGLE_MUTE: "Ctrl+M",
    Hotkey.TOGGLE_RECORDING: "Ctrl+Shift+R",
    Hotkey.PAUSE_RECORDING: "Ctrl+Shift+E",
    Hotkey.ADD_CHAPTER: "Ctrl+Shift+M",
    Hotkey.SAVE_REPLAY: "Ctrl+Shift+S",
    Hotkey.HIDE_CARD: "Ctrl+0",
    Hotkey.WRITE: "Ctrl+T",
    Hotkey.TOGGLE_CHAT: "Ctrl+Shift+P",
    Hotkey.SEARCH: "Ctrl+F",
    Hotkey.EFFECTS: "Ctrl+E",
    Hotkey.COMPARE: "Ctrl+B",
    Hotkey.PRODUCTS: "Ctrl+G",
    Hotkey.ORDERS: "Ctrl+R",
    Hotkey.CAMPAIGNS: "Ctrl+K",
    Hotkey.COUPONS: "Ctrl+U",
    Hotkey.COPY_LINK: "Ctrl+Shift+C",
    Hotkey.JOIN: "Ctrl+J",
    Hotkey.OPEN_FILE: "Ctrl+O",
    Hotkey.SETTINGS: "Ctrl+,",
    Hotkey.EDIT_LAYOUT: "F9",
    Hotkey.HIDE_BAND: "F10",
    Hotkey.FULL_SCREEN: "F11",
    Hotkey.HELP: "F1",
    Hotkey.QUIT: "Ctrl+Q",
}
CARD_NUMBERS: Final = range(1, 10)
EDIT_KEY: Final = Qt.Key.Key_F2  # of the products' list alone, which takes it itself


def sequence(hotkey: Hotkey) -> QKeySequence:
    """The keys of a hotkey."""
    return QKeySequence(KEYS[hotkey])


def card_sequence(number: int) -> QKeySequence:
    """The keys that show or take off the card of this spoken number, 1 to 9."""
    return QKeySequence(f"Ctrl+{number}")


def text(hotkey: Hotkey) -> str:
    """What a hotkey does, in the chosen language."""
    translate = QCoreApplication.translate
    return {
        Hotkey.TOGGLE_LIVE: translate("Hotkeys", "Go live or end"),
        Hotkey.TOGGLE_PAUSE: translate("Hotkeys", "Pause or resume"),
        Hotkey.TOGGLE_MUTE: translate("Hotkeys", "Mute or unmute the microphone"),
        Hotkey.TOGGLE_RECORDING: translate("Hotkeys", "Start or stop recording"),
        Hotkey.PAUSE_RECORDING: translate("Hotkeys", "Pause the recording or go on"),
        Hotkey.ADD_CHAPTER: translate("Hotkeys", "Mark a chapter in the recording"),
        Hotkey.SAVE_REPLAY: translate("Hotkeys", "Save the last 30 seconds"),
        Hotkey.HIDE_CARD: translate("Hotkeys", "Take the card off"),
        Hotkey.WRITE: translate("Hotkeys", "Write in the chat"),
        Hotkey.TOGGLE_CHAT: translate("Hotkeys", "Pause the chat or let it go on"),
        Hotkey.SEARCH: translate("Hotkeys", "Search products"),
        Hotkey.EFFECTS: translate("Hotkeys", "Show the effects"),
        Hotkey.COMPARE: translate("Hotkeys", "Compare before and after the effects"),
        Hotkey.PRODUCTS: translate("Hotkeys", "Show the products"),
        Hotkey.ORDERS: translate("Hotkeys", "Show the orders"),
        Hotkey.CAMPAIGNS: translate("Hotkeys", "Show the campaigns"),
        Hotkey.COUPONS: translate("Hotkeys", "Show the coupons"),
        Hotkey.COPY_LINK: translate("Hotkeys", "Copy the viewers' link"),
        Hotkey.JOIN: translate("Hotkeys", "Help in another room"),
        Hotkey.OPEN_FILE: translate("Hotkeys", "Play a media file"),
        Hotkey.SETTINGS: translate("Hotkeys", "Settings"),
        Hotkey.EDIT_LAYOUT: translate("Hotkeys", "Edit the layout"),
        Hotkey.HIDE_BAND: translate("Hotkeys", "Hide or show the mixer"),
        Hotkey.FULL_SCREEN: translate("Hotkeys", "Full screen"),
        Hotkey.HELP: translate("Hotkeys", "List the hotkeys"),
        Hotkey.QUIT: translate("Hotkeys", "Quit"),
    }[hotkey]


def listing(offered: Container[Hotkey]) -> list[tuple[str, QKeySequence]]:
    """The offered hotkeys and their texts, for the dialog; products' come after what takes a card off."""
    entries = []
    for hotkey in Hotkey:
        if hotkey in offered:
            entries.append((text(hotkey), sequence(hotkey)))
        if hotkey is Hotkey.HIDE_CARD:
            card = QCoreApplication.translate("Hotkeys", "Show or take off card {n}")
            entries += [(card.format(n=number), card_sequence(number)) for number in CARD_NUMBERS]
            edit = QCoreApplication.translate("Hotkeys", "Edit the chosen product")
            entries.append((edit, QKeySequence(EDIT_KEY)))
    return entries
