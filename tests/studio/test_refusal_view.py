from backend.messages import Rejected, Rejection, ShowCard
from studio.client import RoomClient
from studio.main_window import MainWindow
from studio.refusal_view import RefusalView
from studio.room_protocol import Refused


def test_a_refusal_is_told_with_its_reason(window: MainWindow) -> None:
    client = RoomClient()
    view = RefusalView(client, window)
    client.told.emit(Refused(ShowCard("gone"), Rejected(1, Rejection.UNKNOWN_PRODUCT)))

    assert view.parent() is window
    assert [toast.text.text() for toast in window.toasts.shown] == [
        "This product is not in the room any more."
    ]
