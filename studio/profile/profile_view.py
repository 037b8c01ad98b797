"""Sets how the room presents itself: opens the form, uploads its pictures, sends what the host wants."""

import logging

import httpx
from PySide6.QtCore import QObject

from backend.contract.pictures import Picture
from backend.contract.profile import RoomProfile, RoomProfileChanged, SetRoomProfile
from backend.contract.protocol import Command, Rejected, Snapshot
from studio import texts
from studio.background_tasks import BackgroundTasks
from studio.connection.catalog_http import CatalogHttp
from studio.connection.host_requests import FAILED, HostRequests
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import CommandRejected, Done, RoomUpdate
from studio.shop.product_problems import act_problem
from studio.window.main_window import MainWindow
from widgets.common.foreign_picture import foreign_picture
from widgets.live.toasts import Tone
from widgets.profile.profile_dialog import ProfileDialog, ProfileDraft
from widgets.shop.conflict_dialog import ConflictDialog
from widgets.shop.conflicts import differences

log = logging.getLogger("livestall.profile")


class ProfileView(QObject):
    """Between the room and the form; one is open at a time."""

    def __init__(
        self, client: RoomClient, requests: HostRequests, background: BackgroundTasks, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._client = client
        self._requests = requests
        self._background = background
        self._window = window
        self._profile: RoomProfile | None = None
        self.dialog: ProfileDialog | None = None
        client.updated.connect(self.on_update)
        client.unsent.connect(self._on_unsent)
        window.room_wanted.connect(self.open)

    def open(self) -> None:
        """Show the form, or bring the open one to the front."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        if self._profile is None:
            text = self.tr("Not connected to the room yet. Try again in a moment.")
            self._window.toasts.show_toast(text, Tone.WARN)
            return
        dialog = ProfileDialog(self._window, self._profile)
        dialog.save_wanted.connect(lambda draft: self._background.begin(lambda: self._save(draft)))
        dialog.command.connect(self._client.send)
        dialog.finished.connect(self._on_closed)
        self.dialog = dialog
        self._look_at(self._profile)
        dialog.open()

    def on_update(self, update: RoomUpdate) -> None:
        """Follow how the room presents itself, and what became of the form's command."""
        match update:
            case Snapshot(profile=profile) | RoomProfileChanged(profile=profile):
                self._on_profile(profile)
            case Done(command=SetRoomProfile() as command) if self.dialog is not None:
                self.dialog.close_for(command)
            case CommandRejected(command=SetRoomProfile() as command, answer=answer):
                self._on_refused(command, answer)

    def _on_profile(self, profile: RoomProfile) -> None:
        is_known = profile == self._profile
        self._profile = profile
        dialog = self.dialog
        # What is being written stays: the room says who was first when it is sent.
        if dialog is not None and not is_known and dialog.waiting_for is None and not dialog.is_changed:
            dialog.show_profile(profile)
            self._look_at(profile)

    def _on_refused(self, command: SetRoomProfile, answer: Rejected) -> None:
        dialog = self.dialog
        if dialog is None or dialog.waiting_for != command:
            self._window.toasts.show_toast(texts.reject_reason(answer.reason), Tone.WARN)
        elif answer.conflict is not None and answer.conflict.profile is not None:
            theirs = answer.conflict.profile
            dialog.give_back("")
            asked = ConflictDialog(dialog, command, answer.conflict, differences(command, answer.conflict))
            asked.command.connect(dialog.send)
            asked.theirs_kept.connect(lambda: self._take_theirs(theirs))
            asked.open()
        else:
            dialog.give_back(texts.reject_reason(answer.reason))

    def _take_theirs(self, profile: RoomProfile) -> None:
        if self.dialog is not None:
            self.dialog.show_profile(profile)
            self._look_at(profile)

    def _on_unsent(self, command: Command) -> None:
        dialog = self.dialog
        if isinstance(command, SetRoomProfile) and dialog is not None and dialog.waiting_for == command:
            dialog.give_back(
                self.tr("Not connected: it may not have been saved. What you wrote is still here; try again.")
            )

    def _on_closed(self) -> None:
        self.dialog = None

    # --- Pictures ---

    def _look_at(self, profile: RoomProfile) -> None:
        pictures = [picture for picture in (profile.avatar, profile.cover) if picture is not None]
        if pictures:
            self._background.begin(lambda: self._read(pictures))

    async def _read(self, pictures: list[Picture]) -> None:
        try:
            async with self._open_catalog() as http:
                for picture in pictures:
                    look = foreign_picture(await http.picture(picture.thumbnail))
                    if look is not None and self.dialog is not None:
                        self.dialog.show_look(picture.name, look)
        except FAILED as error:
            log.info("the room's pictures could not be read: %r", error)

    async def _save(self, draft: ProfileDraft) -> None:
        try:
            async with self._open_catalog() as http:
                avatar, cover = [await _name(http, one) for one in (draft.avatar, draft.cover)]
        except FAILED as error:
            log.warning("the room's picture was not uploaded: %r", error)
            if self.dialog is not None:
                self.dialog.give_back(act_problem(error))
            return
        if self.dialog is not None:
            self.dialog.send(SetRoomProfile(draft.version, draft.title, draft.notice, avatar, cover))

    def _open_catalog(self) -> CatalogHttp:
        ready = self._requests.ready
        if ready is None:
            raise httpx.ConnectError("not connected yet")
        return CatalogHttp(Place(ready.url, ready.room, ready.host_token))


async def _name(http: CatalogHttp, picture: str | bytes) -> str:
    """Return the name of a picture; of a new one, the name that its upload gave it."""
    return (await http.upload(picture)).picture.name if isinstance(picture, bytes) else picture
