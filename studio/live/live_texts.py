"""What is wrong with the broadcast, in the host's language, with cause and remedy."""

from PySide6.QtCore import QCoreApplication

from backend.contract.startup import StartProblem
from backend.contract.stream import StreamCondition, StreamTakenOver
from studio.connection.error_details import detail_of
from studio.connection.room_http import RejectedError
from studio.live.broadcast import BroadcastNote
from studio.processes.backend_process import BackendFailure, FailureKind


def publish_problem(code: str, detail: str) -> str:
    """Why the broadcast's line is not well; an unknown code gives the engine's English."""
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


def backend_problem(failure: BackendFailure) -> tuple[str, str]:
    """Why there is no backend, and what helps."""
    translate = QCoreApplication.translate
    match failure.kind:
        case FailureKind.CANNOT_START:
            return _start_problem(failure)
        case FailureKind.DIED:
            return (
                translate("Reports", "The server stopped by itself."),
                translate("Reports", "It is being started again; viewers come back by themselves."),
            )
        case FailureKind.SILENT:
            return (
                translate("Reports", "The server does not answer."),
                translate("Reports", "It is being started again."),
            )


def _start_problem(failure: BackendFailure) -> tuple[str, str]:
    translate = QCoreApplication.translate
    cause = translate("Reports", "The server cannot start.")
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


def note(found: BroadcastNote) -> str:
    """A change of the broadcast that another person caused."""
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


def stream_key_problem(error: Exception) -> str:
    """Why stream keys could not be read or changed, and what helps."""
    translate = QCoreApplication.translate
    status = error.status if isinstance(error, RejectedError) else 0
    match status:
        case 409:
            text = translate("Reports", "A stream key of this name is there already. Choose another name.")
        case 422:
            text = translate("Reports", "Nobody could read this name. Choose another one.")
        case 0:
            text = translate(
                "Reports",
                "The server was not reached ({detail}). Check the line to it, then try again.",
            )
        case _:
            text = translate(
                "Reports",
                "The server lets the host alone see stream keys. Check the host token in Settings → "
                "Network. It said: {detail}",
            )
    return text.format(detail=detail_of(error))
