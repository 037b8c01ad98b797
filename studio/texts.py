"""What the backend, the engine and the line report, in the host's language, with cause and remedy."""

from PySide6.QtCore import QCoreApplication

from backend.messages import Rejection
from studio.settings import ASIDE, SettingsError, SettingsProblem


def rejection(reason: Rejection) -> str:
    """Why the room refused a command."""
    translate = QCoreApplication.translate
    texts = {
        Rejection.FORBIDDEN: translate("Reports", "You may not do that in this room."),
        Rejection.UNKNOWN_PRODUCT: translate("Reports", "This product is not in the room any more."),
        Rejection.NOT_LIVE: translate("Reports", "The room is not live."),
        Rejection.ALREADY: translate("Reports", "That is so already."),
        Rejection.TOO_FAST: translate("Reports", "That was too fast. Wait a moment and try again."),
        Rejection.CONFLICT: translate("Reports", "Somebody else changed it meanwhile."),
        Rejection.UNAVAILABLE: translate(
            "Reports", "The backend could not keep it. Is its disk full? Its log names the cause."
        ),
        Rejection.MALFORMED: translate(
            "Reports", "The backend did not understand. Is it of the same version?"
        ),
        Rejection.MUTED: translate("Reports", "This user is muted."),
        Rejection.BLOCKED: translate("Reports", "This user is blocked."),
        Rejection.CHAT_PAUSED: translate("Reports", "The chat is paused."),
        Rejection.FOLLOWERS_ONLY: translate("Reports", "Only followers may write now."),
        Rejection.ACCOUNTS_ONLY: translate("Reports", "Only who has an account may do this."),
        Rejection.SLOW_MODE: translate("Reports", "Slow mode is on. Wait a moment and try again."),
        Rejection.LINKS_OFF: translate("Reports", "Links are not allowed here."),
        Rejection.BLOCKED_WORD: translate("Reports", "The text holds a blocked word."),
        Rejection.NAME_UNAVAILABLE: translate(
            "Reports", "This name is another's, or too much like one. Choose another one."
        ),
        Rejection.EMPTY: translate("Reports", "There is no text."),
        Rejection.TOO_LONG: translate("Reports", "The text is too long."),
        Rejection.IS_STAFF: translate("Reports", "Host and assistants cannot be muted or blocked."),
        Rejection.UNKNOWN_DANMU: translate("Reports", "This danmu is not in the room any more."),
        Rejection.UNKNOWN_USER: translate("Reports", "This user is not known here."),
        Rejection.UNKNOWN_POLL: translate("Reports", "This poll is not open any more."),
        Rejection.UNKNOWN_QUESTION: translate("Reports", "This question is not in the list any more."),
        Rejection.UNKNOWN_ASSISTANT: translate(
            "Reports", "This invitation or assistant is not there any more."
        ),
        Rejection.TOO_MANY: translate("Reports", "There are as many as there can be. Take one back first."),
        Rejection.WRONG_CODE: translate("Reports", "The code is unknown, used, or out of date."),
    }
    return texts.get(reason) or translate("Reports", "The room refused it: {reason}.").format(
        reason=reason.value
    )


def settings_problem(error: SettingsError) -> str:
    """Why the settings cannot be read or kept, and what helps."""
    translate = QCoreApplication.translate
    text = {
        SettingsProblem.DAMAGED: translate(
            "Reports",
            "The settings in {path} are damaged ({detail}). They were set aside as {aside}, and the defaults "
            "are used.",
        ),
        SettingsProblem.DISK_FULL: translate(
            "Reports", "The disk is full, so the settings in {path} cannot be kept. Free some space."
        ),
        SettingsProblem.NOT_READ: translate(
            "Reports", "The settings in {path} cannot be read ({detail}). Check who may read them."
        ),
        SettingsProblem.NOT_KEPT: translate(
            "Reports",
            "The settings in {path} cannot be kept ({detail}). Check who may write there, or use --data.",
        ),
    }[error.problem]
    return text.format(path=error.path, detail=error.detail, aside=error.path.with_suffix(ASIDE).name)
