"""Why a source gives no picture or no sound, in the host's language."""

from PySide6.QtCore import QCoreApplication


def source_problem(code: str, detail: str) -> str:
    """Why a source is not well; an unknown code gives the engine's English."""
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
