"""How the sending to a platform is doing, in words."""

from PySide6.QtCore import QCoreApplication

from studio.engine.messages.restreaming import RestreamState


def state_name(state: RestreamState, code: str) -> str:
    """Name a state, and why it is so."""
    translate = QCoreApplication.translate
    names = {
        RestreamState.IDLE: translate("Restream", "Off air"),
        RestreamState.CONNECTING: translate("Restream", "Connecting…"),
        RestreamState.CONNECTED: translate("Restream", "Sending"),
        RestreamState.RECONNECTING: translate("Restream", "Trying again"),
    }
    reason = reason_name(code)
    return f"{names[state]} · {reason}" if reason else names[state]


def reason_name(code: str) -> str:
    """Say why a connection was lost; empty where nothing is wrong."""
    translate = QCoreApplication.translate
    return {
        "": "",
        "silent": translate("Restream", "the platform does not answer"),
        "untrusted": translate("Restream", "the server is not who it says it is (its certificate)"),
        "no_encoder": translate("Restream", "nothing encodes the picture"),
    }.get(code, translate("Restream", "the platform ended the connection or refused it"))
