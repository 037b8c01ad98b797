from backend.contract.chat import BlockUser, DeleteDanmu, MuteUser, PinDanmu
from tests.widgets.people import ANN, ASSISTANT, HOST, danmu
from widgets.chat.moderation_actions import DanmuAction, command, is_possible


def test_each_deed_is_a_command_with_its_reason() -> None:
    one = danmu(7, author=ANN)

    assert {choice: command(choice, one, "spam") for choice in DanmuAction} == {
        DanmuAction.PIN: PinDanmu(7, 300, "spam"),
        DanmuAction.DELETE: DeleteDanmu(7, "spam"),
        DanmuAction.MUTE_SHORT: MuteUser("u1", 60, "spam"),
        DanmuAction.MUTE_LONG: MuteUser("u1", 600, "spam"),
        DanmuAction.MUTE_SESSION: MuteUser("u1", 0, "spam"),
        DanmuAction.BLOCK: BlockUser("u1", "spam"),
    }


def test_staff_is_neither_muted_nor_blocked() -> None:
    possible = {DanmuAction.PIN, DanmuAction.DELETE}
    for author in (HOST, ASSISTANT):
        assert {choice for choice in DanmuAction if is_possible(choice, danmu(1, author=author))} == possible
    assert all(is_possible(choice, danmu(1)) for choice in DanmuAction)
