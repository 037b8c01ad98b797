"""What the host reads about recordings."""

from PySide6.QtCore import QCoreApplication

from studio.engine.messages.recording import RecordingProblem


def problem(problem: RecordingProblem) -> tuple[str, str]:
    """Say why a recording ended or did not begin, and what helps."""
    translate = QCoreApplication.translate
    return {
        RecordingProblem.DISK_FULL: (
            translate("Recordings", "The disk is full: nothing is recorded."),
            translate("Recordings", "Make room, or choose a folder on another disk in Settings → Recording."),
        ),
        RecordingProblem.NOT_WRITABLE: (
            translate("Recordings", "The recording cannot be written."),
            translate("Recordings", "Check the folder in Settings → Recording."),
        ),
        RecordingProblem.NO_ENCODER: (
            translate("Recordings", "The recording ended: nothing encodes the picture."),
            translate("Recordings", "Choose another encoder in Settings → Picture."),
        ),
    }[problem]


def time_left(seconds: float) -> str:
    """Say how long the disk lasts."""
    minutes = int(seconds // 60)
    translate = QCoreApplication.translate
    if minutes < 1:
        return translate("Recordings", "The disk is nearly full: the recording ends in less than a minute.")
    text = translate("Recordings", "The disk is nearly full: the recording ends in about {n} min.")
    return text.format(n=minutes)


def dropped(count: int) -> str:
    """Say that the disk is too slow."""
    text = QCoreApplication.translate("Recordings", "The disk is too slow: {n} pictures were not recorded.")
    return text.format(n=f"{count:,}")
