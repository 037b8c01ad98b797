"""What the backend, the engine and the line report, in the host's language, with cause and remedy."""

import errno
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from backend.contract.startup import StartProblem
from backend.contract.stream import StreamTakenOver
from backend.messages import Rejection, StreamCondition
from studio.backend_process import BackendFailure, FailureKind
from studio.broadcast import BroadcastNote
from studio.room_http import RefusedError
from studio.settings import ASIDE, SettingsError, SettingsProblem


def source_problem(code: str, detail: str) -> str:
    """Why a source is not well; an unknown code is told in the engine's English."""
    translate = QCoreApplication.translate
    texts = {
        "no_frames": translate(
            "Reports", "The source gives nothing. Check its cable, and whether another program uses it."
        ),
        "picture_frozen": translate(
            "Reports", "The picture does not change any more. Unplug the camera and plug it in again."
        ),
        "picture_black": translate(
            "Reports", "The picture is black. Take off the lens cap, or allow the capture."
        ),
        "device_missing": translate(
            "Reports", "The device is not there. Plug it in; it is opened as soon as it comes."
        ),
        "file_too_large": translate(
            "Reports", "The picture is too large to be loaded. Make it smaller, or choose another one."
        ),
        "file_missing": translate(
            "Reports", "The file is not there any more. Put it back, or choose another one."
        ),
        "file_without_picture": translate(
            "Reports", "The file has no picture, not even a cover. Choose a video or a picture."
        ),
        "file_unreadable": translate("Reports", "The file cannot be read. Choose another one."),
        "capture_refused": translate(
            "Reports", "The capture ended. Check the cable, and close other programs that use the device."
        ),
        "permission": translate(
            "Reports", "The system does not allow the capture. Allow it in the system's privacy settings."
        ),
        "display_lost": translate("Reports", "The screen cannot be reached any more. Is its server running?"),
        "no_sound": translate(
            "Reports", "The picture's source has no sound. Choose a microphone, or a file with sound."
        ),
        "internal": translate("Reports", "An error inside ended it; it is started again."),
        "window_missing": translate(
            "Reports", "The window was closed. Open it again, or choose another one."
        ),
    }
    return texts.get(code, detail)


def publish_problem(code: str, detail: str) -> str:
    """Why the broadcast's line is not well; an unknown code is told in the engine's English."""
    translate = QCoreApplication.translate
    texts = {
        "wrong_token": translate(
            "Reports", "The server refuses the host token. Copy it anew into Settings → Network."
        ),
        "not_found": translate("Reports", "The server knows no such room. Check it in Settings → Network."),
        "not_whip": translate("Reports", "The address takes no broadcast. Check it in Settings → Network."),
        "bad_address": translate("Reports", "The address is not valid. Check it in Settings → Network."),
        "no_codec": translate("Reports", "The server takes neither H.264 nor Opus."),
        "taken": translate("Reports", "Somebody else publishes in this room. End that broadcast first."),
        "busy": translate("Reports", "The server is busy or starting; it is tried again."),
        "timeout": translate("Reports", "The server does not answer. Check the network; it is tried again."),
        "unreachable": translate(
            "Reports", "The server cannot be reached. Check the network; it is tried again."
        ),
        "no_way": translate(
            "Reports", "No way for the picture was found. Allow UDP through the firewall; it is tried again."
        ),
        "no_feedback": translate(
            "Reports", "The server takes nothing any more. Check the network; it is tried again."
        ),
        "no_encoder": translate(
            "Reports", "The encoder cannot be opened. Choose another one in Settings → Picture."
        ),
        "unexpected_status": translate("Reports", "The server gave an unexpected answer; it is tried again."),
        "not_ended": translate("Reports", "The server could not be told that the broadcast is over."),
        "internal": translate("Reports", "An error inside ended it; it is tried again."),
        "connection_lost": translate("Reports", "The connection broke; it is tried again."),
    }
    return texts.get(code, detail)


def stream_condition(condition: StreamCondition) -> tuple[str, str]:
    """What viewers miss of the stream that the server gets and why, and what helps."""
    translate = QCoreApplication.translate
    match condition:
        case StreamCondition.BACKWARD_TIMESTAMPS:
            return (
                translate("Reports", "Viewers see about one picture a second: the encoder sends B-frames."),
                translate(
                    "Reports", "Set B-frames to 0 in the program that publishes (OBS: tune zerolatency)."
                ),
            )
        case StreamCondition.NO_KEYFRAMES:
            return (
                translate("Reports", "Viewers who come see no picture: the encoder sends no keyframes."),
                translate("Reports", "Set the keyframe interval to 2 s in the program that publishes."),
            )
        case StreamCondition.NO_VIDEO:
            return (
                translate(
                    "Reports", "Viewers hear you and see nothing: the picture of the stream is missing."
                ),
                translate("Reports", "Check the camera and the encoder of the program that publishes."),
            )
        case StreamCondition.SOUND_ONLY:
            return translate("Reports", "The stream has sound only; viewers see no picture."), ""


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


