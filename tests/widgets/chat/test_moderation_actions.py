from backend.contract.chat_commands import BlockUser, DeleteDanmu, MuteUser, PinDanmu
from tests.widgets.people import ANN, ASSISTANT, HOST, danmu
from widgets.chat.moderation_actions import Deed, command, is_possible


def test_each_deed_is_a_command_with_its_reason() -> None:
    one = danmu(7, author=ANN)

    assert {deed: command(deed, one, "spam") for deed in Deed} == {
        Deed.PIN: PinDanmu(7, 300, "spam"),
        Deed.DELETE: DeleteDanmu(7, "spam"),
        Deed.MUTE_SHORT: MuteUser("u1", 60, "spam"),
        Deed.MUTE_LONG: MuteUser("u1", 600, "spam"),
        Deed.MUTE_SESSION: MuteUser("u1", 0, "spam"),
        Deed.BLOCK: BlockUser("u1", "spam"),
    }


def test_staff_is_neither_muted_nor_blocked() -> None:
    possible = {Deed.PIN, Deed.DELETE}
    for author in (HOST, ASSISTANT):
        assert {deed for deed in Deed if is_possible(deed, danmu(1, author=author))} == possible
    assert all(is_possible(deed, danmu(1)) for deed in Deed)
