"""What the backend, the engine and the line report, in the host's language, with cause and remedy."""

from PySide6.QtCore import QCoreApplication

from backend.contract.base import RejectReason
from studio.settings import ASIDE, SettingsError, SettingsProblem


def reject_reason(reason: RejectReason) -> str:
    """Why the room refused a command."""
    translate = QCoreApplication.translate
    texts = {
        RejectReason.FORBIDDEN: translate("Reports", "You may not do that in this room."),
        RejectReason.UNKNOWN_PRODUCT: translate("Reports", "This product is not in the room any more."),
        RejectReason.NOT_LIVE: translate("Reports", "The room is not live."),
        RejectReason.ALREADY: translate("Reports", "That is so already."),
        RejectReason.TOO_FAST: translate("Reports", "That was too fast. Wait a moment and try again."),
        RejectReason.CONFLICT: translate("Reports", "Somebody else changed it meanwhile."),
        RejectReason.UNAVAILABLE: translate(
            "Reports", "The server could not keep it. Is its disk full? Its log names the cause."
        ),
        RejectReason.MALFORMED: translate(
            "Reports", "The server did not understand. Is it of the same version?"
        ),
        RejectReason.MUTED: translate("Reports", "This user is muted."),
        RejectReason.BLOCKED: translate("Reports", "This user is blocked."),
        RejectReason.CHAT_PAUSED: translate("Reports", "The chat is paused."),
        RejectReason.FOLLOWERS_ONLY: translate("Reports", "Only followers may write now."),
        RejectReason.ACCOUNTS_ONLY: translate("Reports", "Only who has an account may do this."),
        RejectReason.SLOW_MODE: translate("Reports", "Slow mode is on. Wait a moment and try again."),
        RejectReason.LINKS_OFF: translate("Reports", "Links are not allowed here."),
        RejectReason.BLOCKED_WORD: translate("Reports", "The text holds a blocked word."),
        RejectReason.NAME_UNAVAILABLE: translate(
            "Reports", "This name is another's, or too much like one. Choose another one."
        ),
        RejectReason.EMPTY: translate("Reports", "There is no text."),
        RejectReason.TOO_LONG: translate("Reports", "The text is too long."),
        RejectReason.IS_STAFF: translate("Reports", "Host and assistants cannot be muted or blocked."),
        RejectReason.UNKNOWN_DANMU: translate("Reports", "This danmu is not in the room any more."),
        RejectReason.UNKNOWN_USER: translate("Reports", "This user is not known here."),
        RejectReason.UNKNOWN_POLL: translate("Reports", "This poll is not open any more."),
        RejectReason.UNKNOWN_QUESTION: translate("Reports", "This question is not in the list any more."),
        RejectReason.UNKNOWN_ASSISTANT: translate(
            "Reports", "This invitation or assistant is not there any more."
        ),
        RejectReason.UNKNOWN_STEP: translate("Reports", "This step is not in the run of show any more."),
        RejectReason.UNKNOWN_CAMPAIGN: translate("Reports", "This campaign is not in the room any more."),
        RejectReason.EXPIRED: translate("Reports", "Its time is over."),
        RejectReason.TOO_MANY: translate(
            "Reports", "There are as many as there can be. Take one back first."
        ),
        RejectReason.UNKNOWN_PICTURE: translate(
            "Reports", "The picture is not on the server any more. Choose it again."
        ),
        RejectReason.WRONG_CODE: translate("Reports", "The code is unknown, used, or out of date."),
    }
    text = texts.get(reason) or _coupon_reason(reason) or _guest_reason(reason)
    return text or translate("Reports", "The room refused it: {reason}.").format(reason=reason.value)


def _guest_reason(reason: RejectReason) -> str:
    translate = QCoreApplication.translate
    texts = {
        RejectReason.SEATS_FULL: translate("Reports", "All seats are taken. Remove a guest first."),
    }
    return texts.get(reason, "")


def _coupon_reason(reason: RejectReason) -> str:
    translate = QCoreApplication.translate
    texts = {
        RejectReason.COUPON_UNKNOWN: translate("Reports", "There is no such coupon any more."),
        RejectReason.COUPON_BY_CODE: translate(
            "Reports", "Who gets this coupon types its code: say the code."
        ),
        RejectReason.COUPON_NOT_YET: translate("Reports", "This coupon is not given out yet."),
        RejectReason.COUPON_ENDED: translate("Reports", "This coupon is not given out any more."),
        RejectReason.COUPON_NONE_LEFT: translate("Reports", "All of these coupons were given out."),
    }
    return texts.get(reason, "")


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