def backend_problem(failure: BackendFailure) -> tuple[str, str]:
    """Why there is no backend, and what helps."""
    translate = QCoreApplication.translate
    match failure.kind:
        case FailureKind.CANNOT_START:
            return _start_problem(failure)
        case FailureKind.DIED:
            return (
                translate("Reports", "The backend stopped by itself."),
                translate("Reports", "It is being started again; viewers come back by themselves."),
            )
        case FailureKind.SILENT:
            return (
                translate("Reports", "The backend does not answer."),
                translate("Reports", "It is being started again."),
            )


def _start_problem(failure: BackendFailure) -> tuple[str, str]:
    translate = QCoreApplication.translate
    cause = translate("Reports", "The backend cannot start.")
    if failure.problem is StartProblem.PORT_TAKEN:
        cause = translate("Reports", "Port {port} is taken by another program, so viewers cannot come in.")
    remedy = {
        StartProblem.PORT_TAKEN: translate(
            "Reports", "Close that program, or let the studio take a free port."
        ),
        StartProblem.DISK_FULL: translate("Reports", "The disk of the data folder is full. Free some space."),
        StartProblem.FOLDER_UNUSABLE: translate(
            "Reports", "Check that you may write to the data folder. It said: {detail}"
        ),
        StartProblem.FOLDER_TAKEN: translate(
            "Reports", "Another Livestall works with the same data. Close it, or wait until it has ended."
        ),
        StartProblem.PORT_FORBIDDEN: translate(
            "Reports", "You may not use port {port}. Choose one above 1023 in Settings → Network."
        ),
        StartProblem.DATABASE: translate("Reports", "The database cannot be used. It said: {detail}"),
        StartProblem.RELAY: translate(
            "Reports", "The media relay did not start. The logs in the data folder tell why."
        ),
    }.get(failure.problem, "{detail}")
    return cause.format(port=failure.port), remedy.format(port=failure.port, detail=failure.detail)


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


def note(found: BroadcastNote) -> str:
    """What somebody else did to the broadcast."""
    translate = QCoreApplication.translate
    return {
        BroadcastNote.ENDED_ELSEWHERE: translate("Reports", "The broadcast was ended by another host."),
        BroadcastNote.PAUSED_ELSEWHERE: translate("Reports", "The broadcast was paused by another host."),
        BroadcastNote.RESUMED_ELSEWHERE: translate("Reports", "The broadcast was resumed by another host."),
    }[found]


def taken_over(event: StreamTakenOver) -> str:
    """Who publishes now, and whom they displaced."""
    translate = QCoreApplication.translate
    match bool(event.by), bool(event.before):
        case True, True:
            text = translate("Reports", "“{by}” has taken over the broadcast from “{before}”.")
        case True, False:
            text = translate("Reports", "“{by}” has taken over the broadcast from a studio.")
        case False, True:
            text = translate("Reports", "A studio has taken over the broadcast from “{before}”.")
        case _:
            text = translate("Reports", "A studio has taken over the broadcast from another one.")
    return text.format(by=event.by, before=event.before)


def audit_problem(error: Exception) -> str:
    """Why the audit log could not be read, and what helps."""
    translate = QCoreApplication.translate
    if isinstance(error, RefusedError):
        text = translate(
            "Reports",
            "The backend shows the audit log to the host alone. Check the host token in Settings → Network. "
            "It said: {detail}",
        )
    else:
        text = translate(
            "Reports",
            "The audit log could not be read ({detail}). Check the line to the backend, then try again.",
        )
    return text.format(detail=str(error) or type(error).__name__)


def host_token_problem(error: Exception) -> str:
    """Why the host token was not renewed, and what helps."""
    translate = QCoreApplication.translate
    if isinstance(error, RefusedError):
        text = translate(
            "Reports",
            "The host token was not renewed. Check it in Settings → Network. The backend said: {detail}",
        )
    else:
        text = translate(
            "Reports",
            "The host token was not renewed: the backend was not reached ({detail}). Try again.",
        )
    return text.format(detail=str(error) or type(error).__name__)


def stream_key_problem(error: Exception) -> str:
    """Why stream keys could not be read or changed, and what helps."""
    translate = QCoreApplication.translate
    status = error.status if isinstance(error, RefusedError) else 0
    match status:
        case 409:
            text = translate("Reports", "A stream key of this name is there already. Choose another name.")
        case 422:
            text = translate("Reports", "Nobody could read this name. Choose another one.")
        case 0:
            text = translate(
                "Reports",
                "The backend was not reached ({detail}). Check the line to it, then try again.",
            )
        case _:
            text = translate(
                "Reports",
                "The backend lets the host alone see stream keys. Check the host token in Settings → "
                "Network. It said: {detail}",
            )
    return text.format(detail=str(error) or type(error).__name__)


def file_problem(path: Path, error: OSError) -> str:
    """Why a file could not be written, and what helps."""
    translate = QCoreApplication.translate
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        text = translate(
            "Reports",
            "The disk is full, so {path} was not written. Free some space, or choose another folder.",
        )
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        text = translate("Reports", "You may not write {path}. Choose another folder.")
    else:
        text = translate("Reports", "{path} could not be written ({detail}). Choose another folder.")
    return text.format(path=path, detail=error.strerror or type(error).__name__)
